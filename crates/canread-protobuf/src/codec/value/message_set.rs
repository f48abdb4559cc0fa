//! Items of message sets: fields whose number is a value, too large for a key.
//!
//! ```text
//! set  = item*
//! item = start-of-group key 1, (key 2 number:varint | key 3 length message)*, end-of-group key 1
//! ```
//!
//! Source: `google/protobuf/descriptor.proto`, `MessageOptions.message_set_wire_format`.

use canread_wire::{Budget, Cursor, Fault, Malformed, Step};

use super::super::key::Wire;
use super::super::skip::{skip, take_key};

/// The number of the groups.
pub(super) const SET_ITEM: u32 = 1;
/// The number of the field that says which field of the set it is.
pub(super) const ITEM_NUMBER: u32 = 2;
/// The number of the field with the message.
pub(super) const ITEM_MESSAGE: u32 = 3;

/// An item whose first key was taken: its number and message; none if one of them is missing or comes twice, which nobody writes.
/// The cursor is behind the item then.
pub(super) fn set_item<'a>(cursor: &mut Cursor<'a>, budget: &mut Budget) -> Step<Option<(i32, &'a [u8])>> {
    budget.enter()?;
    let (mut number, mut message) = (None, None);
    let mut is_plain = true;
    loop {
        match take_key(cursor)? {
            (SET_ITEM, Wire::GROUP_END) => break,
            (_, Wire::GROUP_END) => return Err(Fault::Malformed(Malformed::Group)),
            (ITEM_NUMBER, Wire::VARINT) => {
                is_plain &= number.replace(cursor.varint()?).is_none();
            }
            (ITEM_MESSAGE, Wire::LENGTH) => {
                let size = cursor.varint()?;
                is_plain &= message.replace(cursor.take(size)?).is_none();
            }
            (other, wire) => skip(cursor, other, wire, budget)?,
        }
    }
    budget.leave();
    let number = number.and_then(|number| i32::try_from(number).ok());
    Ok(number.zip(message).filter(|_| is_plain))
}
