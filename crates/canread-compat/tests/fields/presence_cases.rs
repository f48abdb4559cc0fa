//! Required fields, presence, defaults, encodings.

use crate::support::{Case, check};

#[test]
fn fields_that_change_presence_or_encoding_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 24] = [
    Case {
        claim: "optional to required",
        old: r#"syntax = "proto2"; message M { optional string f = 1; }"#,
        new: r#"syntax = "proto2"; message M { required string f = 1; }"#,
        finds: &["field_became_required: wire/backward/error, json/backward/error, source"],
    },
    Case {
        claim: "required to optional",
        old: r#"syntax = "proto2"; message M { required string f = 1; }"#,
        new: r#"syntax = "proto2"; message M { optional string f = 1; }"#,
        finds: &["required_became_optional: wire/forward/error, json/forward/error, source"],
    },
    Case {
        claim: "required to no presence is said once",
        old: r#"syntax = "proto2"; message M { required int32 f = 1; }"#,
        new: r#"syntax = "proto3"; message M { int32 f = 1; }"#,
        finds: &["required_became_optional: wire/forward/error, json/forward/error, source"],
    },
    Case {
        claim: "required into a oneof",
        old: r#"syntax = "proto2"; message M { required int32 f = 1; }"#,
        new: r#"syntax = "proto2"; message M { oneof o { int32 f = 1; } }"#,
        finds: &[
            "field_moved_into_new_oneof: source",
            "required_became_optional: wire/forward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a member of a oneof that became required",
        old: r#"syntax = "proto2"; message M { oneof o { int32 f = 1; } }"#,
        new: r#"syntax = "proto2"; message M { required int32 f = 1; }"#,
        finds: &["field_became_required: wire/backward/error, json/backward/error, source", "field_left_oneof: source"],
    },
    Case {
        claim: "zero can be told from absent now",
        old: "int32 f = 1;",
        new: "optional int32 f = 1;",
        finds: &[
            "presence_became_explicit: wire/backward/meaning, wire/forward/meaning, json/backward/meaning, json/forward/meaning, source",
        ],
    },
    Case {
        claim: "zero can no longer be told from absent",
        old: "optional int32 f = 1;",
        new: "int32 f = 1;",
        finds: &[
            "presence_became_implicit: wire/backward/meaning, wire/forward/meaning, json/backward/meaning, json/forward/meaning, source",
        ],
    },
    Case {
        claim: "`optional` in front of a message says nothing",
        old: "M f = 1;",
        new: "optional M f = 1;",
        finds: &[],
    },
    Case {
        claim: "proto2 optional, proto3 optional and an edition are the same",
        old: r#"syntax = "proto2"; message M { optional int32 f = 1; }"#,
        new: r#"edition = "2023"; message M { int32 f = 1; }"#,
        finds: &[],
    },
    Case {
        claim: "proto3 and an edition with its features are the same",
        old: r#"syntax = "proto3"; message M { int32 f = 1; repeated int32 g = 2; string s = 3; }"#,
        new: r#"edition = "2023"; option features.field_presence = IMPLICIT; message M { int32 f = 1; repeated int32 g = 2; string s = 3; }"#,
        finds: &[],
    },
    Case {
        claim: "another default is an error",
        old: r#"syntax = "proto2"; message M { optional int32 f = 1 [default = 3]; }"#,
        new: r#"syntax = "proto2"; message M { optional int32 f = 1 [default = 5]; }"#,
        finds: &[
            "default_changed: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/meaning=error, json/forward/meaning=error",
        ],
    },
    Case {
        claim: "a default that is gone is the zero value",
        old: r#"syntax = "proto2"; message M { optional string f = 1 [default = "x"]; }"#,
        new: r#"syntax = "proto2"; message M { optional string f = 1; }"#,
        finds: &[
            "default_changed: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/meaning=error, json/forward/meaning=error",
        ],
    },
    Case {
        claim: "a default that is the zero value anyway is no change",
        old: r#"syntax = "proto2"; message M { optional bool f = 1 [default = false]; }"#,
        new: r#"syntax = "proto2"; message M { optional bool f = 1; }"#,
        finds: &[],
    },
    Case {
        claim: "the first value of an enum is its default anyway",
        old: r#"syntax = "proto2"; enum E { A = 1; B = 2; } message M { optional E f = 1 [default = A]; }"#,
        new: r#"syntax = "proto2"; enum E { A = 1; B = 2; } message M { optional E f = 1; }"#,
        finds: &[],
    },
    Case {
        claim: "the default of a required field is never used",
        old: r#"syntax = "proto2"; message M { required int32 f = 1 [default = 3]; }"#,
        new: r#"syntax = "proto2"; message M { required int32 f = 1 [default = 5]; }"#,
        finds: &[],
    },
    Case {
        claim: "a default with another type is told as another type",
        old: r#"syntax = "proto2"; message M { optional int32 f = 1 [default = 3]; }"#,
        new: r#"syntax = "proto2"; message M { optional string f = 1 [default = "3"]; }"#,
        finds: &[
            "field_type_changed: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a delimited message",
        old: r#"edition = "2023"; message M { M f = 1; }"#,
        new: r#"edition = "2023"; message M { M f = 1 [features.message_encoding = DELIMITED]; }"#,
        finds: &["message_encoding_changed: wire/backward/dropped, wire/forward/dropped"],
    },
    Case {
        claim: "a group is a delimited message already",
        old: r#"syntax = "proto2"; message M { optional group G = 1 { optional int32 a = 1; } }"#,
        new: r#"edition = "2023"; message M { message G { int32 a = 1; } G g = 1 [features.message_encoding = DELIMITED]; }"#,
        finds: &[],
    },
    Case {
        claim: "a delimited message that became a number is told as another type",
        old: r#"edition = "2023"; message M { M f = 1 [features.message_encoding = DELIMITED]; }"#,
        new: r#"edition = "2023"; message M { int32 f = 1; }"#,
        finds: &[
            "field_type_changed: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "text that is checked now",
        old: r#"edition = "2023"; message M { string f = 1 [features.utf8_validation = NONE]; }"#,
        new: r#"edition = "2023"; message M { string f = 1; }"#,
        finds: &["utf8_validation_changed: wire/backward/error"],
    },
    Case {
        claim: "text that is no longer checked",
        old: r#"edition = "2023"; message M { string f = 1; }"#,
        new: r#"edition = "2023"; message M { string f = 1 [features.utf8_validation = NONE]; }"#,
        finds: &["utf8_validation_changed: wire/forward/error"],
    },
    Case {
        claim: "items, keys and values are text too",
        old: r#"edition = "2023"; message M { repeated string f = 1; map<string, int32> g = 2; }"#,
        new: r#"edition = "2023"; option features.utf8_validation = NONE; message M { repeated string f = 1; map<string, int32> g = 2; }"#,
        finds: &["utf8_validation_changed: wire/forward/error"],
    },
    Case {
        claim: "proto2 to proto3 begins to check text and to pack, and loses presence",
        old: r#"syntax = "proto2"; message M { optional string s = 1; repeated int32 r = 2; }"#,
        new: r#"syntax = "proto3"; message M { string s = 1; repeated int32 r = 2; }"#,
        finds: &[
            "presence_became_implicit: wire/backward/meaning, wire/forward/meaning, json/backward/meaning, json/forward/meaning, source",
            "utf8_validation_changed: wire/backward/error",
        ],
    },
    Case {
        claim: "an extension is a field too",
        old: r#"syntax = "proto2"; message M { extensions 1 to 9; } extend M { optional int64 x = 1; }"#,
        new: r#"syntax = "proto2"; message M { extensions 1 to 9; } extend M { optional int32 x = 1; }"#,
        finds: &["field_type_changed: wire/backward/lossy, json/backward/error, source"],
    },
];
