//! The fast and the safe twin do the same, on every operation.

use alloc::{format, string::String, vec, vec::Vec};
use core::mem::MaybeUninit;

use proptest::prelude::*;

use super::{fast, safe};
use crate::Prefix;

#[derive(Debug, Clone)]
enum Write {
    Varint(u32, u64),
    Byte(u32, u8),
    Fixed32(u32, u32),
    Fixed64(u32, u64),
    Bytes(u32, Vec<u8>),
    Raw(Vec<u8>),
    LengthSince(u32, usize),
}

fn number() -> impl Strategy<Value = u64> {
    (any::<u64>(), 0..64_u32).prop_map(|(number, shift)| number >> shift)
}

fn write() -> impl Strategy<Value = Write> {
    let prefix = || (any::<u32>(), 0..32_u32).prop_map(|(number, shift)| number >> shift);
    let bytes = || prop::collection::vec(any::<u8>(), 0..80);
    prop_oneof![
        (prefix(), number()).prop_map(|(prefix, number)| Write::Varint(prefix, number)),
        (prefix(), any::<u8>()).prop_map(|(prefix, byte)| Write::Byte(prefix, byte)),
        (prefix(), any::<u32>()).prop_map(|(prefix, number)| Write::Fixed32(prefix, number)),
        (prefix(), any::<u64>()).prop_map(|(prefix, number)| Write::Fixed64(prefix, number)),
        (prefix(), bytes()).prop_map(|(prefix, bytes)| Write::Bytes(prefix, bytes)),
        bytes().prop_map(Write::Raw),
        (prefix(), 0..200_usize).prop_map(|(prefix, before)| Write::LengthSince(prefix, before)),
    ]
}

/// Both twins have the functions, and no trait joins them: the product never needs both.
macro_rules! write_back {
    ($buffer:expr, $writes:expr) => {
        for write in $writes {
            match write {
                Write::Varint(prefix, number) => $buffer.varint(Prefix::varint(*prefix), *number),
                Write::Byte(prefix, byte) => $buffer.byte(Prefix::varint(*prefix), *byte),
                Write::Fixed32(prefix, number) => $buffer.fixed32(Prefix::varint(*prefix), *number),
                Write::Fixed64(prefix, number) => $buffer.fixed64(Prefix::varint(*prefix), *number),
                Write::Bytes(prefix, bytes) => $buffer.bytes(Prefix::varint(*prefix), bytes),
                Write::Raw(bytes) => $buffer.raw(bytes),
                Write::LengthSince(prefix, before) => $buffer.length_since(Prefix::varint(*prefix), *before),
            }
        }
    };
}

macro_rules! write_front {
    ($buffer:expr, $writes:expr) => {
        for write in $writes {
            match write {
                Write::Varint(_, number) => $buffer.varint(*number),
                Write::Byte(_, byte) => $buffer.byte(*byte),
                Write::Fixed32(_, number) => $buffer.fixed32(*number),
                Write::Fixed64(_, number) => $buffer.fixed64(*number),
                Write::Bytes(length, bytes) => $buffer.bytes(u64::from(*length), bytes),
                Write::Raw(bytes) => $buffer.raw(bytes),
                Write::LengthSince(..) => {}
            }
        }
    };
}

/// What is read and what is left, operation by operation.
macro_rules! read {
    ($cursor:ty, $input:expr, $reads:expr) => {{
        let mut cursor = <$cursor>::new($input);
        let mut log: Vec<String> = Vec::new();
        for (kind, size) in $reads {
            let got = match kind % 9 {
                0 => format!("{:?}", cursor.byte()),
                1 => format!("{:?}", cursor.varint()),
                2 => format!("{:?}", cursor.fixed32()),
                3 => format!("{:?}", cursor.fixed64()),
                4 => format!("{:?}", cursor.take(*size)),
                5 => format!("{:?}", cursor.text(*size)),
                6 => format!("{:?}", cursor.take_prefix(Prefix::varint(u32::try_from(*size).unwrap_or_default()))),
                7 => format!("{:?}", cursor.peek()),
                _ => format!("{:?}", cursor.split(*size).map(|part| part.as_slice().to_vec())),
            };
            log.push(format!("{got} {} {} {:?}", cursor.remaining(), cursor.offset_in($input), cursor.as_slice()));
        }
        log
    }};
}

/// Memory of which so many bytes are lent.
fn goes_on_behind(lent: usize) -> Vec<u8> {
    vec![0xaa; lent.saturating_add(40)]
}

