//! Declarations: everything that a type can refer to, or that stands on its own in a module.

use crate::{
    Constraint, DeclId, Enum, Field, Literal, Meta, ModuleId, MoreAttributes, NodeId, Occurs, Particle, Preset, Record,
    Service, Type, Union,
};

/// Who may use a declaration (Protobuf edition 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Visibility {
    /// Nothing is said: the format's or file's default applies.
    #[default]
    Default,
    /// Whoever imports the module.
    Export,
    /// Only its own module.
    Local,
}

/// A declaration, named or anonymous.
///
/// Anonymous ones (an inline JSON Schema object, an Avro union, an XSD
/// anonymous type, the original of an XSD type that `redefine` replaces) have
/// no `name`; their `full_name` is that of what holds them. They stand inline:
/// exactly one place refers to an anonymous declaration, or none if it is the
/// root of its module. What several places refer to has a name, if only a
/// pointer (`#/properties/child`).
#[derive(Debug, Clone, PartialEq)]
pub struct Decl {
    /// This node.
    pub node: NodeId,
    /// The module it stands in.
    pub module: ModuleId,
    /// The declaration it is nested in.
    pub parent: Option<DeclId>,
    /// Declarations nested in it, in source order; kept by [`Schema::add_decl`](crate::Schema::add_decl).
    pub children: Vec<DeclId>,
    /// Its own name, exactly as written; `None` if it is anonymous.
    pub name: Option<Box<str>>,
    /// Its name with all qualifiers: `shop.Order.Line`, `{urn:shop}order`.
    pub full_name: Box<str>,
    /// Other full names that data may know it by (Avro aliases).
    pub aliases: Vec<Box<str>>,
    /// Who may use it.
    pub visibility: Visibility,
    /// Documentation and annotations.
    pub meta: Meta,
    /// What its values are restricted to as a whole, in source order: keywords
    /// beside a JSON Schema `properties` or `anyOf`, XSD 1.1 assertions.
    pub constraints: Vec<Constraint>,
    /// What it declares.
    pub kind: DeclKind,
}

impl Decl {
    /// A named declaration at the top of a module.
    #[must_use]
    pub fn new(node: NodeId, module: ModuleId, name: &str, full_name: &str, kind: DeclKind) -> Self {
        Self {
            node,
            module,
            parent: None,
            children: Vec::new(),
            name: Some(name.into()),
            full_name: full_name.into(),
            aliases: Vec::new(),
            visibility: Visibility::Default,
            meta: Meta::default(),
            constraints: Vec::new(),
            kind,
        }
    }

    /// An anonymous declaration inside `parent`, known by the full name of what holds it.
    #[must_use]
    pub fn anonymous(node: NodeId, module: ModuleId, parent: Option<DeclId>, holder: &str, kind: DeclKind) -> Self {
        Self { parent, name: None, ..Self::new(node, module, "", holder, kind) }
    }

    /// Nests the declaration.
    #[must_use]
    pub fn inside(mut self, parent: DeclId) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The record, if it declares one.
    #[must_use]
    pub fn as_record(&self) -> Option<&Record> {
        match &self.kind {
            DeclKind::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The enum, if it declares one.
    #[must_use]
    pub fn as_enum(&self) -> Option<&Enum> {
        match &self.kind {
            DeclKind::Enum(declared) => Some(declared),
            _ => None,
        }
    }

    /// The service, if it declares one.
    #[must_use]
    pub fn as_service(&self) -> Option<&Service> {
        match &self.kind {
            DeclKind::Service(service) => Some(service),
            _ => None,
        }
    }

    /// The extension field, if it declares one.
    #[must_use]
    pub fn as_extension(&self) -> Option<&Extension> {
        match &self.kind {
            DeclKind::Extension(extension) => Some(extension),
            _ => None,
        }
    }
}

/// What a declaration declares.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DeclKind {
    /// A struct, message, exception, object, complex type.
    Record(Record),
    /// One of several types.
    Union(Union),
    /// Named values.
    Enum(Enum),
    /// Another name for a type: typedef, `$defs` entry, XSD simple type.
    Alias(Alias),
    /// A named type of exactly so many bytes.
    Fixed(Fixed),
    /// A constant.
    Const(Const),
    /// Methods.
    Service(Service),
    /// A field that is added to a record from outside.
    Extension(Box<Extension>),
    /// A root: XSD global element or attribute, the root of a JSON Schema document.
    Element(Box<Element>),
    /// A reusable piece of content: XSD model group or attribute group.
    Group(Group),
}

/// Another name for a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// The type that is meant; constraints hang on it.
    pub ty: Type,
    /// How it came from its base, where that matters (XSD simple types).
    pub derivation: Option<Derivation>,
    /// Derivations that are not allowed (XSD `final`).
    pub is_final: DerivationSet,
}

