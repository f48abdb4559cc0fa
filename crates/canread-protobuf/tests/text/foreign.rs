//! The Python runtime of Protobuf writes the same texts, reads ours, and we read its.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use canread_plan::{Arena, Layout, LayoutKind, Value};
use canread_protobuf::codec::text::{self, WriteOptions};
use canread_protobuf::codec::value;
use canread_testing::{ask, long, oracle};

use crate::support::layout;

const SCHEMA: &str = r#"syntax = "proto2"; import "google/protobuf/any.proto";
    message M {
      optional double double = 1; optional float float = 2; optional int32 int32 = 3; optional int64 int64 = 4;
      optional uint32 uint32 = 5; optional uint64 uint64 = 6; optional sint32 sint32 = 7; optional sint64 sint64 = 8;
      optional fixed32 fixed32 = 9; optional fixed64 fixed64 = 10; optional sfixed32 sfixed32 = 11;
      optional sfixed64 sfixed64 = 12; optional bool bool = 13; optional string string = 14; optional bytes bytes = 15;
      optional Closed closed = 16; optional M message = 17; optional group MyGroup = 18 { optional int32 a = 1; }
      repeated double doubles = 31; repeated float floats = 32; repeated int32 int32s = 33 [packed = true];
      repeated uint64 uint64s = 36; repeated bool bools = 43; repeated string strings = 44; repeated bytes many_bytes = 45;
      repeated Closed symbols = 46; repeated M messages = 47; repeated group Repeated = 48 { optional string s = 1; }
      map<int32, string> names = 60; map<uint64, M> by_number = 61; map<sint64, Closed> states = 62;
      map<string, double> prices = 63;
      oneof choice { int32 number = 70; string word = 71; M other = 72; }
      optional google.protobuf.Any any = 80;
      extensions 100 to 200;
    }
    extend M { optional int64 note = 100; repeated string tags = 101; optional M more = 102; }
    enum Closed { ZERO = 0; FIVE = 5; BELOW = -1; }"#;

/// Which floating point there is.
#[derive(Clone, Copy, PartialEq)]
enum Floats {
    /// Those that have no exponent in a text, whose form is each implementation's own.
    Plain,
    All,
}

struct Random {
    state: u64,
    floats: Floats,
    /// The bytes in `Any` are compared as they are, and maps are in an order of each implementation's own.
    has_maps: bool,
}

impl Random {
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// An index below a length.
    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("below a length")
    }

    /// A number of any size.
    fn bits(&mut self) -> u64 {
        let shift = self.below(64);
        self.next() >> shift
    }

    fn double(&mut self) -> f64 {
        match self.floats {
            Floats::Plain => {
                f64::from(i32::from_le_bytes(self.next().to_le_bytes()[..4].try_into().expect("4"))) / 64.0
            }
            Floats::All => match self.below(6) {
                0 => [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -0.0, f64::MIN_POSITIVE, f64::MAX][self.index(6)],
                _ => f64::from_bits(self.next()),
            },
        }
    }

    fn float(&mut self) -> f32 {
        match self.floats {
            Floats::Plain => f32::from(i16::from_le_bytes(self.next().to_le_bytes()[..2].try_into().expect("2"))) / 8.0,
            Floats::All => f32::from_bits(u32::from_le_bytes(self.next().to_le_bytes()[..4].try_into().expect("4"))),
        }
    }

    fn string(&mut self) -> String {
        const LETTERS: [char; 14] = ['a', 'Z', '0', '7', ' ', '\n', '\t', '\r', '"', '\'', '\\', 'é', '漢', '😀'];
        (0..self.below(6)).map(|_| LETTERS[self.index(LETTERS.len())]).collect()
    }
}

fn scalar<'a>(layout: &Layout, kind: LayoutKind, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    match kind {
        LayoutKind::Bool => Value::Bool(random.below(2) == 1),
        LayoutKind::Int(int) if int.signed => {
            let number = random.bits().cast_signed();
            let number = if random.below(2) == 1 { number.wrapping_neg() } else { number };
            Value::Int(if int.bits == 64 { number } else { number % (1 << 31) })
        }
        LayoutKind::Int(int) => {
            let number = random.bits();
            Value::Uint(if int.bits == 64 { number } else { number & 0xffff_ffff })
        }
        // What is not a number has many forms, of which one is read.
        LayoutKind::Float => Value::Float(Some(random.float()).filter(|value| !value.is_nan()).unwrap_or(f32::NAN)),
        LayoutKind::Double => Value::Double(Some(random.double()).filter(|value| !value.is_nan()).unwrap_or(f64::NAN)),
        LayoutKind::String { .. } => arena.string(&random.string()),
        LayoutKind::Bytes => {
            let bytes: Vec<u8> = (0..random.below(6)).map(|_| random.next().to_le_bytes()[0]).collect();
            arena.bytes(&bytes)
        }
        LayoutKind::Enum(id) => {
            let symbols = &layout.declared_enum(id).symbols;
            Value::Symbol(symbols[random.index(symbols.len())].0)
        }
        kind => panic!("{kind:?} is no scalar"),
    }
}

