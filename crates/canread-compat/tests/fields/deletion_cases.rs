//! Fields that went and came, and what was reserved.

use crate::support::{Case, check};

#[test]
fn fields_that_go_and_come_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 22] = [
    Case {
        claim: "a deletion that reserves number and name is a note on the wire",
        old: "int32 a = 1; string b = 2;",
        new: r#"reserved 2; reserved "b"; int32 a = 1;"#,
        finds: &["field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source"],
    },
    Case {
        claim: "a deletion that reserves nothing is an error in both directions",
        old: "int32 a = 1; string b = 2;",
        new: "int32 a = 1;",
        finds: &[
            "field_deleted_unreserved_number: wire/backward/dropped, wire/forward/meaning=error, json/backward/error, source",
        ],
    },
    Case {
        claim: "a reserved number with a free name is a warning on the wire",
        old: "int32 a = 1; string b = 2;",
        new: "reserved 1 to 9; int32 a = 10;",
        finds: &[
            "field_deleted_unreserved_name: wire/backward/dropped=warning, wire/forward/meaning, json/backward/error, source",
            "field_renumbered: wire/backward/dropped, wire/forward/dropped",
        ],
    },
    Case {
        claim: "a reserved name does not keep the number",
        old: "int32 a = 1; string b = 2;",
        new: r#"reserved "b"; int32 a = 1;"#,
        finds: &[
            "field_deleted_unreserved_number: wire/backward/dropped, wire/forward/meaning=error, json/backward/error, source",
        ],
    },
    Case {
        claim: "a number that went to extensions is not reserved",
        old: r#"syntax = "proto2"; message M { optional int32 a = 1; optional int32 b = 2; }"#,
        new: r#"syntax = "proto2"; message M { optional int32 a = 1; extensions 2 to 9; reserved "b"; }"#,
        finds: &[
            "field_deleted_unreserved_number: wire/backward/dropped, wire/forward/meaning=error, json/backward/error, source",
        ],
    },
    Case {
        claim: "a deleted required field is an error for old readers, reserved or not",
        old: r#"syntax = "proto2"; message M { required int32 a = 1; optional int32 b = 2; }"#,
        new: r#"syntax = "proto2"; message M { reserved 1; reserved "a"; optional int32 b = 2; }"#,
        finds: &[
            "required_field_deleted: wire/backward/dropped=note, wire/forward/error, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a deleted required field whose number is free is reported once",
        old: r#"syntax = "proto2"; message M { required int32 a = 1; optional int32 b = 2; }"#,
        new: r#"syntax = "proto2"; message M { optional int32 b = 2; }"#,
        finds: &[
            "required_field_deleted: wire/backward/dropped, wire/forward/error, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a deleted member of a oneof is a deletion like any other",
        old: "oneof o { int32 a = 1; string b = 2; }",
        new: r#"reserved 2; reserved "b"; oneof o { int32 a = 1; }"#,
        finds: &["field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source"],
    },
    Case {
        claim: "the JSON key of a deleted field that another known field answers to is read as that one",
        old: r#"int32 a = 1 [json_name = "x"]; int32 b = 2;"#,
        new: r#"reserved 1; reserved "a"; int32 b = 2 [json_name = "x"];"#,
        finds: &[
            "field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/reinterpreted, source",
            "json_name_changed: json/forward/reinterpreted",
        ],
    },
    Case {
        claim: "a message that loses all its fields is told field by field",
        old: "int32 a = 1; int32 b = 2;",
        new: r#"reserved 1, 2; reserved "a", "b";"#,
        finds: &[
            "field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
            "field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
        ],
    },
    Case {
        claim: "a fresh field matters only to old JSON readers",
        old: "int32 a = 1;",
        new: "int32 a = 1; string b = 2;",
        finds: &["field_added: json/forward/error"],
    },
    Case {
        claim: "a fresh repeated field, a map and a message too",
        old: "int32 a = 1;",
        new: "int32 a = 1; repeated string b = 2; map<string, int32> c = 3; M d = 4;",
        finds: &[
            "field_added: json/forward/error",
            "field_added: json/forward/error",
            "field_added: json/forward/error",
        ],
    },
    Case {
        claim: "a fresh optional field in proto3 is no oneof of its own",
        old: "int32 a = 1;",
        new: "int32 a = 1; optional string b = 2;",
        finds: &["field_added: json/forward/error"],
    },
    Case {
        claim: "a fresh required field is an error for new readers",
        old: r#"syntax = "proto2"; message M { optional int32 a = 1; }"#,
        new: r#"syntax = "proto2"; message M { optional int32 a = 1; required int32 b = 2; }"#,
        finds: &["required_field_added: wire/backward/error, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a fresh oneof with fresh fields only is fields that were added",
        old: "int32 a = 1;",
        new: "int32 a = 1; oneof o { string b = 2; string c = 3; }",
        finds: &["field_added: json/forward/error", "field_added: json/forward/error"],
    },
    Case {
        claim: "a case added to a known oneof looks unset to old readers",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; string b = 2; string c = 3; }",
        finds: &["oneof_member_added: wire/forward/meaning, json/forward/error, source=warning"],
    },
    Case {
        claim: "a case added beside one that was moved in is not a case of a known oneof",
        old: "string a = 1;",
        new: "oneof o { string a = 1; string b = 2; }",
        finds: &["field_added: json/forward/error", "field_moved_into_new_oneof: source"],
    },
    Case {
        claim: "a field on a number that was reserved reads what was retired",
        old: "reserved 2; int32 a = 1;",
        new: "int32 a = 1; string b = 2;",
        finds: &["field_number_reused: wire/backward/meaning=error, json/forward/error"],
    },
    Case {
        claim: "a field on a number inside a reserved range too",
        old: "reserved 2 to 5; int32 a = 1;",
        new: "reserved 2, 4 to 5; int32 a = 1; string b = 3;",
        finds: &["field_number_reused: wire/backward/meaning=error, json/forward/error"],
    },
    Case {
        claim: "a field under a name that was reserved reads old JSON",
        old: r#"reserved 2; reserved "b"; int32 a = 1;"#,
        new: "reserved 2; int32 a = 1; string b = 3;",
        finds: &["field_name_reused: json/backward/reinterpreted, json/forward/error"],
    },
    Case {
        claim: "a field under the JSON name of a deleted one reads old JSON",
        old: r#"string a = 1 [json_name = "b"];"#,
        new: r#"reserved 1; reserved "a"; string b = 2;"#,
        finds: &[
            "field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, source",
            "field_name_reused: json/backward/reinterpreted, json/forward/reinterpreted",
        ],
    },
    Case {
        claim: "a required field on a retired number is told as the retired number",
        old: r#"syntax = "proto2"; message M { reserved 2; optional int32 a = 1; }"#,
        new: r#"syntax = "proto2"; message M { optional int32 a = 1; required int32 b = 2; }"#,
        finds: &[
            "field_number_reused: wire/backward/meaning=error, wire/backward/error, json/backward/error, json/forward/error",
        ],
    },
];
