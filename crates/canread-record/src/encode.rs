//! What can be written.

use crate::{Field, Shaped, Writer};

/// A value that can stand in a field and be written.
pub trait Encode: Shaped {
    /// Writes the value as the field `F`.
    fn encode<F: Field, W: Writer>(&self, writer: &mut W);
}

/// A record that can be written, field by field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no record",
    label = "derive `Record` for a struct with this value as a field",
    note = "what is written or read as a whole is a struct that derives `Record`; numbers, enums and lists stand in its fields"
)]
pub trait EncodeFields: Shaped {
    /// Writes the fields in the order of the type.
    fn in_order<W: Writer>(&self, writer: &mut W);

    /// Writes the fields with the highest number first, for a format that is written from its end to its start.
    fn back_to_front<W: Writer>(&self, writer: &mut W);
}

/// One of several values that can be written.
pub trait EncodeUnion: Shaped {
    /// Whether two branches are one type in Avro, which can't tell them apart: then it can't be written as Avro.
    const HAS_TWINS_IN_AVRO: bool = false;

    /// Whether a branch is a list or a map, which no member of a oneof of Protobuf is: then it can't be written as Protobuf.
    const HAS_MANY: bool = false;

    /// Which of them it is, counted from 0 in the order of the type.
    fn branch(&self) -> u32;

    /// Writes the value as the field that its branch is.
    fn encode_branch<W: Writer>(&self, writer: &mut W);
}
