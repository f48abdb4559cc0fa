//! How much memory a byte of input becomes, in each family.

use canread_testing::small_stack_bytes;
use canread_wire::Limits;

use crate::families::{Family, families};
use crate::inputs::justified;

/// How large inputs are at most, about.
const BYTES: usize = 512 << 10;

/// Families whose format says much with little, each with what reads it and how many bytes of memory a byte becomes at most: the
/// measured factor, rounded up. All else stays within 16 bytes for a byte, and 64 KiB.
///
/// A message, text, list or null of one or two bytes is as large as its Rust type; where the list around it has to move to a place twice as
/// large, for a moment up to three times. In a value without a type it is 24 bytes, and as many for each field. A list with one
/// item has room for four. The message of the texts has some seventy fields; one of its families ends at the limit of memory, and its figure is that limit's.
///
/// The schema in a header is a text, which becomes a syntax tree, a model with the places of its nodes, and a layout: hundreds of bytes for
/// each part of it, of which the shortest take 2 to 30 bytes of text. No header is larger than 1 MiB, and all of it is bounded by the
/// caller's limits: see `headers`. A plan for it and another schema is made beside that.
const AMPLIFYING: &[(&str, &str, usize)] = &[
    ("protobuf: empty messages", "a value", 67),
    ("protobuf: messages of a field", "a value", 40),
    ("protobuf: empty texts", "a value", 24),
    ("protobuf: packed lists of one item", "a value", 18),
    ("protobuf: numbers that are not packed", "a value", 24),
    ("protobuf: two lists by turns", "a value", 30),
    ("protobuf: one key of a map", "a type that borrows", 32),
    ("protobuf: one key of a map", "a value", 65),
    ("protobuf: keys of a map", "a value", 18),
    ("protobuf: keys of a sorted map, backwards", "a type", 17),
    ("protobuf: keys of a sorted map, backwards", "a value", 58),
    ("protobuf: keys of two maps by turns", "a value", 27),
    ("protobuf: a message in pieces", "a value", 40),
    ("protobuf: a message in pieces, deep ones", "a value", 42),
    ("protobuf: a group in pieces", "a value", 20),
    ("protobuf: deep messages", "a type", 24),
    ("protobuf: deep messages", "a value", 73),
    ("protobuf: too deep messages", "a type", 24),
    ("protobuf: too deep messages", "a value", 72),
    ("protobuf: a message of a oneof in pieces", "a value", 24),
    ("protobuf: empty messages, list of wide ones", "Vec<Wide>", 48),
    ("protobuf: empty messages, list of boxes", "Vec<Box<Leaf>>", 28),
    ("protobuf: empty messages, ring", "VecDeque<Leaf>", 24),
    ("protobuf: keys of a hash map to wide values", "HashMap<u32, Wide>", 52),
    ("protobuf: groups in each other, repeated", "a value", 48),
    ("protobuf: groups in each other, repeated", "a value resolved", 48),
    ("avro: empty texts", "a type, Vec<String>", 48),
    ("avro: empty texts", "a type resolved, Vec<String>", 48),
    ("avro: empty texts", "a value", 72),
    ("avro: empty texts in blocks of one", "a type, Vec<String>", 24),
    ("avro: empty texts in blocks of one", "a type resolved, Vec<String>", 24),
    ("avro: empty texts in blocks of one", "a value", 24),
    ("avro: items without bytes", "a value", 4_439_880),
    ("avro: nulls", "a type, Vec<Option<i64>>", 48),
    ("avro: nulls", "a type resolved, Vec<Option<i64>>", 48),
    ("avro: nulls", "a value", 72),
    ("avro: nulls of a wide type", "a type, Vec<Option<Wide>>", 182),
    ("avro: nulls of a wide type", "a type resolved, Vec<Option<Wide>>", 182),
    ("avro: nulls of a wide type", "a value", 72),
    ("avro: small records", "a type, Vec<Leaf>", 30),
    ("avro: small records", "a type resolved, Vec<Leaf>", 30),
    ("avro: small records", "a value", 102),
    ("avro: small records in boxes", "a type, Vec<Box<Leaf>>", 24),
    ("avro: small records in boxes", "a type resolved, Vec<Box<Leaf>>", 24),
    ("avro: small records in boxes", "a value", 102),
    ("avro: small records in a ring", "a type, VecDeque<Leaf>", 30),
    ("avro: small records in a ring", "a type resolved, VecDeque<Leaf>", 30),
    ("avro: small records in a ring", "a value", 102),
    ("avro: empty lists", "a type, Vec<Vec<i32>>", 47),
    ("avro: empty lists", "a type resolved, Vec<Vec<i32>>", 47),
    ("avro: empty lists", "a value", 72),
    ("avro: lists of one", "a type, Vec<Vec<i32>>", 17),
    ("avro: lists of one", "a type resolved, Vec<Vec<i32>>", 17),
    ("avro: lists of one", "a value", 30),
    ("avro: empty maps", "a type, Vec<BTreeMap<String, i32>>", 47),
    ("avro: empty maps", "a type resolved, Vec<BTreeMap<String, i32>>", 47),
    ("avro: empty maps", "a value", 72),
    ("avro: maps of one", "a type, Vec<BTreeMap<String, i32>>", 88),
    ("avro: maps of one", "a type resolved, Vec<BTreeMap<String, i32>>", 88),
    ("avro: maps of one", "a value", 44),
    ("avro: hash maps of one", "a type, Vec<HashMap<String, i32>>", 52),
    ("avro: hash maps of one", "a type resolved, Vec<HashMap<String, i32>>", 52),
    ("avro: hash maps of one", "a value", 44),
    ("avro: keys of a tree", "a value", 18),
    ("avro: keys of a hash map", "a value", 18),
    ("avro: keys of a sorted list", "a value", 18),
    ("avro: one key of a tree", "a value", 72),
    ("avro: one key of a sorted list", "a type, Entries<String, i32>", 48),
    ("avro: one key of a sorted list", "a type resolved, Entries<String, i32>", 48),
    ("avro: one key of a sorted list", "a value", 72),
    ("avro: branches of a union", "a type, Vec<avro_type::Choice>", 48),
    ("avro: branches of a union", "a type resolved, Vec<avro_type::Choice>", 48),
    ("avro: branches of a union", "a value", 56),
    ("avro: children of a tree", "a type, avro_type::Tree", 32),
    ("avro: children of a tree", "a type resolved, avro_type::Tree", 32),
    ("avro: children of a tree", "a value", 102),
    ("json: empty messages", "json: a value", 584),
    ("json: any values", "json: a value", 164),
    ("json: a list of any values", "json: a value", 164),
    ("json: empty lists of any values", "json: a value", 187),
    ("json: keys of a struct", "json: a value", 41),
    ("json: empty messages in a map", "json: a value", 206),
    ("json: deep messages", "json: a value", 191),
    ("avro json: empty records", "avro json: a value", 45),
    ("avro json: empty lists", "avro json: a value", 24),
    ("avro json: keys of a map", "avro json: a value", 18),
    ("avro json: one key of a map", "avro json: a value", 28),
    ("text: empty messages", "text: a value", 215),
    ("text: a list of empty messages", "text: a value", 630),
    ("text: entries without a key", "text: a value", 31),
    ("text: deep messages", "text: a value", 261),
    ("header: fields", "a header", 27),
    ("header: fields of one name", "a header", 27),
    ("header: fields of lists", "a header", 18),
    ("header: fields of perhaps a number", "a header", 24),
    ("header: fields of a union", "a header", 68),
    ("header: records of a field", "a header", 35),
    ("header: fixeds of a union", "a header", 59),
    ("header: enums of a union", "a header", 56),
    ("header: ints of a union", "a header", 69),
    ("header: unions of a union", "a header", 43),
    ("header: symbols", "a header", 42),
    ("header: one symbol again", "a header", 61),
    ("header: fields of a type that nobody declares", "a header", 26),
    ("header: fields that are none", "a header", 63),
    ("header: names of a type", "a header", 25),
    ("header: names of a field", "a header", 29),
    ("header: properties", "a header", 37),
    ("header: a property of lists", "a header", 43),
    ("header: one key again", "a header", 45),
    ("header: defaults of lists", "a header", 24),
    ("header: a default of numbers", "a header", 91),
    ("header: a default of entries", "a header", 29),
    ("header: a default of fields", "a header", 26),
    ("header: defaults of defaults", "a header", 23),
    ("header: types in a namespace of 500 letters", "a header", 114),
    ("header: unions in a record of 500 letters", "a header", 80),
    ("header: metadata", "a header", 22),
    ("resolved: fields", "a plan", 33),
    ("resolved: records of a union", "a plan", 58),
    ("resolved: fixeds of a union, of one name", "a plan", 75),
    ("resolved: records in each other", "a plan", 44),
    ("resolved: symbols", "a plan", 54),
];

