//! All that reads and writes a format is stopped at the same depth: that of what lies inside the outermost record.

use canread_avro::codec as avro;
use canread_derive::CoreRecord as Record;
use canread_plan::Arena;
use canread_protobuf::codec as protobuf;
use canread_wire::Limits;

use crate::generated::{avro_layout, protobuf_layout};

#[derive(Record, Debug, Clone, PartialEq, Default)]
#[record(name = "Node")]
struct Node {
    #[field(1)]
    next: Option<Box<Node>>,
}

const PROTO: &str = "syntax = \"proto3\"; message Node { Node next = 1; }";
const AVSC: &str = r#"{"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}"#;

/// A node with so many others inside, one in the other.
fn nodes(inside: usize) -> Node {
    (0..inside).fold(Node::default(), |node, _| Node { next: Some(Box::new(node)) })
}

/// A text with so many others inside.
fn text(inside: usize, start: &str, innermost: &str, end: &str) -> String {
    [&start.repeat(inside), innermost, &end.repeat(inside)].concat()
}

/// Who refuses, by name.
fn refusing(results: Vec<(&'static str, bool)>) -> Vec<&'static str> {
    results.into_iter().filter(|(_, is_read)| !is_read).map(|(name, _)| name).collect()
}

fn read_protobuf(inside: usize, limits: Limits) -> Vec<(&'static str, bool)> {
    // What is too deep to be written is put together by hand.
    let bytes = (0..inside).fold(Vec::new(), |inner, _| crate::mutate::field(1, &inner));
    let (layout, arena) = (protobuf_layout(PROTO, "Node"), Arena::new());
    let json = text(inside, "{\"next\":", "{}", "}");
    let words = text(inside, "next{", "", "}");
    let json_options = protobuf::json::ReadOptions::new().with_limits(limits);
    let text_options = protobuf::text::ReadOptions::new().with_limits(limits);
    vec![
        ("a type", protobuf::from_slice_with::<Node>(&bytes, &limits).is_ok()),
        ("a value", protobuf::value::from_slice_with(&layout, &bytes, &arena, &limits).is_ok()),
        ("ProtoJSON", protobuf::json::from_str_with(&layout, &json, &arena, &json_options).is_ok()),
        ("text", protobuf::text::from_str_with(&layout, &words, &arena, &text_options).is_ok()),
    ]
}

fn read_avro(inside: usize, limits: Limits) -> Vec<(&'static str, bool)> {
    let bytes = [&vec![2; inside][..], &[0]].concat();
    let (layout, arena) = (avro_layout(AVSC), Arena::new());
    let json = text(inside, "{\"next\":{\"Node\":", "{\"next\":null}", "}}");
    let options = avro::json::ReadOptions::new().with_limits(limits);
    vec![
        ("a type", avro::from_slice_with::<Node>(&bytes, &limits).is_ok()),
        ("a value", avro::value::from_slice_with(&layout, &bytes, &arena, &limits).is_ok()),
        ("JSON", avro::json::from_str_with(&layout, &json, &arena, &options).is_ok()),
    ]
}

#[test]
fn readers_are_stopped_at_the_same_depth() {
    for depth in [0, 1, 5, 100] {
        let limits = Limits::strict().with_depth_max(u32::try_from(depth).expect("small"));
        for read in [read_protobuf, read_avro] {
            assert_eq!(refusing(read(depth, limits)), Vec::<&str>::new(), "{depth} levels of {depth}");
            let deeper = read(depth + 1, limits);
            assert_eq!(refusing(deeper.clone()).len(), deeper.len(), "{deeper:?}: one level more than {depth}");
        }
    }
}

#[test]
fn writers_are_stopped_where_readers_are_by_default() {
    let deep = Limits::trusted();
    let protobuf_layout = protobuf_layout(PROTO, "Node");
    let avro_layout = avro_layout(AVSC);
    for (inside, is_written) in [(100, true), (101, false)] {
        let arena = Arena::new();
        let bytes = (0..inside).fold(Vec::new(), |inner, _| crate::mutate::field(1, &inner));
        let value = protobuf::value::from_slice_with(&protobuf_layout, &bytes, &arena, &deep).expect("allowed");
        let of_protobuf = vec![
            ("a type", protobuf::to_vec(&nodes(inside)).is_ok()),
            ("a value", protobuf::value::to_vec(&protobuf_layout, &value).is_ok()),
            ("ProtoJSON", protobuf::json::to_string(&protobuf_layout, &value).is_ok()),
            ("text", protobuf::text::to_string(&protobuf_layout, &value).is_ok()),
        ];
        let bytes = [&vec![2; inside][..], &[0]].concat();
        let value = avro::value::from_slice_with(&avro_layout, &bytes, &arena, &deep).expect("allowed");
        let of_avro = vec![
            ("a type", avro::to_vec(&nodes(inside)).is_ok()),
            ("a value", avro::value::to_vec(&avro_layout, &value).is_ok()),
            ("JSON", avro::json::to_string(&avro_layout, &value).is_ok()),
        ];
        for results in [of_protobuf, of_avro] {
            assert!(results.iter().all(|(_, written)| *written == is_written), "{inside}: {results:?}");
        }
    }
}
