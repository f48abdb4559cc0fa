//! The logical types of Avro that types of Rust are.
//!
//! Source: Avro 1.12, "Logical Types".

use canread_model::{DurationKind, Logical as Tag, LogicalKind, TimeUnit, Zone};
use canread_record::{FieldMeta, Format, Logical, Unit, Way};

/// The logical type of a field's value; `None` where Avro has none and the plain type is all there is to say: text, a span of
/// time, a time in seconds.
pub(super) fn logical(own: Logical, meta: &FieldMeta) -> Option<Tag> {
    let way = own.way(Format::Avro, meta)?;
    let (name, kind) = match (own, way) {
        (Logical::Uuid, _) => ("uuid", LogicalKind::Uuid),
        (_, Way::Text) => return None,
        (Logical::Date, _) => ("date", LogicalKind::Date),
        (Logical::Decimal { precision, scale }, _) => {
            ("decimal", LogicalKind::Decimal { precision, scale: i32::try_from(scale).ok()? })
        }
        (Logical::CalendarDuration, _) => ("duration", LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds)),
        (Logical::TimeOfDay, Way::Int32(Unit::Millis)) => ("time-millis", LogicalKind::Time(TimeUnit::Millisecond)),
        (Logical::TimeOfDay, Way::Int64(Unit::Micros)) => ("time-micros", LogicalKind::Time(TimeUnit::Microsecond)),
        (Logical::Timestamp, Way::Int64(unit)) => timestamp(unit, Zone::Utc)?,
        (Logical::LocalTimestamp, Way::Int64(unit)) => timestamp(unit, Zone::Local)?,
        _ => return None,
    };
    Some(Tag { name: name.into(), kind })
}

fn timestamp(unit: Unit, zone: Zone) -> Option<(&'static str, LogicalKind)> {
    let (utc, local, step) = match unit {
        Unit::Millis => ("timestamp-millis", "local-timestamp-millis", TimeUnit::Millisecond),
        Unit::Micros => ("timestamp-micros", "local-timestamp-micros", TimeUnit::Microsecond),
        Unit::Nanos => ("timestamp-nanos", "local-timestamp-nanos", TimeUnit::Nanosecond),
        _ => return None,
    };
    Some((if zone == Zone::Utc { utc } else { local }, LogicalKind::Timestamp(step, zone)))
}
