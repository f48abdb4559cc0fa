//! One of several symbols.

use crate::EnumerationSchema;

/// One of several symbols, each with a number and a position.
pub trait Enumeration: Sized {
    /// Its symbols.
    const SCHEMA: EnumerationSchema;

    /// The number of this value.
    fn number(&self) -> i32;

    /// The position of this value among the symbols; `None` if it is a number without a symbol.
    fn position(&self) -> Option<u32>;

    /// The value with this number; `None` if the enumeration is closed and has no such symbol.
    fn from_number(number: i32) -> Option<Self>;

    /// The symbol at this position.
    fn from_position(position: u32) -> Option<Self>;
}
