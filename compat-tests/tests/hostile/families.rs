//! Inputs that ask for much with little, of any size, and the decoders that read them.
//!
//! Source: the attack classes of peers' advisories (see `advisories`), and what the code of the decoders has a loop or a buffer for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use canread_avro::codec as avro;
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Layout, Plan};
use canread_protobuf::codec as protobuf;
use canread_record::{Decode, DecodeFields, EncodeFields, Entries, Shaped};
use canread_wire::zigzag;

use crate::collections::{Leaf, Wide};
use crate::decoder::{Decoder, Grammar, Refusal, Trial};
use crate::generated;
use crate::heap::measured;
use crate::mutate::{field, group, varint};
use crate::table::{WRITTEN, avro_read, protobuf_value, read};
use crate::{avro_type, protobuf_type};

/// Inputs of one sort.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// What reads them.
    pub(crate) decoders: Vec<Decoder>,
    /// The input with so many of what the family has many of.
    pub(crate) input: Box<dyn Fn(usize) -> Vec<u8>>,
}

/// All of them.
pub(crate) fn families() -> Vec<Family> {
    let mut families = protobuf_families();
    families.extend(protobuf_collections());
    families.extend(protobuf_groups());
    families.extend(avro_families());
    families.extend(crate::layer_families::families());
    families.extend(crate::headers::families());
    families
}

fn key(number: u64, wire: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(number << 3 | wire, &mut bytes);
    bytes
}

/// A field with a number.
fn plain(number: u64, value: u64) -> Vec<u8> {
    let mut bytes = key(number, 0);
    varint(value, &mut bytes);
    bytes
}

/// Bodies inside each other as fields of one number, so many deep.
fn nested(number: u64, depth: usize, innermost: &[u8]) -> Vec<u8> {
    (0..depth).fold(innermost.to_vec(), |inner, _| field(number, &inner))
}

fn each(count: usize, one: impl Fn(u64) -> Vec<u8>) -> Vec<u8> {
    (0..count as u64).flat_map(one).collect()
}

/// Families of a message that has every feature.
fn protobuf_families() -> Vec<Family> {
    const SCHEMA: &str = include_str!("../../../crates/canread-protobuf/tests/codec/everything.proto");
    let of = |name: &'static str, input: fn(usize) -> Vec<u8>| {
        let decoders = vec![
            Decoder::new("a type", Grammar::Protobuf, vec![], read!(protobuf, protobuf_type::Everything)).unordered(),
            Decoder::new(
                "a type that borrows",
                Grammar::Protobuf,
                vec![],
                read!(protobuf, protobuf_type::Borrowed<'_>),
            ),
            protobuf_value("a value", SCHEMA, "test.Everything", vec![]),
        ];
        Family { name, decoders, input: Box::new(input) }
    };
    vec![
        of("protobuf: one number again and again", |count| plain(2, 1).repeat(count)),
        of("protobuf: one text again and again", |count| field(14, b"some text").repeat(count)),
        of("protobuf: unknown numbers", |count| plain(2_000, 1).repeat(count)),
        of("protobuf: unknown texts", |count| each(count, |at| field(2_000 + at % 7, b"unknown"))),
        of("protobuf: unknown groups", |count| group(2_000, &group(3, &[])).repeat(count)),
        of("protobuf: known numbers with another wire type", |count| {
            key(2, 5).iter().copied().chain([0; 4]).collect::<Vec<_>>().repeat(count)
        }),
        of("protobuf: empty messages", |count| field(26, &[]).repeat(count)),
        of("protobuf: messages of a field", |count| field(26, &plain(2, 7)).repeat(count)),
        of("protobuf: empty texts", |count| field(25, &[]).repeat(count)),
        of("protobuf: a packed list", |count| field(27, &vec![0; count])),
        of("protobuf: a packed list of long varints", |count| {
            field(27, &[0xff; 9].iter().copied().chain([1]).collect::<Vec<_>>().repeat(count))
        }),
        of("protobuf: packed lists of one item", |count| field(27, &[0]).repeat(count)),
        of("protobuf: packed doubles", |count| field(29, &vec![0; 8 * count])),
        of("protobuf: numbers that are not packed", |count| plain(28, 5).repeat(count)),
        of("protobuf: two lists by turns", |count| [plain(28, 5), field(25, b"x")].concat().repeat(count)),
        of("protobuf: a set of one number", |count| field(32, &[7, 0, 0, 0].repeat(count))),
        of("protobuf: a set of numbers", |count| {
            field(32, &each(count, |at| u32::try_from(at).expect("few").to_be_bytes().to_vec()))
        }),
        of("protobuf: one key of a map", |count| field(33, &[]).repeat(count)),
        of("protobuf: keys of a map", |count| each(count, |at| field(33, &field(1, format!("{at:06}").as_bytes())))),
        of("protobuf: keys of a sorted map, backwards", |count| {
            each(count, |at| field(34, &plain(1, 2 * (1_000_000 - at))))
        }),
        of("protobuf: keys of two maps by turns", |count| {
            each(count, |at| [field(33, &field(1, format!("{at:06}").as_bytes())), field(36, &[])].concat())
        }),
        of("protobuf: a map's key and value again and again", |count| {
            field(33, &[field(1, b"k"), field(2, b"v")].concat().repeat(count))
        }),
        of("protobuf: symbols that the enum lacks", |count| field(31, &vec![9; count])),
        of("protobuf: symbols that the enum lacks, not packed", |count| plain(31, 9).repeat(count)),
        of("protobuf: entries with symbols that the enum lacks", |count| field(35, &plain(2, 9)).repeat(count)),
        of("protobuf: a message in pieces", |count| field(37, &[]).repeat(count)),
        of("protobuf: a message in pieces, deep ones", |count| nested(37, 1, &nested(3, 90, &[])).repeat(count)),
        of("protobuf: messages in pieces inside of each other", |count| {
            field(37, &in_pieces(90, &field(1, b"x").repeat(count)))
        }),
        of("protobuf: a group in pieces", |count| group(21, &plain(2, 7)).repeat(count)),
        of("protobuf: deep messages", |count| field(37, &nested(2, 97, &[]).repeat(count))),
        of("protobuf: too deep messages", |count| field(37, &nested(2, 98, &[]).repeat(count))),
        of("protobuf: deep unknown groups", |count| {
            (0..98).fold(Vec::new(), |inner, _| group(2_000, &inner)).repeat(count)
        }),
        of("protobuf: branches of a oneof by turns", |count| {
            [field(22, b"v"), field(23, b""), plain(24, 5)].concat().repeat(count)
        }),
        of("protobuf: a message of a oneof in pieces", |count| field(23, &plain(2, 7)).repeat(count)),
    ]
}

