//! For people: both places with their text, the reasons, the patch. Looks like rustc.

use std::collections::BTreeMap;
use std::fmt::Write;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet, renderer::DecorStyle,
};
use canread_compat::{Judged, Pair, Shows, Surface, find_lint};
use canread_syntax::{Diagnostic, FileId, Label, Severity, SourceMap, Sources};

use crate::excerpt::{self, Excerpt, PLACES_MAX, Patched};
use crate::summary::counted;
use crate::{Run, Task, concise, finding, patch::Patches, place, printable, summary, wrap};

/// How text may look where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_structs, reason = "built by callers that know their terminal")]
pub struct Style {
    /// Escape sequences for colour.
    pub color: bool,
    /// Box-drawing characters; plain ASCII otherwise.
    pub unicode: bool,
    /// Columns of the terminal; without one, nothing is wrapped, and schema text is cut at a width of 120.
    pub width: Option<usize>,
}

/// Columns within which schema text is shown where there is no terminal.
const WIDTH_DEFAULT: usize = 120;
/// Columns that stand before a note: a line number of five digits, and `= deploy: `.
const BEFORE_NOTE: usize = 16;

/// Problems shown of one file; the others mostly follow from the first.
const PROBLEMS_OF_FILE_MAX: usize = 10;
/// Problems shown of a run.
const PROBLEMS_MAX: usize = 100;

/// The run with all that is known of each problem and finding, and the summary.
#[must_use]
pub fn render(run: &Run<'_>, style: Style) -> String {
    let mut text = String::new();
    problems(run, style, &mut text);
    if run.task == Task::Diff {
        concise::changes(run, &mut text);
    }
    let patches = Patches::of(run.sources);
    for (judged, maps) in run.findings() {
        text.push_str(&finding(judged, maps, &patches, run, style));
    }
    text.push_str(&summary(run));
    text
}

/// One finding as a block of text that ends with an empty line.
pub(crate) fn finding(
    judged: &Judged,
    maps: Pair<&SourceMap>,
    patches: &Patches<'_>,
    run: &Run<'_>,
    style: Style,
) -> String {
    let diagnostic = finding::with_patch(judged, maps, patches);
    let mut block = Block::of(&diagnostic, run.sources);
    if diagnostic.labels.is_empty() {
        block = block.origin(place::version_of(judged, run));
    }
    let note = format!("{}; see `canread explain {}`", effects(judged), judged.finding.rule.id);
    let name = match find_lint(judged.finding.rule.id).map(|lint| lint.shows) {
        Some(Shows::Later { .. }) => "later",
        _ => "effect",
    };
    block.last_note(name, note).approval(approval(judged, run)).render(style)
}

/// One diagnostic as a block of text that ends with an empty line.
#[must_use]
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    Block::of(diagnostic, sources).render(style)
}

/// Every problem, as far as somebody reads on; what is left out is counted.
fn problems(run: &Run<'_>, style: Style, text: &mut String) {
    let mut shown_of: BTreeMap<Option<FileId>, usize> = BTreeMap::new();
    let (mut shown, mut left_out) = (0, 0);
    // Warnings must not take the room of errors.
    let are_many = run.diagnostics.len() > PROBLEMS_MAX && run.diagnostics.iter().any(Diagnostic::is_error);
    for diagnostic in run.diagnostics {
        if are_many && !diagnostic.is_error() {
            left_out += 1;
            continue;
        }
        let of_file = shown_of.entry(diagnostic.span().map(|span| span.file)).or_default();
        if *of_file < PROBLEMS_OF_FILE_MAX && shown < PROBLEMS_MAX {
            *of_file += 1;
            shown += 1;
            text.push_str(&Block::of(diagnostic, run.sources).render(style));
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let more = if left_out == 1 { "1 more is".to_owned() } else { format!("{left_out} more are") };
        let problems = counted(shown, "problem");
        let _ = writeln!(text, "{problems} shown, {more} not; `--format concise` lists them all\n");
    }
}

/// The command that accepts a finding which fails the run.
pub(crate) fn approval(judged: &Judged, run: &Run<'_>) -> Option<String> {
    let comparison = run.approve_with.filter(|_| judged.fails)?;
    let space = if comparison.is_empty() { "" } else { " " };
    let fingerprint = &judged.fingerprint;
    Some(format!("canread approve {fingerprint}{space}{comparison} --reason \"...\" --until YYYY-MM-DD"))
}

/// What happens to data on each promised surface.
pub(crate) fn effects(judged: &Judged) -> String {
    let worst = |surface: Surface| {
        let broken = judged.broken.iter().filter(|claim| claim.surface == surface);
        Some((broken.map(|claim| claim.effect).max()?, surface.as_str()))
    };
    let effects: Vec<_> = Surface::ALL.into_iter().filter_map(worst).collect();
    let alike = effects.chunk_by(|one, two| one.0 == two.0).map(|alike| {
        let surfaces = alike.iter().map(|(_, surface)| (*surface).to_owned()).collect::<Vec<_>>();
        format!("{} on {}", alike[0].0.as_str(), summary::list(&surfaces))
    });
    let effects: Vec<String> = alike.collect();
    let at_worst = if judged.is_undecided() { "at worst " } else { "" };
    format!("{at_worst}{}", effects.join(", "))
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let decor = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    renderer.decor_style(decor).term_width(style.width.unwrap_or(WIDTH_DEFAULT))
}

/// What is rendered of one diagnostic.
struct Block<'a> {
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    /// Shown where the diagnostic has no place.
    origin: Option<&'a str>,
    last_note: Option<(&'static str, String)>,
    /// A command, at the very end, and never broken into lines.
    approval: Option<String>,
}

impl<'a> Block<'a> {
    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        Self { diagnostic, sources, origin: None, last_note: None, approval: None }
    }

    fn origin(mut self, origin: &'a str) -> Self {
        self.origin = Some(origin);
        self
    }

    fn last_note(mut self, name: &'static str, note: String) -> Self {
        self.last_note = Some((name, note));
        self
    }

    fn approval(mut self, command: Option<String>) -> Self {
        self.approval = command;
        self
    }

    fn render(&self, style: Style) -> String {
        let approve =
            self.approval.as_ref().map(|command| Level::NOTE.with_name("approve").message(printable::line(command)));
        let groups = match (self.help(style), approve) {
            (Some(help), Some(approve)) => vec![self.main(style), help.element(approve)],
            (Some(help), None) => vec![self.main(style), help],
            (None, Some(approve)) => vec![self.main(style).element(approve)],
            (None, None) => vec![self.main(style)],
        };
        format!("{}\n\n", renderer(style).render(&groups))
    }

    fn main(&self, style: Style) -> Group<'_> {
        let level = match self.diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(printable::line(&self.diagnostic.message)).id(self.diagnostic.code);
        let mut group = Group::with_title(title);
        if let Some(origin) = self.origin {
            group = group.element(Origin::path(printable::line(origin)));
        }
        let shown = self.diagnostic.labels.get(..PLACES_MAX).unwrap_or(&self.diagnostic.labels);
        for labels in by_file(shown) {
            group = group.elements(snippet(&labels, self.sources));
        }
        let more = self.diagnostic.labels.len() - shown.len();
        if more > 0 {
            group = group.element(
                Level::NOTE.message(format!("and {more} more {}", if more == 1 { "place" } else { "places" })),
            );
        }
        for note in &self.diagnostic.notes {
            let named = [(finding::DEPLOY, "deploy"), (finding::ALLOWED, "allowed")];
            let named = named.into_iter().find_map(|(start, name)| Some((name, note.strip_prefix(start)?)));
            let (level, note) = match named {
                Some((name, rest)) => (Level::NOTE.with_name(name), rest),
                None => (Level::NOTE, note.as_str()),
            };
            group = group.element(level.message(words(note, style)));
        }
        if let Some((name, note)) = &self.last_note {
            group = group.element(Level::NOTE.with_name(*name).message(words(note, style)));
        }
        group
    }

    fn help(&self, style: Style) -> Option<Group<'_>> {
        let patch = self.diagnostic.patch.as_ref();
        let help = self.diagnostic.help.as_deref().or(patch.map(|patch| patch.title.as_str()))?;
        let mut group = Group::with_title(Level::HELP.secondary_title(words(help, style)));
        if let Some(patch) = patch {
            group = group.elements(excerpt::of_patch(patch, self.sources).into_iter().map(patch_snippet));
        }
        Some(group)
    }
}