/// A message with about as many fields as `chance` says in percent.
fn message<'a>(layout: &Layout, id: u32, chance: u64, random: &mut Random, arena: &'a Arena) -> Value<'a> {
    let record = layout.record(id);
    let is_any = &*record.name == "google.protobuf.Any";
    let one = |kind: LayoutKind, random: &mut Random| match kind {
        LayoutKind::Record(id) => message(layout, id, chance / 3, random, arena),
        kind => scalar(layout, kind, random, arena),
    };
    let mut oneofs = BTreeSet::new();
    let mut fields = Vec::new();
    for field in &record.fields {
        let is_map = matches!(layout.kind(field.ty), LayoutKind::Map { .. });
        if random.below(100) >= chance
            || (is_map && !random.has_maps)
            || field.oneof.is_some_and(|oneof| !oneofs.insert(oneof))
        {
            fields.push(Value::Absent);
            continue;
        }
        fields.push(match layout.kind(field.ty) {
            LayoutKind::List { item, .. } => {
                let items: Vec<Value<'_>> = (0..=random.below(3)).map(|_| one(layout.kind(item), random)).collect();
                arena.list(&items)
            }
            LayoutKind::Map { key, value } => {
                // Texts are in an order of each implementation's own.
                let is_text = matches!(layout.kind(key), LayoutKind::String { .. });
                let count = if is_text { 1 } else { random.below(4) + 1 };
                let mut entries: Vec<_> = Vec::new();
                for _ in 0..count {
                    let entry = (one(layout.kind(key), random), one(layout.kind(value), random));
                    entries.push(entry);
                }
                let number = |value: &Value<'_>| match value {
                    Value::Int(number) => i128::from(*number),
                    Value::Uint(number) => i128::from(*number),
                    _ => 0,
                };
                entries.sort_by_key(|(key, _)| number(key));
                entries.dedup_by_key(|(key, _)| number(key));
                arena.map(&entries)
            }
            kind => one(kind, random),
        });
    }
    if is_any {
        let inner_type = layout.record_by_name("M").expect("it is declared");
        let LayoutKind::Record(inner) = layout.kind(inner_type) else { panic!("M is a message") };
        let has_maps = std::mem::replace(&mut random.has_maps, false);
        let inner = message(layout, inner, chance / 3, random, arena);
        random.has_maps = has_maps;
        let bytes = value::to_vec(&layout.rooted_at(inner_type), &inner).expect("a value of the layout");
        return arena.record(&[Value::String("type.googleapis.com/M"), arena.bytes(&bytes)]);
    }
    arena.record(&fields)
}

/// A message in a form that two implementations have in common: as text, with the entries of maps in order.
fn canonical(layout: &Layout, bytes: &[u8]) -> String {
    let arena = Arena::new();
    let value = value::from_slice(layout, bytes, &arena).expect("a message");
    text::to_string(layout, &sorted(&value, &arena)).expect("a value of the layout")
}

fn sorted<'a>(value: &Value<'a>, arena: &'a Arena) -> Value<'a> {
    match value {
        Value::Record(record) => {
            assert!(record.unknown.is_empty(), "all fields are known");
            let fields: Vec<Value<'_>> = record.fields.iter().map(|field| sorted(field, arena)).collect();
            arena.record(&fields)
        }
        Value::List(list) => {
            let items: Vec<Value<'_>> = list.iter().map(|item| sorted(&item, arena)).collect();
            arena.list(&items)
        }
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().map(|(key, value)| (*key, sorted(value, arena))).collect();
            entries.sort_by_key(|(key, _)| format!("{key:?}"));
            arena.map(&entries)
        }
        other => *other,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
        text
    })
}

/// The bytes that an answer has by a name.
fn part(answer: &str, name: &str) -> Vec<u8> {
    let (_, behind) = answer.split_once(&format!("\"{name}\": \"")).unwrap_or_else(|| panic!("no {name} in {answer}"));
    let (hex, _) = behind.split_once('"').expect("a string ends");
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

/// What Python answers about messages or texts.
fn answers(what: &str, questions: &[Vec<u8>]) -> Option<Vec<String>> {
    // Of each question its own: tests run beside each other, and one would read what another has half written.
    let folder = tempfile::tempdir().expect("a folder for a file");
    let path = folder.path().join("everything.proto");
    std::fs::write(&path, SCHEMA).expect("the folder can be written");
    let mut command = oracle("protobuf_text.py")?;
    command.arg(path).arg("M");
    let questions: Vec<String> = questions.iter().map(|bytes| format!("{what} {}", hex(bytes))).collect();
    let answers: Vec<String> = ask(&mut command, &questions, &[0]).lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), questions.len());
    Some(answers)
}

