//! A Rust type beside a schema file: the comparison finds what of the one can't be read as the other.

use canread_compat::{Direction, Pair, Scope, Surface, compare};
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_record::Timestamp;
use canread_syntax::{Diagnostic, Sources};

#[derive(Record)]
#[record(name = "shop.v1.Order")]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
    #[field(3)]
    lines: Vec<Line>,
    #[field(4)]
    state: State,
    #[field(5, protobuf(zigzag))]
    balance: i32,
    #[field(6)]
    at: Option<Timestamp>,
    #[field(union)]
    payment: Option<Payment>,
}

#[derive(Record)]
#[record(name = "shop.v1.Line")]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    quantity: u32,
}

#[derive(Record)]
#[record(name = "shop.v1.State")]
enum State {
    #[symbol(0, name = "STATE_OPEN")]
    Open,
    #[symbol(1, name = "STATE_SENT")]
    Sent,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record)]
#[record(name = "shop.v1.Payment")]
enum Payment {
    #[field(7)]
    Voucher(String),
    #[field(8)]
    Card(Card),
}

#[derive(Record)]
#[record(name = "shop.v1.Card")]
struct Card {
    #[field(1)]
    number: String,
}

const PROTO: &str = r#"edition = "2023";
package shop.v1;
import "google/protobuf/timestamp.proto";
option features.field_presence = IMPLICIT;
message Order {
  int64 id = 1;
  string note = 2 [features.field_presence = EXPLICIT];
  repeated Line lines = 3;
  State state = 4;
  sint32 balance = 5;
  google.protobuf.Timestamp at = 6;
  oneof payment { string voucher = 7; Card card = 8; }
}
message Line { string sku = 1; uint32 quantity = 2; }
message Card { string number = 1; }
enum State { STATE_OPEN = 0; STATE_SENT = 1; }
"#;

const AVSC: &str = r#"{"type": "record", "name": "Row", "namespace": "shop", "fields": [
    {"name": "id", "type": "long"}, {"name": "note", "type": ["null", "string"], "default": null}]}"#;

#[derive(Record)]
#[record(name = "shop.Row")]
struct Row {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
}

fn proto(text: &str) -> Schema {
    let timestamp =
        "syntax = \"proto3\"; package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }";
    let mut sources = Sources::default();
    let file = sources.add("shop/order.proto", "test", text.as_bytes().to_vec());
    let known = sources.add("google/protobuf/timestamp.proto", "test", timestamp.as_bytes().to_vec());
    let files = [("shop/order.proto", file), ("google/protobuf/timestamp.proto", known)];
    let linked = canread_protobuf::schema::read(&files, &sources, &canread_protobuf::schema::LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}", linked.diagnostics);
    linked.schema
}

fn avsc(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("row.avsc", "test", text.as_bytes().to_vec());
    let options = canread_avro::schema::LinkOptions::default();
    let linked = canread_avro::schema::read(&[("row.avsc", file)], &sources, &options);
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}", linked.diagnostics);
    linked.schema
}

/// What the comparison says of the bytes in both directions: rules, with the direction that each is about.
fn said(old: &Schema, new: &Schema) -> Vec<(&'static str, Direction)> {
    let comparison = compare(Pair { old, new }, &Scope::default()).expect("few pairs");
    let of_bytes = comparison.findings.iter().flat_map(|finding| {
        let claims = finding.claims.iter().filter(|claim| claim.surface == Surface::Wire);
        claims.map(|claim| (finding.rule.id, claim.direction))
    });
    let mut said: Vec<_> = of_bytes.collect();
    said.dedup();
    said
}

#[test]
fn a_type_and_a_proto_file_that_say_the_same_are_compatible() {
    let (own, file) = (canread_protobuf::codec::schema_of::<Order>(), proto(PROTO));
    assert_eq!(own.problems(), Vec::<String>::new());
    assert_eq!(said(&file, &own), []);
    assert_eq!(said(&own, &file), []);
}

/// A file that differs from the type in one place, and what is said if the type takes its place, and if it takes that of the type.
struct Break {
    from: &'static str,
    to: &'static str,
    /// The file is the old version, and the type the new one.
    to_the_type: &'static [(&'static str, Direction)],
    /// The other way round.
    from_the_type: &'static [(&'static str, Direction)],
}

fn assert_found(own: &Schema, text: &str, read: fn(&str) -> Schema, breaks: &[Break]) {
    for Break { from, to, to_the_type, from_the_type } in breaks {
        assert!(text.contains(from), "{from}");
        let file = read(&text.replace(from, to));
        assert_eq!(said(&file, own), *to_the_type, "{from}, as {to}, then the type");
        assert_eq!(said(own, &file), *from_the_type, "the type, then {from} as {to}");
    }
}

