//! Fields and extensions: their types, as far as they don't depend on features.

use canread_model::{
    DeclId, Extension, Field, FieldNumber, Int, IntEncoding, List, Map, Occurs, Presence, Type, TypeKind, Utf8,
};
use canread_syntax::{Diagnostic, Span};

use super::Definition;
use crate::schema::ast::{self, Label, Scalar, Version};
use crate::schema::link::flat::FieldNode;
use crate::schema::link::names::{PathId, Symbol, SymbolKind};
use crate::schema::link::option::Owner;
use crate::schema::link::resolve::{Reference, Unresolved, Wanted};
use crate::schema::link::sight::Purpose;
use crate::schema::link::{FieldRef, Linker};

impl<'a> Linker<'a> {
    pub(super) fn define_field<'t>(
        &mut self,
        definition: &Definition<'_, 't, 'a>,
        node: FieldNode<'t, 'a>,
        scope: PathId,
    ) -> Field {
        let id = self.node(node.span(), node.name_span());
        let ty = self.field_type(node, scope);
        let mut field = Field::new(id, &node.name(), ty);
        field.number = node.number().map(|number| FieldNumber { value: number.value, implicit: false });
        // What features say about it comes later; options may be read before that.
        field.presence = match node.label() {
            Some(Label::Required) => Presence::Required,
            _ if node.is_repeated() => Presence::Implicit,
            _ => Presence::Explicit,
        };
        field.meta = self.meta(definition.unit, node.comments());
        let is_proto3 = definition.unit.named.file.version() == Version::Proto3;
        if is_proto3 && node.label() == Some(Label::Optional) {
            // Kept only where presence doesn't say it already; see `feature::apply`.
            field.occurs = Some(Occurs { min: 0, max: Some(1) });
        }
        field
    }

    pub(super) fn define_extension<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        extend: &'t ast::Extend<'a>,
        node: FieldNode<'t, 'a>,
        block: u32,
    ) -> Extension {
        let scope = definition.outer;
        let field = self.define_field(definition, node, scope);
        definition.options(Owner::Field(FieldRef::Extension(definition.id)), node.options(), scope);
        let extendee = self.node_at(extend.extendee.span);
        let reference =
            Reference { name: &extend.extendee.text, scope, wanted: Wanted::Anything, purpose: Purpose::Types };
        // One name for all members of the block: it is looked up, and reported, with the first one.
        let is_first = extend.members.first().is_some_and(|first| same(FieldNode::from(first), node));
        let kind = self.message_type(reference, extend.extendee.span, "only messages can be extended", is_first);
        Extension { extendee: Type::new(extendee, kind), field, block }
    }

    fn field_type(&mut self, node: FieldNode<'_, 'a>, scope: PathId) -> Type {
        let span = node.type_span();
        // A list is its label too.
        let whole = if node.is_repeated() { Span::new(span.file, node.span().start, span.end) } else { span };
        let id = self.node_at(whole);
        let single = match node {
            FieldNode::Plain(field) => self.type_kind(&field.ty, scope),
            FieldNode::Group(group) => match self.group_message(scope, group.name.text) {
                Some(decl) => TypeKind::Ref(decl),
                None => TypeKind::Unresolved(group.name.text.into()),
            },
            FieldNode::Map(map) => {
                let key = self.node_at(map.key.span);
                let key = Type::new(key, self.type_kind(&map.key, scope));
                let value = self.node_at(map.value.span);
                let value = Type::new(value, self.type_kind(&map.value, scope));
                return Type::new(id, TypeKind::Map(Box::new(Map { key, value, ordered: false })));
            }
        };
        if !node.is_repeated() {
            return Type::new(id, single);
        }
        let item = Type::new(self.node_at(span), single);
        Type::new(id, TypeKind::List(Box::new(List { item, packed: false })))
    }

    fn group_message(&self, scope: PathId, name: &str) -> Option<DeclId> {
        let path = self.names.child(scope, self.names.id(name)?)?;
        self.names.meanings(path).find_map(|symbol| match symbol.kind {
            SymbolKind::Message(decl) if symbol.file == self.current => Some(decl),
            _ => None,
        })
    }

    fn type_kind(&mut self, ty: &ast::Type<'_>, scope: PathId) -> TypeKind {
        let name = match &ty.kind {
            ast::TypeKind::Scalar(scalar) => return scalar_kind(*scalar),
            ast::TypeKind::Named(name) => name,
        };
        let reference = Reference { name, scope, wanted: Wanted::Type, purpose: Purpose::Types };
        match self.resolve(reference) {
            Ok(Symbol { kind: SymbolKind::Message(decl) | SymbolKind::Enum(decl), .. }) => {
                self.check_visible(decl, ty.span);
                return TypeKind::Ref(decl);
            }
            Ok(other) => self.diagnostics.push(no_type(name, ty.span, other.kind)),
            Err(_) => self.unresolved.push(Unresolved::new(self.current, reference, ty.span)),
        }
        TypeKind::Unresolved(name.as_ref().into())
    }

    /// What a name means where only a message is allowed; `rule` says why.
    ///
    /// Where one name stands for several nodes, all but one of them don't report.
    pub(super) fn message_type(&mut self, reference: Reference<'_>, span: Span, rule: &str, report: bool) -> TypeKind {
        match self.resolve(reference) {
            Ok(Symbol { kind: SymbolKind::Message(decl), .. }) => {
                if report {
                    self.check_visible(decl, span);
                }
                return TypeKind::Ref(decl);
            }
            _ if !report => {}
            Ok(other) => self.diagnostics.push(no_message(reference.name, span, other.kind, rule)),
            Err(_) => self.unresolved.push(Unresolved::new(self.current, reference, span)),
        }
        TypeKind::Unresolved(reference.name.into())
    }

    fn check_visible(&mut self, decl: DeclId, span: Span) {
        if !self.may_use(decl) {
            let error = self.not_visible(decl, span);
            self.diagnostics.push(error);
        }
    }
}

