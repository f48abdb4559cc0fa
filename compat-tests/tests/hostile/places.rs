//! Whoever refuses bytes names the same reason, byte and field: a type that reads what it wrote, a type under a schema of somebody else's,
//! and values without a type. Whoever reads them writes the same bytes again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use canread_avro::codec as avro;
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, Layout};
use canread_protobuf::codec as protobuf;
use canread_record::{Date, Decimal, Decode, DecodeFields, EncodeFields, Shaped, Timestamp, Uuid};
use canread_wire::{DecodeError, DecodeErrorKind, Limit, Limits, Malformed, Unreadable};

use crate::decoder::Grammar;
use crate::generated::protobuf_layout;
use crate::mutate::mutated;
use crate::random::Random;
use crate::table::WRITTEN;
use crate::{avro_type, protobuf_layers};

/// A record with much that the bytes may hold and the type does not.
#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Narrow {
    #[field(1)]
    byte: i8,
    #[field(2)]
    shorts: Vec<u16>,
    #[field(3)]
    day: Option<Date>,
    #[field(4)]
    price: Decimal<4, 2>,
    #[field(5)]
    id: Uuid,
    #[field(6)]
    at: Timestamp,
    #[field(7)]
    inner: BTreeMap<String, Narrow>,
    #[field(8)]
    numbers: BTreeMap<i32, i8>,
    #[field(9)]
    list: Vec<Narrow>,
    #[field(10)]
    next: Option<Box<Narrow>>,
}

fn narrow(depth: usize) -> Narrow {
    let inner = |at: usize| (depth > 0).then(|| narrow(depth - at.min(depth)));
    Narrow {
        byte: -3,
        shorts: vec![1, 300, 65_535],
        day: (depth.is_multiple_of(2)).then(|| Date::new(2024, 2, 29).expect("a day")),
        price: Decimal::from_unscaled(1234).expect("a price"),
        id: Uuid([7; 16]),
        at: Timestamp::new(1_700_000_000, 0).expect("a time"),
        inner: inner(1).into_iter().map(|one| ("k".to_owned(), one)).collect(),
        numbers: [(1, 2), (-1, 100)].into(),
        list: inner(2).into_iter().chain(inner(3)).collect(),
        next: inner(1).map(Box::new),
    }
}

/// What is compared: one of several readers of the same bytes. It gives what it read, written again.
type Read<'r> = (&'static str, &'r dyn Fn(&[u8], &Limits) -> Result<Vec<u8>, DecodeError>);

/// What two readers may have read otherwise: what the first one wrote, and the second.
type IsAlike<'r> = &'r dyn Fn(&[u8], &[u8]) -> bool;

