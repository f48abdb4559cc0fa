//! Options that nothing declares, kept as they are.

use canread_model::{Annotation, DeclId, DeclKind, Format, Literal, Meta, Schema};

/// The name of a node, from which it is found again in the linked schema.
#[derive(Debug, Clone, Copy)]
pub(super) enum OwnerName<'n> {
    /// A file, by name.
    File(&'n str),
    /// A message, enum, service or extension, by full name.
    Decl(&'n str),
    /// A field of a message.
    Field(&'n str, &'n str),
    /// A oneof of a message.
    Oneof(&'n str, &'n str),
    /// An extension range of a message, by its first number.
    ExtensionRange(&'n str, i32),
    /// A value of an enum.
    Value(&'n str, &'n str),
    /// A method of a service.
    Method(&'n str, &'n str),
}

/// An option that nothing declares.
#[derive(Debug, Clone)]
pub(super) struct Opaque {
    owner: Owner,
    number: u32,
    field: Box<[u8]>,
}

#[derive(Debug, Clone)]
struct Owner {
    kind: Kind,
    holder: Box<str>,
    member: Box<str>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    File,
    Decl,
    Field,
    Oneof,
    ExtensionRange(i32),
    Value,
    Method,
}

impl Opaque {
    /// `field` is the field with its tag.
    pub(super) fn new(owner: OwnerName<'_>, number: u32, field: &[u8]) -> Self {
        Self { owner: Owner::new(owner), number, field: field.into() }
    }

    /// The same option of another node.
    pub(super) fn of(self, owner: OwnerName<'_>) -> Self {
        Self { owner: Owner::new(owner), ..self }
    }
}

impl Owner {
    fn new(owner: OwnerName<'_>) -> Self {
        let (kind, holder, member) = match owner {
            OwnerName::File(name) => (Kind::File, name, ""),
            OwnerName::Decl(name) => (Kind::Decl, name, ""),
            OwnerName::Field(holder, member) => (Kind::Field, holder, member),
            OwnerName::Oneof(holder, member) => (Kind::Oneof, holder, member),
            OwnerName::ExtensionRange(holder, start) => (Kind::ExtensionRange(start), holder, ""),
            OwnerName::Value(holder, member) => (Kind::Value, holder, member),
            OwnerName::Method(holder, member) => (Kind::Method, holder, member),
        };
        Self { kind, holder: holder.into(), member: member.into() }
    }
}

/// Hangs the options on their nodes.
pub(super) fn attach(schema: &mut Schema, options: Vec<Opaque>) {
    for option in options {
        let node = schema.node();
        let path = format!("#{}", option.number).into();
        let annotation = Annotation { node, origin: Format::Protobuf, path, value: Literal::Bytes(option.field) };
        if let Some(meta) = meta_mut(schema, &option.owner) {
            meta.annotations.push(annotation);
        }
    }
}

fn meta_mut<'s>(schema: &'s mut Schema, owner: &Owner) -> Option<&'s mut Meta> {
    if matches!(owner.kind, Kind::File) {
        let (id, _) = schema.modules().find(|(_, module)| module.name == owner.holder)?;
        return Some(&mut schema.module_mut(id).meta);
    }
    let id: DeclId = schema.find(&owner.holder)?;
    let decl = schema.decl_mut(id);
    let member = &*owner.member;
    match (&owner.kind, &mut decl.kind) {
        (Kind::Decl, DeclKind::Extension(extension)) => Some(&mut extension.field.meta),
        (Kind::Decl, _) => Some(&mut decl.meta),
        (Kind::Field, DeclKind::Record(record)) => {
            record.fields.iter_mut().find(|field| &*field.name == member).map(|field| &mut field.meta)
        }
        (Kind::Oneof, DeclKind::Record(record)) => {
            record.oneofs.iter_mut().find(|oneof| &*oneof.name == member).map(|oneof| &mut oneof.meta)
        }
        (Kind::ExtensionRange(start), DeclKind::Record(record)) => {
            let mut ranges = record.extension_ranges.iter_mut();
            ranges.find(|range| range.start == i64::from(*start)).map(|range| &mut range.meta)
        }
        (Kind::Value, DeclKind::Enum(declared)) => {
            declared.values.iter_mut().find(|value| &*value.name == member).map(|value| &mut value.meta)
        }
        (Kind::Method, DeclKind::Service(service)) => {
            service.methods.iter_mut().find(|method| &*method.name == member).map(|method| &mut method.meta)
        }
        _ => None,
    }
}
