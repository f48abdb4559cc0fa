//! What must hold of any text, file, stream or prefix: what was read can be written and read again, within the limits.

use canread::framing::Framing;
use canread_avro::codec as avro;
use canread_avro::container::{self, Codec, ContainerError, ContainerLimits, ValueWriter, WriteOptions};
use canread_avro::single_object;
use canread_model::Schema;
use canread_plan::{Arena, Layout, Plan};
use canread_protobuf::codec as protobuf;
use canread_protobuf::codec::delimited::{self, Messages};
use canread_syntax::Sources;
use canread_wire::Limits;

use crate::Language;
use crate::decoding::{AVRO, PROTOBUF, TIGHT, avro_seed, protobuf_seed};

/// Every rule that `ProtoJSON` has.
const JSON: &str = include_str!("../../crates/canread-protobuf/tests/json/everything.proto");

/// What is read without a type.
#[derive(Debug)]
pub struct Layers {
    json: Layout,
    protobuf: Layout,
    avro: Layout,
    avro_schema: Schema,
    /// From numbers that lie otherwise than the reader's own.
    plan: Plan,
}

fn schema(language: Language, name: &str, text: &str) -> Schema {
    language.link_valid(&mut Sources::default(), "seed", &[(name, text)]).expect("a valid schema").schema
}

impl Default for Layers {
    fn default() -> Self {
        let protobuf = |text: &str| {
            let schema = schema(Language::Protobuf, "a.proto", text);
            Layout::of(&schema, schema.find("test.Everything").expect("the message")).expect("it has a layout")
        };
        let json = schema(Language::Protobuf, "a.proto", JSON);
        let avro_schema = schema(Language::Avro, "a.avsc", AVRO);
        Self {
            json: Layout::of_all(&json, json.find("test.M").expect("the message")).expect("it has a layout"),
            protobuf: protobuf(PROTOBUF),
            avro: Layout::of_root(&avro_schema).expect("it has a layout"),
            avro_schema,
            plan: Plan::resolve(protobuf(&differing(PROTOBUF)), protobuf(PROTOBUF)).expect("it can be read"),
        }
    }
}

