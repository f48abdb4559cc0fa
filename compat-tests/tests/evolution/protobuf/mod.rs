//! Protobuf: by a plan, without one, as the rules say, and as Python reads it.

mod messages;
mod pairs;
mod slots;
mod values;
