//! Values without a Rust type.

mod arena;
mod list;
mod scratch;
mod show;
mod slots;

pub use arena::Arena;
pub use list::List;
pub use scratch::Scratch;
pub use show::Shown;
pub use slots::Slots;

/// A value of a [`Layout`](crate::Layout)'s type.
///
/// Small and copied freely: what does not fit lies in an [`Arena`] or in the bytes that were decoded. A value does not
/// know its type; whoever has the layout does.
///
/// | schema type | value |
/// |---|---|
/// | integers, signed and unsigned | [`Int`](Self::Int), [`Uint`](Self::Uint), of 64 bits whatever the width |
/// | floating point of 32 and 64 bits | [`Float`](Self::Float), [`Double`](Self::Double) |
/// | bytes, fixed | [`Bytes`](Self::Bytes) |
/// | an enum | [`Symbol`](Self::Symbol) |
/// | a type that may be null | [`Null`](Self::Null), or the value itself |
/// | a union of other types | [`Branch`](Self::Branch) |
/// | a field that is not there | [`Absent`](Self::Absent) |
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A field that was not in the data, where a reader can tell.
    #[default]
    Absent,
    /// Null.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A number of 32 bits.
    Float(f32),
    /// A number of 64 bits.
    Double(f64),
    /// Text.
    String(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A symbol of an enum: its number in a format that numbers them, its position from 0 in Avro.
    Symbol(i32),
    /// A value of a union: the branch, counted from 0, and what is in it.
    Branch(u32, &'a Value<'a>),
    /// A record.
    Record(&'a Record<'a>),
    /// Items in order.
    List(List<'a>),
    /// Entries in the order of the data.
    ///
    /// Each key once. Writers write the entries that there are, and don't look for a key that comes again; Avro's JSON alone writes the last
    /// value of each key. Who reads it then keeps the last value of the key, but for two: JSON with a key twice is refused, and Avro's
    /// binary format is read as the entries that it has, if it is read without a type.
    Map(&'a [(Value<'a>, Value<'a>)]),
}

/// A record: a value for each field of its layout, in that order.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Record<'a> {
    /// By field; [`Value::Absent`] where there is none.
    pub fields: &'a [Value<'a>],
    /// Fields that the layout does not have, as they lay in the data: keys with their values, one behind the other.
    /// Empty in formats without such.
    pub unknown: &'a [u8],
}

// A list of a million items is a million of them.
const _: () = assert!(size_of::<Value<'_>>() == 24);
