//! Fields that enter and leave oneofs.

use crate::support::{Case, check};

#[test]
fn fields_that_change_their_oneof_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 17] = [
    Case {
        claim: "one field in a new oneof is safe but for code",
        old: "string a = 1;",
        new: "oneof o { string a = 1; }",
        finds: &["field_moved_into_new_oneof: source"],
    },
    Case {
        claim: "one optional field in a new oneof too",
        old: "optional string a = 1;",
        new: "oneof o { string a = 1; }",
        finds: &["field_moved_into_new_oneof: source"],
    },
    Case {
        claim: "one field in a new oneof beside new ones too",
        old: "string a = 1;",
        new: "oneof o { string a = 1; string b = 2; }",
        finds: &["field_added: json/forward/error", "field_moved_into_new_oneof: source"],
    },
    Case {
        claim: "several fields in a new oneof are one finding",
        old: "string a = 1; string b = 2; string c = 3;",
        new: "oneof o { string a = 1; string b = 2; string c = 3; }",
        finds: &["fields_merged_into_oneof: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "a field in a oneof that was there",
        old: "oneof o { string a = 1; } string b = 2;",
        new: "oneof o { string a = 1; string b = 2; }",
        finds: &["field_moved_into_existing_oneof: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "a field in a oneof that was there and was renamed",
        old: "oneof o { string a = 1; } string b = 2;",
        new: "oneof p { string a = 1; string b = 2; }",
        finds: &[
            "field_moved_into_existing_oneof: wire/backward/lossy, json/backward/error, source",
            "oneof_renamed: source",
        ],
    },
    Case {
        claim: "a field in the oneof of one that came with it is in a new oneof",
        old: "string a = 1; oneof o { string b = 2; }",
        new: "oneof p { string a = 1; string c = 3; } oneof o { string b = 2; }",
        finds: &["field_added: json/forward/error", "field_moved_into_new_oneof: source"],
    },
    Case {
        claim: "a field that left its alternatives",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; } optional string b = 2;",
        finds: &["field_left_oneof: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "a field that left its alternatives and its presence",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; } string b = 2;",
        finds: &[
            "field_left_oneof: wire/backward/meaning, wire/forward/meaning, wire/forward/lossy, json/backward/meaning, json/forward/meaning, json/forward/error, source",
        ],
    },
    Case {
        claim: "a oneof of one field that is gone is safe but for code",
        old: "oneof o { string a = 1; }",
        new: "optional string a = 1;",
        finds: &["field_left_oneof: source"],
    },
    Case {
        claim: "a oneof of several fields that is gone is one finding",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "optional string a = 1; optional string b = 2;",
        finds: &["field_left_oneof: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "a field that left alternatives which are gone",
        old: "oneof o { string a = 1; string b = 2; }",
        new: r#"reserved 1; reserved "a"; optional string b = 2;"#,
        finds: &[
            "field_deleted: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
            "field_left_oneof: source",
        ],
    },
    Case {
        claim: "a field that changed its oneof",
        old: "oneof o { string a = 1; string b = 2; } oneof p { string c = 3; }",
        new: "oneof o { string a = 1; } oneof p { string b = 2; string c = 3; }",
        finds: &[
            "field_moved_into_existing_oneof: wire/backward/lossy, wire/forward/lossy, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a renamed oneof concerns code only",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof p { string a = 1; string b = 2; }",
        finds: &["oneof_renamed: source"],
    },
    Case {
        claim: "of two oneofs that were joined under another name, one is still there",
        old: "oneof o { string a = 1; } oneof p { string b = 2; }",
        new: "oneof q { string a = 1; string b = 2; }",
        finds: &[
            "field_moved_into_existing_oneof: wire/backward/lossy, json/backward/error, source",
            "oneof_renamed: source",
        ],
    },
    Case {
        claim: "two oneofs that were each renamed concern code only",
        old: "oneof o { string a = 1; } oneof p { string b = 2; }",
        new: "oneof r { string b = 2; } oneof q { string a = 1; }",
        finds: &["oneof_renamed: source", "oneof_renamed: source"],
    },
    Case {
        claim: "a oneof that was split",
        old: "oneof o { string a = 1; string b = 2; string c = 3; string d = 4; }",
        new: "oneof o { string a = 1; string b = 2; } oneof p { string c = 3; string d = 4; }",
        finds: &["field_moved_into_new_oneof: wire/forward/lossy, json/forward/error, source"],
    },
];
