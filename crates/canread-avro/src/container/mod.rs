//! Object container files: a header with the schema, and blocks of records behind it.
//!
//! ```
//! use canread::Record;
//! use canread::avro::container::{Codec, Reader, WriteOptions, Writer};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Reading {
//!     #[field(1)]
//!     station: String,
//!     #[field(2)]
//!     degrees: i32,
//! }
//!
//! let options = WriteOptions::new().with_compression(Codec::Deflate);
//! let mut writer = Writer::new(Vec::new(), &options)?;
//! writer.write(&Reading { station: "011990-99999".to_owned(), degrees: -11 })?;
//! let file = writer.finish()?;
//!
//! let records: Result<Vec<Reading>, _> = Reader::new(&file[..])?.records()?.collect();
//! assert_eq!(records?, [Reading { station: "011990-99999".to_owned(), degrees: -11 }]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | item | is |
//! |---|---|
//! | [`Reader`] | a file, read block by block, on one thread or on several |
//! | [`Records`], [`Values`] | its records as a type or as values, resolved if the schemas differ |
//! | [`Reader::resync`], [`Lost`] | going on behind damage, and which bytes were passed over |
//! | [`ContainerLimits`] | what a file from outside may cost |
//! | [`Writer`], [`ValueWriter`] | a file that is written or gone on with |
//! | [`Codec`], [`Compression`] | how blocks are compressed |
//!
//! A file that ends inside a block is an error and no end. Nothing damaged is passed over unless somebody asks for it.
//!
//! Memory does not grow with a file: a reader has one block of it, compressed and not, and a record.
//!
//! Source: Avro 1.12, "Object Container Files".

#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod append;
mod block;
mod codec;
mod compress;
mod decompress;
mod defaults;
mod error;
mod header;
mod limits;
mod link_cost;
mod options;
mod parallel;
mod reader;
mod records;
mod schema_text;
mod write_error;
mod writer;

pub use block::{Block, BlockRecords, BlockValues};
pub use codec::{Codec, Compression};
pub use error::{ContainerError, ContainerErrorKind};
pub use header::Header;
pub use limits::ContainerLimits;
pub use options::WriteOptions;
pub use reader::{Lost, Reader};
pub use records::{Records, Values};
pub use write_error::WriteError;
pub use writer::{ValueWriter, Writer};

/// How many bytes a marker has.
pub(crate) const MARKER_BYTES: usize = 16;

/// What stands behind the header of a file and behind each of its blocks: 16 bytes by chance.
pub type Marker = [u8; MARKER_BYTES];
