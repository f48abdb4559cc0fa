//! A field as a type, and what is known of it.

use core::marker::PhantomData;

use crate::Representation;

/// A field of a record: a type without a value, whose constant says all there is to know of the field.
///
/// What a codec asks of the constant is answered while it is compiled, so that the key of a field is a number that
/// stands in the code and a question such as "is zero left out?" costs nothing.
pub trait Field {
    /// What is known of the field.
    const META: FieldMeta;
}

/// What is known of a field, for every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldMeta {
    /// Its name, where a format has no other.
    pub name: &'static str,
    /// Where it is declared, for messages of the compiler: `shop::Order.lines`. Empty if nobody says.
    pub declared_at: &'static str,
    /// Names that it had.
    pub aliases: &'static [&'static str],
    /// Whether a value is written even if it is the one that a reader would assume.
    pub is_explicit: bool,
    /// What Protobuf wants to know.
    pub protobuf: ProtobufMeta,
    /// What Avro wants to know.
    pub avro: AvroMeta,
}

/// What Protobuf wants to know of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "options of the format, each on its own")]
pub struct ProtobufMeta {
    /// The field's number.
    pub number: u32,
    /// The field's name.
    pub name: &'static str,
    /// How a number is written.
    pub form: Form,
    /// How the number is written that is the key of a map.
    pub key_form: Form,
    /// Whether a record stands between two tags, not behind its length.
    pub is_group: bool,
    /// Whether each number of a list has its own tag.
    pub is_unpacked: bool,
    /// Whether the field is a oneof: the branches of its union are fields of this record.
    pub is_oneof: bool,
    /// Whether no tag is written: an item of a packed list.
    pub is_bare: bool,
    /// How a value is written that the format has several ways for.
    pub representation: Representation,
}

/// How Protobuf writes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Form {
    /// As a varint: `int32`, `uint64` and others.
    #[default]
    Plain,
    /// In 4 or 8 bytes: `fixed32`, `sfixed64` and others.
    Fixed,
    /// As a varint with the sign in the lowest bit: `sint32`, `sint64`.
    ZigZag,
}

/// What Avro wants to know of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AvroMeta {
    /// The field's name.
    pub name: &'static str,
    /// Whether a null comes before the branches of its union.
    pub is_after_null: bool,
    /// How a value is written that the format has several ways for.
    pub representation: Representation,
    /// The name of the `fixed` that the value is; empty if the field does not say it.
    pub type_name: &'static str,
    /// Names that the `fixed` had which the value is.
    pub type_aliases: &'static [&'static str],
}

impl FieldMeta {
    /// A field with a name and a number that hold in every format.
    #[must_use]
    pub const fn new(name: &'static str, number: u32) -> Self {
        Self {
            name,
            declared_at: "",
            aliases: &[],
            is_explicit: false,
            protobuf: ProtobufMeta {
                number,
                name,
                form: Form::Plain,
                key_form: Form::Plain,
                is_group: false,
                is_unpacked: false,
                is_oneof: false,
                is_bare: false,
                representation: Representation::Preferred,
            },
            avro: AvroMeta {
                name,
                is_after_null: false,
                representation: Representation::Preferred,
                type_name: "",
                type_aliases: &[],
            },
        }
    }

    /// The same with names that the field had.
    #[must_use]
    pub const fn with_aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same with the place where it is declared.
    #[must_use]
    pub const fn declared_at(mut self, place: &'static str) -> Self {
        self.declared_at = place;
        self
    }

    /// The same, always written.
    #[must_use]
    pub const fn explicit(mut self) -> Self {
        self.is_explicit = true;
        self
    }

    /// The same with another number in Protobuf.
    #[must_use]
    pub const fn with_protobuf_number(mut self, number: u32) -> Self {
        self.protobuf.number = number;
        self
    }

    /// The same with another name in Protobuf.
    #[must_use]
    pub const fn with_protobuf_name(mut self, name: &'static str) -> Self {
        self.protobuf.name = name;
        self
    }

    /// The same with numbers written in another way in Protobuf.
    #[must_use]
    pub const fn with_form(mut self, form: Form) -> Self {
        self.protobuf.form = form;
        self
    }