/// Running text, in lines where somebody looks at a terminal.
fn words(text: &str, style: Style) -> String {
    let text = printable::block(text);
    match style.width {
        Some(width) => wrap::lines(&text, width.saturating_sub(BEFORE_NOTE)).join("\n"),
        None => text.into_owned(),
    }
}

/// Labels of one file together, files in order of their first label; the first label of all is the primary one.
fn by_file(labels: &[Label]) -> Vec<Vec<(AnnotationKind, &Label)>> {
    let mut files: Vec<Vec<(AnnotationKind, &Label)>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        match files.iter_mut().find(|file| file[0].1.span.file == label.span.file) {
            Some(file) => file.push((kind, label)),
            None => files.push(vec![(kind, label)]),
        }
    }
    files
}

fn snippet<'a>(labels: &[(AnnotationKind, &'a Label)], sources: &'a Sources) -> Vec<Element<'a>> {
    let file = sources.file(labels[0].1.span.file);
    let path = place::path(file);
    if file.text().is_empty() {
        return vec![Origin::path(path).into()];
    }
    let excerpt = Excerpt::of(file, labels.iter().map(|(_, label)| label.span));
    if !excerpt.is_readable() {
        return unreadable(labels, sources, &path);
    }
    let annotation = |(kind, label): &(AnnotationKind, &'a Label)| {
        let annotation = kind.span(excerpt.range(label.span));
        if label.text.is_empty() { annotation } else { annotation.label(printable::line(&label.text)) }
    };
    let annotations: Vec<_> = labels.iter().map(annotation).collect();
    vec![Snippet::source(excerpt.text).line_start(excerpt.line).path(path).annotations(annotations).into()]
}

/// Places in lines that nobody reads: a few characters around each, as notes.
fn unreadable<'a>(labels: &[(AnnotationKind, &'a Label)], sources: &'a Sources, path: &str) -> Vec<Element<'a>> {
    let mut elements = Vec::new();
    for (_, label) in labels {
        let position = sources.position(label.span);
        elements.push(Origin::path(path.to_owned()).line(position.line).char_column(position.column).into());
    }
    for (_, label) in labels {
        let words = printable::line(&label.text);
        let text = excerpt::cut(sources.file(label.span.file), label.span);
        let separator = if words.is_empty() { "" } else { ": " };
        elements.push(Level::NOTE.message(format!("{words}{separator}`{text}`")).into());
    }
    elements
}

fn patch_snippet(patched: Patched<'_>) -> Element<'_> {
    let Patched { file, excerpt, edits } = patched;
    let ranges: Vec<_> = edits.iter().map(|edit| excerpt.range(edit.span)).collect();
    let mut snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(place::path(file));
    for (range, edit) in ranges.into_iter().zip(edits) {
        snippet = snippet.patch(Patch::new(range, excerpt::shown(&edit.text)));
    }
    snippet.into()
}