/// Of each input, and each limit, what the readers say. `may_differ` explains: the first reader's error, the second's. What both read and
/// write is the same bytes, or `is_alike`.
fn compare(
    (seeds, grammar, inputs): (&[Vec<u8>], Grammar, usize),
    limits: &[Limits],
    (first, second, is_alike): (Read<'_>, Read<'_>, IsAlike<'_>),
    may_differ: impl Fn(Option<&DecodeError>, Option<&DecodeError>) -> bool,
) {
    let (mut tally, mut other_ways) = ((0, 0, 0), 0);
    let mut differ = Vec::new();
    let mut attempt = |input: &[u8], limits: &Limits| {
        let (one, other) = ((first.1)(input, limits), (second.1)(input, limits));
        if let (Ok(one), Ok(other)) = (&one, &other) {
            tally.2 += 1;
            let is_same = one == other || is_alike(one, other);
            assert!(
                is_same,
                "{}: {one:02x?}\n{}: {other:02x?}\nis what is written of\n{input:02x?}",
                first.0, second.0
            );
        }
        let (one, other) = (one.err(), other.err());
        tally.0 += usize::from(one.is_some() || other.is_some());
        for error in [&one, &other].into_iter().flatten() {
            // The byte behind the record is in no field; nor is one that is passed over in Protobuf.
            let is_anywhere = error.kind() == DecodeErrorKind::Malformed(Malformed::TrailingBytes)
                || error.offset() == 0
                || grammar == Grammar::Protobuf && !is_of_the_type(Some(error));
            assert!(is_anywhere || !error.path().is_empty(), "{error}: {input:02x?}");
        }
        if one == other || may_differ(one.as_ref(), other.as_ref()) {
            return;
        }
        if grammar == Grammar::Protobuf && is_of_one_byte(one.as_ref(), other.as_ref()) {
            other_ways += 1;
        } else {
            tally.1 += 1;
            if differ.len() < 12 {
                let say = |error: Option<DecodeError>| error.map_or("read".to_owned(), |error| error.to_string());
                differ.push(format!("{}: {}\n{}: {}\n{input:02x?}", first.0, say(one), second.0, say(other)));
            }
        }
    };
    for seed in seeds {
        for end in 0..seed.len() {
            attempt(&seed[..end], &Limits::strict());
        }
        for limits in limits {
            attempt(seed, limits);
        }
        for allowed in (0..4_000).step_by(7) {
            attempt(seed, &Limits::strict().with_allocated_bytes_max(allowed));
        }
    }
    let mut random = Random::new(0x9a7d);
    for _ in 0..inputs {
        let input = mutated(seeds, grammar, &mut random);
        attempt(&input, &Limits::strict());
        if random.once_in(4) {
            attempt(&input, &random.of(limits));
        }
    }
    let (refused, differing, read) = tally;
    // A type looks for the way when reading has failed. Where a record ends at the byte in question, in a few broken inputs two ways fit.
    assert!(other_ways <= refused / 1_000, "{other_ways} of {refused} refusals are of other fields");
    assert!(differ.is_empty(), "{differing} of {refused} refusals differ:\n{}", differ.join("\n"));
    // Where most inputs are read, `written` compares.
    assert!(refused > inputs / 8 && read > 0, "{refused} refusals, {read} times both read");
}

/// Whether two errors are of one kind and at one byte.
fn is_of_one_byte(one: Option<&DecodeError>, other: Option<&DecodeError>) -> bool {
    one.zip(other).is_some_and(|(one, other)| (one.kind(), one.offset()) == (other.kind(), other.offset()))
}

fn limits() -> Vec<Limits> {
    let depths = (0..6).map(|depth| Limits::strict().with_depth_max(depth));
    let items = (0..40).map(|items| Limits::strict().with_items_beyond_input_max(items));
    depths.chain(items).collect()
}

fn is_limit(error: Option<&DecodeError>, limits: &[Limit]) -> bool {
    let is_one = |kind| matches!(kind, DecodeErrorKind::LimitExceeded { limit, .. } if limits.contains(&limit));
    error.is_some_and(|error| is_one(error.kind()))
}

/// What a type alone refuses, which is narrower than what its schema can say.
fn is_of_the_type(error: Option<&DecodeError>) -> bool {
    error.is_some_and(|error| {
        matches!(
            error.kind(),
            DecodeErrorKind::Unreadable(Unreadable::OutOfRange | Unreadable::Size | Unreadable::Time)
                | DecodeErrorKind::Malformed(Malformed::Text)
        )
    })
}

/// Inputs for each pair of readers, unless `CANREAD_HOSTILE_INPUTS` has another number; never more than that is worth.
pub(crate) fn inputs() -> usize {
    match std::env::var("CANREAD_HOSTILE_INPUTS") {
        Ok(number) => number.parse::<usize>().expect("CANREAD_HOSTILE_INPUTS is a number").min(200_000),
        Err(_) => 6_000,
    }
}

/// The same type under its own schema; under one whose records each have a field more, of no bytes; and values of the schema.
fn avro_places<T>(seeds: &[Vec<u8>])
where
    T: Shaped + EncodeFields + for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    let schema = avro::schema_of::<T>();
    let (own, gapped) = (avro::Decoder::<T>::new(&schema), avro::Decoder::<T>::new(&gapped(&avro::schema_text::<T>())));
    let (own, gapped) = (own.expect("its own"), gapped.expect("a field that is passed over"));
    let layout = Layout::of_root(&schema).expect("it has a layout");
    let written = |value: T| avro::to_vec(&value).expect(WRITTEN);
    let plain: Read<'_> = ("a type", &|input, limits| avro::from_slice_with::<T>(input, limits).map(written));
    let own: Read<'_> = ("its own schema", &|input, limits| own.from_slice_with(input, limits).map(written));
    let gapped: Read<'_> = ("another schema", &|input, limits| gapped.from_slice_with(input, limits).map(written));
    let value: Read<'_> = ("a value", &|input, limits| avro_read(&layout, input, limits));
    // A value keeps the order of a map, and keys that come twice; and texts of which a type knows several forms.
    let by_the_type = |one: &[u8], other: &[u8]| avro::from_slice::<T>(other).is_ok_and(|value| written(value) == one);
    let what = (seeds, Grammar::Avro, inputs());
    compare(what, &limits(), (plain, own, &|_, _| false), |_, _| false);
    // Lists ask for their memory otherwise, and what is passed over is a level.
    let unlike = [Limit::AllocatedBytes, Limit::Depth];
    compare(what, &limits(), (plain, gapped, &|_, _| false), |one, other| {
        is_limit(one, &unlike) || is_limit(other, &unlike)
    });
    // Values ask for other memory; lists and maps are levels of theirs; items that take a byte at least are counted ahead.
    compare(what, &limits(), (plain, value, &by_the_type), |one, other| {
        is_limit(one, &unlike)
            || is_limit(other, &unlike)
            || is_of_the_type(one)
            || (one.zip(other)).is_some_and(|(one, other)| {
                let is_outside = one.path().to_string().starts_with(&other.path().to_string());
                other.kind() == DecodeErrorKind::Truncated && other.offset() <= one.offset() && is_outside
            })
    });
}

