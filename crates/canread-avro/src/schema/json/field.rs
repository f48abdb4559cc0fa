//! Fields of records and parameters of messages.

use canread_syntax::Diagnostic;
use canread_syntax::json::{Kind, Node};

use super::object::properties;
use super::types::broken;
use super::value::value;
use super::{Reader, found};
use crate::schema::ast::{Field, Order, Type};

/// Attributes that the specification gives a field; all others are properties.
const FIELD: [&str; 6] = ["name", "doc", "type", "order", "aliases", "default"];

/// What an array of fields looks like.
pub(super) const FIELDS_HELP: &str = "list them: `[{\"name\": \"id\", \"type\": \"long\"}]`";

impl Reader {
    /// Reads fields.
    pub(super) fn fields<'a>(&mut self, elements: &[Node<'a>]) -> Vec<Field<'a>> {
        // What is no object becomes no field, and takes no room.
        let mut fields = Vec::with_capacity(elements.iter().filter(|element| element.as_object().is_some()).count());
        for element in elements {
            // A field without a type still has a name to be checked.
            let ty = match self.type_of_field(element) {
                Some(ty) => self.ty(ty),
                None => broken(element),
            };
            self.field(element, ty, &mut fields);
        }
        fields
    }

    #[inline(never)]
    fn type_of_field<'n, 'a>(&mut self, node: &'n Node<'a>) -> Option<&'n Node<'a>> {
        if node.as_object().is_none() {
            self.expected(
                "avro/attribute_type",
                node,
                "a field, which is an object with `name` and `type`",
                "write it as one: `{\"name\": \"id\", \"type\": \"long\"}`",
            );
            return None;
        }
        let name = node.get("name").and_then(Node::as_str);
        let of = name.map_or("this field".to_owned(), |name| format!("field `{}`", name.escape_debug()));
        self.required(node, "type", &of, "say what it holds: `\"type\": \"long\"`")
    }

    /// Reads everything of a field but its type.
    #[inline(never)]
    fn field<'a>(&mut self, node: &Node<'a>, ty: Type<'a>, fields: &mut Vec<Field<'a>>) {
        if node.as_object().is_none() {
            return;
        }
        let help = "give the field a name: `\"name\": \"id\"`";
        let name = self.required(node, "name", "this field", help).and_then(|_| self.text(node, "name"));
        let order = node.get("order").and_then(|order| self.order(order));
        let (aliases, doc) = (self.aliases(node), self.doc(node));
        let Some(name) = name else { return };
        self.simple_name(&name, "a field");
        let (default, properties) = (node.get("default").map(value), properties(node, &FIELD));
        fields.push(Field { span: node.span, name, doc, ty, default, order, aliases, properties });
    }

    fn order(&mut self, node: &Node<'_>) -> Option<Order> {
        const EXPECTED: &str = "`ascending`, `descending` or `ignore` behind `order`";
        let Kind::String(text) = &node.kind else {
            self.expected("avro/order", node, EXPECTED, "write one of the three words, or nothing");
            return None;
        };
        let order = Order::ALL.into_iter().find(|order| order.as_str().eq_ignore_ascii_case(text));
        match order {
            Some(order) if order.as_str() == text => {}
            Some(order) => {
                let message = format!("expected {EXPECTED}, found {}", found(node));
                let warning = Diagnostic::warning("avro/order", message).at(node.span, "");
                let warning = warning.note("Avro's Java library takes any case, others don't");
                self.problems.add(warning.help(format!("write `{}`", order.as_str())));
            }
            None => self.expected("avro/order", node, EXPECTED, near(text)),
        }
        order
    }
}

fn near(order: &str) -> &'static str {
    match order.to_ascii_lowercase().as_str() {
        "asc" | "up" => "did you mean `ascending`?",
        "desc" | "down" => "did you mean `descending`?",
        "none" | "ignored" | "no" => "did you mean `ignore`?",
        _ => "write one of the three words, or nothing",
    }
}
