//! A format that is read.

use canread_wire::Budget;

use crate::{Collect, CollectEntries, Decode, DecodeFields, Enumeration, Field, Format, Step};

/// A format that is read.
///
/// # Errors
///
/// All functions fail where the input ends or breaks its format, asks for more than is allowed, or has a value that
/// the type can't hold.
#[expect(clippy::missing_errors_doc, reason = "said once above")]
pub trait Reader<'de>: Sized {
    /// Which format it is.
    const FORMAT: Format;
    /// Whether fields have no ids and stand in the order of the type.
    const IS_POSITIONAL: bool;

    /// The id of a field or branch: its number, or its position where it has none.
    #[must_use]
    fn id<F: Field>(position: u32) -> u32;
    /// Whether what comes next can be read as the value of this branch of a union.
    #[must_use]
    fn accepts<F: Field, V: Decode<'de>>(&self) -> bool;
    /// Reads a field if it comes next, as often as it does.
    fn field<F: Field, V: Decode<'de>>(&mut self, into: &mut V) -> Step<()>;
    /// Reads a field if it has this id, and says whether it did.
    fn field_by_id<F: Field, V: Decode<'de>>(&mut self, id: u32, into: &mut V) -> Step<bool>;

    /// Reads a truth value.
    fn bool<F: Field>(&mut self) -> Step<bool>;
    /// Reads a number.
    fn i32<F: Field>(&mut self) -> Step<i32>;
    /// Reads a number.
    fn i64<F: Field>(&mut self) -> Step<i64>;
    /// Reads a number.
    fn u32<F: Field>(&mut self) -> Step<u32>;
    /// Reads a number.
    fn u64<F: Field>(&mut self) -> Step<u64>;
    /// Reads a number.
    fn f32<F: Field>(&mut self) -> Step<f32>;
    /// Reads a number.
    fn f64<F: Field>(&mut self) -> Step<f64>;
    /// Reads text.
    fn text<F: Field>(&mut self) -> Step<&'de str>;
    /// Reads bytes.
    fn bytes<F: Field>(&mut self) -> Step<&'de [u8]>;
    /// Reads bytes of which the type says how many there are.
    fn fixed<F: Field>(&mut self, size: usize) -> Step<&'de [u8]>;
    /// Reads a symbol; `None` if it is one that the type lacks and the format wants that passed over.
    fn symbol<F: Field, E: Enumeration>(&mut self) -> Step<Option<E>>;
    /// Reads a record.
    fn record<F: Field, T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()>;
    /// Reads one of several values.
    fn union<F: Field, U: Decode<'de>>(&mut self, into: &mut U) -> Step<()>;
    /// Reads a value or that there is none.
    fn optional<F: Field, V: Decode<'de>>(&mut self, into: &mut Option<V>) -> Step<()>;
    /// Reads items of a list.
    fn list<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()>;
    /// Reads entries of a map.
    fn map<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(&mut self, into: &mut C) -> Step<()>;
    /// What may still be spent.
    fn budget(&mut self) -> &mut Budget;
}
