//! Values that formats write in ways of their own: dates, times, durations, decimals and uuids.
//!
//! Each type holds only what it can mean, so that what is read is in range and what is written needs no check. How it
//! is written is [`Way`], which follows from the format and from what the field says.
//!
//! What each is in each format, and the words by which a field says otherwise, stands where users look: with `canread::Record`.
//! What a field can't hold exactly is an error and is never rounded: `floor` cuts a time off where that is meant.
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
