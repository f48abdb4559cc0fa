//! How a value is written: by its type, the format, and what the field says.

use super::{date, decimal, exact_duration, local_timestamp, time_of_day, timestamp};
use crate::{FieldMeta, Format, Shape};

/// A date, a time or another value that formats write in ways of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Logical {
    /// [`Date`](super::Date).
    Date,
    /// [`TimeOfDay`](super::TimeOfDay).
    TimeOfDay,
    /// [`Timestamp`](super::Timestamp).
    Timestamp,
    /// [`LocalTimestamp`](super::LocalTimestamp).
    LocalTimestamp,
    /// [`ExactDuration`](super::ExactDuration).
    ExactDuration,
    /// [`CalendarDuration`](super::CalendarDuration).
    CalendarDuration,
    /// [`Uuid`](super::Uuid).
    Uuid,
    /// [`Decimal`](super::Decimal).
    Decimal {
        /// Digits that it has at most.
        precision: u32,
        /// Digits behind the point.
        scale: u32,
    },
}

/// What is counted where a time is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Unit {
    /// Days of 24 hours.
    Days,
    /// Seconds.
    Seconds,
    /// 10^-3 s.
    Millis,
    /// 10^-6 s.
    Micros,
    /// 10^-9 s.
    Nanos,
}

impl Unit {
    /// How many nanoseconds it is.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        match self {
            Self::Days => 86_400_000_000_000,
            Self::Seconds => 1_000_000_000,
            Self::Millis => 1_000_000,
            Self::Micros => 1_000,
            Self::Nanos => 1,
        }
    }
}

/// What a field says of how its value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Representation {
    /// Nothing: as most users of the format do.
    #[default]
    Preferred,
    /// As text.
    Text,
    /// As bytes of any number.
    Bytes,
    /// As so many bytes; 0 is as few as do.
    Fixed(u32),
    /// As a number of these.
    Count(Unit),
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// As a message of Protobuf, see [`Logical::message`].
    Message,
    /// As text.
    Text,
    /// As bytes of any number.
    Bytes,
    /// As so many bytes.
    Fixed(usize),
    /// As a number of 32 bits.
    Int32(Unit),
    /// As a number of 64 bits.
    Int64(Unit),
}

/// The most bytes of a `fixed` that a decimal is written into.
pub(super) const FIXED_MAX: usize = 64;

impl Logical {
    /// How a value of the field is written; `None` if the type has no such form in the format.
    ///
    /// Source: Avro 1.12, "Logical Types"; Protobuf, "Well-Known Types"; `google/type/*.proto` of googleapis.
    #[must_use]
    pub const fn way(self, format: Format, meta: &FieldMeta) -> Option<Way> {
        use Representation::{Bytes, Count, Fixed, Preferred, Text};
        let representation = match format {
            Format::Protobuf => meta.protobuf.representation,
            Format::Avro => meta.avro.representation,
        };
        Some(match (self, representation, format) {
            (_, Text, _) | (Self::Uuid, Preferred, _) | (Self::CalendarDuration, Preferred, Format::Protobuf) => {
                Way::Text
            }
            (_, Preferred, Format::Protobuf) => Way::Message,
            (Self::Date, Preferred | Count(Unit::Days), _) => Way::Int32(Unit::Days),
            (Self::TimeOfDay, Count(Unit::Millis), _) => Way::Int32(Unit::Millis),
            (Self::TimeOfDay, Count(unit @ (Unit::Micros | Unit::Nanos)), _) => Way::Int64(unit),
            (Self::Timestamp | Self::LocalTimestamp | Self::ExactDuration, Count(unit), _)
                if !matches!(unit, Unit::Days) =>
            {
                Way::Int64(unit)
            }
            (Self::TimeOfDay | Self::Timestamp | Self::LocalTimestamp | Self::ExactDuration, Preferred, _) => {
                Way::Int64(Unit::Micros)
            }
            (Self::Uuid, Fixed(0 | 16), Format::Avro) | (Self::Uuid, Bytes, Format::Protobuf) => Way::Fixed(16),
            (Self::CalendarDuration, Preferred | Fixed(0 | 12), Format::Avro)
            | (Self::CalendarDuration, Bytes, Format::Protobuf) => Way::Fixed(12),
            (Self::Decimal { .. }, Preferred | Bytes, _) => Way::Bytes,
            (Self::Decimal { precision, .. }, Fixed(0), Format::Avro) => Way::Fixed(decimal::bytes_of(precision)),
            (Self::Decimal { precision, .. }, Fixed(size), Format::Avro)
                if size as usize >= decimal::bytes_of(precision) && size as usize <= FIXED_MAX =>
            {
                Way::Fixed(size as usize)
            }
            _ => return None,
        })
    }

    /// The message of Protobuf that the type is; `None` if none is in general use.
    #[must_use]
    pub const fn message(self) -> Option<Shape> {
        Some(Shape::Record(match self {
            Self::Date => date::message_schema,
            Self::TimeOfDay => time_of_day::message_schema,
            Self::Timestamp => timestamp::message_schema,
            Self::LocalTimestamp => local_timestamp::message_schema,
            Self::ExactDuration => exact_duration::message_schema,
            Self::Decimal { .. } => decimal::message_schema,
            Self::CalendarDuration | Self::Uuid => return None,
        }))
    }
}

impl Way {
    /// The shape of what is written.
    const fn shape(self, logical: Logical) -> Option<Shape> {
        match self {
            Self::Message => logical.message(),
            Self::Text => Some(Shape::Text),
            Self::Bytes => Some(Shape::Bytes),
            Self::Fixed(size) => Some(Shape::Fixed(size)),
            Self::Int32(_) => Some(Shape::Int32),
            Self::Int64(_) => Some(Shape::Int64),
        }
    }
}

impl Shape {
    /// What a value of the field is in a format: for a date or another [`Logical`] type what it is written as, else the
    /// shape itself.
    ///
    /// A field whose type has no form that it asks for is not compiled; here it is bytes.
    #[must_use]
    pub const fn physical(&self, format: Format, meta: &FieldMeta) -> Self {
        let Self::Logical(logical) = self else { return *self };
        let Some(way) = logical.way(format, meta) else { return Self::Bytes };
        match way.shape(*logical) {
            Some(shape) => shape,
            None => Self::Bytes,
        }
    }
}
