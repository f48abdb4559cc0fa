//! Validation rules: what accepts less, what accepts more, and what there is no telling about.

use crate::support::{Case, check};

/// A field with rules of protovalidate.
macro_rules! field {
    ($declaration:literal) => {
        concat!("syntax = \"proto3\"; import \"buf/validate/validate.proto\"; message M { ", $declaration, "; }")
    };
}

/// A field with rules of protoc-gen-validate.
macro_rules! pgv {
    ($text:literal) => {
        concat!("syntax = \"proto3\"; import \"validate/validate.proto\"; ", $text)
    };
}

const TIGHTENED: &[&str] = &["validation_tightened M.x: wire/backward/error, json/backward/error"];
const LOOSENED: &[&str] = &["validation_loosened M.x: wire/forward/error, json/forward/error"];
const BOTH: &[&str] = &[
    "validation_loosened M.x: wire/forward/error, json/forward/error",
    "validation_tightened M.x: wire/backward/error, json/backward/error",
];
const UNCLEAR: &[&str] = &[
    "validation_changed M.x: wire/backward/error=warning, wire/forward/error=warning, json/backward/error=warning, json/forward/error=warning",
];
const SILENT: &[&str] = &[];

fn check_rules(cases: &[(&'static str, &'static str, &'static str, &'static [&'static str])]) {
    let cases: Vec<Case> = cases.iter().map(|&(claim, old, new, finds)| Case { claim, old, new, finds }).collect();
    check(&cases);
}

#[test]
fn bounds_are_compared_as_intervals() {
    check_rules(&[
        (
            "a higher lower bound",
            field!("int32 x = 1 [(buf.validate.field).int32.gte = -5]"),
            field!("int32 x = 1 [(buf.validate.field).int32.gte = -4]"),
            TIGHTENED,
        ),
        (
            "a higher upper bound",
            field!("int32 x = 1 [(buf.validate.field).int32.lt = 5]"),
            field!("int32 x = 1 [(buf.validate.field).int32.lt = 6]"),
            LOOSENED,
        ),
        (
            "both bounds moved up",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 1, lte: 5}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 2, lte: 6}]"),
            BOTH,
        ),
        (
            "of whole numbers, above 0 is from 1 on",
            field!("int32 x = 1 [(buf.validate.field).int32.gt = 0]"),
            field!("int32 x = 1 [(buf.validate.field).int32.gte = 1]"),
            SILENT,
        ),
        (
            "of floating point numbers it is not",
            field!("double x = 1 [(buf.validate.field).double.gte = 1]"),
            field!("double x = 1 [(buf.validate.field).double.gt = 1]"),
            TIGHTENED,
        ),
        (
            "a wider type with the same rule",
            field!("int32 x = 1 [(buf.validate.field).int32.gt = 0]"),
            field!("int64 x = 1 [(buf.validate.field).int64.gt = 0]"),
            &["field_type_changed M.x: wire/forward/lossy, json/forward/error, source"],
        ),
        (
            "bounds the wrong way round mean what is outside of them",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 10, lt: 5}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 9, lt: 5}]"),
            LOOSENED,
        ),
        (
            "a second bound on the other side lets more in",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 10}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 10, lt: 5}]"),
            LOOSENED,
        ),
        (
            "no bound became the outside of two",
            field!("int32 x = 1 [(buf.validate.field).required = true]"),
            field!("int32 x = 1 [(buf.validate.field).required = true, (buf.validate.field).int32 = {gt: 10, lt: 5}]"),
            TIGHTENED,
        ),
        (
            "durations are compared by what they are",
            concat!(
                "syntax = \"proto3\"; import \"buf/validate/validate.proto\"; import \"google/protobuf/duration.proto\"; ",
                "message M { google.protobuf.Duration x = 1 [(buf.validate.field).duration.lte = {seconds: 1}]; }"
            ),
            concat!(
                "syntax = \"proto3\"; import \"buf/validate/validate.proto\"; import \"google/protobuf/duration.proto\"; ",
                "message M { google.protobuf.Duration x = 1 [(buf.validate.field).duration.lte = {seconds: 0, nanos: 999999999}]; }"
            ),
            TIGHTENED,
        ),
        (
            "a time may be further from now",
            concat!(
                "syntax = \"proto3\"; import \"buf/validate/validate.proto\"; import \"google/protobuf/timestamp.proto\"; ",
                "message M { google.protobuf.Timestamp x = 1 [(buf.validate.field).timestamp.within = {seconds: 60}]; }"
            ),
            concat!(
                "syntax = \"proto3\"; import \"buf/validate/validate.proto\"; import \"google/protobuf/timestamp.proto\"; ",
                "message M { google.protobuf.Timestamp x = 1 [(buf.validate.field).timestamp.within = {seconds: 90}]; }"
            ),
            LOOSENED,
        ),
    ]);
}

