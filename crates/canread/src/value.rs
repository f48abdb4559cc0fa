//! Values without a Rust type, and plans that read what one schema wrote as another has it.
//!
//! A [`Layout`] is a schema compiled for this. The functions that read and write values are in `protobuf::value` and
//! `avro::value`, and as text in `protobuf::json`, `protobuf::text` and `avro::json`. `examples/dynamic.rs` is a program.
//!
//! | item | is |
//! |---|---|
//! | [`Layout`] | a schema, compiled: what a value has to look like |
//! | [`Value`], [`Record`], [`List`] | a value, and what it is made of |
//! | [`Arena`] | the memory that values lie in |
//! | [`Plan`] | how what a writer wrote becomes values of a reader's layout |
//! | [`Mismatch`] | what of a writer's data the reader can't take |
//! | [`TypeId`], [`LayoutKind`], [`RecordLayout`] and others | what a layout says about a type |

pub use canread_plan::{
    Arena, EnumLayout, FieldLayout, Layout, LayoutError, LayoutErrorKind, LayoutKind, List, Mismatch, MismatchKind,
    Plan, Record, RecordLayout, Shown, TypeId, UnionLayout, Value,
};
