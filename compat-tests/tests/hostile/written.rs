//! Whoever reads bytes writes the same bytes again, with all that is unknown in them: a type that reads what it wrote, a type under a schema
//! of somebody else's, and values without a type under either.

use canread_avro::codec as avro;
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, Layout};
use canread_protobuf::codec as protobuf;
use canread_record::{Entries, Unknown};
use canread_wire::Limits;

use crate::avro_type;
use crate::decoder::Grammar;
use crate::generated::{avro_seeds, protobuf_seeds};
use crate::mutate::{self, BYTES_MAX, fields, mutated, varint};
use crate::places::{avro_read, gapped, inputs, protobuf_read};
use crate::protobuf_layers::everything_schema;
use crate::random::Random;
use crate::table::WRITTEN;

#[derive(Record, Debug, Clone, Copy, PartialEq)]
enum Closed {
    #[symbol(0, name = "CLOSED_ZERO")]
    Zero,
    #[symbol(5, name = "CLOSED_FIVE")]
    Five,
    #[symbol(-1, name = "CLOSED_BELOW")]
    Below,
}

#[derive(Record, Debug, Clone, Copy, PartialEq)]
enum Open {
    #[symbol(0, name = "OPEN_ZERO")]
    Zero,
    #[symbol(5, name = "OPEN_FIVE")]
    Five,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record, Debug, PartialEq)]
enum Choice {
    #[field(1)]
    Text(String),
    #[field(2)]
    State(Closed),
    #[field(3)]
    Part(Box<Part>),
}

/// What may lie anywhere in another. Without a field that has a `default`, which a type writes also if it was not there.
#[derive(Record, Debug, PartialEq)]
struct Part {
    #[field(union)]
    choice: Option<Choice>,
    #[field(4)]
    single: Option<Closed>,
    #[field(5)]
    packed: Vec<Closed>,
    #[field(6, protobuf(unpacked))]
    listed: Vec<Closed>,
    #[field(8)]
    open: Open,
    #[field(9)]
    number: i32,
    #[field(10)]
    perhaps: Option<u64>,
    #[field(12)]
    float: f32,
    #[field(13)]
    texts: Vec<String>,
    #[field(14)]
    next: Option<Box<Part>>,
    #[field(15)]
    more: Vec<Part>,
    #[field(16, protobuf(group))]
    inside: Option<Box<Part>>,
    /// Of another kind in another schema, so that there is a plan. No data has it, since its bytes would be another number.
    #[field(123_456_789)]
    far: i32,
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug, PartialEq)]
struct Whole {
    #[field(1)]
    part: Option<Part>,
    #[field(2)]
    single: Option<Closed>,
    #[field(3)]
    parts: Vec<Part>,
    #[field(40)]
    states: Entries<i32, Closed>,
    #[field(41)]
    by_name: Entries<String, Part>,
    #[field(unknown)]
    unknown: Unknown,
}

/// The type's own schema, of a version that has more: a symbol and a field that the type does not know. With what `far` is there.
fn newer(far: &str) -> Schema {
    let files = protobuf::schema_files::<Whole>().expect("the language has all of it");
    let mut text = files[0].text.clone();
    for (old, new) in [
        ("CLOSED_FIVE = 5;", "CLOSED_FIVE = 5; CLOSED_SEVEN = 7;"),
        ("message Part {", "message Part { string newer = 30;"),
        ("int32 far = 123456789 [features.field_presence = IMPLICIT];", far),
    ] {
        assert!(text.contains(old), "no `{old}` in {text}");
        text = text.replace(old, new);
    }
    everything_schema(&text)
}

fn layout(schema: &Schema) -> Layout {
    Layout::of(schema, schema.find("Whole").expect("the message")).expect("it has a layout")
}

/// The top-level fields with the maps apart, sorted: a type has their entries in the order of the keys, and a value in that of the data.
fn maps_apart(bytes: &[u8]) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let is_entry = |field: &Vec<u8>| matches!(field[..], [0xc2 | 0xca, 2, ..]);
    let (mut entries, others): (Vec<_>, Vec<_>) = fields(bytes).into_iter().partition(is_entry);
    entries.sort_unstable();
    (entries, others)
}

/// Each varint in a message, and in what may be messages in it, without what is beyond 32 bits.
fn cut(message: &[u8]) -> Vec<u8> {
    let one = |field: Vec<u8>| {
        let (Some((key, behind)), Some(first)) = (number(&field), field.first()) else { return field };
        match (first & 7, number(behind)) {
            (0, Some((symbol, _))) => {
                let mut bytes = field[..field.len() - behind.len()].to_vec();
                varint(symbol & 0xffff_ffff, &mut bytes);
                bytes
            }
            (2, Some((_, body))) => mutate::field(key >> 3, &cut(body)),
            _ => field,
        }
    };
    fields(message).into_iter().flat_map(one).collect()
}

/// The number that bytes begin with, and what is behind it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let last = bytes.iter().position(|byte| *byte < 0x80)?;
    let number = bytes[..=last].iter().rev().fold(0_u64, |number, byte| number << 7 | u64::from(byte & 0x7f));
    Some((number, &bytes[last + 1..]))
}

