//! Differences that schema resolution meets, in the formats whose readers resolve the schema of the writer: Avro.
//!
//! There what belongs together depends on who reads: a reader finds a field by one of its aliases, the writer's
//! aliases count for nothing. So each difference says in which directions its place is reached at all.

use canread_model::{
    Decl, DeclKind, Enum, EnumValue, Field, Int, Logical, LogicalKind, Method, NodeId, Schema, Type, TypeKind,
};

use crate::{DeclAt, Direction, Effect, Fate, Pair};

/// A set of directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_structs, reason = "there are two directions")]
pub struct Directions {
    /// A new reader, old data.
    pub backward: bool,
    /// An old reader, new data.
    pub forward: bool,
}

impl Directions {
    /// Neither.
    pub const NONE: Self = Self { backward: false, forward: false };
    /// Both.
    pub const BOTH: Self = Self { backward: true, forward: true };

    /// Whether a direction is in the set.
    #[must_use]
    pub fn has(self, direction: Direction) -> bool {
        match direction {
            Direction::Backward => self.backward,
            Direction::Forward => self.forward,
        }
    }

    /// One of them.
    #[must_use]
    pub fn only(direction: Direction) -> Self {
        Self::NONE.with(direction)
    }

    /// The set with one more.
    #[must_use]
    pub fn with(self, direction: Direction) -> Self {
        match direction {
            Direction::Backward => Self { backward: true, ..self },
            Direction::Forward => Self { forward: true, ..self },
        }
    }

    /// What is in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { backward: self.backward && other.backward, forward: self.forward && other.forward }
    }

    /// What is in either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { backward: self.backward || other.backward, forward: self.forward || other.forward }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Each, backward first.
    pub fn iter(self) -> impl Iterator<Item = Direction> {
        [Direction::Backward, Direction::Forward].into_iter().filter(move |direction| self.has(*direction))
    }
}

/// One use of a type together with the schema that it belongs to.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "a type and its schema")]
pub struct TypeAt<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The type.
    pub ty: &'a Type,
}

impl<'a> TypeAt<'a> {
    /// Another type of the same schema.
    #[must_use]
    pub fn at(self, ty: &'a Type) -> Self {
        Self { ty, ..self }
    }

    /// The declaration that it names, if it names one.
    #[must_use]
    pub fn named(self) -> Option<DeclAt<'a>> {
        match self.ty.kind {
            TypeKind::Ref(id) => Some(DeclAt { id, schema: self.schema }),
            _ => None,
        }
    }

    /// The type that says what the values are and mean: of a named fixed, the one in its declaration.
    #[must_use]
    pub fn physical(self) -> &'a Type {
        match self.named().map(|decl| &decl.decl().kind) {
            Some(DeclKind::Fixed(fixed)) => &fixed.ty,
            _ => self.ty,
        }
    }

    /// The types that values of this one are made of, those that are no unions, lists or maps themselves.
    pub(crate) fn leaves(self) -> Vec<TypeAt<'a>> {
        match &self.ty.kind {
            TypeKind::List(list) => self.at(&list.item).leaves(),
            TypeKind::Map(map) => self.at(&map.value).leaves(),
            TypeKind::Nullable(inner) => self.at(inner).leaves(),
            TypeKind::Ref(id) => match &self.schema.decl(*id).kind {
                DeclKind::Union(union) => union.arms.iter().flat_map(|arm| self.at(&arm.ty).leaves()).collect(),
                _ => vec![self],
            },
            _ => vec![self],
        }
    }

    /// The type as people write it: `array<string>`, `union<null, shop.Order>`.
    #[must_use]
    pub fn name(self) -> String {
        match &self.ty.kind {
            TypeKind::Null => "null".into(),
            TypeKind::Bool => "boolean".into(),
            TypeKind::Int(Int { bits: 64, .. }) => "long".into(),
            TypeKind::Int(_) => "int".into(),
            TypeKind::Float { bits: 64 } => "double".into(),
            TypeKind::Float { .. } => "float".into(),
            TypeKind::String(_) => "string".into(),
            TypeKind::Bytes => "bytes".into(),
            TypeKind::Fixed { size } => format!("fixed of {size} bytes"),
            TypeKind::List(list) => format!("array<{}>", self.at(&list.item).name()),
            TypeKind::Map(map) => format!("map<{}>", self.at(&map.value).name()),
            TypeKind::Nullable(inner) if self.ty.is_null_last() => format!("union<{}, null>", self.at(inner).name()),
            TypeKind::Nullable(inner) => format!("union<null, {}>", self.at(inner).name()),
            TypeKind::Ref(id) => {
                let decl = self.schema.decl(*id);
                match &decl.kind {
                    DeclKind::Union(union) => {
                        let arms: Vec<String> = union.arms.iter().map(|arm| self.at(&arm.ty).name()).collect();
                        format!("union<{}>", arms.join(", "))
                    }
                    _ => decl.full_name.to_string(),
                }
            }
            other => format!("{other:?}"),
        }
    }
}

