//! Full names, and the types that they mean.

use std::collections::HashMap;

use super::super::super::ast::{Body, File, Head, Text, Type, TypeKind};

/// A namespace, empty for none, and a name in it.
pub(super) type FullName<'f> = (&'f str, &'f str);

/// A declaration, and the namespace that holds around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'f> {
    pub(super) ty: &'f Type<'f>,
    pub(super) scope: &'f str,
}

/// Every declaration of a set of files under its full name; of several, the first.
pub(super) struct Names<'f>(HashMap<FullName<'f>, Declared<'f>>);

impl<'f> Names<'f> {
    pub(super) fn new(files: &'f [File<'f>]) -> Self {
        let mut names = Self(HashMap::new());
        for file in files {
            let scope = file_scope(file);
            match &file.body {
                Body::Schema(schema) => {
                    schema.types.iter().chain(&schema.root).for_each(|ty| names.declare(ty, scope));
                }
                Body::Protocol(protocol) => {
                    protocol.types.iter().for_each(|ty| names.declare(ty, scope));
                    for message in &protocol.messages {
                        message.request.iter().for_each(|field| names.declare(&field.ty, scope));
                        names.declare(&message.response, scope);
                        message.errors.iter().for_each(|error| names.declare(error, scope));
                    }
                }
            }
        }
        names
    }

    /// Takes in every declaration in a type. Types are at most 100 levels deep.
    fn declare(&mut self, ty: &'f Type<'f>, scope: &'f str) {
        if let Some(head) = head(ty) {
            let name = full_name(head, scope);
            self.0.entry(name).or_insert(Declared { ty, scope });
            if let TypeKind::Record(record) = &ty.kind {
                record.fields.iter().for_each(|field| self.declare(&field.ty, name.0));
            }
        }
        match &ty.kind {
            TypeKind::Array(inner) | TypeKind::Map(inner) => self.declare(inner, scope),
            TypeKind::Union(branches) => branches.iter().for_each(|branch| self.declare(branch, scope)),
            _ => {}
        }
    }

    /// What a name means in a namespace. One without dots that is not there may be in no namespace.
    ///
    /// Source: "Names" in the specification of Avro 1.12; the last resort, Avro Java.
    pub(super) fn find(&self, name: &str, scope: &str) -> Option<Declared<'f>> {
        let here = name.rsplit_once('.').unwrap_or((scope, name));
        self.0.get(&here).or_else(|| self.0.get(&("", name))).copied()
    }
}

/// The namespace of what stands in a file and names none.
pub(super) fn file_scope<'f>(file: &'f File<'f>) -> &'f str {
    match &file.body {
        Body::Schema(schema) => schema.namespace.as_ref().map_or("", |namespace| &namespace.text),
        Body::Protocol(protocol) => namespace_and_name(&protocol.name, protocol.namespace.as_ref(), "").0,
    }
}

/// What stands at the head of a declaration.
pub(super) fn head<'f>(ty: &'f Type<'f>) -> Option<&'f Head<'f>> {
    match &ty.kind {
        TypeKind::Record(record) => Some(&record.head),
        TypeKind::Enum(one) => Some(&one.head),
        TypeKind::Fixed(fixed) => Some(&fixed.head),
        _ => None,
    }
}

pub(super) fn full_name<'f>(head: &'f Head<'f>, scope: &'f str) -> FullName<'f> {
    namespace_and_name(&head.name, head.namespace.as_ref(), scope)
}

/// Source: "Names" in the specification of Avro 1.12.
pub(super) fn namespace_and_name<'f>(
    name: &'f Text<'f>,
    namespace: Option<&'f Text<'f>>,
    scope: &'f str,
) -> FullName<'f> {
    match name.text.rsplit_once('.') {
        Some(full) => full,
        None => (namespace.map_or(scope, |namespace| &namespace.text), &name.text),
    }
}
