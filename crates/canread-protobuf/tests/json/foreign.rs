//! Python reads the JSON that we write as the same message, and we read the JSON that it writes.

use std::fmt::Write as _;

use canread_plan::Arena;
use canread_protobuf::codec::{json, value};
use canread_testing::{ask, oracle};
use serde_json::{Value as Json, json};

use crate::random::{Random, message};
use crate::support::{LAYOUT, schema};

const MESSAGES: u64 = 2_000;
const MESSAGES_LONG: u64 = 100_000;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Our JSON of bytes, where the order of entries makes no difference.
fn ours(bytes: &[u8]) -> Json {
    let arena = Arena::new();
    let value = value::from_slice(&LAYOUT, bytes, &arena).expect("a message");
    let text = json::to_string(&LAYOUT, &value).expect("it has a form");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn random_messages_are_the_same_to_python_and_its_json_to_us() {
    let Some(mut command) = oracle("protobuf_json.py") else { return };
    command.arg(schema()).arg("test.M");
    let count = if canread_testing::long() { MESSAGES_LONG } else { MESSAGES };
    let mut messages = Vec::new();
    for seed in 0..count {
        let arena = Arena::new();
        let made = message(&LAYOUT, &mut Random::new(seed + 1), &arena);
        let bytes = value::to_vec(&LAYOUT, &made).expect("a value of the layout");
        let text = json::to_string(&LAYOUT, &made).unwrap_or_else(|error| panic!("{error}\n{}", LAYOUT.show(&made)));
        let read = json::from_str(&LAYOUT, &text, &arena).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(hex(&value::to_vec(&LAYOUT, &read).expect("a value of the layout")), hex(&bytes), "{text}");
        messages.push((bytes, text));
    }
    let questions: Vec<String> =
        messages.iter().map(|(bytes, text)| json!({"bytes": hex(bytes), "json": text}).to_string()).collect();
    let answers = ask(&mut command, &questions, &[0]);
    assert_eq!(answers.lines().count(), messages.len());
    for (answer, (bytes, text)) in answers.lines().zip(&messages) {
        let answer: Json = serde_json::from_str(answer).expect("each line is JSON");
        assert!(answer["error"].is_null(), "{answer}\n{text}");
        assert_eq!(answer["bytes_of_json"], answer["bytes"], "{text}");
        let arena = Arena::new();
        let theirs = answer["json"].as_str().expect("a text");
        let read = json::from_str(&LAYOUT, theirs, &arena).unwrap_or_else(|error| panic!("{error}\n{theirs}"));
        let again = value::to_vec(&LAYOUT, &read).expect("a value of the layout");
        assert_eq!(ours(&again), ours(bytes), "{theirs}");
    }
}
