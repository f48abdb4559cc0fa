//! For people: both places with their text, the reasons, the patch. Looks like rustc.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet, renderer::DecorStyle,
};
use canread_syntax::{Diagnostic, Label, Severity, SourceFile, Sources, Span};

use crate::{Run, Task, concise, finding, place, summary};

/// How text may look where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "built by callers that know their terminal")]
pub struct Style {
    /// Escape sequences for colour.
    pub color: bool,
    /// Box-drawing characters; plain ASCII otherwise.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, unicode: false, width: 120 }
    }
}

/// Lines around a marked place that are cut out of the file for it.
const CONTEXT_LINES: usize = 3;

/// The run with all that is known of each problem and finding, and the summary.
#[must_use]
pub fn render(run: &Run<'_>, style: Style) -> String {
    let renderer = renderer(style);
    let mut text = String::new();
    for diagnostic in run.diagnostics {
        text.push_str(&one(diagnostic, None, run.sources, &renderer));
    }
    if run.task == Task::Diff {
        concise::changes(run, &mut text);
    }
    for judged in run.findings {
        let diagnostic = finding::diagnostic(judged, run.sources, run.maps);
        let surfaces: Vec<&str> = canread_compat::Surface::ALL
            .iter()
            .filter(|surface| judged.broken.iter().any(|claim| claim.surface == **surface))
            .map(|surface| surface.as_str())
            .collect();
        let promise = format!(
            "{}: {}; why: `canread explain {}`",
            surfaces.join(", "),
            judged.effect.as_str(),
            judged.finding.rule.id
        );
        text.push_str(&one(&diagnostic, Some(promise), run.sources, &renderer));
    }
    text.push_str(&summary(run));
    text
}

/// One diagnostic as a block of text that ends with an empty line.
#[must_use]
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    one(diagnostic, None, sources, &renderer(style))
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    renderer.decor_style(decor).term_width(style.width)
}

fn one(diagnostic: &Diagnostic, promise: Option<String>, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message);
    let title = level.primary_title(message).id(diagnostic.code);
    let mut main = Group::with_title(title);
    for labels in by_file(&diagnostic.labels) {
        main = main.element(snippet(&labels, sources));
    }
    for note in &diagnostic.notes {
        let (level, note) = match note.strip_prefix("deploy: ") {
            Some(rest) => (Level::NOTE.with_name("deploy"), rest),
            None => (Level::NOTE, note.as_str()),
        };
        main = main.element(level.message(printable(note)));
    }
    if let Some(promise) = promise {
        main = main.element(Level::NOTE.with_name("breaks").message(promise));
    }
    let mut groups = vec![main];
    let help = diagnostic.help.as_deref().or(diagnostic.patch.as_ref().map(|patch| patch.title.as_str()));
    if let Some(help) = help {
        let mut group = Group::with_title(Level::HELP.secondary_title(printable(help)));
        if let Some(patch) = &diagnostic.patch {
            group = group.element(patch_snippet(patch, sources));
        }
        groups.push(group);
    }
    format!("{}\n\n", renderer.render(&groups))
}

/// Control characters of schema texts must not reach a terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() && character != '\n' { '\u{fffd}' } else { character })
        .collect()
}

/// Labels of one file together, files in order of their first label.
fn by_file(labels: &[Label]) -> Vec<Vec<(bool, &Label)>> {
    let mut files: Vec<Vec<(bool, &Label)>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let marked = (at == 0, label);
        match files.iter_mut().find(|file| file[0].1.span.file == label.span.file) {
            Some(file) => file.push(marked),
            None => files.push(vec![marked]),
        }
    }
    files
}

fn snippet<'a>(labels: &[(bool, &'a Label)], sources: &'a Sources) -> Element<'a> {
    let file = sources.file(labels[0].1.span.file);
    let path = place::path(file);
    if file.text().is_empty() {
        return Origin::path(path).into();
    }
    let spans: Vec<Span> = labels.iter().map(|(_, label)| label.span).collect();
    let excerpt = Excerpt::around(file, &spans);
    let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(path);
    for (is_primary, label) in labels {
        let kind = if *is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut annotation = kind.span(excerpt.range(label.span));
        if !label.text.is_empty() {
            annotation = annotation.label(printable(&label.text));
        }
        snippet = snippet.annotation(annotation);
    }
    snippet.into()
}

fn patch_snippet<'a>(patch: &'a canread_syntax::Patch, sources: &'a Sources) -> Element<'a> {
    let Some(first) = patch.edits.first() else { return Level::NOTE.message(patch.title.as_str()).into() };
    let file = sources.file(first.span.file);
    let spans: Vec<Span> = patch.edits.iter().map(|edit| edit.span).collect();
    let excerpt = Excerpt::around(file, &spans);
    let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(place::path(file));
    for edit in &patch.edits {
        snippet = snippet.patch(Patch::new(excerpt.range(edit.span), edit.text.as_str()));
    }
    snippet.into()
}

/// The lines around some spans, so that the renderer need not walk through a whole file.
struct Excerpt<'a> {
    text: &'a str,
    /// Number of its first line, from 1.
    line: usize,
    /// Where it starts in the file.
    start: usize,
}

impl<'a> Excerpt<'a> {
    fn around(file: &'a SourceFile, spans: &[Span]) -> Self {
        let whole = file.text();
        let first = spans.iter().map(|span| span.start as usize).min().unwrap_or(0).min(whole.len());
        let last = spans.iter().map(|span| span.end as usize).max().unwrap_or(0).clamp(first, whole.len());
        let bytes = whole.as_bytes();
        let mut start = first;
        let mut lines = CONTEXT_LINES + 1;
        while start > 0 {
            if bytes[start - 1] == b'\n' {
                lines -= 1;
                if lines == 0 {
                    break;
                }
            }
            start -= 1;
        }
        let mut end = last;
        let mut lines = CONTEXT_LINES + 1;
        while end < bytes.len() {
            if bytes[end] == b'\n' {
                lines -= 1;
                if lines == 0 {
                    break;
                }
            }
            end += 1;
        }
        if start == 0 && whole.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
        let text = whole.get(start..end.max(start)).unwrap_or_default();
        let line = file.position(u32::try_from(start).unwrap_or(u32::MAX)).line;
        Self { text, line, start }
    }

    /// A span of the file as a range of the excerpt.
    fn range(&self, span: Span) -> std::ops::Range<usize> {
        let clamp = |offset: u32| (offset as usize).saturating_sub(self.start).min(self.text.len());
        let (mut start, mut end) = (clamp(span.start), clamp(span.end));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }
}
