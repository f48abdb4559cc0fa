//! `canread rules`: every rule, a line each.

use std::fmt::Write;

use canread_compat::{Rule, Surface};

use crate::{
    args::{ListFormat, Rules},
    exit, output,
};

pub(crate) fn rules(args: &Rules) -> u8 {
    let rules = canread_compat::rules();
    let text = match args.format {
        ListFormat::Text => text(rules),
        ListFormat::Json => canread_report::page::catalogue(rules),
    };
    output::print(&text, exit::COMPATIBLE)
}

fn surfaces(rule: &Rule) -> Vec<&'static str> {
    let has = |surface: &&Surface| rule.claims.iter().any(|claim| claim.surface == **surface);
    Surface::ALL.iter().filter(has).map(|surface| surface.as_str()).collect()
}

fn text(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules {
        let asked = if rule.opt_in { " (only with --enable)" } else { "" };
        let _ = writeln!(text, "{:width$}  {} [{}]{asked}", rule.id, rule.title, surfaces(rule).join(", "));
    }
    let _ = writeln!(text, "\n{} rules; `canread explain RULE` shows one", rules.len());
    text
}