#[test]
fn sizes_are_compared_as_intervals() {
    check_rules(&[
        (
            "rules where there were none",
            field!("string x = 1"),
            field!("string x = 1 [(buf.validate.field).string.min_len = 1]"),
            TIGHTENED,
        ),
        (
            "none where there were some",
            field!("string x = 1 [(buf.validate.field).string.min_len = 1]"),
            field!("string x = 1"),
            LOOSENED,
        ),
        (
            "a length is a lower and an upper bound",
            field!("string x = 1 [(buf.validate.field).string.len = 5]"),
            field!("string x = 1 [(buf.validate.field).string = {min_len: 5, max_len: 5}]"),
            SILENT,
        ),
        (
            "at least nothing says nothing",
            field!("string x = 1"),
            field!("string x = 1 [(buf.validate.field).string.min_len = 0]"),
            SILENT,
        ),
        (
            "fewer items",
            field!("repeated string x = 1 [(buf.validate.field).repeated.max_items = 5]"),
            field!("repeated string x = 1 [(buf.validate.field).repeated.max_items = 4]"),
            TIGHTENED,
        ),
        (
            "shorter items",
            field!("repeated string x = 1 [(buf.validate.field).repeated.items.string.max_len = 5]"),
            field!("repeated string x = 1 [(buf.validate.field).repeated.items.string.max_len = 4]"),
            TIGHTENED,
        ),
        (
            "longer keys",
            field!("map<string, int32> x = 1 [(buf.validate.field).map.keys.string.max_len = 5]"),
            field!("map<string, int32> x = 1 [(buf.validate.field).map.keys.string.max_len = 6]"),
            LOOSENED,
        ),
    ]);
}

#[test]
fn listed_values_are_tried_one_by_one() {
    check_rules(&[
        (
            "a value that is no longer listed",
            field!("string x = 1 [(buf.validate.field).string = {in: [\"a\", \"b\"]}]"),
            field!("string x = 1 [(buf.validate.field).string = {in: [\"b\"]}]"),
            TIGHTENED,
        ),
        (
            "another order, and one that is listed too",
            field!("string x = 1 [(buf.validate.field).string = {in: [\"a\", \"b\"]}]"),
            field!("string x = 1 [(buf.validate.field).string = {in: [\"b\", \"a\", \"c\"]}]"),
            LOOSENED,
        ),
        (
            "a list of one is a constant",
            field!("string x = 1 [(buf.validate.field).string.const = \"a\"]"),
            field!("string x = 1 [(buf.validate.field).string.in = \"a\"]"),
            SILENT,
        ),
        (
            "a bound that takes all that were listed",
            field!("int32 x = 1 [(buf.validate.field).int32 = {in: [1, 2]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32.gt = 0]"),
            LOOSENED,
        ),
        (
            "a bound that refuses one of them",
            field!("int32 x = 1 [(buf.validate.field).int32 = {in: [1, 2]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32.gt = 1]"),
            BOTH,
        ),
        (
            "a value more that is refused",
            field!("int32 x = 1 [(buf.validate.field).int32 = {not_in: [1]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {not_in: [2, 1]}]"),
            TIGHTENED,
        ),
    ]);
}

