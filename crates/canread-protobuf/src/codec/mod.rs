//! Protobuf's binary encoding.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`value`] | values without a Rust type, along a layout | `value` (default) |

#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[cfg(feature = "value")]
pub mod value;
