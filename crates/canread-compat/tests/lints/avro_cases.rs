//! Where the lints of Avro speak, and where not.

use canread_compat::{Effect, Severity};
use canread_model::Format;

use crate::support::{Case, check, linted};

#[test]
fn hits_and_near_misses() {
    check(Format::Avro, CASES);
}

const CASES: &[Case] = &[
    Case {
        lint: "field_alias_taken",
        claim: "the name of another field, and an alias of an earlier one",
        text: r#"{"name": "a", "type": "int", "aliases": ["b", "old"]}, {"name": "b", "type": "int"}, {"name": "c", "type": "int", "aliases": ["old", "older"]}"#,
        finds: &["n.M.a", "n.M.c"],
    },
    Case {
        lint: "field_alias_taken",
        claim: "one's own name, and one alias twice, mislead nobody",
        text: r#"{"name": "a", "type": "int", "aliases": ["a", "old", "old"]}, {"name": "b", "type": "int", "aliases": ["older"]}"#,
        finds: &[],
    },
    Case {
        lint: "field_alias_taken",
        claim: "fields of different records",
        text: r#"{"name": "a", "type": {"type": "record", "name": "A", "fields": [{"name": "c", "type": "int", "aliases": ["b"]}]}}, {"name": "b", "type": {"type": "fixed", "name": "C", "size": 1}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "of a field, a record, an enum, a fixed, and a type",
        text: r#"{"name": "a", "type": "int", "defualt": 0, "alias": ["b"]}, {"name": "c", "type": {"type": "record", "name": "C", "alises": ["D"], "nameSpace": "x", "fields": []}}, {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["X"], "Default": "X"}}, {"name": "f", "type": {"type": "fixed", "name": "F", "size": 4, "Aliases": ["G"], "logicalType": "decimal", "precision": 5, "scael": 2}}, {"name": "l", "type": {"type": "array", "items": {"type": "long", "logicaltype": "timestamp-millis"}}}"#,
        finds: &["n.M.a", "n.M.a", "n.M.l", "n.C", "n.C", "n.E", "n.F", "n.F"],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "logical types in other letters, with other marks, and with a slip",
        text: r#"{"name": "a", "type": {"type": "long", "logicalType": "timestamp_millis"}}, {"name": "b", "type": {"type": "string", "logicalType": "UUID"}}, {"name": "c", "type": {"type": "long", "logicalType": "timestamp-micro"}}, {"name": "d", "type": ["null", "string", {"type": "int", "logicalType": "Date"}]}"#,
        finds: &["n.M.a", "n.M.b", "n.M.c", "n.M"],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "the attribute is there, so that the other one is a property",
        text: r#"{"name": "a", "type": "int", "default": 0, "defaults": 1, "aliases": ["b"], "alias": ["c"]}, {"name": "c", "type": {"type": "enum", "name": "E", "symbols": ["X"], "default": "X", "Default": "Y"}}, {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2, "scaled": 1}}, {"name": "f", "type": {"type": "long", "logicalType": "timestamp-millis", "logicaltype": "x"}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "properties that only look alike, and logical types of one's own",
        text: r#"{"name": "a", "type": "int", "docs": "x", "alias": "b", "names": 1, "sizes": 2, "scales": 3, "types": [], "nodefault": true, "isDefault": true, "defaulted": "x", "alise": [1]}, {"name": "c", "type": {"type": "string", "logicalType": "ulid", "typ": 1}}, {"name": "d", "type": {"type": "string", "logicalType": "time"}}, {"name": "e", "type": {"type": "long", "logicalType": "timestamp-seconds"}}, {"name": "f", "type": {"type": "string", "logicalType": "guid"}}, {"name": "g", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "rescale": 2, "scala": "x"}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "of a protocol, its messages, and their parameters",
        text: r#"{"protocol": "P", "namepsace": "x", "messages": {"a": {"request": [], "response": "null", "one_way": true}, "b": {"request": [], "response": "null", "oneway": true, "Errors": []}, "c": {"request": [{"name": "n", "type": "int", "defualt": 0}], "response": {"type": "long", "logicaltype": "timestamp-millis"}}}}"#,
        finds: &["P", "P.a", "P.b", "P.b", "P.c.n", "P.c"],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "a protocol whose messages are behind another name",
        text: r#"{"protocol": "n.P", "mesages": {"a": {"request": [], "response": "null"}}}"#,
        finds: &["n.P"],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "messages that say it, or another value, and properties of a protocol",
        text: r#"{"protocol": "n.P", "message": {}, "types": [{"type": "error", "name": "E", "fields": []}], "messages": {"a": {"request": [], "response": "null", "one-way": true, "one_way": true}, "b": {"request": [], "response": "null", "oneway": false, "errors": ["E"], "Errors": ["x"]}, "c": {"request": [], "response": "null", "error": "none", "way": true, "one": true}}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misspelt",
        claim: "of a precision `logical_type_ignored` speaks",
        text: r#"{"name": "p", "type": {"type": "bytes", "logicalType": "decimal", "precison": 5}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "in the type, an item, a value, a branch, the answer's parameters, and on a record or fixed",
        text: r#"{"name": "a", "type": {"type": "int", "default": 0}}, {"name": "b", "type": {"type": "array", "items": "int", "order": "ignore", "aliases": ["x"]}}, {"name": "c", "type": {"type": "map", "values": {"type": "int", "order": "IGNORE"}}}, {"name": "d", "type": ["null", {"type": "string", "default": "x"}]}, {"name": "e", "type": {"type": "record", "name": "E", "fields": [], "default": {}}}, {"name": "f", "type": {"type": "fixed", "name": "F", "size": 1, "default": "x"}}"#,
        finds: &["n.M.a", "n.M.b", "n.M.b", "n.M.c", "n.M.d", "n.E", "n.F"],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "misspelt too, and in a union of several types",
        text: r#"{"name": "a", "type": {"type": "int", "alias": ["x"]}}, {"name": "b", "type": ["null", "int", {"type": "string", "defualt": "x"}]}"#,
        finds: &["n.M.a", "n.M.b"],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "in IDL before the type of a field",
        text: r#"protocol P { record R { @alias(["x"]) int a; @order("ignore") array<int> b; @default(0) int c; } }"#,
        finds: &["R.a", "R.b", "R.c"],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "in IDL between the type of a field and its name",
        text: r#"protocol P { record R { int @aliases(["x"]) a; array<int> @order("ignore") b; int c = 0; } }"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "in the parameters of a message",
        text: r#"{"protocol": "n.P", "messages": {"a": {"request": [{"name": "n", "type": {"type": "int", "default": 0}}], "response": "null"}}}"#,
        finds: &["n.P.a.n"],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "where they belong: on fields, on an enum, and on named types",
        text: r#"{"name": "a", "type": "int", "default": 0, "aliases": ["x"], "order": "ignore"}, {"name": "b", "type": {"type": "enum", "name": "E", "symbols": ["X"], "default": "X", "aliases": ["Y"]}}, {"name": "c", "type": {"type": "fixed", "name": "F", "size": 1, "aliases": ["G"]}}"#,
        finds: &[],
    },
    Case {
        lint: "attribute_misplaced",
        claim: "the field has its own, or it is a property of another sort",
        text: r#"{"name": "a", "type": {"type": "int", "default": 0}, "default": 1}, {"name": "b", "type": {"type": "int", "aliases": ["x"]}, "aliases": ["y"]}, {"name": "c", "type": {"type": "int", "order": 7, "aliases": "x"}}, {"name": "d", "type": ["int", "null", {"type": "string", "default": "x"}], "default": 1}, {"name": "e", "type": {"type": "int", "order": "descending"}, "order": "ignore"}, {"name": "f", "type": {"type": "string", "alias": "z"}}"#,
        finds: &[],
    },
    Case {
        lint: "default_of_later_branch",
        claim: "null behind, null in front, and among several",
        text: r#"{"name": "a", "type": ["int", "null"], "default": null}, {"name": "b", "type": ["null", "int"], "default": 1}, {"name": "c", "type": ["int", "string", "null"], "default": "x"}, {"name": "d", "type": [{"type": "enum", "name": "E", "symbols": ["X"], "default": "X"}, "null"], "default": null}"#,
        finds: &["n.M.a", "n.M.b", "n.M.c", "n.M.d"],
    },
    Case {
        lint: "default_of_later_branch",
        claim: "the first branch",
        text: r#"{"name": "a", "type": ["int", "null"], "default": 1}, {"name": "b", "type": ["null", "int"], "default": null}, {"name": "c", "type": [{"type": "record", "name": "R", "fields": []}, "null"], "default": {}}, {"name": "d", "type": [{"type": "enum", "name": "E", "symbols": ["X"], "default": "X"}, "null"], "default": "X"}"#,
        finds: &[],
    },
    Case {
        lint: "default_of_later_branch",
        claim: "no default, and no union",
        text: r#"{"name": "a", "type": ["int", "null"]}, {"name": "b", "type": "int", "default": 0}, {"name": "c", "type": [{"type": "fixed", "name": "F", "size": 1}, "string", "bytes"], "default": "x"}, {"name": "d", "type": ["double", "int"], "default": 1}"#,
        finds: &[],
    },
    Case {
        lint: "enum_without_default",
        claim: "an enum inside of a record counts, one with a default does not",
        text: r#"{"name": "a", "type": {"type": "enum", "name": "A", "symbols": ["X"]}}, {"name": "b", "type": {"type": "enum", "name": "B", "symbols": ["X"], "default": "X"}}"#,
        finds: &["n.A"],
    },
    Case {
        lint: "enum_without_default",
        claim: "the default of a field is another thing",
        text: r#"{"name": "a", "type": {"type": "enum", "name": "A", "symbols": ["X"]}, "default": "X"}"#,
        finds: &["n.A"],
    },
    Case {
        lint: "enum_without_default",
        claim: "an enum with a default",
        text: r#"{"type": "enum", "name": "n.E", "symbols": ["X", "Y"], "default": "Y"}"#,
        finds: &[],
    },
    Case {
        lint: "enum_without_default",
        claim: "a fixed has no symbols",
        text: r#"{"type": "fixed", "name": "n.F", "size": 4}"#,
        finds: &[],
    },
    Case {
        lint: "field_without_default",
        claim: "only fields without a default",
        text: r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int", "default": 0}"#,
        finds: &["n.M.a"],
    },
    Case {
        lint: "field_without_default",
        claim: "a union without null may need one too",
        text: r#"{"name": "a", "type": ["int", "string"]}"#,
        finds: &["n.M.a"],
    },
    Case {
        lint: "field_without_default",
        claim: "a nullable one is said by its own lint",
        text: r#"{"name": "a", "type": ["null", "int"]}"#,
        finds: &[],
    },
    Case {
        lint: "field_without_default",
        claim: "null is a default",
        text: r#"{"name": "a", "type": ["null", "int"], "default": null}"#,
        finds: &[],
    },
    Case {
        lint: "nullable_without_default",
        claim: "null first, last, and among several",
        text: r#"{"name": "a", "type": ["null", "int"]}, {"name": "b", "type": ["int", "null"]}, {"name": "c", "type": ["int", "null", "string"]}"#,
        finds: &["n.M.a", "n.M.b", "n.M.c"],
    },
    Case {
        lint: "nullable_without_default",
        claim: "any default will do",
        text: r#"{"name": "a", "type": ["null", "int"], "default": null}, {"name": "b", "type": ["int", "null"], "default": 7}"#,
        finds: &[],
    },
    Case {
        lint: "nullable_without_default",
        claim: "null alone, and null in a list, are no nullable fields",
        text: r#"{"name": "a", "type": "null"}, {"name": "b", "type": {"type": "array", "items": ["null", "int"]}}"#,
        finds: &[],
    },
    Case {
        lint: "logical_type_ignored",
        claim: "on another type, beside the type, with a scale beyond the precision, on a record",
        text: r#"{"name": "a", "type": {"type": "string", "logicalType": "date"}}, {"name": "b", "type": "long", "logicalType": "timestamp-millis"}, {"name": "c", "type": {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}}, {"name": "d", "type": {"type": "record", "name": "D", "logicalType": "uuid", "fields": []}}"#,
        finds: &["n.M.a", "n.M.b", "n.M.c", "n.D"],
    },
    Case {
        lint: "logical_type_ignored",
        claim: "in a list, a union, and of a fixed of another size",
        text: r#"{"name": "a", "type": {"type": "array", "items": {"type": "int", "logicalType": "uuid"}}}, {"name": "b", "type": ["null", {"type": "int", "logicalType": "time-micros"}]}, {"name": "c", "type": {"type": "fixed", "name": "F", "size": 8, "logicalType": "duration"}}"#,
        finds: &["n.M.a", "n.M.b", "n.F"],
    },
    Case {
        lint: "logical_type_ignored",
        claim: "a logical type that nobody knows may be known to somebody",
        text: r#"{"name": "a", "type": {"type": "string", "logicalType": "currency"}}, {"name": "b", "type": "string", "logicalType": "currency"}"#,
        finds: &[],
    },
    Case {
        lint: "logical_type_ignored",
        claim: "those that fit",
        text: r#"{"name": "a", "type": {"type": "int", "logicalType": "date"}}, {"name": "b", "type": {"type": "bytes", "logicalType": "decimal", "precision": 3, "scale": 3}}, {"name": "c", "type": {"type": "fixed", "name": "F", "size": 12, "logicalType": "duration"}}"#,
        finds: &[],
    },
    Case {
        lint: "name_without_namespace",
        claim: "once for a file, with those inside",
        text: r#"{"type": "record", "name": "M", "fields": [{"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["X"]}}]}"#,
        finds: &["M"],
    },
    Case {
        lint: "name_without_namespace",
        claim: "a namespace of its own, taken over by what is inside",
        text: r#"{"type": "record", "name": "M", "namespace": "n", "fields": [{"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["X"]}}]}"#,
        finds: &[],
    },
    Case {
        lint: "name_without_namespace",
        claim: "a full name is a namespace, and a type without a name needs none",
        text: r#"["null", "string", {"type": "fixed", "name": "n.F", "size": 4}]"#,
        finds: &[],
    },
    Case {
        lint: "names_differ_in_case",
        claim: "the second one is named",
        text: r#"{"name": "userId", "type": "int"}, {"name": "other", "type": "int"}, {"name": "USERID", "type": "int"}"#,
        finds: &["n.M.USERID"],
    },
    Case {
        lint: "names_differ_in_case",
        claim: "an underscore more is another column",
        text: r#"{"name": "userId", "type": "int"}, {"name": "user_id", "type": "int"}"#,
        finds: &[],
    },
    Case {
        lint: "names_differ_in_case",
        claim: "fields of different records",
        text: r#"{"name": "id", "type": "int"}, {"name": "m", "type": {"type": "record", "name": "N", "fields": [{"name": "ID", "type": "int"}]}}"#,
        finds: &[],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "an int or a long behind a float, a long behind a double; in a field, in a union in it, and by itself",
        text: r#"{"name": "a", "type": ["null", "float", "int", {"type": "array", "items": ["double", "string", "long"]}]}"#,
        finds: &["n.M.a", "n.M.a"],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "a file that is a union has no name",
        text: r#"["null", "float", "long"]"#,
        finds: &[""],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "what loses nothing: an int behind a double or a long, a float behind a double",
        text: r#"["double", "int", {"type": "array", "items": ["long", "int", "double", "float"]}]"#,
        finds: &[],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "whole numbers first",
        text: r#"["int", "long", "float", "double"]"#,
        finds: &[],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "bytes behind a string, a string behind bytes; in front of either, other types",
        text: r#"{"name": "a", "type": ["null", "string", "bytes"]}, {"name": "b", "type": ["int", {"type": "bytes", "logicalType": "decimal", "precision": 2}, "string"]}"#,
        finds: &["n.M.a", "n.M.b"],
    },
    Case {
        lint: "union_branch_shadowed",
        claim: "a fixed and an enum are no bytes and no text",
        text: r#"{"name": "a", "type": [{"type": "fixed", "name": "F", "size": 2}, "string", {"type": "enum", "name": "E", "symbols": ["X"], "default": "X"}]}"#,
        finds: &[],
    },
    Case {
        lint: "union_namesakes",
        claim: "records, enums, and fixed of one size; a third one too",
        text: r#"{"name": "a", "type": [{"type": "record", "name": "x.A", "fields": []}, {"type": "record", "name": "y.A", "fields": []}, {"type": "record", "name": "z.A", "fields": []}]}, {"name": "b", "type": ["null", {"type": "enum", "name": "x.E", "symbols": ["S"]}, {"type": "enum", "name": "y.E", "symbols": ["S"]}]}, {"name": "c", "type": {"type": "array", "items": [{"type": "fixed", "name": "x.F", "size": 1}, {"type": "fixed", "name": "y.F", "size": 1}]}}"#,
        finds: &["n.M.a", "n.M.a", "n.M.b", "n.M.c"],
    },
    Case {
        lint: "union_namesakes",
        claim: "types of different sorts, and fixed of different sizes, do not match",
        text: r#"{"name": "a", "type": [{"type": "record", "name": "x.A", "fields": []}, {"type": "enum", "name": "y.A", "symbols": ["S"]}, {"type": "fixed", "name": "z.A", "size": 1}, {"type": "fixed", "name": "u.A", "size": 2}]}"#,
        finds: &[],
    },
    Case {
        lint: "union_namesakes",
        claim: "one name in different unions, and as an alias",
        text: r#"{"name": "a", "type": ["null", {"type": "record", "name": "x.A", "fields": []}]}, {"name": "b", "type": ["null", {"type": "record", "name": "y.A", "aliases": ["z.B"], "fields": []}, {"type": "record", "name": "u.B", "fields": []}]}"#,
        finds: &[],
    },
];

