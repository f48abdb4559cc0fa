//! Schemas that are made up, with data of them.

use std::fmt::Write;

use canread_avro::codec::value;
use canread_model::{Int, IntEncoding, Presence, Schema};
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, TypeId};
use canread_syntax::{Diagnostic, Sources};

use crate::Coverage;
use crate::mutate::{field, group, varint};
use crate::random::Random;
use crate::schemas::Generator;
use crate::values::{self, Sort};

/// The layout of the text of an `.avsc` file.
pub(crate) fn avro_layout(text: &str) -> Layout {
    Layout::of_root(&avro_schema(text)).expect("the schema has a layout")
}

/// The schema in a text.
pub(crate) fn avro_schema(text: &str) -> Schema {
    use canread_avro::schema::{LinkOptions, read};
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

/// The layout of a message of a `.proto` text.
pub(crate) fn protobuf_layout(text: &str, message: &str) -> Layout {
    use canread_protobuf::schema::{LinkOptions, read};
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    Layout::of(&linked.schema, linked.schema.find(message).expect("there is the message")).expect("it has a layout")
}

/// A writer's schema and a reader's that differs from it, as text.
pub(crate) fn avro_schemas(seed: u64) -> (String, String) {
    let (mut random, mut coverage) = (Random::new(seed), Coverage::default());
    let mut generator = Generator::new(&mut random, &mut coverage, &[]);
    let writer = generator.record(0);
    let reader = generator.reader(&writer);
    (writer.json().to_string(), reader.json().to_string())
}

/// Data of an Avro schema.
pub(crate) fn avro_seeds(layout: &Layout, count: usize) -> Vec<Vec<u8>> {
    let mut random = Random::new(1);
    // A reader may take bytes for text.
    let sort = Sort { is_logical: true, has_text_in_bytes: true };
    let one = |_| {
        let arena = Arena::new();
        let made = values::value(layout, sort, &mut random, &arena);
        value::to_vec(layout, &made).expect("a value of the schema")
    };
    (0..count).map(one).collect()
}

const SCALARS: [&str; 15] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32",
    "sfixed64", "bool", "string", "bytes",
];
const KEYS: [&str; 6] = ["int32", "uint64", "sint64", "fixed32", "bool", "string"];
const ENUMS: &str = "enum E { E0 = 0; E1 = 1; E5 = 5; EM = -1; }\n";

/// Messages `M0`, `M1` and `M2` in proto2 or proto3, with fields of every sort that hold each other.
pub(crate) fn protobuf_schema(seed: u64) -> String {
    let mut random = Random::new(seed);
    let is_proto2 = random.once_in(2);
    let mut text = format!("syntax = \"proto{}\";\n{ENUMS}", if is_proto2 { 2 } else { 3 });
    for message in 0..3 {
        let mut number = 0;
        let mut next = |random: &mut Random| {
            number += if random.once_in(8) { 1000 } else { 1 };
            number
        };
        writeln!(text, "message M{message} {{").expect("text");
        for at in 0..3 + random.below(8) {
            let scalar = random.of(&SCALARS);
            let one = match random.below(4) {
                0 => format!("M{}", random.below(3)),
                1 => "E".to_owned(),
                _ => scalar.to_owned(),
            };
            let number = next(&mut random);
            let line = match random.below(if is_proto2 { 8 } else { 6 }) {
                0 => format!("map<{}, {one}> f{at} = {number};", random.of(&KEYS)),
                1 | 2 => format!("repeated {one} f{at} = {number};"),
                3 => {
                    let second = next(&mut random);
                    format!("oneof o{at} {{ {one} a{at} = {number}; {scalar} b{at} = {second}; }}")
                }
                6 => format!("optional group G{at} = {number} {{ optional {one} x = 1; repeated sint32 y = 2; }}"),
                7 if !one.starts_with('M') => format!("required {one} f{at} = {number};"),
                _ => format!("optional {one} f{at} = {number};"),
            };
            writeln!(text, "  {line}").expect("text");
        }
        text.push_str("}\n");
    }
    text
}

