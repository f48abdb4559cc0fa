//! Hostile files: cut short, garbled, nested without end. Nothing may panic, overflow the stack or flood the user.

use canread_protobuf::schema::{ERRORS_MAX, LITERAL_DEPTH_MAX, MESSAGE_DEPTH_MAX, parse, scan_imports};
use canread_syntax::{FileId, Severity};

const RICH: [&str; 2] = [include_str!("rich/proto2.proto"), include_str!("rich/edition2024.proto")];

/// Reads a text in every way there is. Every span must lie in the text, on character boundaries.
fn read(text: &str) -> usize {
    let parsed = parse(FileId(0), text);
    for label in parsed.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
        assert!(text.get(label.span.range()).is_some(), "{label:?} in {text:?}");
    }
    _ = scan_imports(text);
    parsed.diagnostics.len()
}

#[test]
fn a_rich_file_may_end_anywhere() {
    for text in RICH {
        assert_eq!(read(text), 0);
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            let errors = read(&text[..end]);
            assert!(errors <= 2, "{errors} errors for one cause, cut at {end}");
        }
    }
}

#[test]
fn a_rich_file_may_start_anywhere() {
    for text in RICH {
        for start in (0..text.len()).filter(|&start| text.is_char_boundary(start)) {
            read(&text[start..]);
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

#[test]
fn garbled_files_never_panic() {
    const BYTES: &[u8] = b"{}[]()<>;,.=\"'\\/*-+:#01x9aeE_ \n\0\x7f";
    let rounds = if canread_testing::long() { 500_000 } else { 5_000 };
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds {
        let mut bytes = RICH[round % RICH.len()].as_bytes().to_vec();
        for _ in 0..=numbers.below(8) {
            let at = numbers.below(bytes.len());
            let byte = BYTES[numbers.below(BYTES.len())];
            match numbers.below(4) {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => {
                    bytes.remove(at);
                }
                _ => {
                    let from = numbers.below(bytes.len());
                    bytes.swap(at, from);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        read(&text);
    }
}

/// Runs on a stack of 256 KiB.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(canread_testing::small_stack_bytes())
        .spawn(work)
        .expect("a thread can be started")
        .join()
        .expect("the work ends without a panic");
}

#[test]
fn nesting_beyond_the_limit_is_one_error_on_a_small_stack() {
    const LEVELS: usize = 100_000;
    let cases = [
        ("", "message M {", "", "}", ""),
        ("message A {", "optional group G = 1 {", "", "}", "}"),
        ("option o = {", "a {", "", "}", "};"),
        ("option o = {", "a <", "", ">", "};"),
        ("option o = {", "a [{", "", "}]", "};"),
        ("message M { optional int32 a = 1 [o = {", "a: {", "", "}", "}]; }"),
    ];
    for (head, open, middle, close, tail) in cases {
        on_a_small_stack(move || {
            let text = [head, &open.repeat(LEVELS), middle, &close.repeat(LEVELS), tail].concat();
            let parsed = parse(FileId(0), &text);
            let messages: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| &diagnostic.message).collect();
            assert_eq!(messages.len(), 1, "{open}: {messages:?}");
            assert!(messages[0].contains("levels deep"), "{open}: {messages:?}");
            assert!(scan_imports(&text).is_empty());
        });
    }
}

#[test]
fn nesting_up_to_the_limit_is_fine() {
    let messages = |levels: usize| ["message M {".repeat(levels), "}".repeat(levels)].concat();
    assert_eq!(read(&messages(MESSAGE_DEPTH_MAX)), 0);
    assert_eq!(read(&messages(MESSAGE_DEPTH_MAX + 1)), 1);
    let values =
        |levels: usize| ["option o = ", &"{ a ".repeat(levels - 1), "{}", &"}".repeat(levels - 1), ";"].concat();
    assert_eq!(read(&values(LITERAL_DEPTH_MAX)), 0);
    assert_eq!(read(&values(LITERAL_DEPTH_MAX + 1)), 1);
}

#[test]
fn what_opens_without_end_is_read_on_a_small_stack() {
    for open in [
        "message M {",
        "{",
        "[",
        "(",
        "<",
        "map<",
        "option o = {",
        "a: [",
        "enum E {",
        "oneof o {",
        "extend E {",
        "service S {",
        "rpc A(",
        ".",
        "\"",
        "'",
        "/*",
        "//",
        "-",
        "message ",
        "group G = 1 {",
    ] {
        on_a_small_stack(move || {
            read(&open.repeat(100_000));
            read(&[open, "\n"].concat().repeat(100_000));
        });
    }
}

#[test]
fn errors_are_told_up_to_a_limit_with_a_closing_note() {
    let text = "option a;\n".repeat(ERRORS_MAX + 5);
    let parsed = parse(FileId(0), &text);
    assert_eq!(parsed.diagnostics.len(), ERRORS_MAX + 1);
    let last = parsed.diagnostics.last().expect("there are diagnostics");
    assert_eq!((last.severity, &*last.message), (Severity::Note, "5 more errors in this file are not shown"));
}

#[test]
fn long_texts_are_shown_by_their_start() {
    let long = "x".repeat(100_000);
    for text in [
        format!("{long} {{}}"),
        format!("package {long}; package a; syntax = \"{long}\";"),
        format!("syntax = \"{long}\";"),
        format!(
            "message {long} {{ optional {long} {long} = {long}; oneof {long} {{}} reserved {long}; optional group {long} = 1 {{}} }}"
        ),
        format!(
            "option {long}; option a = 1{long}; option b = 0x{}; option c = {{ [.{long}]: 1 }};",
            "f".repeat(100_000)
        ),
        format!("enum {long} {{ A = 1{}; {long}; }} extend {long} {{}}", "0".repeat(100_000)),
        format!("message é{long} {{}}"),
    ] {
        let parsed = parse(FileId(0), &text);
        assert!(!parsed.diagnostics.is_empty());
        for diagnostic in parsed.diagnostics {
            let words = diagnostic.message.len() + diagnostic.help.map_or(0, |help| help.len());
            assert!(words < 400, "{} characters: {}", words, &diagnostic.message[..100]);
        }
    }
}
