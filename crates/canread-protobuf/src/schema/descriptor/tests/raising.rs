//! The model to descriptors, where a comparison with protoc would not show why.

use canread_syntax::Sources;

use crate::schema::descriptor::{FileDescriptorSet, MethodDescriptorProto, ReadLimits, raise};
use crate::schema::{LinkOptions, Linked, read};

/// The schema of some files; it has to be valid.
pub(super) fn linked(files: &[(&str, &str)]) -> Linked {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| (*name, sources.add(*name, "test", (*text).into()))).collect();
    let linked = read(&ids, &sources, &LinkOptions::default());
    assert_eq!(linked.diagnostics, []);
    linked
}

/// The bytes of the whole set.
pub(super) fn set_of(linked: &Linked) -> Vec<u8> {
    let raised = raise(&linked.schema, None);
    assert_eq!(raised.diagnostics, []);
    raised.set.to_bytes()
}

/// What `wanted` says of the file `a.proto` with this text.
fn of<T>(text: &str, wanted: impl FnOnce(&FileDescriptorSet<'_>) -> T) -> T {
    let bytes = set_of(&linked(&[("a.proto", text)]));
    let set = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default()).expect("our set is a set");
    wanted(&set)
}

fn of_last_file<T>(text: &str, wanted: impl FnOnce(&super::super::FileDescriptorProto<'_>) -> T) -> T {
    of(text, |set| wanted(set.file.last().expect("there is a file")))
}

#[test]
fn entries_of_maps_stand_among_nested_messages_where_the_map_stands_among_statements() {
    let text = "message M { map<int32, int32> a_b = 1; message N {} map<string, M> c = 2; optional group G = 3 {} }";
    let names = of_last_file(text, |file| {
        file.message_type[0].nested_type.iter().map(|nested| nested.name.to_string()).collect::<Vec<_>>()
    });
    assert_eq!(names, ["ABEntry", "N", "CEntry", "G"]);
}

#[test]
fn optional_in_proto3_is_a_oneof_behind_the_real_ones_under_a_name_that_is_free() {
    let text = "syntax = \"proto3\"; message M { optional int32 a = 1; oneof b { int32 _a = 2; } optional M c = 3; }";
    let (oneofs, indexes) = of_last_file(text, |file| {
        let message = &file.message_type[0];
        let oneofs: Vec<String> = message.oneof_decl.iter().map(|oneof| oneof.name.to_string()).collect();
        (oneofs, message.field.iter().map(|field| field.oneof_index).collect::<Vec<_>>())
    });
    assert_eq!(oneofs, ["b", "X_a", "_c"]);
    assert_eq!(indexes, [Some(1), Some(0), Some(2)]);
}

#[test]
fn every_field_has_a_name_in_json() {
    let text = "message M { optional int32 foo_bar__b = 1; optional int32 b = 2 [json_name = \"X\"]; extensions 3; }
                extend M { optional int32 an_extension = 3; }";
    let names = of_last_file(text, |file| {
        let fields = file.message_type[0].field.iter().chain(&file.extension);
        fields.map(|field| field.json_name.clone().unwrap_or_default().into_owned()).collect::<Vec<_>>()
    });
    assert_eq!(names, ["fooBarB", "X", "anExtension"]);
}

#[test]
fn defaults_are_spelled_as_protoc_does() {
    let text = r#"enum E { A = 0; } message M {
        optional float f = 1 [default = 1e10]; optional double d = 2 [default = -inf]; optional bytes b = 3 [default = "a\n\xff"];
        optional string s = 4 [default = "a\n"]; optional E e = 5 [default = A]; optional sint64 i = 6 [default = -0x10]; }"#;
    let defaults = of_last_file(text, |file| {
        let fields = file.message_type[0].field.iter();
        fields.map(|field| field.default_value.clone().unwrap_or_default().into_owned()).collect::<Vec<_>>()
    });
    assert_eq!(defaults, ["1e+10", "-inf", r"a\n\377", "a\n", "A", "-16"]);
}

const OPTIONS: &str = "import \"google/protobuf/descriptor.proto\"; import \"google/protobuf/any.proto\";
    message O { optional int32 x = 1; optional O o = 2; repeated int32 p = 3 [packed = true]; map<string, int32> m = 4;
                optional google.protobuf.Any any = 5; optional group G = 6 { optional int32 x = 1; } optional S s = 7; }
    message S { option message_set_wire_format = true; extensions 4 to max; }
    message T { extend S { optional T t = 100; } optional int32 x = 1; }
    extend google.protobuf.MessageOptions { optional O a = 50000; repeated int32 b = 50001; }\n";

