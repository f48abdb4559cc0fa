//! Decoders of ProtoJSON, of Protobuf's text format and of Avro's JSON encoding.

use canread_avro::codec as avro;
use canread_plan::{Arena, Layout, LayoutKind};
use canread_protobuf::codec::{json, text, value};
use canread_syntax::{Diagnostic, Sources};

use crate::decoder::{Decoder, Grammar, Refusal, Trial};
use crate::generated;
use crate::heap::measured;
use crate::table::{VALUE_FACTOR, WRITTEN};

/// A list of messages without fields is the worst: two bytes and a comma are as many places as the message has fields.
const WIDE_FACTOR: usize = 1_000;

/// Every rule that ProtoJSON has.
const EVERYTHING: &str = include_str!("../../../crates/canread-protobuf/tests/json/everything.proto");

/// All of them.
pub(crate) fn decoders() -> Vec<Decoder> {
    let everything = everything_layout();
    let mut seeds: Vec<Vec<u8>> = JSON.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    seeds.extend(as_json(&everything, 60));
    let mut all = vec![
        json_decoder("everything", everything.clone(), seeds).amplifying(WIDE_FACTOR),
        text_decoder("everything", everything.clone(), as_text(&everything, 60)).amplifying(WIDE_FACTOR),
    ];
    for seed in 1..=2 {
        let layout = generated::protobuf_layout(&generated::protobuf_schema(seed), "M0");
        all.push(json_decoder(&format!("made up {seed}"), layout.clone(), as_json(&layout, 60)));
        all.push(text_decoder(&format!("made up {seed}"), layout.clone(), as_text(&layout, 60)));
    }
    for seed in 1..=3 {
        let layout = generated::avro_layout(&generated::avro_schemas(seed).0);
        all.push(avro_json_decoder(&format!("made up {seed}"), layout.clone(), as_avro_json(&layout, 60)));
    }
    let layout = avro_everything_layout();
    let seeds = as_avro_json(&layout, 60);
    all.push(avro_json_decoder("everything", layout, seeds));
    all
}

pub(crate) fn avro_everything_layout() -> Layout {
    generated::avro_layout(include_str!("../../../crates/canread-avro/tests/codec/everything.avsc"))
}

/// Random values, but for those that have no text: not all bytes are a string.
fn as_avro_json(layout: &Layout, count: usize) -> Vec<Vec<u8>> {
    let one = |bytes: &Vec<u8>| {
        let arena = Arena::new();
        let value = avro::value::from_slice(layout, bytes, &arena).ok()?;
        avro::json::to_string(layout, &value).ok().map(String::into_bytes).filter(|text| text.len() < 1_500)
    };
    let seeds: Vec<_> = generated::avro_seeds(layout, 8 * count).iter().filter_map(one).take(count).collect();
    assert!(seeds.len() > 10, "{} seeds", seeds.len());
    seeds
}

/// What random values seldom are: the well-known types, `Any`, and both names of a field.
const JSON: [&str; 5] = [
    r#"{"truth": true, "anInt64": "-9007199254740993", "aDouble": "NaN", "text": "\ud83d\ude00", "data": "AAECAw=="}"#,
    r#"{"anInt32": 1.5e1, "aFloat": -0.0, "open": 7, "nested": {"nested": {"an_int32": 1}}, "anything": [null, {"a": 1}]}"#,
    r#"{"int32s": [1, 2, 3], "doubles": [1e300, 0.5], "texts": ["a", "b"], "messages": [{}, {"truth": false}]}"#,
    r#"{"anythings": [1, "two", [3], {"four": null}, true], "nothings": [null], "other-name": 5}"#,
    r"{}",
];

