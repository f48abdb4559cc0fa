//! What the rules say about every pair of types, beside what Python's Protobuf does with values of them.

use canread_compat::{Direction, Effect, Surface};
use serde_json::{Value, json};

use crate::support::{effect, findings, line, worst_claim};
use crate::witnesses::replay;

/// Every scalar type, enums of several sorts, and messages of both encodings, with values that tell them apart.
const TYPES: &[(&str, &[&str])] = &[
    ("double", &["1.5", "1e300", "3", "0.1"]),
    ("float", &["1.5", "3", "0.1"]),
    ("int32", SIGNED_32),
    ("int64", SIGNED_64),
    ("uint32", UNSIGNED_32),
    ("uint64", UNSIGNED_64),
    ("sint32", SIGNED_32),
    ("sint64", SIGNED_64),
    ("fixed32", UNSIGNED_32),
    ("fixed64", UNSIGNED_64),
    ("sfixed32", SIGNED_32),
    ("sfixed64", SIGNED_64),
    ("bool", &["true"]),
    ("string", &[r#""\u0012\u0001a""#, r#""a""#, r#""hello""#, r#""abcd""#, r#""abcdefgh""#, r#""é""#, r#""\u0001""#]),
    ("bytes", &[r#""/w==""#, r#""YWJj""#, r#""CAE=""#, r#""YWJjZA==""#, r#""YWJjZGVmZ2g=""#]),
    ("Open", &[r#""ONCE""#, r#""TWIN""#]),
    ("Negative", &[r#""NEGA""#]),
    ("Closed", &[r#""UNIT""#, r#""PAIR""#]),
    ("Sub", &[r#"{"x": 1}"#, r#"{"x": 200}"#, r#"{"y": "abc"}"#, r#"{"y": "abcdef"}"#]),
];
const SIGNED_32: &[&str] = &["1", "3", "-1", "2147483647", "200"];
const SIGNED_64: &[&str] = &["1", "3", "-1", "5000000000", "4294967297", "9007199254740993"];
const UNSIGNED_32: &[&str] = &["1", "3", "4294967295", "200"];
const UNSIGNED_64: &[&str] = &["1", "3", "18446744073709551615", "5000000000", "4294967297", "9007199254740993"];

/// Enough types for lists, where what counts is the wire type and how values are checked.
const TYPES_OF_LISTS: [&str; 11] =
    ["double", "int32", "int64", "sint32", "fixed32", "bool", "string", "bytes", "Open", "Closed", "Sub"];
const MAPS: &[(&str, &[&str])] = &[
    ("map<string, int32>", &[r#"{"a": 3}"#, r#"{"7": -1}"#]),
    ("map<string, int64>", &[r#"{"a": "5000000000"}"#]),
    ("map<string, string>", &[r#"{"a": "b"}"#]),
    ("map<int32, int32>", &[r#"{"7": 3, "-1": 4}"#]),
    ("map<int64, int32>", &[r#"{"5000000000": 3}"#]),
    ("map<uint32, int32>", &[r#"{"4294967295": 3}"#]),
    ("map<bool, int32>", &[r#"{"true": 3}"#]),
];

/// Cells in which the specification says otherwise than Python, or Python's way can't be told from another.
const EXCEPTIONS: &[(&str, &[&str], &[&str])] = &[
    (
        "ProtoJSON: only true and false stand for a bool; Python takes them for 1 and 0 too",
        &["bool"],
        &["double", "float", "Open", "Negative", "Closed"],
    ),
    (
        "ProtoJSON: an enum is a name or a whole number; Python cuts a fraction off",
        &["double", "float"],
        &["Open", "Negative", "Closed"],
    ),
    (
        "ProtoJSON: numbers out of range are an error; Python looks a uint32 up as a negative enum value",
        &["uint32", "fixed32"],
        &["Negative"],
    ),
];

/// A field, and values for it.
#[derive(Clone)]
struct Slot {
    ty: &'static str,
    label: &'static str,
    options: &'static str,
    values: Vec<String>,
}

impl Slot {
    fn text(&self) -> String {
        format!(
            "edition = \"2023\";
enum Open {{ ZERO = 0; ONCE = 1; TWIN = 2; }}
enum Negative {{ NONE = 0; NEGA = -1; }}
enum Closed {{ option features.enum_type = CLOSED; NULL = 0; UNIT = 1; PAIR = 2; }}
message Sub {{ int32 x = 1; string y = 2; }}
message M {{ {} {} f = 1 {}; }}
",
            self.label, self.ty, self.options
        )
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.label, self.ty, self.options).trim().to_owned()
    }

    fn one(ty: &'static str, values: &[&str]) -> Self {
        Self { ty, label: "", options: "", values: values.iter().map(|&value| value.to_owned()).collect() }
    }

    fn list(ty: &'static str, values: &[&str], options: &'static str) -> Self {
        let all = values.join(", ");
        let first = values.first().map_or("", |first| first);
        let eight = [first; 8].join(", ");
        let mut lists: Vec<String> = values.iter().map(|value| format!("[{value}]")).collect();
        lists.extend([format!("[{all}]"), format!("[{eight}]"), format!("[{first}, {first}]")]);
        Self { ty, label: "repeated", options, values: lists }
    }
}

fn singles() -> Vec<Slot> {
    TYPES.iter().map(|(ty, values)| Slot::one(ty, values)).collect()
}

fn lists() -> Vec<Slot> {
    let mut slots = Vec::new();
    for (ty, values) in TYPES.iter().filter(|(ty, _)| TYPES_OF_LISTS.contains(ty)) {
        slots.push(Slot::one(ty, values));
        slots.push(Slot::list(ty, values, "[features.repeated_field_encoding = EXPANDED]"));
        if !["string", "bytes", "Sub"].contains(ty) {
            slots.push(Slot::list(ty, values, ""));
        }
    }
    slots
}

fn maps() -> Vec<Slot> {
    MAPS.iter().map(|(ty, values)| Slot::one(ty, values)).collect()
}

fn encodings() -> Vec<Slot> {
    let (_, messages) = TYPES[TYPES.len() - 1];
    let delimited = Slot { options: "[features.message_encoding = DELIMITED]", ..Slot::one("Sub", messages) };
    let numbers = Slot::one("int32", SIGNED_32);
    vec![delimited, Slot::one("Sub", messages), numbers]
}

#[test]
fn single_values_are_read_as_the_rules_say() {
    check(&singles());
}

#[test]
fn lists_are_read_as_the_rules_say() {
    check(&lists());
}

#[test]
fn maps_are_read_as_the_rules_say() {
    check(&maps());
}

#[test]
fn delimited_messages_are_read_as_the_rules_say() {
    check(&encodings());
}

/// Compares each ordered pair of slots with what the oracle makes of the first one's values under the second.
fn check(slots: &[Slot]) {
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for old in slots {
        // Two enums, or an enum and itself under other rules, are not a matter of types.
        for new in slots.iter().filter(|new| !(is_enum(old.ty) && is_enum(new.ty) && old.ty != new.ty)) {
            let found = findings(&old.text(), &new.text());
            for surface in [Surface::Wire, Surface::Json] {
                for value in &old.values {
                    lines.push(json!({
                        "id": expected.len(), "old": old.text(), "new": new.text(), "message": "M",
                        "value": format!("{{\"f\": {value}}}"), "direction": "backward",
                        "surface": surface.as_str(), "effect": null,
                    }));
                }
                expected.push((
                    old,
                    new,
                    surface,
                    worst_claim(&found, surface, Direction::Backward),
                    found.iter().map(line).collect(),
                ));
            }
        }
    }
    let Some(verdicts) = replay(&lines) else { return };
    let wrong = differences(&expected, &verdicts, &lines);
    assert!(wrong.is_empty(), "{} cells differ\n{}", wrong.len(), wrong.join("\n"));
}

type Expected<'a> = (&'a Slot, &'a Slot, Surface, Effect, Vec<String>);

fn differences(expected: &[Expected<'_>], verdicts: &[Value], lines: &[Value]) -> Vec<String> {
    let mut observed: Vec<(Effect, String)> = vec![(Effect::Ok, String::new()); expected.len()];
    for (verdict, line) in verdicts.iter().zip(lines) {
        let cell = verdict["id"].as_u64().and_then(|id| usize::try_from(id).ok()).expect("ids come back");
        let effect = effect(verdict["effect"].as_str().expect("an effect"));
        if effect > observed[cell].0 {
            observed[cell] = (effect, line["value"].to_string());
        }
    }
    let cells = expected.iter().zip(observed);
    let wrong = cells.filter_map(|((old, new, surface, claimed, found), (seen, value))| {
        let is_exception = *surface == Surface::Json
            && EXCEPTIONS.iter().any(|(_, writers, readers)| writers.contains(&old.ty) && readers.contains(&new.ty))
            && (old.label.is_empty() == new.label.is_empty());
        (is_exception == (*claimed == seen)).then(|| {
            let (old, new, surface) = (old.name(), new.name(), surface.as_str());
            let listed = if is_exception { ", which is listed as an exception" } else { "" };
            format!("{old} -> {new}, {surface}: claimed {claimed:?}, seen {seen:?} with {value}{listed}; {found:?}")
        })
    });
    wrong.collect()
}

fn is_enum(ty: &str) -> bool {
    ["Open", "Negative", "Closed"].contains(&ty)
}