/// The option bytes of a message with these options.
fn options(statements: &str) -> Vec<u8> {
    let text = format!("{OPTIONS} message M {{ {statements} }}");
    of_last_file(&text, |file| {
        let message = file.message_type.last().expect("there is a message");
        message.options.as_deref().unwrap_or_default().to_vec()
    })
}

/// Tags of `a` and `b`.
const A: &[u8] = b"\x82\xb5\x18";
const B: &[u8] = b"\x88\xb5\x18";

#[test]
fn custom_options_follow_the_built_in_ones_in_source_order_and_are_not_merged() {
    let bytes =
        options("option (b) = 1; option (a).x = 5; option deprecated = true; option (b) = 2; option (a).o.x = 6;");
    let wanted = [b"\x18\x01", B, b"\x01", A, b"\x02\x08\x05", B, b"\x02", A, b"\x04\x12\x02\x08\x06"].concat();
    assert_eq!(bytes, wanted);
}

#[test]
fn fields_of_a_message_literal_stand_in_the_order_of_their_numbers() {
    let bytes = options("option (a) = { p: [1, 2] o { x: 6 } x: -1 p: 3 };");
    let body = b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x12\x02\x08\x06\x1a\x03\x01\x02\x03";
    assert_eq!(bytes, [A, b"\x14", body].concat());
}

#[test]
fn maps_groups_message_sets_and_any_have_their_own_form_in_bytes() {
    let one = |literal: &str| options(&format!("option (a) = {{ {literal} }};"));
    assert_eq!(one("m { key: \"k\" value: 7 }"), [A, b"\x07\x22\x05\x0a\x01k\x10\x07"].concat());
    assert_eq!(one("G { x: 1 }"), [A, b"\x04\x33\x08\x01\x34"].concat());
    assert_eq!(one("s { [T.t] { x: 1 } }"), [A, b"\x0a\x3a\x08\x0b\x10\x64\x1a\x02\x08\x01\x0c"].concat());
    let any = [A, b"\x1d\x2a\x1b\x0a\x15type.googleapis.com/T\x12\x02\x08\x01"].concat();
    assert_eq!(one("any { [type.googleapis.com/T] { x: 1 } }"), any);
}

#[test]
fn a_file_comes_after_its_imports_and_once() {
    let files = [
        ("a.proto", "import \"b.proto\"; import \"c.proto\";"),
        ("b.proto", "import \"d.proto\";"),
        ("c.proto", "import \"d.proto\";"),
        ("d.proto", ""),
    ];
    let bytes = set_of(&linked(&files));
    let set = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default()).expect("our set is a set");
    let names: Vec<_> = set.file.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["d.proto", "b.proto", "c.proto", "a.proto"]);
}

#[test]
fn braces_without_options_are_an_empty_option_message() {
    let text = "message M {} service S { rpc A(M) returns (M); rpc B(M) returns (M) {} }";
    let options = of_last_file(text, |file| {
        let options = |method: &MethodDescriptorProto<'_>| method.options.as_ref().map(|bytes| bytes.len());
        file.service[0].method.iter().map(options).collect::<Vec<_>>()
    });
    assert_eq!(options, [None, Some(0)]);
}

#[test]
fn editions_have_no_required_fields_and_no_groups_in_descriptors_and_hand_features_down_to_entries() {
    let text = "edition = \"2023\"; message M { message N {}
        int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; N n = 2 [features.message_encoding = DELIMITED];
        map<string, string> m = 3 [features.utf8_validation = NONE]; }";
    of_last_file(text, |file| {
        use crate::schema::descriptor::{FieldLabel, FieldType};
        let message = &file.message_type[0];
        assert_eq!(message.field[0].label, Some(FieldLabel::Optional));
        assert_eq!(message.field[1].ty, Some(FieldType::Message));
        let entry = &message.nested_type[1];
        assert_eq!(entry.field[0].options, message.field[2].options);
        assert_eq!(entry.field[1].options.as_deref(), Some(&b"\xaa\x01\x02\x20\x03"[..]));
    });
}
