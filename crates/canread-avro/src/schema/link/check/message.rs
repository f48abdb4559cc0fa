//! Answers and errors of messages.
//!
//! Source: Avro 1.12, "Messages".

use canread_model::{Method, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use crate::schema::ast::{Message, Primitive, Type, TypeKind as Written};
use crate::schema::link::Linker;

impl Linker<'_> {
    /// The errors of a message are a union, before whose types stands `string`.
    pub(in crate::schema::link) fn check_errors(&mut self, errors: &[Type<'_>], method: &Method) {
        let mut seen: FxHashMap<String, Span> = FxHashMap::default();
        for (written, error) in errors.iter().zip(&method.throws) {
            if matches!(written.kind, Written::Broken) {
                continue;
            }
            let name = self.type_name(&error.ty);
            if matches!(error.ty.kind, TypeKind::String(_)) {
                let message = "`string` stands among the errors of every message by itself";
                let error = Diagnostic::error("avro/message_errors", message).at(written.span, "");
                self.report(error.help("remove it"));
            } else if matches!(written.kind, Written::Union(_)) {
                let error = Diagnostic::error("avro/nested_union", "a union can't stand directly in a union");
                self.report(error.at(written.span, "").help("list its types among the errors"));
            } else if let Some(first) = seen.get(&name) {
                let message = format!("the error `{name}` stands here twice");
                let error = Diagnostic::error("avro/duplicate_branch", message).at(written.span, "again here");
                self.report(error.at(*first, "first here").help("remove one of them"));
            } else {
                seen.insert(name, written.span);
            }
        }
    }

    /// "The one-way parameter may only be true when the response type is `null` and no errors are listed."
    pub(in crate::schema::link) fn check_one_way(&mut self, message: &Message<'_>) {
        let Some(one_way) = message.one_way else { return };
        let name = message.name.text.escape_debug();
        if !matches!(message.response.kind, Written::Primitive(Primitive::Null) | Written::Broken) {
            let text = format!("message `{name}` is one-way, but has an answer");
            let error =
                Diagnostic::error("avro/one_way", text).at(message.response.span, "").at(one_way, "one-way here");
            self.report(error.help("let it answer `null`, or don't make it one-way"));
        }
        if let Some(first) = message.errors.first() {
            let text = format!("message `{name}` is one-way, but declares errors");
            let error = Diagnostic::error("avro/one_way", text).at(first.span, "").at(one_way, "one-way here");
            self.report(error.help("remove the errors, or don't make it one-way"));
        }
    }
}
