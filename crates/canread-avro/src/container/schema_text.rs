//! The schema in a file's header.

use canread_model::Schema;
use canread_plan::Layout;
use canread_syntax::{Diagnostic, FileId};

use super::{ContainerErrorKind, defaults, link_cost};
use crate::schema::{LinkOptions, Linked, NamedFile, Parsed, link, parse, parse_within, print};

/// What it is called among the files that are linked: it is the only one.
const NAME: &str = "avro.schema";
const FILE: FileId = FileId(0);

/// Bytes of memory that a value of JSON takes at most, from the text until its syntax tree is there: its node, what the syntax
/// tree has for it, and what both have moved from while they grew. Measured: compat-tests, `hostile`.
const VALUE_BYTES: u64 = 640;

/// How often the bytes of its strings are there at most, if they have to be copied.
const TEXT_COPIES: u64 = 6;

/// Characters of a schema's own that an error repeats.
const SHOWN_MAX: usize = 300;

/// The schema that a text is, or what is wrong with it first. The text is one of the program's own.
pub(super) fn parse_own(text: &str) -> Result<Schema, String> {
    linked(parse(FILE, text)).map(|linked| linked.schema)
}

/// The schema that a type's own text is, or why others can't read it.
///
/// Source: Avro 1.12, "Names": a name without a dot is in the namespace around it, so that a type in none can't be named there.
pub(super) fn parse_of_type(text: &str) -> Result<Schema, String> {
    let linked = linked(parse(FILE, text))?;
    match linked.diagnostics.iter().find(|diagnostic| diagnostic.code == "avro/null_namespace") {
        Some(diagnostic) => Err(format!("{}: name its type with a namespace", shown(&diagnostic.message))),
        None => Ok(linked.schema),
    }
}

/// The schema that a text is, and its layout, unless they would take more than so many bytes of memory while they are made.
///
/// What a stage takes is bounded before it begins, by what is known of the text until then: values of JSON, then types and the
/// lengths of their names, then values in defaults.
pub(super) fn compile(text: &str, allowed: u64) -> Result<(Schema, Layout), ContainerErrorKind> {
    let too_large = || ContainerErrorKind::SchemaTooLarge { allowed };
    let text_bytes = (text.len() as u64).saturating_mul(TEXT_COPIES);
    let left = allowed.checked_sub(text_bytes).ok_or_else(too_large)?;
    let values_max = usize::try_from(left / VALUE_BYTES).unwrap_or(usize::MAX);
    let parsed = parse_within(FILE, text, values_max).ok_or_else(too_large)?;
    let cost = parsed.file.as_ref().map_or(0, link_cost::bytes);
    let left = left.checked_sub(cost).ok_or_else(too_large)?;
    let Linked { schema, .. } = linked(parsed).map_err(ContainerErrorKind::Schema)?;
    if defaults::bytes(&schema) > left {
        return Err(too_large());
    }
    let layout = Layout::of_root(&schema).map_err(ContainerErrorKind::Layout)?;
    Ok((schema, layout))
}

/// Links what was parsed without errors.
fn linked(parsed: Parsed<'_>) -> Result<Linked, String> {
    let error = |diagnostics: &[Diagnostic]| {
        let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error())?;
        Some(shown(&first.message))
    };
    if let Some(problem) = error(&parsed.diagnostics) {
        return Err(problem);
    }
    let file = parsed.file.ok_or_else(|| "no schema".to_owned())?;
    let linked = link(vec![NamedFile { name: NAME, file }], &LinkOptions::default());
    match error(&linked.diagnostics) {
        Some(problem) => Err(problem),
        None => Ok(linked),
    }
}

/// As much of a text as an error repeats.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
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
