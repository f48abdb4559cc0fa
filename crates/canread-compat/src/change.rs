//! One structural difference between two versions of a schema, typed.

mod consequences;
mod describe;
mod holder;
mod resolution;
mod words;

use std::borrow::Cow;

use canread_model::{
    Annotation, Decl, DeclId, EnumValue, ExtensionRange, Field, Import, Literal, Method, Module, NodeId, Oneof,
    ReservedName, ReservedRange, Schema,
};

pub use consequences::{Consequences, Told};
pub use describe::{Description, Fate};
pub(crate) use describe::{runs, sort};
pub(crate) use resolution::sort as avro_sort;
pub use resolution::{Directions, Met, Resolution, TypeAt};
pub(crate) use words::{counted, default_of, json, streaming, type_name, type_names, value_of};

use crate::{Direction, Returned};

/// The same thing in both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a pair has two halves")]
pub struct Pair<T> {
    /// As it was.
    pub old: T,
    /// As it is now.
    pub new: T,
}

impl<T> Pair<T> {
    /// Both halves by reference.
    #[must_use]
    pub fn as_ref(&self) -> Pair<&T> {
        Pair { old: &self.old, new: &self.new }
    }

    /// The writers' half and the readers' half.
    #[must_use]
    pub fn by_role(self, direction: Direction) -> (T, T) {
        match direction {
            Direction::Backward => (self.old, self.new),
            Direction::Forward => (self.new, self.old),
        }
    }
}

/// A declaration together with the schema that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct DeclAt<'a> {
    /// Its id.
    pub id: DeclId,
    /// The schema.
    pub schema: &'a Schema,
}

impl<'a> DeclAt<'a> {
    /// The declaration.
    #[must_use]
    pub fn decl(self) -> &'a Decl {
        self.schema.decl(self.id)
    }

    /// Its full name.
    #[must_use]
    pub fn name(self) -> &'a str {
        &self.decl().full_name
    }

    /// The module it stands in.
    #[must_use]
    pub fn module(self) -> &'a Module {
        self.schema.module(self.decl().module)
    }

    /// The field of this record under a name.
    pub(crate) fn field(self, name: &str) -> Option<&'a Field> {
        self.schema.field(self.id, name)
    }

    /// The field of this record under a number.
    pub(crate) fn field_by_number(self, number: i32) -> Option<&'a Field> {
        self.schema.field_by_number(self.id, number)
    }

    /// The value of this enum under a name.
    pub(crate) fn value(self, name: &str) -> Option<&'a EnumValue> {
        self.schema.value(self.id, name)
    }

    /// Whether this record or enum reserves a number.
    pub(crate) fn has_reserved_number(self, number: i64) -> bool {
        self.schema.is_number_reserved(self.id, number)
    }

    /// Whether this record or enum reserves a name.
    pub(crate) fn has_reserved_name(self, name: &str) -> bool {
        self.schema.is_name_reserved(self.id, name)
    }

    /// Whether extensions of this record may have a number.
    pub(crate) fn has_extension_number(self, number: i64) -> bool {
        self.schema.is_number_for_extensions(self.id, number)
    }

    /// Another declaration of the same schema.
    #[must_use]
    pub fn at(self, id: DeclId) -> Self {
        Self { id, ..self }
    }
}

/// A field in both versions: paired by the format's rule of identity, or by name.
#[derive(Debug, Clone, Copy)]
pub struct FieldPair<'a> {
    /// The records, or the extension declarations, that hold the fields.
    pub owner: Pair<DeclAt<'a>>,
    /// The field as it was.
    pub old: &'a Field,
    /// The field as it is now.
    pub new: &'a Field,
}

impl Pair<DeclAt<'_>> {
    /// Their ids.
    pub(crate) fn ids(self) -> Pair<DeclId> {
        Pair { old: self.old.id, new: self.new.id }
    }
}

impl FieldPair<'_> {
    /// Whether both have one number.
    #[must_use]
    pub fn same_number(&self) -> bool {
        self.old.number.map(|number| number.value) == self.new.number.map(|number| number.value)
    }

    /// Whether each is an extension, and not declared in the message itself.
    #[must_use]
    pub fn is_extension(&self) -> Pair<bool> {
        let Pair { old, new } = self.owner.decls();
        Pair { old: old.as_extension().is_some(), new: new.as_extension().is_some() }
    }

    /// Whether both are extensions, or none is.
    #[must_use]
    pub fn same_place(&self) -> bool {
        self.is_extension().old == self.is_extension().new
    }

    /// Whether both have one name.
    #[must_use]
    pub fn same_name(&self) -> bool {
        self.old.name == self.new.name
    }
}

