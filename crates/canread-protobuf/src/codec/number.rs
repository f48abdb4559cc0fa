//! Whole numbers as a writer wrote them, whatever becomes of them.

use canread_model::{Int, IntEncoding};
use canread_plan::LayoutKind;
use canread_wire::{Cursor, Fault, Step, unzigzag, unzigzag32};

/// A whole number, truth value or symbol of a type, whose bytes come next.
pub(super) fn whole(kind: LayoutKind, cursor: &mut Cursor<'_>) -> Step<i128> {
    Ok(match kind {
        LayoutKind::Bool => (cursor.varint()? != 0).into(),
        LayoutKind::Int(int) if int.signed => signed(int, cursor)?.into(),
        LayoutKind::Int(int) => unsigned(int, cursor)?.into(),
        LayoutKind::Enum(_) => low_32(cursor.varint()?).cast_signed().into(),
        _ => return Err(Fault::Mismatch),
    })
}

/// A truth value that a number stands for.
pub(super) fn truth(number: i128) -> Step<bool> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Fault::OutOfRange),
    }
}

/// A number as one of a signed type, if that has room for it.
pub(super) fn signed_of(int: Int, number: i128) -> Step<i64> {
    if int.bits == 64 { room(number) } else { room::<i32>(number).map(i64::from) }
}

/// A number as one of an unsigned type, if that has room for it.
pub(super) fn unsigned_of(int: Int, number: i128) -> Step<u64> {
    if int.bits == 64 { room(number) } else { room::<u32>(number).map(u64::from) }
}

/// A number as one of a type of Rust, if that has room for it.
pub(super) fn room<N: TryFrom<i128>>(number: i128) -> Step<N> {
    number.try_into().map_err(|_| Fault::OutOfRange)
}

pub(super) fn signed(int: Int, cursor: &mut Cursor<'_>) -> Step<i64> {
    Ok(match (int.encoding, int.bits) {
        (IntEncoding::Fixed, 64) => cursor.fixed64()?.cast_signed(),
        (IntEncoding::Fixed, _) => cursor.fixed32()?.cast_signed().into(),
        (IntEncoding::Zigzag, 64) => unzigzag(cursor.varint()?),
        (IntEncoding::Zigzag, _) => unzigzag32(low_32(cursor.varint()?)).into(),
        (_, 64) => cursor.varint()?.cast_signed(),
        _ => low_32(cursor.varint()?).cast_signed().into(),
    })
}

pub(super) fn unsigned(int: Int, cursor: &mut Cursor<'_>) -> Step<u64> {
    Ok(match (int.encoding, int.bits) {
        (IntEncoding::Fixed, 64) => cursor.fixed64()?,
        (IntEncoding::Fixed, _) => cursor.fixed32()?.into(),
        (_, 64) => cursor.varint()?,
        _ => low_32(cursor.varint()?).into(),
    })
}

/// A number of 32 bits may be written with more, which are cut off.
///
/// Source: Protobuf, "Proto3 Language Guide", "Updating A Message Type".
#[expect(clippy::cast_possible_truncation, reason = "the lowest 32 bits are what is asked for")]
pub(super) fn low_32(number: u64) -> u32 {
    number as u32
}
