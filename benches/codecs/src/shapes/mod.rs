//! The records that are measured.
//!
//! | shape | is | after |
//! |---|---|---|
//! | [`order`] | small records with texts, options, a nested record, lists, a map | an order of a shop |
//! | [`log`] | one record with a list of 10,000 lines of a web server's log | `rust_serialization_benchmark` |
//! | [`mesh`] | one record with a list of 125,000 triangles: nothing but floats | `rust_serialization_benchmark` |
//! | [`minecraft`] | one record with a list of 500 saved players: everything | `rust_serialization_benchmark` |
//! | [`deep`] | records 30 levels deep inside each other | |
//! | [`wide`] | records with 96 fields | |
//!
//! Those after [`rust_serialization_benchmark`](https://github.com/djkoloski/rust_serialization_benchmark) have its shapes and
//! sizes, with generators of our own.

mod clear;
pub mod deep;
pub mod log;
pub mod mesh;
pub mod minecraft;
pub mod order;
pub mod wide;

use std::fmt::Debug;

use canread::record::{Decode, DecodeFields, EncodeFields};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use self::clear::Clear;

/// How many records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// What times are taken of.
    Full,
    /// A sample of the same, for counts: under callgrind everything takes fifty times as long.
    Sample,
}

impl Size {
    /// One figure or the other.
    #[must_use]
    pub const fn of(self, full: u32, sample: u32) -> u32 {
        match self {
            Self::Full => full,
            Self::Sample => sample,
        }
    }
}

/// A set of records, and the types that each codec has for them.
pub trait Shape: 'static {
    /// Its name in tables.
    const NAME: &'static str;
    /// The record, as both schemas name it.
    const RECORD: &'static str;
    /// Records that have two more fields in the schema of the writer whose data is resolved.
    const EVOLVED: &'static [&'static str];
    /// Whether the peer that resolves can do it: apache-avro tries a branch of a union and then does the same again, so that
    /// a record takes twice the time for each level.
    const PEERS_RESOLVE: bool = true;
    /// Ours, and that of serde's codecs.
    type Owned: EncodeFields
        + Serialize
        + DeserializeOwned
        + Clear
        + Clone
        + PartialEq
        + Debug
        + for<'de> Decode<'de>
        + for<'de> DecodeFields<'de>;
    /// The same with texts and bytes that lie in the input.
    type Borrowed<'a>: Decode<'a> + DecodeFields<'a> + EncodeFields + Deserialize<'a>;
    /// That of prost.
    type Prost: prost::Message + Default;
    /// That of buffa.
    type Buffa: buffa::Message;
    /// The same with texts and bytes that lie in the input.
    type BuffaView<'a>: buffa::MessageView<'a>;

    /// The records, the same in every run.
    fn records(size: Size) -> Vec<Self::Owned>;
}

/// Numbers that are written as `long` by codecs of serde, which would have them as 8 bytes.
mod as_long {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _, ser::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(number: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(i64::try_from(*number).map_err(S::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        u64::try_from(i64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
