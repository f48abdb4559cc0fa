//! What readers of either version bring together, and where differences are found.

use canread_compat::Fate::{Added, Changed, Removed};
use canread_compat::{Mode, Policy, Surface};

use crate::support::{Case, check, described, fates, findings};

#[test]
fn fields_are_found_by_name_or_by_the_aliases_of_the_reader() {
    check(&[
        Case {
            claim: "an alias helps the reader that has it",
            old: r#"{"name": "a", "type": "int"}"#,
            new: r#"{"name": "b", "type": "int", "aliases": ["a"]}"#,
            finds: &["field_renamed M.a: wire/forward/error, json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "an alias of the old field helps old readers",
            old: r#"{"name": "a", "type": "int", "aliases": ["b"]}"#,
            new: r#"{"name": "b", "type": "int"}"#,
            finds: &["field_renamed M.a: wire/backward/error, json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "a rename is seen through, for the reader that has the alias",
            old: r#"{"name": "a", "type": "long"}"#,
            new: r#"{"name": "b", "type": "int", "aliases": ["a"]}"#,
            finds: &[
                "field_renamed M.a: wire/forward/error, json/backward/error, json/forward/error, source",
                "type_changed M.a: wire/backward/error, json/backward/error, source",
            ],
        },
        Case {
            claim: "a name goes before an alias",
            old: r#"{"name": "a", "type": "int"}"#,
            new: r#"{"name": "b", "type": "int", "aliases": ["a"], "default": 0}, {"name": "a", "type": "int"}"#,
            finds: &["json_field_added M.b: json/backward/error=warning, json/forward/error=warning"],
        },
        Case {
            claim: "order is no matter",
            old: r#"{"name": "a", "type": "int"}, {"name": "b", "type": "string"}"#,
            new: r#"{"name": "b", "type": "string"}, {"name": "a", "type": "int"}"#,
            finds: &[],
        },
    ]);
}

/// fastavro takes the first branch of the name without namespace, by the letter of the specification; Avro's Java library
/// 1.12.0 takes the one of the same full name.
#[test]
fn a_named_type_behind_another_one_of_its_name_is_told_when_it_gets_there() {
    check(&[
        Case {
            claim: "it was there before",
            old: r#"{"name": "v", "type": [{"type": "record", "name": "y.A", "fields": [{"name": "q", "type": "string"}]}, {"type": "record", "name": "x.A", "fields": [{"name": "q", "type": "int"}]}]}"#,
            new: r#"{"name": "v", "type": [{"type": "record", "name": "y.A", "fields": [{"name": "q", "type": "string"}]}, {"type": "record", "name": "x.A", "fields": [{"name": "q", "type": "int"}]}, "long"]}"#,
            finds: &["union_branch_added M.v: wire/forward/error, json/forward/error"],
        },
        Case {
            claim: "the two change places, so that either is read as the other by one of the readers",
            old: r#"{"name": "v", "type": [{"type": "fixed", "name": "x.A", "size": 2}, {"type": "fixed", "name": "y.A", "size": 2}]}"#,
            new: r#"{"name": "v", "type": [{"type": "fixed", "name": "y.A", "size": 2}, {"type": "fixed", "name": "x.A", "size": 2}]}"#,
            finds: &["union_order_changed M.v: wire/backward/meaning", "union_order_changed M.v: wire/forward/meaning"],
        },
        Case {
            claim: "an alias behind a name, which Java finds",
            old: r#"{"name": "v", "type": ["null", {"type": "enum", "name": "x.A", "symbols": ["S"]}]}"#,
            new: r#"{"name": "v", "type": ["null", {"type": "enum", "name": "y.A", "symbols": ["T"]}, {"type": "enum", "name": "x.B", "aliases": ["x.A"], "symbols": ["S"]}]}"#,
            finds: &[
                "enum_symbol_added x.A.T: wire/forward/error, json/forward/error",
                "enum_symbol_removed x.A.S: wire/backward/error, json/backward/error, source",
                "json_branch_renamed M.v: json/backward/error, json/forward/error",
                "namespace_changed x.A: wire/backward/meaning=note, wire/forward/meaning=note, source",
                "namespace_without_alias M.v: wire/forward/error=warning",
                "union_branch_added M.v: wire/forward/error, json/forward/error",
            ],
        },
    ]);
}

/// All but the last are refused by Avro's Java library 1.12.0: "Duplicate field", "matches multiple fields in writer record
/// schema", "Duplicate in union".
#[test]
fn an_alias_that_makes_two_of_the_writers_names_one_is_told() {
    check(&[
        Case {
            claim: "a name and an alias of one field, in a chain of renames",
            old: r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int"}"#,
            new: r#"{"name": "b", "type": "int", "aliases": ["a"]}, {"name": "c", "type": "int", "aliases": ["b"], "default": 0}"#,
            finds: &[
                "alias_ambiguous M.b: wire/backward/error",
                "field_deleted M.a: wire/backward/dropped=note, wire/forward/error, json/backward/error=warning, json/forward/error, source",
                "json_field_added M.c: json/backward/error=warning, json/forward/error=warning",
            ],
        },
        Case {
            claim: "aliases that swap two fields",
            old: r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int"}"#,
            new: r#"{"name": "a", "type": "int", "aliases": ["b"]}, {"name": "b", "type": "int", "aliases": ["a"]}"#,
            finds: &["names_exchanged M.a: wire/backward/reinterpreted"],
        },
        Case {
            claim: "branches that stay a union and branches that become none",
            old: r#"{"name": "v", "type": [{"type": "enum", "name": "A", "symbols": ["X"]}, {"type": "enum", "name": "B", "symbols": ["X"]}]}, {"name": "w", "type": ["A", "B"]}"#,
            new: r#"{"name": "v", "type": [{"type": "enum", "name": "A", "aliases": ["B"], "symbols": ["X"]}]}, {"name": "w", "type": "A"}"#,
            finds: &[
                "alias_ambiguous M.v: wire/backward/error",
                "alias_ambiguous M.w: wire/backward/error",
                "json_branch_renamed M.v: json/backward/error",
                "json_union_changed M.w: json/backward/error, json/forward/error",
            ],
        },
        Case {
            claim: "branches, to an old reader",
            old: r#"{"name": "v", "type": ["null", {"type": "enum", "name": "A", "aliases": ["B"], "symbols": ["X"]}]}"#,
            new: r#"{"name": "v", "type": ["null", {"type": "enum", "name": "A", "symbols": ["X"]}, {"type": "enum", "name": "B", "symbols": ["X"]}]}"#,
            finds: &["alias_ambiguous M.v: wire/forward/error", "json_branch_renamed M.v: json/forward/error"],
        },
        Case {
            claim: "an alias that was there is none that came",
            old: r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int", "aliases": ["a"]}"#,
            new: r#"{"name": "b", "type": "int", "aliases": ["a", "older"]}, {"name": "a", "type": "int"}"#,
            finds: &[],
        },
    ]);
}

#[test]
fn differences_are_found_at_any_depth() {
    check(&[
        Case {
            claim: "inside arrays, maps and unions",
            old: r#"{"name": "a", "type": ["null", {"type": "array", "items": {"type": "map", "values": ["null", "long"]}}]}"#,
            new: r#"{"name": "a", "type": ["null", {"type": "array", "items": {"type": "map", "values": ["null", "int"]}}]}"#,
            finds: &["type_changed M.a[]{}: wire/backward/error, json/backward/error, json/forward/error, source"],
        },
        Case {
            claim: "logical types of items",
            old: r#"{"name": "a", "type": {"type": "array", "items": {"type": "int", "logicalType": "date"}}}"#,
            new: r#"{"name": "a", "type": {"type": "array", "items": {"type": "int", "logicalType": "time-millis"}}}"#,
            finds: &[
                "logical_type_changed M.a[]: wire/backward/reinterpreted, wire/forward/reinterpreted, json/backward/reinterpreted, json/forward/reinterpreted",
            ],
        },
        Case {
            claim: "a date that is promoted to a timestamp",
            old: r#"{"name": "a", "type": {"type": "int", "logicalType": "date"}}"#,
            new: r#"{"name": "a", "type": {"type": "long", "logicalType": "timestamp-millis"}}"#,
            finds: &[
                "logical_type_changed M.a: wire/backward/reinterpreted, json/backward/reinterpreted",
                "type_changed M.a: wire/forward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "recursive records, once",
            old: r#"{"type": "record", "name": "N", "fields": [{"name": "v", "type": "long"}, {"name": "next", "type": ["null", "N"]}]}"#,
            new: r#"{"type": "record", "name": "N", "fields": [{"name": "v", "type": "int"}, {"name": "next", "type": ["null", "N"]}]}"#,
            finds: &["type_changed N.v: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "a root that is no record",
            old: r#"{"type": "array", "items": "long"}"#,
            new: r#"{"type": "array", "items": "int"}"#,
            finds: &["type_changed schema.avsc[]: wire/backward/error, json/backward/error, source"],
        },
        Case {
            claim: "parameters and responses of messages",
            old: r#"{"protocol": "P", "messages": {"get": {"request": [{"name": "id", "type": "int"}], "response": "int"}}}"#,
            new: r#"{"protocol": "P", "messages": {"get": {"request": [{"name": "id", "type": "int"}, {"name": "at", "type": "long"}], "response": "long"}}}"#,
            finds: &[
                "field_added_without_default P.get.at: rpc/backward/error",
                "type_changed P.get(): rpc/forward/error, source",
            ],
        },
        Case {
            claim: "errors of messages",
            old: r#"{"protocol": "P", "types": [{"type": "error", "name": "A", "fields": []}, {"type": "error", "name": "B", "fields": []}], "messages": {"get": {"request": [], "response": "int", "errors": ["A"]}}}"#,
            new: r#"{"protocol": "P", "types": [{"type": "error", "name": "A", "fields": []}, {"type": "error", "name": "B", "fields": []}], "messages": {"get": {"request": [], "response": "int", "errors": ["A", "B"]}}}"#,
            finds: &["union_branch_added P.get!: rpc/forward/error"],
        },
    ]);
}

#[test]
fn unions_are_compared_branch_by_branch() {
    check(&[
        Case {
            claim: "nullable in one direction",
            old: r#"{"name": "a", "type": "string"}"#,
            new: r#"{"name": "a", "type": ["null", "string"], "default": null}"#,
            finds: &[
                "json_union_changed M.a: json/backward/error, json/forward/error",
                "union_branch_added M.a: wire/forward/error, json/forward/error",
            ],
        },
        Case {
            claim: "the order of branches alone is no matter",
            old: r#"{"name": "a", "type": ["null", "string"]}"#,
            new: r#"{"name": "a", "type": ["string", "null"]}"#,
            finds: &[],
        },
        Case {
            claim: "a branch whose type changed",
            old: r#"{"name": "a", "type": ["null", "int"]}"#,
            new: r#"{"name": "a", "type": ["null", "string"]}"#,
            finds: &[
                "type_changed M.a: wire/backward/error, wire/forward/error, json/backward/error, json/forward/error, source",
            ],
        },
        Case {
            claim: "a branch that another one takes with a loss",
            old: r#"{"name": "a", "type": ["float", "long"]}"#,
            new: r#"{"name": "a", "type": ["null", "float"]}"#,
            finds: &[
                "type_changed M.a: wire/backward/lossy, json/backward/error, source",
                "union_branch_added M.a: wire/forward/error, json/forward/error",
            ],
        },
    ]);
}

#[test]
fn what_others_take_for_a_break_is_none() {
    check(&[
        Case {
            claim: "a record with an alias",
            old: r#"{"type": "record", "name": "a.M", "fields": []}"#,
            new: r#"{"type": "record", "name": "a.N", "aliases": ["M"], "fields": []}"#,
            finds: &["type_renamed a.M: wire/forward/error, source"],
        },
        Case {
            claim: "an enum and a fixed with aliases",
            old: r#"{"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"]}}, {"name": "f", "type": {"type": "fixed", "name": "F", "size": 1}}"#,
            new: r#"{"name": "e", "type": {"type": "enum", "name": "D", "aliases": ["E"], "symbols": ["A"]}}, {"name": "f", "type": {"type": "fixed", "name": "G", "aliases": ["F"], "size": 1}}"#,
            finds: &["type_renamed E: wire/forward/error, source", "type_renamed F: wire/forward/error, source"],
        },
        Case {
            claim: "a name defined in one place and used in another",
            old: r#"{"name": "a", "type": {"type": "record", "name": "R", "fields": []}}, {"name": "b", "type": "R"}"#,
            new: r#"{"name": "b", "type": {"type": "record", "name": "R", "fields": []}}, {"name": "a", "type": "R"}"#,
            finds: &[],
        },
        Case {
            claim: "another namespace, for references too",
            old: r#"{"type": "record", "name": "a.M", "fields": [{"name": "x", "type": {"type": "record", "name": "R", "fields": []}}, {"name": "y", "type": "R"}]}"#,
            new: r#"{"type": "record", "name": "b.M", "fields": [{"name": "x", "type": {"type": "record", "name": "R", "fields": []}}, {"name": "y", "type": "R"}]}"#,
            finds: &[
                "namespace_changed a.M: wire/backward/meaning=note, wire/forward/meaning=note, source",
                "namespace_changed a.R: wire/backward/meaning=note, wire/forward/meaning=note, source",
            ],
        },
        Case {
            claim: "a wider decimal, for new readers",
            old: r#"{"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}}"#,
            new: r#"{"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}"#,
            finds: &["decimal_precision_changed M.a: wire/forward/lossy, json/forward/lossy"],
        },
        Case {
            claim: "documentation, order and unknown properties",
            old: r#"{"name": "a", "type": "int"}"#,
            new: r#"{"name": "a", "type": {"type": "int", "x": 1}, "doc": "x", "order": "ignore"}"#,
            finds: &[],
        },
    ]);
}

#[test]
fn what_is_gone_and_new_is_called_by_the_words_of_avro() {
    let protocol =
        |name: &str, types: &str| format!(r#"{{"protocol": "{name}", "types": [{types}], "messages": {{}}}}"#);
    let types = |suffix: &str| {
        format!(
            r#"{{"type": "record", "name": "R{suffix}", "fields": []}}, {{"type": "fixed", "name": "F{suffix}", "size": 4}}, {{"type": "enum", "name": "E{suffix}", "symbols": ["A"]}}"#
        )
    };
    let mut found = described(&protocol("P", &types("1")), &protocol("Q", &types("2")));
    found.sort();
    assert_eq!(
        found,
        [
            "E1 enum is gone",
            "E2 enum is new",
            "F1 fixed is gone",
            "F2 fixed is new",
            "P protocol is gone",
            "Q protocol is new",
            "R1 record is gone",
            "R2 record is new"
        ]
    );
}

#[test]
fn what_came_and_what_went_is_told_though_both_versions_have_its_place() {
    let record = |fields: &str| format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#);
    let union = |name: &str, types: &str| format!(r#"{{"name": "{name}", "type": [{types}]}}"#);
    let (two, three) = (r#""null", "int""#, r#""null", "int", "string""#);
    let gone = r#"{"name": "a", "type": "int"}, {"name": "d", "type": "int"}"#;
    let come = r#"{"name": "d", "type": "long"}, {"name": "e", "type": "bytes"}"#;
    let old = record(&[gone, &union("b", two), &union("c", three)].join(", "));
    let new = record(&[come, &union("b", three), &union("c", two)].join(", "));
    let mut found = fates(&old, &new);
    found.sort_by(|one, two| one.0.cmp(&two.0));
    let expected = [("R.a", Removed), ("R.b", Added), ("R.c", Removed), ("R.d", Changed), ("R.e", Added)];
    assert_eq!(found, expected.map(|(symbol, fate)| (symbol.to_owned(), fate)));
    let symbols = |symbols: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}]}}"#);
    let found = fates(&symbols(r#""A", "B""#), &symbols(r#""A", "C""#));
    assert_eq!(found, [("E.B".to_owned(), Removed), ("E.C".to_owned(), Added)]);
}

#[test]
fn a_change_of_a_decimal_is_told_with_its_digits() {
    let of = |precision: u32, scale: u32| {
        format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "price", "type": {{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}}}]}}"#
        )
    };
    assert_eq!(
        described(&of(9, 2), &of(12, 4)),
        [
            "R.price logical type was decimal of 9 digits, 2 behind the point and is decimal of 12 digits, 4 behind the point"
        ]
    );
}

