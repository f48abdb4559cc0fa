//! ProtoJSON: what the specification has for each type, what it refuses, and what Python makes of it.

#![cfg(all(feature = "schema", feature = "json"))]

mod any;
mod foreign;
mod hostile;
mod known;
mod messages;
mod options;
mod random;
mod scalars;
mod support;
