//! The Avro rules: their pages, their examples, their witnesses as other implementations see them, and what readers of
//! either version bring together.

mod corpus;
mod examples;
mod large;
mod places;
mod support;
mod witnesses;
