//! Records from bytes that were written under another schema, in any format.

use canread_model::Schema;
use canread_plan::{DecoderError, Plan};
use canread_record::{Decode, DecodeFields, Shaped};
use canread_wire::{DecodeError, Limits};

use crate::Format;

/// Reads records of a type from bytes that were written under a schema of somebody else's: an older one, or a newer one.
///
/// Made once for a writer's schema, since that is where the work is, and then used for any number of records, from any number of
/// threads. The [crate's page](crate) has an example. [`plan`](Self::plan) tells what only some data of the writer meets: what a record of
/// it will be refused for.
///
/// In Protobuf fields are found by number, in Avro by name or alias; numbers become wider where the format allows that, symbols and branches
/// are mapped, and what the type does not have is passed over. In Avro a field that the writer lacks needs a `default` or is an `Option`, and
/// where both schemas have a logical type it is the same one; else the data can't be read. The decoders of the formats, `protobuf::Decoder` and `avro::Decoder`, say
/// it in full.
///
/// The type has a place in every format whose feature is on, whichever is asked for in the end. One that only Avro can hold (an `Option`
/// of a list or map, a map of options, a list of lists, a union with a list in it) is not compiled with it, and goes with `avro::Decoder`. The error is one of
/// constants, and names Protobuf.
#[derive(Debug, Clone)]
pub struct Decoder<T> {
    of: OfFormat<T>,
}

#[derive(Debug, Clone)]
enum OfFormat<T> {
    #[cfg(feature = "protobuf")]
    Protobuf(canread_protobuf::codec::Decoder<T>),
    #[cfg(feature = "avro")]
    Avro(canread_avro::codec::Decoder<T>),
}

impl<T: Shaped> Decoder<T> {
    /// A decoder for what was written under a schema.
    ///
    /// Of Avro that is the type of an `.avsc` file. Of Protobuf it is the message that has the name of the type, or else the only one
    /// whose name ends like that.
    ///
    /// # Errors
    ///
    /// If the schema has no such type or message, or no data of it can be read as the type. What only some data has is refused when
    /// it comes.
    pub fn new(format: Format, writer: &Schema) -> Result<Self, DecoderError> {
        let of = match format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => OfFormat::Protobuf(canread_protobuf::codec::Decoder::of_same_name(writer)?),
            #[cfg(feature = "avro")]
            Format::Avro => OfFormat::Avro(canread_avro::codec::Decoder::new(writer)?),
        };
        Ok(Self { of })
    }

    /// A decoder for what was written as one declaration of a schema, by its full name: a message of Protobuf, a named type of Avro.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn named(format: Format, writer: &Schema, name: &str) -> Result<Self, DecoderError> {
        let of = match format {
            #[cfg(feature = "protobuf")]
            Format::Protobuf => OfFormat::Protobuf(canread_protobuf::codec::Decoder::new(writer, name)?),
            #[cfg(feature = "avro")]
            Format::Avro => {
                let named = writer.find(name).ok_or_else(|| DecoderError::NoMessage(name.into()))?;
                OfFormat::Avro(canread_avro::codec::Decoder::of(writer, named)?)
            }
        };
        Ok(Self { of })
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        match self.of {
            #[cfg(feature = "protobuf")]
            OfFormat::Protobuf(_) => Format::Protobuf,
            #[cfg(feature = "avro")]
            OfFormat::Avro(_) => Format::Avro,
        }
    }

    /// What becomes of the writer's data: [`mismatches`](Plan::mismatches) lists what only some data has and the type can't take, and
    /// [`is_identity`](Plan::is_identity) says whether nothing differs.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        match &self.of {
            #[cfg(feature = "protobuf")]
            OfFormat::Protobuf(decoder) => decoder.plan(),
            #[cfg(feature = "avro")]
            OfFormat::Avro(decoder) => decoder.plan(),
        }
    }
}

impl<T> Decoder<T> {
    /// The record that the bytes are, within [`Limits::strict`].
    ///
    /// # Errors
    ///
    /// As [`from_slice_with`](Self::from_slice_with).
    pub fn from_slice<'de>(&self, input: &'de [u8]) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        self.from_slice_with(input, &Limits::strict())
    }

    /// The record that the bytes are, within limits.
    ///
    /// # Errors
    ///
    /// If the bytes are nothing that the writer's schema writes, ask for more than the limits allow, or have what the type can't
    /// hold.
    pub fn from_slice_with<'de>(&self, input: &'de [u8], limits: &Limits) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        match &self.of {
            #[cfg(feature = "protobuf")]
            OfFormat::Protobuf(decoder) => decoder.from_slice_with(input, limits),
            #[cfg(feature = "avro")]
            OfFormat::Avro(decoder) => decoder.from_slice_with(input, limits),
        }
    }
}
