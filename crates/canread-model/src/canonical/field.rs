//! Fields, and what hangs on everything: annotations.

use super::order::{self, FieldOrder};
use super::words::Word;
use super::{Canon, constraint, literal};
use crate::{
    Annotation, Field, FieldNumber, FieldRole, Format, Key, Literal, Occurs, Oneof, Preset, SortOrder, Visibility,
    WireIdentity,
};

/// Protobuf options whose effect the model holds in words of its own.
///
/// `option features.field_presence = EXPLICIT`, `syntax = "proto2"` and the
/// `optional` of proto3 can say the same thing; only what was said is content.
const RESOLVED_OPTIONS: [&str; 4] = ["allow_alias", "idempotency_level", "message_set_wire_format", "packed"];

/// Members of Protobuf's `FeatureSet` whose effect the model holds in words of its own.
const RESOLVED_FEATURES: [&str; 6] =
    ["enum_type", "field_presence", "json_format", "message_encoding", "repeated_field_encoding", "utf8_validation"];

impl<'a> Canon<'a, '_> {
    /// Writes fields, each on a line of its own.
    pub(super) fn fields(&mut self, tag: &str, fields: &'a [Field], oneofs: &[Oneof], order: FieldOrder) {
        for at in order::fields(fields, order) {
            self.field(tag, &fields[at], oneofs);
        }
    }

    /// Writes a field on a line of its own.
    pub(super) fn field(&mut self, tag: &str, field: &'a Field, oneofs: &[Oneof]) {
        self.text.open(tag);
        self.field_head(field, oneofs);
        self.ty(&field.ty);
        self.text.close();
    }

    /// Writes everything of a field but its type, on the same line.
    pub(super) fn field_head(&mut self, field: &Field, oneofs: &[Oneof]) {
        self.text.quoted(&field.name);
        self.field_number(field.number);
        self.text.word(field.presence.word());
        self.preset(field.preset.as_deref());
        if let Some(at) = field.oneof {
            self.text.start("oneof");
            match oneofs.get(at as usize) {
                Some(oneof) => self.text.quoted(&oneof.name),
                None => self.text.number(at),
            }
            self.text.end();
        }
        self.text.word_if(field.delimited, "delimited");
        for alias in order::names(&field.aliases) {
            self.text.named("also", alias);
        }
        self.identities(&field.identities);
        if let Some(namespace) = &field.namespace {
            self.text.named("namespace", namespace);
        }
        self.text.word_if(field.role != FieldRole::Element, field.role.word());
        if let Some(occurs) = field.occurs {
            self.text.start("occurs");
            self.occurs(occurs);
            self.text.end();
        }
        self.text.word_if(field.sort_order != SortOrder::Ascending, field.sort_order.word());
        self.text.word_if(field.visibility != Visibility::Default, field.visibility.word());
        self.annotations(&field.meta.annotations);
    }

    /// Writes a number, and whether it was made up.
    pub(super) fn field_number(&mut self, number: Option<FieldNumber>) {
        if let Some(number) = number {
            self.text.number(number.value);
            self.text.word_if(number.implicit, "auto");
        }
    }

    /// Writes a default or fixed value.
    pub(super) fn preset(&mut self, preset: Option<&Preset>) {
        let (tag, value) = match preset {
            Some(Preset::Default(value)) => ("default", value),
            Some(Preset::Fixed(value)) => ("fixed", value),
            None => return,
        };
        self.text.start(tag);
        literal::write(self.text, value);
        self.text.end();
    }

    /// Writes how often something may stand.
    pub(super) fn occurs(&mut self, occurs: Occurs) {
        self.text.number(occurs.min);
        constraint::number_or_gap(self.text, occurs.max);
    }

    /// Writes annotations on the same line, but for what the model says in its own words.
    pub(super) fn annotations(&mut self, annotations: &[Annotation]) {
        for annotation in order::annotations(annotations) {
            if is_resolved(annotation) {
                continue;
            }
            self.text.start("annotation");
            self.text.word(annotation.origin.as_str());
            self.text.quoted(&annotation.path);
            literal::write(self.text, &annotation.value);
            self.text.end();
        }
    }

    fn identities(&mut self, identities: &[WireIdentity]) {
        for identity in order::by(identities, |one, two| one.encoding.cmp(&two.encoding)) {
            self.text.start("wire");
            self.text.word(identity.encoding.word());
            if let Some(name) = &identity.name {
                self.text.quoted(name);
            }
            if let Some(number) = identity.number {
                self.text.number(number);
            }
            self.text.end();
        }
    }
}

fn is_resolved(annotation: &Annotation) -> bool {
    if annotation.origin != Format::Protobuf {
        return false;
    }
    let path = &*annotation.path;
    match (path.strip_prefix("features"), &annotation.value) {
        (Some(""), Literal::Map(entries)) => {
            entries.iter().all(|entry| matches!(&entry.key, Key::Field(name) if RESOLVED_FEATURES.contains(&&**name)))
        }
        (Some(feature), _) => feature.strip_prefix('.').is_some_and(|name| RESOLVED_FEATURES.contains(&name)),
        (None, _) => RESOLVED_OPTIONS.contains(&path),
    }
}
