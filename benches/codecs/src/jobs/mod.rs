//! What is done with the records, and by which codec.
//!
//! A codec does a job in the way that its documentation shows, with what it checks by default: our limits are on, and so
//! are those of the peers.

mod avro;
mod protobuf;

use std::fmt;

use crate::shapes::{self, Shape, Size};

/// Does a job once with each record of a set.
pub type Run = Box<dyn FnMut()>;

/// Our name in tables.
pub const OURS: &str = "canread";

/// A job that one codec does with one set of records.
pub struct Job {
    /// Protobuf or Avro.
    pub format: &'static str,
    /// What is done.
    pub task: &'static str,
    /// With which records.
    pub shape: &'static str,
    /// By whom.
    pub codec: &'static str,
    /// Makes all that is not measured.
    pub prepare: fn(Size) -> Run,
}

impl fmt::Display for Job {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}|{}|{}|{}", self.format, self.task, self.shape, self.codec)
    }
}

/// Every job, in the order of the table.
#[must_use]
pub fn all() -> Vec<Job> {
    let mut jobs = Vec::new();
    of_shape::<shapes::order::Orders>(&mut jobs);
    of_shape::<shapes::log::Lines>(&mut jobs);
    of_shape::<shapes::mesh::Triangles>(&mut jobs);
    of_shape::<shapes::minecraft::Savedata>(&mut jobs);
    of_shape::<shapes::deep::Nodes>(&mut jobs);
    of_shape::<shapes::wide::Rows>(&mut jobs);
    jobs
}

fn of_shape<S: Shape>(jobs: &mut Vec<Job>) {
    protobuf::jobs::<S>(jobs);
    avro::jobs::<S>(jobs);
}

/// What is done. Both formats have the same names for the same tasks.
mod task {
    pub(super) const ENCODE_FRESH: &str = "encode, fresh buffer";
    pub(super) const ENCODE_REUSED: &str = "encode, reused buffer";
    pub(super) const ENCODED_LEN: &str = "encoded length";
    pub(super) const DECODE_OWNED: &str = "decode, owned";
    /// Into the record that was read before. In Protobuf that one is cleared first.
    pub(super) const DECODE_REUSED: &str = "decode, owned, reused record";
    pub(super) const DECODE_BORROWED: &str = "decode, borrowed";
    pub(super) const DYNAMIC_ENCODE_FRESH: &str = "encode, dynamic, fresh buffer";
    pub(super) const DYNAMIC_ENCODE_REUSED: &str = "encode, dynamic, reused buffer";
    pub(super) const DYNAMIC_DECODE_FRESH: &str = "decode, dynamic, fresh arena";
    pub(super) const DYNAMIC_DECODE_REUSED: &str = "decode, dynamic, reused arena";
    pub(super) const RESOLVE: &str = "resolve, typed";
    pub(super) const RESOLVE_DYNAMIC_FRESH: &str = "resolve, dynamic, fresh arena";
    pub(super) const RESOLVE_DYNAMIC_REUSED: &str = "resolve, dynamic, reused arena";
}

/// What `expect` says: the equality check has shown that every codec takes what it is given here.
const WELL: &str = "records that were checked";
