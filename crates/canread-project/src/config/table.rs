//! A TOML table whose keys are known.

use std::collections::BTreeSet;
use std::ops::Range;

use canread_syntax::{Diagnostic, FileId, Span};
use toml::de::{DeTable, DeValue};

use super::Located;
use crate::git::nearest;

/// What is wrong with a file, in the order in which it is found.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub(super) found: Vec<Diagnostic>,
}

impl Problems {
    pub(super) fn add(&mut self, problem: Diagnostic) {
        self.found.push(problem);
    }

    /// A value that is not what its key takes.
    pub(super) fn wrong_value(&mut self, value: &Value<'_, '_>, key: &str, expected: &str) {
        let message = format!("`{key}` is {}: expected {expected}", value.noun());
        self.add(Diagnostic::error("config/value", message).at(value.span, ""));
    }

    /// A value of the right kind that says something which cannot be meant.
    pub(super) fn bad_value(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Diagnostic::error("config/value", message).at(span, ""));
        self.found.last_mut().expect("one was added")
    }
}

/// A part of the file.
pub(super) fn span(range: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(FileId(0), offset(range.start), offset(range.end))
}

/// A value with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a, 'text> {
    pub(super) value: &'a DeValue<'text>,
    pub(super) span: Span,
}

impl<'a> Value<'a, '_> {
    /// What the value is, for a message.
    pub(super) fn noun(self) -> String {
        match self.value {
            DeValue::String(text) => format!("`{text}`"),
            DeValue::Integer(number) => format!("the number {}", number.as_str()),
            DeValue::Float(number) => format!("the number {}", number.as_str()),
            DeValue::Boolean(truth) => format!("`{truth}`"),
            DeValue::Datetime(date) => format!("the date {date}"),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        }
    }

    /// The text, or a problem.
    pub(super) fn text(self, key: &str, expected: &str, problems: &mut Problems) -> Option<Located<String>> {
        let Some(text) = self.value.as_str() else {
            problems.wrong_value(&self, key, expected);
            return None;
        };
        Some(Located { value: text.to_owned(), span: self.span })
    }

    /// The texts of a list, or problems.
    pub(super) fn texts(
        self,
        key: &str,
        expected: &str,
        problems: &mut Problems,
    ) -> Option<Located<Vec<Located<String>>>> {
        let DeValue::Array(items) = self.value else {
            problems.wrong_value(&self, key, &format!("a list: {expected}"));
            return None;
        };
        let values = items.iter().map(|item| Value { value: item.get_ref(), span: span(item.span()) });
        let texts = values.filter_map(|item| item.text(key, expected, problems)).collect();
        Some(Located { value: texts, span: self.span })
    }

    /// The sections written `[[key]]`.
    pub(super) fn sections(self, key: &'static str, problems: &mut Problems) -> Vec<(&'a DeTable<'a>, Span)> {
        let sections = match self.value {
            DeValue::Array(items) => {
                let tables = items.iter().map(|item| match item.get_ref() {
                    DeValue::Table(table) => Some((table, span(item.span()))),
                    _ => None,
                });
                tables.collect::<Option<Vec<_>>>()
            }
            _ => None,
        };
        sections.unwrap_or_else(|| {
            problems.wrong_value(&self, key, &format!("sections that start with `[[{key}]]`"));
            Vec::new()
        })
    }
}

/// A table, and the keys that it may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a, 'text> {
    entries: &'a DeTable<'text>,
    /// Where it starts.
    pub(super) span: Span,
}

impl<'a, 'text> Table<'a, 'text> {
    /// Complains about every key that is not among those that are known.
    pub(super) fn with_keys(entries: &'a DeTable<'text>, span: Span, known: &[&str], problems: &mut Problems) -> Self {
        for (key, _) in entries {
            if !known.contains(&key.get_ref().as_ref()) {
                problems.add(unknown_key(key.get_ref(), self::span(key.span()), known));
            }
        }
        Self { entries, span }
    }

    pub(super) fn get(&self, key: &str) -> Option<Value<'a, 'text>> {
        let value = self.entries.get(key)?;
        Some(Value { value: value.get_ref(), span: span(value.span()) })
    }

    /// The value of a key that has to be there.
    pub(super) fn needed(&self, key: &str, of: &str, problems: &mut Problems) -> Option<Value<'a, 'text>> {
        let found = self.get(key);
        if found.is_none() {
            problems.add(Diagnostic::error("config/missing_key", format!("{of} has no `{key}`")).at(self.span, ""));
        }
        found
    }
}

fn unknown_key(key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let error = Diagnostic::error("config/unknown_key", format!("there is no key `{key}` here"));
    let error = error.at(span, "");
    // `fail_on` for `fail-on`, `failOn`, and what is one letter off.
    let bare = |key: &str| key.replace(['-', '_'], "").to_lowercase();
    let same = known.iter().find(|known| bare(known) == bare(key)).map(|known| (*known).to_owned());
    let near = same.or_else(|| nearest(key, known.iter().map(|known| (*known).to_owned())));
    let all: BTreeSet<&str> = known.iter().copied().collect();
    let all = all.into_iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
    match near {
        Some(near) => error.help(format!("is `{near}` meant?")),
        None => error.help(format!("the keys here are {all}")),
    }
}