#[test]
fn what_a_proto_file_has_otherwise_is_found_in_both_directions() {
    let own = canread_protobuf::codec::schema_of::<Order>();
    let breaks = [
        // A number that lies otherwise.
        Break {
            from: "sint32 balance",
            to: "int32 balance",
            to_the_type: &[
                ("protobuf/field_type_changed", Direction::Backward),
                ("protobuf/field_type_changed", Direction::Forward),
            ],
            from_the_type: &[
                ("protobuf/field_type_changed", Direction::Backward),
                ("protobuf/field_type_changed", Direction::Forward),
            ],
        },
        // A narrower one.
        Break {
            from: "int64 id",
            to: "int32 id",
            to_the_type: &[("protobuf/field_type_changed", Direction::Forward)],
            from_the_type: &[("protobuf/field_type_changed", Direction::Backward)],
        },
        // A number used for something else.
        Break {
            from: "string note = 2",
            to: "fixed64 other = 2",
            to_the_type: &[
                ("protobuf/field_number_reused", Direction::Backward),
                ("protobuf/field_number_reused", Direction::Forward),
            ],
            from_the_type: &[
                ("protobuf/field_number_reused", Direction::Backward),
                ("protobuf/field_number_reused", Direction::Forward),
            ],
        },
        // One for many.
        Break {
            from: "repeated Line lines = 3",
            to: "Line lines = 3",
            to_the_type: &[("protobuf/field_became_repeated", Direction::Forward)],
            from_the_type: &[("protobuf/field_became_singular", Direction::Backward)],
        },
        // Fields of a oneof apart.
        Break {
            from: "string voucher = 7;",
            to: "bytes voucher = 7;",
            to_the_type: &[("protobuf/field_type_changed", Direction::Backward)],
            from_the_type: &[("protobuf/field_type_changed", Direction::Forward)],
        },
        // A symbol that is gone.
        Break {
            from: "STATE_SENT = 1;",
            to: "",
            to_the_type: &[],
            from_the_type: &[
                ("protobuf/enum_value_deleted_unreserved", Direction::Backward),
                ("protobuf/enum_value_deleted_unreserved", Direction::Forward),
            ],
        },
        // A list for a map.
        Break {
            from: "uint32 quantity = 2",
            to: "map<string, uint32> quantity = 2",
            to_the_type: &[
                ("protobuf/field_became_singular", Direction::Backward),
                ("protobuf/field_became_singular", Direction::Forward),
            ],
            from_the_type: &[
                ("protobuf/field_became_repeated", Direction::Backward),
                ("protobuf/field_became_repeated", Direction::Forward),
            ],
        },
    ];
    assert_found(&own, PROTO, proto, &breaks);
}

#[test]
fn a_type_and_an_avro_file_that_say_the_same_are_compatible() {
    let (own, file) = (canread_avro::codec::schema_of::<Row>(), avsc(AVSC));
    assert_eq!(said(&file, &own), []);
    assert_eq!(said(&own, &file), []);
}

#[test]
fn what_an_avro_file_has_otherwise_is_found_in_both_directions() {
    let own = canread_avro::codec::schema_of::<Row>();
    let breaks = [
        // A field that the file lacks.
        Break {
            from: r#"{"name": "id", "type": "long"}, "#,
            to: "",
            to_the_type: &[("avro/field_added_without_default", Direction::Backward)],
            from_the_type: &[("avro/field_deleted", Direction::Backward), ("avro/field_deleted", Direction::Forward)],
        },
        // A narrower number.
        Break {
            from: r#""id", "type": "long""#,
            to: r#""id", "type": "int""#,
            to_the_type: &[("avro/type_changed", Direction::Forward)],
            from_the_type: &[("avro/type_changed", Direction::Backward)],
        },
        // Another type.
        Break {
            from: r#""id", "type": "long""#,
            to: r#""id", "type": "boolean""#,
            to_the_type: &[("avro/type_changed", Direction::Backward), ("avro/type_changed", Direction::Forward)],
            from_the_type: &[("avro/type_changed", Direction::Backward), ("avro/type_changed", Direction::Forward)],
        },
        // Another name.
        Break {
            from: r#""name": "id""#,
            to: r#""name": "key""#,
            to_the_type: &[("avro/field_renamed", Direction::Backward), ("avro/field_renamed", Direction::Forward)],
            from_the_type: &[("avro/field_renamed", Direction::Backward), ("avro/field_renamed", Direction::Forward)],
        },
        // A branch that the type has.
        Break {
            from: r#"["null", "string"], "default": null"#,
            to: r#""string""#,
            to_the_type: &[("avro/union_branch_added", Direction::Forward)],
            from_the_type: &[
                ("avro/default_changed", Direction::Backward),
                ("avro/union_branch_removed", Direction::Backward),
            ],
        },
        // A branch that it has not.
        Break {
            from: r#"["null", "string"]"#,
            to: r#"["null", "string", "int"]"#,
            to_the_type: &[("avro/union_branch_removed", Direction::Backward)],
            from_the_type: &[("avro/union_branch_added", Direction::Forward)],
        },
        // A default that is gone.
        Break {
            from: r#", "default": null"#,
            to: "",
            to_the_type: &[],
            from_the_type: &[("avro/default_changed", Direction::Backward)],
        },
    ];
    assert_found(&own, AVSC, avsc, &breaks);
}