impl Alias {
    /// Another name for a type, with nothing else said.
    #[must_use]
    pub fn new(ty: Type) -> Self {
        Self { ty, derivation: None, is_final: DerivationSet::default() }
    }
}

/// A named type of exactly so many bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    /// Number of bytes.
    pub size: u32,
    /// The type as data sees it, with its logical type and properties.
    pub ty: Type,
}

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub struct Const {
    /// Its type.
    pub ty: Type,
    /// Its value.
    pub value: Literal,
}

/// A field that is added to a record from outside (Protobuf `extend`).
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// The record that is extended.
    pub extendee: Type,
    /// The field.
    pub field: Field,
    /// Extensions with the same number come from one `extend` block; kept for printing.
    pub block: u32,
}

/// Whether a root is an element or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ElementRole {
    /// An element, or the root of a document.
    #[default]
    Element,
    /// A global attribute.
    Attribute,
}

/// A root: what a document may start with, or what others refer to by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Element or attribute.
    pub role: ElementRole,
    /// Its type; nullability (XSD `nillable`) is on the type.
    pub ty: Type,
    /// Default or fixed value.
    pub preset: Option<Preset>,
    /// Whether only members of its substitution group may stand for it.
    pub is_abstract: bool,
    /// Heads of the substitution groups it belongs to.
    pub substitutes: Vec<DeclId>,
    /// Derivations that may not stand in its place.
    pub block: DerivationSet,
    /// Derivations that may not join its substitution group.
    pub is_final: DerivationSet,
    /// `unique`, `key` and `keyref`.
    pub identity: Vec<IdentityConstraint>,
}

impl Element {
    /// A root of a type, with nothing else said.
    #[must_use]
    pub fn new(ty: Type) -> Self {
        Self {
            role: ElementRole::Element,
            ty,
            preset: None,
            is_abstract: false,
            substitutes: Vec::new(),
            block: DerivationSet::default(),
            is_final: DerivationSet::default(),
            identity: Vec::new(),
        }
    }
}

/// Which identity constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityKind {
    /// Values that are present differ.
    Unique,
    /// Values are present and differ.
    Key,
    /// Values are among those of a key, by full name.
    KeyRef(Box<str>),
}

/// XSD `unique`, `key` or `keyref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityConstraint {
    /// This node.
    pub node: NodeId,
    /// Its name.
    pub name: Box<str>,
    /// Which one.
    pub kind: IdentityKind,
    /// `XPath` to the items, with each prefix written out: `Q{urn:shop}line`.
    pub selector: Box<str>,
    /// `XPath`s to the values, written in the same way.
    pub fields: Vec<Box<str>>,
}

/// A reusable piece of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What is in it.
    pub content: GroupContent,
    /// Attributes that it has beyond those in `content`.
    pub more_attributes: MoreAttributes,
}

impl Group {
    /// A group of some content, with nothing else said.
    #[must_use]
    pub fn new(content: GroupContent) -> Self {
        Self { content, more_attributes: MoreAttributes::default() }
    }
}

/// What a reusable group holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GroupContent {
    /// Elements (XSD `group`), with the fields that the particles name.
    Particles {
        /// The elements.
        fields: Vec<Field>,
        /// Their order and number.
        content: Particle,
        /// How often the whole may stand.
        occurs: Occurs,
    },
    /// Attributes (XSD `attributeGroup`).
    Attributes(Vec<Field>),
}

/// How a type came from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DerivationMethod {
    /// Adds to the base.
    Extension,
    /// Allows less than the base.
    Restriction,
    /// A list of the base.
    List,
    /// One of several bases.
    Union,
}

/// Where a type came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// How.
    pub method: DerivationMethod,
    /// From what; several for a union.
    pub bases: Vec<Type>,
}

/// A set of derivation methods, for XSD's `block` and `final`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::struct_excessive_bools, reason = "five independent members, as the specification lists them")]
pub struct DerivationSet {
    /// Extension is in the set.
    pub extension: bool,
    /// Restriction is in the set.
    pub restriction: bool,
    /// Substitution is in the set.
    pub substitution: bool,
    /// List is in the set.
    pub list: bool,
    /// Union is in the set.
    pub union: bool,
}
