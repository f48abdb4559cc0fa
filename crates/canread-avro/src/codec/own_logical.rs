//! The logical types of Avro that types of Rust are, and what they mean where Avro has none.
//!
//! Source: Avro 1.12, "Logical Types".

use canread_model::{DurationKind, Logical as Tag, LogicalKind, TimeUnit, Zone};
use canread_record::{FieldMeta, Format, Logical, Unit, Way};

/// The logical type of a field's value; `None` where Avro has none and the plain type is all there is to say: text, a span of
/// time, a time in seconds.
pub(super) fn logical(own: Logical, meta: &FieldMeta) -> Option<Tag> {
    let kind = meaning(own, meta)?;
    let name = match (kind, own.way(Format::Avro, meta)?) {
        (LogicalKind::Uuid, _) => "uuid",
        (_, Way::Text) => return None,
        (LogicalKind::Date, _) => "date",
        (LogicalKind::Decimal { .. }, _) => "decimal",
        (LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds), _) => "duration",
        (LogicalKind::Time(TimeUnit::Millisecond), _) => "time-millis",
        (LogicalKind::Time(TimeUnit::Microsecond), _) => "time-micros",
        (LogicalKind::Timestamp(TimeUnit::Millisecond, Zone::Utc), _) => "timestamp-millis",
        (LogicalKind::Timestamp(TimeUnit::Microsecond, Zone::Utc), _) => "timestamp-micros",
        (LogicalKind::Timestamp(TimeUnit::Nanosecond, Zone::Utc), _) => "timestamp-nanos",
        (LogicalKind::Timestamp(TimeUnit::Millisecond, Zone::Local), _) => "local-timestamp-millis",
        (LogicalKind::Timestamp(TimeUnit::Microsecond, Zone::Local), _) => "local-timestamp-micros",
        (LogicalKind::Timestamp(TimeUnit::Nanosecond, Zone::Local), _) => "local-timestamp-nanos",
        _ => return None,
    };
    Some(Tag { name: name.into(), kind })
}

/// What a field's value means, whatever Avro calls it: a span of time or a time in seconds is a mere number in a file, and yet no number of
/// another unit.
pub(super) fn meaning(own: Logical, meta: &FieldMeta) -> Option<LogicalKind> {
    let way = own.way(Format::Avro, meta)?;
    let unit = match way {
        Way::Int32(Unit::Seconds) | Way::Int64(Unit::Seconds) => TimeUnit::Second,
        Way::Int32(Unit::Millis) | Way::Int64(Unit::Millis) => TimeUnit::Millisecond,
        Way::Int32(Unit::Micros) | Way::Int64(Unit::Micros) => TimeUnit::Microsecond,
        Way::Int32(Unit::Nanos) | Way::Int64(Unit::Nanos) => TimeUnit::Nanosecond,
        _ => TimeUnit::Arbitrary,
    };
    Some(match own {
        Logical::Uuid => LogicalKind::Uuid,
        Logical::Date => LogicalKind::Date,
        Logical::Decimal { precision, scale } => LogicalKind::Decimal { precision, scale: i32::try_from(scale).ok()? },
        Logical::TimeOfDay => LogicalKind::Time(unit),
        Logical::Timestamp => LogicalKind::Timestamp(unit, Zone::Utc),
        Logical::LocalTimestamp => LogicalKind::Timestamp(unit, Zone::Local),
        Logical::ExactDuration => LogicalKind::Duration(DurationKind::Exact(unit)),
        Logical::CalendarDuration if way == Way::Text => LogicalKind::Duration(DurationKind::Calendar),
        Logical::CalendarDuration => LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds),
        _ => return None,
    })
}
