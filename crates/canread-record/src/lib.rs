//! Records: what a type says about itself so that every codec can read and write it.
//!
//! `#[derive(Record)]` writes implementations of these traits; a codec implements [`Writer`] and [`Reader`]. Neither
//! knows the other, and the compiler puts each pair of them together into straight code: what is known of a field is a
//! constant of a type.
//!
//! | item | is |
//! |---|---|
//! | [`Field`], [`FieldMeta`] | a field as a type, and what is known of it |
//! | [`Encode`], [`Decode`] | a value that stands in a field |
//! | [`EncodeFields`], [`DecodeFields`] | a record: its fields in order, and by number |
//! | [`EncodeUnion`], [`Branches`], [`Enumeration`] | one of several values, and as fields of a record; one of several symbols |
//! | [`Writer`], [`Reader`] | a format |
//! | [`Shape`], [`RecordSchema`], [`Constant`], [`Absent`] | the schema of a type, as constants, and what its fields default to |
//! | [`Timestamp`], [`Date`], [`TimeOfDay`], [`LocalTimestamp`], [`ExactDuration`], [`CalendarDuration`], [`Decimal`], [`Uuid`] | values that each format writes in its own way |
//! | [`Unknown`], [`Entries`] | what a record did not know, and a map as a sorted list |
//!
//! It knows no format: bytes are written and read by the crates of the formats.

#![no_std]
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![expect(clippy::inline_always, reason = "a leaf is a few instructions once its field's constants are folded in")]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod absent;
mod branches;
mod clash;
mod collect;
mod constant;
mod decode;
mod demand;
mod encode;
mod entries;
mod enumeration;
mod field;
mod fit;
mod format;
mod held;
mod likeness;
pub(crate) mod logical;
mod many;
mod message;
mod reader;
mod shape;
mod twins;
mod unknown;
mod values;
mod writer;

pub use absent::Absent;
pub use branches::{Branches, has_merged_branch};
pub use canread_wire::{Budget, Fault, Malformed, Step};
pub use clash::{no_clash_with_fields, no_clash_with_oneof};
pub use collect::{Collect, CollectEntries};
pub use constant::{Constant, constant};
pub use decode::{Decode, DecodeFields, spend_defaults};
pub use demand::demand;
pub use encode::{Encode, EncodeFields, EncodeUnion};
pub use entries::Entries;
pub use enumeration::Enumeration;
pub use field::{AvroMeta, EntryKey, EntryValue, Field, FieldMeta, Form, Item, Present, ProtobufMeta};
pub use fit::claim;
pub use format::Format;
pub use held::{held, may_hold};
pub use likeness::{Declared, Named};
pub use logical::{
    CalendarDuration, Date, Decimal, ExactDuration, LocalTimestamp, Logical, ParseValueError, Representation,
    TimeOfDay, Timestamp, Unit, Uuid, Way,
};
pub use many::has_many;
pub use reader::Reader;
pub use shape::{EnumerationSchema, FieldSchema, Kind, RecordSchema, Shape, Shaped, SymbolSchema, UnionSchema};
pub use twins::has_twins_in_avro;
pub use unknown::Unknown;
pub use values::list::ListItem;
pub use writer::Writer;