/// A reader, and what it writes of what it read.
type Read<'r> = (&'static str, &'r dyn Fn(&[u8]) -> Option<Vec<u8>>);

/// Of each input what the readers write again, if they read it: the same as the first one, or `is_alike`.
fn compare(seeds: &[Vec<u8>], grammar: Grammar, readers: &[Read<'_>], is_alike: impl Fn(&[u8], &[u8]) -> bool) {
    let mut random = Random::new(0x1a57);
    let (mut read, inputs) = (0, inputs().max(2 * seeds.len()));
    let mut differ: Vec<(usize, String)> = Vec::new();
    for at in 0..inputs {
        let input = seeds.get(at).cloned().unwrap_or_else(|| mutated(seeds, grammar, &mut random));
        let written: Vec<_> = readers.iter().map(|reader| (reader.1)(&input)).collect();
        let Some(one) = &written[0] else { continue };
        read += 1;
        for (reader, other) in readers.iter().zip(&written).skip(1) {
            if !other.as_ref().is_some_and(|other| one == other || is_alike(one, other)) {
                let what = format!("{}: {one:02x?}\n{}: {other:02x?}\nof\n{input:02x?}", readers[0].0, reader.0);
                differ.push((input.len(), what));
            }
        }
    }
    let shortest = differ.iter().min().map_or("", |(_, what)| what);
    assert!(differ.is_empty(), "{} times of {read}:\n{shortest}", differ.len());
    assert!(read > inputs / 8, "{read} of {inputs} are read");
}

/// Those that the type's own version may have written, and those of a newer one; two behind each other, so that the later one replaces or
/// adds to what the earlier one said.
fn protobuf_inputs(layout: &Layout) -> Vec<Vec<u8>> {
    let once = protobuf_seeds(layout, inputs() / 2);
    let twice = once.iter().zip(once.iter().skip(1)).map(|(one, other)| [&one[..], other].concat());
    twice.filter(|seed| seed.len() <= BYTES_MAX).collect()
}

#[test]
fn every_reader_of_protobuf_writes_what_it_read_as_the_others_do() {
    let own = layout(&protobuf::schema_of::<Whole>());
    let decoder =
        protobuf::Decoder::<Whole>::new(&newer("sint32 far = 123456789;"), "Whole").expect("the type can read it");
    assert!(!decoder.plan().is_identity(), "a number lies otherwise");
    let written = |value: Whole| protobuf::to_vec(&value).expect(WRITTEN);
    let plain = |input: &[u8]| protobuf::from_slice::<Whole>(input).ok().map(written);
    let resolved = |input: &[u8]| decoder.from_slice(input).ok().map(written);
    let value = |input: &[u8]| protobuf_read(&own, input, &Limits::strict()).ok();
    let resolved_value = |input: &[u8]| {
        let arena = Arena::new();
        let value = protobuf::value::resolve_slice(decoder.plan(), input, &arena).ok()?;
        Some(protobuf::value::to_vec(decoder.plan().reader(), &value).expect(WRITTEN))
    };
    let readers: [Read<'_>; 4] = [
        ("a type", &plain),
        ("a type, another schema", &resolved),
        ("a value", &value),
        ("a value, another schema", &resolved_value),
    ];
    let inputs = protobuf_inputs(&layout(&newer("")));
    compare(&inputs, Grammar::Protobuf, &readers, |one, other| {
        // A symbol of more than 32 bits, or more bytes than it needs, is the same to every reader without the rest, which some keep and
        // others do not.
        maps_apart(one) == maps_apart(other) || maps_apart(&cut(one)) == maps_apart(&cut(other))
    });
}

#[test]
fn every_reader_of_avro_writes_what_it_read_as_the_others_do() {
    type Everything = avro_type::Everything;
    let (schema, text) = (avro::schema_of::<Everything>(), avro::schema_text::<Everything>());
    let layout = Layout::of_root(&schema).expect("it has a layout");
    let own = avro::Decoder::<Everything>::new(&schema).expect("its own");
    let gapped = avro::Decoder::<Everything>::new(&gapped(&text)).expect("a field that is passed over");
    let written = |value: Everything| avro::to_vec(&value).expect(WRITTEN);
    let plain = |input: &[u8]| avro::from_slice::<Everything>(input).ok().map(written);
    let own = |input: &[u8]| own.from_slice(input).ok().map(written);
    let gapped = |input: &[u8]| gapped.from_slice(input).ok().map(written);
    let value = |input: &[u8]| avro_read(&layout, input, &Limits::strict()).ok();
    let readers: [Read<'_>; 4] =
        [("a type", &plain), ("its own schema", &own), ("another schema", &gapped), ("a value", &value)];
    let inputs: Vec<_> =
        avro_seeds(&layout, inputs()).into_iter().filter(|seed| avro::from_slice::<Everything>(seed).is_ok()).collect();
    assert!(inputs.len() > 100, "{} inputs", inputs.len());
    // A value keeps the order of a map, and texts of which a type knows several forms.
    compare(&inputs, Grammar::Avro, &readers, |one, other| plain(other).is_some_and(|other| other == one));
}
