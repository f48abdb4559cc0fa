//! Values without a Rust type, and plans that read what one schema wrote as another has it.
//!
//! A [`Layout`] is a schema compiled for this. The functions that read and write values are in `protobuf::value` and
//! `avro::value`, and as text in `protobuf::json`, `protobuf::text` and `avro::json`. `examples/dynamic.rs` is a program.
//!
//! A field is found by its name with [`RecordLayout::field_by_name`], which says where in [`Record::fields`] it is; the example does it.
//! One that was not in the data is [`Value::Absent`]: it stands for [`FieldLayout::default`] or, where the schema gives none, for the
//! zero of its type.
//!
//! | item | is |
//! |---|---|
//! | [`Layout`] | a schema, compiled: what a value has to look like |
//! | [`Value`], [`Record`], [`List`] | a value, and what it is made of |
//! | [`Arena`] | the memory that values lie in |
//! | [`Plan`] | how what a writer wrote becomes values of a reader's layout |
//! | [`Mismatch`] | what of a writer's data the reader can't take |
//! | [`TypeId`], [`LayoutKind`], [`RecordLayout`] and others | what a layout says about a type |
//! | [`Constant`] | what a field is that is [`Absent`](Value::Absent), if the schema says it |
//! | [`WellKnown`] | a message of Protobuf that text formats write in a way of their own |
//! | [`Action`], [`Steps`], [`NumberedSteps`] and others | what a plan does with a value, a record, a message |
//! | [`Int`], [`Presence`], [`LogicalKind`] and what is in them | what a schema says of a type, for layouts too |
//!
//! The format of a layout is one of [`SchemaFormat`], since schemas are read in more formats than values; it can be compared with a
//! [`Format`](crate::Format).

pub use canread_model::{
    DurationKind, Format as SchemaFormat, Int, IntEncoding, LogicalKind, Presence, TimeUnit, Zone,
};
pub use canread_plan::{
    Action, ActionId, Arena, Constant, EnumLayout, FieldLayout, FixedLayout, Layout, LayoutError, LayoutErrorKind,
    LayoutKind, List, Mismatch, MismatchKind, NumberedStep, NumberedSteps, Plan, Promotion, Record, RecordLayout,
    Shown, Step, Steps, TypeId, UnionLayout, Value, WellKnown,
};
