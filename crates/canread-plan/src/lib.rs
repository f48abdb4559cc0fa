//! Schemas at run time: values without a Rust type, and plans that read what one schema wrote as another has it.
//!
//! | item | is |
//! |---|---|
//! | [`Layout`] | one schema, compiled for coding: types, records, enums and unions by dense ids |
//! | [`Value`], [`Arena`] | a value of a layout's type, its parts in an arena |
//! | [`Plan`] | what to do with the bytes of a writer, for a reader with a schema of its own |
//! | [`Mismatch`] | what of the writer's data the reader can't read, and why |
//! | [`DecoderError`] | why a Rust type can't be read from what a schema writes |
//!
//! The crate encodes nothing: the codec of a format runs along a layout or a plan. It sees no schema text either: a
//! [`Schema`](canread_model::Schema) is made by the reader of a format, or of a Rust type.
//!
//! What a plan does is stated here from the specifications, apart from the rules of the checker, so that each tests the
//! other.

#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod decoder_error;
mod layout;
mod plan;
mod value;

pub use decoder_error::DecoderError;
pub use layout::{
    Constant, EnumLayout, FieldLayout, FixedLayout, Layout, LayoutError, LayoutErrorKind, LayoutKind, RecordLayout,
    TypeId, UnionLayout, WellKnown,
};
pub use plan::{Action, ActionId, Mismatch, MismatchKind, NumberedStep, NumberedSteps, Plan, Promotion, Step, Steps};
pub use value::{Arena, List, Record, Scratch, Shown, Slots, Value};
