//! `canread explain`: the page of a rule.

use std::io::{Write, stderr};

use canread_compat::{Rule, rule, rules};
use canread_project::config::rules_meant;
use canread_report::page;

use crate::{
    args::{Explain, PageFormat},
    exit, output, terminal,
};

pub(crate) fn explain(args: &Explain) -> u8 {
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

/// Says that there is no such rule, and which one may be meant; gives the exit code.
pub(crate) fn unknown_rule(id: &str) -> u8 {
    let _ = writeln!(stderr(), "error: there is no rule `{id}`\nhelp: {}", rules_meant(id));
    exit::USAGE
}
