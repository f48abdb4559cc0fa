//! One file (or other unit) of a schema: its name, namespace, dialect and imports.

use crate::{DeclId, Meta, ModuleId, NodeId};

/// A schema language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// Protocol Buffers.
    Protobuf,
    /// Apache Avro.
    Avro,
    /// Apache Thrift and its relatives.
    Thrift,
    /// JSON Schema.
    JsonSchema,
    /// XML Schema.
    Xsd,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Protobuf, Self::Avro, Self::Thrift, Self::JsonSchema, Self::Xsd];

    /// The id used in rule names, reports and configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Protobuf => "protobuf",
            Self::Avro => "avro",
            Self::Thrift => "thrift",
            Self::JsonSchema => "json_schema",
            Self::Xsd => "xsd",
        }
    }
}

/// Which version or flavour of its format a module is written in.
///
/// Differences that matter to data (presence, openness, packing…) are resolved
/// into the nodes they concern; the dialect is kept for printing and for rules
/// about syntax itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dialect {
    /// `syntax = "proto2"`, also where a file names no syntax.
    Proto2,
    /// `syntax = "proto3"`.
    Proto3,
    /// `edition = "2023"` and later, by year.
    Edition(u16),
    /// Avro; default rules of 1.11 (a union's default matches its first branch) or 1.12 (any branch).
    Avro {
        /// Minor version of the specification: 11 or 12.
        minor: u8,
    },
    /// Apache Thrift.
    Thrift,
    /// fbthrift, with packages, structured annotations, streams and interactions.
    FbThrift,
    /// JSON Schema draft 3 to 7, by number.
    JsonSchemaDraft(u8),
    /// JSON Schema 2019-09 and later, by year.
    JsonSchema(u16),
    /// XSD 1.0 or 1.1.
    Xsd {
        /// Minor version: 0 or 1.
        minor: u8,
    },
}

/// One file or document of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// This node.
    pub node: NodeId,
    /// The name others import it by: `shop/order.proto`, a `$id`, a schema location.
    pub name: Box<str>,
    /// Package, namespace or target namespace; empty if there is none.
    pub namespace: Box<str>,
    /// Namespaces for single languages, by language: Thrift's `namespace java …`.
    pub lang_namespaces: Vec<(Box<str>, Box<str>)>,
    /// What it imports, in source order.
    pub imports: Vec<Import>,
    /// Its syntax.
    pub dialect: Dialect,
    /// Its declarations that have no parent, in source order; kept by [`Schema::add_decl`](crate::Schema::add_decl).
    pub decls: Vec<DeclId>,
    /// Documentation and annotations of the module itself.
    pub meta: Meta,
}

impl Module {
    /// A module without imports and declarations.
    #[must_use]
    pub fn new(node: NodeId, name: &str, namespace: &str, dialect: Dialect) -> Self {
        Self {
            node,
            name: name.into(),
            namespace: namespace.into(),
            lang_namespaces: Vec::new(),
            imports: Vec::new(),
            dialect,
            decls: Vec::new(),
            meta: Meta::default(),
        }
    }
}

/// How an import is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ImportKind {
    /// Makes names visible here.
    #[default]
    Plain,
    /// Also to those who import this module (Protobuf `import public`).
    Public,
    /// May be absent at run time (Protobuf `import weak`).
    Weak,
    /// Only for custom options (Protobuf `import option`).
    OptionOnly,
    /// Becomes part of this module (XSD `include`).
    Include,
    /// Becomes part of this module, with changes (XSD `redefine`).
    Redefine,
    /// Becomes part of this module, with replacements (XSD `override`).
    Override,
}

/// One import statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// This node.
    pub node: NodeId,
    /// What was asked for, as written.
    pub target: Box<str>,
    /// The module that was found; `None` if it is not part of the schema (built-in, weak, not resolved).
    pub module: Option<ModuleId>,
    /// The name it gets here: a Thrift prefix, an XML namespace.
    pub alias: Option<Box<str>>,
    /// How it is meant.
    pub kind: ImportKind,
}
