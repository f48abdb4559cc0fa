//! Texts in, lines out.

use canread_avro::schema::idl::{Found, Loaded, import_path, json_text, load, parse, to_json};
use canread_syntax::{Diagnostic, FileId, Severity, Sources, json};

/// `from-to message (help: …)`, then a line for each further label: `    from text`.
pub(crate) fn render(diagnostic: &Diagnostic, sources: &Sources) -> Vec<String> {
    let span = diagnostic.span().expect("a reader's diagnostic has a place");
    let end = sources.end_position(span);
    let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    let severity = if diagnostic.is_error() { String::new() } else { format!("{}: ", diagnostic.severity.as_str()) };
    let place = |span| {
        let position = sources.position(span);
        let file =
            if sources.iter().count() > 1 { format!("{}:", sources.file(span.file).name()) } else { String::new() };
        format!("{file}{}:{}", position.line, position.column)
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

/// Files by name, the first of which is read with its imports.
pub(crate) fn read(sources: &Sources) -> Loaded<'_> {
    let root = FileId(0);
    load(Found { file: root, text: sources.file(root).text() }, |from, import| {
        let path = import_path(sources.file(from).name(), &import.path.text)?;
        let (file, found) = sources.iter().find(|(_, file)| file.name() == path)?;
        Some(Found { file, text: found.text() })
    })
}

pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, "test", text.as_bytes().to_vec());
    }
    sources
}

/// The JSON of a file without errors, which is JSON.
pub(crate) fn json_of(loaded: &Loaded<'_>) -> String {
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let text = json_text(&to_json(loaded).expect("the types are not too deep"));
    let parsed = json::parse(FileId(0), &text, json::Limits::default());
    assert!(parsed.document().is_some(), "{:?}\nin {text}", parsed.diagnostics);
    text
}