fn compare(floats: Floats, seed: u64, count: usize) {
    let layout = layout(SCHEMA);
    let LayoutKind::Record(root) = layout.kind(layout.root()) else { panic!("M is a message") };
    let mut random = Random { state: seed, floats, has_maps: true };
    let (mut messages, mut texts, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let single_line = WriteOptions::new().single_line();
    for at in 0..count {
        let arena = Arena::new();
        let value = message(&layout, root, 10 + at as u64 % 60, &mut random, &arena);
        messages.push(value::to_vec(&layout, &value).expect("a value of the layout"));
        texts.push(text::to_string(&layout, &value).expect("a value of the layout"));
        lines.push(text::to_string_with(&layout, &value, &single_line).expect("a value of the layout"));
    }
    let Some(of_messages) = answers("message", &messages) else { return };
    let of_texts: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    let of_texts = answers("text", &of_texts).expect("Python was there");
    let texts_bytes = texts.iter().map(String::len).sum::<usize>();
    assert!(texts_bytes > count * 100, "{texts_bytes} bytes of text are much less than messages with fields take");
    for at in 0..count {
        let (message, text) = (&messages[at], &texts[at]);
        let expected = canonical(&layout, message);
        let theirs = canonical(&layout, &part(&of_texts[at], "bytes"));
        assert_eq!(theirs, expected, "Python reads otherwise:\n{text}");
        for (name, own) in [("text", text), ("line", &lines[at])] {
            let theirs = String::from_utf8(part(&of_messages[at], name)).expect("text");
            if floats == Floats::Plain {
                assert_eq!(own, &theirs);
            }
            let arena = Arena::new();
            let read = text::from_str(&layout, &theirs, &arena).unwrap_or_else(|error| panic!("{error} in\n{theirs}"));
            assert_eq!(
                hex(&value::to_vec(&layout, &read).expect("a value")),
                hex(message),
                "we read otherwise:\n{theirs}"
            );
        }
    }
}

#[test]
fn python_writes_the_same_texts_and_reads_ours() {
    compare(Floats::Plain, 0x5eed_0001, if long() { 20_000 } else { 300 });
}

#[test]
fn python_reads_our_floating_point_and_we_read_its() {
    compare(Floats::All, 0x5eed_0002, if long() { 20_000 } else { 300 });
}

/// Both read or both refuse; where the specification is on our side, the reason stands beside it.
#[test]
fn python_takes_and_refuses_the_same_texts() {
    let both = [
        "int32: 1 int32s: [1, 2] int32s: 3",
        "int32: 0x1F, int64: -017; uint64: 0",
        "message < int32: 1 > MyGroup { a: 1 } [note]: 5 [more] { }",
        "any { [type.googleapis.com/M] { int32: 1 } }",
        "names { key: 1 value: 'a' } names { key: 1 value: 'b' }",
        "string: 'a' \"b\" bytes: '\\377'",
        "bool: t bools: [True, 0, false]",
        "closed: -1 symbols: [FIVE, 5]",
        "double: inf float: -infinity doubles: [1f, .5, 1e5, nan]",
        "int32s: []",
    ];
    let neither = [
        "int32: 2147483648",
        "uint32: -1",
        "int32: 1 int32: 2",
        "number: 1 word: 'a'",
        "closed: 7",
        "closed: SIX",
        "string: 'a",
        "string: \"\\xff\"x",
        "nothing: 1",
        "5: 1",
        "message { int32: 1 >",
        "[nothing]: 1",
        "int32: [1]",
        "int32s: [1, ]",
        "int32 1",
        "bool: yes",
        "any { [type.googleapis.com/Nothing] {} }",
    ];
    let (layout, arena) = (layout(SCHEMA), Arena::new());
    let questions: Vec<Vec<u8>> = both.iter().chain(&neither).map(|text| text.as_bytes().to_vec()).collect();
    let Some(answers) = answers("text", &questions) else { return };
    for (at, text) in both.iter().chain(&neither).enumerate() {
        let read = text::from_str(&layout, text, &arena).map(|value| value::to_vec(&layout, &value).expect("a value"));
        assert_eq!(read.is_ok(), at < both.len(), "{text}: {read:?}");
        match read {
            Ok(bytes) => {
                let theirs = part(&answers[at], "bytes");
                assert_eq!(canonical(&layout, &theirs), canonical(&layout, &bytes), "{text}");
            }
            Err(_) => assert!(answers[at].contains("error"), "{text}: {}", answers[at]),
        }
    }
}
