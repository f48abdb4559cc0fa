//! Reads texts, and shows what was said about them.

use canread_avro::schema::{LinkOptions, Linked, read};
use canread_syntax::{Diagnostic, Sources};

/// Files that are read together.
pub(crate) struct Files {
    pub(crate) sources: Sources,
    pub(crate) linked: Linked,
}

/// Reads files by name and text.
pub(crate) fn read_with<'n>(files: impl IntoIterator<Item = (&'n str, Vec<u8>)>, options: &LinkOptions) -> Files {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.into_iter().map(|(name, text)| (name, sources.add(name, "test", text))).collect();
    let linked = read(&ids, &sources, options);
    assert_eq!(linked.schema.problems(), [""; 0], "a reader makes sound schemas, whatever it reads");
    Files { sources, linked }
}

/// Reads one text as `a.avsc`.
pub(crate) fn one(text: &str) -> Files {
    read_with([("a.avsc", text.as_bytes().to_vec())], &LinkOptions::default())
}

/// Reads texts as `a.avsc`, `b.avsc` and so on.
pub(crate) fn several(texts: &[&str]) -> Files {
    const NAMES: [&str; 4] = ["a.avsc", "b.avsc", "c.avsc", "d.avsc"];
    read_with(NAMES.into_iter().zip(texts.iter().map(|text| text.as_bytes().to_vec())), &LinkOptions::default())
}

impl Files {
    /// What was said, a line each.
    pub(crate) fn said(&self) -> Vec<String> {
        self.linked.diagnostics.iter().flat_map(|one| self.render(one)).collect()
    }

    /// The errors among it.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.linked.diagnostics.iter().filter(|one| one.is_error()).flat_map(|one| self.render(one)).collect()
    }

    /// `error 1:2-1:5 message (help: …)`, then a line for each further label: `    1:2 text`.
    fn render(&self, diagnostic: &Diagnostic) -> Vec<String> {
        let span = diagnostic.span().expect("what is said about a text has a place");
        let place = |span: canread_syntax::Span| {
            let (position, file) = (self.sources.position(span), self.sources.file(span.file).name());
            let file = if self.sources.iter().nth(1).is_some() { format!("{file}:") } else { String::new() };
            format!("{file}{}:{}", position.line, position.column)
        };
        let end = self.sources.end_position(span);
        let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let (severity, message) = (diagnostic.severity.as_str(), &diagnostic.message);
        let first = format!("{severity} {}-{}:{} {message}{help}", place(span), end.line, end.column);
        let others = diagnostic.labels.iter().skip(1).map(|label| format!("    {} {}", place(label.span), label.text));
        std::iter::once(first).chain(others).collect()
    }
}
