//! Declarations of named types: records, errors, enums, fixed.

use canread_syntax::Diagnostic;
use canread_syntax::json::{Kind, Node};

use super::Reader;
use super::field::FIELDS_HELP;
use super::object::properties;
use super::types::broken;
use crate::schema::ast::{Enum, Field, Fixed, Head, Primitive, Record, Text, Type, TypeKind};

/// Attributes that the specification gives each kind; all others are properties.
const RECORD: [&str; 6] = ["type", "name", "namespace", "aliases", "doc", "fields"];
const ENUM: [&str; 7] = ["type", "name", "namespace", "aliases", "doc", "symbols", "default"];
const FIXED: [&str; 6] = ["type", "name", "namespace", "aliases", "doc", "size"];

/// The largest size of a fixed: Avro's Java library counts in 32 bits with sign, and so do most others.
pub(crate) const FIXED_SIZE_MAX: u32 = i32::MAX.unsigned_abs();

impl Reader {
    /// The fields of a record or error.
    pub(super) fn record_fields<'a>(&mut self, node: &Node<'a>, what: &str) -> Vec<Field<'a>> {
        match self.fields_of(node, what) {
            Some(fields) => self.fields(fields),
            None => Vec::new(),
        }
    }

    #[inline(never)]
    fn fields_of<'n, 'a>(&mut self, node: &'n Node<'a>, what: &str) -> Option<&'n [Node<'a>]> {
        let help = "list its fields, or `\"fields\": []` if it has none";
        let found = self.required(node, "fields", &format!("this {what}"), help)?;
        Some(self.array(found, "fields", FIELDS_HELP))
    }

    #[inline(never)]
    pub(super) fn record<'a>(&mut self, node: &Node<'a>, what: &str, fields: Vec<Field<'a>>) -> Type<'a> {
        let Some(head) = self.head(node, what) else { return broken(node) };
        let kind = TypeKind::Record(Box::new(Record { head, is_error: what == "error", fields }));
        Type { span: node.span, kind, properties: properties(node, &RECORD) }
    }

    #[inline(never)]
    pub(super) fn declared_enum<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        let head = self.head(node, "enum");
        let help = "list its symbols: `\"symbols\": [\"NEW\", \"PAID\"]`";
        let symbols = self.required(node, "symbols", "this enum", help);
        let symbols = symbols.map(|found| self.texts(found, "symbols", "a string as a symbol", help));
        for symbol in symbols.iter().flatten() {
            self.simple_name(symbol, "a symbol");
        }
        let default = self.text(node, "default");
        let Some(head) = head else { return broken(node) };
        let kind = TypeKind::Enum(Box::new(Enum { head, symbols: symbols.unwrap_or_default(), default }));
        Type { span: node.span, kind, properties: properties(node, &ENUM) }
    }

    #[inline(never)]
    pub(super) fn fixed<'a>(&mut self, node: &Node<'a>) -> Type<'a> {
        let head = self.head(node, "fixed");
        let size = self.required(node, "size", "this fixed", "say how many bytes it has: `\"size\": 16`");
        let size = size.and_then(|size| self.size(size));
        let Some(head) = head else { return broken(node) };
        let kind = TypeKind::Fixed(Box::new(Fixed { head, size }));
        Type { span: node.span, kind, properties: properties(node, &FIXED) }
    }

    fn size(&mut self, node: &Node<'_>) -> Option<u32> {
        if let Some(size) =
            node.as_i64().and_then(|size| u32::try_from(size).ok()).filter(|size| *size <= FIXED_SIZE_MAX)
        {
            return Some(size);
        }
        let expected = format!("a number of bytes from 0 to {FIXED_SIZE_MAX} behind `size`");
        let help = if matches!(node.kind, Kind::String(_)) {
            "write the number without quotes"
        } else {
            "write how many bytes it has as an integer"
        };
        self.expected("avro/fixed_size", node, &expected, help);
        None
    }

    /// What stands at the head of a named type; `None` if it has no name of its own.
    fn head<'a>(&mut self, node: &Node<'a>, what: &str) -> Option<Head<'a>> {
        let help = format!("give the {what} a name: `\"name\": \"Order\"`");
        let name = self.required(node, "name", &format!("this {what}"), &help).and_then(|_| self.text(node, "name"));
        if let Some(name) = &name {
            self.declared_name(name, what);
        }
        let namespace = self.namespace_of(node);
        // Beside a full name, the namespace is not looked at.
        if let (Some(name), Some(namespace)) = (&name, &namespace)
            && !name.text.contains('.')
        {
            self.namespace(namespace);
        }
        let (aliases, doc) = (self.aliases(node), self.doc(node));
        Some(Head { name: name?, namespace, aliases, doc })
    }

    /// Source: Avro 1.12, "Names": the names of primitive types "may not be defined in any namespace".
    fn declared_name(&mut self, name: &Text<'_>, what: &str) {
        let last = name.text.rsplit('.').next().unwrap_or_default();
        if Primitive::named(last).is_some() {
            let message = format!("`{last}` is a primitive type, no {what} can have its name");
            self.problems.add(Diagnostic::error("avro/name", message).at(name.span, "").help("choose another name"));
        } else {
            let article = if what.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
            self.full_name(name, &format!("{article} {what}"));
        }
    }
}
