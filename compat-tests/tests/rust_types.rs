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

#[test]
fn a_number_that_has_another_type_in_the_file_is_found() {
    let own = canread_protobuf::codec::schema_of::<Order>();
    let file = proto(&PROTO.replace("sint32 balance", "int32 balance"));
    let found = said(&file, &own);
    assert_eq!(
        found,
        [("protobuf/field_type_changed", Direction::Backward), ("protobuf/field_type_changed", Direction::Forward)]
    );
}

#[test]
fn a_type_and_an_avro_file_that_say_the_same_are_compatible() {
    let (own, file) = (canread_avro::codec::schema_of::<Row>(), avsc(AVSC));
    assert_eq!(said(&file, &own), []);
    assert_eq!(said(&own, &file), []);
}

#[test]
fn a_field_that_old_data_lacks_is_found_where_it_has_no_default() {
    let own = canread_avro::codec::schema_of::<Row>();
    let file = avsc(&AVSC.replace(r#"{"name": "id", "type": "long"}, "#, ""));
    assert_eq!(said(&file, &own), [("avro/field_added_without_default", Direction::Backward)]);
}
