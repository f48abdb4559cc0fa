//! Hostile texts: cut short, garbled, nested without end. Nothing may panic, overflow the stack or flood the user.

use canread_avro::schema::{ERRORS_MAX, LinkOptions, canonical_form, print, read};
use canread_syntax::Sources;

use crate::help::{one, read_with};

const RICH: [&str; 2] = [include_str!("rich/order.avsc"), include_str!("rich/shop.avpr")];

/// Reads and prints texts on a small stack; gives the number of errors and how often a text was not understood.
fn survive(texts: &[Vec<u8>]) -> usize {
    let mut sources = Sources::default();
    let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.avsc")).collect();
    let files: Vec<_> = names
        .iter()
        .zip(texts)
        .map(|(name, text)| (name.as_str(), sources.add(name.as_str(), "", text.clone())))
        .collect();
    std::thread::scope(|scope| {
        let run = || {
            let linked = read(&files, &sources, &LinkOptions::default().with_docs(true));
            for label in linked.diagnostics.iter().flat_map(|one| &one.labels) {
                assert!(sources.file(label.span.file).text().get(label.span.range()).is_some(), "{label:?}");
            }
            for (module, _) in linked.schema.modules() {
                _ = print::module(&linked.schema, module);
                _ = print::root(&linked.schema, module).map(|root| canonical_form(&linked.schema, root));
            }
            linked.diagnostics.iter().filter(|one| one.is_error()).count()
        };
        let thread = std::thread::Builder::new().stack_size(canread_testing::small_stack_bytes());
        thread.spawn_scoped(scope, run).expect("threads can be made").join().expect("no panic")
    })
}

fn survive_one(text: impl Into<Vec<u8>>) -> usize {
    survive(&[text.into()])
}

#[test]
fn a_rich_text_may_end_anywhere() {
    for text in RICH {
        assert_eq!(survive_one(text), 0);
        for end in 0..text.trim_end().len() {
            // What is cut inside a character is no UTF-8, which the sources say themselves.
            let errors = survive_one(&text.as_bytes()[..end]);
            assert!(errors <= 3, "{errors} errors for one cause, cut at {end}");
            assert!(errors > 0 || !text.is_char_boundary(end), "cut at {end}");
        }
    }
}

/// A small generator of numbers that look random (xorshift), the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).expect("usize has at most 64 bits")).expect("below a usize")
    }
}

/// Exchanges whole words and values, so that most texts stay JSON and reach the linker.
#[test]
fn garbled_texts_never_panic() {
    const PIECES: [&str; 28] = [
        "\"record\"",
        "\"error\"",
        "\"enum\"",
        "\"fixed\"",
        "\"array\"",
        "\"map\"",
        "\"null\"",
        "\"int\"",
        "\"string\"",
        "\"Order\"",
        "\"shop.Order\"",
        "\"\"",
        "\"default\"",
        "\"items\"",
        "\"name\"",
        "\"type\"",
        "\"namespace\"",
        "\"decimal\"",
        "\"uuid\"",
        "null",
        "true",
        "-1",
        "1e999",
        "[]",
        "{}",
        "[\"null\"]",
        "\"\\u0000\"",
        "99999999999999999999",
    ];
    let rounds = if canread_testing::long() { 200_000 } else { 2_000 };
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let tokens: Vec<Vec<&str>> = RICH.iter().map(|text| tokens(text)).collect();
    for round in 0..rounds {
        let mut tokens = tokens[round % tokens.len()].clone();
        for _ in 0..=numbers.below(6) {
            let at = numbers.below(tokens.len());
            if tokens[at].starts_with(['"', '0', '1', '2', '3', '4', 't', 'n']) {
                tokens[at] = PIECES[numbers.below(PIECES.len())];
            }
        }
        let text = tokens.concat();
        survive_one(text.as_str());
        comes_back(&text);
    }
}

/// What is read without error is printed, and read again as the same.
fn comes_back(text: &str) {
    let files = one(text);
    if !files.errors().is_empty() {
        return;
    }
    let schema = &files.linked.schema;
    let (module, _) = schema.modules().next().expect("there is one file");
    let printed = print::module(schema, module);
    let again = one(&printed);
    assert_eq!(again.errors(), [""; 0], "{text}\n{printed}");
    assert_eq!(again.linked.schema.canonical(), schema.canonical(), "{text}\n{printed}");
}