#[test]
fn messages_speak_as_people_write_schemas() {
    let said = |old: &str, new: &str| {
        let record = |fields: &str| format!(r#"{{"type": "record", "name": "M", "fields": [{fields}]}}"#);
        let found = findings(&record(old), &record(new)).into_iter();
        found.map(|finding| finding.message_on(|_| true)).collect::<Vec<_>>()
    };
    let span =
        |logical: &str| format!(r#"{{"name": "v", "type": {{"type": "fixed", "name": "Span", "size": 12{logical}}}}}"#);
    assert_eq!(
        said(&span(r#", "logicalType": "duration""#), &span("")),
        ["`Span` was duration and is a plain fixed of 12 bytes: the value stays, its meaning does not, and no error"]
    );
    let value = |ty: &str, default: &str| format!(r#"{{"name": "v", "type": {ty}, "default": {default}}}"#);
    assert_eq!(
        said(&value(r#""bytes""#, r#""\u00e9\n""#), &value(r#""bytes""#, r#""""#)),
        [r#"`M.v` had the default "é\u000a" and has "": data from before the field means something else now"#]
    );
    let labels = r#"{"type": "map", "values": "string"}"#;
    assert_eq!(
        said(&value(labels, r#"{"a": "b \"c\""}"#), &value(labels, "{}")),
        [r#"`M.v` had the default {"a": "b \"c\""} and has {}: data from before the field means something else now"#]
    );
    let plain = |ty: &str| format!(r#"{{"name": "v", "type": {ty}}}"#);
    assert_eq!(
        said(&plain(r#""string""#), &plain(r#""bytes""#)),
        [
            "`M.v` was string and is bytes: for an old reader of new data, bytes that are no UTF-8 are refused; in JSON, a \
             new reader of old data refuses characters beyond 255 and an old reader of new data takes another value"
        ]
    );
}

#[test]
fn messages_speak_of_json_to_those_alone_who_promise_it() {
    let record = |fields: &str| format!(r#"{{"type": "record", "name": "M", "fields": [{fields}]}}"#);
    let old = record(r#"{"name": "v", "type": "string"}, {"name": "w", "type": "int", "aliases": ["u"]}"#);
    let new = record(r#"{"name": "v", "type": "bytes"}, {"name": "u", "type": "int"}"#);
    let said = |promises: &[Surface]| {
        let mut policy = Policy::default();
        policy.mode = Mode::Full;
        policy.promises = promises.iter().copied().collect();
        let judged = policy.judge(findings(&old, &new)).into_iter();
        judged.map(|judged| judged.finding.message).filter(|message| message.contains("JSON")).count()
    };
    assert_eq!(said(&[Surface::Wire, Surface::Rpc, Surface::Source]), 0);
    assert_eq!(said(&[Surface::Wire, Surface::Json]), 2);
}
