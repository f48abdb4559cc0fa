//! Types: names, objects and arrays.

use canread_syntax::Diagnostic;
use canread_syntax::json::{Kind, Node};

use super::object::properties;
use super::{Reader, head};
use crate::schema::TYPE_DEPTH_MAX;
use crate::schema::ast::{Primitive, Text, Type, TypeKind};

/// What may stand where a schema is expected.
const SCHEMA: &str = "a schema: a name, an object with `type`, or an array for a union";

/// The functions that recurse hold little; what takes room on the stack stands in
/// functions beside them, which are not inlined.
impl Reader {
    /// Reads a schema. Recurses, up to [`TYPE_DEPTH_MAX`].
    pub(super) fn ty<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        if self.depth >= TYPE_DEPTH_MAX {
            return self.too_deep(node);
        }
        self.depth += 1;
        let ty = match &node.kind {
            Kind::Array(arms) => self.union(node, arms),
            Kind::Object(_) => self.object(node),
            _ => self.simple(node),
        };
        self.depth -= 1;
        ty
    }

    #[inline(never)]
    fn too_deep<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        let message = format!("types nest deeper than {TYPE_DEPTH_MAX} levels");
        let error = Diagnostic::error("avro/depth", message).at(head(node), "one level too deep");
        self.problems.add(error.help("declare the inner types apart and refer to them by name"));
        broken(node)
    }

    fn union<'a>(&mut self, node: &Node<'a>, arms: &[Node<'a>]) -> Type<'a> {
        let mut types = Vec::with_capacity(arms.len());
        for arm in arms {
            types.push(self.ty(arm));
        }
        Type { span: node.span, kind: TypeKind::Union(types), properties: Vec::new() }
    }

    #[inline(never)]
    fn simple<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        if let Kind::String(text) = &node.kind {
            let name = Text { text: text.clone(), span: node.span };
            return Type { span: node.span, kind: self.name(name), properties: Vec::new() };
        }
        self.expected("avro/schema", node, SCHEMA, "write the name of a type in quotes: `\"string\"`");
        broken(node)
    }

    fn name<'a>(&mut self, name: Text<'a>) -> TypeKind<'a> {
        if let Some(primitive) = Primitive::named(&name.text) {
            return TypeKind::Primitive(primitive);
        }
        self.full_name(&name, "a type");
        TypeKind::Reference(name)
    }

    fn object<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        let Some(name) = self.type_name(node) else { return broken(node) };
        match name {
            "record" | "error" => {
                let fields = self.record_fields(node, name);
                self.record(node, name, fields)
            }
            "array" => match self.held(node, "items", "array") {
                Some(items) => holder(node, TypeKind::Array(Box::new(self.ty(items))), &["type", "items", "doc"]),
                None => broken(node),
            },
            "map" => match self.held(node, "values", "map") {
                Some(values) => holder(node, TypeKind::Map(Box::new(self.ty(values))), &["type", "values", "doc"]),
                None => broken(node),
            },
            "enum" => self.declared_enum(node),
            "fixed" => self.fixed(node),
            _ => self.named_in_object(node),
        }
    }

    /// What the object says behind `type`.
    #[inline(never)]
    fn type_name<'n>(&mut self, node: &'n Node<'_>) -> Option<&'n str> {
        let help = "say what it is: `\"type\": \"record\"`, or the name of another kind of type";
        let ty = self.required(node, "type", "this schema", help)?;
        let name = ty.as_str();
        if name.is_none() {
            let help = match ty.kind {
                Kind::Object(_) | Kind::Array(_) => "put the inner schema in the place of this object",
                _ => "write the name of a type in quotes: `\"type\": \"string\"`",
            };
            self.expected("avro/type", ty, "the name of a type behind `type`", help);
        }
        name
    }

    #[inline(never)]
    fn named_in_object<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        let Some(name) = self.text(node, "type") else { return broken(node) };
        Type { span: node.span, kind: self.name(name), properties: properties(node, &["type", "doc"]) }
    }

    /// The schema of what an array or map holds.
    #[inline(never)]
    fn held<'n, 'a>(&mut self, node: &'n Node<'a>, key: &str, what: &str) -> Option<&'n Node<'a>> {
        let help = format!("name the type of its {key}: `\"type\": \"{what}\", \"{key}\": \"string\"`");
        self.required(node, key, &format!("this {what}"), &help)
    }
}

#[inline(never)]
fn holder<'a>(node: &Node<'a>, kind: TypeKind<'a>, known: &[&str]) -> Type<'a> {
    Type { span: node.span, kind, properties: properties(node, known) }
}

pub(super) fn broken<'a>(node: &Node<'_>) -> Type<'a> {
    Type { span: node.span, kind: TypeKind::Broken, properties: Vec::new() }
}
