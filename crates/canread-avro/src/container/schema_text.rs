//! The schema in a file's header.

use canread_model::Schema;
use canread_syntax::{Diagnostic, Sources};

use crate::schema::{LinkOptions, print, read};

/// The schema that a text is, or what is wrong with it first.
pub(super) fn parse(text: &str) -> Result<Schema, String> {
    let mut sources = Sources::default();
    let file = sources.add("avro.schema", "", text.as_bytes().to_vec());
    let linked = read(&[("avro.schema", file)], &sources, &LinkOptions::default());
    match linked.diagnostics.iter().find(|diagnostic| Diagnostic::is_error(diagnostic)) {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(linked.schema),
    }
}

/// A schema as text of one line.
pub(super) fn print(schema: &Schema) -> String {
    let text = schema.modules().next().map(|(module, _)| print::module(schema, module)).unwrap_or_default();
    let mut line = String::with_capacity(text.len());
    let (mut is_in_text, mut is_escaped) = (false, false);
    for character in text.chars() {
        if is_in_text || !character.is_ascii_whitespace() {
            line.push(character);
        }
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_in_text = !is_in_text,
            _ => {}
        }
    }
    line
}
