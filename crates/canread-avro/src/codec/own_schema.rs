//! The Avro schema that a Rust type is.

use std::collections::HashSet;
use std::rc::Rc;

use canread_model::{
    Arm, Decl, DeclId, DeclKind, Dialect, Element, Enum, EnumBase, EnumValue, Field, Fixed, Format, Int, List, Literal,
    Logical as Tag, Map, Module, ModuleId, Presence, Record, Schema, Type, TypeKind, Union, UnionStyle, Utf8,
};
use canread_record::{
    Declared, EnumerationSchema, FieldMeta, FieldSchema, Logical, Named, RecordSchema, Shape, Shaped, UnionSchema,
};

use super::own_names::{Known, Place, namespace, short};
use super::{own_default, own_logical};

/// The schema that a type is, in canread's model: what [`to_vec`](super::to_vec) writes under it.
///
/// A decoder or a layout takes it as it takes one that was read from a file; `schema_text` gives it as text. Its root is an anonymous element, as that of an `.avsc` file.
///
/// - A type whose name has no namespace is in that of the outermost type, as in a schema file.
/// - An `Option` defaults to null. Another field has the default that it says, if Avro can say it too: of a union, and so of an
///   `Option`, only one of the first branch; none where a type parameter is in the type of the field. What a type takes for an absent field that
///   says no default is code, and is in no schema.
/// - Types of one name that are not the same, as two uses of a generic type are, are two declarations of one name: no text can say that,
///   and no file or single object of such a type is written.
/// - A union that holds itself through lists and maps alone is no type of Avro, which has names for records: no text can say it, and no
///   decoder is made of it.
/// - A `fixed` is named by `avro(type_name = "...")`, else by record and field: `OrderDigestFixed`, and `OrderDigestsValueFixed` if it is
///   the value of a map. So is the record that an entry of a map is whose keys are no text: `OrderPartsEntry`. It stands in the namespace of
///   its record. If another type has such a name already, it has a number behind it.
/// - What is named so has as aliases the names that the aliases of the record and the field make, so that both may be renamed, but none that
///   another type has or had. What else a `fixed` was called is said by `avro(type_alias = "...")`: the name that was made for it before the
///   field said one, with a number, or of a union or a branch that had another name.
/// - Two fields that say one `type_name` have one `fixed` if size and logical type are the same, scale and all; else these are
///   two types of one name as well.
///
/// ```
/// use canread::Record;
///
/// #[derive(Record)]
/// #[record(name = "shop.Order")]
/// struct Order {
///     #[field(1)]
///     id: i64,
/// }
///
/// let schema = canread::avro::schema_of::<Order>();
/// let order = schema.find("shop.Order").expect("the type's own name");
/// assert_eq!(&*schema.decl(order).as_record().expect("a record").fields[0].name, "id");
/// ```
#[must_use]
pub fn schema_of<T: Shaped>() -> Schema {
    schema(&T::SHAPE, Purpose::Print)
}

/// The schema of what is written, for a plan: it also says what values mean where Avro has no logical type.
#[cfg(feature = "container")]
pub(crate) fn writing_schema_of<T: Shaped>() -> Schema {
    schema(&T::SHAPE, Purpose::Write)
}

/// The schema to read a type with, for a plan: a `fixed` that no field names takes one of any name, but first the one that
/// [`schema_of`] calls so; and what values mean is said as in what is written.
pub(super) fn reading_schema_of<T: Shaped>() -> Schema {
    schema(&T::SHAPE, Purpose::Read)
}

/// The text of the schema that a type is, as [`schema_of`] has it: an `.avsc` file.
///
/// Write it down when the program is built or tested, and `canread check` compares the type with what it was. Of a type that no text can say,
/// two uses of a generic type in it for instance, the text declares a name twice, which every reader of schemas refuses.
///
/// ```
/// use canread::Record;
///
/// #[derive(Record)]
/// #[record(name = "shop.Order")]
/// struct Order {
///     #[field(1)]
///     id: i64,
/// }
///
/// let text = canread::avro::schema_text::<Order>();
/// assert!(text.contains(r#""name": "Order""#) && text.contains(r#""type": "long""#));
/// ```
///
/// Source: Avro 1.12, "Schema Declaration".
#[cfg(feature = "schema")]
#[must_use]
pub fn schema_text<T: Shaped>() -> String {
    let schema = schema_of::<T>();
    let module = schema.modules().next().map(|(id, _)| id);
    module.map(|module| crate::schema::print::module(&schema, module)).unwrap_or_default()
}

/// What a schema is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To be seen by others.
    Print,
    /// To compare what is written with what others say.
    #[cfg(feature = "container")]
    Write,
    /// To read what others wrote.
    Read,
}

