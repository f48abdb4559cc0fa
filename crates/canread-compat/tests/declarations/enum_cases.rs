//! Values, numbers, names, openness and reservations of enums.

use crate::support::{Case, check};

#[test]
fn deleted_enum_values_are_judged_by_what_is_reserved_and_whether_the_enum_is_open() {
    check(&[
        Case {
            claim: "an open enum keeps the number of a reserved value",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { reserved 1; reserved \"A\"; Z = 0; }",
            finds: &["enum_value_deleted E.A: json/backward/error, source"],
        },
        Case {
            claim: "a closed enum drops it, which was meant",
            old: "syntax = \"proto2\"; enum E { Z = 0; A = 1; }",
            new: "syntax = \"proto2\"; enum E { reserved 1; reserved \"A\"; Z = 0; }",
            finds: &["enum_value_deleted E.A: wire/backward/dropped=note, json/backward/error, source"],
        },
        Case {
            claim: "a free number is an error in both directions",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { Z = 0; }",
            finds: &[
                "enum_value_deleted_unreserved E.A: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/error, source",
            ],
        },
        Case {
            claim: "a free name is a warning on the wire",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { reserved 1; Z = 0; }",
            finds: &[
                "enum_value_deleted_unreserved E.A: wire/backward/meaning, wire/forward/meaning, json/backward/error, source",
            ],
        },
        Case {
            claim: "an alias that goes leaves the number its other name",
            old: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
            new: "enum E { Z = 0; A = 1; }",
            finds: &["enum_alias_deleted E.B: json/backward/error, source"],
        },
        Case {
            claim: "several at once are one finding",
            old: "enum E { Z = 0; A = 1; B = 2; C = 3; }",
            new: "enum E { reserved 3; reserved \"C\"; Z = 0; }",
            finds: &[
                "enum_value_deleted E.C: json/backward/error, source",
                "enum_value_deleted_unreserved E.A +1: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/error, source",
            ],
        },
        Case {
            claim: "a value that is marked as deprecated is still there",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { Z = 0; A = 1 [deprecated = true]; }",
            finds: &[],
        },
    ]);
}

#[test]
fn new_enum_values_are_judged_by_what_old_readers_do() {
    check(&[
        Case {
            claim: "an open enum keeps the number, JSON does not know the name",
            old: "enum E { Z = 0; }",
            new: "enum E { Z = 0; A = 1; }",
            finds: &["enum_value_added E.A: json/forward/error, source/backward/meaning"],
        },
        Case {
            claim: "a closed enum drops it",
            old: "syntax = \"proto2\"; enum E { Z = 0; }",
            new: "syntax = \"proto2\"; enum E { Z = 0; A = 1; }",
            finds: &["enum_value_added E.A: wire/forward/dropped, json/forward/error, source/backward/meaning"],
        },
        Case {
            claim: "an alias behind the known name changes nothing",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
            finds: &[],
        },
        Case {
            claim: "an alias in front of the known name is what JSON writes",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { option allow_alias = true; Z = 0; B = 1; A = 1; }",
            finds: &["enum_value_added E.B: json/forward/error"],
        },
        Case {
            claim: "a number that was reserved takes over old data",
            old: "enum E { reserved 1; Z = 0; }",
            new: "enum E { Z = 0; A = 1; }",
            finds: &["enum_value_reused E.A: wire/backward/meaning=error, json/forward/error, source/backward/meaning"],
        },
        Case {
            claim: "a name that was reserved takes over old JSON",
            old: "enum E { reserved \"A\"; Z = 0; }",
            new: "enum E { Z = 0; A = 1; }",
            finds: &["enum_value_reused E.A: json/backward/meaning=error, json/forward/error, source/backward/meaning"],
        },
    ]);
}

#[test]
fn a_number_that_a_closed_enum_drops_is_an_error_where_the_field_is_required() {
    check(&[
        Case {
            claim: "a value is gone, and the field is in the values of a map",
            old: "syntax = \"proto2\"; enum E { A = 0; B = 1; } message M { required E e = 1; } message N { map<string, M> m = 1; }",
            new: "syntax = \"proto2\"; enum E { A = 0; reserved 1; reserved \"B\"; } message M { required E e = 1; } message N { map<string, M> m = 1; }",
            finds: &["enum_value_deleted E.B: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "the field is required by old readers only",
            old: "syntax = \"proto2\"; enum E { A = 0; } message M { required E e = 1; }",
            new: "syntax = \"proto2\"; enum E { A = 0; B = 1; } message M { optional E e = 1; }",
            finds: &[
                "enum_value_added E.B: wire/forward/error, json/forward/error, source/backward/meaning",
                "required_became_optional M.e: wire/forward/error, json/forward/error, source",
            ],
        },
    ]);
}

#[test]
fn renamed_and_renumbered_enum_values_are_judged_by_what_readers_find() {
    check(&[
        Case {
            claim: "a lone rename is a warning on the wire and an error in JSON",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { Z = 0; B = 1; }",
            finds: &[
                "enum_value_renamed E.A: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "a rename with the old name as first alias is silent",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
            finds: &[],
        },
        Case {
            claim: "another name of the zero value of an open enum is a rename",
            old: "enum E { UNKNOWN = 0; A = 1; }",
            new: "enum E { ACTIVE = 0; A = 1; }",
            finds: &[
                "enum_value_renamed E.UNKNOWN: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "the first value of a closed enum is what absent fields mean",
            old: "syntax = \"proto2\"; enum E { A = 1; B = 2; }",
            new: "syntax = \"proto2\"; enum E { B = 2; A = 1; }",
            finds: &[
                "enum_zero_value_changed E: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/meaning=error, json/forward/meaning=error",
            ],
        },
        Case {
            claim: "so is another name of the first value of a closed enum",
            old: "syntax = \"proto2\"; enum E { UNKNOWN = 1; A = 2; }",
            new: "syntax = \"proto2\"; enum E { ACTIVE = 1; A = 2; }",
            finds: &[
                "enum_value_renamed E.UNKNOWN: wire/backward/meaning, wire/forward/meaning, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "zero that was given to another value is what absent fields mean, too",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { A = 0; Z = 1; }",
            finds: &[
                "enum_value_renumbered E.Z +1: wire/backward/reinterpreted, wire/forward/reinterpreted",
                "enum_zero_value_changed E: wire/backward/meaning=error, wire/forward/meaning=error, json/backward/meaning=error, json/forward/meaning=error",
            ],
        },
        Case {
            claim: "a first value that was given another number is the default as before",
            old: "syntax = \"proto2\"; enum E { A = 1; B = 2; }",
            new: "syntax = \"proto2\"; enum E { A = 3; B = 2; }",
            finds: &["enum_value_renumbered E.A: wire/backward/dropped, wire/forward/dropped"],
        },
        Case {
            claim: "where a number keeps one of its names, the rename of another is no question on the wire",
            old: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
            new: "enum E { option allow_alias = true; Z = 0; A = 1; C = 1; }",
            finds: &["enum_value_renamed E.B: json/backward/error, source"],
        },
        Case {
            claim: "another order behind the first value is no change",
            old: "syntax = \"proto2\"; enum E { Z = 0; A = 1; B = 2; }",
            new: "syntax = \"proto2\"; enum E { Z = 0; B = 2; A = 1; }",
            finds: &[],
        },
        Case {
            claim: "two values that exchanged their numbers are one finding",
            old: "enum E { Z = 0; A = 1; B = 2; }",
            new: "enum E { Z = 0; A = 2; B = 1; }",
            finds: &["enum_value_renumbered E.A +1: wire/backward/reinterpreted, wire/forward/reinterpreted"],
        },
        Case {
            claim: "a number that nobody has now matches nothing in an open enum",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { Z = 0; A = 7; }",
            finds: &["enum_value_renumbered E.A: wire/backward/meaning=error, wire/forward/meaning=error"],
        },
        Case {
            claim: "a closed enum drops it",
            old: "syntax = \"proto2\"; enum E { Z = 0; A = 1; }",
            new: "syntax = \"proto2\"; enum E { Z = 0; A = 7; }",
            finds: &["enum_value_renumbered E.A: wire/backward/dropped, wire/forward/dropped"],
        },
        Case {
            claim: "a value that is inserted moves those behind it",
            old: "enum E { Z = 0; A = 1; }",
            new: "enum E { Z = 0; X = 1; A = 2; }",
            finds: &[
                "enum_value_added E.X: json/forward/error, source/backward/meaning",
                "enum_value_renumbered E.A: wire/backward/reinterpreted, wire/forward/reinterpreted",
            ],
        },
    ]);
}

#[test]
fn an_enum_that_opens_or_closes_moves_numbers_in_and_out_of_the_unknown_fields() {
    const CLOSED: &str = "edition = \"2023\"; enum E { option features.enum_type = CLOSED; Z = 0; }";
    const OPEN: &str = "edition = \"2023\"; enum E { Z = 0; }";
    check(&[
        Case {
            claim: "old readers do not see the numbers that new writers of an open enum may write",
            old: CLOSED,
            new: OPEN,
            finds: &[
                "enum_became_open E: wire/backward/meaning, wire/forward/dropped=warning, json/forward/error=warning, source",
            ],
        },
        Case {
            claim: "new readers do not see the numbers that old writers of an open enum wrote",
            old: OPEN,
            new: CLOSED,
            finds: &["enum_became_closed E: wire/backward/dropped, json/backward/error, source"],
        },
        Case {
            claim: "proto2 in words of an edition is no change",
            old: "syntax = \"proto2\"; enum E { Z = 0; } message M { optional E e = 1; repeated int32 n = 2; optional string s = 3; }",
            new: "edition = \"2023\"; option features.utf8_validation = NONE; option features.repeated_field_encoding = EXPANDED; \
                  option features.json_format = LEGACY_BEST_EFFORT; enum E { option features.enum_type = CLOSED; Z = 0; } \
                  message M { E e = 1; repeated int32 n = 2; string s = 3; }",
            finds: &[],
        },
        Case {
            claim: "proto3 in words of an edition is no change",
            old: "enum E { Z = 0; } message M { E e = 1; optional int32 n = 2; repeated int32 r = 3; }",
            new: "edition = \"2023\"; option features.field_presence = IMPLICIT; enum E { Z = 0; } \
                  message M { E e = 1; int32 n = 2 [features.field_presence = EXPLICIT]; repeated int32 r = 3; }",
            finds: &[],
        },
    ]);
}

#[test]
fn reservations_are_for_ever() {
    check(&[
        Case {
            claim: "a number of a message",
            old: "message M { reserved 2, 4 to 6; }",
            new: "message M { reserved 4 to 6; }",
            finds: &["reserved_number_released M: wire/backward/meaning=error, wire/forward/meaning=error"],
        },
        Case {
            claim: "a number of an enum",
            old: "enum E { reserved 2; Z = 0; }",
            new: "enum E { Z = 0; }",
            finds: &["reserved_number_released E: wire/backward/meaning=error, wire/forward/meaning=error"],
        },
        Case {
            claim: "a name is a warning in JSON",
            old: "message M { reserved \"note\"; }",
            new: "message M {}",
            finds: &["reserved_name_released M: json/backward/meaning, json/forward/meaning"],
        },
        Case {
            claim: "ranges may be written in another way, and grow",
            old: "message M { reserved 2, 3, 5 to 7; reserved \"a\", \"b\"; }",
            new: "message M { reserved 5 to 9; reserved 2 to 3; reserved \"b\"; reserved \"a\"; }",
            finds: &[],
        },
        Case {
            claim: "of a range that a field was taken from, only what is free is released",
            old: "enum E { reserved 1 to 3; Z = 0; }",
            new: "enum E { reserved 1; Z = 0; A = 2; }",
            finds: &[
                "enum_value_reused E.A: wire/backward/meaning=error, json/forward/error, source/backward/meaning",
                "reserved_number_released E: wire/backward/meaning=error, wire/forward/meaning=error",
            ],
        },
        Case {
            claim: "what another message reserves does not matter to a field that names it now",
            old: "message A { reserved 2; int32 id = 1; } message B { int32 id = 1; } message M { A a = 1; }",
            new: "message A { reserved 2; int32 id = 1; } message B { int32 id = 1; } message M { B a = 1; }",
            finds: &["field_refers_to_another_type M.a: source"],
        },
    ]);
}
