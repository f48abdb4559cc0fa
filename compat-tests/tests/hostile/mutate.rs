//! Broken inputs from good ones.

use crate::decoder::Grammar;
use crate::random::Random;

/// No input is longer. What amplifies by more than 48 is then beyond 16 times the input and 64 KiB; what does so at all is looked for
/// by `amplification`, in inputs that are longer.
pub(crate) const BYTES_MAX: usize = 2048;

/// Numbers at the borders of what lengths, counts, keys and values may be.
const EXTREME: [u64; 18] = [
    0,
    1,
    2,
    3,
    127,
    128,
    16_383,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x1_0000_0000,
    1 << 40,
    (1 << 62) - 1,
    1 << 62,
    (1 << 63) - 1,
    1 << 63,
    u64::MAX - 1,
    u64::MAX,
];

/// A good input with one to six things wrong.
pub(crate) fn mutated(seeds: &[Vec<u8>], grammar: Grammar, random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        match random.below(13) {
            0 => flip_bits(&mut bytes, random),
            1 => change_a_byte(&mut bytes, random),
            2 => bytes.truncate(random.below(bytes.len() + 1)),
            3 => drop(bytes.drain(range(&bytes, random))),
            4 => splice(&mut bytes, seeds, random),
            5 => repeat(&mut bytes, random),
            6 => exchange(&mut bytes, random),
            7 | 8 => put_a_number(&mut bytes, random),
            9 => insert_garbage(&mut bytes, random),
            _ if grammar == Grammar::Protobuf => change_fields(&mut bytes, random),
            _ if grammar == Grammar::Text => change_tokens(&mut bytes, random),
            10 => nest_in_blocks(&mut bytes, random),
            _ => put_a_number(&mut bytes, random),
        }
        bytes.truncate(BYTES_MAX);
    }
    bytes
}

fn byte(random: &mut Random) -> u8 {
    u8::try_from(random.next() >> 56).expect("8 bits")
}

fn range(bytes: &[u8], random: &mut Random) -> std::ops::Range<usize> {
    let start = random.below(bytes.len() + 1);
    let end = if random.once_in(4) { bytes.len() + 1 } else { 16 };
    let size = random.below(end);
    start..(start + size).min(bytes.len())
}

fn flip_bits(bytes: &mut [u8], random: &mut Random) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << random.below(8);
        }
    }
}

fn change_a_byte(bytes: &mut [u8], random: &mut Random) {
    let at = random.below(bytes.len());
    if let Some(place) = bytes.get_mut(at) {
        *place = if random.once_in(2) { byte(random) } else { random.of(&[0, 1, 2, 0x7f, 0x80, 0xfe, 0xff]) };
    }
}

fn splice(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let other = &seeds[random.below(seeds.len())];
    let piece = other[range(other, random)].to_vec();
    let place = range(bytes, random);
    bytes.splice(place, piece);
}

fn repeat(bytes: &mut Vec<u8>, random: &mut Random) {
    let place = range(bytes, random);
    let piece = bytes[place.clone()].repeat(random.of(&[2, 3, 10, 101, 1000]));
    bytes.splice(place, piece);
}

fn exchange(bytes: &mut Vec<u8>, random: &mut Random) {
    let place = range(bytes, random);
    let piece: Vec<u8> = bytes.drain(place).collect();
    let at = random.below(bytes.len() + 1);
    bytes.splice(at..at, piece);
}

fn insert_garbage(bytes: &mut Vec<u8>, random: &mut Random) {
    let piece: Vec<u8> = (0..random.below(16)).map(|_| byte(random)).collect();
    let at = random.below(bytes.len() + 1);
    bytes.splice(at..at, piece);
}

/// Puts a number in place of whatever varint is there: a length, a count, a key, a value.
fn put_a_number(bytes: &mut Vec<u8>, random: &mut Random) {
    let start = random.below(bytes.len() + 1);
    let last = bytes[start..].iter().position(|byte| *byte < 0x80);
    let end = last.map_or(bytes.len(), |last| start + last + 1);
    let number = if random.once_in(3) { random.next() >> random.below(64) } else { random.of(&EXTREME) };
    let mut piece = Vec::new();
    varint(number, &mut piece);
    match random.below(8) {
        // Longer than it has to be.
        0 => {
            let last = piece.len() - 1;
            piece[last] |= 0x80;
            piece.extend(vec![0x80; random.below(10)]);
            piece.push(0);
        }
        // Without an end.
        1 => piece = vec![0xff; 1 + random.below(12)],
        _ => {}
    }
    bytes.splice(start..end, piece);
}

/// A number of 7 bits a byte, the lowest first.
pub(crate) fn varint(mut number: u64, into: &mut Vec<u8>) {
    while number > 0x7f {
        into.push(u8::try_from(number & 0x7f).expect("7 bits") | 0x80);
        number >>= 7;
    }
    into.push(u8::try_from(number).expect("7 bits"));
}

