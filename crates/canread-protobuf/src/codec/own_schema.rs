//! The Protobuf schema that a Rust type is.

use std::collections::HashMap;

use canread_model::{
    Decl, DeclId, DeclKind, Dialect, Enum, EnumBase, EnumValue, Field, Format, Int, IntEncoding, List, Literal, Map,
    Meta, Module, ModuleId, Oneof, Presence, Record, Schema, Type, TypeKind, Utf8,
};
use canread_plan::{Layout, LayoutError};
use canread_record::{
    Absent, Constant, Declared, EnumerationSchema, FieldMeta, FieldSchema, Form, Named, RecordSchema, Shape, Shaped,
    UnionSchema,
};

use super::own_syntax;

/// The schema that a type is, in canread's model: what [`to_vec`](super::to_vec) writes under it.
///
/// A decoder or a layout takes it as it takes one that was read from a file; [`schema_files`](super::schema_files) gives it as text.
///
/// - It is proto3, or edition 2023 if it has a closed enumeration or a group. Each package is a file, and each well-known type has the file
///   that is known by its name.
/// - Enumerations of one name that are not the same are two declarations of one name, as are the uses of a generic type: no file can
///   say that.
/// - A type whose name has no package is in that of the outermost type.
/// - A plain number, text or symbol has no presence: a zero is not written. An `Option` has, and so have messages and members of
///   a oneof; a symbol of a closed enumeration has by the rules of the format.
/// - A union within a record is a oneof with the name of its field; one with a number is a message whose oneof is `value`.
/// - A field with a `default` has presence, also if that is the zero, and so has one whose type is an enumeration with another default symbol:
///   `optional` in proto3, so that who writes by the schema says a zero that is meant. An edition has the default itself; proto3 has none, and the
///   field a comment.
/// - Aliases are not in it: the format has none.
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
/// let schema = canread::protobuf::schema_of::<Order>();
/// let order = schema.find("shop.Order").expect("the type's own name");
/// assert_eq!(&*schema.decl(order).as_record().expect("a message").fields[0].name, "id");
/// ```
#[must_use]
pub fn schema_of<T: Shaped>() -> Schema {
    schema(&T::SHAPE).0
}

/// The layout that data of a type has: what the plain reader reads.
///
/// # Errors
///
/// If a field of the type is nothing that Protobuf has.
pub(super) fn own_layout<T: Shaped>() -> Result<Layout, LayoutError> {
    let (schema, root) = schema(&T::SHAPE);
    Layout::of(&schema, root)
}

/// The schema, and the outermost message in it.
fn schema(shape: &Shape) -> (Schema, DeclId) {
    let package = match shape {
        Shape::Record(own) => package(own().name),
        Shape::Union(own) => package(own().name),
        _ => "",
    };
    let mut writer = Writer {
        schema: Schema::new(Format::Protobuf),
        package,
        modules: HashMap::new(),
        declared: Declared::new(canread_record::Format::Protobuf),
    };
    let root = match shape {
        Shape::Record(own) => writer.record(own()),
        Shape::Union(own) => writer.union(own()),
        _ => writer.add("", DeclKind::Record(Record::default())),
    };
    own_syntax::say(&mut writer.schema);
    (writer.schema, root)
}

fn package(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(package, _)| package)
}

struct Writer {
    schema: Schema,
    /// That of the outermost type.
    package: &'static str,
    /// By the names of their files.
    modules: HashMap<String, ModuleId>,
    declared: Declared<DeclId>,
}

impl Writer {
    fn of_kind(&mut self, kind: TypeKind) -> Type {
        Type::new(self.schema.node(), kind)
    }

    fn add(&mut self, name: &'static str, kind: DeclKind) -> DeclId {
        let package = if name.contains('.') { package(name) } else { self.package };
        let short = name.rsplit_once('.').map_or(name, |(_, last)| last);
        let full = if package.is_empty() { short.to_owned() } else { format!("{package}.{short}") };
        let module = self.module(package, short);
        let decl = Decl::new(self.schema.node(), module, short, &full, kind);
        self.schema.add_decl(decl)
    }