/// Numbers that lie otherwise.
fn differing(schema: &str) -> String {
    [(" int32 ", " sint64 "), (" sint32 ", " int64 "), (" uint64 ", " sint64 "), (" float ", " double ")]
        .iter()
        .fold(schema.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn assert_within(tight: &Arena) {
    assert!(tight.allocated_bytes() <= 4_096, "{} bytes", tight.allocated_bytes());
}

/// One input of each target, by its name: what the search starts from.
///
/// # Panics
///
/// Never.
#[must_use]
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let (layers, arena) = (Layers::default(), Arena::new());
    let (message, record) = (protobuf_seed(), avro_seed());
    let of_message = protobuf::value::from_slice(&layers.protobuf, &message, &arena).expect("a message");
    let of_record = avro::value::from_slice(&layers.avro, &record, &arena).expect("a record");
    let json =
        br#"{"anInt64": "7", "nested": {"text": "a"}, "int32s": [1, 1.5e1], "anything": {"a": [null, "b", {}]}}"#;
    let mut stream = Vec::new();
    delimited::encode_value_into(&layers.protobuf, &of_message, &mut stream).expect("memory");
    let object = single_object::ValueEncoder::new(&layers.avro_schema).expect("a schema");
    let mut seeds = vec![
        ("protobuf_json", json.to_vec()),
        ("protobuf_text", protobuf::text::to_string(&layers.protobuf, &of_message).expect("a message").into_bytes()),
        ("avro_json", avro::json::to_string(&layers.avro, &of_record).expect("a record").into_bytes()),
        ("protobuf_delimited", stream),
        ("protobuf_resolve", message.clone()),
        ("framing", [&[0, 0, 0, 0, 7, 4, 2, 2][..], &message].concat()),
        ("avro_single_object", object.to_vec(&of_record).expect("a record")),
    ];
    for codec in [Codec::Null, Codec::Deflate, Codec::Snappy] {
        let mut writer = ValueWriter::with_schema(Vec::new(), SMALL, &options(codec)).expect("a schema");
        let layout = writer.layout().clone();
        let value = avro::value::from_slice(&layout, &[2, 2, b'a'], &arena).expect("a record");
        for _ in 0..3 {
            writer.write(&value).expect("memory");
        }
        seeds.push(("avro_container", writer.finish().expect("memory")));
    }
    seeds
}

const SMALL: &str =
    r#"{"type": "record", "name": "R", "fields": [{"name": "id", "type": "int"}, {"name": "note", "type": "string"}]}"#;

fn options(codec: Codec) -> WriteOptions {
    WriteOptions::new().with_compression(codec).with_block_bytes(16).with_marker(*b"0123456789abcdef")
}

impl Layers {
    /// Reads `ProtoJSON`.
    ///
    /// # Panics
    ///
    /// What was read cannot be written, or comes back as something else; or a limit did not hold.
    pub fn protobuf_json(&self, data: &[u8]) {
        use protobuf::json;
        let (Ok(text), layout, arena, tight) = (str::from_utf8(data), &self.json, Arena::new(), Arena::new()) else {
            return;
        };
        let _ = json::from_str_with(layout, text, &tight, &json::ReadOptions::new().with_limits(TIGHT));
        assert_within(&tight);
        let Ok(value) = json::from_str(layout, text, &arena) else { return };
        // An `Any` or a time may be within the limits as text and beyond what may be written.
        let Ok(written) = json::to_string(layout, &value) else { return };
        let again = json::from_str(layout, &written, &arena).expect("our own text");
        assert!(json::to_string(layout, &again).as_ref() == Ok(&written), "another value came back");
    }

    /// Reads Protobuf's text format.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn protobuf_text(&self, data: &[u8]) {
        use protobuf::text;
        let (Ok(input), layout, arena, tight) = (str::from_utf8(data), &self.protobuf, Arena::new(), Arena::new())
        else {
            return;
        };
        let _ = text::from_str_with(layout, input, &tight, &text::ReadOptions::new().with_limits(TIGHT));
        assert_within(&tight);
        let Ok(value) = text::from_str(layout, input, &arena) else { return };
        let written = text::to_string(layout, &value).expect("a value of the layout");
        let again = text::from_str(layout, &written, &arena).expect("our own text");
        assert!(text::to_string(layout, &again).as_ref() == Ok(&written), "another value came back");
    }

    /// Reads Avro's JSON encoding.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn avro_json(&self, data: &[u8]) {
        use avro::json;
        let (Ok(text), layout, arena, tight) = (str::from_utf8(data), &self.avro, Arena::new(), Arena::new()) else {
            return;
        };
        let _ = json::from_str_with(layout, text, &tight, &json::ReadOptions::new().with_limits(TIGHT));
        assert_within(&tight);
        let Ok(value) = json::from_str(layout, text, &arena) else { return };
        let written = json::to_string(layout, &value).expect("a value of the layout");
        let again = json::from_str(layout, &written, &arena).expect("our own text");
        assert!(json::to_string(layout, &again).as_ref() == Ok(&written), "another value came back");
        avro::value::to_vec(layout, &value).expect("what is read as text can be written as bytes");
    }

    /// Reads an object container file, passing over damaged blocks, and writes what it holds as another one.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn avro_container(&self, data: &[u8]) {
        let limits = ContainerLimits::strict().with_block(Limits::strict().with_allocated_bytes_max(1 << 20));
        let Ok(reader) = container::Reader::with_limits(data, &limits) else { return };
        let schema = reader.header().schema_text().to_owned();
        let mut values = reader.values();
        let mut writer = ValueWriter::with_schema(Vec::new(), &schema, &options(Codec::Null)).expect("it was read");
        let mut count = 0_u32;
        let mut next = |values: &mut container::Values<_>| -> Result<bool, ContainerError> {
            let Some(value) = values.next_value()? else { return Ok(false) };
            writer.write(&value).expect("memory");
            count += 1;
            Ok(true)
        };
        loop {
            match next(&mut values) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    if !matches!(values.resync(), Ok(Some(_))) {
                        break;
                    }
                }
            }
        }
        let file = writer.finish().expect("memory");
        let mut again = container::Reader::new(&file[..]).expect("our own file").values();
        let mut left = count;
        while again.next_value().expect("our own file").is_some() {
            left = left.checked_sub(1).expect("no more than were written");
        }
        assert_eq!(left, 0, "of {count}");
    }

    /// Reads an object behind the fingerprint of its schema.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn avro_single_object(&self, data: &[u8]) {
        let arena = Arena::new();
        let known = single_object::fingerprint(&self.avro_schema).expect("a schema");
        let store = |asked: u64| (asked == known).then(|| self.avro_schema.clone());
        let reader = single_object::ValueReader::with_limits(store, &Limits::strict());
        let Ok((_, value)) = reader.read(data, &arena) else { return };
        let encoder = single_object::ValueEncoder::new(&self.avro_schema).expect("a schema");
        let bytes = encoder.to_vec(&value).expect("a value of the schema");
        let (_, again) = reader.read(&bytes, &arena).expect("our own bytes");
        assert!(encoder.to_vec(&again).as_ref() == Ok(&bytes), "another value came back");
    }

    /// Reads messages behind their lengths.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn protobuf_delimited(&self, data: &[u8]) {
        let (mut messages, mut written, mut count) = (Messages::new(data), Vec::new(), 0_u32);
        loop {
            let arena = Arena::new();
            let Some(Ok(value)) = messages.next_value(&self.protobuf, &arena) else { break };
            delimited::encode_value_into(&self.protobuf, &value, &mut written).expect("a value of the layout");
            count += 1;
        }
        let mut again = Messages::new(&written);
        loop {
            let arena = Arena::new();
            let Some(value) = again.next_value(&self.protobuf, &arena) else { break };
            value.expect("our own bytes");
            count = count.checked_sub(1).expect("no more than were written");
        }
        assert_eq!(count, 0);
    }

    /// Reads what a schema wrote whose numbers lie otherwise.
    ///
    /// # Panics
    ///
    /// As [`protobuf_json`](Self::protobuf_json).
    pub fn protobuf_resolve(&self, data: &[u8]) {
        use protobuf::value;
        let (arena, tight) = (Arena::new(), Arena::new());
        let _ = value::resolve_slice_with(&self.plan, data, &tight, &TIGHT);
        assert_within(&tight);
        let Ok(read) = value::resolve_slice(&self.plan, data, &arena) else { return };
        let layout = self.plan.reader();
        let bytes = value::to_vec(layout, &read).expect("a value of the layout");
        let again = value::from_slice(layout, &bytes, &arena).expect("our own bytes");
        assert!(value::to_vec(layout, &again).as_ref() == Ok(&bytes), "another value came back");
    }
}

/// Reads what stands before a message.
///
/// # Panics
///
/// What was read is written otherwise, and not shorter.
pub fn framing(data: &[u8]) {
    for framing in [Framing::Schema, Framing::Message] {
        let Ok((prefix, message)) = framing.split(data) else { continue };
        let mut written = Vec::new();
        prefix.write(&mut written);
        written.extend_from_slice(message);
        assert!(written.len() <= data.len());
        let (again, rest) = framing.split(&written).expect("our own bytes");
        assert!(again == prefix && rest == message);
    }
}

#[test]
fn the_seeds_are_read() {
    let layers = Layers::default();
    for (target, seed) in seeds() {
        match target {
            "protobuf_json" => layers.protobuf_json(&seed),
            "protobuf_text" => layers.protobuf_text(&seed),
            "avro_json" => layers.avro_json(&seed),
            "avro_container" => layers.avro_container(&seed),
            "avro_single_object" => layers.avro_single_object(&seed),
            "protobuf_delimited" => layers.protobuf_delimited(&seed),
            "protobuf_resolve" => layers.protobuf_resolve(&seed),
            _ => framing(&seed),
        }
    }
}
