//! Types: declared where they are used first, named everywhere else.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::super::ast::{Field, Head, Order, Primitive, Text, Type, TypeKind, Value, ValueKind};
use super::names::{Declared, FullName, Names, full_name, head};
use super::value::{Members, plain, text};
use super::{TYPE_DEPTH_MAX, TooDeep};

/// Writes types, and knows which ones it has declared.
pub(super) struct Writer<'n, 'f> {
    names: &'n Names<'f>,
    written: HashSet<FullName<'f>>,
    depth: usize,
}

impl<'n, 'f> Writer<'n, 'f> {
    pub(super) fn new(names: &'n Names<'f>) -> Self {
        Self { names, written: HashSet::new(), depth: 0 }
    }

    /// Whether a type is a declaration that has been written.
    pub(super) fn is_written(&self, ty: &'f Type<'f>, scope: &'f str) -> bool {
        head(ty).is_some_and(|head| self.written.contains(&full_name(head, scope)))
    }

    /// A type.
    ///
    /// Input: the namespace in which the names in it are meant, and the one in which the JSON will stand.
    pub(super) fn ty(&mut self, ty: &'f Type<'f>, scope: &'f str, space: &str) -> Result<Value<'f>, TooDeep> {
        if self.depth == TYPE_DEPTH_MAX {
            return Err(TooDeep { span: ty.span });
        }
        self.depth += 1;
        let written = self.ty_inside(ty, scope, space);
        self.depth -= 1;
        written
    }

    fn ty_inside(&mut self, ty: &'f Type<'f>, scope: &'f str, space: &str) -> Result<Value<'f>, TooDeep> {
        let mut members = Members::at(ty.span);
        match &ty.kind {
            TypeKind::Primitive(primitive) if ty.properties.is_empty() => return Ok(text(ty.span, primitive.as_str())),
            TypeKind::Primitive(primitive) => members.text("type", primitive.as_str()),
            TypeKind::Broken => return Ok(text(ty.span, Primitive::Null.as_str())),
            TypeKind::Reference(name) => return self.reference(name, scope, space),
            TypeKind::Array(items) => {
                members.text("type", "array");
                members.value("items", self.ty(items, scope, space)?);
            }
            TypeKind::Map(values) => {
                members.text("type", "map");
                members.value("values", self.ty(values, scope, space)?);
            }
            TypeKind::Union(branches) => {
                let branches: Result<_, _> = branches.iter().map(|branch| self.ty(branch, scope, space)).collect();
                return Ok(Value { span: ty.span, kind: ValueKind::Array(branches?) });
            }
            TypeKind::Record(_) | TypeKind::Enum(_) | TypeKind::Fixed(_) => {
                return self.declaration(Declared { ty, scope }, space);
            }
        }
        members.properties(&ty.properties);
        Ok(members.object())
    }

    fn reference(&mut self, name: &'f Text<'f>, scope: &'f str, space: &str) -> Result<Value<'f>, TooDeep> {
        match self.names.find(&name.text, scope) {
            Some(declared) => self.declaration(declared, space),
            None => Ok(text(name.span, &name.text)),
        }
    }

    /// The declaration of a named type, or its name if it has been declared.
    fn declaration(&mut self, declared: Declared<'f>, space: &str) -> Result<Value<'f>, TooDeep> {
        let Declared { ty, scope } = declared;
        let mut members = Members::at(ty.span);
        let Some(head) = head(ty) else { return Ok(members.object()) };
        let (namespace, name) = full_name(head, scope);
        if !self.written.insert((namespace, name)) {
            let named = if namespace == space || namespace.is_empty() {
                Cow::Borrowed(name)
            } else {
                Cow::Owned(format!("{namespace}.{name}"))
            };
            return Ok(Value { span: ty.span, kind: ValueKind::String(named) });
        }
        let kind = match &ty.kind {
            TypeKind::Record(record) if record.is_error => "error",
            TypeKind::Record(_) => "record",
            TypeKind::Enum(_) => "enum",
            _ => "fixed",
        };
        members.text("type", kind);
        members.text("name", name);
        if namespace != space {
            members.text("namespace", namespace);
        }
        members.doc(head.doc.as_ref());
        match &ty.kind {
            TypeKind::Record(record) => members.array("fields", self.fields(&record.fields, namespace, namespace)?),
            TypeKind::Enum(one) => {
                members.array("symbols", one.symbols.iter().map(|symbol| text(symbol.span, &symbol.text)).collect());
                if let Some(default) = &one.default {
                    members.text("default", &default.text);
                }
            }
            TypeKind::Fixed(fixed) => {
                let size = fixed.size.unwrap_or_default().to_string();
                members.value("size", Value { span: ty.span, kind: ValueKind::Number(Cow::Owned(size)) });
            }
            _ => {}
        }
        members.properties(&ty.properties);
        aliases(&mut members, head, namespace);
        Ok(members.object())
    }

    /// Fields of a record, or parameters of a message.
    pub(super) fn fields(
        &mut self,
        fields: &'f [Field<'f>],
        scope: &'f str,
        space: &str,
    ) -> Result<Vec<Value<'f>>, TooDeep> {
        fields.iter().map(|field| self.field(field, scope, space)).collect()
    }

    fn field(&mut self, field: &'f Field<'f>, scope: &'f str, space: &str) -> Result<Value<'f>, TooDeep> {
        let mut members = Members::at(field.span);
        members.text("name", &field.name.text);
        members.value("type", self.ty(&field.ty, scope, space)?);
        members.doc(field.doc.as_ref());
        if let Some(default) = &field.default {
            members.value("default", plain(default));
        }
        if let Some(order) = field.order.filter(|&order| order != Order::Ascending) {
            members.text("order", order.as_str());
        }
        if !field.aliases.is_empty() {
            members.array("aliases", field.aliases.iter().map(|alias| text(alias.span, &alias.text)).collect());
        }
        members.properties(&field.properties);
        Ok(members.object())
    }
}

/// Aliases of a type: relative to its own namespace.
fn aliases<'f>(members: &mut Members<'f>, head: &'f Head<'f>, namespace: &str) {
    if head.aliases.is_empty() {
        return;
    }
    let relative = |alias: &'f Text<'f>| match alias.text.rsplit_once('.') {
        Some((other, name)) if other == namespace => text(alias.span, name),
        _ => text(alias.span, &alias.text),
    };
    members.array("aliases", head.aliases.iter().map(relative).collect());
}
