//! `canread explain`: the page of a rule, or of a lint.

use std::io::{Write, stderr};

use canread_compat::{Lint, Rule, find_lint, lints, rule, rules};
use canread_report::{lint_page, page};

use crate::{
    args::{Explain, PageFormat},
    exit, output, terminal,
};

pub(crate) fn explain(args: &Explain) -> u8 {
    if let Some(lint) = find_lint(&args.rule).or_else(|| lint_by_short_name(&args.rule)) {
        let page = match args.format {
            PageFormat::Text => lint_page::text(lint, terminal::prose_width()),
            PageFormat::Markdown => lint_page::markdown(lint),
            PageFormat::Json => lint_page::json(lint),
        };
        return output::print(&page, exit::COMPATIBLE);
    }
    let Some(rule) = rule(&args.rule).or_else(|| by_short_name(&args.rule)) else { return unknown_rule(&args.rule) };
    let page = match args.format {
        PageFormat::Text => page::text(rule, terminal::prose_width()),
        PageFormat::Markdown => page::markdown(rule),
        PageFormat::Json => page::json(rule),
    };
    output::print(&page, exit::COMPATIBLE)
}

/// The rule whose id is a name behind the name of a format, if only one format has such a rule.
fn by_short_name(name: &str) -> Option<&'static Rule> {
    let mut found = rules().iter().filter(|rule| rule.id.split_once('/').is_some_and(|(_, short)| short == name));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The lint whose id is a name behind `lint/` and a format, if that is no rule, and of one format alone.
fn lint_by_short_name(name: &str) -> Option<&'static Lint> {
    let mut found = lints().iter().copied().filter(|lint| short(lint.rule.id) == name);
    let first = found.next()?;
    (found.next().is_none() && by_short_name(name).is_none()).then_some(first)
}

/// An id without its format.
fn short(id: &'static str) -> &'static str {
    id.rsplit_once('/').map_or(id, |(_, name)| name)
}

/// Says that there is no such rule, and which one may be meant; gives the exit code.
pub(crate) fn unknown_rule(id: &str) -> u8 {
    let help = match (find_lint(id), nearest(id)) {
        (Some(_), _) => format!("it is a lint: `canread lint --enable {id}`"),
        (_, Some(near)) => format!("is `{near}` meant? `canread rules` lists all of them"),
        _ => "`canread rules` lists all of them".to_owned(),
    };
    let _ = writeln!(stderr(), "error: there is no rule `{id}`\nhelp: {help}");
    exit::USAGE
}

/// The same for a lint.
pub(crate) fn unknown_lint(id: &str) -> u8 {
    let meant = nearest_lint(id).map(|near| format!("is `{near}` meant? ")).unwrap_or_default();
    let _ =
        writeln!(stderr(), "error: there is no lint `{id}`\nhelp: {meant}`canread rules --lints` lists all of them");
    exit::USAGE
}

/// The lint whose name, or whose id, is closest to a text.
fn nearest_lint(text: &str) -> Option<&'static str> {
    nearest_of(text, lints().iter().map(|lint| lint.rule.id))
}

/// The rule or lint whose id, or whose id without its format, is closest to a text.
fn nearest(text: &str) -> Option<&'static str> {
    nearest_of(text, rules().iter().map(|rule| rule.id).chain(lints().iter().map(|lint| lint.rule.id)))
}

fn nearest_of(text: &str, ids: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let distance = |id: &'static str| distance(text, id).min(distance(text, short(id)));
    let best = ids.min_by_key(|&id| distance(id))?;
    (distance(best) <= text.len() / 3 + 1).then_some(best)
}

/// Levenshtein's edit distance.
fn distance(one: &str, two: &str) -> usize {
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, from) in one.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (to_at, to) in two.bytes().enumerate() {
            let substituted = diagonal + usize::from(from != to);
            diagonal = row[to_at + 1];
            row[to_at + 1] = substituted.min(diagonal + 1).min(row[to_at] + 1);
        }
    }
    row[two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_rule_is_recognised_with_and_without_its_format() {
        assert_eq!(nearest("protobuf/field_type_chnaged"), Some("protobuf/field_type_changed"));
        assert_eq!(nearest("field_type_change"), Some("protobuf/field_type_changed"));
        assert_eq!(nearest("something else"), None);
    }

    #[test]
    fn the_distance_counts_single_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
