//! Places in a descriptor set. It has no text, so a span in a syntax tree that was made
//! from one stands for a declaration, and diagnostics are rewritten to name that.

use canread_syntax::{Diagnostic, FileId, Label, Span};

/// The file id of such spans, next to that of built-in files.
const SET: FileId = FileId(u32::MAX - 1);

/// Places of one diagnostic that are put into words.
const PLACES_MAX: usize = 10;

/// Declarations and what holds them.
#[derive(Debug, Default)]
pub(super) struct Trail<'a> {
    steps: Vec<Step<'a>>,
}

#[derive(Debug)]
struct Step<'a> {
    name: &'a str,
    /// Index of what holds it; `None` for a file.
    holder: Option<u32>,
}

impl<'a> Trail<'a> {
    /// The span that stands for a file.
    pub(super) fn file(&mut self, name: &'a str) -> Span {
        self.step(name, None)
    }

    /// The span that stands for something with a name inside something else.
    pub(super) fn inside(&mut self, holder: Span, name: &'a str) -> Span {
        self.step(name, Some(holder.start))
    }

    fn step(&mut self, name: &'a str, holder: Option<u32>) -> Span {
        let at = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        self.steps.push(Step { name, holder });
        Span::new(SET, at, at)
    }

    /// Replaces places by words.
    pub(super) fn explain(&self, set: &str, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels = std::mem::take(&mut diagnostic.labels);
        let left_out = labels.len().saturating_sub(PLACES_MAX);
        diagnostic.patch = None;
        for (index, label) in labels.into_iter().take(PLACES_MAX).enumerate() {
            match self.words(label.span) {
                Some(words) if index == 0 => {
                    diagnostic.message = format!("{} (in {words} of `{set}`)", diagnostic.message);
                    if !label.text.is_empty() {
                        diagnostic.notes.insert(0, label.text);
                    }
                }
                Some(words) => diagnostic.notes.push(note(&label, &words)),
                None => {}
            }
        }
        if left_out > 0 {
            diagnostic.notes.push(format!("and {left_out} more places"));
        }
        diagnostic
    }

    /// "`lines` in `shop.Order`…": the names from the file to the place.
    fn words(&self, span: Span) -> Option<String> {
        if span.file != SET {
            return None;
        }
        let mut names = Vec::new();
        let mut at = Some(span.start);
        while let Some(step) = at.and_then(|at| self.steps.get(at as usize)) {
            names.push(step.name);
            at = step.holder;
        }
        let file = names.pop()?;
        names.reverse();
        if names.is_empty() {
            return Some(format!("`{file}`"));
        }
        Some(format!("`{}` in `{file}`", names.join(".")))
    }
}

fn note(label: &Label, words: &str) -> String {
    if label.text.is_empty() { format!("see {words}") } else { format!("{}: {words}", label.text) }
}
