//! What is measured of the codecs, and beside whom.
//!
//! | module | holds |
//! |---|---|
//! | [`shapes`] | the records, and each codec's types for them |
//! | [`jobs`] | what is done with them, and by which codec: the one table of that |
//! | [`equality`] | what must hold before anything is measured: all codecs write the same bytes and read each other's |
//! | [`schemas`] | the schemas of the records, as each codec wants them |
//!
//! `benches/codecs.rs` takes the time of each job; `src/bin/counts.rs` counts bytes, allocations and instructions.
//! `cargo xtask bench codecs` runs both and prints the table.

pub mod equality;
pub mod jobs;
mod random;
pub mod schemas;
pub mod shapes;

/// Made by prost from `idl/bench.proto`.
#[allow(missing_docs, clippy::pedantic, reason = "generated")]
pub mod prost_types {
    include!(concat!(env!("OUT_DIR"), "/bench.rs"));
}

#[allow(warnings, clippy::all, clippy::pedantic, reason = "generated")]
mod buffa_code {
    include!(concat!(env!("OUT_DIR"), "/buffa/mod.rs"));
}

/// Made by buffa from `idl/bench.proto`.
pub mod buffa_types {
    pub use crate::buffa_code::bench::*;

    /// The types that borrow.
    pub mod view {
        pub use crate::buffa_code::bench::__buffa::view::*;
    }
}
