//! What a lint says about itself: the page behind `canread explain`.

use std::fmt::Write;

use canread_compat::{Lint, Shows};
use serde_json::{Value, json};

use crate::page::{OPT_IN, claims_as_json, claims_as_table, claims_as_text, fenced, indented, lines, paragraph};

/// The page for a terminal of so many columns.
#[must_use]
pub fn text(lint: &Lint, width: usize) -> String {
    let rule = &lint.rule;
    let mut page = String::new();
    let _ = writeln!(page, "{}: {}\n", rule.id, rule.title);
    let _ = writeln!(page, "{}", paragraph(rule.rationale, "", width));
    let _ = writeln!(page, "{}\n{}", heading(lint), claims_as_text(rule));
    let _ = writeln!(page, "Example: found in\n{}", indented(rule.example.old));
    let _ = writeln!(page, "Example: mended\n{}", indented(rule.example.new));
    match lint.shows {
        Shows::Later { rule: later, bad, good } => {
            let _ = writeln!(page, "Later: an error of {later} in the first\n{}", indented(bad));
            let _ = writeln!(page, "Later: none in the mended one\n{}", indented(good));
        }
        Shows::Now(words) => {
            let _ = writeln!(page, "What shows it\n{}", paragraph(words, "  ", width));
        }
    }
    let _ = writeln!(page, "What to do\n{}", paragraph(rule.remedy, "  ", width));
    let _ = writeln!(page, "Source\n  {}\n\nSince {}; a {} by default", rule.spec, rule.since, lint.severity.as_str());
    if rule.opt_in {
        let _ = writeln!(page, "{OPT_IN}");
    }
    page
}

/// The page as Markdown.
#[must_use]
pub fn markdown(lint: &Lint) -> String {
    let rule = &lint.rule;
    let block = |text: &str| fenced(text, rule);
    let mut page = String::new();
    let _ = writeln!(page, "# `{}`: {}\n\n{}\n", rule.id, rule.title, rule.rationale);
    let _ = writeln!(page, "{}:\n\n{}", heading(lint), claims_as_table(rule));
    let _ = writeln!(page, "## Example\n\nFound in:\n\n{}", block(rule.example.old));
    let _ = writeln!(page, "Mended:\n\n{}", block(rule.example.new));
    match lint.shows {
        Shows::Later { rule: later, bad, good } => {
            let _ = writeln!(page, "Later, an error of `{later}` in the first:\n\n{}", block(bad));
            let _ = writeln!(page, "and none in the mended one:\n\n{}", block(good));
        }
        Shows::Now(words) => {
            let _ = writeln!(page, "What shows it: {words}\n");
        }
    }
    let _ = writeln!(page, "## What to do\n\n{}\n", rule.remedy);
    let _ = writeln!(page, "Source: <{}>. Since {}; a {} by default.", rule.spec, rule.since, lint.severity.as_str());
    if rule.opt_in {
        let _ = writeln!(page, "\n{OPT_IN}");
    }
    page
}

fn heading(lint: &Lint) -> &'static str {
    match lint.shows {
        Shows::Later { .. } => "What comes of it later",
        Shows::Now(_) => "What may come of it",
    }
}

/// The page as one JSON object, indented, with a line end.
#[must_use]
pub fn json(lint: &Lint) -> String {
    lines(&object(lint))
}

/// The pages of all lints as one JSON array, indented, with a line end.
#[must_use]
pub fn catalogue(lints: &[&Lint]) -> String {
    lines(&lints.iter().map(|lint| object(lint)).collect())
}

fn object(lint: &Lint) -> Value {
    let rule = &lint.rule;
    json!({
        "id": rule.id,
        "title": rule.title,
        "formats": rule.formats.iter().map(|format| format.as_str()).collect::<Vec<_>>(),
        "claims": claims_as_json(rule),
        "severity": lint.severity.as_str(),
        "opt_in": rule.opt_in,
        "since": rule.since,
        "rationale": rule.rationale,
        "remedy": rule.remedy,
        "spec": rule.spec,
        "example": {"found_in": rule.example.old, "mended": rule.example.new},
        "shows": match lint.shows {
            Shows::Later { rule, bad, good } => json!({"rule": rule, "found_in": bad, "mended": good}),
            Shows::Now(words) => json!({"words": words}),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_text_of_every_page_fits_its_width() {
        for lint in canread_compat::lints() {
            let page = text(lint, 80);
            let long = page.lines().skip(1).filter(|line| !line.starts_with("  ") && line.chars().count() > 80);
            assert_eq!(long.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", lint.rule.id);
            assert!(markdown(lint).starts_with(&format!("# `{}`", lint.rule.id)));
        }
    }

    #[test]
    fn every_form_of_a_page_says_all_that_the_lint_says() {
        for lint in canread_compat::lints() {
            let rule = &lint.rule;
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            for page in [text(lint, usize::MAX), markdown(lint)] {
                let shows = match lint.shows {
                    Shows::Later { rule, bad, .. } => [rule, bad],
                    Shows::Now(words) => [words, words],
                };
                let parts = [rule.title, rule.rationale, rule.remedy, rule.spec, rule.example.old, rule.example.new];
                for part in parts.iter().chain(&shows) {
                    assert!(one_line(&page).contains(&one_line(part)), "{}: {part}\n{page}", rule.id);
                }
                assert!(page.contains(lint.severity.as_str()) && page.contains("--enable") == rule.opt_in, "{page}");
            }
            assert_eq!(object(lint)["claims"].as_array().map(Vec::len), Some(rule.claims.len()));
        }
    }
}