pub(crate) fn everything_layout() -> Layout {
    use canread_protobuf::schema::{LinkOptions, read};
    let mut sources = Sources::default();
    let file = sources.add("everything.proto", "test", EVERYTHING.as_bytes().to_vec());
    let linked = read(&[("everything.proto", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}", linked.diagnostics);
    Layout::of_all(&linked.schema, linked.schema.find("test.M").expect("there is the message"))
        .expect("it has a layout")
}

/// Random messages that have a form in JSON: not every number is a time.
fn as_json(layout: &Layout, count: usize) -> Vec<Vec<u8>> {
    printed(layout, count, |value| json::to_string(layout, value).ok())
}

fn as_text(layout: &Layout, count: usize) -> Vec<Vec<u8>> {
    printed(layout, count, |value| text::to_string(layout, value).ok())
}

fn printed(layout: &Layout, count: usize, print: impl Fn(&canread_plan::Value<'_>) -> Option<String>) -> Vec<Vec<u8>> {
    assert!(matches!(layout.kind(layout.root()), LayoutKind::Record(_)), "messages are records");
    let one = |bytes: &Vec<u8>| {
        let arena = Arena::new();
        let value = value::from_slice(layout, bytes, &arena).ok()?;
        print(&value).map(String::into_bytes).filter(|text| text.len() < 1_500)
    };
    generated::protobuf_seeds(layout, count).iter().filter_map(one).collect()
}

/// What does not even come so far.
fn not_text(error: std::str::Utf8Error) -> Trial {
    Trial { peak: 0, read: Err(Refusal::new(error, None, 0)) }
}

pub(crate) fn json_decoder(name: &str, layout: Layout, seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new(format!("json: {name}"), Grammar::Text, seeds, move |input, limits| {
        let input = match std::str::from_utf8(input) {
            Ok(input) => input,
            Err(error) => return not_text(error),
        };
        let arena = Arena::new();
        let options = json::ReadOptions::new().with_limits(*limits);
        let (read, peak) = measured(|| json::from_str_with(&layout, input, &arena, &options));
        let read = match read {
            Ok(value) => Ok(json::to_string(&layout, &value).expect(WRITTEN).into_bytes()),
            Err(error) => {
                let (path, words) = (error.path().clone(), 2 * error.kind().to_string().len());
                Err(Refusal::new(error, Some(&path), words))
            }
        };
        Trial { peak, read }
    })
    .amplifying(VALUE_FACTOR)
    .slow(2)
}

pub(crate) fn text_decoder(name: &str, layout: Layout, seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new(format!("text: {name}"), Grammar::Text, seeds, move |input, limits| {
        let input = match std::str::from_utf8(input) {
            Ok(input) => input,
            Err(error) => return not_text(error),
        };
        let arena = Arena::new();
        let options = text::ReadOptions::new().with_limits(*limits);
        let (read, peak) = measured(|| text::from_str_with(&layout, input, &arena, &options));
        let read = match read {
            Ok(value) => Ok(text::to_string(&layout, &value).expect(WRITTEN).into_bytes()),
            Err(error) => {
                let (path, words) = (error.path().clone(), 2 * error.to_string().len());
                Err(Refusal::new(error, Some(&path), words))
            }
        };
        Trial { peak, read }
    })
    .amplifying(VALUE_FACTOR)
    .slow(2)
}

pub(crate) fn avro_json_decoder(name: &str, layout: Layout, seeds: Vec<Vec<u8>>) -> Decoder {
    Decoder::new(format!("avro json: {name}"), Grammar::Text, seeds, move |input, limits| {
        let input = match std::str::from_utf8(input) {
            Ok(input) => input,
            Err(error) => return not_text(error),
        };
        let arena = Arena::new();
        let options = avro::json::ReadOptions::new().with_limits(*limits);
        let (read, peak) = measured(|| avro::json::from_str_with(&layout, input, &arena, &options));
        let read = match read {
            Ok(value) => Ok(avro::json::to_string(&layout, &value).expect(WRITTEN).into_bytes()),
            Err(error) => {
                let (path, words) = (error.path().clone(), 2 * error.kind().to_string().len());
                Err(Refusal::new(error, Some(&path), words))
            }
        };
        Trial { peak, read }
    })
    .amplifying(VALUE_FACTOR)
    .slow(2)
}
