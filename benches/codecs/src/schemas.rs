//! The schemas of the records, as each codec wants them.
//!
//! A measurement ends with its program, so that schemas live as long as that: what borrows one needs no owner.

use apache_avro::Schema as ApacheSchema;
use canread::avro::{schema, schema_of};
use canread_plan::Layout;
use canread_protobuf::schema as proto;
use canread_syntax::Sources;
use prost_reflect::{DescriptorPool, MessageDescriptor};
use serde_json::{Value, json};

use crate::shapes::Shape;

/// What both generators of Rust code were given.
const PROTO: &str = include_str!("../idl/bench.proto");

/// The same, as descriptors.
const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bench.binpb"));

/// Something that lives as long as the program.
pub fn forever<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Our layout of a record, from the text of the `.proto` file.
#[must_use]
pub fn protobuf_layout<S: Shape>() -> &'static Layout {
    let mut sources = Sources::default();
    let file = sources.add("bench.proto", "", PROTO.as_bytes().to_vec());
    let linked = proto::read(&[("bench.proto", file)], &sources, &proto::LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
    let root = linked.schema.find(S::RECORD).expect("the schema has the record");
    forever(Layout::of(&linked.schema, root).expect("the record has a layout"))
}

/// A record's descriptor.
#[must_use]
pub fn descriptor<S: Shape>() -> MessageDescriptor {
    let pool = DescriptorPool::decode(DESCRIPTORS).expect("descriptors of a compiled schema");
    pool.get_message_by_name(S::RECORD).expect("the schema has the record")
}

/// The schema that our type is, as text: the peers are given what we print.
#[must_use]
pub fn avsc<S: Shape>() -> String {
    let schema = schema_of::<S::Owned>();
    let (module, _) = schema.modules().next().expect("a type is one module");
    schema::print::module(&schema, module)
}

/// The schema of a writer with two more fields in each of the records that the shape names.
#[must_use]
pub fn writer_avsc<S: Shape>() -> String {
    let mut schema: Value = serde_json::from_str(&avsc::<S>()).expect("a schema is JSON");
    let count = evolve(&mut schema, S::EVOLVED);
    assert_eq!(count, S::EVOLVED.len(), "each of the records is declared once");
    schema.to_string()
}

/// Adds a text behind the first field and a number behind the last, and says in how many records.
///
/// They have defaults, so that a peer makes the writer's data from ours.
fn evolve(schema: &mut Value, names: &[&str]) -> usize {
    let mut count = 0;
    match schema {
        Value::Array(branches) => count += branches.iter_mut().map(|branch| evolve(branch, names)).sum::<usize>(),
        Value::Object(members) => {
            let is_named = members.get("name").and_then(Value::as_str).is_some_and(|name| names.contains(&name));
            for (_, member) in members.iter_mut() {
                count += evolve(member, names);
            }
            let is_record = members.get("type").is_some_and(|kind| kind == "record");
            if let Some(Value::Array(fields)) = members.get_mut("fields")
                && is_named
                && is_record
            {
                fields.insert(1, json!({"name": "legacy", "type": "string", "default": "LEG-0001"}));
                fields.push(json!({"name": "discount", "type": "double", "default": 0.25}));
                count += 1;
            }
        }
        _ => {}
    }
    count
}

/// Our model of a schema's text.
#[must_use]
pub fn model(avsc: &str) -> canread_model::Schema {
    let mut sources = Sources::default();
    let file = sources.add("bench.avsc", "", avsc.as_bytes().to_vec());
    let linked = schema::read(&[("bench.avsc", file)], &sources, &schema::LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
    linked.schema
}

/// Our layout of a schema's text.
#[must_use]
pub fn avro_layout(avsc: &str) -> Layout {
    Layout::of_root(&model(avsc)).expect("the schema has a layout")
}

/// apache-avro's schema.
#[must_use]
pub fn apache(avsc: &str) -> &'static ApacheSchema {
    forever(ApacheSchema::parse_str(avsc).expect("a peer takes the schema that we print"))
}

/// `serde_avro_fast`'s schema.
#[must_use]
pub fn serde_fast(avsc: &str) -> &'static serde_avro_fast::Schema {
    forever(avsc.parse().expect("a peer takes the schema that we print"))
}
