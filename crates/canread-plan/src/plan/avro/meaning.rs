//! Which values mean the same.
//!
//! Source: Avro 1.12, "Decimal": "for the purposes of schema resolution, two schemas that are `decimal` logical types match if their scales and
//! precisions match"; of other logical types it says nothing. A number of milliseconds that is read as one of microseconds is another time, and
//! nobody would see an error: what both schemas give a meaning has to have the same one. A decimal of more digits than the reader has is told
//! value by value, so that precisions need not be the same. A schema that gives no meaning has nothing against any; those of types of programs
//! give one to what Avro has no logical type for too, a number of seconds, say.

use canread_model::{DurationKind, LogicalKind, TimeUnit, Zone};

use crate::layout::LayoutKind;

/// Whether a reader's type takes values of a writer's for what they are.
pub(super) fn has_meaning_of(
    writer: (LayoutKind, Option<LogicalKind>),
    reader: (LayoutKind, Option<LogicalKind>),
) -> bool {
    match (writer, reader) {
        // Text becomes bytes, but no text is the digits of a decimal in binary; nor are these text.
        ((LayoutKind::String { .. }, _), (LayoutKind::Bytes, Some(_)))
        | ((LayoutKind::Bytes, Some(_)), (LayoutKind::String { .. }, Some(_))) => false,
        (_, (_, None)) | ((_, None), _) => true,
        ((_, Some(LogicalKind::Decimal { scale: from, .. })), (_, Some(LogicalKind::Decimal { scale: to, .. }))) => {
            from == to
        }
        ((_, Some(from)), (_, Some(to))) => from == to,
    }
}

/// How many digits a writer's decimal and a reader's may have, if the writer's may have more.
pub(super) fn lost_digits(writer: Option<LogicalKind>, reader: Option<LogicalKind>) -> Option<(u32, u32)> {
    match (writer, reader) {
        (
            Some(LogicalKind::Decimal { precision: writer, .. }),
            Some(LogicalKind::Decimal { precision: reader, .. }),
        ) if writer > reader => Some((writer, reader)),
        _ => None,
    }
}

/// A meaning in words, as Avro calls it.
pub(super) fn words(meaning: LogicalKind) -> Box<str> {
    let unit = |unit: TimeUnit| match unit {
        TimeUnit::Second => "seconds",
        TimeUnit::Millisecond => "millis",
        TimeUnit::Microsecond => "micros",
        _ => "nanos",
    };
    match meaning {
        LogicalKind::Decimal { scale, .. } => format!("a decimal with {scale} digits behind the point").into(),
        LogicalKind::BigDecimal => "a big-decimal".into(),
        LogicalKind::Date => "a date".into(),
        LogicalKind::Time(of) => format!("a time-{}", unit(of)).into(),
        LogicalKind::Timestamp(of, Zone::Local) => format!("a local-timestamp-{}", unit(of)).into(),
        LogicalKind::Timestamp(of, _) => format!("a timestamp-{}", unit(of)).into(),
        LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds) => {
            "a duration of months, days and milliseconds".into()
        }
        LogicalKind::Duration(DurationKind::Exact(of)) => format!("a duration in {}", unit(of)).into(),
        LogicalKind::Duration(_) => "a duration".into(),
        LogicalKind::Uuid => "a uuid".into(),
        _ => "another logical type".into(),
    }
}
