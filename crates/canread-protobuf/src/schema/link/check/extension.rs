//! Extensions.

use canread_model::{DeclId, ExtensionRange, Presence, Record, RecordKind, TypeKind};
use canread_syntax::Diagnostic;

use super::file::is_lite;
use crate::schema::ast::{Extend, Label, Number, Version};
use crate::schema::link::define::MESSAGE_SET_NUMBER_MAX;
use crate::schema::link::feature::{Features, is_message};
use crate::schema::link::flat::FieldNode;
use crate::schema::link::{FieldRef, Linker, Unit};

/// The only messages that proto3 files can extend.
///
/// Source: language guide (proto3), "Custom options"; protoc 35.
const EXTENDED_IN_PROTO3: [&str; 9] = [
    "google.protobuf.EnumOptions",
    "google.protobuf.EnumValueOptions",
    "google.protobuf.ExtensionRangeOptions",
    "google.protobuf.FieldOptions",
    "google.protobuf.FileOptions",
    "google.protobuf.MessageOptions",
    "google.protobuf.MethodOptions",
    "google.protobuf.OneofOptions",
    "google.protobuf.ServiceOptions",
];

/// Messages of more extension ranges than this get an index of them.
const SCANNED_RANGES_MAX: usize = 16;

impl<'a> Linker<'a> {
    pub(super) fn check_extension(
        &mut self,
        unit: &Unit<'_, 'a>,
        id: DeclId,
        extend: &Extend<'a>,
        node: FieldNode<'_, 'a>,
        features: Features,
    ) {
        self.check_field(unit, FieldRef::Extension(id), node, features);
        if node.label() == Some(Label::Required) {
            let error = Diagnostic::error("protobuf/required_extension", "an extension can't be required");
            self.report(error.at(node.label_span(), "").help("write `optional`"));
        }
        let extension = self.schema.decl(id).as_extension().expect("extensions are extensions");
        let Some(extendee) = extension.extendee.target() else { return };
        self.check_extended(unit, extendee, extend);
        self.check_message_set_item(id, extendee, node);
        self.check_extension_number(id, extendee, node);
    }

    /// Whether this file may extend that message at all.
    fn check_extended(&mut self, unit: &Unit<'_, 'a>, extendee: DeclId, extend: &Extend<'a>) {
        let decl = self.schema.decl(extendee);
        if unit.named.file.version() == Version::Proto3 && !EXTENDED_IN_PROTO3.contains(&&*decl.full_name) {
            let error = Diagnostic::error("protobuf/proto3_extension", "proto3 files can only extend options")
                .at(extend.extendee.span, format!("`{}` is no options message", decl.full_name))
                .help("put the value into a field of type `google.protobuf.Any`, or move the file to an edition");
            return self.report(error);
        }
        let there = self.schema.module(decl.module);
        let here = self.schema.module(self.files[unit.at as usize].module);
        if is_lite(&here.meta) && !is_lite(&there.meta) {
            let message = "a lite file can't extend messages of files that are not";
            let text = format!("`{}` is not lite", decl.full_name);
            let error = Diagnostic::error("protobuf/lite", message).at(extend.extendee.span, text);
            self.report(error);
        }
    }

    fn check_message_set_item(&mut self, id: DeclId, extendee: DeclId, node: FieldNode<'_, 'a>) {
        if self.extended(extendee).kind != RecordKind::MessageSet {
            return;
        }
        let field = self.field(FieldRef::Extension(id));
        let fits = !node.is_repeated()
            && field.presence != Presence::Required
            && is_message(&self.schema, &field.ty)
            && !matches!(field.ty.kind, TypeKind::Unresolved(_));
        if !fits {
            let message = "extensions of a message set are optional messages";
            let error = Diagnostic::error("protobuf/message_set", message).at(node.type_span(), "");
            self.report(error);
        }
    }

    fn check_extension_number(&mut self, id: DeclId, extendee: DeclId, node: FieldNode<'_, 'a>) {
        let Some(number) = node.number() else { return };
        self.check_field_number(number, MESSAGE_SET_NUMBER_MAX);
        let problem = match self.extension_range(extendee, number.value.into()) {
            Some(range) => self.undeclared(id, range, number, node),
            None => Some(self.not_an_extension_number(extendee, number)),
        };
        self.diagnostics.extend(problem);
        self.check_number_taken(id, extendee, number);
    }

    /// The range of a message that holds a number.
    fn extension_range(&self, extendee: DeclId, number: i64) -> Option<&ExtensionRange> {
        let ranges = &self.extended(extendee).extension_ranges;
        if ranges.len() <= SCANNED_RANGES_MAX {
            return ranges.iter().find(|range| (range.start..=range.end).contains(&number));
        }
        let mut indexes = self.range_indexes.borrow_mut();
        let index = indexes.entry(extendee).or_insert_with(|| {
            let mut index: Vec<(i64, usize)> = ranges.iter().zip(0..).map(|(range, at)| (range.start, at)).collect();
            index.sort_unstable();
            index
        });
        let before = index.partition_point(|(start, _)| *start <= number);
        let (_, at) = index.get(before.checked_sub(1)?)?;
        ranges.get(*at).filter(|range| number <= range.end)
    }

    fn not_an_extension_number(&self, extendee: DeclId, number: Number) -> Diagnostic {
        let decl = self.schema.decl(extendee);
        let message = format!("`{}` has no extension number {}", decl.full_name, number.value);
        let error = Diagnostic::error("protobuf/not_an_extension_number", message).at(number.span, "");
        let error = self.also_at(error, decl.node, "declared here");
        let ranges = self.extended(extendee).extension_ranges.iter().take(5);
        let ranges: Vec<_> = ranges.map(|range| format!("{} to {}", range.start, range.end)).collect();
        if ranges.is_empty() {
            return error.help("this message can't be extended: it has no `extensions`");
        }
        error.help(format!("its extension numbers are {}", ranges.join(", ")))
    }

    /// Two extensions of one number: an error in one file; between files protoc only warns.
    fn check_number_taken(&mut self, id: DeclId, extendee: DeclId, number: Number) {
        let users = self.extension_numbers.entry((extendee, number.value)).or_default();
        let module = self.schema.decl(id).module;
        let in_file = users.iter().copied().find(|user| self.schema.decl(*user).module == module);
        let Some(first) = in_file.or(users.first().copied()) else { return users.push(id) };
        if in_file.is_none() {
            users.push(id);
        }
        let (first, extendee) = (self.schema.decl(first), self.schema.decl(extendee));
        let message = format!("`{}` has two extensions of number {}", extendee.full_name, number.value);
        let diagnostic = if in_file.is_some() { Diagnostic::error } else { Diagnostic::warning };
        let diagnostic = diagnostic("protobuf/duplicate_number", message).at(number.span, "used again here");
        self.report(self.also_at(diagnostic, first.node, &format!("first used by `{}`", first.full_name)));
    }

    pub(super) fn extended(&self, extendee: DeclId) -> &Record {
        self.schema.decl(extendee).as_record().expect("messages are extended")
    }
}
