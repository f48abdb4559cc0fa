//! Protobuf data that one schema wrote and another reads: by a plan, without one, as the rules say, and as Python reads it.

mod messages;
mod pairs;
#[path = "../interop/random.rs"]
mod random;
mod slots;
mod values;
