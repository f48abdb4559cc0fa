//! Extensions, their ranges and declarations, and message sets.

use crate::support::{Case, check};

macro_rules! proto2 {
    ($text:literal) => {
        concat!("syntax = \"proto2\"; ", $text)
    };
}

#[test]
fn extensions_that_exchange_their_numbers_are_read_as_each_other() {
    check(&[
        Case {
            claim: "exchanged",
            old: proto2!(
                "message M { extensions 100 to 199; } extend M { optional int32 x = 100; optional int32 y = 101; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199; } extend M { optional int32 y = 100; optional int32 x = 101; }"
            ),
            finds: &["field_number_reused x +1: wire/backward/reinterpreted, wire/forward/reinterpreted, source"],
        },
        Case {
            claim: "exchanged while the package was renamed",
            old: proto2!(
                "package a; message M { extensions 100 to 199; } extend M { optional int32 x = 100; optional int32 y = 101; }"
            ),
            new: proto2!(
                "package b; message M { extensions 100 to 199; } extend M { optional int32 y = 100; optional int32 x = 101; }"
            ),
            finds: &[
                "field_number_reused a.x +1: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
                "package_renamed a: json/backward/meaning, json/forward/meaning, source",
            ],
        },
    ]);
}

#[test]
fn data_knows_an_extension_by_message_and_number_and_json_by_its_full_name() {
    check(&[
        Case {
            claim: "deleted",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            new: proto2!("message M { extensions 100 to 199; }"),
            finds: &["extension_deleted x: wire/backward/dropped, json/backward/error, source"],
        },
        Case {
            claim: "deleted and declared as reserved",
            old: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\"}]; } extend M { optional int32 x = 100; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\", reserved: true}]; }"
            ),
            finds: &["extension_deleted x: wire/backward/dropped=note, json/backward/error, source"],
        },
        Case {
            claim: "renumbered",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            new: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 101; }"),
            finds: &["extension_renumbered x: wire/backward/dropped, wire/forward/dropped"],
        },
        Case {
            claim: "renamed",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            new: proto2!("message M { extensions 100 to 199; } extend M { optional int32 y = 100; }"),
            finds: &[
                "extension_renamed x: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "renamed with the message it is declared in",
            old: proto2!("message M { extensions 100 to 199; } message A { extend M { optional A a = 100; } }"),
            new: proto2!("message M { extensions 100 to 199; } message B { extend M { optional B a = 100; } }"),
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "extension_renamed A.a: json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "the extended message was renamed",
            old: proto2!(
                "message M { extensions 100 to 199; optional int32 a = 1; optional int32 b = 2; } extend M { optional int32 x = 100; }"
            ),
            new: proto2!(
                "message N { extensions 100 to 199; optional int32 a = 1; optional int32 b = 2; } extend N { optional int32 x = 100; }"
            ),
            finds: &["declaration_renamed M: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "of another message now",
            old: proto2!(
                "message M { extensions 100 to 199; } message N { extensions 100 to 199; } extend M { optional int32 x = 100; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199; } message N { extensions 100 to 199; } extend N { optional int32 x = 100; }"
            ),
            finds: &["extension_deleted x: wire/backward/dropped, json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "another type",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int64 x = 100; }"),
            new: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            finds: &["field_type_changed x: wire/backward/lossy, json/backward/error, source"],
        },
        Case {
            claim: "gone with the message that it is declared in, but not part of it",
            old: proto2!("message M { extensions 100 to 199; } message A { extend M { optional int32 x = 100; } }"),
            new: proto2!("message M { extensions 100 to 199; }"),
            finds: &[
                "extension_deleted A.x: wire/backward/dropped, json/backward/error, source",
                "message_deleted A: wire/backward/meaning, json/backward/meaning, source",
            ],
        },
        Case {
            claim: "gone with the message that it extends",
            old: proto2!("message K {} message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            new: proto2!("message K {}"),
            finds: &["message_deleted M: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "an extension that comes is a key that old JSON readers refuse",
            old: proto2!("message M { extensions 100 to 199; }"),
            new: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            finds: &["extension_added x: json/forward/error"],
        },
        Case {
            claim: "a custom option is in schemas, not in data",
            old: proto2!(
                "import \"google/protobuf/descriptor.proto\"; message M {} extend google.protobuf.FieldOptions { optional int32 x = 50000; }"
            ),
            new: proto2!("import \"google/protobuf/descriptor.proto\"; message M {}"),
            finds: &["extension_deleted x: source"],
        },
    ]);
}

#[test]
fn an_extension_and_a_field_of_one_number_are_one_field_to_data() {
    check(&[
        Case {
            claim: "an extension that became a field",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int32 x = 100; }"),
            new: proto2!("message M { optional int32 x = 100; extensions 101 to 199; }"),
            finds: &["extension_became_field x: json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "a field that became an extension",
            old: proto2!("message M { optional int32 x = 1; }"),
            new: proto2!("message M { extensions 1; } extend M { optional int32 x = 1; }"),
            finds: &["field_became_extension M.x: json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "of another type",
            old: proto2!("message M { extensions 100 to 199; } extend M { optional int64 x = 100; }"),
            new: proto2!("message M { optional int32 x = 100; }"),
            finds: &[
                "extension_became_field x: json/backward/error, json/forward/error, source",
                "extension_range_shrunk M: wire/backward/dropped, source",
                "field_type_changed x: wire/backward/lossy, source",
            ],
        },
        Case {
            claim: "of another name and type",
            old: proto2!("message M { optional int32 x = 1; }"),
            new: proto2!("message M { extensions 1; } extend M { optional string y = 1; }"),
            finds: &[
                "field_number_reused M.x: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "a message that another one's fields and extensions take the place of",
            old: proto2!(
                "message A { extensions 1 to 9; } message B { optional int32 x = 1; } extend A { optional int64 y = 1; } message M { optional A a = 1; }"
            ),
            new: proto2!(
                "message A { extensions 1 to 9; } message B { optional int32 x = 1; } extend A { optional int64 y = 1; } message M { optional B a = 1; }"
            ),
            finds: &[
                "field_refers_to_another_type M.a: wire/backward/lossy, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
    ]);
}

#[test]
fn numbers_that_were_for_extensions_are_not_given_away() {
    check(&[
        Case {
            claim: "a range that shrinks",
            old: proto2!("message M { extensions 100 to 199; }"),
            new: proto2!("message M { extensions 100 to 149; }"),
            finds: &["extension_range_shrunk M: wire/backward/dropped, source"],
        },
        Case {
            claim: "what is lost is reserved",
            old: proto2!("message M { extensions 100 to 199; }"),
            new: proto2!("message M { extensions 100 to 149; reserved 150 to 199; }"),
            finds: &["extension_range_shrunk M: wire/backward/dropped=note, source"],
        },
        Case {
            claim: "a field takes a number",
            old: proto2!("message M { extensions 100 to 102; }"),
            new: proto2!("message M { extensions 100, 102; optional int32 x = 101; }"),
            finds: &["extension_range_shrunk M: wire/backward/dropped, source", "field_added M.x: json/forward/error"],
        },
        Case {
            claim: "a range that grows, or is split, is no change",
            old: proto2!("message M { extensions 100 to 199; }"),
            new: proto2!("message M { extensions 100 to 120, 121 to 250; }"),
            finds: &[],
        },
        Case {
            claim: "a declaration that goes",
            old: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\"}, declaration = {number: 101, full_name: \".y\", type: \"int32\"}]; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 101, full_name: \".y\", type: \"int32\"}]; }"
            ),
            finds: &[
                "extension_declaration_changed M: wire/backward/meaning=error, wire/forward/meaning=error, source",
            ],
        },
        Case {
            claim: "a declaration of another type",
            old: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\"}]; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"string\"}]; }"
            ),
            finds: &[
                "extension_declaration_changed M: wire/backward/meaning=error, wire/forward/meaning=error, source",
            ],
        },
        Case {
            claim: "a declaration of another name is a warning",
            old: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\"}]; }"
            ),
            new: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".y\", type: \"int32\"}]; }"
            ),
            finds: &["extension_declaration_changed M: wire/backward/meaning, wire/forward/meaning, source"],
        },
        Case {
            claim: "declarations that come, are reserved, or stand in another range are no change",
            old: proto2!(
                "message M { extensions 100 to 199 [declaration = {number: 100, full_name: \".x\", type: \"int32\"}]; }"
            ),
            new: proto2!(
                "message M { extensions 100 [declaration = {number: 100, full_name: \".x\", type: \"int32\", reserved: true}]; extensions 101 to 199 [declaration = {number: 101, full_name: \".y\", type: \"int32\"}]; }"
            ),
            finds: &[],
        },
        Case {
            claim: "a message set has a wire format of its own",
            old: proto2!("message M { option message_set_wire_format = true; extensions 4 to 1000; }"),
            new: proto2!("message M { extensions 4 to 1000; }"),
            finds: &["message_set_changed M: wire/backward/dropped, source/backward/meaning"],
        },
    ]);
}