fn schema(shape: &Shape, purpose: Purpose) -> Schema {
    let first = Writer::of(shape, purpose, HashSet::new());
    let said = first.said_names();
    if first.made.has_given_one_of(&said) {
        // A type behind it says the name that one was made of.
        return Writer::of(shape, purpose, said).schema;
    }
    first.schema
}

struct Writer {
    schema: Schema,
    module: ModuleId,
    namespace: &'static str,
    purpose: Purpose,
    declared: Declared<DeclId>,
    /// The unions that what is declared now stands in.
    around: Vec<&'static UnionSchema>,
    /// Each `fixed` whose field says its name.
    said: Known,
    /// Each `fixed` and record that has a name made for it.
    made: Known,
    /// The names that each `fixed` had, as its fields say.
    said_aliases: HashSet<Box<str>>,
    /// The names that would have been made for types under the former names of records and fields.
    former: Vec<(DeclId, String)>,
}

impl Writer {
    /// The schema of a type in which other types and fields say these names.
    fn of(shape: &Shape, purpose: Purpose, said: HashSet<String>) -> Self {
        let namespace = match shape.present() {
            Shape::Record(own) => namespace(own().name),
            Shape::Enumeration(own) => namespace(own.name),
            _ => "",
        };
        let mut schema = Schema::new(Format::Avro);
        let module = Module::new(schema.node(), "", namespace, Dialect::Avro { minor: 12 });
        let module = schema.add_module(module);
        let mut writer = Self {
            schema,
            module,
            namespace,
            purpose,
            declared: Declared::new(canread_record::Format::Avro),
            around: Vec::new(),
            said: Known::default(),
            made: Known::new(said),
            said_aliases: HashSet::new(),
            former: Vec::new(),
        };
        let outside: Rc<[Box<str>]> = Rc::new([writer.full_name("").into()]);
        let ty = writer.ty(&Place::new(&outside, FieldMeta::new("", 0)), shape);
        let node = writer.schema.node();
        let root = DeclKind::Element(Box::new(Element::new(ty)));
        writer.schema.add_decl(Decl::anonymous(node, writer.module, None, "", root));
        writer.add_former_names();
        writer
    }

    /// The names, present and former, that types and fields say.
    fn said_names(&self) -> HashSet<String> {
        let made = self.made.ids();
        let said = self.schema.decls().filter(|(id, _)| !made.contains(id));
        said.flat_map(|(_, decl)| std::iter::once(&decl.full_name).chain(&decl.aliases))
            .chain(&self.said_aliases)
            .map(ToString::to_string)
            .collect()
    }

    fn of_kind(&mut self, kind: TypeKind) -> Type {
        Type::new(self.schema.node(), kind)
    }

    fn ty(&mut self, place: &Place, shape: &Shape) -> Type {
        let kind = match shape {
            Shape::Bool => TypeKind::Bool,
            Shape::Int32 => TypeKind::Int(Int::I32),
            Shape::Int64 | Shape::Uint32 | Shape::Uint64 => TypeKind::Int(Int::I64),
            Shape::Float32 => TypeKind::Float { bits: 32 },
            Shape::Float64 => TypeKind::Float { bits: 64 },
            Shape::Text => TypeKind::String(Utf8::Verified),
            Shape::Bytes => TypeKind::Bytes,
            Shape::Fixed(size) => {
                let kind = TypeKind::Fixed { size: u32::try_from(*size).unwrap_or(u32::MAX) };
                let ty = self.of_kind(kind);
                return self.fixed(place, ty);
            }
            Shape::Logical(logical) => {
                let physical = shape.physical(canread_record::Format::Avro, &place.meta);
                let tag = self.logical(*logical, &place.meta);
                if let Shape::Fixed(size) = physical {
                    let ty = self.of_kind(TypeKind::Fixed { size: u32::try_from(size).unwrap_or(u32::MAX) });
                    let ty = tag.map_or(ty.clone(), |tag| ty.logical(tag));
                    return self.fixed(place, ty);
                }
                let ty = self.ty(place, &physical);
                return tag.map_or(ty.clone(), |tag| ty.logical(tag));
            }
            Shape::Enumeration(own) => TypeKind::Ref(self.enumeration(own)),
            Shape::Record(own) => TypeKind::Ref(self.record(own())),
            Shape::Union(own) => self.union(own(), false),
            Shape::Optional(Shape::Union(own)) => self.union(own(), true),
            Shape::Optional(inner) => TypeKind::Nullable(Box::new(self.ty(place, inner))),
            Shape::List(item) => TypeKind::List(Box::new(List { item: self.ty(place, item), packed: false })),
            // Keys of a date or a uuid are text.
            Shape::Map(Shape::Text | Shape::Logical(_), value) => {
                let key = self.of_kind(TypeKind::String(Utf8::Verified));
                TypeKind::Map(Box::new(Map { key, value: self.ty(&place.values(), value), ordered: false }))
            }
            Shape::Map(key, value) => {
                let item = TypeKind::Ref(self.entry(place, key, value));
                TypeKind::List(Box::new(List { item: self.of_kind(item), packed: false }))
            }
            _ => TypeKind::Never,
        };
        self.of_kind(kind)
    }

