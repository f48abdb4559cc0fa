//! JSON values that stay values: defaults and properties.

use std::borrow::Cow;

use canread_syntax::json::{Kind, Node};

use super::object::key;
use crate::schema::ast::{Member, Value, ValueKind};

/// Takes a value over, with its places.
///
/// Recurses, as deep as the JSON reader lets a text nest.
pub(super) fn value<'a>(node: &Node<'a>) -> Value<'a> {
    let kind = match &node.kind {
        Kind::Null => ValueKind::Null,
        Kind::Bool(value) => ValueKind::Bool(*value),
        Kind::Number(number) => ValueKind::Number(Cow::Borrowed(number.text())),
        Kind::String(text) => ValueKind::String(text.clone()),
        Kind::Array(elements) => ValueKind::Array(elements.iter().map(value).collect()),
        Kind::Object(members) => {
            ValueKind::Object(members.iter().map(|one| Member { key: key(one), value: value(&one.value) }).collect())
        }
    };
    Value { span: node.span, kind }
}
