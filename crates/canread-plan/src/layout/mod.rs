//! A schema compiled for coding.
//!
//! | file | holds |
//! |---|---|
//! | `compile` | from the model to a layout |
//! | `constant` | defaults, read by their types |
//! | `error` | why a schema has no layout |
//! | `well_known` | messages of Protobuf that text formats write in a way of their own |

mod compile;
mod constant;
mod error;
mod well_known;

use std::sync::Arc;

use canread_model::{DeclKind, Format, Int, LogicalKind, Presence, Schema};

use crate::value::{Shown, Value};

pub use constant::Constant;
pub use error::{LayoutError, LayoutErrorKind};
pub use well_known::WellKnown;

/// A schema compiled for coding: what the values of one of its types are made of.
///
/// Everything has a dense id, equal types have one id, names stand for nothing but themselves: what a codec needs to
/// know of a value is one step away. What data does not depend on (documentation, options, reserved names) is not in it.
///
/// ```
/// use canread::value::{Layout, LayoutKind};
/// use canread::{Format, schema};
///
/// let text = "syntax = \"proto3\"; message Order { int64 id = 1; repeated string tags = 2; }";
/// let schema = schema::read(Format::Protobuf, &[("order.proto", text)])?;
/// let layout = Layout::of(&schema, schema.find("Order").expect("it is declared"))?;
///
/// let LayoutKind::Record(id) = layout.kind(layout.root()) else { panic!("a message is a record") };
/// let tags = &layout.record(id).fields[1];
/// assert_eq!((&*tags.name, tags.number), ("tags", Some(2)));
/// assert!(matches!(layout.kind(tags.ty), LayoutKind::List { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub(crate) format: Format,
    pub(crate) root: TypeId,
    // Shared, since several roots may have one set of tables: see `rooted_at`.
    pub(crate) types: Arc<[LayoutKind]>,
    /// What the values of each type mean, where the schema says so in a way that is known.
    pub(crate) meanings: Arc<[Option<LogicalKind>]>,
    pub(crate) records: Arc<[RecordLayout]>,
    pub(crate) enums: Arc<[EnumLayout]>,
    pub(crate) unions: Arc<[UnionLayout]>,
    pub(crate) fixed: Arc<[FixedLayout]>,
    /// Types of records, in order of the records' names.
    pub(crate) records_by_name: Arc<[TypeId]>,
}

/// Names a type of one [`Layout`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

/// What the values of a type are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayoutKind {
    /// Only null.
    Null,
    /// True or false.
    Bool,
    /// Integers of at most 64 bits.
    Int(Int),
    /// Floating point of 32 bits.
    Float,
    /// Floating point of 64 bits.
    Double,
    /// Text.
    String {
        /// Whether a reader refuses what is not UTF-8.
        is_verified: bool,
    },
    /// Bytes of any length.
    Bytes,
    /// Exactly so many bytes; which of [`Layout::fixed`].
    Fixed(u32),
    /// Named values; which of [`Layout::declared_enum`].
    Enum(u32),
    /// A record; which of [`Layout::record`].
    Record(u32),
    /// Items in order.
    List {
        /// What each is.
        item: TypeId,
        /// Whether scalars stand in one length-prefixed run (Protobuf).
        is_packed: bool,
    },
    /// Entries.
    Map {
        /// What each key is.
        key: TypeId,
        /// What each value is.
        value: TypeId,
    },
    /// A value or null.
    Nullable {
        /// What it is if it is not null.
        inner: TypeId,
        /// Whether null is the second branch of the union that this is in Avro.
        is_null_last: bool,
    },
    /// One of several types; which of [`Layout::union`].
    Union(u32),
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordLayout {
    /// Its full name.
    pub name: Box<str>,
    /// Other full names that data may know it by.
    pub aliases: Box<[Box<str>]>,
    /// Its fields, in the order of the schema; in Protobuf, extensions that the schema declares behind them.
    pub fields: Box<[FieldLayout]>,
    /// Whether its fields lie in groups of their own, with the number as a value (Protobuf's message sets).
    pub is_message_set: bool,
    /// Whether a field is a member of a oneof.
    pub(crate) has_oneofs: bool,
    /// Names that are reserved (Protobuf), in order.
    pub(crate) reserved_names: Box<[Box<str>]>,
    /// Which of Protobuf's own messages it is, if text formats write that in a way of its own.
    pub well_known: Option<WellKnown>,
    /// Indexes of fields by number, in order of number.
    pub(crate) by_number: Box<[(i32, u32)]>,
    /// Indexes of fields, in order of name.
    pub(crate) by_name: Box<[u32]>,
    /// Indexes of fields, in order of their names in JSON.
    pub(crate) by_json_name: Box<[u32]>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FieldLayout {
    /// Its name; of an extension its full name in brackets.
    pub name: Box<str>,
    /// Its name in JSON; `None` if that is the same.
    pub json_name: Option<Box<str>>,
    /// Other names that data may know it by.
    pub aliases: Box<[Box<str>]>,
    /// Its number, in formats that have one.
    pub number: Option<i32>,
    /// What its values are.
    pub ty: TypeId,
    /// Whether it must be there, and how a reader tells.
    pub presence: Presence,
    /// What stands in if it is not there.
    pub default: Option<Constant>,
    /// The oneof that it is in, as an index into those of the record.
    pub oneof: Option<u32>,
    /// Whether the message in it stands between tags (Protobuf groups).
    pub is_delimited: bool,
}

/// An enum.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EnumLayout {
    /// Its full name.
    pub name: Box<str>,
    /// Other full names that data may know it by.
    pub aliases: Box<[Box<str>]>,
    /// Its symbols with what [`Value::Symbol`] holds for them, in the order of the schema.
    pub symbols: Box<[(i32, Box<str>)]>,
    /// The symbol that a reader takes for one that it does not know.
    pub default: Option<i32>,
    /// Whether a reader keeps numbers that have no symbol.
    pub is_open: bool,
    /// Names that symbols had, with what stands for them now.
    pub(crate) former: Box<[(i32, Box<str>)]>,
    /// Indexes of symbols, in order of name.
    pub(crate) by_name: Box<[u32]>,
    /// Indexes of symbols, in order of number; of several with one number the first.
    pub(crate) by_number: Box<[u32]>,
}

