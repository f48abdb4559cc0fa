//! The options that protoc knows without being told, and where it puts them.

use std::sync::OnceLock;

use canread_model::{Decl, Field, Schema};

use super::option::In;
use super::typed;
use crate::schema::descriptor::wire::{Cursor, RawValue, ReadLimits, Sink};
use crate::schema::link::{LinkOptions, link};
use crate::schema::wkt;

/// `descriptor.proto` and the feature files that come with protoc.
pub(in crate::schema::descriptor) fn built_in() -> &'static Schema {
    static BUILT_IN: OnceLock<Schema> = OnceLock::new();
    BUILT_IN.get_or_init(|| {
        let wanted = ["descriptor", "cpp_features", "java_features", "go_features"];
        let files = wanted.iter().filter_map(|name| wkt::find(&format!("google/protobuf/{name}.proto")));
        let linked = link(files.map(wkt::BuiltIn::read).collect(), &LinkOptions::default());
        debug_assert_eq!(linked.diagnostics, [], "built-in files are valid");
        linked.schema
    })
}

/// Puts the fields of an option message into the order in which protoc writes them.
///
/// protoc reads the options again after it has made sense of them, into its own classes. So fields
/// that it knows come first, by number, with messages merged; fields that
/// only the schema knows follow in the order in which they were set, not merged.
pub(super) fn in_known_order(message: In<'_, Decl>, bytes: &[u8]) -> Vec<u8> {
    let Ok(mut cursor) = Cursor::new(bytes, ReadLimits::default(), "options") else { return bytes.to_vec() };
    let mut known: Vec<Known<'_>> = Vec::new();
    let mut unknown = Vec::new();
    while let Ok(Some(raw)) = cursor.field() {
        let Some(field) = known_field(message, raw.number) else {
            unknown.extend_from_slice(raw.raw);
            continue;
        };
        let is_repeated = matches!(field.node.ty.kind, canread_model::TypeKind::List(_));
        let message = typed::message_of(field);
        let content = match raw.value {
            RawValue::Bytes(inner) if message.is_some() => inner.bytes(),
            _ => raw.raw,
        };
        match known.iter_mut().find(|other| other.number == raw.number && !is_repeated) {
            Some(other) if message.is_some() => other.content.extend_from_slice(content),
            Some(other) => other.content = content.to_vec(),
            None => known.push(Known { number: raw.number, message, content: content.to_vec() }),
        }
    }
    known.sort_by_key(|field| field.number);
    let mut sink = Sink::default();
    for field in known {
        match field.message {
            Some(message) => sink.bytes(field.number, &in_known_order(message, &field.content)),
            None => sink.raw(&field.content),
        }
    }
    sink.raw(&unknown);
    sink.into_bytes()
}

/// A field that protoc knows: the content of a message, or else the field as it stands, tag included.
struct Known<'s> {
    number: u32,
    message: Option<In<'s, Decl>>,
    content: Vec<u8>,
}

fn known_field(message: In<'_, Decl>, number: u32) -> Option<In<'_, Field>> {
    let schema = message.schema;
    let own = message.node.as_record()?.fields.iter().find(|field| typed::number(field) == number);
    let field = own.or_else(|| {
        let extensions = schema.decls().filter_map(|(_, decl)| decl.as_extension());
        let mut of_message = extensions.filter(|extension| {
            extension.extendee.target().is_some_and(|target| std::ptr::eq(schema.decl(target), message.node))
        });
        of_message.find(|extension| typed::number(&extension.field) == number).map(|extension| &extension.field)
    });
    field.map(|node| In { schema, node })
}
