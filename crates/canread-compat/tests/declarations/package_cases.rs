//! Packages, files and visibility.

use crate::support::{Case, check};

#[test]
fn a_package_that_goes_or_changes_its_name_is_one_finding() {
    check(&[
        Case {
            claim: "renamed as a whole",
            old: "package a; message Order { int32 id = 1; repeated Line lines = 2; } message Line { int32 sku = 1; } enum E { Z = 0; }",
            new: "package b; message Order { int32 id = 1; repeated Line lines = 2; } message Line { int32 sku = 1; } enum E { Z = 0; }",
            finds: &["package_renamed a: json/backward/meaning, json/forward/meaning, source"],
        },
        Case {
            claim: "renamed beside an `Any`, which names messages in full",
            old: "import \"google/protobuf/any.proto\"; package a; message M { google.protobuf.Any any = 1; }",
            new: "import \"google/protobuf/any.proto\"; package b; message M { google.protobuf.Any any = 1; }",
            finds: &[
                "package_renamed a: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "renamed with its services and extensions",
            old: "syntax = \"proto2\"; package a; message M { extensions 100; } extend M { optional int32 x = 100; } service S { rpc Get(M) returns (M); }",
            new: "syntax = \"proto2\"; package b; message M { extensions 100; } extend M { optional int32 x = 100; } service S { rpc Get(M) returns (M); }",
            finds: &[
                "package_renamed a: rpc/backward/error, rpc/forward/error, json/backward/meaning, json/backward/error, json/forward/meaning, json/forward/error, source",
            ],
        },
        Case {
            claim: "renamed while one of its messages changed",
            old: "package a; message Order { int64 id = 1; } message Line { int32 sku = 1; }",
            new: "package b; message Order { int32 id = 1; } message Line { int32 sku = 1; }",
            finds: &[
                "field_type_changed a.Order.id: wire/backward/lossy, json/backward/error, source",
                "package_renamed a: json/backward/meaning, json/forward/meaning, source",
            ],
        },
        Case {
            claim: "renamed while one of its messages went",
            old: "package a; message Order { int32 id = 1; } message Line { int32 sku = 1; } message Gone { string s = 1; }",
            new: "package b; message Order { int32 id = 1; } message Line { int32 sku = 1; }",
            finds: &[
                "message_deleted a.Gone: wire/backward/error, json/backward/error, source",
                "package_renamed a: json/backward/meaning, json/forward/meaning, source",
            ],
        },
        Case {
            claim: "one version retired while another one appears is a deletion",
            old: "package shop.v1; message Order { int32 id = 1; string note = 2; } service S { rpc Get(Order) returns (Order); }",
            new: "package shop.v2; message Order { int32 id = 1; string note = 2; } service S { rpc Get(Order) returns (Order); }",
            finds: &[
                "package_deleted shop.v1: wire/backward/meaning, rpc/backward/error, json/backward/meaning, source",
            ],
        },
        Case {
            claim: "one version retired that records of its own were stored in",
            old: "package shop.v1; message Order { int32 id = 1; string note = 2; }",
            new: "package shop.v2; message Order { int32 id = 1; string note = 2; }",
            finds: &["package_deleted shop.v1: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "a version beside the old one is no change",
            old: "// file: a.proto\nsyntax = \"proto3\"; package shop.v1; message Order { int32 id = 1; }",
            new: "// file: a.proto\nsyntax = \"proto3\"; package shop.v1; message Order { int32 id = 1; }\n// file: b.proto\nsyntax = \"proto3\"; package shop.v2; message Order { int32 id = 1; }",
            finds: &[],
        },
        Case {
            claim: "deleted, with enums and extensions of a message that stays",
            old: "// file: a.proto\nsyntax = \"proto2\"; package a; message M { extensions 100; }\n// file: b.proto\nsyntax = \"proto2\"; package b; import \"a.proto\"; extend a.M { optional int32 x = 100; } enum E { Z = 0; }",
            new: "// file: a.proto\nsyntax = \"proto2\"; package a; message M { extensions 100; }",
            finds: &["package_deleted b: wire/backward/dropped, json/backward/error, source"],
        },
        Case {
            claim: "no package becomes one",
            old: "message Order { int32 id = 1; string note = 2; }",
            new: "package shop; message Order { int32 id = 1; string note = 2; }",
            finds: &["package_renamed shop: json/backward/meaning, json/forward/meaning, source"],
        },
    ]);
}

#[test]
fn a_move_between_files_is_felt_by_code_only() {
    check(&[
        Case {
            claim: "all of a file is one finding",
            old: "// file: a.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; } message N { int32 id = 1; }",
            new: "// file: b.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; } message N { int32 id = 1; }",
            finds: &["file_moved a.M +1: source"],
        },
        Case {
            claim: "the old file forwards",
            old: "// file: a.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; }",
            new: "// file: a.proto\nsyntax = \"proto3\"; package a; import public \"c.proto\";\n// file: b.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; }\n// file: c.proto\nsyntax = \"proto3\"; import public \"b.proto\";",
            finds: &[],
        },
        Case {
            claim: "an import that is not public forwards nothing",
            old: "// file: a.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; } message N { int32 id = 1; }",
            new: "// file: a.proto\nsyntax = \"proto3\"; package a; import \"b.proto\"; message N { M m = 1; }\n// file: b.proto\nsyntax = \"proto3\"; package a; message M { int32 id = 1; }",
            finds: &[
                "field_number_reused a.N.id: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
                "file_moved a.M: source",
            ],
        },
    ]);
}

#[test]
fn a_declaration_that_only_its_own_file_may_name_is_felt_by_other_files() {
    check(&[
        Case {
            claim: "by its own word",
            old: "edition = \"2024\"; message M { int32 id = 1; }",
            new: "edition = \"2024\"; local message M { int32 id = 1; }",
            finds: &["visibility_narrowed M: source"],
        },
        Case {
            claim: "by the default of its file",
            old: "edition = \"2024\"; message M { int32 id = 1; }",
            new: "edition = \"2024\"; option features.default_symbol_visibility = LOCAL_ALL; message M { int32 id = 1; }",
            finds: &["visibility_narrowed M: source"],
        },
        Case {
            claim: "by the default of its edition",
            old: "edition = \"2023\"; message M { enum E { Z = 0; } }",
            new: "edition = \"2024\"; message M { enum E { Z = 0; } }",
            finds: &["visibility_narrowed M.E: source"],
        },
        Case {
            claim: "what is said in so many words is no change",
            old: "edition = \"2024\"; message M { int32 id = 1; local message N {} }",
            new: "edition = \"2024\"; export message M { int32 id = 1; message N {} }",
            finds: &[],
        },
        Case {
            claim: "what more may name is no break",
            old: "edition = \"2024\"; local message M { int32 id = 1; }",
            new: "edition = \"2024\"; message M { int32 id = 1; }",
            finds: &[],
        },
    ]);
}
