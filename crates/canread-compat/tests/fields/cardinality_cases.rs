//! One value, lists and maps.

use crate::support::{Case, check};

#[test]
fn fields_that_change_how_many_values_they_hold_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 20] = [
    Case {
        claim: "a number that became a packed list is dropped by old readers",
        old: "int32 f = 1;",
        new: "repeated int32 f = 1;",
        finds: &["field_became_repeated: wire/forward/dropped, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a number that became an expanded list loses all but the last",
        old: "int32 f = 1;",
        new: "repeated int32 f = 1 [packed = false];",
        finds: &["field_became_repeated: wire/forward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "text that became a list loses all but the last",
        old: "string f = 1;",
        new: "repeated string f = 1;",
        finds: &["field_became_repeated: wire/forward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "messages that became a list are merged by old readers",
        old: "M f = 1;",
        new: "repeated M f = 1;",
        finds: &["field_became_repeated: wire/forward/reinterpreted, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a packed list that became a number is dropped by new readers",
        old: "repeated int32 f = 1;",
        new: "int32 f = 1;",
        finds: &["field_became_singular: wire/backward/dropped, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a list of text that became one loses all but the last",
        old: "repeated string f = 1;",
        new: "string f = 1;",
        finds: &["field_became_singular: wire/backward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a required field that became a list is reported once",
        old: r#"syntax = "proto2"; message M { required string f = 1; }"#,
        new: r#"syntax = "proto2"; message M { repeated string f = 1; }"#,
        finds: &[
            "field_became_repeated: wire/forward/lossy, wire/forward/error, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a list that became required is reported once",
        old: r#"syntax = "proto2"; message M { repeated string f = 1; }"#,
        new: r#"syntax = "proto2"; message M { required string f = 1; }"#,
        finds: &[
            "field_became_singular: wire/backward/lossy, wire/backward/error, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a member of a oneof that became a list is reported once",
        old: "oneof o { string f = 1; string g = 2; }",
        new: "repeated string f = 1; oneof o { string g = 2; }",
        finds: &["field_became_repeated: wire/forward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "packed or not is no difference",
        old: "repeated int32 f = 1;",
        new: "repeated int32 f = 1 [packed = false];",
        finds: &[],
    },
    Case {
        claim: "a map and a list of its entries are one on the wire",
        old: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { map<string, int32> f = 1; }"#,
        new: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { repeated E f = 1; }"#,
        finds: &["map_became_list: wire/forward/lossy=note, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a list of entries and a map are one on the wire",
        old: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { repeated E f = 1; }"#,
        new: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { map<string, int32> f = 1; }"#,
        finds: &["list_became_map: wire/backward/lossy=note, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a map has no place for a third field",
        old: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; int32 more = 3; } message M { repeated E f = 1; }"#,
        new: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; int32 more = 3; } message M { map<string, int32> f = 1; }"#,
        finds: &["list_became_map: wire/backward/dropped, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "an entry with a wider value",
        old: r#"syntax = "proto3"; message E { string key = 1; int64 value = 2; } message M { map<string, int32> f = 1; }"#,
        new: r#"syntax = "proto3"; message E { string key = 1; int64 value = 2; } message M { repeated E f = 1; }"#,
        finds: &["map_became_list: wire/forward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "an entry without a key",
        old: r#"syntax = "proto3"; message E { int32 value = 2; } message M { map<string, int32> f = 1; }"#,
        new: r#"syntax = "proto3"; message E { int32 value = 2; } message M { repeated E f = 1; }"#,
        finds: &[
            "map_became_list: wire/backward/dropped, wire/forward/lossy=note, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "an entry whose value is another message",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int32 id = 1; } message E { string key = 1; B value = 2; } message M { map<string, A> f = 1; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int32 id = 1; } message E { string key = 1; B value = 2; } message M { repeated E f = 1; }"#,
        finds: &[
            "field_refers_to_another_type: wire/backward/lossy, json/backward/error, source",
            "map_became_list: wire/forward/lossy=note, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a map that became a list of text",
        old: "map<string, int32> f = 1;",
        new: "repeated string f = 1;",
        finds: &[
            "map_became_list: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a map that became one message",
        old: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { map<string, int32> f = 1; }"#,
        new: r#"syntax = "proto3"; message E { string key = 1; int32 value = 2; } message M { E f = 1; }"#,
        finds: &[
            "field_became_singular: wire/backward/reinterpreted, json/backward/error, json/forward/reinterpreted, source",
        ],
    },
    Case {
        claim: "one message that is no entry and became a map",
        old: r#"syntax = "proto3"; message E { int32 id = 1; } message M { E f = 1; }"#,
        new: r#"syntax = "proto3"; message E { int32 id = 1; } message M { map<string, E> f = 1; }"#,
        finds: &[
            "field_became_repeated: wire/backward/dropped, wire/forward/reinterpreted, json/backward/reinterpreted, json/forward/error, source",
        ],
    },
    Case {
        claim: "one number that became a map",
        old: "int32 f = 1;",
        new: "map<string, int32> f = 1;",
        finds: &[
            "field_became_repeated: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
];
