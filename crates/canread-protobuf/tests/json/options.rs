//! What may be asked for. Source: Protobuf, "ProtoJSON Format", "JSON Options".

use canread_plan::Arena;
use canread_protobuf::codec::json::{self, WriteOptions};
use insta::assert_snapshot;

use crate::support::LAYOUT;

fn written(text: &str, options: &WriteOptions) -> String {
    let arena = Arena::new();
    let value = json::from_str(&LAYOUT, text, &arena).expect("a message");
    json::to_string_with(&LAYOUT, &value, options).expect("it has a form")
}

#[test]
fn names_of_the_schema() {
    let text = r#"{"an_int32":1,"renamed":2,"__odd__name_2":3,"[test.added]":"4"}"#;
    assert_eq!(written(text, &WriteOptions::new().original_names()), text);
}

#[test]
fn symbols_as_numbers() {
    let text = r#"{"open":1,"closed":5,"null":null,"opens":[0,7]}"#;
    let options = WriteOptions::new().enums_as_numbers();
    assert_eq!(written(text, &options), r#"{"open":1,"closed":5,"opens":[0,7],"null":null}"#);
}

#[test]
fn fields_without_presence_that_are_zero() {
    let options = WriteOptions::new().with_defaults();
    assert_snapshot!(written("{}", &options), @r#"{"implicit":0,"implicitText":"","implicitDouble":0,"implicitOpen":"OPEN_ZERO","int32s":[],"uint64s":[],"doubles":[],"floats":[],"truths":[],"texts":[],"datas":[],"closeds":[],"opens":[],"messages":[],"anythings":[],"nothings":[],"byText":{},"byInt32":{},"byInt64":{},"byUint64":{},"byTruth":{},"bySfixed32":{}}"#);
    assert_snapshot!(written(r#"{"group": {}, "duration": "0s"}"#, &options).split(',').next().expect("a part"), @r#"{"group":{}"#);
}

#[test]
fn a_line_for_each_value() {
    assert_snapshot!(written(r#"{"texts":["a"],"nested":{},"struct":{"b":1}}"#, &WriteOptions::new().indented(2)), @r#"
    {
      "nested": {},
      "texts": [
        "a"
      ],
      "struct": {
        "b": 1
      }
    }
    "#);
}
