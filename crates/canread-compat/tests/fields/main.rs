//! The Protobuf rules about fields and oneofs, against schema texts and against what another implementation does
//! with data; and the witnesses of all Protobuf rules.

mod cardinality_cases;
mod conversions;
mod deletion_cases;
mod examples;
mod identity_cases;
mod messages;
mod oneof_cases;
mod presence_cases;
mod replays;
#[path = "../shared/mod.rs"]
mod shared;
mod support;
mod type_cases;
mod witnesses;
