//! `canread explain`: the page of a rule, of a lint, or of what a report says beside findings.

use std::io::{Write, stderr};

use canread_compat::{Lint, Rule, find_lint, lints, rule, rules};
use canread_project::config::{lints_meant, rules_meant};
use canread_report::{lint_page, notice, page};

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
    if let Some(notice) = notice(&args.rule) {
        let page = match args.format {
            PageFormat::Text => notice.text(terminal::prose_width()),
            PageFormat::Markdown => notice.markdown(),
            PageFormat::Json => notice.json(),
        };
        return output::print(&page, exit::COMPATIBLE);
    }
    let Some(rule) = rule(&args.rule).or_else(|| by_short_name(&args.rule)) else {
        return if args.rule.starts_with("lint/") { unknown_lint(&args.rule) } else { unknown_rule(&args.rule) };
    };
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
    let help = match find_lint(id) {
        Some(_) => format!("it is a lint: `canread lint --enable {id}`"),
        None if is_of_a_file(id) => "it is what is wrong with a file, and its message says what to do".to_owned(),
        None => rules_meant(id),
    };
    let _ = writeln!(stderr(), "error: there is no rule `{}`\nhelp: {help}", id.escape_debug());
    exit::USAGE
}

/// Whether an id is that of a mistake in a file or in arguments: `syntax/…`, `config/…`.
fn is_of_a_file(id: &str) -> bool {
    let groups = ["syntax/", "config/", "project/", "lock/", "init/", "approval/", "fmt/", "compare/", "man/"];
    groups.iter().any(|group| id.starts_with(group))
}

/// The same for a lint.
pub(crate) fn unknown_lint(id: &str) -> u8 {
    let _ = writeln!(stderr(), "error: there is no lint `{}`\nhelp: {}", id.escape_debug(), lints_meant(id));
    exit::USAGE
}