/// The same, each in two pieces.
fn in_pieces(depth: usize, innermost: &[u8]) -> Vec<u8> {
    (0..depth).fold(innermost.to_vec(), |inner, _| [field(3, &inner), field(3, &[])].concat())
}

#[derive(Record, Debug)]
pub(crate) struct Nothing {}

#[derive(Record, Debug)]
pub(crate) struct One<T> {
    #[field(1)]
    pub(crate) items: T,
}

#[derive(Record, Debug)]
struct Inner {
    #[field(1)]
    sorted: Entries<u32, u32>,
}

/// Families of a message with one field, a collection.
fn protobuf_collections() -> Vec<Family> {
    macro_rules! of {
        ($name:literal, $type:ty, $input:expr) => {{
            let input: fn(usize) -> Vec<u8> = $input;
            let typed = Decoder::new(stringify!($type), Grammar::Protobuf, vec![], read!(protobuf, One<$type>));
            Family { name: $name, decoders: vec![typed.unordered()], input: Box::new(input) }
        }};
    }
    vec![
        of!("protobuf: empty messages, list of wide ones", Vec<Wide>, |count| field(1, &[]).repeat(count)),
        of!("protobuf: empty messages, list of boxes", Vec<Box<Leaf>>, |count| field(1, &[]).repeat(count)),
        of!("protobuf: empty messages, ring", VecDeque<Leaf>, |count| field(1, &[]).repeat(count)),
        of!("protobuf: empty messages without fields", Vec<Nothing>, |count| field(1, &[]).repeat(count)),
        of!("protobuf: keys of a hash map", HashMap<u32, u32>, |count| each(count, |at| field(1, &plain(1, at)))),
        of!("protobuf: keys of a hash map to wide values", HashMap<u32, Wide>, |count| each(count, |at| field(1, &plain(1, at)))),
        of!("protobuf: keys of a tree", BTreeMap<u32, u32>, |count| each(count, |at| field(1, &plain(1, at)))),
        of!("protobuf: keys of a sorted list", Entries<u32, u32>, |count| each(count, |at| field(1, &plain(1, 1_000_000 - at)))),
        of!("protobuf: one key of a sorted list", Entries<u32, u32>, |count| field(1, &[]).repeat(count)),
        of!("protobuf: items of a hash set", HashSet<u32>, |count| field(
            1,
            &each(count, |at| plain(0, at)[1..].to_vec())
        )),
        // Each piece is sorted into what is there. What that may cost is bounded by items: 1,448 pieces, and then an error.
        of!("protobuf: sorted maps in pieces", Option<Inner>, |count| each(count, |at| field(
            1,
            &field(1, &plain(1, 1_000_000 - at))
        ))),
    ]
}

