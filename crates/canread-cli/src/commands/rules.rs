//! `canread rules`: every rule, or every lint, a line each.

use std::fmt::Write;

use canread_compat::{Lint, Rule, Surface};

use crate::{
    args::{ListFormat, Rules},
    exit, output,
};

pub(crate) fn rules(args: &Rules) -> u8 {
    if args.lints {
        return lints(args.format);
    }
    let rules = canread_compat::rules();
    let text = match args.format {
        ListFormat::Text => text(rules),
        ListFormat::Json => canread_report::page::catalogue(rules),
    };
    output::print(&text, exit::COMPATIBLE)
}

fn lints(format: ListFormat) -> u8 {
    let lints = canread_compat::lints();
    let text = match format {
        ListFormat::Text => lint_lines(lints),
        ListFormat::Json => canread_report::lint_page::catalogue(lints),
    };
    output::print(&text, exit::COMPATIBLE)
}

fn lint_lines(lints: &[&Lint]) -> String {
    let width = lints.iter().map(|lint| lint.rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for lint in lints {
        let asked = if lint.rule.opt_in { " (only with --enable)" } else { "" };
        let (id, title, severity) = (lint.rule.id, lint.rule.title, lint.severity.as_str());
        let _ = writeln!(text, "{id:width$}  {title} [{severity}]{asked}");
    }
    let _ = writeln!(text, "\n{} lints; `canread explain LINT` shows one", lints.len());
    text
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
