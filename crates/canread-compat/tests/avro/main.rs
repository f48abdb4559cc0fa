//! The Avro rules: their pages, their examples, their witnesses as other implementations see them, and what readers of
//! either version bring together.

mod corpus;
mod examples;
mod large;
mod places;
#[path = "../shared/mod.rs"]
mod shared;
#[path = "../shared/examples.rs"]
mod shared_examples;
mod support;
mod witnesses;
