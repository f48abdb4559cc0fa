//! A value that is not what its type asks for.

use canread_model::TypeKind;
use canread_syntax::{Diagnostic, Span};

use crate::schema::ast::{Value, ValueKind};
use crate::schema::link::types::kind_name;

/// A value that is not what its type asks for.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) span: Span,
    pub(super) expected: String,
    pub(super) found: String,
    pub(super) help: &'static str,
    pub(super) code: &'static str,
}

impl Mismatch {
    pub(super) fn new(value: &Value<'_>, expected: impl Into<String>) -> Self {
        let found = match &value.kind {
            ValueKind::Number(text) if text.len() < 40 => format!("the number {text}"),
            ValueKind::String(text) if text.len() < 60 => format!("the string \"{}\"", text.escape_debug()),
            ValueKind::Bool(value) => format!("`{value}`"),
            kind => kind.name().to_owned(),
        };
        Self { span: value.span, expected: expected.into(), found, help: "", code: "avro/default" }
    }

    pub(super) fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    pub(super) fn diagnostic(self, field: &str) -> Diagnostic {
        let message = format!(
            "the default of `{}` is wrong: expected {}, found {}",
            field.escape_debug(),
            self.expected,
            self.found
        );
        let error = Diagnostic::error(self.code, message).at(self.span, "");
        error.help(if self.help.is_empty() { "give a default of the field's type, or none" } else { self.help })
    }
}

/// What a type asks for.
pub(super) fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Null => "null",
        TypeKind::Bool => "`true` or `false`",
        TypeKind::Int(_) => "an integer",
        TypeKind::Float { .. } => "a number",
        TypeKind::String(_) => "a string",
        TypeKind::Bytes | TypeKind::Fixed { .. } => "a string whose characters are bytes",
        TypeKind::List(_) => "an array",
        TypeKind::Map(_) => "an object",
        kind => return format!("a value of the {}", kind_name(kind)),
    }
    .into()
}

pub(super) fn help(kind: &TypeKind, value: &Value<'_>) -> &'static str {
    match (kind, &value.kind) {
        (TypeKind::Null, ValueKind::String(text)) if text == "null" => "write `null` without quotes",
        (TypeKind::Bool, ValueKind::String(_)) => "write `true` or `false` without quotes",
        (TypeKind::String(_), ValueKind::Number(_) | ValueKind::Bool(_)) => "put the value in quotes",
        (_, ValueKind::Null) => "to allow null, make the type a union: `[\"null\", …]`",
        _ => "",
    }
}
