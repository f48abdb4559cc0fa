//! Values that formats write in ways of their own: dates, times, durations, decimals and uuids.
//!
//! Each type holds only what it can mean, so that what is read is in range and what is written needs no check. How it
//! is written is [`Way`], which follows from the format and from what the field says.
//!
//! | type | in Protobuf | in Avro |
//! |---|---|---|
//! | [`Timestamp`] | `google.protobuf.Timestamp` | `timestamp-micros` |
//! | [`LocalTimestamp`] | `google.type.DateTime` without an offset | `local-timestamp-micros` |
//! | [`Date`] | `google.type.Date` | `date` |
//! | [`TimeOfDay`] | `google.type.TimeOfDay` | `time-micros` |
//! | [`ExactDuration`] | `google.protobuf.Duration` | a `long` of microseconds |
//! | [`CalendarDuration`] | text as in ISO 8601 | `duration` |
//! | [`Decimal`] | `google.type.Decimal` | `decimal` of `bytes` |
//! | [`Uuid`] | text | `uuid` of a `string` |
//!
//! A field says otherwise with a word in `protobuf(...)` or `avro(...)`: `text`; `days`, `seconds`, `millis`, `micros`,
//! `nanos` for a number of them; `bytes`; `fixed` (Avro). What a field can't hold exactly is an error and is never
//! rounded: `floor` cuts a time off where that is meant.
//!
//! In Protobuf a value that is a message and comes twice is merged, field by field, as messages are.

mod calendar;
mod calendar_duration;
mod date;
mod decimal;
mod exact_duration;
mod foreign;
mod local_timestamp;
mod message;
mod text;
mod time_of_day;
mod timestamp;
mod uuid;
mod value;
mod way;

pub use calendar_duration::CalendarDuration;
pub use date::Date;
pub use decimal::Decimal;
pub use exact_duration::ExactDuration;
pub use local_timestamp::LocalTimestamp;
pub use text::ParseValueError;
pub use time_of_day::TimeOfDay;
pub use timestamp::Timestamp;
pub use uuid::Uuid;
pub use way::{Logical, Representation, Unit, Way};
