//! What is a rename, and what is a deletion beside an addition.

use crate::support::{Case, check};

#[test]
fn a_well_known_type_is_never_another_one_under_another_name() {
    const TIMESTAMP: &str =
        "import \"google/protobuf/timestamp.proto\"; message M { google.protobuf.Timestamp at = 1; }";
    const DURATION: &str = "import \"google/protobuf/duration.proto\"; message M { google.protobuf.Duration at = 1; }";
    const OWN: &str = "message Span { int64 seconds = 1; int32 nanos = 2; } message M { Span at = 1; }";
    check(&[
        Case {
            claim: "nor is the one gone that is no longer imported",
            old: TIMESTAMP,
            new: DURATION,
            finds: &[
                "field_refers_to_another_type M.at: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "not of a message of our own",
            old: DURATION,
            new: OWN,
            finds: &["field_refers_to_another_type M.at: json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "not a message of our own under its name",
            old: OWN,
            new: DURATION,
            finds: &[
                "field_refers_to_another_type M.at: json/backward/error, json/forward/error, source",
                "message_deleted Span: wire/backward/meaning, json/backward/meaning, source",
            ],
        },
    ]);
}

#[test]
fn an_identical_message_under_another_name_is_no_error_on_the_wire() {
    check(&[
        Case {
            claim: "renamed and referenced",
            old: "message A { int32 id = 1; } message M { A a = 1; }",
            new: "message B { int32 id = 1; } message M { B a = 1; }",
            finds: &["declaration_renamed A: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "renamed beside an `Any`, which names messages in full",
            old: "import \"google/protobuf/any.proto\"; message A { int32 a = 1; string b = 2; } message M { google.protobuf.Any any = 1; }",
            new: "import \"google/protobuf/any.proto\"; message B { int32 a = 1; string b = 2; } message M { google.protobuf.Any any = 1; }",
            finds: &[
                "declaration_renamed A: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "renamed and not referenced",
            old: "message A { int32 id = 1; string note = 2; }",
            new: "message B { int32 id = 1; string note = 2; }",
            finds: &["declaration_renamed A: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "renamed together with the field that names it",
            old: "message A { int32 id = 1; string note = 2; } message M { A a = 1; }",
            new: "message B { int32 id = 1; string note = 2; } message M { B b = 1; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "field_renamed M.a: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "an enum that was renamed",
            old: "enum E { Z = 0; } message M { E e = 1; }",
            new: "enum F { Z = 0; } message M { F e = 1; }",
            finds: &["declaration_renamed E: source"],
        },
        Case {
            claim: "renamed and changed: what changed is told about the old name",
            old: "message A { int64 id = 1; } message M { A a = 1; }",
            new: "message B { int32 id = 1; } message M { B a = 1; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "field_type_changed A.id: wire/backward/lossy, json/backward/error, source",
            ],
        },
        Case {
            claim: "moved to another package that was there",
            old: "// file: a.proto\nsyntax = \"proto3\"; package a; message A { int32 id = 1; } message Stays { int32 id = 1; }\n// file: b.proto\nsyntax = \"proto3\"; package b; message B { int64 id = 1; }",
            new: "// file: a.proto\nsyntax = \"proto3\"; package a; message Stays { int32 id = 1; }\n// file: b.proto\nsyntax = \"proto3\"; package b; message B { int64 id = 1; } message A { int32 id = 1; }",
            finds: &["declaration_renamed a.A: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "nested declarations follow their parent",
            old: "message A { int32 id = 1; message In { int32 x = 1; } enum E { Z = 0; } } message M { A a = 1; }",
            new: "message B { int32 id = 1; message In { int32 x = 1; } enum E { Z = 0; } } message M { B a = 1; }",
            finds: &["declaration_renamed A: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "what is nested and did not follow is gone",
            old: "message A { int32 id = 1; message In { int32 x = 1; } } message M { A a = 1; }",
            new: "message B { int32 id = 1; } message M { B a = 1; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "message_deleted A.In: wire/backward/error, json/backward/error, source",
            ],
        },
        Case {
            claim: "a nested message that moved to the top of the file",
            old: "message A { message In { int32 x = 1; } In in = 1; }",
            new: "message In { int32 x = 1; } message A { In in = 1; }",
            finds: &["declaration_renamed A.In: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "a recursive message that nothing else names",
            old: "message Node { int32 id = 1; Node next = 2; }",
            new: "message Knot { int32 id = 1; Knot next = 2; }",
            finds: &["declaration_renamed Node: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "messages that name each other",
            old: "message A { int32 id = 1; B b = 2; } message B { string s = 1; A a = 2; }",
            new: "message X { int32 id = 1; Y b = 2; } message Y { string s = 1; X a = 2; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "declaration_renamed B: json/backward/meaning, json/forward/meaning, source",
            ],
        },
        Case {
            claim: "messages that name each other, reached through a field",
            old: "message A { B b = 1; } message B { A a = 1; } message M { A a = 1; }",
            new: "message X { Y b = 1; } message Y { X a = 1; } message M { X a = 1; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "declaration_renamed B: json/backward/meaning, json/forward/meaning, source",
            ],
        },
    ]);
}

#[test]
fn one_field_is_enough_to_know_a_message_by_if_it_is_the_same() {
    check(&[
        Case {
            claim: "one field is enough, if it is the same",
            old: "message A { int32 id = 1; }",
            new: "message B { int32 id = 1; }",
            finds: &["declaration_renamed A: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "two that have it",
            old: "message A { int32 id = 1; }",
            new: "message B { int32 id = 1; } message C { int32 id = 1; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "an enum of one value says too little",
            old: "enum A { UNKNOWN = 0; }",
            new: "enum B { UNKNOWN = 0; }",
            finds: &["enum_deleted A: source"],
        },
    ]);
}

#[test]
fn a_rename_is_not_guessed() {
    check(&[
        Case {
            claim: "two candidates of one shape",
            old: "message A { int32 id = 1; string note = 2; }",
            new: "message B { int32 id = 1; string note = 2; } message C { int32 id = 1; string note = 2; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "one field of another name",
            old: "message A { int32 id = 1; }",
            new: "message B { int32 count = 1; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "another shape",
            old: "message A { int32 id = 1; string note = 2; }",
            new: "message B { int32 id = 1; bytes note = 2; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "the request of a method that went is not that of a method that came",
            old: "message A { int32 id = 1; string note = 2; } message R {} service S { rpc Get(A) returns (R); rpc Keep(R) returns (R); }",
            new: "message B { int32 id = 1; string note = 2; } message R {} service S { rpc Put(B) returns (R); rpc Keep(R) returns (R); }",
            finds: &[
                "message_deleted A: wire/backward/meaning, json/backward/meaning, source",
                "rpc_deleted S.Get: rpc/backward/error, source",
            ],
        },
        Case {
            claim: "two that a message was split into: the field that kept its name tells",
            old: "message A { int32 id = 1; } message M { A a = 1; A b = 2; }",
            new: "message B { int32 id = 1; } message C { int32 id = 1; } message M { B a = 1; C b = 2; }",
            finds: &[
                "declaration_renamed A: json/backward/meaning, json/forward/meaning, source",
                "field_refers_to_another_type M.b: source",
            ],
        },
        Case {
            claim: "names that were exchanged: each name is compared with itself",
            old: "message A { int32 id = 1; } message B { string s = 1; } message M { A a = 1; }",
            new: "message B { int32 id = 1; } message A { string s = 1; } message M { B a = 1; }",
            finds: &[
                "field_number_reused A.id: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
                "field_number_reused B.s: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
                "field_refers_to_another_type M.a: source",
            ],
        },
    ]);
}

#[test]
fn a_deleted_message_is_judged_by_whether_it_was_a_record_of_its_own() {
    check(&[
        Case {
            claim: "nothing named it",
            old: "message M { int32 id = 1; } message A { int32 id = 1; }",
            new: "message M { int32 id = 1; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "only it named itself",
            old: "message M { int32 id = 1; } message A { A a = 1; message In { A a = 1; } In in = 2; }",
            new: "message M { int32 id = 1; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "a field named it",
            old: "message M { A a = 1; } message A { int32 id = 1; }",
            new: "message M { reserved 1; reserved \"a\"; }",
            finds: &[
                "field_deleted M.a: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
                "message_deleted A: wire/backward/meaning, json/backward/meaning, source",
            ],
        },
        Case {
            claim: "a map named it",
            old: "message M { map<string, A> a = 1; } message A { int32 id = 1; }",
            new: "message M { reserved 1; reserved \"a\"; }",
            finds: &[
                "field_deleted M.a: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
                "message_deleted A: wire/backward/meaning, json/backward/meaning, source",
            ],
        },
        Case {
            claim: "what is nested in it is not told again",
            old: "message M { int32 id = 1; } message A { message B { enum E { Z = 0; } } B b = 1; }",
            new: "message M { int32 id = 1; }",
            finds: &["message_deleted A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "the message of a group goes with its field",
            old: "syntax = \"proto2\"; message M { optional group A = 1 { optional int32 id = 1; } }",
            new: "syntax = \"proto2\"; message M { reserved 1; reserved \"a\"; }",
            finds: &[
                "field_deleted M.a: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
            ],
        },
        Case {
            claim: "an enum has no data of its own",
            old: "message M { int32 id = 1; } enum E { Z = 0; }",
            new: "message M { int32 id = 1; }",
            finds: &["enum_deleted E: source"],
        },
        Case {
            claim: "a message that is an enum now",
            old: "message M { int32 id = 1; } message A { int32 id = 1; }",
            new: "message M { int32 id = 1; } enum A { Z = 0; }",
            finds: &["declaration_kind_changed A: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "a service that is a message now",
            old: "message M {} service A { rpc Get(M) returns (M); }",
            new: "message M {} message A { int32 id = 1; }",
            finds: &["declaration_kind_changed A: rpc/backward/error, source"],
        },
    ]);
}