    fn logical(&self, own: Logical, meta: &FieldMeta) -> Option<Tag> {
        let said = own_logical::logical(own, meta);
        match self.purpose {
            Purpose::Print => said,
            _ => said.or_else(|| Some(Tag { name: "".into(), kind: own_logical::meaning(own, meta)? })),
        }
    }

    /// A `fixed`, declared under the name that the field says, or one that is made of it. Another size or logical type is another
    /// declaration, so that two that say one name are none that a text can say.
    fn fixed(&mut self, place: &Place, ty: Type) -> Type {
        let TypeKind::Fixed { size } = ty.kind else { return ty };
        let kind = DeclKind::Fixed(Fixed { size, ty });
        let (name, id) = match place.meta.avro.type_name {
            "" => {
                let name = place.names("Fixed").next().unwrap_or_default();
                (name, self.made(place, "Fixed", kind))
            }
            name => {
                let name = self.full_name(name);
                let id = self.said.find(&self.schema, &name, &kind).unwrap_or_else(|| {
                    let id = self.add(&name, &[], kind);
                    self.said.add(name.clone(), id);
                    id
                });
                (name, id)
            }
        };
        self.add_said_names(id, &full_names(&name, place.meta.avro.type_aliases));
        self.of_kind(TypeKind::Ref(id))
    }

    /// Names that a `fixed` had, as a field says.
    fn add_said_names(&mut self, id: DeclId, aliases: &[Box<str>]) {
        let decl = self.schema.decl_mut(id);
        for alias in aliases {
            if decl.full_name != *alias && !decl.aliases.contains(alias) {
                decl.aliases.push(alias.clone());
                self.said_aliases.insert(alias.clone());
            }
        }
    }

    /// Names that types would have, had records and fields their former names, but for those that another type has or had: a reader
    /// could not tell which is meant.
    fn add_former_names(&mut self) {
        let names = self.schema.decls().flat_map(|(_, decl)| std::iter::once(&decl.full_name).chain(&decl.aliases));
        let mut taken: HashSet<Box<str>> = names.cloned().collect();
        for (id, name) in std::mem::take(&mut self.former) {
            let name = name.into_boxed_str();
            if taken.insert(name.clone()) {
                self.schema.decl_mut(id).aliases.push(name);
            }
        }
    }

    /// What has no name in Rust, under the name that is made for it: in the namespace of the record that it is in. Who reads the type
    /// takes one of any name, and that one first.
    fn made(&mut self, place: &Place, what: &str, kind: DeclKind) -> DeclId {
        let mut names = place.names(what);
        let name = names.next().unwrap_or_default();
        let id = match self.made.find(&self.schema, &name, &kind) {
            Some(known) => known,
            None => self.make(name, kind),
        };
        self.former.extend(names.map(|former| (id, former)));
        id
    }

    fn make(&mut self, name: String, kind: DeclKind) -> DeclId {
        let free = self.made.free(&name);
        let id = if self.purpose == Purpose::Read {
            let mut decl = Decl::anonymous(self.schema.node(), self.module, None, "", kind);
            decl.aliases = vec![free.into()];
            self.schema.add_decl(decl)
        } else {
            self.add(&free, &[], kind)
        };
        self.made.add(name, id);
        id
    }

    /// A name without a namespace is in that of the outermost type.
    ///
    /// Source: Avro 1.12, "Names": the namespace of "the most tightly enclosing named schema".
    fn full_name(&self, name: &str) -> String {
        if name.contains('.') || self.namespace.is_empty() {
            return name.to_owned();
        }
        format!("{}.{name}", self.namespace)
    }

    fn add(&mut self, name: &str, aliases: &[&str], kind: DeclKind) -> DeclId {
        let mut decl = Decl::new(self.schema.node(), self.module, short(name), name, kind);
        decl.aliases = full_names(name, aliases);
        self.schema.add_decl(decl)
    }

