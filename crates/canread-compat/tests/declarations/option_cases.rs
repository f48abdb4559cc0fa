//! Options: those of code generators, custom ones, and those that no rule is about.

use crate::support::{Case, check};

#[test]
fn options_of_code_generators_are_felt_by_code_only() {
    check(&[
        Case {
            claim: "one option in all files of a package is one finding",
            old: "// file: a.proto\nsyntax = \"proto3\"; package a; option go_package = \"x/a\";\n// file: b.proto\nsyntax = \"proto3\"; package a; option go_package = \"x/a\";",
            new: "// file: a.proto\nsyntax = \"proto3\"; package a; option go_package = \"y/a\";\n// file: b.proto\nsyntax = \"proto3\"; package a; option go_package = \"y/a\";",
            finds: &["codegen_option_changed a.proto +1: source"],
        },
        Case {
            claim: "an option of a field",
            old: "message M { int64 id = 1; }",
            new: "message M { int64 id = 1 [jstype = JS_STRING]; }",
            finds: &["codegen_option_changed M.id: source"],
        },
        Case {
            claim: "what holds anyway is no change",
            old: "package a; message M { int64 id = 1; }",
            new: "package a; option java_package = \"a\"; option optimize_for = SPEED; option java_multiple_files = false; message M { int64 id = 1 [jstype = JS_NORMAL]; }",
            finds: &[],
        },
        Case {
            claim: "the same settings in another order are no change",
            old: "option java_package = \"a\"; option go_package = \"b\";",
            new: "option go_package = \"b\"; option java_package = \"a\";",
            finds: &[],
        },
        Case {
            claim: "deprecation is a word to people",
            old: "message M { int64 id = 1; }",
            new: "option deprecated = true; message M { option deprecated = true; int64 id = 1 [deprecated = true]; }",
            finds: &[],
        },
        Case {
            claim: "features of a language under one edition",
            old: "edition = \"2023\"; import \"google/protobuf/cpp_features.proto\"; message M { string s = 1; }",
            new: "edition = \"2023\"; import \"google/protobuf/cpp_features.proto\"; message M { string s = 1 [features.(pb.cpp).string_type = VIEW]; }",
            finds: &["codegen_option_changed M.s: source"],
        },
        Case {
            claim: "features of a language that keep what another edition changed",
            old: "edition = \"2023\"; message M { string s = 1; }",
            new: "edition = \"2024\"; import option \"google/protobuf/cpp_features.proto\"; message M { string s = 1 [features.(pb.cpp).string_type = STRING]; }",
            finds: &[],
        },
        Case {
            claim: "the C++ accessor",
            old: "message M { int64 id = 1; }",
            new: "message M { option no_standard_descriptor_accessor = true; int64 id = 1; }",
            finds: &["descriptor_accessor_changed M: source"],
        },
        Case {
            claim: "the C++ accessor, as it was",
            old: "message M { int64 id = 1; }",
            new: "message M { option no_standard_descriptor_accessor = false; int64 id = 1; }",
            finds: &[],
        },
    ]);
}

#[test]
fn a_custom_option_is_a_note_for_those_who_know_it() {
    macro_rules! custom {
        ($text:literal) => {
            concat!(
                "syntax = \"proto3\"; import \"google/protobuf/descriptor.proto\"; message O { int32 a = 1; int32 b = 2; repeated string tags = 3; } ",
                "extend google.protobuf.FieldOptions { O o = 50000; repeated string words = 50001; } ", $text
            )
        };
    }
    check(&[
        Case {
            claim: "uses that went the same way are one finding",
            old: custom!("message M { int32 x = 1; int32 y = 2; }"),
            new: custom!("message M { int32 x = 1 [(o).a = 1]; int32 y = 2 [(o).a = 1]; }"),
            finds: &["custom_option_changed M.x +1: source/backward/meaning=note"],
        },
        Case {
            claim: "one value in two ways of writing is no change",
            old: custom!("message M { int32 x = 1 [(o) = {b: 2, a: 1, tags: [\"p\", \"q\"]}]; }"),
            new: custom!("message M { int32 x = 1 [(.o).a = 1, (o).tags = \"p\", (o).b = 2, (o).tags = \"q\"]; }"),
            finds: &[],
        },
        Case {
            claim: "the order of a repeated option counts",
            old: custom!("message M { int32 x = 1 [(words) = \"p\", (words) = \"q\"]; }"),
            new: custom!("message M { int32 x = 1 [(words) = \"q\", (words) = \"p\"]; }"),
            finds: &["custom_option_changed M.x: source/backward/meaning=note"],
        },
    ]);
}