/// A value, written again.
pub(crate) fn avro_read(layout: &Layout, input: &[u8], limits: &Limits) -> Result<Vec<u8>, DecodeError> {
    let arena = Arena::new();
    let value = avro::value::from_slice_with(layout, input, &arena, limits)?;
    Ok(avro::value::to_vec(layout, &value).expect(WRITTEN))
}

/// The text of a schema whose records each begin with a field of no bytes.
pub(crate) fn gapped(text: &str) -> Schema {
    use canread_avro::schema::{LinkOptions, read};
    let mut fields = 0;
    let mut parts = text.split("\"fields\": [");
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let ty =
            if fields == 0 { r#"{"type":"record","name":"gap.Nothing","fields":[ ]}"# } else { r#""gap.Nothing""# };
        write!(changed, r#""fields": [{{"name":"gone","type":{ty}}}"#).expect("a string takes all that is written");
        if !part.trim_start().starts_with(']') {
            changed.push(',');
        }
        changed.push_str(part);
        fields += 1;
    }
    assert!(fields > 0, "{text}");
    let mut sources = canread_syntax::Sources::default();
    let file = sources.add("gapped.avsc", "test", changed.into_bytes());
    read(&[("gapped.avsc", file)], &sources, &LinkOptions::default()).schema
}

/// The same type under a schema whose numbers lie otherwise; and values of its own schema.
fn protobuf_places<T>(seeds: &[Vec<u8>], text: &str, message: &str)
where
    T: Shaped + EncodeFields + for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    let writer = protobuf_layers::everything_schema(&protobuf_layers::differing(text));
    let resolved = protobuf::Decoder::<T>::new(&writer, message).expect("the type can read it");
    assert!(!resolved.plan().is_identity(), "numbers lie otherwise");
    let layout = protobuf_layout(text, message);
    let written = |value: T| protobuf::to_vec(&value).expect(WRITTEN);
    let plain: Read<'_> = ("a type", &|input, limits| protobuf::from_slice_with::<T>(input, limits).map(written));
    let resolved: Read<'_> = ("another schema", &|input, limits| resolved.from_slice_with(input, limits).map(written));
    let value: Read<'_> = ("a value", &|input, limits| protobuf_read(&layout, input, limits));
    // A value keeps the order of a map, unknown fields that the type has no place for, and texts of which it knows several forms.
    let by_the_type =
        |one: &[u8], other: &[u8]| protobuf::from_slice::<T>(other).is_ok_and(|value| written(value) == one);
    let what = (seeds, Grammar::Protobuf, inputs());
    let unlike = [Limit::AllocatedBytes];
    // Numbers of another schema are others, and may be beyond the range of the type's; and a run of them, where one is expected, is
    // read by a plan and passed over by a type.
    compare(what, &limits(), (plain, resolved, &|_, _| true), |one, other| {
        let is_in_run = other.is_some_and(|other| {
            other.path().to_string().ends_with("byte") && one.is_none_or(|one| other.offset() < one.offset())
        });
        is_limit(one, &unlike) || is_limit(other, &unlike) || is_of_the_type(one) || is_of_the_type(other) || is_in_run
    });
    // What is too deep is noticed in front of its length by a type, and behind it by a value. Messages that may lie in several pieces,
    // also those in an entry, are read by a value when all else is, so that it finds something else first.
    compare(what, &limits(), (plain, value, &by_the_type), |one, other| {
        is_limit(one, &unlike)
            || is_limit(other, &unlike)
            || is_of_the_type(one)
            || (one.zip(other)).is_some_and(|(one, other)| {
                let is_later = other.offset() > one.offset();
                let is_length = (1..=3).contains(&other.offset().saturating_sub(one.offset()));
                let is_one_place = (one.kind(), one.path()) == (other.kind(), other.path());
                let is_deep = is_limit(Some(one), &[Limit::Depth]) && is_limit(Some(other), &[Limit::Depth]);
                let is_near = one.offset().abs_diff(other.offset()) <= 3;
                is_deep && is_near || is_later && (!is_one_place || is_length || !is_limit(Some(one), &[Limit::Depth]))
            })
    });
}