#[test]
fn flags_formats_and_parts_of_text_have_a_direction() {
    check_rules(&[
        ("required", field!("string x = 1"), field!("string x = 1 [(buf.validate.field).required = true]"), TIGHTENED),
        (
            "what is false is not said",
            field!("string x = 1"),
            field!("string x = 1 [(buf.validate.field).required = false]"),
            SILENT,
        ),
        (
            "a format",
            field!("string x = 1"),
            field!("string x = 1 [(buf.validate.field).string.email = true]"),
            TIGHTENED,
        ),
        (
            "another format",
            field!("string x = 1 [(buf.validate.field).string.uuid = true]"),
            field!("string x = 1 [(buf.validate.field).string.tuuid = true]"),
            BOTH,
        ),
        (
            "a longer prefix",
            field!("string x = 1 [(buf.validate.field).string.prefix = \"a\"]"),
            field!("string x = 1 [(buf.validate.field).string.prefix = \"ab\"]"),
            TIGHTENED,
        ),
        (
            "a longer text that must not be in it",
            field!("string x = 1 [(buf.validate.field).string.not_contains = \"a\"]"),
            field!("string x = 1 [(buf.validate.field).string.not_contains = \"ab\"]"),
            LOOSENED,
        ),
        (
            "only named values of an enum",
            "import \"buf/validate/validate.proto\"; enum E { Z = 0; } message M { E x = 1; }",
            "import \"buf/validate/validate.proto\"; enum E { Z = 0; } message M { E x = 1 [(buf.validate.field).enum.defined_only = true]; }",
            TIGHTENED,
        ),
        (
            "ignored where it is zero",
            field!("string x = 1 [(buf.validate.field).string.email = true]"),
            field!(
                "string x = 1 [(buf.validate.field).string.email = true, (buf.validate.field).ignore = IGNORE_IF_ZERO_VALUE]"
            ),
            LOOSENED,
        ),
        (
            "nothing that is always ignored matters",
            field!(
                "string x = 1 [(buf.validate.field).string.max_len = 5, (buf.validate.field).ignore = IGNORE_ALWAYS]"
            ),
            field!(
                "string x = 1 [(buf.validate.field).string.max_len = 4, (buf.validate.field).ignore = IGNORE_ALWAYS]"
            ),
            SILENT,
        ),
        (
            "an example accepts nothing and refuses nothing",
            field!("int32 x = 1"),
            field!("int32 x = 1 [(buf.validate.field).int32.example = 5]"),
            SILENT,
        ),
    ]);
}