/// Blocks of one item around what is there, as deep as it comes.
fn nest_in_blocks(bytes: &mut Vec<u8>, random: &mut Random) {
    let start = random.of(&[&[2_u8][..], &[2, 0], &[0, 2], &[1, 0x80, 1], &[4], &[0x80, 0x80, 8]]);
    let depth = random.of(&[1, 10, 99, 101, 400]);
    let at = random.below(bytes.len() + 1);
    bytes.splice(at..at, start.repeat(depth));
}

/// What stands in texts where something else is expected.
const TOKENS: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    ":",
    ",",
    ";",
    "null",
    "true",
    "false",
    "NaN",
    "Infinity",
    "-Infinity",
    "inf",
    "-0",
    "-0.0",
    "9007199254740993",
    "18446744073709551616",
    "-9223372036854775809",
    "1e400",
    "1e-400",
    "0x7f",
    "017",
    "\"\"",
    "''",
    "\"\\ud83d\"",
    "\"\\u0000\"",
    "\\377",
    "\"AA==\"",
    "\"@type\":",
    "\"a\":",
    "{\"a\":",
    "[[",
    "{}",
    "[]",
    "\"0001-01-01T00:00:00Z\"",
    "\"-315576000000.000000001s\"",
    "#",
];

/// Tokens where others were, and brackets as deep as it comes.
fn change_tokens(bytes: &mut Vec<u8>, random: &mut Random) {
    let is_border = |byte: &u8| b" \n{}[]<>:,\"".contains(byte);
    let start = random.below(bytes.len() + 1);
    let start = bytes[start..].iter().position(is_border).map_or(bytes.len(), |at| start + at);
    let end =
        bytes.get(start + 1..).and_then(|rest| rest.iter().position(is_border)).map_or(start, |at| start + 1 + at);
    let token = random.of(&TOKENS).as_bytes();
    match random.below(4) {
        0 => drop(bytes.splice(start..end, token.to_vec())),
        1 => drop(bytes.splice(start..start, token.to_vec())),
        2 => drop(bytes.drain(start..end)),
        _ => drop(bytes.splice(start..start, token.repeat(random.of(&[2, 10, 99, 101, 400])))),
    }
}

/// Fields twice, in another order, with another wire type or number, or inside of others.
fn change_fields(bytes: &mut Vec<u8>, random: &mut Random) {
    let mut fields = fields(bytes);
    if fields.is_empty() {
        return;
    }
    let one = random.below(fields.len());
    let other = random.below(fields.len());
    match random.below(6) {
        0 => fields.swap(one, other),
        1 => fields.push(fields[one].clone()),
        2 => fields.insert(other, fields[one].clone()),
        3 => drop(fields.remove(one)),
        4 => fields[one][0] = (fields[one][0] & !7) | u8::try_from(random.below(8)).expect("3 bits"),
        _ => {
            let number = u64::try_from(1 + random.below(40)).expect("small");
            let mut inner = fields[one].clone();
            for _ in 0..random.of(&[1, 2, 50, 98, 99, 100, 101, 120]) {
                inner = if random.once_in(10) { group(number, &inner) } else { field(number, &inner) };
                if inner.len() > BYTES_MAX {
                    break;
                }
            }
            fields[other] = inner;
        }
    }
    *bytes = fields.concat();
}

/// Bytes as a field of Protobuf, behind their length.
pub(crate) fn field(number: u64, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 8);
    varint(number << 3 | 2, &mut bytes);
    varint(body.len() as u64, &mut bytes);
    bytes.extend_from_slice(body);
    bytes
}

/// Bytes as a field of Protobuf, between two keys.
pub(crate) fn group(number: u64, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() + 8);
    varint(number << 3 | 3, &mut bytes);
    bytes.extend_from_slice(body);
    varint(number << 3 | 4, &mut bytes);
    bytes
}

/// The fields that bytes begin with, each with its key; what is behind them is the last one.
pub(crate) fn fields(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut fields = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let size = field_size(rest).unwrap_or(rest.len());
        let (one, behind) = rest.split_at(size);
        fields.push(one.to_vec());
        rest = behind;
    }
    fields
}

fn field_size(bytes: &[u8]) -> Option<usize> {
    let key = varint_size(bytes)?;
    let behind = &bytes[key..];
    let size = match bytes[0] & 7 {
        0 => varint_size(behind)?,
        1 => 8,
        2 => {
            let size = varint_size(behind)?;
            // Longer fields are of no use here.
            let short = behind[..size].iter().rev().try_fold(0_usize, |number, byte| {
                number.checked_mul(128).map(|number| number + usize::from(byte & 0x7f))
            })?;
            size.checked_add(short)?
        }
        5 => 4,
        _ => 0,
    };
    key.checked_add(size).filter(|size| *size <= bytes.len())
}

fn varint_size(bytes: &[u8]) -> Option<usize> {
    Some(bytes.iter().position(|byte| *byte < 0x80)? + 1)
}