/// Data of a Protobuf schema.
pub(crate) fn protobuf_seeds(layout: &Layout, count: usize) -> Vec<Vec<u8>> {
    let mut random = Random::new(1);
    (0..count).map(|_| body(layout, layout.root(), &mut random, 0)).collect()
}

/// How deep messages are inside each other at most.
const DEPTH_MAX: usize = 3;

/// The fields of a message.
fn body(layout: &Layout, ty: TypeId, random: &mut Random, depth: usize) -> Vec<u8> {
    let LayoutKind::Record(id) = layout.kind(ty) else { return Vec::new() };
    let mut bytes = Vec::new();
    for one in &layout.record(id).fields {
        let is_required = one.presence == Presence::Required;
        if !is_required && (depth > DEPTH_MAX || random.once_in(3)) {
            continue;
        }
        put(layout, one, random, depth, &mut bytes);
    }
    bytes
}

fn put(layout: &Layout, one: &FieldLayout, random: &mut Random, depth: usize, bytes: &mut Vec<u8>) {
    let number = u64::try_from(one.number.expect("a field has a number")).expect("above zero");
    match layout.kind(one.ty) {
        LayoutKind::List { item, is_packed: true } => {
            let items: Vec<u8> = (0..random.below(5)).flat_map(|_| value_of(layout, item, random, depth)).collect();
            bytes.extend(field(number, &items));
        }
        LayoutKind::List { item, .. } => {
            for _ in 0..random.below(4) {
                bytes.extend(single(layout, item, number, one.is_delimited, random, depth));
            }
        }
        LayoutKind::Map { key, value } => {
            for _ in 0..random.below(4) {
                let key = single(layout, key, 1, false, random, depth);
                let value = single(layout, value, 2, false, random, depth);
                bytes.extend(field(number, &[key, value].concat()));
            }
        }
        _ => bytes.extend(single(layout, one.ty, number, one.is_delimited, random, depth)),
    }
}

/// One value behind its key.
fn single(layout: &Layout, ty: TypeId, number: u64, is_delimited: bool, random: &mut Random, depth: usize) -> Vec<u8> {
    let wire = match layout.kind(ty) {
        LayoutKind::Record(_) => {
            let body = body(layout, ty, random, depth + 1);
            return if is_delimited { group(number, &body) } else { field(number, &body) };
        }
        LayoutKind::String { .. } | LayoutKind::Bytes => return field(number, &value_of(layout, ty, random, depth)),
        LayoutKind::Double | LayoutKind::Int(Int { bits: 64, encoding: IntEncoding::Fixed, .. }) => 1,
        LayoutKind::Float | LayoutKind::Int(Int { encoding: IntEncoding::Fixed, .. }) => 5,
        _ => 0,
    };
    let mut bytes = Vec::new();
    varint(number << 3 | wire, &mut bytes);
    bytes.extend(value_of(layout, ty, random, depth));
    bytes
}

/// A scalar as it lies behind its key; of text and bytes what their length counts.
fn value_of(layout: &Layout, ty: TypeId, random: &mut Random, _depth: usize) -> Vec<u8> {
    let number = random.next() >> random.below(64);
    match layout.kind(ty) {
        LayoutKind::Double | LayoutKind::Int(Int { bits: 64, encoding: IntEncoding::Fixed, .. }) => {
            number.to_le_bytes().to_vec()
        }
        LayoutKind::Float | LayoutKind::Int(Int { encoding: IntEncoding::Fixed, .. }) => {
            number.to_le_bytes()[..4].to_vec()
        }
        LayoutKind::String { .. } | LayoutKind::Bytes => "text or bytes".as_bytes()[..random.below(14)].to_vec(),
        kind => {
            let number = match kind {
                LayoutKind::Bool => number & 1,
                LayoutKind::Enum(_) => random.of(&[0, 1, 5, u64::MAX, 7]),
                _ => number,
            };
            let mut bytes = Vec::new();
            varint(number, &mut bytes);
            bytes
        }
    }
}