#[test]
fn of_patterns_and_expressions_only_coming_and_going_has_a_direction() {
    check_rules(&[
        (
            "another pattern",
            field!("string x = 1 [(buf.validate.field).string.pattern = \"a+\"]"),
            field!("string x = 1 [(buf.validate.field).string.pattern = \"a*\"]"),
            UNCLEAR,
        ),
        (
            "a pattern where there was none",
            field!("string x = 1"),
            field!("string x = 1 [(buf.validate.field).string.pattern = \"a*\"]"),
            TIGHTENED,
        ),
        (
            "another expression",
            field!("string x = 1 [(buf.validate.field).cel = {id: \"a\", expression: \"this != 'a'\"}]"),
            field!("string x = 1 [(buf.validate.field).cel = {id: \"a\", expression: \"this != 'b'\"}]"),
            UNCLEAR,
        ),
        (
            "an expression more",
            field!("string x = 1 [(buf.validate.field).cel = {id: \"a\", expression: \"this != 'a'\"}]"),
            field!(
                "string x = 1 [(buf.validate.field).cel = {id: \"b\", expression: \"this != 'b'\"}, (buf.validate.field).cel = {id: \"a\", expression: \"this != 'a'\"}]"
            ),
            TIGHTENED,
        ),
        (
            "another message to people",
            field!(
                "string x = 1 [(buf.validate.field).cel = {id: \"a\", message: \"no a\", expression: \"this != 'a'\"}]"
            ),
            field!(
                "string x = 1 [(buf.validate.field).cel = {id: \"b\", message: \"not a\", expression: \"this != 'a'\"}]"
            ),
            SILENT,
        ),
        (
            "an expression about a message",
            "import \"buf/validate/validate.proto\"; message M { string x = 1; }",
            "import \"buf/validate/validate.proto\"; message M { option (buf.validate.message).cel = {id: \"a\", expression: \"this.x != 'a'\"}; string x = 1; }",
            &["validation_tightened M: wire/backward/error, json/backward/error"],
        ),
        (
            "fields of which one must be set",
            "import \"buf/validate/validate.proto\"; message M { option (buf.validate.message).oneof = {fields: [\"x\"]}; string x = 1; }",
            "import \"buf/validate/validate.proto\"; message M { option (buf.validate.message).oneof = {fields: [\"x\"]}; option (buf.validate.message).oneof = {fields: [\"y\"], required: true}; string x = 1; }",
            &["validation_tightened M: wire/backward/error, json/backward/error"],
        ),
        (
            "a oneof that must be set",
            "import \"buf/validate/validate.proto\"; message M { oneof o { string x = 1; } }",
            "import \"buf/validate/validate.proto\"; message M { oneof o { option (buf.validate.oneof).required = true; string x = 1; } }",
            &["validation_tightened M.o: wire/backward/error, json/backward/error"],
        ),
    ]);
}

#[test]
fn a_record_without_a_field_is_refused_where_the_field_is_required() {
    check_rules(&[
        (
            "a new field that is required",
            field!("string y = 1"),
            field!("string y = 1; optional string x = 2 [(buf.validate.field).required = true]"),
            &[
                "field_added M.x: json/forward/error",
                "validation_tightened M.x: wire/backward/error, json/backward/error",
            ],
        ),
        (
            "a new field that does not take its zero value",
            field!("string y = 1"),
            field!("string y = 1; string x = 2 [(buf.validate.field).string.min_len = 1]"),
            &[
                "field_added M.x: json/forward/error",
                "validation_tightened M.x: wire/backward/error, json/backward/error",
            ],
        ),
        (
            "a new list that may not be empty",
            field!("string y = 1"),
            field!("string y = 1; repeated string x = 2 [(buf.validate.field).repeated.min_items = 1]"),
            &[
                "field_added M.x: json/forward/error",
                "validation_tightened M.x: wire/backward/error, json/backward/error",
            ],
        ),
        (
            "a new field that can tell its absence is only validated where it is set",
            field!("string y = 1"),
            field!("string y = 1; optional string x = 2 [(buf.validate.field).string.min_len = 1]"),
            &["field_added M.x: json/forward/error"],
        ),
        (
            "a new field that takes its zero value",
            field!("string y = 1"),
            field!("string y = 1; int32 x = 2 [(buf.validate.field).int32.gte = 0]"),
            &["field_added M.x: json/forward/error"],
        ),
        (
            "a new oneof of which one is required",
            field!("string y = 1"),
            field!(
                "string y = 1; oneof o { option (buf.validate.oneof).required = true; string x = 2; string z = 3; }"
            ),
            &[
                "field_added M.x: json/forward/error",
                "field_added M.z: json/forward/error",
                "validation_tightened M.x: wire/backward/error, json/backward/error",
            ],
        ),
        (
            "a field that is gone, and that old readers require",
            field!("string y = 1; string x = 2 [(buf.validate.field).required = true]"),
            field!("string y = 1; reserved 2; reserved \"x\""),
            &[
                "field_deleted M.x: wire/backward/dropped=note, wire/forward/meaning=note, json/backward/error, source",
                "validation_loosened M.x: wire/forward/error, json/forward/error",
            ],
        ),
    ]);
}