/// A message that lies in itself as a group.
#[derive(Record, Debug)]
struct Level {
    #[field(1, protobuf(group))]
    inner: Option<Box<Level>>,
    #[field(2)]
    number: i64,
}

/// Families of groups in groups, of which only the last byte says where they end.
fn protobuf_groups() -> Vec<Family> {
    const SCHEMA: &str = r#"edition = "2023";
        message Level {
            Level inner = 1 [features.message_encoding = DELIMITED];
            int64 number = 2 [features.field_presence = IMPLICIT];
        }"#;
    let of = |name: &'static str, input: fn(usize) -> Vec<u8>| {
        let writer = generated::protobuf_layout(&SCHEMA.replace("int64", "int32"), "Level");
        let plan = Plan::resolve(writer, generated::protobuf_layout(SCHEMA, "Level")).expect("a wider number");
        let resolved = Decoder::new("a value resolved", Grammar::Protobuf, vec![], move |input, limits| {
            let arena = Arena::new();
            let (read, peak) = measured(|| protobuf::value::resolve_slice_with(&plan, input, &arena, limits));
            let write = |value| protobuf::value::to_vec(plan.reader(), &value).expect(WRITTEN);
            Trial { peak, read: read.map(write).map_err(Refusal::from) }
        });
        let decoders = vec![
            Decoder::new("a type", Grammar::Protobuf, vec![], read!(protobuf, Level)),
            protobuf_value("a value", SCHEMA, "Level", vec![]),
            resolved,
        ];
        Family { name, decoders, input: Box::new(input) }
    };
    vec![
        of("protobuf: groups in each other", |count| {
            (0..90).fold(plain(2, 1).repeat(count), |inner, _| [plain(2, 1), group(1, &inner)].concat())
        }),
        of("protobuf: groups in each other, broken", |count| {
            (0..90).fold([plain(2, 1).repeat(count), vec![0]].concat(), |inner, _| group(1, &inner))
        }),
        of("protobuf: groups in each other, in pieces", |count| {
            (0..90).fold(plain(2, 1).repeat(count), |inner, _| [group(1, &inner), group(1, &[])].concat())
        }),
        of("protobuf: groups in each other, repeated", |count| {
            (0..90).fold(Vec::new(), |inner, _| group(1, &inner)).repeat(count)
        }),
    ]
}

fn long(number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(zigzag(number), &mut bytes);
    bytes
}

/// So many items in one block.
fn block(count: usize, one: impl Fn(u64) -> Vec<u8>) -> Vec<u8> {
    [long(i64::try_from(count).expect("few")), each(count, one), if count == 0 { vec![] } else { vec![0] }].concat()
}

/// So many items, each in a block of its own, with its size.
fn blocks(count: usize, one: &[u8]) -> Vec<u8> {
    let size = long(i64::try_from(one.len()).expect("few"));
    [[&[1], &size[..], one].concat().repeat(count), vec![0]].concat()
}

