//! Where the lints of Protobuf speak, and where not.

use canread_model::Format;

use crate::support::{Case, check};

#[test]
fn hits_and_near_misses() {
    check(Format::Protobuf, CASES);
}

const CASES: &[Case] = &[
    Case {
        lint: "closed_enum_in_list",
        claim: "repeated, as the value of a map, and in an extension",
        text: "syntax = \"proto2\"; package p; enum E { A = 0; } message M { repeated E a = 1; map<int32, E> b = 2; extensions 9; } extend M { repeated E x = 9; }",
        finds: &["p.M.a", "p.M.b", "p.x"],
    },
    Case {
        lint: "closed_enum_in_list",
        claim: "a single one only looks unset",
        text: "syntax = \"proto2\"; package p; enum E { A = 0; } message M { optional E a = 1; repeated int32 b = 2; }",
        finds: &[],
    },
    Case {
        lint: "closed_enum_in_list",
        claim: "an open enum keeps its numbers",
        text: "enum E { A = 0; } message M { repeated E a = 1; map<int32, E> b = 2; }",
        finds: &[],
    },
    Case {
        lint: "custom_option_number",
        claim: "both ends of the range, of any options",
        text: "import \"google/protobuf/descriptor.proto\"; extend google.protobuf.FieldOptions { string a = 50000; } extend google.protobuf.MethodOptions { string b = 99999; }",
        finds: &["p.a", "p.b"],
    },
    Case {
        lint: "custom_option_number",
        claim: "registered numbers, and those that come close",
        text: "import \"google/protobuf/descriptor.proto\"; extend google.protobuf.FieldOptions { string a = 49999; string b = 100000; string c = 1042; }",
        finds: &[],
    },
    Case {
        lint: "custom_option_number",
        claim: "an extension of one's own message is no option",
        text: "syntax = \"proto2\"; package p; message FieldOptions { extensions 50000 to 60000; } extend FieldOptions { optional string a = 50001; }",
        finds: &[],
    },
    Case {
        lint: "enum_zero_has_meaning",
        claim: "a plain proto3 field has it",
        text: "enum E { PAID = 0; OPEN = 1; } message M { E e = 1; }",
        finds: &["p.E.PAID"],
    },
    Case {
        lint: "enum_zero_has_meaning",
        claim: "words that hold a word for nothing are none",
        text: "enum E { NOTED = 0; } message M { E e = 1; } enum F { F_ANYWHERE = 0; } message N { F f = 1; } enum G { G_UNLOCKED = 0; } message O { G g = 1; } enum H { NOT_STARTED = 0; } message P { H h = 1; }",
        finds: &["p.E.NOTED", "p.F.F_ANYWHERE", "p.G.G_UNLOCKED", "p.H.NOT_STARTED"],
    },
    Case {
        lint: "enum_zero_has_meaning",
        claim: "names that say nothing, in any form and as a second name",
        text: "enum E { E_UNSPECIFIED = 0; } enum F { Unknown = 0; } enum G { option allow_alias = true; A = 0; G_NONE = 0; } enum H { StateUnspecified = 0; } enum I { STATE_NOT_KNOWN = 0; } message M { E e = 1; F f = 2; G g = 3; H h = 4; I i = 5; }",
        finds: &[],
    },
    Case {
        lint: "enum_zero_has_meaning",
        claim: "where every field can tell",
        text: "enum E { PAID = 0; } message M { optional E e = 1; repeated E l = 2; oneof o { E x = 3; } }",
        finds: &[],
    },
    Case {
        lint: "enum_zero_has_meaning",
        claim: "a proto2 enum has presence everywhere, and its first value need not be zero",
        text: "syntax = \"proto2\"; package p; enum E { PAID = 0; } message M { optional E e = 1; }",
        finds: &[],
    },
    Case {
        lint: "extension_range_undeclared",
        claim: "one finding for a message",
        text: "syntax = \"proto2\"; package p; message M { extensions 5 to 9; extensions 100 to max; }",
        finds: &["p.M"],
    },
    Case {
        lint: "extension_range_undeclared",
        claim: "declared ranges",
        text: "syntax = \"proto2\"; package p; message M { extensions 5 [declaration = {number: 5, full_name: \".p.x\", type: \"int32\"}, verification = DECLARATION]; }",
        finds: &[],
    },
    Case {
        lint: "extension_range_undeclared",
        claim: "nothing to extend",
        text: "syntax = \"proto2\"; package p; message M { reserved 5 to 9; }",
        finds: &[],
    },
    Case {
        lint: "file_without_package",
        claim: "one finding for a file",
        text: "syntax = \"proto3\"; message M { message N {} } enum E { A = 0; }",
        finds: &["M"],
    },
    Case { lint: "file_without_package", claim: "a package", text: "message M {}", finds: &[] },
    Case {
        lint: "file_without_package",
        claim: "a file that declares nothing has no names",
        text: "syntax = \"proto3\"; import public \"google/protobuf/any.proto\";",
        finds: &[],
    },
    Case {
        lint: "group",
        claim: "repeated, and in a oneof",
        text: "syntax = \"proto2\"; package p; message M { repeated group A = 1 { } oneof o { group B = 2 { } } }",
        finds: &["p.M.A", "p.M.B"],
    },
    Case {
        lint: "group",
        claim: "a message of that encoding has a word in editions",
        text: "edition = \"2023\"; package p; message N {} message M { N n = 1 [features.message_encoding = DELIMITED]; }",
        finds: &[],
    },
    Case {
        lint: "group",
        claim: "a message in a message",
        text: "syntax = \"proto2\"; package p; message M { message A { } repeated A a = 1; }",
        finds: &[],
    },
    Case {
        lint: "json_names_equal",
        claim: "proto2 lets it pass",
        text: "syntax = \"proto2\"; package p; message M { optional int32 user_id = 1; optional int32 x = 2; optional int32 userId = 3; }",
        finds: &["p.M.userId"],
    },
    Case {
        lint: "json_names_equal",
        claim: "a name of its own",
        text: "syntax = \"proto2\"; package p; message M { optional int32 user_id = 1; optional int32 userId = 3 [json_name = \"id\"]; }",
        finds: &[],
    },
    Case {
        lint: "json_names_equal",
        claim: "names that differ in more than underscores",
        text: "syntax = \"proto2\"; package p; message M { optional int32 user_id = 1; optional int32 userID = 3; }",
        finds: &[],
    },
    Case {
        lint: "number_gap",
        claim: "between fields, at the start, and between values",
        text: "message M { int32 a = 1; int32 c = 3; } message N { int32 b = 2; } enum E { A = 0; C = 2; }",
        finds: &["p.M", "p.N", "p.E"],
    },
    Case {
        lint: "number_gap",
        claim: "reserved, or for extensions",
        text: "syntax = \"proto2\"; package p; message M { optional int32 a = 1; reserved 2; extensions 3 to 4; optional int32 e = 5; }",
        finds: &[],
    },
    Case {
        lint: "number_gap",
        claim: "blocks, and numbers from elsewhere",
        text: "message M { int32 a = 1; int32 b = 100; } enum E { OK = 0; NOT_FOUND = 404; } enum F { option allow_alias = true; A = 0; B = 0; C = 1; }",
        finds: &[],
    },
    Case {
        lint: "required_field",
        claim: "in proto2, in a group, and in an edition",
        text: "syntax = \"proto2\"; package p; message M { required int32 a = 1; optional group G = 2 { required int32 b = 1; } optional int32 c = 3; }",
        finds: &["p.M.a", "p.M.G.b"],
    },
    Case {
        lint: "required_field",
        claim: "an edition can say it too",
        text: "edition = \"2023\"; package p; message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; }",
        finds: &["p.M.a"],
    },
    Case {
        lint: "required_field",
        claim: "optional and repeated ones",
        text: "syntax = \"proto2\"; package p; message M { optional int32 a = 1; repeated int32 b = 2; }",
        finds: &[],
    },
    Case { lint: "required_field", claim: "proto3 knows none", text: "message M { int32 required = 1; }", finds: &[] },
    Case {
        lint: "rpc_type_shared",
        claim: "once for a message, as request and as response, of one service or several",
        text: "message A {} message B {} message C {} service S { rpc X(A) returns (B); rpc Y(A) returns (C); } service T { rpc Z(C) returns (stream A); }",
        finds: &["p.A", "p.C"],
    },
    Case {
        lint: "rpc_type_shared",
        claim: "messages of their own",
        text: "message A {} message B {} message C {} message D {} service S { rpc X(A) returns (B); rpc Y(C) returns (D); }",
        finds: &[],
    },
    Case {
        lint: "rpc_type_shared",
        claim: "Empty has a lint of its own",
        text: "import \"google/protobuf/empty.proto\"; message A {} message B {} service S { rpc X(A) returns (google.protobuf.Empty); rpc Y(B) returns (google.protobuf.Empty); }",
        finds: &[],
    },
    Case {
        lint: "rpc_with_empty",
        claim: "as request and as response, once for a method",
        text: "import \"google/protobuf/empty.proto\"; message A {} service S { rpc X(google.protobuf.Empty) returns (google.protobuf.Empty); rpc Y(A) returns (stream google.protobuf.Empty); rpc Z(A) returns (A); }",
        finds: &["p.S.X", "p.S.Y"],
    },
    Case {
        lint: "rpc_with_empty",
        claim: "an empty message of one's own",
        text: "message Empty {} service S { rpc X(Empty) returns (Empty); }",
        finds: &[],
    },
    Case {
        lint: "rpc_with_empty",
        claim: "in a field it holds nothing anyway",
        text: "import \"google/protobuf/empty.proto\"; message A { google.protobuf.Empty e = 1; }",
        finds: &[],
    },
];
