//! Records to bytes of a format that is chosen at run time.

use alloc::vec::Vec;

use canread_record::EncodeFields;
use canread_wire::EncodeError;

use crate::Format;

/// Writes records in a format that is chosen at run time.
///
/// Code that knows its format calls that format's own functions, which are the same. So does code whose type has no place in one of the
/// formats whose features are on: an `Option` of a list or map, a map of options or a list of lists is Avro's alone, is not compiled with
/// this, and goes with `avro::to_vec`.
///
/// ```
/// use canread::{Encoder, Format, Record};
///
/// #[derive(Record)]
/// struct Order {
///     #[field(1)]
///     id: i64,
/// }
///
/// let encoder = Encoder::new(Format::Protobuf);
/// assert_eq!(encoder.to_vec(&Order { id: 7 })?, [8, 7]);
/// # Ok::<(), canread::EncodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoder {
    format: Format,
}

impl Encoder {
    /// An encoder of a format.
    #[must_use]
    pub const fn new(format: Format) -> Self {
        Self { format }
    }

    /// The format.
    #[must_use]
    pub const fn format(self) -> Format {
        self.format
    }

    /// The record as bytes.
    ///
    /// # Errors
    ///
    /// Those of the format's own function: records are inside each other more than 100 levels deep, or a value has no place in the
    /// format.
    pub fn to_vec<T: EncodeFields>(self, value: &T) -> Result<Vec<u8>, EncodeError> {
        match self.format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => crate::protobuf::to_vec(value),
            #[cfg(feature = "avro")]
            Format::Avro => crate::avro::to_vec(value),
        }
    }

    /// Writes the record after what is in the buffer, whose memory it uses.
    ///
    /// # Errors
    ///
    /// Those of [`to_vec`](Self::to_vec). The buffer then holds what it held.
    pub fn encode_into<T: EncodeFields>(self, value: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self.format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => crate::protobuf::encode_into(value, buffer),
            #[cfg(feature = "avro")]
            Format::Avro => crate::avro::encode_into(value, buffer),
        }
    }

    /// Writes the record to a file, a socket or anything else that writes: in one piece, and without a flush.
    ///
    /// # Errors
    ///
    /// Those of [`to_vec`](Self::to_vec): nothing was written then. And those of the target, which may hold a part of the record.
    #[cfg(feature = "std")]
    pub fn encode_to_writer<T: EncodeFields>(
        self,
        value: &T,
        target: &mut (impl std::io::Write + ?Sized),
    ) -> Result<(), crate::WriteError> {
        match self.format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => crate::protobuf::encode_to_writer(value, target),
            #[cfg(feature = "avro")]
            Format::Avro => crate::avro::encode_to_writer(value, target),
        }
    }

    /// How many bytes the record takes.
    ///
    /// # Errors
    ///
    /// Those of [`to_vec`](Self::to_vec).
    pub fn encoded_len<T: EncodeFields>(self, value: &T) -> Result<usize, EncodeError> {
        match self.format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => crate::protobuf::encoded_len(value),
            #[cfg(feature = "avro")]
            Format::Avro => crate::avro::encoded_len(value),
        }
    }
}