/// What a named type of Avro is called by people.
#[must_use]
pub(crate) fn sort(decl: &Decl) -> &'static str {
    match decl.kind {
        DeclKind::Enum(_) => "enum",
        DeclKind::Fixed(_) => "fixed",
        DeclKind::Service(_) => "protocol",
        _ => "record",
    }
}

/// One difference that schema resolution meets.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resolution<'a> {
    /// What it is about: `shop.Order.lines[]` for an item, `shop.Order.prices{}` for a value of a map.
    pub symbol: String,
    /// The directions in which a reader gets there.
    pub within: Directions,
    /// Where it stands.
    pub nodes: Pair<Option<NodeId>>,
    /// Whether it is in the parameters, the response or the errors of a message: calls meet it, not stored data.
    pub in_call: bool,
    /// What differs.
    pub met: Met<'a>,
}

/// What differs where schema resolution gets to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Met<'a> {
    /// No old field is this one, in any direction.
    FieldAdded(&'a Field),
    /// No new field is this one, in any direction.
    FieldRemoved(&'a Field),
    /// A field under another name; `found` says in which directions its reader has the alias that finds it. Where that
    /// is none, the two are taken for one because place and type are the same.
    FieldRenamed {
        /// The field.
        fields: Pair<&'a Field>,
        /// In which directions a reader finds it.
        found: Directions,
    },
    /// What stands in for a field that the data does not have.
    DefaultChanged(Pair<&'a Field>),
    /// Values are of another kind.
    TypeChanged {
        /// The types; neither is a union.
        types: Pair<TypeAt<'a>>,
        /// Whether they are branches of unions, so that only data with that branch is concerned; by direction of reading.
        is_branch: Directions,
        /// Whether a default of the new version has the new type.
        has_default: bool,
    },
    /// The same kind of values, which mean something else.
    LogicalChanged(Pair<TypeAt<'a>>),
    /// No branch of the new type takes this one of the old union.
    BranchRemoved(TypeAt<'a>),
    /// No branch of the old type takes this one of the new union.
    BranchAdded(TypeAt<'a>),
    /// A reader that takes the first branch that matches takes another one than that of the same type.
    BranchShadowed {
        /// What is written.
        written: TypeAt<'a>,
        /// The first branch that matches.
        taken: TypeAt<'a>,
        /// What becomes of what is written.
        effect: Effect,
    },
    /// Names of the writer that an alias of the reader makes one.
    AliasAmbiguous {
        /// The reader's name.
        reader: &'a str,
        /// The writer's: two or more, in its order.
        written: Vec<&'a str>,
        /// Whether they are branches of a union; else they are fields of a record.
        is_union: bool,
    },
    /// Names of fields that both versions have, each of which is an alias of another one in the reader, in a circle.
    NamesExchanged {
        /// The names: two or more, in the writer's order.
        names: Vec<&'a str>,
        /// Whether values of one can be taken for values of another one.
        is_alike: bool,
    },
    /// One of the types is a union and the other is not, which shows in JSON.
    UnionWrapped(Pair<TypeAt<'a>>),
    /// A named type that a union has, under another full name, which shows in JSON.
    BranchRenamed(Pair<DeclAt<'a>>),
    /// A named type whose name without namespace is another one; `found` says in which directions its reader has the alias.
    TypeRenamed {
        /// The declarations.
        decls: Pair<DeclAt<'a>>,
        /// In which directions a reader finds it.
        found: Directions,
    },
    /// A named type in another namespace; `found` as above.
    NamespaceChanged {
        /// The declarations.
        decls: Pair<DeclAt<'a>>,
        /// In which directions a reader has the alias.
        found: Directions,
    },
    /// A named type in another namespace, without an alias of the reader, where Avro's Java library goes by full names.
    NamespaceMissed {
        /// The declarations.
        decls: Pair<DeclAt<'a>>,
        /// A field of it whose alias is not looked at; else it is a branch of a union that is not found.
        fields: Option<Pair<&'a Field>>,
    },
    /// How many bytes a fixed has.
    SizeChanged(Pair<u32>),
    /// A symbol that the new enum does not have; with the symbol that new readers take in its place.
    SymbolRemoved(&'a EnumValue, Option<&'a EnumValue>),
    /// A symbol that the old enum does not have; with the symbol that old readers take in its place.
    SymbolAdded(&'a EnumValue, Option<&'a EnumValue>),
    /// Which symbol a reader takes for one that it does not know.
    EnumDefaultChanged {
        /// The symbol of each version.
        defaults: Pair<Option<&'a EnumValue>>,
        /// The new enum.
        new: &'a Enum,
    },
    /// A file that stood for a type without a name is gone.
    RootRemoved(TypeAt<'a>),
    /// A message of a protocol is gone.
    MessageRemoved(&'a Method),
    /// A message of a protocol is new.
    MessageAdded(&'a Method),
    /// Whether a message is answered.
    OneWayChanged(Pair<&'a Method>),
}

impl Met<'_> {
    /// What became of it.
    pub(crate) fn fate(&self) -> Fate {
        match self {
            Self::FieldAdded(_) | Self::BranchAdded(_) | Self::SymbolAdded(..) | Self::MessageAdded(_) => Fate::Added,
            Self::FieldRemoved(_)
            | Self::BranchRemoved(_)
            | Self::SymbolRemoved(..)
            | Self::RootRemoved(_)
            | Self::MessageRemoved(_) => Fate::Removed,
            _ => Fate::Changed,
        }
    }
}

impl Resolution<'_> {
    /// What happened, in words that go on after the symbol.
    pub(crate) fn what(&self) -> String {
        match &self.met {
            Met::FieldAdded(_) => "field is new".into(),
            Met::FieldRemoved(_) => "field is gone".into(),
            Met::FieldRenamed { fields, .. } => format!("field is now called `{}`", fields.new.name),
            Met::DefaultChanged(_) => "default value differs".into(),
            Met::TypeChanged { types, .. } | Met::UnionWrapped(types) => {
                format!("type was {} and is {}", types.old.name(), types.new.name())
            }
            Met::LogicalChanged(types) => {
                let name = |ty: &TypeAt<'_>| match ty.physical().as_logical() {
                    Some(Logical { name, kind: LogicalKind::Decimal { precision, scale } }) => {
                        format!("{name} of {precision} digits, {scale} behind the point")
                    }
                    Some(logical) => logical.name.to_string(),
                    None => "none".into(),
                };
                format!("logical type was {} and is {}", name(&types.old), name(&types.new))
            }
            Met::BranchRemoved(branch) => format!("branch {} is gone", branch.name()),
            Met::BranchAdded(branch) => format!("branch {} is new", branch.name()),
            Met::BranchShadowed { written, taken, .. } => {
                format!("branch {} now comes before {}", taken.name(), written.name())
            }
            Met::AliasAmbiguous { reader, written, .. } => {
                format!("`{}` are all called `{reader}` by an alias", written.join("`, `"))
            }
            Met::NamesExchanged { names, .. } => format!("`{}` exchange their names by aliases", names.join("`, `")),
            Met::BranchRenamed(decls) => format!("branch is now called `{}`", decls.new.name()),
            Met::TypeRenamed { decls, .. }
            | Met::NamespaceChanged { decls, .. }
            | Met::NamespaceMissed { decls, .. } => {
                format!("{} is now called `{}`", sort(decls.old.decl()), decls.new.name())
            }
            Met::SizeChanged(size) => format!("size was {} and is {}", size.old, size.new),
            Met::SymbolRemoved(..) => "symbol is gone".into(),
            Met::SymbolAdded(..) => "symbol is new".into(),
            Met::EnumDefaultChanged { .. } => "enum default differs".into(),
            Met::RootRemoved(root) => format!("schema {} is gone", root.name()),
            Met::MessageRemoved(_) => "message is gone".into(),
            Met::MessageAdded(_) => "message is new".into(),
            Met::OneWayChanged(methods) => {
                let word = |method: &Method| if method.is_oneway { "one-way" } else { "answered" };
                format!("message was {} and is {}", word(methods.old), word(methods.new))
            }
        }
    }
}
