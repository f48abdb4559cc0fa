//! What the rules claim in each direction, beside what Python's Protobuf does with values of both sides.

use canread_compat::{Direction, Effect, Surface};
use serde_json::json;

use crate::support::{effect, findings, is_about_fields, line, whole, worst_claim};
use crate::witnesses::replay;

/// A change, and values of the message `M` that show the worst of it.
struct Replay {
    claim: &'static str,
    old: &'static str,
    new: &'static str,
    /// Values that old writers write.
    old_values: &'static [&'static str],
    /// Values that new writers write.
    new_values: &'static [&'static str],
}

#[test]
fn what_is_claimed_happens_and_nothing_worse() {
    let mut lines = Vec::new();
    let mut expected = Vec::new();
    for case in &CASES {
        let (old, new) = (whole(case.old), whole(case.new));
        let mut found = findings(&old, &new);
        found.retain(|finding| is_about_fields(finding.rule));
        for (direction, values) in [(Direction::Backward, case.old_values), (Direction::Forward, case.new_values)] {
            for surface in [Surface::Wire, Surface::Json] {
                lines.extend(values.iter().map(|value| {
                    json!({
                        "id": expected.len(), "old": old, "new": new, "message": "M", "value": value,
                        "direction": direction.as_str(), "surface": surface.as_str(), "effect": null,
                    })
                }));
                let said: Vec<String> = found.iter().map(line).collect();
                expected.push((case.claim, direction, surface, worst_claim(&found, surface, direction), said));
            }
        }
    }
    let Some(verdicts) = replay(&lines) else { return };
    let mut seen = vec![(Effect::Ok, String::new()); expected.len()];
    for verdict in &verdicts {
        let cell = verdict["id"].as_u64().and_then(|id| usize::try_from(id).ok()).expect("ids come back");
        let effect = effect(verdict["effect"].as_str().expect("an effect"));
        if effect > seen[cell].0 {
            seen[cell] = (effect, verdict["why"].to_string());
        }
    }
    let wrong: Vec<String> = expected
        .iter()
        .zip(seen)
        // What old data meant, and what a free number may come to mean, is not in the bytes.
        .filter(|((.., claimed, _), (seen, _))| {
            seen != claimed && !(*claimed == Effect::Meaning && *seen == Effect::Ok)
        })
        .map(|((claim, direction, surface, claimed, said), (seen, why))| {
            let (direction, surface) = (direction.as_str(), surface.as_str());
            format!("{claim}: {surface} {direction}: claimed {claimed:?}, seen {seen:?} ({why}); {said:#?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const CASES: [Replay; 32] = [
    Replay {
        claim: "a deleted field is dropped",
        old: "int32 a = 1; string b = 2;",
        new: "reserved 2; reserved \"b\"; int32 a = 1;",
        old_values: &[r#"{"a": 1, "b": "x"}"#, "{}"],
        new_values: &[r#"{"a": 1}"#],
    },
    Replay {
        claim: "a deleted required field is missing",
        old: "syntax = \"proto2\"; message M { required int32 a = 1; optional int32 b = 2; }",
        new: "syntax = \"proto2\"; message M { optional int32 b = 2; }",
        old_values: &[r#"{"a": 1}"#],
        new_values: &[r#"{"b": 1}"#],
    },
    Replay {
        claim: "a fresh field is kept by old readers",
        old: "int32 a = 1;",
        new: "int32 a = 1; string b = 2;",
        old_values: &[r#"{"a": 1}"#],
        new_values: &[r#"{"a": 1, "b": "x"}"#],
    },
    Replay {
        claim: "a fresh required field is missing in old data",
        old: "syntax = \"proto2\"; message M { optional int32 a = 1; }",
        new: "syntax = \"proto2\"; message M { optional int32 a = 1; required int32 b = 2; }",
        old_values: &[r#"{"a": 1}"#],
        new_values: &[r#"{"b": 1}"#],
    },
    Replay {
        claim: "a fresh case looks unset",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; string b = 2; string c = 3; }",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"a": "x"}"#, r#"{"c": "x"}"#],
    },
    Replay {
        claim: "a name that JSON knew another field by",
        old: "string a = 1 [json_name = \"b\"];",
        new: "reserved 1; reserved \"a\"; string b = 2;",
        old_values: &[r#"{"b": "x"}"#],
        new_values: &[r#"{"b": "x"}"#],
    },
    Replay {
        claim: "a lone rename",
        old: "string a = 1;",
        new: "string b = 1;",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"b": "x"}"#],
    },
    Replay {
        claim: "a rename that keeps its JSON name",
        old: "string a = 1;",
        new: "string b = 1 [json_name = \"a\"];",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"a": "x"}"#],
    },
    Replay {
        claim: "a rename to the JSON name it always had",
        old: "string foo_bar = 1;",
        new: "string fooBar = 1;",
        old_values: &[r#"{"fooBar": "x"}"#],
        new_values: &[r#"{"fooBar": "x"}"#],
    },
    Replay {
        claim: "another name and another type",
        old: "string a = 1;",
        new: "int32 b = 1;",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"b": 1}"#],
    },
    Replay {
        claim: "another name and a wider type",
        old: "int32 a = 1;",
        new: "int64 b = 1;",
        old_values: &[r#"{"a": 1}"#],
        new_values: &[r#"{"b": "5000000000"}"#],
    },
    Replay {
        claim: "fields of one type that swap numbers",
        old: "string a = 1; string b = 2;",
        new: "string b = 1; string a = 2;",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"a": "x"}"#],
    },
    Replay {
        claim: "a field inserted in front",
        old: "string a = 1; string b = 2;",
        new: "string x = 1; string a = 2; string b = 3;",
        old_values: &[r#"{"a": "x", "b": "y"}"#],
        new_values: &[r#"{"a": "x", "b": "y"}"#, r#"{"x": "z"}"#],
    },
    Replay {
        claim: "a field that takes the number of a deleted one",
        old: "string a = 1; string b = 2;",
        new: "string b = 1;",
        old_values: &[r#"{"a": "x"}"#, r#"{"b": "y"}"#],
        new_values: &[r#"{"b": "y"}"#],
    },
    Replay {
        claim: "a field under a fresh number",
        old: "string a = 1;",
        new: "string a = 2;",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"a": "x"}"#],
    },
    Replay {
        claim: "another JSON name",
        old: "string a = 1;",
        new: "string a = 1 [json_name = \"b\"];",
        old_values: &[r#"{"a": "x"}"#],
        new_values: &[r#"{"b": "x"}"#],
    },
    Replay {
        claim: "swapped JSON names",
        old: "string a = 1 [json_name = \"x\"]; string b = 2 [json_name = \"y\"];",
        new: "string a = 1 [json_name = \"y\"]; string b = 2 [json_name = \"x\"];",
        old_values: &[r#"{"x": "v"}"#],
        new_values: &[r#"{"x": "v"}"#],
    },
    Replay {
        claim: "a map and a list of its entries",
        old: "syntax = \"proto3\"; message E { string key = 1; int32 value = 2; } message M { map<string, int32> f = 1; }",
        new: "syntax = \"proto3\"; message E { string key = 1; int32 value = 2; } message M { repeated E f = 1; }",
        old_values: &[r#"{"f": {"a": 1, "b": 0}}"#],
        new_values: &[
            r#"{"f": [{"key": "a", "value": 1}, {"key": "b"}]}"#,
            r#"{"f": [{"key": "a", "value": 1}, {"key": "a", "value": 2}]}"#,
        ],
    },
    Replay {
        claim: "a map has no place for a third field",
        old: "syntax = \"proto3\"; message E { string key = 1; int32 value = 2; int32 more = 3; } message M { repeated E f = 1; }",
        new: "syntax = \"proto3\"; message E { string key = 1; int32 value = 2; int32 more = 3; } message M { map<string, int32> f = 1; }",
        old_values: &[r#"{"f": [{"key": "a", "value": 1, "more": 3}]}"#],
        new_values: &[r#"{"f": {"a": 1}}"#],
    },
    Replay {
        claim: "an entry with a wider value",
        old: "syntax = \"proto3\"; message E { string key = 1; int64 value = 2; } message M { map<string, int32> f = 1; }",
        new: "syntax = \"proto3\"; message E { string key = 1; int64 value = 2; } message M { repeated E f = 1; }",
        old_values: &[r#"{"f": {"a": -1}}"#],
        new_values: &[r#"{"f": [{"key": "a", "value": "5000000000"}]}"#],
    },
    Replay {
        claim: "one field in a new oneof",
        old: "optional string a = 1;",
        new: "oneof o { string a = 1; }",
        old_values: &[r#"{"a": ""}"#, "{}"],
        new_values: &[r#"{"a": ""}"#, "{}"],
    },
    Replay {
        claim: "several fields in a new oneof",
        old: "optional string a = 1; optional string b = 2;",
        new: "oneof o { string a = 1; string b = 2; }",
        old_values: &[r#"{"a": "x", "b": "y"}"#],
        new_values: &[r#"{"a": "x"}"#],
    },
    Replay {
        claim: "a field in a oneof that was there",
        old: "oneof o { string a = 1; } optional string b = 2;",
        new: "oneof o { string a = 1; string b = 2; }",
        old_values: &[r#"{"a": "x", "b": "y"}"#],
        new_values: &[r#"{"b": "y"}"#],
    },
    Replay {
        claim: "a field that left its alternatives",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; } optional string b = 2;",
        old_values: &[r#"{"b": ""}"#],
        new_values: &[r#"{"a": "x", "b": "y"}"#],
    },
    Replay {
        claim: "a field that left its alternatives and its presence",
        old: "oneof o { string a = 1; string b = 2; }",
        new: "oneof o { string a = 1; } string b = 2;",
        old_values: &[r#"{"b": ""}"#],
        new_values: &[r#"{"a": "x", "b": "y"}"#],
    },
    Replay {
        claim: "a field that changed its oneof",
        old: "oneof o { string a = 1; string b = 2; } oneof p { string c = 3; }",
        new: "oneof o { string a = 1; } oneof p { string b = 2; string c = 3; }",
        old_values: &[r#"{"b": "x", "c": "y"}"#],
        new_values: &[r#"{"a": "x", "b": "y"}"#],
    },
    Replay {
        claim: "optional to required",
        old: "syntax = \"proto2\"; message M { optional string f = 1; }",
        new: "syntax = \"proto2\"; message M { required string f = 1; }",
        old_values: &["{}"],
        new_values: &[r#"{"f": "x"}"#],
    },
    Replay {
        claim: "zero can be told from absent now",
        old: "int32 f = 1;",
        new: "optional int32 f = 1;",
        old_values: &["{}", r#"{"f": 1}"#],
        new_values: &["{}", r#"{"f": 0}"#],
    },
    Replay {
        claim: "another default",
        old: "syntax = \"proto2\"; message M { optional int32 f = 1 [default = 3]; }",
        new: "syntax = \"proto2\"; message M { optional int32 f = 1 [default = 5]; }",
        old_values: &["{}", r#"{"f": 3}"#],
        new_values: &["{}", r#"{"f": 5}"#],
    },
    Replay {
        claim: "a default that is the zero value anyway",
        old: "syntax = \"proto2\"; message M { optional bool f = 1 [default = false]; }",
        new: "syntax = \"proto2\"; message M { optional bool f = 1; }",
        old_values: &["{}", r#"{"f": true}"#],
        new_values: &["{}", r#"{"f": false}"#],
    },
    Replay {
        claim: "a wrapper and what it wraps",
        old: "syntax = \"proto3\"; import \"google/protobuf/wrappers.proto\"; message M { google.protobuf.Int64Value f = 1; }",
        new: "syntax = \"proto3\"; message M { optional int64 f = 1; }",
        old_values: &[r#"{"f": "5000000000"}"#],
        new_values: &[r#"{"f": "5000000000"}"#],
    },
    Replay {
        claim: "a timestamp and a duration",
        old: "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; import \"google/protobuf/duration.proto\"; message M { google.protobuf.Timestamp f = 1; }",
        new: "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; import \"google/protobuf/duration.proto\"; message M { google.protobuf.Duration f = 1; }",
        old_values: &[r#"{"f": "1970-01-01T00:00:05Z"}"#],
        new_values: &[r#"{"f": "5s"}"#],
    },
];