/// A value, written again.
pub(crate) fn protobuf_read(layout: &Layout, input: &[u8], limits: &Limits) -> Result<Vec<u8>, DecodeError> {
    let arena = Arena::new();
    let value = protobuf::value::from_slice_with(layout, input, &arena, limits)?;
    Ok(protobuf::value::to_vec(layout, &value).expect(WRITTEN))
}

/// [`Narrow`] for Protobuf.
const NARROW: &str = r#"syntax = "proto3";
message Narrow {
    int32 byte = 1;
    repeated uint32 shorts = 2;
    message Date { int32 year = 1; int32 month = 2; int32 day = 3; }
    Date day = 3;
    message Decimal { string value = 1; }
    Decimal price = 4;
    string id = 5;
    message Timestamp { int64 seconds = 1; int32 nanos = 2; }
    Timestamp at = 6;
    map<string, Narrow> inner = 7;
    map<int32, int32> numbers = 8;
    repeated Narrow list = 9;
    Narrow next = 10;
}
"#;

#[test]
fn every_reader_of_protobuf_names_the_same_reason_byte_and_field() {
    // Of a type with groups and `float` a plan refuses other bytes first: it reads a group to its end before what is in it, and runs of numbers
    // for fields that are no lists.
    protobuf_places::<Narrow>(&[protobuf::to_vec(&narrow(3)).expect("not deep")], NARROW, "Narrow");
}

#[test]
fn every_reader_of_avro_names_the_same_reason_byte_and_field() {
    avro_places::<avro_type::Everything>(&[avro::to_vec(&avro_type::full()).expect("not deep")]);
    avro_places::<Narrow>(&[avro::to_vec(&narrow(3)).expect("not deep")]);
}
