//! Hostile files: cut short, garbled, nested without end. Nothing may panic, overflow the stack or flood the user.

use canread_avro::schema::idl::{Found, VALUE_DEPTH_MAX, json_text, load, parse, to_json};
use canread_avro::schema::{ERRORS_MAX, TYPE_DEPTH_MAX};
use canread_syntax::{FileId, Severity, Sources};

use crate::help::said_about;

const RICH: [&str; 2] = [include_str!("rich/protocol.avdl"), include_str!("rich/schema.avdl")];

/// Reads a text in every way there is. Every span must lie in the text, on character boundaries.
fn errors(text: &str) -> usize {
    let root = Found { file: FileId(0), text };
    let loaded = load(root, |_, import| import.path.text.is_empty().then_some(root));
    _ = to_json(&loaded).map(|json| json_text(&json));
    let parsed = parse(FileId(0), text);
    for label in parsed.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
        assert!(text.get(label.span.range()).is_some(), "{label:?} in {text:?}");
    }
    parsed.diagnostics.iter().filter(|one| one.is_error()).count()
}

#[test]
fn a_rich_file_may_end_anywhere() {
    for text in RICH {
        assert_eq!(said_about(text), Vec::<String>::new());
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            let errors = errors(&text[..end]);
            assert!(errors <= 2, "{errors} errors for one cause, cut at {end}: {:?}", said_about(&text[..end]));
        }
    }
}

