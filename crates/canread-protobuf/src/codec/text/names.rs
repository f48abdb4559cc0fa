//! What fields are called in text.

use std::borrow::Cow;

use canread_plan::{FieldLayout, Layout, LayoutKind, RecordLayout};

/// What a field is called.
pub(super) fn printed<'l>(layout: &'l Layout, record: &RecordLayout, field: &'l FieldLayout) -> Cow<'l, str> {
    match (group(layout, record, field), set_item(layout, record, field)) {
        (Some(name), _) => name.into(),
        (None, Some(message)) => format!("[{message}]").into(),
        (None, None) => (&*field.name).into(),
    }
}

/// How long names are whose field is found at once; for longer ones each field is looked at.
const NAME_BYTES: usize = 128;

/// Which field has a name.
///
/// Groups have the name of their message; their field's own name is taken too, as all implementations do.
pub(super) fn find(layout: &Layout, record: &RecordLayout, name: &str) -> Option<usize> {
    if let Some(found) = record.field_by_name(name) {
        return Some(found);
    }
    let field = |at: &usize| record.fields.get(*at);
    if let Some(message) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        let mut items = (0..record.fields.len()).filter(|_| record.is_message_set);
        return items.find(|at| field(at).and_then(|field| set_item(layout, record, field)) == Some(message));
    }
    // The word may be as long as the text, and asks for no memory.
    let mut place = [0; NAME_BYTES];
    let found = if let Some(lower) = place.get_mut(..name.len()) {
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        record.field_by_name(std::str::from_utf8(lower).ok()?)?
    } else {
        let is_lower = |own: &str| !own.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_own = |own: &str| own.eq_ignore_ascii_case(name) && is_lower(own);
        record.fields.iter().position(|field| is_own(&field.name))?
    };
    (field(&found).and_then(|field| group(layout, record, field)) == Some(name)).then_some(found)
}

/// The name of the message of a group, or of what looks like one in an edition: between tags, its message declared beside it
/// and called as it is.
///
/// Source: Protobuf, "Text Format Language Specification", section "group Fields"; "Feature Settings for Editions", on
/// `message_encoding`.
fn group<'l>(layout: &'l Layout, record: &RecordLayout, field: &FieldLayout) -> Option<&'l str> {
    if !field.is_delimited {
        return None;
    }
    let ty = match layout.kind(field.ty) {
        LayoutKind::List { item, .. } => item,
        _ => field.ty,
    };
    let LayoutKind::Record(id) = layout.kind(ty) else { return None };
    let (scope, name) = layout.record(id).name.rsplit_once('.')?;
    (scope == &*record.name && name.eq_ignore_ascii_case(&field.name)).then_some(name)
}

/// The message of an item of a message set whose extension is declared inside of that message.
fn set_item<'l>(layout: &'l Layout, record: &RecordLayout, field: &FieldLayout) -> Option<&'l str> {
    if !record.is_message_set {
        return None;
    }
    let LayoutKind::Record(id) = layout.kind(field.ty) else { return None };
    let message = &*layout.record(id).name;
    let (scope, _) = field.name.strip_prefix('[')?.rsplit_once('.')?;
    (scope == message).then_some(message)
}