/// Strings, runs of white space, and everything between them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            'a'..='z' | '0'..='9' | '-' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len())
            }
            first => first.len_utf8(),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

#[test]
fn bytes_that_are_no_text_are_told_and_not_read() {
    assert_eq!(survive_one(b"\xef\xbb\xbf\"int\"".as_slice()), 0, "a byte order mark is no part of the text");
    for bytes in [&b"\"\xff\""[..], b"\xff\xfe\"\0i\0n\0t\0\"\0", b"\0", b"", b"\xef\xbb\xbf", b"\"int\"\xc3"] {
        survive_one(bytes);
    }
}

#[test]
fn what_nests_too_deep_is_an_error_and_what_nests_deep_is_not() {
    let array = |depth: usize| format!("{}\"int\"{}", r#"{"type":"array","items":"#.repeat(depth), "}".repeat(depth));
    let record = |depth: usize| {
        let open = |at: usize| format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":"#);
        let open = (0..depth).map(open).collect::<Vec<_>>().concat();
        format!("{open}\"int\"{}", "}]}".repeat(depth))
    };
    assert_eq!(survive_one(array(99)), 0);
    assert_eq!(survive_one(array(100)), 1);
    assert_eq!(survive_one(record(80)), 0);
    for text in [
        array(100_000),
        record(100_000),
        "[".repeat(100_000),
        r#"{"type":"#.repeat(100_000),
        format!("{{\"type\":\"int\",\"x\":{}", "[".repeat(250)),
    ] {
        assert!(survive_one(text) > 0);
    }
    let unions = format!("{}\"int\"{}", "[".repeat(120), "]".repeat(120));
    assert!(survive_one(unions) > 0);
}

/// A chain of named types is as long as it is: each stands beside the others.
#[test]
fn a_chain_of_names_has_no_end() {
    let link =
        |at: usize| format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":"R{}"}}]}}"#, at + 1);
    let links: Vec<String> = (0..20_000).map(link).collect();
    let end = r#"{"type":"record","name":"R20000","fields":[]}"#;
    assert_eq!(survive_one(format!("[{},{end}]", links.join(","))), 0);
    assert_eq!(
        survive_one(format!("[{},{}]", links.join(","), end.replace("[]", r#"[{"name":"f","type":"R0"}]"#))),
        1,
        "a ring is one error"
    );
}

/// Nothing is timed here: at this size a step that grows with the square of the input takes minutes.
#[test]
fn large_texts_take_no_longer_than_they_are() {
    let list = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<Vec<_>>().join(",");
    let fields = |piece: &dyn Fn(usize) -> String| {
        format!(r#"{{"type":"record","name":"R","fields":[{}]}}"#, list(20_000, piece))
    };
    let texts = [
        fields(&|at| format!(r#"{{"name":"f{at}","type":"int"}}"#)),
        fields(&|_| r#"{"name":"f","type":"int","aliases":["a","b"]}"#.to_owned()),
        fields(&|at| format!(r#"{{"name":"f{at}","type":"X{at}","default":{at}}}"#)),
        fields(&|at| {
            format!(r#"{{"name":"f{at}","type":{{"type":"fixed","name":"F{at}","size":1,"aliases":["A"]}}}}"#)
        }),
        fields(&|_| r#"{"name":"f","type":{"type":"fixed","name":"F","size":1}}"#.to_owned()),
        format!(r#"{{"type":"enum","name":"E","symbols":[{}]}}"#, list(50_000, &|at| format!("\"S{at}\""))),
        format!(r#"{{"type":"enum","name":"E","symbols":[{}]}}"#, list(50_000, &|_| "\"S\"".to_owned())),
        format!("[{}]", list(50_000, &|_| "\"int\"".to_owned())),
        format!(r#"{{"type":"int",{}}}"#, list(50_000, &|_| "\"x\":1".to_owned())),
        format!(
            r#"{{"protocol":"P","messages":{{{}}}}}"#,
            list(20_000, &|_| r#""m":{"request":[],"response":"null"}"#.to_owned())
        ),
        format!(
            r#"{{"type":"record","name":"R","aliases":[{}],"fields":[]}}"#,
            list(50_000, &|at| format!("\"S{}\"", at % 100))
        ),
    ];
    for text in texts {
        // The reader of JSON, the parser and the linker each stop telling at their bound.
        let errors = survive_one(text);
        assert!(errors <= 3 * ERRORS_MAX, "{errors} errors");
    }
}

/// What a default refers to may be large, and many defaults may refer to it.
#[test]
fn many_defaults_of_large_types_take_no_longer_than_they_are() {
    let list = |piece: &dyn Fn(usize) -> String| (0..20_000).map(piece).collect::<Vec<_>>().join(",");
    let symbols = list(&|at| format!("\"S{at}\""));
    let large_enum = format!(r#"{{"type":"enum","name":"L","symbols":[{symbols}]}}"#);
    let large = |default: &str| {
        let fields = list(&|at| format!(r#"{{"name":"f{at}","type":"int"{default}}}"#));
        format!(r#"{{"type":"record","name":"L","fields":[{fields}]}}"#)
    };
    let users = |value: &str| {
        let fields = list(&|at| format!(r#"{{"name":"f{at}","type":"L","default":{value}}}"#));
        format!(r#"{{"type":"record","name":"U","fields":[{fields}]}}"#)
    };
    assert_eq!(survive_one(format!("[{large_enum},{}]", users("\"S19999\""))), 0);
    assert_eq!(survive_one(format!("[{},{}]", large(",\"default\":0"), users("{}"))), 0);
    assert!(survive_one(format!("[{},{}]", large(""), users("{\"f0\":1}"))) > 0);
}

/// Each branch of a union is tried, and unions inside each other multiply the tries.
#[test]
fn a_default_that_asks_for_too_many_tries_is_an_error() {
    let record = |name: &str| {
        format!(
            r#"{{"type":"record","name":"{name}","fields":[{{"name":"u","type":["null","R","S"],"default":null}}]}}"#
        )
    };
    let value = format!("{}1{}", r#"{"u":"#.repeat(60), "}".repeat(60));
    let root = format!(
        r#"[{},{},{{"type":"record","name":"T","fields":[{{"name":"d","type":["R","S"],"default":{value}}}]}}]"#,
        record("R"),
        record("S")
    );
    assert_eq!(survive_one(root), 1);
}

#[test]
fn many_files_of_one_name_are_told_within_bounds() {
    let mut texts: Vec<Vec<u8>> =
        (0..2_000).map(|size| format!(r#"{{"type":"fixed","name":"F","size":{size}}}"#).into_bytes()).collect();
    assert_eq!(survive(&texts), 0, "they have nothing to do with each other");
    // Any of them could be meant.
    for at in 0..200 {
        let text = format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":"F"}}]}}"#);
        texts.push(text.into_bytes());
    }
    assert_eq!(survive(&texts), 200);
}

#[test]
fn many_files_of_one_name_that_one_file_needs_are_told_once() {
    let mut texts: Vec<Vec<u8>> = Vec::new();
    for at in 0..2_000 {
        let fixed = format!(r#"{{"type":"fixed","name":"F","size":{at}}}"#);
        texts.push(format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":{fixed}}}]}}"#).into());
    }
    let all: Vec<String> = (0..2_000).map(|at| format!(r#"{{"name":"r{at}","type":"R{at}"}}"#)).collect();
    texts.push(format!(r#"{{"type":"record","name":"All","fields":[{}]}}"#, all.join(",")).into());
    assert_eq!(survive(&texts), 1);
}

/// Files of two directories declare the same chain of types, and files of a third one name each of them: both could be
/// meant. Nothing is timed here: to follow the rest of the chain for each name takes minutes.
#[test]
fn many_names_that_mean_the_same_in_two_places_take_no_longer_than_they_are() {
    const COUNT: usize = 5_000;
    let chain = |end: usize| {
        let link =
            |at: usize| format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":"R{}"}}]}}"#, at + 1);
        let links: Vec<String> = (0..COUNT).map(link).collect();
        format!(r#"[{},{{"type":"fixed","name":"R{COUNT}","size":{end}}}]"#, links.join(","))
    };
    let uses: Vec<String> = (0..COUNT).map(|at| format!(r#"{{"name":"f{at}","type":"R{at}"}}"#)).collect();
    let uses = format!(r#"{{"type":"record","name":"Uses","fields":[{}]}}"#, uses.join(","));
    let errors = |second: usize| {
        let files = [("a/r.avsc", chain(1)), ("b/r.avsc", chain(second)), ("c/uses.avsc", uses.clone())];
        let files = files.map(|(name, text)| (name, text.into_bytes()));
        read_with(files, &LinkOptions::default()).errors().len()
    };
    assert_eq!(errors(1), 0);
}
