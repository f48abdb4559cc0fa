//! What stands before a message, read and written.

use alloc::vec::Vec;

use canread_wire::Cursor;

use super::error::{FramingError, FramingErrorKind};
use super::guid::Guid;
use super::indexes::MessageIndexes;

/// The first byte before an id.
const MAGIC_NUMBER: u8 = 0;
/// The first byte before a GUID.
const MAGIC_GUID: u8 = 1;

/// A schema of a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a third one would have a magic byte that every consumer has to learn")]
pub enum SchemaId {
    /// Its id in one registry.
    Number(u32),
    /// Its name in all of them.
    Guid(Guid),
}

/// What stands before a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "one for each framing")]
pub enum Prefix {
    /// Nothing.
    None,
    /// The schema (Avro, JSON Schema).
    Schema(SchemaId),
    /// The schema, and which of its messages it is (Protobuf).
    Message(SchemaId, MessageIndexes),
}

/// What stands before the messages of a topic: whoever reads it has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "one for each prefix")]
pub enum Framing {
    /// Nothing.
    None,
    /// The schema (Avro, JSON Schema).
    Schema,
    /// The schema, and which of its messages it is (Protobuf).
    Message,
}

/// A part of a record of Kafka that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Kafka's records have these two")]
pub enum Part {
    /// Its key.
    Key,
    /// Its value.
    Value,
}

impl Part {
    /// The name of the header in which the prefix of this part may stand.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Key => "__key_schema_id",
            Self::Value => "__value_schema_id",
        }
    }
}

impl Prefix {
    /// The schema, if there is a prefix.
    #[must_use]
    pub fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::None => None,
            Self::Schema(schema) | Self::Message(schema, _) => Some(*schema),
        }
    }

    /// Writes it behind what is in the buffer: before the message, or as the whole of the header [`Part::header`].
    ///
    /// Confluent's own producers put only GUIDs into headers; their consumers take both.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        match self.schema() {
            None => {}
            Some(SchemaId::Number(number)) => {
                bytes.push(MAGIC_NUMBER);
                bytes.extend_from_slice(&number.to_be_bytes());
            }
            Some(SchemaId::Guid(guid)) => {
                bytes.push(MAGIC_GUID);
                bytes.extend_from_slice(&guid.0);
            }
        }
        if let Self::Message(_, indexes) = self {
            indexes.write(bytes);
        }
    }
}

impl Framing {
    /// The prefix, and the message behind it.
    ///
    /// # Errors
    ///
    /// The bytes begin with no prefix; the error says with what instead.
    pub fn split(self, bytes: &[u8]) -> Result<(Prefix, &[u8]), FramingError> {
        if self == Self::None {
            return Ok((Prefix::None, bytes));
        }
        let mut cursor = Cursor::new(bytes);
        let start = cursor.clone();
        let prefix = self.take(&mut cursor, bytes).map_err(|kind| {
            let offset = if matches!(kind, FramingErrorKind::Magic { .. }) { start } else { cursor.clone() };
            FramingError::new(kind, offset.offset_in(bytes))
        })?;
        Ok((prefix, cursor.as_slice()))
    }

    /// The prefix and the message of a record that may have its prefix in the header [`Part::header`]: if it has that header, all
    /// of `bytes` is the message.
    ///
    /// ```
    /// use canread::framing::{Framing, Guid, Part, Prefix, SchemaId};
    ///
    /// // A producer.
    /// let prefix = Prefix::Schema(SchemaId::Guid(Guid([7; 16])));
    /// let mut header = Vec::new();
    /// prefix.write(&mut header);
    /// let headers = [(Part::Value.header(), header)];
    /// let record = [2];
    ///
    /// // A consumer.
    /// let header = headers.iter().find(|(name, _)| *name == Part::Value.header());
    /// let (found, message) = Framing::Schema.split_with(header.map(|(_, bytes)| &**bytes), &record)?;
    /// assert_eq!((found, message), (prefix, &record[..]));
    /// # Ok::<(), canread::framing::FramingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`split`](Self::split), of the header if there is one; and if that goes on behind its prefix.
    pub fn split_with<'b>(self, header: Option<&[u8]>, bytes: &'b [u8]) -> Result<(Prefix, &'b [u8]), FramingError> {
        let Some(header) = header.filter(|_| self != Self::None) else { return self.split(bytes) };
        let (prefix, behind) = self.split(header)?;
        if !behind.is_empty() {
            let kind = FramingErrorKind::TrailingBytes { found: behind.len() };
            return Err(FramingError::new(kind, header.len().saturating_sub(behind.len())));
        }
        Ok((prefix, bytes))
    }

    fn take(self, cursor: &mut Cursor<'_>, bytes: &[u8]) -> Result<Prefix, FramingErrorKind> {
        let truncated = FramingErrorKind::Truncated { found: bytes.len() };
        let schema = match cursor.byte() {
            Ok(MAGIC_NUMBER) => cursor.fixed32().map(|number| SchemaId::Number(number.swap_bytes())),
            Ok(MAGIC_GUID) => {
                let guid = cursor.take(16).map(<[u8; 16]>::try_from);
                guid.map(|guid| SchemaId::Guid(Guid(guid.expect("16 bytes were taken"))))
            }
            Ok(found) => return Err(FramingErrorKind::Magic { found }),
            Err(fault) => Err(fault),
        };
        let schema = schema.map_err(|_| truncated)?;
        match self {
            Self::Message => Ok(Prefix::Message(schema, MessageIndexes::take(cursor, bytes)?)),
            _ => Ok(Prefix::Schema(schema)),
        }
    }
}
