//! What each construct means, as the JSON that stands for it.

use crate::help::{json_of, read, sources};

/// A file, and the JSON of it, which is compared without white space.
type Case = (&'static str, &'static str);

fn check(cases: &[Case]) {
    for (text, expected) in cases {
        let sources = sources(&[("case.avdl", text)]);
        assert_eq!(squeezed(&json_of(&read(&sources))), squeezed(expected), "\nin: {text}\n");
    }
}

/// Without line ends and blanks, but for those in strings.
fn squeezed(json: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    json.chars()
        .filter(|&c| {
            in_string ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            in_string || !c.is_whitespace()
        })
        .collect()
}

/// The JSON of a type, given as the main schema.
fn check_types(cases: &[Case]) {
    for (ty, expected) in cases {
        let text = format!("schema {ty};");
        let sources = sources(&[("case.avdl", &text)]);
        assert_eq!(squeezed(&json_of(&read(&sources))), squeezed(expected), "\nin: {text}\n");
    }
}

/// The JSON of a declaration in a record: the first field.
fn check_fields(cases: &[Case]) {
    for (field, expected) in cases {
        let text = format!("schema R; record R {{ {field} }}");
        let sources = sources(&[("case.avdl", &text)]);
        let expected = format!(r#"{{"type":"record","name":"R","fields":[{}]}}"#, squeezed(expected));
        assert_eq!(squeezed(&json_of(&read(&sources))), expected, "\nin: {text}\n");
    }
}

#[test]
fn the_minimal_files_of_the_specification_mean_what_it_says() {
    check(&[
        ("schema int;", r#""int""#),
        ("protocol MyProtocol {\n}", r#"{"protocol":"MyProtocol","types":[],"messages":{}}"#),
        (
            "@namespace(\"mynamespace\")\nprotocol MyProtocol {\n}",
            r#"{"protocol":"MyProtocol","namespace":"mynamespace","types":[],"messages":{}}"#,
        ),
        (
            "namespace default.namespace.for.named.schemata;
             schema Message;

             record Message {
                 string? title = null;
                 string message;
             }",
            r#"{"type":"record","name":"Message","namespace":"default.namespace.for.named.schemata","fields":[
                {"name":"title","type":["null","string"],"default":null},{"name":"message","type":"string"}]}"#,
        ),
    ]);
}

#[test]
fn every_type_has_its_json() {
    check_types(&[
        ("null", r#""null""#),
        ("array<map<bytes>>", r#"{"type":"array","items":{"type":"map","values":"bytes"}}"#),
        ("union { null, array<union{int, string}> }", r#"["null",{"type":"array","items":["int","string"]}]"#),
        ("string?", r#"["null","string"]"#),
        ("map<double?>", r#"{"type":"map","values":["null","double"]}"#),
        ("date", r#"{"type":"int","logicalType":"date"}"#),
        ("time_ms", r#"{"type":"int","logicalType":"time-millis"}"#),
        ("timestamp_ms", r#"{"type":"long","logicalType":"timestamp-millis"}"#),
        ("local_timestamp_ms", r#"{"type":"long","logicalType":"local-timestamp-millis"}"#),
        ("uuid", r#"{"type":"string","logicalType":"uuid"}"#),
        ("decimal(9, 2)", r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}"#),
        ("decimal(0x9)", r#"{"type":"bytes","logicalType":"decimal","precision":9,"scale":0}"#),
        ("@logicalType(\"timestamp-micros\") long", r#"{"type":"long","logicalType":"timestamp-micros"}"#),
        ("@a.`b`-c(1) array<@d([]) int>", r#"{"type":"array","items":{"type":"int","d":[]},"a.b-c":1}"#),
        ("@x(true) date?", r#"["null",{"type":"int","logicalType":"date","x":true}]"#),
        ("array", r#""array""#),
        ("map<`int`>", r#"{"type":"map","values":"int"}"#),
    ]);
}

#[test]
fn a_null_goes_where_the_default_wants_it() {
    check_fields(&[
        ("string? a;", r#"{"name":"a","type":["null","string"]}"#),
        ("string? a = null;", r#"{"name":"a","type":["null","string"],"default":null}"#),
        ("string? a = \"x\";", r#"{"name":"a","type":["string","null"],"default":"x"}"#),
        (
            "int? a = 1, b, c = null;",
            r#"{"name":"a","type":["int","null"],"default":1},{"name":"b","type":["null","int"]},
               {"name":"c","type":["null","int"],"default":null}"#,
        ),
        ("array<int?> a = [1];", r#"{"name":"a","type":{"type":"array","items":["null","int"]},"default":[1]}"#),
    ]);
}

#[test]
fn annotations_say_what_their_place_means() {
    check_fields(&[
        (
            "@p(1) string @order(\"Descending\") @aliases([\"b\", \"c\"]) @q({\"k\": [null, true]}) a;",
            r#"{"name":"a","type":{"type":"string","p":1},"order":"descending","aliases":["b","c"],"q":{"k":[null,true]}}"#,
        ),
        ("string @order(\"ascending\") @namespace(\"n\") a;", r#"{"name":"a","type":"string","namespace":"n"}"#),
    ]);
    check(&[(
        "@namespace(\"a.b\") @v(1) protocol P { @namespace(\"c\") @aliases([\"c.Old\", \"d.Old\", \"Older\"]) @w({})
             fixed F(0x10); @aliases([]) enum e.E { A, B } = B; @r(\"x\") void m(F f = \"\\u00ff\") oneway; }",
        r#"{"protocol":"P","namespace":"a.b","v":1,"types":[
                {"type":"fixed","name":"F","namespace":"c","size":16,"w":{},"aliases":["Old","d.Old","Older"]},
                {"type":"enum","name":"E","namespace":"e","symbols":["A","B"],"default":"B"}],
                "messages":{"m":{"r":"x","request":[{"name":"f","type":"F","default":"ÿ"}],"response":"null","one-way":true}}}"#,
    )]);
}

#[test]
fn documentation_stands_before_what_it_belongs_to() {
    check(&[(
        "/** p */ protocol P {
           /** no */ /** r */ @a(1) /** no */ record R {
             /** all */ int a, /** own */ b /** no */;
           }
           /**
            * m
            *  n
            */
           int m(/** x */ int x, int /** y */ y) throws E, e.E;
           error E {}
         }",
        r#"{"protocol":"P","doc":"p","types":[
            {"type":"record","name":"R","doc":"r","fields":[
              {"name":"a","type":"int","doc":"all"},{"name":"b","type":"int","doc":"own"}],"a":1},
            {"type":"error","name":"E","fields":[]}],
            "messages":{"m":{"doc":"m\n n","request":[{"name":"x","type":"int","doc":"x"},{"name":"y","type":"int","doc":"y"}],
              "response":"int","errors":["E","e.E"]}}}"#,
    )]);
}

#[test]
fn every_literal_is_json() {
    check_fields(&[(
        "double a = 1.50, b = .5, c = 1e3f, d = 0x1p3, e = NaN, f = -Infinity, g = 010, h = -0x1fL, i = 7;",
        r#"{"name":"a","type":"double","default":1.50},{"name":"b","type":"double","default":0.5},
           {"name":"c","type":"double","default":1000.0},{"name":"d","type":"double","default":8.0},
           {"name":"e","type":"double","default":"NaN"},{"name":"f","type":"double","default":"-Infinity"},
           {"name":"g","type":"double","default":8},{"name":"h","type":"double","default":-31},
           {"name":"i","type":"double","default":7}"#,
    )]);
}

#[test]
fn a_type_is_declared_where_it_is_used_first() {
    check(&[
        (
            "namespace n; record A { B b; A? a; m.C c; } record B { m.C c; A a; } @namespace(\"m\") enum C { X }",
            r#"[{"type":"record","name":"A","namespace":"n","fields":[
                {"name":"b","type":{"type":"record","name":"B","fields":[
                  {"name":"c","type":{"type":"enum","name":"C","namespace":"m","symbols":["X"]}},{"name":"a","type":"A"}]}},
                {"name":"a","type":["null","A"]},{"name":"c","type":"m.C"}]}]"#,
        ),
        (
            "namespace n; schema R; record R { S s; `T` t; } @namespace(\"\") fixed S(1); @namespace(\"\") record T { S s; }",
            r#"{"type":"record","name":"R","namespace":"n","fields":[
                {"name":"s","type":{"type":"fixed","name":"S","namespace":"","size":1}},
                {"name":"t","type":{"type":"record","name":"T","namespace":"","fields":[{"name":"s","type":"S"}]}}]}"#,
        ),
    ]);
}

#[test]
fn keywords_are_names_where_nothing_else_may_stand() {
    check(&[(
        "protocol protocol { record `record` { int int; `error` error; } error `error` {} void void(); string union(int schema) throws throws; }",
        r#"{"protocol":"protocol","types":[
            {"type":"record","name":"record","fields":[{"name":"int","type":"int"},
              {"name":"error","type":{"type":"error","name":"error","fields":[]}}]}],
            "messages":{"void":{"request":[],"response":"null"},
              "union":{"request":[{"name":"schema","type":"int"}],"response":"string","errors":["throws"]}}}"#,
    )]);
}
