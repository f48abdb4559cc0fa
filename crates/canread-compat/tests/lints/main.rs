//! Lints: their pages, their examples, what shows that they matter, and where they speak and where not.

mod avro_cases;
mod pages;
mod protobuf_cases;
mod support;
