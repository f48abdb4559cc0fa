//! Broken and hostile files: no panic, no stack overflow, and no step that grows faster than the input.

use std::fmt::Write as _;

use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::Sources;

/// Links on a thread with a small stack.
fn link_on_small_stack(files: &[(String, String)]) -> Linked {
    let mut sources = Sources::default();
    let ids: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), sources.add(name.as_str(), "", text.clone().into_bytes())))
        .collect();
    std::thread::scope(|scope| {
        let link = || {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(canread_testing::small_stack_bytes()).build();
            pool.expect("threads can be made").install(|| read(&ids, &sources, &LinkOptions::default()))
        };
        std::thread::Builder::new()
            .stack_size(canread_testing::small_stack_bytes())
            .spawn_scoped(scope, link)
            .expect("threads can be made")
            .join()
            .expect("no panic")
    })
}

fn one(text: String) -> Vec<(String, String)> {
    vec![("a.proto".to_owned(), text)]
}

/// A text that grows with a number.
type Family = fn(usize) -> Vec<(String, String)>;

fn repeat(count: usize, before: &str, piece: impl Fn(usize) -> String, after: &str) -> Vec<(String, String)> {
    let mut text = before.to_owned();
    for at in 0..count {
        text.push_str(&piece(at));
    }
    text.push_str(after);
    one(text)
}

const OPTIONS: &str = "syntax = \"proto2\"; import \"google/protobuf/descriptor.proto\"; \
                       message O { optional O o = 1; repeated int32 r = 2; extensions 5 to max; } \
                       extend google.protobuf.FileOptions { optional O o = 50000; repeated O ro = 50001; } ";

const FAMILIES: [(&str, Family); 16] = [
    ("fields", |count| {
        repeat(count, "syntax = \"proto3\"; message M {", |at| format!("int32 f{at} = {};", at + 20_000), "}")
    }),
    ("fields of one name and number", |count| repeat(count, "message M {", |_| "optional int32 f = 1;".into(), "}")),
    ("fields that differ in case", |count| {
        repeat(
            count,
            "syntax = \"proto3\"; message M {",
            |at| format!("int32 a_b{at} = {0}; int32 aB{at} = {0};", at + 20_000),
            "}",
        )
    }),
    ("unknown types", |count| repeat(count, "message M {", |at| format!("optional X{at}.Y f{at} = {};", at + 1), "}")),
    ("enum values", |count| repeat(count, "enum E {", |at| format!("A_{at} = {at};"), "}")),
    ("enum values of one number", |count| {
        repeat(count, "enum E { option allow_alias = true;", |at| format!("A{at} = 0;"), "}")
    }),
    ("reserved ranges", |count| {
        repeat(count, "message M {", |at| format!("reserved {0} to {0}, 1 to max;", at + 1), "}")
    }),
    ("reserved names", |count| repeat(count, "message M { reserved ", |at| format!("\"n{at}\", "), "\"x\"; }")),
    ("extension ranges and extensions", |count| {
        let mut files = repeat(count, "message M {", |at| format!("extensions {};", at + 1), "} extend M {");
        for at in 0..count {
            write!(files[0].1, "optional int32 x{at} = {};", at + 1).expect("text can be written");
        }
        files[0].1.push('}');
        files
    }),
    ("options set twice", |count| repeat(count, "", |_| "option deprecated = true;".into(), "")),
    ("values of one option", |count| repeat(count, OPTIONS, |at| format!("option (ro) = {{ r: {at} }};"), "")),
    ("entries of one literal", |count| {
        repeat(count, &format!("{OPTIONS} option (o) = {{"), |at| format!("r: {at} "), "};")
    }),
    ("defaults of a large enum", |count| {
        let mut files = repeat(count, "enum E {", |at| format!("A{at} = {at};"), "} message M {");
        for at in 0..count {
            write!(files[0].1, "optional E f{at} = {} [default = A{at}];", at + 20_000).expect("text can be written");
        }
        files[0].1.push('}');
        files
    }),
    ("one name in many files", |count| {
        (0..count / 20).map(|at| (format!("f{at}.proto"), "message M { optional int32 a = 1; }".to_owned())).collect()
    }),
    ("public imports in a row", |count| {
        let file =
            |at: usize| (format!("f{at}.proto"), format!("import public \"f{}.proto\"; message M{at} {{}}", at + 1));
        (0..count / 100).map(file).chain([(format!("f{}.proto", count / 100), String::new())]).collect()
    }),
    ("an import cycle", |count| {
        let files = count / 100;
        (0..files).map(|at| (format!("f{at}.proto"), format!("import \"f{}.proto\";", (at + 1) % files))).collect()
    }),
];

