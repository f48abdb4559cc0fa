//! Data without a Rust type: a schema is read when the program runs, and values along it are read, changed and written.
//!
//! `cargo run -p canread --features evolution --example dynamic`

use std::error::Error;
use std::io::Write;

use canread::value::{Arena, Layout, LayoutKind, Plan, Value};
use canread::{Fault, Format, avro, protobuf, schema};

const PROTO: &str = r#"
syntax = "proto2";
message Order {
  optional int64 id = 1;
  repeated Line lines = 2;
  optional string state = 3 [default = "open"];
}
message Line {
  optional string sku = 1;
  optional int32 quantity = 2;
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

/// A field of a record by its name; `None` if it has no such field. One that is not there is what the schema says that it is then: its
/// default, where it has one.
fn field<'a>(layout: &'a Layout, record: &Value<'a>, name: &str, arena: &'a Arena) -> Result<Option<Value<'a>>, Fault> {
    let (LayoutKind::Record(id), Value::Record(record)) = (layout.kind(layout.root()), record) else { return Ok(None) };
    let fields = layout.record(id);
    let Some(at) = fields.field_by_name(name) else { return Ok(None) };
    match (record.fields[at], &fields.fields[at].default) {
        (Value::Absent, Some(default)) => default.to_value(arena).map(Some),
        (value, _) => Ok(Some(value)),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let arena = Arena::new();

    let schema = schema::read(Format::Protobuf, &[("order.proto", PROTO)])?;
    let order = schema.find("Order").ok_or("the schema declares no order")?;
    let layout = Layout::of(&schema, order)?;
    // A value for each field, in the order of the schema.
    let line = arena.record(&[Value::String("M8"), Value::Int(40)]);
    let lines = arena.list(&[line]);
    let value = arena.record(&[Value::Int(7), lines, Value::Absent]);
    let bytes = protobuf::value::to_vec(&layout, &value)?;
    let read = protobuf::value::from_slice(&layout, &bytes, &arena)?;
    writeln!(out, "Protobuf, {} bytes: {}", bytes.len(), layout.show(&read))?;

    // A field by its name: the layout knows which one it is.
    let state = field(&layout, &read, "state", &arena)?.ok_or("an order has a state")?;
    writeln!(out, "state of the order: {state:?}")?;

    // The same order under another schema.
    let value = arena.record(&[Value::Int(7), lines]);
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