/// A union.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UnionLayout {
    /// What each branch is.
    pub branches: Box<[TypeId]>,
}

/// A type of exactly so many bytes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FixedLayout {
    /// Its full name; empty if it has none.
    pub name: Box<str>,
    /// Other full names that data may know it by.
    pub aliases: Box<[Box<str>]>,
    /// How many bytes.
    pub size: u32,
}

/// An index as it is kept. Nodes of a schema have numbers of 32 bits, so no table of its parts is longer; nor is one of pairs of
/// them, which memory ends before.
pub(crate) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 of anything")
}

impl Layout {
    /// How many fields, symbols and branches all types have together, and the types.
    pub(crate) fn members(&self) -> usize {
        let fields: usize = self.records.iter().map(|record| record.fields.len()).sum();
        let symbols: usize = self.enums.iter().map(|declared| declared.symbols.len()).sum();
        let branches: usize = self.unions.iter().map(|union| union.branches.len()).sum();
        fields.saturating_add(symbols).saturating_add(branches).saturating_add(self.types.len())
    }

    /// Compiles a schema for the values of one of its declarations.
    ///
    /// # Errors
    ///
    /// What of the schema has no values that a codec could make: a name that nothing declares, an integer of more than 64 bits,
    /// a default that its type does not have. Whatever the declaration does not lead to is not looked at.
    pub fn of(schema: &Schema, root: canread_model::DeclId) -> Result<Self, LayoutError> {
        compile::compile(schema, root, compile::Reach::Root)
    }

    /// The same, with all other records that the schema declares, whether the declaration leads to them or not:
    /// [`record_by_name`](Self::record_by_name) finds what data names at run time, as in Protobuf's `Any`.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of), for everything that is compiled.
    pub fn of_all(schema: &Schema, root: canread_model::DeclId) -> Result<Self, LayoutError> {
        compile::compile(schema, root, compile::Reach::Records)
    }

