//! Values of another type.

use crate::support::{Case, check};

#[test]
fn fields_that_change_their_type_are_judged_by_what_data_does() {
    check(&CASES);
}

const CASES: [Case; 45] = [
    Case {
        claim: "a wider integer is safe for new readers",
        old: "int32 f = 1;",
        new: "int64 f = 1;",
        finds: &["field_type_changed: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "a narrower integer is cut",
        old: "int64 f = 1;",
        new: "int32 f = 1;",
        finds: &["field_type_changed: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "uint32 to int64 keeps every number",
        old: "uint32 f = 1;",
        new: "int64 f = 1;",
        finds: &["field_type_changed: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "the sign is not on the wire, and JSON has a range",
        old: "int32 f = 1;",
        new: "uint32 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a negative int32 is huge in uint64",
        old: "int32 f = 1;",
        new: "uint64 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/lossy, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "zig-zag is another number on the wire and none in JSON",
        old: "int32 f = 1;",
        new: "sint32 f = 1;",
        finds: &["field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, source"],
    },
    Case {
        claim: "zig-zag may be widened",
        old: "sint32 f = 1;",
        new: "sint64 f = 1;",
        finds: &["field_type_changed: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "fixed numbers differ in sign only",
        old: "fixed32 f = 1;",
        new: "sfixed32 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "fixed and float share a wire type",
        old: "fixed32 f = 1;",
        new: "float f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/lossy, json/forward/error, source",
        ],
    },
    Case {
        claim: "float and double do not",
        old: "float f = 1;",
        new: "double f = 1;",
        finds: &["field_type_changed: wire/backward/dropped, wire/forward/dropped, json/forward/error, source"],
    },
    Case {
        claim: "a varint is no fixed number",
        old: "int32 f = 1;",
        new: "fixed32 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a bool is read as 0 and 1",
        old: "bool f = 1;",
        new: "int32 f = 1;",
        finds: &["field_type_changed: wire/forward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a number is read as whether it is zero",
        old: "int32 f = 1;",
        new: "bool f = 1;",
        finds: &["field_type_changed: wire/backward/lossy, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "text may become bytes on the wire, for new readers",
        old: "string f = 1;",
        new: "bytes f = 1;",
        finds: &[
            "field_type_changed: wire/forward/error, json/backward/reinterpreted, json/forward/reinterpreted, source",
        ],
    },
    Case {
        claim: "bytes need not be text",
        old: "bytes f = 1;",
        new: "string f = 1;",
        finds: &[
            "field_type_changed: wire/backward/error, json/backward/reinterpreted, json/forward/reinterpreted, source",
        ],
    },
    Case {
        claim: "bytes may become text that nobody checks",
        old: r#"syntax = "proto2"; message M { optional bytes f = 1; }"#,
        new: r#"syntax = "proto2"; message M { optional string f = 1; }"#,
        finds: &["field_type_changed: json/backward/reinterpreted, json/forward/reinterpreted, source"],
    },
    Case {
        claim: "a message may be kept as bytes",
        old: r#"syntax = "proto3"; message A { int32 id = 1; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message A { int32 id = 1; } message M { bytes f = 1; }"#,
        finds: &["field_type_changed: wire/forward/error, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a number is no message",
        old: r#"syntax = "proto3"; message A { int32 id = 1; } message M { int32 f = 1; }"#,
        new: r#"syntax = "proto3"; message A { int32 id = 1; } message M { A f = 1; }"#,
        finds: &[
            "field_type_changed: wire/backward/dropped, wire/forward/dropped, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "an open enum is an int32 on the wire, JSON has its names",
        old: r#"syntax = "proto3"; enum E { Z = 0; } message M { E f = 1; }"#,
        new: r#"syntax = "proto3"; enum E { Z = 0; } message M { int32 f = 1; }"#,
        finds: &["field_type_changed: json/backward/error, source"],
    },
    Case {
        claim: "an enum without negative values is a uint32 too",
        old: r#"syntax = "proto3"; enum E { Z = 0; } message M { E f = 1; }"#,
        new: r#"syntax = "proto3"; enum E { Z = 0; } message M { uint32 f = 1; }"#,
        finds: &["field_type_changed: wire/forward/reinterpreted, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "an enum with negative values is not",
        old: r#"syntax = "proto3"; enum E { Z = 0; N = -1; } message M { E f = 1; }"#,
        new: r#"syntax = "proto3"; enum E { Z = 0; N = -1; } message M { uint32 f = 1; }"#,
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a closed enum drops numbers that it lacks",
        old: r#"syntax = "proto2"; enum E { Z = 0; } message M { optional int32 f = 1; }"#,
        new: r#"syntax = "proto2"; enum E { Z = 0; } message M { optional E f = 1; }"#,
        finds: &["field_type_changed: wire/backward/dropped, json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "a bool fits into a closed enum of two values",
        old: r#"syntax = "proto2"; enum E { NO = 0; YES = 1; } message M { optional bool f = 1; }"#,
        new: r#"syntax = "proto2"; enum E { NO = 0; YES = 1; } message M { optional E f = 1; }"#,
        finds: &["field_type_changed: json/backward/error, json/forward/error, source"],
    },
    Case {
        claim: "an enum's name is text in JSON",
        old: r#"syntax = "proto3"; enum E { Z = 0; } message M { E f = 1; }"#,
        new: r#"syntax = "proto3"; enum E { Z = 0; } message M { string f = 1; }"#,
        finds: &["field_type_changed: wire/backward/dropped, wire/forward/dropped, json/forward/error, source"],
    },
    Case {
        claim: "an item of another type",
        old: "repeated int64 f = 1;",
        new: "repeated int32 f = 1;",
        finds: &["field_type_changed: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "packed numbers of another size are garbage",
        old: "repeated int32 f = 1;",
        new: "repeated fixed32 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "text is taken for a packed run",
        old: "string f = 1;",
        new: "repeated int32 f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a packed run is taken for bytes",
        old: "repeated int32 f = 1;",
        new: "bytes f = 1;",
        finds: &[
            "field_type_changed: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "another value in a map",
        old: "map<string, int64> f = 1;",
        new: "map<string, int32> f = 1;",
        finds: &["field_type_changed: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "another value on another wire type is a default in each entry",
        old: "map<string, int64> f = 1;",
        new: "map<string, string> f = 1;",
        finds: &["field_type_changed: wire/backward/dropped, wire/forward/dropped, json/forward/error, source"],
    },
    Case {
        claim: "another key files values under other entries",
        old: "map<string, int32> f = 1;",
        new: "map<int32, int32> f = 1;",
        finds: &["field_type_changed: wire/backward/dropped, wire/forward/dropped, json/backward/error, source"],
    },
    Case {
        claim: "a wider key keeps all entries",
        old: "map<int32, int32> f = 1;",
        new: "map<int64, int32> f = 1;",
        finds: &["field_type_changed: wire/forward/reinterpreted, json/forward/error, source"],
    },
    Case {
        claim: "a wrapper has the JSON of what it wraps",
        old: r#"syntax = "proto3"; import "google/protobuf/wrappers.proto"; message M { google.protobuf.Int32Value f = 1; }"#,
        new: r#"syntax = "proto3"; message M { int32 f = 1; }"#,
        finds: &["field_type_changed: wire/backward/dropped, wire/forward/dropped, source"],
    },
    Case {
        claim: "a message with the same data by another name is safe but for code",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int64 id = 1; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int64 id = 1; } message M { B f = 1; }"#,
        finds: &["field_refers_to_another_type: source"],
    },
    Case {
        claim: "a message with other data brings all that its fields say",
        old: r#"syntax = "proto3"; message A { int64 id = 1; string s = 2; } message B { int32 id = 1; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; string s = 2; } message B { int32 id = 1; } message M { B f = 1; }"#,
        finds: &[
            "field_refers_to_another_type: wire/backward/dropped, wire/backward/lossy, wire/forward/meaning, json/backward/error, source",
        ],
    },
    Case {
        claim: "two fields with the same two messages are one finding",
        old: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int32 id = 1; } message M { A f = 1; A g = 2; }"#,
        new: r#"syntax = "proto3"; message A { int64 id = 1; } message B { int32 id = 1; } message M { B f = 1; B g = 2; }"#,
        finds: &["field_refers_to_another_type: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "a difference two messages down is found",
        old: r#"syntax = "proto3"; message A { AA a = 1; } message AA { int64 id = 1; } message B { BB a = 1; } message BB { int32 id = 1; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message A { AA a = 1; } message AA { int64 id = 1; } message B { BB a = 1; } message BB { int32 id = 1; } message M { B f = 1; }"#,
        finds: &["field_refers_to_another_type: wire/backward/lossy, json/backward/error, source"],
    },
    Case {
        claim: "a recursive message with the same data is safe but for code",
        old: r#"syntax = "proto3"; message A { A a = 1; } message B { B a = 1; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message A { A a = 1; } message B { B a = 1; } message M { B f = 1; }"#,
        finds: &["field_refers_to_another_type: source"],
    },
    Case {
        claim: "a renamed message is no change of the field",
        old: r#"syntax = "proto3"; message A { int64 id = 1; string s = 2; } message M { A f = 1; }"#,
        new: r#"syntax = "proto3"; message B { int64 id = 1; string s = 2; } message M { B f = 1; }"#,
        finds: &[],
    },
    Case {
        claim: "a timestamp and a duration are the same bytes with another meaning",
        old: r#"syntax = "proto3"; import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; message M { google.protobuf.Timestamp f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; message M { google.protobuf.Duration f = 1; }"#,
        finds: &[
            "field_refers_to_another_type: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
        ],
    },
    Case {
        claim: "a wider wrapper is a wider number",
        old: r#"syntax = "proto3"; import "google/protobuf/wrappers.proto"; message M { google.protobuf.Int32Value f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/wrappers.proto"; message M { google.protobuf.Int64Value f = 1; }"#,
        finds: &["field_refers_to_another_type: wire/forward/lossy, json/forward/error, source"],
    },
    Case {
        claim: "a list value and a list of values are one array in JSON",
        old: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { google.protobuf.ListValue f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { repeated google.protobuf.Value f = 1; }"#,
        finds: &[
            "field_became_repeated: wire/forward/reinterpreted, source",
            "field_refers_to_another_type: wire/backward/dropped, wire/forward/dropped, source",
        ],
    },
    Case {
        claim: "a map of values and a struct are one object in JSON",
        old: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { map<string, google.protobuf.Value> f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { google.protobuf.Struct f = 1; }"#,
        finds: &["field_became_singular: wire/backward/reinterpreted, wire/forward/reinterpreted, source"],
    },
    Case {
        claim: "a struct becomes a map whose keys can't be all of its own",
        old: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { google.protobuf.Struct f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message M { map<int32, google.protobuf.Value> f = 1; }"#,
        finds: &[
            "field_became_repeated: wire/backward/dropped, wire/forward/reinterpreted, json/backward/error, source",
        ],
    },
    Case {
        claim: "a struct takes the fields of a message for keys",
        old: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message S { map<string, google.protobuf.Value> fields = 1; } message M { google.protobuf.Struct f = 1; }"#,
        new: r#"syntax = "proto3"; import "google/protobuf/struct.proto"; message S { map<string, google.protobuf.Value> fields = 1; } message M { S f = 1; }"#,
        finds: &["field_refers_to_another_type: json/backward/error, json/forward/reinterpreted, source"],
    },
];
