//! Data of generated schemas, as others read and write it.

mod avro;
mod containers;
mod random;
mod schemas;
mod values;