#[test]
fn an_alias_that_is_a_name_is_refused_and_one_of_two_fields_fills_one() {
    let of = |fields: &str| {
        let text = format!(r#"{{"type": "record", "name": "n.M", "fields": [{fields}]}}"#);
        let mut found = linted(Format::Avro, &text);
        found.retain(|found| found.rule.id == "lint/avro/field_alias_taken");
        assert!(found.iter().all(|found| found.severity == Some(Severity::Warning)));
        found.iter().flat_map(|found| &found.claims).map(|claim| claim.effect).collect::<Vec<_>>()
    };
    let name = r#"{"name": "a", "type": "int", "aliases": ["b"]}, {"name": "b", "type": "int"}"#;
    assert_eq!(of(name), [Effect::Error, Effect::Error]);
    let alias = r#"{"name": "a", "type": "int", "aliases": ["c"]}, {"name": "b", "type": "int", "aliases": ["c"]}"#;
    assert_eq!(of(alias), [Effect::Dropped]);
}

#[test]
fn what_is_misspelt_says_what_may_be_meant_and_what_comes_of_it() {
    let of = |field: &str| {
        let text = format!(r#"{{"type": "record", "name": "n.M", "fields": [{field}]}}"#);
        let found = linted(Format::Avro, &text).into_iter().filter(|found| !found.rule.opt_in);
        let said = found.map(|found| (found.help.expect("lints help"), found.claims[0].effect));
        said.collect::<Vec<_>>()
    };
    let meant = |text: &str, effect| vec![(text.to_owned(), effect)];
    assert_eq!(of(r#"{"name": "a", "type": "int", "Default": 0}"#), meant("did you mean `default`?", Effect::Error));
    let scale = r#"{"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "precision": 5, "scal": 2}, "default": ""}"#;
    assert_eq!(of(scale), meant("did you mean `scale`?", Effect::Reinterpreted));
    let precision =
        r#"{"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "presicion": 5}, "default": ""}"#;
    assert_eq!(of(precision), meant("did you mean `precision` by `presicion`?", Effect::Meaning));
}
