//! The Avro schema that a Rust type is.

use std::collections::HashMap;

use canread_model::{
    Arm, Decl, DeclId, DeclKind, Dialect, Element, Enum, EnumBase, EnumValue, Field, Format, Int, List, Map, Module,
    ModuleId, Record, Schema, Type, TypeKind, Union, UnionStyle, Utf8,
};
use canread_record::{EnumerationSchema, FieldSchema, RecordSchema, Shape, Shaped, UnionSchema};

/// The schema that a type is, in canread's model: what [`to_vec`](super::to_vec) writes under it.
///
/// Give it to the comparison beside a schema that was read from a file, or to the printer. Its root is an anonymous element, as that of
/// an `.avsc` file; its fields have no defaults, since what a type takes for an absent field is code.
///
/// ```
/// use canread_derive::CoreRecord as Record;
///
/// #[derive(Record)]
/// #[record(name = "shop.Order")]
/// struct Order {
///     #[field(1)]
///     id: i64,
/// }
///
/// let schema = canread_avro::codec::schema_of::<Order>();
/// let order = schema.find("shop.Order").expect("the type's own name");
/// assert_eq!(&*schema.decl(order).as_record().expect("a record").fields[0].name, "id");
/// ```
#[must_use]
pub fn schema_of<T: Shaped>() -> Schema {
    let mut schema = Schema::new(Format::Avro);
    let module = Module::new(schema.node(), "", "", Dialect::Avro { minor: 12 });
    let module = schema.add_module(module);
    let mut writer = Writer { schema, module, named: HashMap::new() };
    let ty = writer.ty(&T::SHAPE);
    let node = writer.schema.node();
    let root = DeclKind::Element(Box::new(Element::new(ty)));
    writer.schema.add_decl(Decl::anonymous(node, writer.module, None, "", root));
    writer.schema
}

struct Writer {
    schema: Schema,
    module: ModuleId,
    /// Records and enumerations, by name.
    named: HashMap<&'static str, DeclId>,
}

impl Writer {
    fn of_kind(&mut self, kind: TypeKind) -> Type {
        Type::new(self.schema.node(), kind)
    }

    fn ty(&mut self, shape: &Shape) -> Type {
        let kind = match shape {
            Shape::Bool => TypeKind::Bool,
            Shape::Int32 => TypeKind::Int(Int::I32),
            Shape::Int64 | Shape::Uint32 | Shape::Uint64 => TypeKind::Int(Int::I64),
            Shape::Float32 => TypeKind::Float { bits: 32 },
            Shape::Float64 => TypeKind::Float { bits: 64 },
            Shape::Text => TypeKind::String(Utf8::Verified),
            Shape::Bytes => TypeKind::Bytes,
            // Rust has no names for it, so any does.
            Shape::Fixed(size) => TypeKind::Fixed { size: u32::try_from(*size).unwrap_or(u32::MAX) },
            Shape::Enumeration(own) => TypeKind::Ref(self.enumeration(own)),
            Shape::Record(own) => TypeKind::Ref(self.record(own())),
            Shape::Union(own) => TypeKind::Ref(self.union(own(), false)),
            Shape::Optional(Shape::Union(own)) => TypeKind::Ref(self.union(own(), true)),
            Shape::Optional(inner) => TypeKind::Nullable(Box::new(self.ty(inner))),
            Shape::List(item) => TypeKind::List(Box::new(List { item: self.ty(item), packed: false })),
            Shape::Map(Shape::Text, value) => {
                let key = self.of_kind(TypeKind::String(Utf8::Verified));
                TypeKind::Map(Box::new(Map { key, value: self.ty(value), ordered: false }))
            }
            Shape::Map(key, value) => {
                let item = TypeKind::Ref(self.entry(key, value));
                TypeKind::List(Box::new(List { item: self.of_kind(item), packed: false }))
            }
            _ => TypeKind::Never,
        };
        self.of_kind(kind)
    }

    fn add(&mut self, name: &'static str, aliases: &[&str], kind: DeclKind) -> DeclId {
        let short = name.rsplit_once('.').map_or(name, |(_, last)| last);
        let mut decl = Decl::new(self.schema.node(), self.module, short, name, kind);
        decl.aliases = full_names(name, aliases);
        self.schema.add_decl(decl)
    }

    fn record(&mut self, own: &'static RecordSchema) -> DeclId {
        if let Some(known) = self.named.get(own.name) {
            return *known;
        }
        // Before its fields: it may hold itself.
        let id = self.add(own.name, own.aliases, DeclKind::Record(Record::default()));
        self.named.insert(own.name, id);
        let fields: Vec<Field> = own.fields.iter().map(|field| self.field(field)).collect();
        if let DeclKind::Record(record) = &mut self.schema.decl_mut(id).kind {
            record.fields = fields;
            record.order_matters = true;
        }
        id
    }

    fn field(&mut self, own: &FieldSchema) -> Field {
        let ty = self.ty(&own.shape);
        let mut field = Field::new(self.schema.node(), own.meta.avro.name, ty);
        field.aliases = own.meta.aliases.iter().map(|alias| (*alias).into()).collect();
        field
    }

    /// The record that an entry of a map is, whose keys are no text; without a name, as an array of bytes.
    fn entry(&mut self, key: &Shape, value: &Shape) -> DeclId {
        let fields = [("key", key), ("value", value)].map(|(name, shape)| {
            let ty = self.ty(shape);
            Field::new(self.schema.node(), name, ty)
        });
        let record = Record { fields: fields.into(), order_matters: true, ..Record::default() };
        let decl = Decl::anonymous(self.schema.node(), self.module, None, "", DeclKind::Record(record));
        self.schema.add_decl(decl)
    }

    fn union(&mut self, own: &'static UnionSchema, has_null: bool) -> DeclId {
        let mut arms = Vec::new();
        if has_null {
            let null = self.of_kind(TypeKind::Null);
            arms.push(Arm::new(self.schema.node(), null));
        }
        for branch in own.branches {
            let ty = self.ty(&branch.shape);
            arms.push(Arm::new(self.schema.node(), ty));
        }
        let union = Union { style: UnionStyle::ByPosition, exactly_one: false, arms };
        let decl = Decl::anonymous(self.schema.node(), self.module, None, own.name, DeclKind::Union(union));
        self.schema.add_decl(decl)
    }

    fn enumeration(&mut self, own: &'static EnumerationSchema) -> DeclId {
        if let Some(known) = self.named.get(own.name) {
            return *known;
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
        let declared = Enum { base: EnumBase::Name, values, ..Enum::default() };
        let id = self.add(own.name, own.aliases, DeclKind::Enum(declared));
        self.named.insert(own.name, id);
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
