//! Everything in a declaration or module that has a node id, in one walk.

use crate::{
    Annotation, Arm, Constraint, Content, Decl, DeclId, DeclKind, Derivation, Element, Enum, EnumValue, ExtensionRange,
    Extra, Field, Group, GroupContent, IdentityConstraint, Import, List, Map, Meta, Method, Module, MoreAttributes,
    NodeId, Oneof, Parameters, Particle, Record, Reserved, ReservedName, ReservedRange, Service, Tuple, Type, TypeKind,
    WireIdentity,
};

/// One thing that a user could point at.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Part<'a> {
    /// A module itself.
    Module(&'a Module),
    /// An import of a module.
    Import(&'a Import),
    /// A declaration itself; those nested in it are walks of their own.
    Decl(&'a Decl),
    /// A field, parameter or declared exception.
    Field(&'a Field),
    /// A name or number that only one encoding uses.
    WireIdentity(&'a WireIdentity),
    /// A oneof.
    Oneof(&'a Oneof),
    /// A value of an enum.
    EnumValue(&'a EnumValue),
    /// An arm of a union.
    Arm(&'a Arm),
    /// A method of a service.
    Method(&'a Method),
    /// One use of a type.
    Type(&'a Type),
    /// A restriction.
    Constraint(&'a Constraint),
    /// An annotation.
    Annotation(&'a Annotation),
    /// A node of a content model.
    Particle(&'a Particle),
    /// A run of reserved numbers.
    ReservedRange(&'a ReservedRange),
    /// A reserved name.
    ReservedName(&'a ReservedName),
    /// A run of numbers for extensions.
    ExtensionRange(&'a ExtensionRange),
    /// An XSD `unique`, `key` or `keyref`.
    IdentityConstraint(&'a IdentityConstraint),
}

impl Part<'_> {
    /// Its node.
    #[must_use]
    pub fn node(self) -> NodeId {
        match self {
            Self::Module(part) => part.node,
            Self::Import(part) => part.node,
            Self::Decl(part) => part.node,
            Self::Field(part) => part.node,
            Self::WireIdentity(part) => part.node,
            Self::Oneof(part) => part.node,
            Self::EnumValue(part) => part.node,
            Self::Arm(part) => part.node,
            Self::Method(part) => part.node,
            Self::Type(part) => part.node,
            Self::Constraint(part) => part.node(),
            Self::Annotation(part) => part.node,
            Self::Particle(part) => part.node,
            Self::ReservedRange(part) => part.node,
            Self::ReservedName(part) => part.node,
            Self::ExtensionRange(part) => part.node,
            Self::IdentityConstraint(part) => part.node,
        }
    }
}

/// A walk over parts, each before what it holds, in source order.
///
/// It keeps its own stack, so that no depth of types or particles is too much for it.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    stack: Vec<Part<'a>>,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let part = self.stack.pop()?;
        let below = self.stack.len();
        self.push_held(part);
        // The first part held is the next one to come out.
        self.stack[below..].reverse();
        Some(part)
    }
}

impl Decl {
    /// The declaration, and everything in it but the declarations nested in it.
    ///
    /// ```
    /// use canread::schema::model::{Decl, DeclKind, Dialect, Field, Format, Int, Module, Part, Record, Schema, Type, TypeKind};
    ///
    /// let mut schema = Schema::new(Format::Avro);
    /// let module = Module::new(schema.node(), "user.avsc", "", Dialect::Avro { minor: 12 });
    /// let module = schema.add_module(module);
    /// let age = Type::new(schema.node(), TypeKind::Int(Int::I32));
    /// let age = Field::new(schema.node(), "age", age);
    /// let record = Record { fields: vec![age], ..Record::default() };
    /// let user = Decl::new(schema.node(), module, "User", "User", DeclKind::Record(record));
    ///
    /// let fields = user.parts().filter(|part| matches!(part, Part::Field(_)));
    /// assert_eq!(fields.count(), 1);
    /// ```
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        Parts { stack: vec![Part::Decl(self)] }
    }

    /// Every declaration that this one names, in source order, each as often as it is named; those nested in it name for
    /// themselves. What an extension extends is among them.
    pub fn references(&self) -> impl Iterator<Item = DeclId> {
        self.parts().flat_map(Part::references)
    }
}

impl Module {
    /// The module, its imports and annotations; its declarations are walks of their own.
    #[must_use]
    pub fn parts(&self) -> Parts<'_> {
        Parts { stack: vec![Part::Module(self)] }
    }
}

impl Part<'_> {
    /// The declarations that this part names itself, not through a part that it holds.
    pub(crate) fn references(self) -> Vec<DeclId> {
        match self {
            Self::Type(Type { kind: TypeKind::Ref(decl), .. })
            | Self::Particle(Particle { content: Content::Group(decl), .. }) => vec![*decl],
            Self::Decl(decl) => match &decl.kind {
                DeclKind::Service(service) => service.base.into_iter().collect(),
                DeclKind::Element(element) => element.substitutes.clone(),
                DeclKind::Group(group) => group.more_attributes.groups.clone(),
                DeclKind::Record(Record { more_attributes: Some(more), .. }) => more.groups.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

impl<'a> Parts<'a> {
    fn push_held(&mut self, part: Part<'a>) {
        match part {
            Part::Module(module) => {
                self.stack.extend(module.imports.iter().map(Part::Import));
                self.meta(&module.meta);
            }
            Part::Decl(decl) => self.decl(decl),
            Part::Field(field) => {
                self.meta(&field.meta);
                self.stack.extend(field.identities.iter().map(Part::WireIdentity));
                self.stack.push(Part::Type(&field.ty));
            }
            Part::Oneof(oneof) => self.meta(&oneof.meta),
            Part::EnumValue(value) => self.meta(&value.meta),
            Part::Arm(arm) => {
                self.meta(&arm.meta);
                self.stack.push(Part::Type(&arm.ty));
            }
            Part::Method(method) => self.method(method),
            Part::Type(ty) => self.ty(ty),
            Part::Particle(Particle { content, .. }) => match content {
                Content::Sequence(held) | Content::Choice(held) | Content::All(held) => {
                    self.stack.extend(held.iter().map(Part::Particle));
                }
                Content::Field(_) | Content::Group(_) | Content::Wildcard(_) => {}
            },
            Part::ExtensionRange(range) => self.meta(&range.meta),
            Part::Import(_)
            | Part::WireIdentity(_)
            | Part::Constraint(_)
            | Part::Annotation(_)
            | Part::ReservedRange(_)
            | Part::ReservedName(_)
            | Part::IdentityConstraint(_) => {}
        }
    }

    fn meta(&mut self, meta: &'a Meta) {
        self.stack.extend(meta.annotations.iter().map(Part::Annotation));
    }

    fn fields(&mut self, fields: &'a [Field]) {
        self.stack.extend(fields.iter().map(Part::Field));
    }

    fn decl(&mut self, decl: &'a Decl) {
        self.meta(&decl.meta);
        self.stack.extend(decl.constraints.iter().map(Part::Constraint));
        match &decl.kind {
            DeclKind::Record(record) => self.record(record),
            DeclKind::Union(union) => self.stack.extend(union.arms.iter().map(Part::Arm)),
            DeclKind::Enum(declared) => self.declared_enum(declared),
            DeclKind::Alias(alias) => {
                self.derivation(alias.derivation.as_ref());
                self.stack.push(Part::Type(&alias.ty));
            }
            DeclKind::Fixed(fixed) => self.stack.push(Part::Type(&fixed.ty)),
            DeclKind::Const(constant) => self.stack.push(Part::Type(&constant.ty)),
            DeclKind::Service(Service { methods, .. }) => self.stack.extend(methods.iter().map(Part::Method)),
            DeclKind::Extension(extension) => {
                self.stack.push(Part::Type(&extension.extendee));
                self.stack.push(Part::Field(&extension.field));
            }
            DeclKind::Element(element) => self.element(element),
            DeclKind::Group(group) => self.group(group),
        }
    }

    fn record(&mut self, record: &'a Record) {
        self.derivation(record.derivation.as_ref());
        self.fields(&record.fields);
        self.stack.extend(record.oneofs.iter().map(Part::Oneof));
        if let Extra::Typed(ty) = &record.extra {
            self.stack.push(Part::Type(ty));
        }
        self.reserved(&record.reserved);
        self.stack.extend(record.extension_ranges.iter().map(Part::ExtensionRange));
        self.stack.extend(record.content.iter().map(Part::Particle));
    }

    fn declared_enum(&mut self, declared: &'a Enum) {
        self.derivation(declared.derivation.as_deref());
        self.stack.extend(declared.values.iter().map(Part::EnumValue));
        self.reserved(&declared.reserved);
    }

    fn element(&mut self, element: &'a Element) {
        self.stack.push(Part::Type(&element.ty));
        self.stack.extend(element.identity.iter().map(Part::IdentityConstraint));
    }

    fn group(&mut self, group: &'a Group) {
        let Group { content, more_attributes: MoreAttributes { .. } } = group;
        match content {
            GroupContent::Particles { fields, content, .. } => {
                self.fields(fields);
                self.stack.push(Part::Particle(content));
            }
            GroupContent::Attributes(fields) => self.fields(fields),
        }
    }

    fn derivation(&mut self, derivation: Option<&'a Derivation>) {
        self.stack.extend(derivation.into_iter().flat_map(|derivation| &derivation.bases).map(Part::Type));
    }

    fn reserved(&mut self, reserved: &'a Reserved) {
        self.stack.extend(reserved.ranges.iter().map(Part::ReservedRange));
        self.stack.extend(reserved.names.iter().map(Part::ReservedName));
    }

    fn method(&mut self, method: &'a Method) {
        self.meta(&method.meta);
        match &method.parameters {
            Parameters::Message(ty) => self.stack.push(Part::Type(ty)),
            Parameters::Fields(fields) => self.fields(fields),
        }
        self.stack.extend(method.returns.iter().map(Part::Type));
        self.fields(&method.throws);
    }

    fn ty(&mut self, ty: &'a Type) {
        self.stack.extend(ty.annotations().iter().map(Part::Annotation));
        self.stack.extend(ty.constraints().iter().map(Part::Constraint));
        self.stack.extend(ty.held().map(Part::Type));
        self.fields(ty.throws());
        self.stack.extend(ty.reply().map(Part::Type));
    }
}

impl Type {
    /// The types directly inside, without the reply of a sink.
    fn held(&self) -> impl Iterator<Item = &Self> {
        let (few, many): ([Option<&Self>; 2], &[Self]) = match &self.kind {
            TypeKind::List(list) => {
                let List { item, .. } = &**list;
                ([Some(item), None], &[])
            }
            TypeKind::Set(item) | TypeKind::Nullable(item) | TypeKind::Stream(item) | TypeKind::Sink(item) => {
                ([Some(item), None], &[])
            }
            TypeKind::Map(map) => {
                let Map { key, value, .. } = &**map;
                ([Some(key), Some(value)], &[])
            }
            TypeKind::Tuple(tuple) => {
                let Tuple { items, rest } = &**tuple;
                ([rest.as_ref(), None], items)
            }
            _ => ([None, None], &[]),
        };
        many.iter().chain(few.into_iter().flatten())
    }
}
