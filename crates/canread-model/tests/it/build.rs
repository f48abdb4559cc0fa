//! Builds schemas by hand, as a reader of schema text does.

use canread_model::{
    Annotation, Constraint, Decl, DeclId, DeclKind, Dialect, Entry, EnumValue, Field, FieldNumber, Format, Int,
    IntEncoding, Key, List, Literal, Map, Meta, Module, ModuleId, Oneof, Record, Schema, Type, TypeKind, Utf8,
};

/// A schema in the making; new declarations go to `module`.
pub(crate) struct Build {
    pub(crate) schema: Schema,
    pub(crate) module: ModuleId,
}

impl Build {
    pub(crate) fn new(format: Format, module: &str, namespace: &str, dialect: Dialect) -> Self {
        let mut schema = Schema::new(format);
        let module = Module::new(schema.node(), module, namespace, dialect);
        let module = schema.add_module(module);
        Self { schema, module }
    }

    /// The finished schema, in which nothing is wrong.
    pub(crate) fn finish(self) -> Schema {
        assert_eq!(self.schema.problems(), [""; 0]);
        self.schema
    }

    pub(crate) fn declare(&mut self, full_name: &str, kind: DeclKind) -> DeclId {
        let name = full_name.rsplit(['.', '}']).next().expect("a split has a first piece");
        let decl = Decl::new(self.schema.node(), self.module, name, full_name, kind);
        self.schema.add_decl(decl)
    }

    pub(crate) fn nest(&mut self, parent: DeclId, name: &str, kind: DeclKind) -> DeclId {
        let full_name = format!("{}.{name}", self.schema.decl(parent).full_name);
        let decl = Decl::new(self.schema.node(), self.module, name, &full_name, kind).inside(parent);
        self.schema.add_decl(decl)
    }

    /// An empty record, to be filled when what it refers to is there.
    pub(crate) fn forward(&mut self, full_name: &str) -> DeclId {
        self.declare(full_name, DeclKind::Record(Record::default()))
    }

    pub(crate) fn fill(&mut self, id: DeclId, kind: impl Into<DeclKind>) {
        self.schema.decl_mut(id).kind = kind.into();
    }

    /// A type that is an anonymous declaration inside another.
    pub(crate) fn inline(&mut self, parent: DeclId, kind: DeclKind) -> Type {
        let holder = self.schema.decl(parent).full_name.clone();
        let decl = Decl::anonymous(self.schema.node(), self.module, Some(parent), &holder, kind);
        let decl = self.schema.add_decl(decl);
        self.to(decl)
    }

    /// An anonymous declaration that is the root of its module.
    pub(crate) fn root(&mut self, kind: DeclKind) -> DeclId {
        let decl = Decl::anonymous(self.schema.node(), self.module, None, "", kind);
        self.schema.add_decl(decl)
    }

    pub(crate) fn meta(&mut self, id: DeclId) -> &mut Meta {
        &mut self.schema.decl_mut(id).meta
    }

    pub(crate) fn ty(&mut self, kind: TypeKind) -> Type {
        Type::new(self.schema.node(), kind)
    }

    pub(crate) fn to(&mut self, decl: DeclId) -> Type {
        self.ty(TypeKind::Ref(decl))
    }

    pub(crate) fn string(&mut self) -> Type {
        self.ty(TypeKind::String(Utf8::Verified))
    }

    pub(crate) fn int(&mut self, bits: u8) -> Type {
        self.ty(TypeKind::Int(Int { bits, signed: true, encoding: IntEncoding::Native }))
    }

    pub(crate) fn list(&mut self, item: Type) -> Type {
        self.ty(TypeKind::List(Box::new(List { item, packed: false })))
    }

    pub(crate) fn set(&mut self, item: Type) -> Type {
        self.ty(TypeKind::Set(Box::new(item)))
    }

    pub(crate) fn map(&mut self, key: Type, value: Type) -> Type {
        self.ty(TypeKind::Map(Box::new(Map { key, value, ordered: false })))
    }

    pub(crate) fn nullable(&mut self, ty: Type) -> Type {
        self.ty(TypeKind::Nullable(Box::new(ty)))
    }

    pub(crate) fn field(&mut self, name: &str, ty: Type) -> Field {
        Field::new(self.schema.node(), name, ty)
    }

    pub(crate) fn oneof(&mut self, name: &str) -> Oneof {
        Oneof { node: self.schema.node(), name: name.into(), meta: Meta::default() }
    }

    pub(crate) fn value(&mut self, name: &str) -> EnumValue {
        EnumValue::new(self.schema.node(), name)
    }

    /// An annotation in the schema's own format.
    pub(crate) fn annotation(&mut self, path: &str, value: Literal) -> Annotation {
        Annotation { node: self.schema.node(), origin: self.schema.format(), path: path.into(), value }
    }

    /// An annotation on a type.
    pub(crate) fn annotate(&mut self, mut ty: Type, path: &str, value: Literal) -> Type {
        ty.annotations_mut().push(self.annotation(path, value));
        ty
    }

    /// A restriction on a type.
    pub(crate) fn constrain(
        &mut self,
        mut ty: Type,
        constraint: impl FnOnce(canread_model::NodeId) -> Constraint,
    ) -> Type {
        ty.constraints_mut().push(constraint(self.schema.node()));
        ty
    }

    /// A keyword or assertion that the model has no word for.
    pub(crate) fn opaque(&mut self, name: &str, value: Literal) -> Constraint {
        Constraint::Opaque { node: self.schema.node(), format: self.schema.format(), name: name.into(), value }
    }
}

/// A number that stands for a missing one.
pub(crate) fn auto(value: i32) -> FieldNumber {
    FieldNumber { value, implicit: true }
}

pub(crate) fn text(text: &str) -> Literal {
    Literal::String(text.into())
}

/// A value with fields.
pub(crate) fn object(fields: impl IntoIterator<Item = (&'static str, Literal)>) -> Literal {
    Literal::Map(fields.into_iter().map(|(name, value)| Entry { key: Key::Field(name.into()), value }).collect())
}

/// A value with keys that are values.
pub(crate) fn entries(entries: impl IntoIterator<Item = (Literal, Literal)>) -> Literal {
    Literal::Map(entries.into_iter().map(|(key, value)| Entry { key: Key::Value(Box::new(key)), value }).collect())
}