    /// The file of a package, or of a well-known type.
    fn module(&mut self, package: &str, short: &str) -> ModuleId {
        let folder = package.replace('.', "/");
        let name = match package {
            "" => "schema.proto".to_owned(),
            "google.protobuf" | "google.type" => format!("{folder}/{}.proto", short.to_lowercase()),
            _ => format!("{folder}.proto"),
        };
        if let Some(known) = self.modules.get(&name) {
            return *known;
        }
        let module = Module::new(self.schema.node(), &name, package, Dialect::Proto3);
        let module = self.schema.add_module(module);
        self.modules.insert(name, module);
        module
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
            Shape::Record(own) => TypeKind::Ref(self.record(own())),
            Shape::Union(own) => TypeKind::Ref(self.union(own())),
            Shape::Optional(inner) => return self.ty(inner, meta, form),
            Shape::List(item) => {
                let packed = super::key::is_packed(meta, item);
                TypeKind::List(Box::new(List { item: self.ty(item, meta, form), packed }))
            }
            Shape::Map(key, value) => {
                // A date or a uuid is text there.
                let key = self.ty(key, &meta.of_entry_key(), meta.protobuf.key_form);
                TypeKind::Map(Box::new(Map { key, value: self.ty(value, meta, form), ordered: false }))
            }
            Shape::Logical(_) => return self.ty(&super::key::physical(meta, shape), meta, form),
            _ => TypeKind::Never,
        };
        self.of_kind(kind)
    }

    fn record(&mut self, own: &'static RecordSchema) -> DeclId {
        if let Some(known) = self.declared.find(Named::Record(own)) {
            return known;
        }
        // Before its fields: it may hold itself.
        let id = self.add(own.name, DeclKind::Record(Record::default()));
        self.declared.add(Named::Record(own), id);
        let (mut fields, mut oneofs) = (Vec::new(), Vec::new());
        for field in own.fields {
            match field.shape.present() {
                Shape::Union(union) if field.meta.protobuf.is_oneof => {
                    let at = u32::try_from(oneofs.len()).unwrap_or(u32::MAX);
                    oneofs.push(self.oneof(field.meta.protobuf.name));
                    fields.extend(union().branches.iter().map(|branch| self.member(branch, at)));
                }
                _ => fields.push(self.field(field)),
            }
        }
        self.fill(id, fields, oneofs);
        id
    }

    /// A message that holds a oneof alone.
    fn union(&mut self, own: &'static UnionSchema) -> DeclId {
        if let Some(known) = self.declared.find(Named::Union(own)) {
            return known;
        }
        let id = self.add(own.name, DeclKind::Record(Record::default()));
        self.declared.add(Named::Union(own), id);
        let fields = own.branches.iter().map(|branch| self.member(branch, 0)).collect();
        let oneof = self.oneof("value");
        self.fill(id, fields, vec![oneof]);
        id
    }

    fn fill(&mut self, id: DeclId, fields: Vec<Field>, oneofs: Vec<Oneof>) {
        if let DeclKind::Record(record) = &mut self.schema.decl_mut(id).kind {
            record.fields = fields;
            record.oneofs = oneofs;
        }
    }

    fn oneof(&mut self, name: &str) -> Oneof {
        Oneof { node: self.schema.node(), name: name.into(), meta: Meta::default() }
    }

    fn member(&mut self, branch: &FieldSchema, oneof: u32) -> Field {
        // What is there has no default.
        Field { oneof: Some(oneof), preset: None, ..self.field(branch).present(Presence::Explicit) }
    }

    fn field(&mut self, own: &FieldSchema) -> Field {
        let meta = &own.meta.protobuf;
        let ty = self.ty(&own.shape, &own.meta, meta.form);
        let absent = own.absent_in_protobuf();
        let mut field = Field::new(self.schema.node(), meta.name, ty).present(presence(own, &absent));
        if let Absent::Other(Some(constant)) = &absent
            && let Some(literal) = literal(constant)
        {
            field = field.defaults_to(literal);
        }
        field.delimited = meta.is_group;
        // A number that does not fit is none of the format's, and no data has it.
        field.numbered(i32::try_from(meta.number).unwrap_or(i32::MAX))
    }

    fn enumeration(&mut self, own: &'static EnumerationSchema) -> DeclId {
        if let Some(known) = self.declared.find(Named::Enumeration(own)) {
            return known;
        }
        let mut values = Vec::with_capacity(own.symbols.len());
        for symbol in own.symbols {
            let mut value = EnumValue::new(self.schema.node(), symbol.name);
            value.number = Some(symbol.number.into());
            values.push(value);
        }
        if own.is_open {
            // The first one is what an absent field is: zero.
            values.sort_by_key(|value| value.number != Some(0));
        }
        let declared = Enum { base: EnumBase::Int32, is_open: own.is_open, values, ..Enum::default() };
        let id = self.add(own.name, DeclKind::Enum(declared));
        self.declared.add(Named::Enumeration(own), id);
        id
    }
}

/// Whether a reader can tell that a field is not there.
///
/// Source: Protobuf, "Feature Settings for Editions", `field_presence`.
fn presence(own: &FieldSchema, absent: &Absent) -> Presence {
    match super::key::physical(&own.meta, &own.shape) {
        // Else who writes a zero would leave it out, and the default would be read.
        _ if *absent != Absent::Zero => Presence::Explicit,
        Shape::Optional(_) | Shape::Record(_) | Shape::Union(_) => Presence::Explicit,
        Shape::Enumeration(own) if !own.is_open => Presence::Explicit,
        _ => Presence::Implicit,
    }
}

/// The default of a scalar.
fn literal(value: &Constant) -> Option<Literal> {
    Some(match value {
        Constant::Bool(value) => Literal::Bool(*value),
        Constant::Int(value) => Literal::Int(*value),
        Constant::Float(value) => Literal::Float(*value),
        Constant::Text(text) => Literal::String(text.as_str().into()),
        Constant::Bytes(bytes) => Literal::Bytes(bytes.as_slice().into()),
        Constant::Symbol(name, _) => Literal::Symbol((*name).into()),
        _ => return None,
    })
}

fn int(bits: u8, signed: bool, form: Form) -> TypeKind {
    let encoding = match form {
        Form::Fixed => IntEncoding::Fixed,
        Form::ZigZag if signed => IntEncoding::Zigzag,
        _ => IntEncoding::Varint,
    };
    TypeKind::Int(Int { bits, signed, encoding })
}
