//! What stands before a message that a service with a schema registry reads: which of the registry's schemas it was written under.
//!
//! ```text
//! prefix  = schema [indexes]          indexes for Protobuf alone
//! schema  = 0 id:4 bytes, big-endian
//!         | 1 guid:16 bytes
//! indexes = 0                         the first message of the file: [0]
//!         | count:zigzag varint, then as many zigzag varints
//! ```
//!
//! A record of Kafka has its prefix before its value (or key), or as a whole in the header [`Part::header`], and then nothing
//! before the value. Whether message indexes follow is not in the bytes; a [`Framing`] says it.
//!
//! ```
//! use canread::framing::{Framing, MessageIndexes, Prefix, SchemaId};
//!
//! // A producer.
//! let prefix = Prefix::Message(SchemaId::Number(7), MessageIndexes::first());
//! let mut record = Vec::new();
//! prefix.write(&mut record);
//! record.extend_from_slice(b"\x08\x01");
//! assert_eq!(record, [0, 0, 0, 0, 7, 0, 8, 1]);
//!
//! // A consumer.
//! let (prefix, message) = Framing::Message.split(&record)?;
//! assert_eq!(prefix.schema(), Some(SchemaId::Number(7)));
//! assert_eq!(message, [8, 1]);
//! # Ok::<(), canread::framing::FramingError>(())
//! ```
//!
//! What it does not do: ask a registry, or read what versions of Confluent's Python client before 2.0 wrote with
//! `use.deprecated.format` (indexes without zigzag, which look like others).
//!
//! Source: Confluent Platform, "Formats, Serializers, and Deserializers for Schema Registry", section "Wire format"; for GUIDs and
//! headers, which it does not have, confluent-kafka-python 2.16.1, `SchemaId` in `schema_registry/common/serde.py` and
//! `header_schema_id_serializer` in `schema_registry/__init__.py`. `fixtures/framing/` has bytes of its serializers.

// | file | holds |
// |---|---|
// | `prefix` | what stands before a message, read and written |
// | `indexes` | which message of a file it is |
// | `guid` | names of schemas that are the same in every registry |
// | `error` | what was found instead |

mod error;
mod guid;
mod indexes;
mod prefix;

pub use error::{FramingError, FramingErrorKind};
pub use guid::{Guid, NotAGuid};
pub use indexes::{IndexesError, MessageIndexes};
pub use prefix::{Framing, Part, Prefix, SchemaId};
