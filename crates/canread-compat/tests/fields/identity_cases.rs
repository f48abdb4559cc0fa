//! Whether a number still stands for the same field, and what JSON calls it.

use crate::support::{Case, check};

#[test]
fn fields_that_change_their_identity_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 27] = [
    Case {
        claim: "a lone rename is a warning on the wire and an error in JSON",
        old: "string a = 1;",
        new: "string b = 1;",
        finds: &[
            "field_renamed: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a rename that keeps its JSON name is none in JSON",
        old: "string a = 1;",
        new: r#"string b = 1 [json_name = "a"];"#,
        finds: &["field_renamed: wire/backward/meaning, wire/forward/meaning, source"],
    },
    Case {
        claim: "a rename to the JSON name it always had breaks no JSON",
        old: "string foo_bar = 1;",
        new: "string fooBar = 1;",
        finds: &["field_renamed: wire/backward/meaning, wire/forward/meaning, source"],
    },
    Case {
        claim: "a rename whose new readers know the old key by another field reinterprets it",
        old: "string a = 1; string x = 2;",
        new: r#"string b = 1; string x = 2 [json_name = "a"];"#,
        finds: &[
            "field_renamed: wire/backward/meaning, wire/forward/meaning, json/backward/reinterpreted, json/forward/error, source",
            "json_name_changed: json/forward/reinterpreted",
        ],
    },
    Case {
        claim: "a rename of a message field whose message was renamed too is a rename",
        old: r#"syntax = "proto3"; message A { int64 id = 1; string s = 2; } message M { A a = 1; }"#,
        new: r#"syntax = "proto3"; message B { int64 id = 1; string s = 2; } message M { B b = 1; }"#,
        finds: &[
            "field_renamed: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a renamed field that names another message of the same shape is a rename",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int64 id = 1; } message M { A a = 1; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int64 id = 1; } message M { B b = 1; }"#,
        finds: &[
            "field_renamed: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a renamed field that names a message of another shape is another field",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { string id = 1; } message M { A a = 1; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { string id = 1; } message M { B b = 1; }"#,
        finds: &[
            "field_number_reused: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a renamed field with the message it came with is another field",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message M { A a = 1; }"#,
        new: r#"syntax = "proto3"; message B { string text = 1; } message M { B b = 1; }"#,
        finds: &[
            "field_number_reused: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "another name and another type is another field",
        old: "string a = 1;",
        new: "int32 b = 1;",
        finds: &[
            "field_number_reused: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "another name and a wider type is another field, though values survive",
        old: "int32 a = 1;",
        new: "int64 b = 1;",
        finds: &[
            "field_number_reused: wire/backward/meaning=error, wire/forward/lossy, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "another name and another number of values is another field",
        old: "string a = 1;",
        new: "repeated string b = 1;",
        finds: &[
            "field_number_reused: wire/backward/meaning=error, wire/forward/lossy, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "another name and type under the same JSON key is a rename with another type",
        old: "int32 a = 1;",
        new: r#"int64 b = 1 [json_name = "a"];"#,
        finds: &[
            "field_renamed: wire/backward/meaning, wire/forward/meaning, json/forward/error, source",
            "field_type_changed: wire/forward/lossy, json/forward/error, source",
        ],
    },
    Case {
        claim: "two fields of one type that swap numbers read each other",
        old: "string a = 1; string b = 2;",
        new: "string b = 1; string a = 2;",
        finds: &["field_number_reused: wire/backward/reinterpreted, wire/forward/reinterpreted, source"],
    },
    Case {
        claim: "two fields of different types that swap numbers lose each other",
        old: "string a = 1; int32 b = 2;",
        new: "int32 b = 1; string a = 2;",
        finds: &["field_number_reused: wire/backward/dropped, wire/forward/dropped, source"],
    },
    Case {
        claim: "a field inserted in front moves all numbers, which is one finding",
        old: "string a = 1; string b = 2;",
        new: "string x = 1; string a = 2; string b = 3;",
        finds: &[
            "field_number_reused: wire/backward/reinterpreted, wire/forward/reinterpreted, json/forward/error, source",
        ],
    },
    Case {
        claim: "a field that takes the number of a deleted one was moved there",
        old: "string a = 1; string b = 2;",
        new: "string b = 1;",
        finds: &[
            "field_number_reused: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, source",
            "field_renumbered: wire/backward/dropped, wire/forward/dropped",
        ],
    },
    Case {
        claim: "a field under a fresh number is lost, in JSON it is not",
        old: "string a = 1;",
        new: "string a = 2;",
        finds: &["field_renumbered: wire/backward/dropped, wire/forward/dropped"],
    },
    Case {
        claim: "a renumbered field with another type breaks JSON too",
        old: "string a = 1;",
        new: "int32 a = 2;",
        finds: &[
            "field_renumbered: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error",
        ],
    },
    Case {
        claim: "a renumbered field that became an alternative is refused in JSON",
        old: "optional string a = 1; oneof o { string b = 2; }",
        new: "oneof o { string b = 2; string a = 3; }",
        finds: &["field_renumbered: wire/backward/dropped, wire/forward/dropped, json/backward/error"],
    },
    Case {
        claim: "fields that swapped numbers and messages are read by name in JSON",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { string s = 1; } message M { A a = 1; B b = 2; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { string s = 1; } message M { A b = 1; B a = 2; }"#,
        finds: &[
            "field_number_reused: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a renumbered required field is missing",
        old: r#"syntax = "proto2"; message M { required int32 a = 1; }"#,
        new: r#"syntax = "proto2"; message M { required int32 a = 2; }"#,
        finds: &["field_renumbered: wire/backward/error, wire/forward/error"],
    },
    Case {
        claim: "another JSON name is an error for old readers, new ones still know the own name",
        old: "string a = 1;",
        new: r#"string a = 1 [json_name = "b"];"#,
        finds: &["json_name_changed: json/forward/error"],
    },
    Case {
        claim: "a JSON name that is neither is an error for both",
        old: r#"string a = 1 [json_name = "x"];"#,
        new: r#"string a = 1 [json_name = "y"];"#,
        finds: &["json_name_changed: json/backward/error, json/forward/error"],
    },
    Case {
        claim: "a JSON name that was the own name is still read",
        old: r#"string foo_bar = 1 [json_name = "foo_bar"];"#,
        new: "string foo_bar = 1;",
        finds: &["json_name_changed: json/forward/error"],
    },
    Case {
        claim: "the JSON name that a field has anyway is no change",
        old: "string foo_bar = 1;",
        new: r#"string foo_bar = 1 [json_name = "fooBar"];"#,
        finds: &[],
    },
    Case {
        claim: "swapped JSON names are read as each other",
        old: r#"string a = 1 [json_name = "x"]; string b = 2 [json_name = "y"];"#,
        new: r#"string a = 1 [json_name = "y"]; string b = 2 [json_name = "x"];"#,
        finds: &[
            "json_name_changed: json/backward/reinterpreted, json/forward/reinterpreted",
            "json_name_changed: json/backward/reinterpreted, json/forward/reinterpreted",
        ],
    },
    Case {
        claim: "the order of fields means nothing",
        old: "string a = 1; int32 b = 2;",
        new: "int32 b = 2; string a = 1;",
        finds: &[],
    },
];