/// What reads a type, in each way that Avro has.
pub(crate) fn avro_decoders<T>(name: &'static str) -> Vec<Decoder>
where
    T: for<'de> Decode<'de> + for<'de> DecodeFields<'de> + EncodeFields + Shaped + 'static,
{
    let schema = avro::schema_of::<T>();
    let layout = Layout::of_root(&schema).expect("a type has a layout");
    // A reader that wants nothing of it.
    let nothing = generated::avro_layout(r#"{"type": "record", "name": "One", "fields": []}"#);
    let skip = Plan::resolve(layout.clone(), nothing).expect("a record without its fields");
    let typed = Decoder::new(format!("a type, {name}"), Grammar::Avro, vec![], read!(avro, T)).unordered();
    let resolving = avro::Decoder::<T>::new(&schema).expect("the same");
    let resolving = Decoder::new(format!("a type resolved, {name}"), Grammar::Avro, vec![], move |input, limits| {
        let (read, peak) = measured(|| resolving.from_slice_with(input, limits));
        Trial { peak, read: read.map(|value: T| avro::to_vec(&value).expect(WRITTEN)).map_err(Refusal::from) }
    });
    let value = Decoder::new("a value", Grammar::Avro, vec![], move |input, limits| avro_read(&layout, input, limits));
    let skipped = Decoder::new("skipped", Grammar::Avro, vec![], move |input, limits| {
        let arena = Arena::new();
        let (read, peak) = measured(|| avro::value::resolve_slice_with(&skip, input, &arena, limits));
        Trial {
            peak,
            read: read.map(|value| avro::value::to_vec(skip.reader(), &value).expect(WRITTEN)).map_err(Refusal::from),
        }
    });
    vec![typed, resolving.unordered(), value, skipped.read_by(|input, _| Trial { peak: 0, read: Ok(input.to_vec()) })]
}

fn avro_families() -> Vec<Family> {
    macro_rules! of {
        ($name:literal, $type:ty, $input:expr) => {{
            let input: fn(usize) -> Vec<u8> = $input;
            Family { name: $name, decoders: avro_decoders::<One<$type>>(stringify!($type)), input: Box::new(input) }
        }};
    }
    vec![
        of!("avro: empty texts", Vec<String>, |count| block(count, |_| vec![0])),
        of!("avro: empty texts in blocks of one", Vec<String>, |count| blocks(count, &[0])),
        of!("avro: a long text", String, |count| [long(i64::try_from(count).expect("few")), vec![b'x'; count]]
            .concat()),
        of!("avro: items without bytes", Vec<Nothing>, |count| block(count, |_| vec![])),
        of!("avro: numbers", Vec<i32>, |count| block(count, |_| vec![0])),
        of!("avro: numbers in blocks of one", Vec<i32>, |count| blocks(count, &[0])),
        of!("avro: truths", Vec<bool>, |count| block(count, |_| vec![1])),
        of!("avro: doubles", Vec<f64>, |count| block(count, |_| vec![0; 8])),
        of!("avro: nulls", Vec<Option<i64>>, |count| block(count, |_| vec![0])),
        of!("avro: nulls of a wide type", Vec<Option<Wide>>, |count| block(count, |_| vec![0])),
        of!("avro: small records", Vec<Leaf>, |count| block(count, |_| vec![0, 0, 0])),
        of!("avro: small records in boxes", Vec<Box<Leaf>>, |count| block(count, |_| vec![0, 0, 0])),
        of!("avro: small records in a ring", VecDeque<Leaf>, |count| block(count, |_| vec![0, 0, 0])),
        of!("avro: wide records", Vec<Wide>, |count| block(count, |_| vec![0; 96])),
        of!("avro: empty lists", Vec<Vec<i32>>, |count| block(count, |_| vec![0])),
        of!("avro: lists of one", Vec<Vec<i32>>, |count| block(count, |_| vec![2, 0, 0])),
        of!("avro: empty maps", Vec<BTreeMap<String, i32>>, |count| block(count, |_| vec![0])),
        of!("avro: maps of one", Vec<BTreeMap<String, i32>>, |count| block(count, |_| vec![2, 0, 0, 0])),
        of!("avro: hash maps of one", Vec<HashMap<String, i32>>, |count| block(count, |_| vec![2, 0, 0, 0])),
        of!("avro: keys of a tree", BTreeMap<String, i32>, |count| block(count, |at| [&[12], format!("{at:06}").as_bytes(), &[0]].concat())),
        of!("avro: keys of a hash map", HashMap<String, i32>, |count| block(count, |at| [&[12], format!("{at:06}").as_bytes(), &[0]].concat())),
        of!("avro: keys of a sorted list", Entries<String, i32>, |count| block(count, |at| [&[12], format!("{:06}", 999_999 - at).as_bytes(), &[0]].concat())),
        of!("avro: one key of a tree", BTreeMap<String, i32>, |count| block(count, |_| vec![0, 0])),
        of!("avro: one key of a sorted list", Entries<String, i32>, |count| block(count, |_| vec![0, 0])),
        of!("avro: items of a set", BTreeSet<i64>, |count| block(count, |at| long(i64::try_from(at).expect("few")))),
        of!("avro: one item of a hash set", HashSet<i32>, |count| block(count, |_| vec![0])),
        of!("avro: branches of a union", Vec<avro_type::Choice>, |count| block(count, |at| vec![
            if at % 2 == 0 { 0 } else { 4 },
            0
        ])),
        of!("avro: children of a tree", avro_type::Tree, |count| [vec![0], block(count, |_| vec![0, 0, 0]), vec![0]]
            .concat()),
        of!("avro: deep trees", Vec<avro_type::Tree>, |count| block(count, |_| [
            [0, 2].repeat(95),
            vec![0, 0, 0],
            [0, 0].repeat(95)
        ]
        .concat())),
        of!("avro: too deep trees", Vec<avro_type::Tree>, |count| block(count, |_| [0, 2].repeat(101))),
    ]
}