#[test]
fn the_predecessor_is_read_too() {
    check_rules(&[
        (
            "a bound",
            pgv!("message M { int32 x = 1 [(validate.rules).int32.gt = 0]; }"),
            pgv!("message M { int32 x = 1 [(validate.rules).int32.gt = 1]; }"),
            TIGHTENED,
        ),
        (
            "a message that is required",
            pgv!("message N {} message M { N x = 1; }"),
            pgv!("message N {} message M { N x = 1 [(validate.rules).message.required = true]; }"),
            TIGHTENED,
        ),
        (
            "the empty value is ignored",
            pgv!("message M { string x = 1 [(validate.rules).string.email = true]; }"),
            pgv!("message M { string x = 1 [(validate.rules).string = {email: true, ignore_empty: true}]; }"),
            LOOSENED,
        ),
        (
            "a message that is no longer validated",
            pgv!("message M { string x = 1; }"),
            pgv!("message M { option (validate.disabled) = true; string x = 1; }"),
            &["validation_loosened M: wire/forward/error, json/forward/error"],
        ),
        (
            "a oneof that must be set",
            pgv!("message M { oneof o { string x = 1; } }"),
            pgv!("message M { oneof o { option (validate.required) = true; string x = 1; } }"),
            &["validation_tightened M.o: wire/backward/error, json/backward/error"],
        ),
        (
            "the same rule of the successor",
            pgv!("message M { string x = 1 [(validate.rules).string.min_len = 1]; }"),
            field!("string x = 1 [(buf.validate.field).string.min_len = 1]"),
            SILENT,
        ),
        (
            "a stricter rule of the successor",
            pgv!("message M { string x = 1 [(validate.rules).string.min_len = 1]; }"),
            field!("string x = 1 [(buf.validate.field).string.min_len = 2]"),
            TIGHTENED,
        ),
    ]);
}

#[test]
fn bounds_the_wrong_way_round_are_compared_as_what_is_outside_of_them() {
    check_rules(&[
        (
            "the inside became the outside",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 5, lte: 10}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 10, lte: 5}]"),
            BOTH,
        ),
        (
            "the outside lies below the bound",
            field!("int32 x = 1 [(buf.validate.field).int32.lte = 7]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 10, lte: 5}]"),
            BOTH,
        ),
        (
            "a part of the outside",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 12, lte: 15}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 10, lte: 5}]"),
            LOOSENED,
        ),
        (
            "outside of nothing is everything",
            field!("int32 x = 1"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 5, lte: 4}]"),
            SILENT,
        ),
        (
            "of floating point numbers it is not",
            field!("double x = 1"),
            field!("double x = 1 [(buf.validate.field).double = {gte: 5, lte: 4}]"),
            TIGHTENED,
        ),
        (
            "equal bounds are not the wrong way round: nothing is above 5 and below 5",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 5, lt: 7}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 5, lt: 5}]"),
            TIGHTENED,
        ),
        (
            "a listed value between the bounds",
            field!("int32 x = 1 [(buf.validate.field).int32 = {in: [7]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 10, lte: 5}]"),
            BOTH,
        ),
        (
            "a listed value outside of them",
            field!("int32 x = 1 [(buf.validate.field).int32 = {in: [4]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gte: 10, lte: 5}]"),
            LOOSENED,
        ),
        (
            "sizes have no outside: nothing is that long",
            field!("string x = 1 [(buf.validate.field).string = {min_len: 1, max_len: 9}]"),
            field!("string x = 1 [(buf.validate.field).string = {min_len: 9, max_len: 1}]"),
            TIGHTENED,
        ),
    ]);
}

