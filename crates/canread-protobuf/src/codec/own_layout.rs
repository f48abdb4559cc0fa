//! The layout that a Rust type is.

use std::collections::HashMap;

use canread_model::{
    Decl, DeclId, DeclKind, Dialect, Enum, EnumBase, EnumValue, Field, Format, Int, IntEncoding, List, Map, Module,
    ModuleId, Presence, Record, Schema, Type, TypeKind, Utf8,
};
use canread_plan::{Layout, LayoutError};
use canread_record::{EnumerationSchema, FieldMeta, FieldSchema, Form, RecordSchema, Shape, Shaped, UnionSchema};

/// The layout that data of a type has: what the plain reader reads.
///
/// # Errors
///
/// If a field of the type is nothing that Protobuf has.
pub(super) fn own_layout<T: Shaped>() -> Result<Layout, LayoutError> {
    let mut schema = Schema::new(Format::Protobuf);
    let module = Module::new(schema.node(), "", "", Dialect::Proto2);
    let module = schema.add_module(module);
    let mut writer = Writer { schema, module, records: HashMap::new(), enums: HashMap::new() };
    let root = match T::SHAPE {
        Shape::Record(own) => writer.record(own),
        Shape::Union(own) => writer.union(own),
        _ => writer.add("", DeclKind::Record(Record::default())),
    };
    Layout::of(&writer.schema, root)
}

/// What tells a type: the function that gives its schema. Types of one name may differ, if they are generic.
type Identity = usize;

struct Writer {
    schema: Schema,
    module: ModuleId,
    records: HashMap<Identity, DeclId>,
    enums: HashMap<&'static str, DeclId>,
}

impl Writer {
    fn of_kind(&mut self, kind: TypeKind) -> Type {
        Type::new(self.schema.node(), kind)
    }

    fn add(&mut self, name: &'static str, kind: DeclKind) -> DeclId {
        let short = name.rsplit_once('.').map_or(name, |(_, last)| last);
        let decl = Decl::new(self.schema.node(), self.module, short, name, kind);
        self.schema.add_decl(decl)
    }

    fn ty(&mut self, shape: &Shape, meta: &FieldMeta, form: Form) -> Type {
        let kind = match shape {
            Shape::Bool => TypeKind::Bool,
            Shape::Int32 => int(32, true, form),
            Shape::Int64 => int(64, true, form),
            Shape::Uint32 => int(32, false, form),
            Shape::Uint64 => int(64, false, form),
            Shape::Float32 => TypeKind::Float { bits: 32 },
            Shape::Float64 => TypeKind::Float { bits: 64 },
            Shape::Text => TypeKind::String(Utf8::Verified),
            Shape::Bytes | Shape::Fixed(_) => TypeKind::Bytes,
            Shape::Enumeration(own) => TypeKind::Ref(self.enumeration(own)),
            Shape::Record(own) => TypeKind::Ref(self.record(*own)),
            Shape::Union(own) => TypeKind::Ref(self.union(*own)),
            Shape::Optional(inner) => return self.ty(inner, meta, form),
            Shape::List(item) => {
                let packed = super::key::is_packed(meta, item);
                TypeKind::List(Box::new(List { item: self.ty(item, meta, form), packed }))
            }
            Shape::Map(key, value) => {
                let key = self.ty(key, meta, meta.protobuf.key_form);
                TypeKind::Map(Box::new(Map { key, value: self.ty(value, meta, form), ordered: false }))
            }
            Shape::Logical(_) => return self.ty(&super::key::physical(meta, shape), meta, form),
            _ => TypeKind::Never,
        };
        self.of_kind(kind)
    }

    fn record(&mut self, own: fn() -> &'static RecordSchema) -> DeclId {
        let identity = own as *const () as Identity;
        if let Some(known) = self.records.get(&identity) {
            return *known;
        }
        let own = own();
        // Before its fields: it may hold itself.
        let id = self.add(own.name, DeclKind::Record(Record::default()));
        self.records.insert(identity, id);
        let mut fields = Vec::new();
        for (field, at) in own.fields.iter().zip(0..) {
            match field.shape.present() {
                Shape::Union(union) if field.meta.protobuf.is_oneof => {
                    fields.extend(union().branches.iter().map(|branch| self.member(branch, at)));
                }
                _ => fields.push(self.field(field)),
            }
        }
        self.fill(id, fields);
        id
    }

    /// A message that holds a oneof alone.
    fn union(&mut self, own: fn() -> &'static UnionSchema) -> DeclId {
        let identity = own as *const () as Identity;
        if let Some(known) = self.records.get(&identity) {
            return *known;
        }
        let own = own();
        let id = self.add(own.name, DeclKind::Record(Record::default()));
        self.records.insert(identity, id);
        let fields = own.branches.iter().map(|branch| self.member(branch, 0)).collect();
        self.fill(id, fields);
        id
    }

    fn fill(&mut self, id: DeclId, fields: Vec<Field>) {
        if let DeclKind::Record(record) = &mut self.schema.decl_mut(id).kind {
            record.fields = fields;
        }
    }

    fn member(&mut self, branch: &FieldSchema, oneof: u32) -> Field {
        Field { oneof: Some(oneof), ..self.field(branch) }
    }

    fn field(&mut self, own: &FieldSchema) -> Field {
        let meta = &own.meta.protobuf;
        let ty = self.ty(&own.shape, &own.meta, meta.form);
        let mut field = Field::new(self.schema.node(), meta.name, ty).present(Presence::Explicit);
        field.delimited = meta.is_group;
        // A number that does not fit is none of the format's, and no data has it.
        field.numbered(i32::try_from(meta.number).unwrap_or(i32::MAX))
    }

    fn enumeration(&mut self, own: &EnumerationSchema) -> DeclId {
        if let Some(known) = self.enums.get(own.name) {
            return *known;
        }
        let mut values = Vec::with_capacity(own.symbols.len());
        for symbol in own.symbols {
            let mut value = EnumValue::new(self.schema.node(), symbol.name);
            value.number = Some(symbol.number.into());
            values.push(value);
        }
        let declared = Enum { base: EnumBase::Int32, is_open: own.is_open, values, ..Enum::default() };
        let id = self.add(own.name, DeclKind::Enum(declared));
        self.enums.insert(own.name, id);
        id
    }
}

fn int(bits: u8, signed: bool, form: Form) -> TypeKind {
    let encoding = match form {
        Form::Fixed => IntEncoding::Fixed,
        Form::ZigZag if signed => IntEncoding::Zigzag,
        _ => IntEncoding::Varint,
    };
    TypeKind::Int(Int { bits, signed, encoding })
}