    /// The same types, with another one as what a whole value is. Both share their tables, so this costs next to nothing.
    ///
    /// ```
    /// use canread::value::Layout;
    /// use canread::{Format, schema};
    ///
    /// let text = "syntax = \"proto3\"; package shop; message Order {} message Line {}";
    /// let schema = schema::read(Format::Protobuf, &[("shop.proto", text)])?;
    /// let order = schema.find("shop.Order").expect("it is declared");
    /// let layout = Layout::of_all(&schema, order)?;
    /// let line = layout.record_by_name("shop.Line").expect("a record of the schema");
    /// let layout = layout.rooted_at(line);
    /// assert_eq!(layout.root(), line);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rooted_at(&self, root: TypeId) -> Self {
        debug_assert!((root.0 as usize) < self.types.len(), "an id of this layout");
        Self { root, ..self.clone() }
    }

    /// Compiles a schema for the values that it describes as a whole: those of its first element. An Avro schema in a file has
    /// one; messages of Protobuf are chosen by [`of`](Self::of).
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of), and if the schema has no element.
    pub fn of_root(schema: &Schema) -> Result<Self, LayoutError> {
        let root = schema.decls().find(|(_, decl)| matches!(decl.kind, DeclKind::Element(_)));
        match root {
            Some((root, _)) => Self::of(schema, root),
            None => Err(LayoutError::new(LayoutErrorKind::NoRoot, "")),
        }
    }

    /// The format whose rules hold.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// What a whole value is.
    #[must_use]
    pub fn root(&self) -> TypeId {
        self.root
    }

    /// What a whole value is, to a codec of one format; `None` if the layout is of another.
    #[must_use]
    pub fn root_in(&self, format: Format) -> Option<TypeId> {
        (self.format == format).then_some(self.root)
    }

    /// What the values of a type are.
    ///
    /// # Panics
    ///
    /// If the id is of another layout, as are those of all methods here.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn kind(&self, id: TypeId) -> LayoutKind {
        self.types[id.0 as usize]
    }

    /// What the values of a type mean beyond what they are made of: a date, a decimal. `None` if the schema does not say, or says what is
    /// not known.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn meaning(&self, id: TypeId) -> Option<LogicalKind> {
        self.meanings[id.0 as usize]
    }

    /// The record of [`LayoutKind::Record`].
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn record(&self, id: u32) -> &RecordLayout {
        &self.records[id as usize]
    }

    /// The type of a record, by its full name.
    #[must_use]
    pub fn record_by_name(&self, name: &str) -> Option<TypeId> {
        let own = |ty: &TypeId| match self.kind(*ty) {
            LayoutKind::Record(id) => &*self.record(id).name,
            _ => "",
        };
        let at = self.records_by_name.binary_search_by(|ty| own(ty).cmp(name)).ok()?;
        self.records_by_name.get(at).copied()
    }

    /// The enum of [`LayoutKind::Enum`].
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn declared_enum(&self, id: u32) -> &EnumLayout {
        &self.enums[id as usize]
    }

    /// The union of [`LayoutKind::Union`].
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn union(&self, id: u32) -> &UnionLayout {
        &self.unions[id as usize]
    }

    /// The type of [`LayoutKind::Fixed`].
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn fixed(&self, id: u32) -> &FixedLayout {
        &self.fixed[id as usize]
    }

    /// The same, where every field that is not required and has no default may be absent: what data lacks is left to whoever makes the
    /// values.
    #[must_use]
    pub fn with_absent_fields(mut self) -> Self {
        for record in Arc::make_mut(&mut self.records) {
            for field in record.fields.iter_mut().filter(|field| field.presence != Presence::Required) {
                field.default.get_or_insert(Constant::Absent);
            }
        }
        self
    }

    /// A type in words: `a list`, `the record shop.Order`.
    pub(crate) fn words(&self, id: TypeId) -> Box<str> {
        // A program's type without a name is called as where its schema is written down: that is its first alias.
        let named = |sort: &str, name: &str, aliases: &[Box<str>]| {
            let name = if name.is_empty() { aliases.first().map_or("", |alias| alias) } else { name };
            format!("{sort} `{name}`").into()
        };
        match self.kind(id) {
            LayoutKind::Null => "null".into(),
            LayoutKind::Bool => "a boolean".into(),
            LayoutKind::Int(int) => format!("an integer of {} bits", int.bits).into(),
            LayoutKind::Float => "a number of 32 bits".into(),
            LayoutKind::Double => "a number of 64 bits".into(),
            LayoutKind::String { .. } => "text".into(),
            LayoutKind::Bytes => "bytes".into(),
            LayoutKind::Fixed(fixed) => {
                let fixed = self.fixed(fixed);
                named("the fixed", &fixed.name, &fixed.aliases)
            }
            LayoutKind::Enum(own) => {
                let own = self.declared_enum(own);
                named("the enum", &own.name, &own.aliases)
            }
            LayoutKind::Record(record) => {
                let record = self.record(record);
                let sort = if record.is_message_set { "the message set" } else { "the record" };
                named(sort, &record.name, &record.aliases)
            }
            LayoutKind::List { .. } => "a list".into(),
            LayoutKind::Map { .. } => "a map".into(),
            LayoutKind::Nullable { inner, .. } => format!("{} or null", self.words(inner)).into(),
            LayoutKind::Union(_) => "a union".into(),
        }
    }

    /// A value with the names of this layout, as text for people.
    #[must_use]
    pub fn show<'v>(&'v self, value: &'v Value<'v>) -> Shown<'v> {
        Shown { layout: self, ty: self.root, value }
    }
}

