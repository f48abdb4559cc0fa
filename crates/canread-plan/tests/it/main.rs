//! Layouts, and plans for pairs of Avro schemas.

mod layouts;
mod plans;
mod support;
