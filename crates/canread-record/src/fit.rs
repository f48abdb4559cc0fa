//! Whether what a field says fits its type: asked where a type is compiled.

use crate::{FieldMeta, Form, Format, Representation, Shape};

impl Shape {
    /// Whether the value of the field, or those in it, can be written in the format in the way that the field says.
    #[must_use]
    pub const fn has_way(&self, format: Format, meta: &FieldMeta) -> bool {
        match self {
            Self::Logical(logical) => logical.way(format, meta).is_some(),
            Self::Optional(shape) | Self::List(shape) | Self::Map(_, shape) => shape.has_way(format, meta),
            _ => match format {
                Format::Protobuf => matches!(meta.protobuf.representation, Representation::Preferred),
                Format::Avro => matches!(meta.avro.representation, Representation::Preferred),
            },
        }
    }

    /// Whether Protobuf has such a form of the numbers of the field: of its value, or of those in its list, or of the values
    /// of its map.
    ///
    /// A date or another value of several ways is a number if the field asks for one. Source: Protobuf, "Scalar Value Types".
    #[must_use]
    pub const fn has_form(&self, meta: &FieldMeta) -> bool {
        match self {
            Self::Optional(shape) | Self::List(shape) | Self::Map(_, shape) => shape.has_form(meta),
            _ => self.physical(Format::Protobuf, meta).is_of_form(meta.protobuf.form),
        }
    }

    /// Whether it is a map, or an `Option` or list of maps, and Protobuf has such a form of its keys as the field says.
    #[must_use]
    pub const fn has_key_form(&self, meta: &FieldMeta) -> bool {
        match self {
            Self::Optional(shape) | Self::List(shape) => shape.has_key_form(meta),
            Self::Map(key, _) => key.is_of_form(meta.protobuf.key_form),
            _ => matches!(meta.protobuf.key_form, Form::Plain),
        }
    }

    /// Whether Protobuf can put the items of the field behind one key, so that it means something not to.
    ///
    /// Source: Protobuf, "Packed Repeated Fields".
    #[must_use]
    pub const fn may_be_unpacked(&self, meta: &FieldMeta) -> bool {
        match self {
            Self::Optional(shape) => shape.may_be_unpacked(meta),
            Self::List(item) => matches!(
                item.physical(Format::Protobuf, meta),
                Self::Bool
                    | Self::Int32
                    | Self::Uint32
                    | Self::Int64
                    | Self::Uint64
                    | Self::Float32
                    | Self::Float64
                    | Self::Enumeration(_)
            ),
            _ => false,
        }
    }

    /// Whether the value of the field, or those in it, are a `fixed` of Avro, which has a name.
    #[must_use]
    pub const fn is_named_in_avro(&self, meta: &FieldMeta) -> bool {
        match self {
            Self::Optional(shape) | Self::List(shape) | Self::Map(_, shape) => shape.is_named_in_avro(meta),
            _ => matches!(self.physical(Format::Avro, meta), Self::Fixed(_)),
        }
    }

    const fn is_of_form(&self, form: Form) -> bool {
        match form {
            Form::Plain => true,
            Form::Fixed => matches!(self, Self::Int32 | Self::Uint32 | Self::Int64 | Self::Uint64),
            Form::ZigZag => matches!(self, Self::Int32 | Self::Int64),
        }
    }
}

/// Nothing, if a claim about the type of a field holds.
///
/// # Panics
///
/// If it does not, with the message: the compiler's error where this is a constant.
#[track_caller]
pub const fn claim(holds: bool, message: &str) {
    assert!(holds, "{}", message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Logical, Unit};

    const FIXED: FieldMeta = FieldMeta::new("field", 1).with_form(Form::Fixed);
    const ZIGZAG: FieldMeta = FieldMeta::new("field", 1).with_form(Form::ZigZag);

    #[test]
    fn numbers_have_forms_wherever_they_stand() {
        for shape in [Shape::Int32, Shape::List(&Shape::Int64), Shape::Map(&Shape::Text, &Shape::Int32)] {
            assert!(shape.has_form(&FIXED) && shape.has_form(&ZIGZAG), "{shape:?}");
        }
        assert!(Shape::Uint64.has_form(&FIXED) && !Shape::Uint64.has_form(&ZIGZAG));
        for shape in [Shape::Text, Shape::Float32, Shape::Bool, Shape::Map(&Shape::Int32, &Shape::Text)] {
            assert!(!shape.has_form(&FIXED) && !shape.has_form(&ZIGZAG), "{shape:?}");
        }
    }

    #[test]
    fn a_time_is_a_number_if_the_field_says_so() {
        const TIME: Shape = Shape::Logical(Logical::Timestamp);
        assert!(!TIME.has_form(&FIXED));
        assert!(TIME.has_form(&FIXED.with_protobuf_representation(Representation::Count(Unit::Nanos))));
        let meta = FieldMeta::new("field", 1);
        assert!(!Shape::List(&TIME).may_be_unpacked(&meta));
        let meta = meta.with_protobuf_representation(Representation::Count(Unit::Nanos));
        assert!(Shape::List(&TIME).may_be_unpacked(&meta));
    }

    #[test]
    fn keys_have_forms_if_they_are_numbers() {
        let meta = FieldMeta::new("field", 1).with_key_form(Form::ZigZag);
        assert!(Shape::Map(&Shape::Int32, &Shape::Text).has_key_form(&meta));
        assert!(!Shape::Map(&Shape::Uint32, &Shape::Text).has_key_form(&meta));
        assert!(!Shape::Int32.has_key_form(&meta));
    }

    #[test]
    fn lists_of_numbers_may_be_unpacked_and_fixed_bytes_have_names() {
        let meta = FieldMeta::new("field", 1);
        assert!(Shape::List(&Shape::Bool).may_be_unpacked(&meta));
        assert!(!Shape::List(&Shape::Text).may_be_unpacked(&meta) && !Shape::Int32.may_be_unpacked(&meta));
        assert!(Shape::Optional(&Shape::Fixed(4)).is_named_in_avro(&meta));
        assert!(Shape::Map(&Shape::Text, &Shape::Fixed(4)).is_named_in_avro(&meta));
        assert!(!Shape::Int32.is_named_in_avro(&meta));
    }
}