fn same(one: FieldNode<'_, '_>, other: FieldNode<'_, '_>) -> bool {
    match (one, other) {
        (FieldNode::Plain(one), FieldNode::Plain(other)) => std::ptr::eq(one, other),
        (FieldNode::Group(one), FieldNode::Group(other)) => std::ptr::eq(one, other),
        _ => false,
    }
}

fn no_message(name: &str, span: Span, found: SymbolKind, rule: &str) -> Diagnostic {
    let message = format!("`{name}` is {}, not a message", found.describe());
    Diagnostic::error("protobuf/not_a_message", message)
        .at(span, rule)
        .note("a name is looked for in the innermost scope first, whatever it stands for there")
        .help("if something further out is meant, write its full name with a leading dot")
}

fn no_type(name: &str, span: Span, found: SymbolKind) -> Diagnostic {
    let message = format!("`{name}` is {}, not a type", found.describe());
    let error = Diagnostic::error("protobuf/not_a_type", message).at(span, "expected a message, an enum or a scalar");
    match found {
        SymbolKind::MapEntry => error.help("write `map<key, value>` where a map is meant"),
        _ => error,
    }
}

/// The model's words for a type of the language.
pub(in crate::schema::link) fn scalar_kind(scalar: Scalar) -> TypeKind {
    let int = |bits, signed, encoding| TypeKind::Int(Int { bits, signed, encoding });
    match scalar {
        Scalar::Double => TypeKind::Float { bits: 64 },
        Scalar::Float => TypeKind::Float { bits: 32 },
        Scalar::Int32 => int(32, true, IntEncoding::Varint),
        Scalar::Int64 => int(64, true, IntEncoding::Varint),
        Scalar::Uint32 => int(32, false, IntEncoding::Varint),
        Scalar::Uint64 => int(64, false, IntEncoding::Varint),
        Scalar::Sint32 => int(32, true, IntEncoding::Zigzag),
        Scalar::Sint64 => int(64, true, IntEncoding::Zigzag),
        Scalar::Fixed32 => int(32, false, IntEncoding::Fixed),
        Scalar::Fixed64 => int(64, false, IntEncoding::Fixed),
        Scalar::Sfixed32 => int(32, true, IntEncoding::Fixed),
        Scalar::Sfixed64 => int(64, true, IntEncoding::Fixed),
        Scalar::Bool => TypeKind::Bool,
        Scalar::String => TypeKind::String(Utf8::Verified),
        Scalar::Bytes => TypeKind::Bytes,
    }
}