/// Nothing is timed here: at this size a step that grows with the square of the input takes minutes.
#[test]
fn files_of_fifty_thousand_pieces_link() {
    for (name, family) in FAMILIES {
        let linked = link_on_small_stack(&family(50_000));
        assert!(linked.schema.modules().len() > 0, "{name}: the file is a module, whatever is wrong in it");
    }
}

#[test]
fn a_hundred_thousand_fields_link() {
    let linked = link_on_small_stack(&FAMILIES[0].1(100_000));
    assert_eq!(linked.diagnostics, []);
}

#[test]
fn a_hundred_thousand_files_that_import_each_the_next_link() {
    const FILES: usize = 100_000;
    let file =
        |at: usize, next: usize| (format!("f{at}.proto"), format!("import \"f{next}.proto\"; message M{at} {{}}"));
    let mut chain: Vec<_> = (0..FILES).map(|at| file(at, at + 1)).collect();
    chain.push((format!("f{FILES}.proto"), String::new()));
    assert!(link_on_small_stack(&chain).diagnostics.iter().all(|diagnostic| !diagnostic.is_error()));
    let circle: Vec<_> = (0..FILES).map(|at| file(at, (at + 1) % FILES)).collect();
    let errors = link_on_small_stack(&circle).diagnostics;
    let [cycle] = errors.as_slice() else { panic!("{} errors for one cycle", errors.len()) };
    assert!(cycle.message.ends_with("f18.proto → f19.proto → 99980 more → f0.proto"), "{}", cycle.message.len());
}

#[test]
fn what_nests_as_deep_as_the_parser_allows_links() {
    let literal = format!("{OPTIONS} option (o) = {}{};", "{ o ".repeat(120), "}".repeat(120));
    let literal = literal.replacen("{ o }", "{}", 1);
    let messages = "message M { ".repeat(100_000) + &"}".repeat(100_000);
    let groups =
        "syntax = \"proto2\"; ".to_owned() + &"message M { ".repeat(30) + "optional group G = 1 {" + &"}".repeat(31);
    let path = format!("{OPTIONS} option (o){} = {{}};", ".o".repeat(50_000));
    let scopes = format!("message M {{ optional {}X x = 1; }}", "M.".repeat(50_000));
    for text in [literal, messages, groups, path, scopes] {
        link_on_small_stack(&one(text));
    }
}

#[test]
fn broken_files_are_told_and_never_panic() {
    let texts = [
        "",
        "\u{feff}",
        "message",
        "message M { M.M.M.M m = 1; }",
        "package a.a.a; message a { a.a a = 1; }",
        "extend X { optional int32 a = 1; }",
        "extend M { optional group G = 1 { extend M { optional G g = 1; } } } message M {}",
        "option (a) = { [b.c/d]: 1 }; option a.b.c = 1; option (.) = 1;",
        "import \"a.proto\"; import \"\"; import \"\\0\";",
        "enum E {} enum E {} message M { optional E e = 1 [default = X]; }",
        "message M { oneof o {} oneof o {} extensions max to 1; reserved max; }",
        "message M { map<M, map> m = 1; map<string, string> m = 1; } ",
        "message google {} package google.protobuf; option java_package = \"\";",
        "edition = \"2023\"; option features = { field_presence: 7 }; option features.enum_type.x = 1;",
        "syntax = \"proto2\"; message M { option message_set_wire_format = true; extensions 1 to max; } extend M { optional M m = 0; }",
    ];
    for text in texts {
        link_on_small_stack(&one(text.to_owned()));
    }
}

#[test]
fn a_descriptor_proto_of_its_own_kind_does_no_harm() {
    let name = "google/protobuf/descriptor.proto".to_owned();
    for text in
        ["", "package google.protobuf;", "package google.protobuf; message FileOptions {} enum FieldOptions { A = 0; }"]
    {
        let user = "syntax = \"proto2\"; import \"google/protobuf/descriptor.proto\"; option java_package = \"x\"; \
                    message M { optional int32 a = 1 [deprecated = true]; }";
        link_on_small_stack(&[(name.clone(), text.to_owned()), ("a.proto".to_owned(), user.to_owned())]);
    }
}
