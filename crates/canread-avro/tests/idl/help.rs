//! Texts in, lines out.

use canread_avro::schema::idl::parse;
use canread_syntax::{Diagnostic, Sources};

/// `from-to message (help: …)`, then a line for each further label: `    from text`.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &Sources) -> Vec<String> {
    let span = diagnostic.span().expect("a reader's diagnostic has a place");
    let end = sources.end_position(span);
    let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    let severity = if diagnostic.is_error() { "" } else { diagnostic.severity.as_str() };
    let severity = if severity.is_empty() { String::new() } else { format!("{severity}: ") };
    let place = |span| {
        let position = sources.position(span);
        let file = if sources.iter().count() > 1 { sources.file(span.file).name() } else { "" };
        format!("{file}{}{}:{}", if file.is_empty() { "" } else { ":" }, position.line, position.column)
    };
    let first = format!("{}-{}:{} {severity}{}{help}", place(span), end.line, end.column, diagnostic.message);
    let others = diagnostic.labels.iter().skip(1).map(|label| format!("    {} {}", place(label.span), label.text));
    std::iter::once(first).chain(others).collect()
}

/// What is said about a text.
pub(crate) fn said_about(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let id = sources.add("case.avdl", "test", text.as_bytes().to_vec());
    parse(id, text).diagnostics.iter().flat_map(|one| render(one, &sources)).collect()
}