    /// The same with the keys of a map written in another way in Protobuf.
    #[must_use]
    pub const fn with_key_form(mut self, form: Form) -> Self {
        self.protobuf.key_form = form;
        self
    }

    /// The same as a group of Protobuf.
    #[must_use]
    pub const fn group(mut self) -> Self {
        self.protobuf.is_group = true;
        self
    }

    /// The same with a tag for each number of a list in Protobuf.
    #[must_use]
    pub const fn unpacked(mut self) -> Self {
        self.protobuf.is_unpacked = true;
        self
    }

    /// The same as a oneof of Protobuf.
    #[must_use]
    pub const fn oneof(mut self) -> Self {
        self.protobuf.is_oneof = true;
        self
    }

    /// The same with a value written in another way in Protobuf.
    #[must_use]
    pub const fn with_protobuf_representation(mut self, representation: Representation) -> Self {
        self.protobuf.representation = representation;
        self
    }

    /// The same with a value written in another way in Avro.
    #[must_use]
    pub const fn with_avro_representation(mut self, representation: Representation) -> Self {
        self.avro.representation = representation;
        self
    }

    /// The same with a name for the `fixed` that the value is in Avro.
    #[must_use]
    pub const fn with_avro_type_name(mut self, name: &'static str) -> Self {
        self.avro.type_name = name;
        self
    }

    /// The same with names that the `fixed` had which the value is in Avro.
    #[must_use]
    pub const fn with_avro_type_aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.avro.type_aliases = aliases;
        self
    }

    /// The same with another name in Avro.
    #[must_use]
    pub const fn with_avro_name(mut self, name: &'static str) -> Self {
        self.avro.name = name;
        self
    }
}

/// A field whose value is known to be there: what an `Option` holds.
pub struct Present<F>(PhantomData<F>);

impl<F: Field> Field for Present<F> {
    const META: FieldMeta = {
        let mut meta = F::META.explicit();
        meta.avro.is_after_null = true;
        meta
    };
}

/// An item of a list. It has the number of the list, unless the list is packed. Its name would be a second one in the path of an error, and
/// is empty.
pub struct Item<F, const PACKED: bool>(PhantomData<F>);

impl<F: Field, const PACKED: bool> Field for Item<F, PACKED> {
    const META: FieldMeta = {
        let mut meta = F::META.explicit();
        meta.protobuf.is_bare = PACKED;
        meta.protobuf.is_oneof = false;
        meta.avro.is_after_null = false;
        meta.without_names()
    };
}

/// The key of an entry of a map. A date or a uuid is text there: no format has keys of another sort. It has no name, as an item of a list.
pub struct EntryKey<F>(PhantomData<F>);

impl<F: Field> Field for EntryKey<F> {
    const META: FieldMeta = F::META.of_entry_key().without_names();
}

/// The value of an entry of a map. It has no name, as an item of a list.
pub struct EntryValue<F>(PhantomData<F>);

impl<F: Field> Field for EntryValue<F> {
    const META: FieldMeta = F::META.of_entry_value().without_names();
}

impl FieldMeta {
    const fn without_names(mut self) -> Self {
        self.name = "";
        self.protobuf.name = "";
        self.avro.name = "";
        self
    }

    /// What is known of the keys of the map that the field is.
    #[must_use]
    pub const fn of_entry_key(&self) -> Self {
        Self::new("key", 1)
            .declared_at(self.declared_at)
            .with_form(self.protobuf.key_form)
            .with_protobuf_representation(Representation::Text)
            .with_avro_representation(Representation::Text)
            .explicit()
    }

    /// What is known of the values of the map that the field is.
    #[must_use]
    pub const fn of_entry_value(&self) -> Self {
        Self::new("value", 2)
            .declared_at(self.declared_at)
            .with_form(self.protobuf.form)
            .with_protobuf_representation(self.protobuf.representation)
            .with_avro_representation(self.avro.representation)
            .with_avro_type_name(self.avro.type_name)
            .with_avro_type_aliases(self.avro.type_aliases)
            .explicit()
    }
}
