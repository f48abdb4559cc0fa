//! Every sort of type as each type of Rust: a type reads what a value without one is read as.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use canread_avro::codec::{self, Decoder, value};
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, DecoderError, Plan};
use canread_record::{Date, Decode, DecodeFields, EncodeFields, Shaped};
use canread_wire::{DecodeErrorKind, Unreadable};

use crate::hexadecimal;
use crate::random::Random;

use super::sorts::{Holder, SORTS, layout, schema};
use super::{ANY, values};

/// Values of each pair.
const VALUES: usize = 8;
const VALUES_LONG: usize = 60;

#[derive(Record, Debug, PartialEq, Clone)]
struct Sub {
    #[field(1)]
    x: i32,
    #[field(2)]
    y: String,
}

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "Sub")]
struct Wider {
    #[field(1, alias = "former")]
    x: Option<i64>,
    #[field(2, default = 7)]
    new: i32,
    #[field(3)]
    y: String,
}

#[derive(Record, Debug, PartialEq, Eq, Clone, Copy)]
enum Color {
    #[symbol(0, default)]
    Red,
    #[symbol(1)]
    Blue,
}

#[derive(Record, Debug, PartialEq, Clone)]
enum Choice {
    #[field(1)]
    Number(i64),
    #[field(2)]
    Text(String),
    #[field(3)]
    Sub(Box<Sub>),
    #[field(4)]
    Many(Vec<i32>),
}

/// What has been tried.
#[derive(Default)]
struct Tried {
    read: usize,
    refused: usize,
    wrong: Vec<String>,
}

/// A type as what each sort of type is read as, beside values that the schema of the type says.
fn as_type<T>(name: &str, random: &mut Random, tried: &mut Tried)
where
    T: Debug + PartialEq + Shaped + for<'de> Decode<'de> + for<'de> DecodeFields<'de> + EncodeFields,
{
    let text = codec::schema_text::<T>();
    let own = layout(&schema(&text));
    for sort in SORTS {
        let writer = schema(&Holder::Record.of(sort));
        let pair = format!("{sort} as {name}");
        let plan = Plan::resolve(layout(&writer), own.clone());
        let decoder = Decoder::<T>::new(&writer);
        match (plan, decoder) {
            (Ok(plan), Ok(decoder)) => {
                tried.read += 1;
                if plan.mismatches().len() != decoder.plan().mismatches().len() {
                    tried.wrong.push(format!("{pair}: {:?}, {:?}", plan.mismatches(), decoder.plan().mismatches()));
                }
                of_values(&plan, &decoder, &pair, random, &mut tried.wrong);
            }
            (Err(_), Err(DecoderError::Mismatches(_))) => tried.refused += 1,
            (plan, decoder) => tried.wrong.push(format!("{pair}: {:?}, {:?}", plan.err(), decoder.err())),
        }
    }
}

fn of_values<T>(plan: &Plan, decoder: &Decoder<T>, pair: &str, random: &mut Random, wrong: &mut Vec<String>)
where
    T: Debug + PartialEq + Shaped + for<'de> Decode<'de> + for<'de> DecodeFields<'de> + EncodeFields,
{
    for _ in 0..if canread_testing::long() { VALUES_LONG } else { VALUES } {
        let arena = Arena::new();
        let made = values::value(plan.writer(), ANY, random, &arena);
        let bytes = value::to_vec(plan.writer(), &made).expect("a value of the writer");
        let expected = value::resolve_slice(plan, &bytes, &arena)
            .map(|value| value::to_vec(plan.reader(), &value).expect("a value of the reader"));
        let read = decoder.from_slice(&bytes);
        let is_right = match (&expected, &read) {
            // As what the reader would have written; its schema allows numbers that the type has no room for.
            (Ok(expected), read) => match (codec::from_slice::<T>(expected), read) {
                (Ok(expected), Ok(read)) => expected == *read,
                (Err(expected), Err(error)) => {
                    expected.kind() == error.kind()
                        && error.kind() == DecodeErrorKind::Unreadable(Unreadable::OutOfRange)
                }
                _ => false,
            },
            (Err(expected), Err(error)) => expected.to_string() == error.to_string(),
            _ => false,
        };
        if !is_right {
            let expected = expected.as_deref().map(hexadecimal);
            wrong.push(format!("{pair}: {} as {read:?}, not {expected:?}", hexadecimal(&bytes)));
        }
    }
}

#[test]
fn a_type_reads_what_a_value_of_its_schema_is_read_as() {
    let (mut random, mut tried) = (Random::new(4), Tried::default());
    macro_rules! each {
        ($($ty:ty $([$attribute:meta])?),* $(,)?) => {
            $({
                #[derive(Record, Debug, PartialEq, Clone)]
                #[record(name = "R")]
                struct Of {
                    #[field(1)]
                    a: i64,
                    #[field(2 $(, $attribute)?)]
                    f: $ty,
                    #[field(3)]
                    z: String,
                }
                as_type::<Of>(stringify!($ty), &mut random, &mut tried);
            })*
        };
    }
    each!(
        bool,
        i32,
        i64,
        u32,
        u64,
        f32,
        f64,
        String,
        Vec<u8>,
        [u8; 4][avro(type_name = "Four")],
        Color,
        Sub,
        Wider,
        Box<Sub>
    );
    each!(Option<bool>, Option<i32>, Option<i64>, Option<f64>, Option<String>, Option<Vec<u8>>, Option<[u8; 4]>[avro(type_name = "Four")]);
    each!(
        Option<Color>,
        Option<Sub>,
        Option<Box<Wider>>,
        Option<Date>,
        Option<Vec<i32>>,
        Option<BTreeMap<String, i64>>
    );
    each!(Vec<i32>, Vec<i64>, Vec<Option<i32>>, Vec<Option<i64>>, Vec<Sub>, BTreeMap<String, i32>);
    each!(BTreeMap<String, Option<i64>>, HashMap<String, f64>, Choice, Option<Choice>, Option<Box<Choice>>, Vec<Choice>);
    // Their entries are records, since their keys are no text.
    each!(BTreeMap<i32, i32>, BTreeMap<i64, Option<i64>>, HashMap<i32, i64>, Option<BTreeMap<i32, i32>>);
    let Tried { read, refused, wrong } = tried;
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    {
        println!("{read} pairs are read, {refused} are refused");
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