/// Whether two slices, of which so many bytes were lent, hold the same: what was written, all behind what was lent, and so
/// all if no more was lent than was written.
fn alike(
    fast: Result<usize, usize>,
    safe: Result<usize, usize>,
    lent: usize,
    of_fast: &[u8],
    of_safe: &[u8],
) -> Result<(), String> {
    let is_alike = match (fast, safe) {
        (Ok(size), Ok(of_that)) => size == of_that && of_fast.get(..size) == of_safe.get(..size),
        (fast, safe) => fast == safe,
    };
    let is_left = [of_fast, of_safe].iter().all(|all| all.iter().skip(lent).all(|byte| *byte == 0xaa));
    if is_alike && is_left { Ok(()) } else { Err(format!("{fast:?} {safe:?} {of_fast:x?} {of_safe:x?}")) }
}

proptest! {
    #[test]
    fn both_write_the_same_from_the_end(
        writes in prop::collection::vec(write(), 0..20),
        kept in prop::collection::vec(any::<u8>(), 0..20),
        spare in 0..300_usize,
    ) {
        let mut with_memory = kept.clone();
        with_memory.reserve(spare);
        let (mut fast, mut safe) = (fast::BackBuffer::after(with_memory), safe::BackBuffer::after(kept));
        write_back!(fast, &writes);
        write_back!(safe, &writes);
        prop_assert_eq!(fast.written(), safe.written());
        prop_assert_eq!(fast.into_vec(), safe.into_vec());
    }

    #[test]
    fn both_write_the_same_in_memory_that_is_lent(
        writes in prop::collection::vec(write(), 0..20),
        size in 0..300_usize,
    ) {
        let mut scratch = vec![MaybeUninit::uninit(); size];
        let mut fast = fast::BackBuffer::in_scratch(&mut scratch);
        let mut safe = safe::BackBuffer::in_scratch(&mut []);
        write_back!(fast, &writes);
        write_back!(safe, &writes);
        prop_assert_eq!(fast.written(), safe.written());
        prop_assert_eq!(fast.into_vec(), safe.into_vec());
    }

    #[test]
    fn much_takes_no_more_memory_than_it_has_and_a_count_that_is_wrong_does_no_harm(
        writes in prop::collection::vec(write(), 1..20),
        // All in parts, or counted.
        size in prop_oneof![10_000..300_000_usize, 1_000_000..1_200_000_usize],
        wrong in 0..2_000_000_usize,
        off in 0..200_usize,
    ) {
        let much: Vec<u8> = (0..=250).cycle().take(size).collect();
        let mut safe = safe::BackBuffer::in_scratch(&mut []);
        safe.raw(&much);
        write_back!(safe, &writes);
        let expected = safe.into_vec();
        let written = |count: &dyn Fn() -> usize| {
            let mut fast = fast::BackBuffer::in_scratch(&mut []).counted_by(count);
            much.rchunks(5_000).for_each(|piece| fast.raw(piece));
            write_back!(fast, &writes);
            assert_eq!(fast.written(), expected.len());
            fast.into_vec()
        };
        let right = written(&|| expected.len());
        prop_assert_eq!(&right, &expected);
        if expected.len() > 32 * 1024 {
            prop_assert_eq!(right.capacity(), expected.len());
        }
        prop_assert_eq!(&written(&|| wrong), &expected);
        prop_assert_eq!(&written(&|| expected.len().saturating_add(off).saturating_sub(100)), &expected);
    }

    #[test]
    fn both_write_the_same_from_the_start(
        writes in prop::collection::vec(write(), 0..20),
        kept in prop::collection::vec(any::<u8>(), 0..20),
        spare in 0..300_usize,
    ) {
        let mut with_memory = kept.clone();
        with_memory.reserve(spare);
        let (mut fast, mut safe) = (fast::FrontBuffer::after(with_memory), safe::FrontBuffer::after(kept));
        write_front!(fast, &writes);
        write_front!(safe, &writes);
        prop_assert_eq!(fast.as_slice(), safe.as_slice());
        prop_assert_eq!(fast.into_vec(), safe.into_vec());
    }

    #[test]
    fn a_place_writes_what_its_buffer_would(
        writes in prop::collection::vec(prop::collection::vec(write(), 0..6), 0..6),
        spare in 0..300_usize,
    ) {
        let mut at_once = safe::BackBuffer::with_capacity(0);
        let (mut fast, mut safe) = (fast::BackBuffer::with_capacity(spare), safe::BackBuffer::with_capacity(0));
        {
            let (mut fast_place, mut safe_place) = (fast.place(), safe.place());
            for (index, writes) in writes.iter().enumerate() {
                write_back!(at_once, writes);
                if index % 2 == 0 {
                    write_back!(fast_place, writes);
                    write_back!(safe_place, writes);
                } else {
                    fast_place.paused(|buffer| write_back!(buffer, writes));
                    safe_place.paused(|buffer| write_back!(buffer, writes));
                }
                prop_assert_eq!(fast_place.written(), at_once.written());
                prop_assert_eq!(safe_place.written(), at_once.written());
            }
        }
        let expected = at_once.into_vec();
        prop_assert_eq!(fast.into_vec(), expected.clone());
        prop_assert_eq!(safe.into_vec(), expected);
    }

    #[test]
    fn both_fill_a_slice_alike_or_say_what_they_need(
        writes in prop::collection::vec(write(), 0..12),
        room in prop_oneof![(0..300_usize).prop_map(Some), Just(None)],
    ) {
        let (mut front, mut back) = (safe::FrontBuffer::with_capacity(0), safe::BackBuffer::with_capacity(0));
        write_front!(front, &writes);
        write_back!(back, &writes);

        // The caller's memory goes on behind what it lends, and often it lends what is needed and no more.
        let size = room.unwrap_or(back.written());
        let (mut of_fast, mut of_safe) = (goes_on_behind(size), goes_on_behind(size));
        let mut fast = fast::BackBuffer::in_slice(of_fast.split_at_mut(size).0);
        let mut safe = safe::BackBuffer::in_slice(of_safe.split_at_mut(size).0);
        write_back!(fast, &writes);
        write_back!(safe, &writes);
        prop_assert_eq!(alike(fast.finish(), safe.finish(), size, &of_fast, &of_safe), Ok(()));

        let size = room.unwrap_or(front.written());
        let (mut of_fast, mut of_safe) = (goes_on_behind(size), goes_on_behind(size));
        let mut fast = fast::FrontBuffer::in_slice(of_fast.split_at_mut(size).0);
        let mut safe = safe::FrontBuffer::in_slice(of_safe.split_at_mut(size).0);
        write_front!(fast, &writes);
        write_front!(safe, &writes);
        prop_assert_eq!(alike(fast.finish(), safe.finish(), size, &of_fast, &of_safe), Ok(()));
    }

    #[test]
    fn both_copy_the_same_and_take_no_more_memory(text in "\\PC{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(fast::owned_text(&text), safe::owned_text(&text));
        let owned = fast::owned_bytes(&bytes);
        prop_assert_eq!(owned.capacity(), bytes.len());
        prop_assert_eq!(owned, safe::owned_bytes(&bytes));
    }

    #[test]
    fn both_read_the_same(
        input in prop::collection::vec(any::<u8>(), 0..200),
        reads in prop::collection::vec((any::<u8>(), 0..40_u64), 0..40),
    ) {
        prop_assert_eq!(read!(fast::Cursor<'_>, &input, &reads), read!(safe::Cursor<'_>, &input, &reads));
    }

    #[test]
    fn both_tell_text_from_what_is_none(text in "\\PC{0,60}", breaks in any::<Option<(u8, u8)>>().prop_map(|breaks| breaks.map(|(at, byte)| (at % 60, byte)))) {
        let mut bytes = text.into_bytes();
        if let Some((at, byte)) = breaks && let Some(broken) = bytes.get_mut(usize::from(at)) {
            *broken = byte;
        }
        let size = bytes.len() as u64;
        prop_assert_eq!(fast::Cursor::new(&bytes).text(size), safe::Cursor::new(&bytes).text(size));
    }

    #[test]
    fn a_varint_is_read_back_and_takes_its_size(number in number(), follows in prop::collection::vec(any::<u8>(), 0..12)) {
        let mut buffer = fast::FrontBuffer::with_capacity(0);
        buffer.varint(number);
        prop_assert_eq!(buffer.written(), crate::varint_size(number));
        buffer.raw(&follows);
        let bytes = buffer.into_vec();
        let mut cursor = fast::Cursor::new(&bytes);
        prop_assert_eq!(cursor.varint(), Ok(number));
        prop_assert_eq!(cursor.as_slice(), &follows[..]);
    }
}
