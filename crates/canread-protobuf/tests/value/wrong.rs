//! Values of another type than the layout's, which are refused even if they are nothing: in binary, JSON and text alike.

use canread_plan::{Arena, Value};
use canread_protobuf::codec::{json, text, value};

use crate::support::{layout, proto2, proto3};

const SCHEMA: &str = "
message M {
  bool bool = 1;
  int32 int32 = 2;
  fixed64 fixed64 = 3;
  float float = 4;
  double double = 5;
  string string = 6;
  bytes bytes = 7;
  E enum = 8;
  repeated int32 list = 9;
  map<string, int32> map = 10;
  M message = 11;
  optional uint32 optional = 12;
}
enum E { ZERO = 0; }";

#[test]
fn a_zero_of_another_type_is_no_zero_of_the_field() {
    let (layout, arena) = (layout(&proto3(SCHEMA)), Arena::new());
    let nothing = [Value::Absent; 12];
    let of_each_type = [
        ("Bool", Value::Bool(false)),
        ("Int", Value::Int(0)),
        ("Uint", Value::Uint(0)),
        ("Float", Value::Float(0.0)),
        ("Double", Value::Double(0.0)),
        ("String", Value::String("")),
        ("Bytes", Value::Bytes(&[])),
        ("Symbol", Value::Symbol(0)),
        ("List", arena.list(&[])),
        ("Map", arena.map(&[])),
        ("Record", arena.record(&nothing)),
    ];
    let own = ["Bool", "Int", "Uint", "Float", "Double", "String", "Bytes", "Symbol", "List", "Map", "Record", "Uint"];
    for (at, own) in own.into_iter().enumerate() {
        for (name, zero) in of_each_type {
            let mut fields = nothing;
            fields[at] = zero;
            let message = arena.record(&fields);
            let written = [
                value::to_vec(&layout, &message).map(drop).map_err(|error| error.to_string()),
                json::to_string(&layout, &message).map(drop).map_err(|error| error.to_string()),
                text::to_string(&layout, &message).map(drop).map_err(|error| error.to_string()),
            ];
            let field = &layout.record(0).fields[at].name;
            for written in written {
                match written {
                    Ok(()) => assert_eq!(name, own, "{field}"),
                    Err(error) => {
                        assert_ne!(name, own, "{field}: {error}");
                        assert!(error.ends_with(&format!("in `{field}`")), "{name}: {error}");
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_else_stands_for_a_field_that_is_required() {
    let (layout, arena) = (layout(&proto2("message M { required uint32 r = 1; }")), Arena::new());
    for nothing in [Value::Absent, arena.list(&[]), arena.map(&[]), Value::Int(0)] {
        let message = arena.record(&[nothing]);
        assert!(value::to_vec(&layout, &message).is_err());
        assert!(json::to_string(&layout, &message).is_err());
        // The text format is for people, who may want to see a message that lacks something.
        assert_eq!(text::to_string(&layout, &message).is_ok(), matches!(nothing, Value::Absent));
    }
}

#[test]
fn bytes_are_text_in_json_where_the_schema_does_not_ask_and_they_are() {
    let (layout, arena) = (layout(&proto2("message M { optional string s = 1; }")), Arena::new());
    let json =
        |bytes| json::to_string(&layout, &arena.record(&[Value::Bytes(bytes)])).map_err(|error| error.to_string());
    assert_eq!(json(b"ab"), Ok(r#"{"s":"ab"}"#.to_owned()));
    assert!(json(b"\xff").is_err_and(|error| error.contains("UTF-8")));
}
