//! Data without a Rust type: a schema is read when the program runs, and values along it are read, changed and written.
//!
//! `cargo run -p canread --features evolution --example dynamic`

use std::error::Error;
use std::io::Write;

use canread::value::{Arena, Layout, Plan, Value};
use canread::{Format, avro, protobuf, schema};

const PROTO: &str = r#"
syntax = "proto3";
message Order {
  int64 id = 1;
  repeated Line lines = 2;
}
message Line {
  string sku = 1;
  int32 quantity = 2;
}
"#;

const AVSC: &str = r#"{"type": "record", "name": "Order", "fields": [
    {"name": "id", "type": "long"},
    {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
        {"name": "sku", "type": "string"},
        {"name": "quantity", "type": "int"}]}}}]}"#;

/// What readers of the schema have by now.
const NEWER: &str = r#"{"type": "record", "name": "Order", "fields": [
    {"name": "id", "type": "double"},
    {"name": "state", "type": "string", "default": "open"}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let arena = Arena::new();

    let schema = schema::read(Format::Protobuf, &[("order.proto", PROTO)])?;
    let order = schema.find("Order").ok_or("the schema declares no order")?;
    let layout = Layout::of(&schema, order)?;
    // A value for each field, in the order of the schema.
    let line = arena.record(&[Value::String("M8"), Value::Int(40)]);
    let value = arena.record(&[Value::Int(7), arena.list(&[line])]);
    let bytes = protobuf::value::to_vec(&layout, &value)?;
    let read = protobuf::value::from_slice(&layout, &bytes, &arena)?;
    writeln!(out, "Protobuf, {} bytes: {}", bytes.len(), layout.show(&read))?;

    // The same value: fields have the same order and types.
    let layout = Layout::of_root(&schema::read(Format::Avro, &[("order.avsc", AVSC)])?)?;
    let bytes = avro::value::to_vec(&layout, &value)?;
    let read = avro::value::from_slice(&layout, &bytes, &arena)?;
    writeln!(out, "Avro, {} bytes: {}", bytes.len(), layout.show(&read))?;

    let newer = Layout::of_root(&schema::read(Format::Avro, &[("newer.avsc", NEWER)])?)?;
    let plan = Plan::resolve(layout, newer).map_err(|mismatches| format!("{mismatches:?}"))?;
    let read = avro::value::resolve_slice(&plan, &bytes, &arena)?;
    writeln!(out, "as its newer readers have it: {}", plan.reader().show(&read))?;
    Ok(())
}