impl RecordLayout {
    /// Which field has a number.
    #[must_use]
    pub fn field_by_number(&self, number: i32) -> Option<usize> {
        let at = self.by_number.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.by_number.get(at).map(|(_, field)| *field as usize)
    }

    /// The fields that have numbers, in their order, as indexes.
    #[must_use]
    pub fn in_order_of_numbers(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        self.by_number.iter().map(|(_, field)| *field as usize)
    }

    /// Whether a name is reserved: no field has it, and some text may.
    #[must_use]
    pub fn is_reserved(&self, name: &str) -> bool {
        self.reserved_names.binary_search_by(|own| (**own).cmp(name)).is_ok()
    }

    /// The first field with a value that is not the first with one in its oneof, as an index; none has two in what was read.
    #[must_use]
    pub fn second_of_oneof(&self, values: &[Value<'_>]) -> Option<usize> {
        if !self.has_oneofs {
            return None;
        }
        let mut seen = Vec::new();
        let mut members = self.fields.iter().zip(values).enumerate().filter_map(|(at, (field, value))| {
            let oneof = field.oneof.filter(|_| *value != Value::Absent)?;
            Some((at, oneof))
        });
        members.find_map(|(at, oneof)| match seen.binary_search(&oneof) {
            Ok(_) => Some(at),
            Err(place) => {
                seen.insert(place, oneof);
                None
            }
        })
    }

    /// Which field has a name; aliases don't count.
    #[must_use]
    pub fn field_by_name(&self, name: &str) -> Option<usize> {
        self.find(&self.by_name, |field| (*field.name).cmp(name))
    }

    /// Which field has a name in JSON: its own, or the one that it is given there. Of several with one the first.
    #[must_use]
    pub fn field_by_json_name(&self, name: &str) -> Option<usize> {
        self.find(&self.by_json_name, |field| field.json_name().cmp(name))
    }

    fn find(&self, order: &[u32], compare: impl Fn(&FieldLayout) -> std::cmp::Ordering) -> Option<usize> {
        let field = |at: &u32| self.fields.get(*at as usize);
        let start = order.partition_point(|at| field(at).is_some_and(|field| compare(field).is_lt()));
        let at = order.get(start)?;
        (field(at).is_some_and(|field| compare(field).is_eq())).then_some(*at as usize)
    }
}

impl FieldLayout {
    /// Its name in JSON.
    #[must_use]
    pub fn json_name(&self) -> &str {
        self.json_name.as_deref().unwrap_or(&self.name)
    }
}

impl EnumLayout {
    /// The name of a symbol; of several with one number the first.
    #[must_use]
    pub fn symbol(&self, number: i32) -> Option<&str> {
        let (_, name) = self.at(&self.by_number, |(own, _)| own.cmp(&number))?;
        Some(name)
    }

    /// What [`Value::Symbol`] holds for a name.
    #[must_use]
    pub fn number(&self, symbol: &str) -> Option<i32> {
        let (number, _) = self.at(&self.by_name, |(_, name)| (**name).cmp(symbol))?;
        Some(*number)
    }

    /// What [`Value::Symbol`] holds for a name that a symbol had.
    #[must_use]
    pub fn former_number(&self, symbol: &str) -> Option<i32> {
        self.former.iter().find(|(_, name)| **name == *symbol).map(|(number, _)| *number)
    }

    fn at(&self, order: &[u32], compare: impl Fn(&(i32, Box<str>)) -> std::cmp::Ordering) -> Option<&(i32, Box<str>)> {
        let symbol = |at: &u32| self.symbols.get(*at as usize);
        let at = order.binary_search_by(|at| symbol(at).map_or(std::cmp::Ordering::Greater, &compare)).ok()?;
        symbol(order.get(at)?)
    }
}