/// What differs between the two halves of a [`FieldPair`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FieldChange {
    /// The number; the pair was made by name.
    Number,
    /// Where it is declared: in the message itself, or as an extension of it.
    Place,
    /// The name.
    Name,
    /// The name that JSON uses, the field's own name being the same.
    JsonName,
    /// The type of the value (of an item, of a map's key or value), cardinality apart.
    Type,
    /// The declaration that the type names, which is really another one: a consequence of the
    /// differences between the two, which are listed.
    Target(Consequences),
    /// Singular, repeated or map.
    Cardinality,
    /// Whether it must be there, or whether absence can be told.
    Presence,
    /// The default value.
    Default,
    /// The oneof it belongs to.
    Oneof,
    /// Whether a message in it stands between tags or behind a length.
    Delimited,
    /// Whether text is checked to be UTF-8.
    Utf8,
    /// Whether numbers stand in one run.
    Packed,
}

/// What differs between two versions of a method.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum MethodChange {
    /// The request is really another type: what follows from that.
    Request(Consequences),
    /// The response is really another type: what follows from that.
    Response(Consequences),
    /// Whether the client or the server sends many messages.
    Streaming,
    /// What calling it twice does.
    Idempotency,
}

/// What an option hangs on.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Holder<'a> {
    /// A file.
    Module(Pair<&'a Module>),
    /// A declaration.
    Decl(Pair<DeclAt<'a>>),
    /// A field.
    Field(FieldPair<'a>),
    /// An enum value.
    EnumValue(Pair<DeclAt<'a>>, Pair<&'a EnumValue>),
    /// A oneof.
    Oneof(Pair<DeclAt<'a>>, Pair<&'a Oneof>),
    /// A method.
    Method(Pair<DeclAt<'a>>, Pair<&'a Method>),
}

/// One structural difference.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Change<'a> {
    /// A whole package is gone, with everything in it.
    NamespaceRemoved {
        /// Its name.
        name: &'a str,
        /// Its top-level declarations, as they were.
        decls: Vec<DeclAt<'a>>,
        /// Whether every message among them was named by a field or method of something else, or had no fields.
        was_used: bool,
    },
    /// A package is gone, and its declarations are in another one under their own names.
    NamespaceRenamed {
        /// Its name; the new one may have been there before.
        name: Pair<&'a str>,
        /// The top-level declarations that went there. What did not is removed, each by itself.
        decls: Vec<Pair<DeclAt<'a>>>,
    },
    /// A package has appeared.
    NamespaceAdded {
        /// Its name.
        name: &'a str,
        /// Its top-level declarations.
        decls: Vec<DeclAt<'a>>,
    },
    /// A declaration is gone; of a removed tree only the root.
    DeclRemoved {
        /// As it was.
        old: DeclAt<'a>,
        /// Whether a field or method of something else named it, so that it need not have been a record of its own;
        /// or it had no fields, so that no record of it held anything.
        was_used: bool,
    },
    /// A declaration has appeared; of an added tree only the root.
    DeclAdded {
        /// As it is.
        new: DeclAt<'a>,
    },
    /// The same declaration under another full name. What is nested in it and followed it is not listed,
    /// but for extensions, which data may know by their full names.
    DeclRenamed(Pair<DeclAt<'a>>),
    /// The same declaration in another file.
    DeclMoved(Pair<DeclAt<'a>>),
    /// A message that both versions have is extended by something new.
    ExtensionAdded {
        /// The message.
        owner: Pair<DeclAt<'a>>,
        /// The extension.
        new: DeclAt<'a>,
    },
    /// A message that both versions have is no longer extended by something.
    ExtensionRemoved {
        /// The message.
        owner: Pair<DeclAt<'a>>,
        /// The extension.
        old: DeclAt<'a>,
    },
    /// An extension of the same name that extends another message.
    ExtendeeChanged(Pair<DeclAt<'a>>),
    /// Another sort of declaration under the same name: a message that became an enum.
    DeclKindChanged(Pair<DeclAt<'a>>),
    /// A record's own encoding: a message set that became a plain message, or the reverse.
    RecordKindChanged(Pair<DeclAt<'a>>),
    /// Who may use a declaration.
    VisibilityChanged(Pair<DeclAt<'a>>),
    /// Numbers that were reserved no longer are, and nothing uses them yet.
    NumbersUnreserved {
        /// The record or enum.
        owner: Pair<DeclAt<'a>>,
        /// The range as it was.
        range: &'a ReservedRange,
        /// The numbers that are free now, as inclusive runs.
        freed: Vec<(i64, i64)>,
    },
    /// A name that was reserved no longer is, and nothing uses it yet.
    NameUnreserved {
        /// The record or enum.
        owner: Pair<DeclAt<'a>>,
        /// The name as it was.
        name: &'a ReservedName,
    },
    /// Numbers that extensions could use no longer are theirs.
    ExtensionRangeShrunk {
        /// The record.
        owner: Pair<DeclAt<'a>>,
        /// The range as it was.
        range: &'a ExtensionRange,
        /// The numbers that are lost, as inclusive runs.
        lost: Vec<(i64, i64)>,
    },
    /// What a message says about one of its extensions ahead (`declaration` of a range) is gone or differs;
    /// marking it as reserved is no difference. Only of numbers that are still for extensions.
    ExtensionDeclarationChanged {
        /// The record.
        owner: Pair<DeclAt<'a>>,
        /// The number of the extension.
        number: i64,
        /// The declaration as it was.
        old: &'a Annotation,
        /// The declaration as it is, if there is one.
        new: Option<&'a Annotation>,
    },
    /// A field has appeared.
    FieldAdded {
        /// The record.
        owner: Pair<DeclAt<'a>>,
        /// As it is.
        new: &'a Field,
    },
    /// A field is gone.
    FieldRemoved {
        /// The record.
        owner: Pair<DeclAt<'a>>,
        /// As it was.
        old: &'a Field,
    },
    /// A field differs; one change for each thing that does.
    Field(FieldPair<'a>, FieldChange),
    /// A oneof is known by another name, with at least one field in common.
    OneofRenamed {
        /// The record.
        owner: Pair<DeclAt<'a>>,
        /// The oneof.
        oneof: Pair<&'a Oneof>,
    },
    /// An enum value has appeared.
    EnumValueAdded {
        /// The enum.
        owner: Pair<DeclAt<'a>>,
        /// As it is.
        new: &'a EnumValue,
    },
    /// An enum value is gone: neither its name nor its number is there.
    EnumValueRemoved {
        /// The enum.
        owner: Pair<DeclAt<'a>>,
        /// As it was.
        old: &'a EnumValue,
    },
    /// A number that has another name now.
    EnumValueRenamed {
        /// The enum.
        owner: Pair<DeclAt<'a>>,
        /// The value.
        value: Pair<&'a EnumValue>,
    },
    /// A name that has another number now.
    EnumValueRenumbered {
        /// The enum.
        owner: Pair<DeclAt<'a>>,
        /// The value.
        value: Pair<&'a EnumValue>,
    },
    /// Whether values without a name are kept.
    EnumOpennessChanged(Pair<DeclAt<'a>>),
    /// What a reader takes for an absent value.
    EnumDefaultChanged {
        /// The enum.
        owner: Pair<DeclAt<'a>>,
        /// The default value.
        value: Pair<&'a EnumValue>,
    },
    /// A method has appeared.
    MethodAdded {
        /// The service.
        owner: Pair<DeclAt<'a>>,
        /// As it is.
        new: &'a Method,
    },
    /// A method is gone.
    MethodRemoved {
        /// The service.
        owner: Pair<DeclAt<'a>>,
        /// As it was.
        old: &'a Method,
    },
    /// A method differs; one change for each thing that does.
    Method {
        /// The service.
        owner: Pair<DeclAt<'a>>,
        /// The method.
        method: Pair<&'a Method>,
        /// What differs.
        change: MethodChange,
    },
    /// Something that schema resolution meets, in the formats that know it.
    Resolution(Box<Resolution<'a>>),
    /// Something that was retired in a version between the two is there again, and stands for something else.
    Returned(Box<Returned<'a>>),
    /// A file no longer passes on what another one declares.
    PublicImportRemoved {
        /// The file.
        modules: Pair<&'a Module>,
        /// The import of the other one.
        import: &'a Import,
        /// The first declaration that whoever imports the file sees no more.
        lost: DeclAt<'a>,
    },
    /// An option (annotation) differs. Settings of single fields of one option are put together,
    /// so that `(o).a = 1` and `(o) = {a: 1}` are the same.
    OptionChanged {
        /// What it hangs on.
        holder: Holder<'a>,
        /// The option: `deprecated`, `(google.api.http)`.
        path: &'a str,
        /// Its value as it was, if it was set.
        old: Option<Cow<'a, Literal>>,
        /// Its value as it is, if it is set.
        new: Option<Cow<'a, Literal>>,
        /// The nodes that set it.
        nodes: Pair<Option<NodeId>>,
    },
}
