//! Fields, of messages, oneofs and extend blocks.

use canread_model::{
    DeclId, Dialect, Encoding, Field, Int, IntEncoding, Literal, Presence, RecordKind, Type, TypeKind,
};

use super::options::{Setting, settings, statement};
use super::{Page, options};

/// What a field stands in, which decides about the word in front of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Message,
    Oneof,
    Extend,
}

impl<'p> Page<'p> {
    /// Prints a field; a group with its message, which is one of `siblings`.
    pub(super) fn field(&mut self, scope: &'p str, field: &'p Field, siblings: &'p [DeclId], holder: Holder) {
        let label = self.label(field, holder);
        let number = field.number.map_or_else(String::new, |number| format!(" = {}", number.value));
        let json_name = field.name_in(Encoding::Json).map(|name| Literal::String(name.into()));
        let mut settings = settings(&self.place(scope), &field.meta.annotations);
        if let Some(name) = &json_name {
            settings.insert(0, Setting { name: "json_name".to_owned(), value: name });
        }
        if let Some(value) = field.default_value() {
            settings.insert(0, Setting { name: "default".to_owned(), value });
        }
        if let Some(group) = self.group_of(field, siblings) {
            let decl = self.schema.decl(group);
            let name = decl.name.as_deref().unwrap_or_default();
            let line = format!("{label}group {name}{number}");
            let brackets = options::brackets(&settings, self.text.depth(), 2 * self.text.depth() + line.len());
            if let Some(record) = decl.as_record() {
                self.message(decl, record, &format!("{line}{brackets}"));
            }
            return;
        }
        if field.delimited && !matches!(self.module.dialect, Dialect::Edition(_)) {
            self.cannot_say(&format!("{scope}.{}", field.name), "its group is not declared beside it");
        }
        let ty = self.type_name(scope, &field.ty);
        statement(&mut self.text, &field.meta, &format!("{label}{ty} {}{number}", field.name), &settings);
    }

    /// The message that a field declares by `group`, if it does.
    pub(super) fn group_of(&self, field: &Field, siblings: &[DeclId]) -> Option<DeclId> {
        if !field.delimited || matches!(self.module.dialect, Dialect::Edition(_)) {
            return None;
        }
        let target = field.ty.target().filter(|target| siblings.contains(target))?;
        let decl = self.schema.decl(target);
        let is_group = decl.as_record().is_some_and(|record| record.kind == RecordKind::Group);
        let is_own = decl.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&field.name));
        (is_group && is_own).then_some(target)
    }

    fn label(&self, field: &Field, holder: Holder) -> &'static str {
        match &field.ty.kind {
            TypeKind::List(_) => return "repeated ",
            TypeKind::Map(_) => return "",
            _ if holder == Holder::Oneof => return "",
            _ => {}
        }
        match self.module.dialect {
            Dialect::Edition(_) => "",
            Dialect::Proto3 => {
                let is_message = field.ty.target().is_some_and(|decl| self.schema.decl(decl).as_record().is_some());
                // Presence says whether a scalar is `optional`. Messages, and extensions of any type,
                // have presence with and without the word.
                let is_plain = field.occurs.is_none() && (is_message || holder == Holder::Extend);
                if field.presence == Presence::Explicit && !is_plain { "optional " } else { "" }
            }
            _ if field.presence == Presence::Required => "required ",
            _ => "optional ",
        }
    }

    /// A type as written in `scope`; of a list the type of its items.
    pub(super) fn type_name(&mut self, scope: &'p str, ty: &Type) -> String {
        match &ty.kind {
            TypeKind::Bool => "bool".to_owned(),
            TypeKind::Int(int) => int_name(*int).to_owned(),
            TypeKind::Float { bits: 32 } => "float".to_owned(),
            TypeKind::Float { .. } => "double".to_owned(),
            TypeKind::String(_) => "string".to_owned(),
            TypeKind::Bytes => "bytes".to_owned(),
            TypeKind::List(list) => self.type_name(scope, &list.item),
            TypeKind::Map(map) => {
                let (key, value) = (self.type_name(scope, &map.key), self.type_name(scope, &map.value));
                format!("map<{key}, {value}>")
            }
            TypeKind::Ref(id) => {
                let place = self.place(scope);
                place.reference(&self.schema.decl(*id).full_name).into_owned()
            }
            TypeKind::Unresolved(name) => name.to_string(),
            _ => {
                self.cannot_say(scope, "the language has no such type");
                "bytes".to_owned()
            }
        }
    }
}

/// The integer type of that size and encoding.
fn int_name(int: Int) -> &'static str {
    match (int.encoding, int.signed, int.bits) {
        (IntEncoding::Zigzag, _, 0..=32) => "sint32",
        (IntEncoding::Zigzag, ..) => "sint64",
        (IntEncoding::Fixed, true, 0..=32) => "sfixed32",
        (IntEncoding::Fixed, true, _) => "sfixed64",
        (IntEncoding::Fixed, false, 0..=32) => "fixed32",
        (IntEncoding::Fixed, false, _) => "fixed64",
        (_, true, 0..=32) => "int32",
        (_, true, _) => "int64",
        (_, false, 0..=32) => "uint32",
        (_, false, _) => "uint64",
    }
}
