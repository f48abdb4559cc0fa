//! The types that stand in fields: one file for each sort.

mod boolean;
mod boxed;
mod bytes;
mod fixed;
pub(crate) mod list;
mod map;
mod number;
mod option;
mod set;
mod text;