    fn record(&mut self, own: &'static RecordSchema) -> DeclId {
        if let Some(known) = self.declared.find(Named::Record(own)) {
            return known;
        }
        // Before its fields: it may hold itself.
        let name = self.full_name(own.name);
        let id = self.add(&name, own.aliases, DeclKind::Record(Record::default()));
        self.declared.add(Named::Record(own), id);
        // A union may hold itself through a record, which has a name.
        let around = std::mem::take(&mut self.around);
        let owners = [vec![name.as_str().into()], full_names(&name, own.aliases)].concat().into();
        let fields: Vec<Field> = own.fields.iter().map(|field| self.field(&owners, field)).collect();
        self.around = around;
        if let DeclKind::Record(record) = &mut self.schema.decl_mut(id).kind {
            record.fields = fields;
            record.order_matters = true;
        }
        id
    }

    fn field(&mut self, owners: &Rc<[Box<str>]>, own: &FieldSchema) -> Field {
        let ty = self.ty(&Place::new(owners, own.meta), &own.shape);
        let mut field = Field::new(self.schema.node(), own.meta.avro.name, ty);
        field.aliases = own.meta.aliases.iter().map(|alias| (*alias).into()).collect();
        if self.purpose == Purpose::Read {
            // A reader takes what the code says for an absent field, if it says something.
            let may_be_absent = own.meta.is_explicit || matches!(own.shape, Shape::Optional(_));
            return field.present(if may_be_absent { Presence::Explicit } else { Presence::Required });
        }
        match (own.default, own.shape) {
            (Some(default), _) => {
                let constant = default(canread_record::Format::Avro);
                match constant.and_then(|constant| own_default::literal(&own.shape, &constant)) {
                    Some(literal) => field.defaults_to(literal),
                    None => field,
                }
            }
            (None, Shape::Optional(_)) => field.defaults_to(Literal::Null),
            _ => field,
        }
    }

    /// The record that an entry of a map is, whose keys are no text.
    fn entry(&mut self, place: &Place, key: &Shape, value: &Shape) -> DeclId {
        let fields = [("key", key, place.keys()), ("value", value, place.values())].map(|(name, shape, place)| {
            let ty = self.ty(&place, shape);
            // An entry without one of them is none.
            Field::new(self.schema.node(), name, ty).present(Presence::Required)
        });
        let record = Record { fields: fields.into(), order_matters: true, ..Record::default() };
        self.made(place, "Entry", DeclKind::Record(record))
    }

    /// A union. One that holds itself, and no record with a name between, is no type: what has no name can't be referred to.
    fn union(&mut self, own: &'static UnionSchema, has_null: bool) -> TypeKind {
        if self.around.iter().any(|around| std::ptr::eq(*around, own)) {
            return TypeKind::Never;
        }
        self.around.push(own);
        let mut arms = Vec::new();
        if has_null {
            let null = self.of_kind(TypeKind::Null);
            arms.push(Arm::new(self.schema.node(), null));
        }
        let owners: Rc<[Box<str>]> = Rc::new([self.full_name(own.name).into()]);
        for branch in own.branches {
            let ty = self.ty(&Place::new(&owners, branch.meta), &branch.shape);
            arms.push(Arm::new(self.schema.node(), ty));
        }
        self.around.pop();
        let union = Union { style: UnionStyle::ByPosition, exactly_one: false, arms };
        let decl = Decl::anonymous(self.schema.node(), self.module, None, own.name, DeclKind::Union(union));
        TypeKind::Ref(self.schema.add_decl(decl))
    }

    fn enumeration(&mut self, own: &'static EnumerationSchema) -> DeclId {
        if let Some(known) = self.declared.find(Named::Enumeration(own)) {
            return known;
        }
        let values: Vec<EnumValue> = own
            .symbols
            .iter()
            .map(|symbol| {
                let mut value = EnumValue::new(self.schema.node(), symbol.name);
                value.aliases = symbol.aliases.iter().map(|alias| (*alias).into()).collect();
                value
            })
            .collect();
        let default = own.symbols.iter().position(|symbol| own.says_default && symbol.number == own.default);
        let default = default.and_then(|at| u32::try_from(at).ok());
        let declared = Enum { base: EnumBase::Name, values, default, ..Enum::default() };
        let name = self.full_name(own.name);
        let id = self.add(&name, own.aliases, DeclKind::Enum(declared));
        self.declared.add(Named::Enumeration(own), id);
        id
    }
}

/// Aliases without a namespace are in that of the name they are for.
///
/// Source: Avro 1.12, "Aliases".
fn full_names(name: &str, aliases: &[&str]) -> Vec<Box<str>> {
    let namespace = name.rsplit_once('.').map(|(namespace, _)| namespace);
    let full = |alias: &&str| match namespace.filter(|_| !alias.contains('.')) {
        Some(namespace) => format!("{namespace}.{alias}").into(),
        None => (*alias).into(),
    };
    aliases.iter().map(full).collect()
}
