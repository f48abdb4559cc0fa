//! Uses of types: names resolved, unions put together, properties attached.

use canread_model::{Arm, Decl, DeclId, DeclKind, Int, List, Map, Type, TypeKind, Union, UnionStyle, Utf8};
use canread_syntax::Span;

use super::Linker;
use super::define::Scope;
use super::names::of_head;
use crate::schema::ast::{self, Primitive, Property};

impl<'t> Linker<'t> {
    /// Makes one use of a type. Recurses as deep as trees go: [`crate::schema::TYPE_DEPTH_MAX`].
    pub(super) fn ty<'a: 't>(&mut self, ty: &'t ast::Type<'a>, scope: &Scope) -> Type {
        if let Some(declared) = self.named_type(ty, scope) {
            return self.use_of(TypeKind::Ref(declared), ty.span);
        }
        let kind = match &ty.kind {
            ast::TypeKind::Primitive(primitive) => self::primitive(*primitive),
            ast::TypeKind::Reference(name) => match self.resolve(name, scope.sight, &scope.namespace) {
                Ok(declared) => TypeKind::Ref(declared),
                Err(full_name) => TypeKind::Unresolved(full_name.into()),
            },
            ast::TypeKind::Array(items) => {
                TypeKind::List(Box::new(List { item: self.ty(items, scope), packed: false }))
            }
            ast::TypeKind::Map(values) => {
                let key = self.use_of(TypeKind::String(Utf8::Verified), ty.span);
                TypeKind::Map(Box::new(Map { key, value: self.ty(values, scope), ordered: false }))
            }
            ast::TypeKind::Union(arms) => return self.union(ty, arms, scope),
            // What is declared here was taken above.
            ast::TypeKind::Record(_) | ast::TypeKind::Enum(_) | ast::TypeKind::Fixed(_) | ast::TypeKind::Broken => {
                TypeKind::Unresolved("".into())
            }
        };
        let mut model = self.use_of(kind, ty.span);
        self.attach(&mut model, &ty.properties, false);
        model
    }

    /// Defines the named type that is declared in this place, if one is.
    #[inline(never)]
    pub(super) fn named_type<'a: 't>(&mut self, ty: &'t ast::Type<'a>, scope: &Scope) -> Option<DeclId> {
        if self.is_copying {
            return self.declared_type(ty, scope);
        }
        match &ty.kind {
            ast::TypeKind::Record(record) => Some(self.define_record(ty, record, scope)),
            ast::TypeKind::Enum(declared) => Some(self.define_enum(ty, declared, scope)),
            ast::TypeKind::Fixed(fixed) => Some(self.define_fixed(ty, fixed, scope)),
            _ => None,
        }
    }

    /// The type that was declared in this place before.
    fn declared_type(&mut self, ty: &ast::Type<'_>, scope: &Scope) -> Option<DeclId> {
        let head = match &ty.kind {
            ast::TypeKind::Record(record) => &record.head,
            ast::TypeKind::Enum(declared) => &declared.head,
            ast::TypeKind::Fixed(fixed) => &fixed.head,
            _ => return None,
        };
        self.lookup(&of_head(head, &scope.namespace).0, scope.sight)
    }

    fn union<'a: 't>(&mut self, ty: &'t ast::Type<'a>, arms: &'t [ast::Type<'a>], scope: &Scope) -> Type {
        let mut types = Vec::with_capacity(arms.len());
        for arm in arms {
            types.push(self.ty(arm, scope));
        }
        self.close_union(ty, arms, types, scope)
    }

    // Unions recurse: what takes room on the stack stands beside the function that does.
    #[inline(never)]
    fn close_union(&mut self, ty: &ast::Type<'_>, arms: &[ast::Type<'_>], types: Vec<Type>, scope: &Scope) -> Type {
        self.check_union(arms, &types);
        let is_plain_null =
            |ty: &Type| matches!(ty.kind, TypeKind::Null) && ty.annotations().is_empty() && ty.as_logical().is_none();
        let nullable = match &types[..] {
            [null, other] if is_plain_null(null) && !is_plain_null(other) => Some(1),
            [other, null] if is_plain_null(null) && !is_plain_null(other) => Some(0),
            _ => None,
        };
        let mut model = if let Some(at) = nullable {
            let other = types.into_iter().nth(at).expect("the other of two arms is there");
            let model = self.use_of(TypeKind::Nullable(Box::new(other)), ty.span);
            if at == 0 { model.null_last() } else { model }
        } else {
            let mut model = Vec::with_capacity(types.len());
            for (arm, ty) in arms.iter().zip(types) {
                model.push(Arm::new(self.node(arm.span, arm.span), ty));
            }
            let union = Union { style: UnionStyle::ByPosition, exactly_one: false, arms: model };
            let declared = self.anonymous(DeclKind::Union(union), ty.span, scope);
            self.use_of(TypeKind::Ref(declared), ty.span)
        };
        self.attach_all(&mut model, &ty.properties);
        model
    }

    /// An anonymous declaration that is part of what stands around it.
    fn anonymous(&mut self, kind: DeclKind, span: Span, scope: &Scope) -> DeclId {
        let holder = scope.holder.map(|holder| self.schema.decl(holder).full_name.clone()).unwrap_or_default();
        let node = self.node(span, span);
        self.schema.add_decl(Decl::anonymous(node, scope.module, scope.holder, &holder, kind))
    }

    fn use_of(&mut self, kind: TypeKind, span: Span) -> Type {
        Type::new(self.node(span, span), kind)
    }

    /// Hangs properties on a type as annotations, whatever they are.
    pub(super) fn attach_all(&mut self, ty: &mut Type, properties: &[Property<'_>]) {
        for property in properties {
            let annotation = self.annotation(property);
            ty.annotations_mut().push(annotation);
        }
    }
}

/// Source: Avro 1.12, "Primitive Types".
fn primitive(primitive: Primitive) -> TypeKind {
    match primitive {
        Primitive::Null => TypeKind::Null,
        Primitive::Boolean => TypeKind::Bool,
        Primitive::Int => TypeKind::Int(Int::I32),
        Primitive::Long => TypeKind::Int(Int::I64),
        Primitive::Float => TypeKind::Float { bits: 32 },
        Primitive::Double => TypeKind::Float { bits: 64 },
        Primitive::Bytes => TypeKind::Bytes,
        Primitive::String => TypeKind::String(Utf8::Verified),
    }
}

/// What Avro calls a kind of type that has no name of its own.
pub(crate) fn kind_name(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Null => "null",
        TypeKind::Bool => "boolean",
        TypeKind::Int(Int { bits: 64, .. }) => "long",
        TypeKind::Int(_) => "int",
        TypeKind::Float { bits: 64 } => "double",
        TypeKind::Float { .. } => "float",
        TypeKind::Bytes => "bytes",
        TypeKind::String(_) => "string",
        TypeKind::Fixed { .. } => "fixed",
        TypeKind::List(_) => "array",
        TypeKind::Map(_) => "map",
        TypeKind::Nullable(_) => "union",
        _ => "type",
    }
}
