//! An approval put into the text of a `canread.toml`. Everything else stays as it is, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write;

use canread_syntax::{Diagnostic, Span};

use super::{Approval, Config, ConfigError, Date, read};

/// An approval to be written.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "texts that must not be swapped")]
pub struct NewApproval<'a> {
    /// Which finding.
    pub fingerprint: &'a str,
    /// Its rule.
    pub rule: &'a str,
    /// Its symbol.
    pub symbol: &'a str,
    /// Where it was found, from the directory of the file.
    pub file: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// The last day on which it counts.
    pub until: Date,
}

/// A text with approvals.
#[derive(Debug)]
#[non_exhaustive]
pub struct Edited {
    /// The text.
    pub text: String,
    /// For each approval, the line where it stands, and whether it stood there before and was renewed.
    pub places: Vec<(usize, bool)>,
}

impl Config {
    /// The text of the file with some approvals: one that is there already gets the new reason and day, the others are
    /// put at the end.
    ///
    /// # Errors
    ///
    /// The file would not be understood afterwards: its approvals are no `[[allow]]` sections.
    pub fn with_approvals(&self, approvals: &[NewApproval<'_>]) -> Result<Edited, Box<ConfigError>> {
        let mut edits: Vec<(Span, String)> = Vec::new();
        let mut added: Vec<&NewApproval<'_>> = Vec::new();
        let standing = self.approvals_by_fingerprint();
        for new in approvals {
            match standing.get(new.fingerprint) {
                Some(old) => {
                    edits.push((old.reason.span, quoted(new.reason)));
                    edits.push((old.until.span, new.until.to_string()));
                }
                None => added.push(new),
            }
        }
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
        let mut text = self.text().to_owned();
        for (span, with) in edits {
            text.replace_range(span.range(), &with);
        }
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if !added.is_empty() && !text.is_empty() && !text.ends_with('\n') {
            text.push_str(line_end);
        }
        for new in added {
            text.push_str(line_end);
            text.push_str(&section(new).replace('\n', line_end));
        }
        let edited = read::config(self.name(), self.file.clone(), self.dir.clone(), text.clone().into_bytes());
        let edited = edited.map_err(|_| Box::new(self.not_editable()))?;
        let now = edited.approvals_by_fingerprint();
        let place = |new: &NewApproval<'_>| {
            let line = now.get(new.fingerprint).map_or(0, |approval| edited.line(approval.fingerprint.span));
            (line, standing.contains_key(new.fingerprint))
        };
        Ok(Edited { places: approvals.iter().map(place).collect(), text })
    }

    fn approvals_by_fingerprint(&self) -> BTreeMap<&str, &Approval> {
        self.approvals.iter().map(|approval| (&*approval.fingerprint.value, approval)).collect()
    }

    fn not_editable(&self) -> ConfigError {
        let message = format!("no `[[allow]]` section can be added to {}", self.name());
        let problem = Diagnostic::error("config/not_editable", message)
            .help("write its approvals as sections that start with `[[allow]]`, and no `allow = [...]`");
        ConfigError { sources: canread_syntax::Sources::default(), diagnostics: vec![problem] }
    }
}

fn section(new: &NewApproval<'_>) -> String {
    let mut text = String::from("[[allow]]\n");
    let _ = writeln!(text, "fingerprint = {}", quoted(new.fingerprint));
    let _ = writeln!(text, "rule = {}", quoted(new.rule));
    let _ = writeln!(text, "symbol = {}", quoted(new.symbol));
    if let Some(file) = new.file {
        let _ = writeln!(text, "file = {}", quoted(file));
    }
    let _ = writeln!(text, "reason = {}", quoted(new.reason));
    let _ = writeln!(text, "until = {}", new.until);
    text
}

/// A basic string: a text as TOML writes it, in quotes.
///
/// Source: TOML 1.0, "String": quotes, backslashes and control characters other than tab are escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            '\n' => quoted.push_str("\\n"),
            control if control.is_control() && control != '\t' => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