#[test]
fn keywords_of_one_field_are_looked_at_together() {
    check_rules(&[
        (
            "a listed value that a predefined rule may refuse",
            concat!(
                "syntax = \"proto2\"; import \"buf/validate/validate.proto\"; ",
                "extend buf.validate.Int32Rules { optional bool even = 1001; } ",
                "message M { optional int32 x = 1 [(buf.validate.field).int32 = {in: [1, 2]}]; }"
            ),
            concat!(
                "syntax = \"proto2\"; import \"buf/validate/validate.proto\"; ",
                "extend buf.validate.Int32Rules { optional bool even = 1001; } ",
                "message M { optional int32 x = 1 [(buf.validate.field).int32 = {in: [1, 2] [even]: true}]; }"
            ),
            TIGHTENED,
        ),
        (
            "a value that is no longer refused by name, and still by its size",
            field!("int32 x = 1 [(buf.validate.field).int32 = {not_in: [5]}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 5}]"),
            TIGHTENED,
        ),
        (
            "a value that is refused by name now, and was by its size",
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 5}]"),
            field!("int32 x = 1 [(buf.validate.field).int32 = {gt: 5, not_in: [4]}]"),
            SILENT,
        ),
        (
            "listed numbers that are all finite",
            field!("double x = 1 [(buf.validate.field).double.const = 1.5]"),
            field!("double x = 1 [(buf.validate.field).double = {const: 1.5, finite: true}]"),
            SILENT,
        ),
    ]);
}

/// Rules for a field of one of the well-known messages.
macro_rules! well_known {
    ($name:literal, $declaration:literal) => {
        concat!(
            "syntax = \"proto3\"; import \"buf/validate/validate.proto\"; import \"google/protobuf/",
            $name,
            ".proto\"; message M { ",
            $declaration,
            "; }"
        )
    };
}

#[test]
fn rules_of_bytes_and_of_well_known_messages_have_a_direction() {
    check_rules(&[
        (
            "bytes that begin with more",
            field!("bytes x = 1 [(buf.validate.field).bytes.prefix = \"\\x01\"]"),
            field!("bytes x = 1 [(buf.validate.field).bytes.prefix = \"\\x01\\x02\"]"),
            TIGHTENED,
        ),
        (
            "bytes that hold less",
            field!("bytes x = 1 [(buf.validate.field).bytes.contains = \"\\x01\\x02\\x03\"]"),
            field!("bytes x = 1 [(buf.validate.field).bytes.contains = \"\\x02\"]"),
            LOOSENED,
        ),
        (
            "listed bytes that may not begin so",
            field!("bytes x = 1 [(buf.validate.field).bytes = {in: [\"a\"]}]"),
            field!("bytes x = 1 [(buf.validate.field).bytes = {in: [\"a\"], prefix: \"b\"}]"),
            TIGHTENED,
        ),
        (
            "a type fewer",
            well_known!("any", "google.protobuf.Any x = 1 [(buf.validate.field).any = {in: [\"a/A\", \"a/B\"]}]"),
            well_known!("any", "google.protobuf.Any x = 1 [(buf.validate.field).any = {in: [\"a/A\"]}]"),
            TIGHTENED,
        ),
        (
            "one duration in other words",
            well_known!(
                "duration",
                "google.protobuf.Duration x = 1 [(buf.validate.field).duration = {in: [{seconds: 5}]}]"
            ),
            well_known!(
                "duration",
                "google.protobuf.Duration x = 1 [(buf.validate.field).duration = {in: [{seconds: 5, nanos: 0}]}]"
            ),
            SILENT,
        ),
        (
            "a path below a listed one is listed anyway",
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {in: [\"a\", \"a.b\"]}]"
            ),
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {in: [\"a\"]}]"
            ),
            SILENT,
        ),
        (
            "a path that begins with the same letters is another one",
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {in: [\"a\", \"ab\"]}]"
            ),
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {in: [\"a\"]}]"
            ),
            TIGHTENED,
        ),
        (
            "a path that takes all below it with it",
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {not_in: [\"a.b\"]}]"
            ),
            well_known!(
                "field_mask",
                "google.protobuf.FieldMask x = 1 [(buf.validate.field).field_mask = {not_in: [\"a\"]}]"
            ),
            TIGHTENED,
        ),
    ]);
}