#[test]
fn a_rich_file_may_start_anywhere() {
    for text in RICH {
        for start in (0..text.len()).filter(|&start| text.is_char_boundary(start)) {
            errors(&text[start..]);
        }
    }
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    // Documentation keeps its line ends.
    let json = |text: &str| {
        let loaded = load(Found { file: FileId(0), text }, |_, _| None);
        let json = to_json(&loaded).expect("the types are not too deep");
        json_text(&json).replace("\\r\\n", "\\n").replace("\\r", "\\n")
    };
    for text in RICH {
        for changed in [
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{feff}{text}"),
            format!("{text}\u{1a}\0}}"),
        ] {
            assert_eq!(said_about(&changed), Vec::<String>::new());
            assert_eq!(json(&changed), json(text));
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_before_anything_is_read() {
    let mut sources = Sources::default();
    let id = sources.add("case.avdl", "test", b"schema \xff;".to_vec());
    assert!(sources.unreadable(id).is_some());
    assert_eq!(said_about(sources.file(id).text()).len(), 1);
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
    const BYTES: &[u8] = b"{}[]()<>;,.=?@`\"'\\/*-+:#01x9aeE_ \n\0\x1a\x7f";
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
        errors(&String::from_utf8_lossy(&bytes));
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
        ("schema ", "array<", "int", ">", ";"),
        ("record R { ", "map<", "int", ">", " a; }"),
        ("protocol P { ", "union {", "int", "}", " a(); }"),
        ("protocol P { void a(", "array<", "int", ">", " a); }"),
        ("record R { int a = ", "[", "", "]", "; }"),
        ("record R { int a = ", "{\"a\":", "1", "}", "; }"),
        ("@a(", "[", "", "]", ") record R {}"),
        ("record R { @a(", "[{\"a\":", "1", "}]", ") int a; }"),
    ];
    for (head, open, middle, close, tail) in cases {
        on_a_small_stack(move || {
            let text = [head, &open.repeat(LEVELS), middle, &close.repeat(LEVELS), tail].concat();
            errors(&text);
            let messages: Vec<_> = said_about(&text);
            assert_eq!(messages.len(), 1, "{open}: {messages:?}");
            assert!(messages[0].contains("levels deep"), "{open}: {messages:?}");
        });
    }
}

#[test]
fn nesting_up_to_the_limit_is_fine() {
    let types = |levels: usize| ["schema ", &"array<".repeat(levels), "int", &">".repeat(levels), ";"].concat();
    let values = |levels: usize| ["record R { int a = ", &"[".repeat(levels), &"]".repeat(levels), "; }"].concat();
    on_a_small_stack(move || {
        assert_eq!(errors(&types(TYPE_DEPTH_MAX)), 0);
        assert_eq!(errors(&types(TYPE_DEPTH_MAX + 1)), 1);
        assert_eq!(errors(&values(VALUE_DEPTH_MAX)), 0);
        assert_eq!(errors(&values(VALUE_DEPTH_MAX + 1)), 1);
    });
}

#[test]
fn what_opens_without_end_is_read_on_a_small_stack() {
    for open in [
        "protocol P {",
        "record R {",
        "enum E {",
        "enum E { A,",
        "fixed F(",
        "{",
        "[",
        "(",
        "<",
        "array<",
        "map<",
        "union {",
        "decimal(",
        "@a(",
        "@a(1)",
        "@a({\"a\":",
        "int a = [",
        "void a(",
        "import idl \"\";",
        "import",
        ".",
        "\"",
        "'",
        "`",
        "a.`",
        "/*",
        "/**",
        "/** */",
        "//",
        "-",
        "record ",
        "int a,",
        "namespace a;",
        "schema a;",
    ] {
        on_a_small_stack(move || {
            errors(&open.repeat(100_000));
            errors(&[open, "\n"].concat().repeat(10_000));
        });
    }
}

#[test]
fn of_many_errors_only_some_are_told() {
    let text = "record R { int }\n".repeat(10 * ERRORS_MAX);
    let parsed = parse(FileId(0), &text);
    assert_eq!(parsed.diagnostics.len(), ERRORS_MAX + 1);
    let last = parsed.diagnostics.last().map(|one| (one.severity, one.message.as_str()));
    assert_eq!(last, Some((Severity::Note, "900 more errors in this file are not shown")));
    let text = "/** */\n".repeat(10 * ERRORS_MAX);
    assert_eq!(parse(FileId(0), &text).diagnostics.len(), ERRORS_MAX);
}

#[test]
fn types_that_use_later_ones_are_not_nested_without_end() {
    let chain = |length: usize| {
        let records: Vec<_> = (0..length).map(|at| format!("record R{at} {{ R{} next; }}", at + 1)).collect();
        records.concat()
    };
    on_a_small_stack(move || {
        for (length, fits) in [(TYPE_DEPTH_MAX - 1, true), (TYPE_DEPTH_MAX + 1, false), (100_000, false)] {
            let text = chain(length);
            let loaded = load(Found { file: FileId(0), text: &text }, |_, _| None);
            assert_eq!(to_json(&loaded).is_ok(), fits, "{length}");
        }
    });
}

#[test]
fn imports_may_be_nested_without_end() {
    const FILES: usize = 20_000;
    on_a_small_stack(|| {
        let texts: Vec<_> = (0..FILES).map(|at| format!("import idl \"{}\"; record R{at} {{}}", at + 1)).collect();
        let found = |at: usize| texts.get(at).map(|text| Found { file: FileId(u32::try_from(at).expect("few")), text });
        let root = found(0).expect("there are files");
        let loaded = load(root, |_, import| found(import.path.text.parse().ok()?));
        assert_eq!((loaded.files.len(), loaded.diagnostics.len()), (FILES, 1));
        assert!(to_json(&loaded).is_ok());
    });
}

#[test]
fn variables_of_a_large_type_are_not_copied_without_end() {
    let ty = format!("union {{ {} }}", vec!["int"; 20_000].join(", "));
    let text = format!("record R {{ {ty} {}; }}", vec!["a"; 20_000].join(", "));
    let parsed = parse(FileId(0), &text);
    let messages: Vec<_> = parsed.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(messages, ["too many fields of one declaration share a large type"]);
}

#[test]
fn a_file_that_is_too_large_is_one_error() {
    let text = " ".repeat(canread_syntax::FILE_BYTES_MAX + 1);
    let parsed = parse(FileId(0), &text);
    assert_eq!(parsed.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), ["syntax/file_too_large"]);
}
