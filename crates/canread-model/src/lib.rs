//! The common schema model: what Protobuf, Avro, Thrift, JSON Schema and XSD
//! say about data, in one set of words.
//!
//! A [`Schema`] owns [`Module`]s (files) and [`Decl`]arations; a [`Type`] points
//! to a declaration by [`DeclId`], so recursive schemas need no special case.
//! Everything that a user could point at has a [`NodeId`]; the text position of
//! a node lives with the reader that made it, never here.
//!
//! ```
//! use canread_model::{Decl, DeclKind, Dialect, Field, Format, Int, Module, Record, Schema, Type, TypeKind};
//!
//! let mut schema = Schema::new(Format::Protobuf);
//! let module = Module::new(schema.node(), "shop/order.proto", "shop", Dialect::Proto3);
//! let module = schema.add_module(module);
//!
//! let mut order = Record::default();
//! let id = Type::new(schema.node(), TypeKind::Int(Int::I64));
//! order.fields.push(Field::new(schema.node(), "id", id).numbered(1));
//! let decl = Decl::new(schema.node(), module, "Order", "shop.Order", DeclKind::Record(order));
//! let order = schema.add_decl(decl);
//!
//! assert_eq!(schema.find("shop.Order"), Some(order));
//! ```
//!
//! | type | is |
//! |---|---|
//! | [`Schema`], [`Module`] | everything that was read together; one file of it |
//! | [`Decl`], [`DeclKind`] | a named (or anonymous) thing that types can refer to |
//! | [`Record`], [`Field`], [`Oneof`], [`Particle`] | structs and messages, what they hold, and XSD content models |
//! | [`Enum`], [`Union`], [`Service`] | the other large declarations |
//! | [`Type`], [`TypeKind`], [`Logical`], [`Constraint`] | one use of a type, with all that hangs on it |
//! | [`Literal`], [`Annotation`] | values written in schema text; whatever the model has no word for |
//! | [`Part`], [`Parts`] | a walk over everything that has a node id |
//! | [`Fingerprint`] | the name of a content, however it is spread over files |
//!
//! The model does no I/O and derives no `Serialize`: what crosses a process
//! boundary has a type of its own, next to that boundary.

mod annotation;
mod canonical;
mod check;
mod constraint;
mod decl;
mod enums;
mod field;
mod fingerprint;
mod literal;
mod members;
mod module;
mod particle;
mod parts;
mod record;
mod schema;
mod service;
mod types;
mod unions;

pub use annotation::{Annotation, Docs, Meta};
pub use constraint::{Bound, Constraint, PatternDialect, Whitespace};
pub use decl::{
    Alias, Const, Decl, DeclKind, Derivation, DerivationMethod, DerivationSet, Element, ElementRole, Extension, Fixed,
    Group, GroupContent, IdentityConstraint, IdentityKind, Visibility,
};
pub use enums::{Enum, EnumBase, EnumValue};
pub use field::{Encoding, Field, FieldNumber, FieldRole, Occurs, Presence, Preset, SortOrder, WireIdentity};
pub use fingerprint::{Fingerprint, ParseFingerprintError};
pub use literal::{Entry, Key, Literal};
pub use module::{Dialect, Format, Import, ImportKind, Module};
pub use particle::{Content, NamespaceSet, OpenContent, OpenContentMode, Particle, ProcessContents, Wildcard};
pub use parts::{Part, Parts};
pub use record::{
    ExtensionRange, Extra, JsonFormat, MoreAttributes, Oneof, Record, RecordKind, Reserved, ReservedName, ReservedRange,
};
pub use schema::{DeclId, ModuleId, NodeId, Schema, SymbolSpace};
pub use service::{Idempotency, Method, Parameters, Service, ServiceKind};
pub use types::{
    DurationKind, Int, IntEncoding, List, Logical, LogicalKind, Map, TimeUnit, Tuple, Type, TypeKind, Utf8, Zone,
};
pub use unions::{Arm, Union, UnionStyle};
