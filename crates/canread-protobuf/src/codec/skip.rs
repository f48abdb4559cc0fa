//! Passes over values that nobody asked for.

use canread_wire::{Budget, Cursor, Fault, Malformed, Step};

use super::key::{NUMBER_MAX, Wire};

/// The number and wire type of the key that comes next.
#[inline(always)]
pub(super) fn take_key(cursor: &mut Cursor<'_>) -> Step<(u32, Wire)> {
    let key = cursor.varint()?;
    let number = key >> 3;
    match u32::try_from(number) {
        Ok(small) if number != 0 && number <= NUMBER_MAX => Ok((small, Wire::of_key(key))),
        _ => Err(Fault::Malformed(Malformed::FieldNumber)),
    }
}

/// Passes over the value of a field whose key was taken. Groups may be inside each other as deep as records.
#[inline(never)]
pub(super) fn skip(cursor: &mut Cursor<'_>, number: u32, wire: Wire, budget: &mut Budget) -> Step<()> {
    match wire {
        Wire::VARINT => cursor.varint().map(drop),
        Wire::FIXED64 => cursor.fixed64().map(drop),
        Wire::LENGTH => {
            let size = cursor.varint()?;
            cursor.take(size).map(drop)
        }
        Wire::GROUP_START => group(cursor, number, budget).map(drop),
        Wire::FIXED32 => cursor.fixed32().map(drop),
        Wire::GROUP_END => Err(Fault::Malformed(Malformed::Group)),
        _ => Err(Fault::Malformed(Malformed::Tag)),
    }
}

/// Passes over a group whose first key was taken; what is between its keys.
pub(super) fn group<'de>(cursor: &mut Cursor<'de>, number: u32, budget: &mut Budget) -> Step<&'de [u8]> {
    budget.enter()?;
    let body = cursor.as_slice();
    loop {
        let left = cursor.remaining();
        let (inner, wire) = take_key(cursor)?;
        if wire == Wire::GROUP_END {
            if inner != number {
                return Err(Fault::Malformed(Malformed::Group));
            }
            budget.leave();
            return Ok(body.get(..body.len().saturating_sub(left)).unwrap_or_default());
        }
        skip(cursor, inner, wire, budget)?;
    }
}
