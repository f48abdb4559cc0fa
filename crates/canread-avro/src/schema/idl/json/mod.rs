//! A file and what it imports, as the one JSON text that Avro's own tools make of it.
//!
//! | file | does |
//! |---|---|
//! | `mod` | [`to_json`]: the file |
//! | `order` | which types and messages there are, in which order |
//! | `names` | full names, and the types that they mean |
//! | `types` | types: declared where they are used first, named everywhere else |
//! | `value` | building values, and writing them as text |

mod names;
mod order;
mod types;
mod value;

use std::error::Error;
use std::fmt;

use canread_syntax::{FileId, Span};

use super::super::TYPE_DEPTH_MAX;
use super::super::ast::{Body, Message, Protocol, Type, Value, ValueKind};
use super::imports::Loaded;
use names::{Names, file_scope, namespace_and_name};
use order::{Order, order};
use types::Writer;
use value::Members;

pub use value::json_text;

/// Types would stand inside one another more than [`TYPE_DEPTH_MAX`] levels deep, because each
/// uses one that is declared later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooDeep {
    /// The type that is too deep.
    pub span: Span,
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "types would stand more than {TYPE_DEPTH_MAX} levels deep in JSON: declare them before their use")
    }
}

impl Error for TooDeep {}

/// The JSON of the file that was asked for: a protocol (`.avpr`) or a schema (`.avsc`), with everything that
/// it needs of its imports.
///
/// A file with types but without a statement `schema` makes the array of its types, imported ones first.
/// A type is declared where it is used first. `NaN` and infinite numbers become strings.
///
/// What has errors is left out, and a name that means nothing stays as it is. Of a file that
/// could not be read at all nothing is left but `null`.
///
/// # Errors
///
/// [`TooDeep`]
///
/// Source: what `avro-tools idl` of Avro 1.12 prints, but for white space.
pub fn to_json<'f>(loaded: &'f Loaded<'f>) -> Result<Value<'f>, TooDeep> {
    let Some(file) = loaded.files.first() else {
        return Ok(Value { span: Span::new(FileId(0), 0, 0), kind: ValueKind::Null });
    };
    let names = Names::new(&loaded.files);
    let order = order(loaded);
    let mut writer = Writer::new(&names);
    match &file.body {
        Body::Protocol(protocol) => protocol_json(protocol, order, &mut writer),
        Body::Schema(schema) => match &schema.root {
            Some(root) => writer.ty(root, file_scope(file), ""),
            None => Ok(Value { span: file.span, kind: ValueKind::Array(types_json(order.types, &mut writer, "")?) }),
        },
    }
}

fn protocol_json<'f>(
    protocol: &'f Protocol<'f>,
    order: Order<'f>,
    writer: &mut Writer<'_, 'f>,
) -> Result<Value<'f>, TooDeep> {
    let (namespace, name) = namespace_and_name(&protocol.name, protocol.namespace.as_ref(), "");
    let mut members = Members::at(protocol.span);
    members.text("protocol", name);
    if !namespace.is_empty() {
        members.text("namespace", namespace);
    }
    members.doc(protocol.doc.as_ref());
    members.properties(&protocol.properties);
    members.array("types", types_json(order.types, writer, namespace)?);
    let mut messages = Members::at(protocol.span);
    for (message, scope) in order.messages {
        messages.value(&message.name.text, message_json(message, scope, namespace, writer)?);
    }
    members.value("messages", messages.object());
    Ok(members.object())
}

/// The types that no other one declares.
fn types_json<'f>(
    declarations: Vec<(&'f Type<'f>, &'f str)>,
    writer: &mut Writer<'_, 'f>,
    namespace: &'f str,
) -> Result<Vec<Value<'f>>, TooDeep> {
    let mut types = Vec::new();
    for (ty, scope) in declarations {
        if !writer.is_written(ty, scope) {
            types.push(writer.ty(ty, scope, namespace)?);
        }
    }
    Ok(types)
}

fn message_json<'f>(
    message: &'f Message<'f>,
    scope: &'f str,
    namespace: &'f str,
    writer: &mut Writer<'_, 'f>,
) -> Result<Value<'f>, TooDeep> {
    let mut members = Members::at(message.span);
    members.doc(message.doc.as_ref());
    members.properties(&message.properties);
    members.array("request", writer.fields(&message.request, scope, namespace)?);
    members.value("response", writer.ty(&message.response, scope, namespace)?);
    if !message.errors.is_empty() {
        let errors: Result<_, _> = message.errors.iter().map(|error| writer.ty(error, scope, namespace)).collect();
        members.array("errors", errors?);
    }
    if let Some(span) = message.one_way {
        members.value("one-way", Value { span, kind: ValueKind::Bool(true) });
    }
    Ok(members.object())
}