#[test]
fn a_byte_becomes_16_at_most_but_for_the_families_that_are_listed() {
    let small = std::thread::Builder::new().stack_size(small_stack_bytes());
    small.spawn(measure_all).expect("a thread starts").join().expect("see above");
}

/// One more than a power of two: what doubles has just done so, and holds what it moved from and what it moved to.
fn worst_count(family: &Family) -> usize {
    let one = (family.input)(64).len().div_ceil(64);
    let count = (BYTES / one).min(1 << 17) + 1;
    (count.next_power_of_two() >> 1) + 1
}

fn measure_all() {
    let mut wrong = Vec::new();
    let mut listed = 0;
    for family in families() {
        let input = (family.input)(worst_count(&family));
        for decoder in &family.decoders {
            let trial = decoder.decode(&input, &Limits::strict());
            let factor = trial.peak.saturating_sub(64 << 10).div_ceil(input.len());
            let known = AMPLIFYING.iter().find(|(name, reader, _)| *name == family.name && *reader == decoder.name);
            let known = known.map(|(.., factor)| *factor);
            listed += usize::from(known.is_some());
            let is_well = match known {
                // A little less is well: what the standard library asks for changes.
                Some(known) => factor <= known && factor * 10 >= known * 9 && trial.peak > justified(input.len()),
                None => trial.peak <= justified(input.len()),
            };
            let end = match &trial.read {
                Ok(again) => {
                    decoder.assert_round_trip(again);
                    "read".to_owned()
                }
                Err(error) => error.to_string(),
            };
            if !is_well {
                wrong.push(format!("    (\"{}\", \"{}\", {factor}),", family.name, decoder.name));
            }
            #[expect(clippy::print_stdout, reason = "what was measured is read by people")]
            if known.is_some() || !is_well || factor > 8 {
                println!("{:52} {:32} {factor:5} {end}", family.name, decoder.name);
            }
        }
    }
    assert!(wrong.is_empty(), "not as listed:\n{}", wrong.join("\n"));
    assert_eq!(listed, AMPLIFYING.len(), "a listed family is none of ours");
}
