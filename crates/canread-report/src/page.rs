//! What a rule says about itself: the page behind `canread explain`.

use std::fmt::Write;

use canread_compat::{Rule, Witness};

/// The page for a terminal.
#[must_use]
pub fn text(rule: &Rule) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{}: {}\n", rule.id, rule.title);
    let _ = writeln!(page, "{}\n", rule.rationale);
    let _ = writeln!(page, "What it claims");
    for claim in rule.claims {
        let _ = writeln!(
            page,
            "  {:<7} {:<9} {:<14} ({})",
            claim.surface.as_str(),
            claim.direction.as_str(),
            claim.effect.as_str(),
            claim.direction.sentence()
        );
    }
    let _ = writeln!(page, "\nExample: before\n{}", indented(rule.example.old));
    let _ = writeln!(page, "Example: after\n{}", indented(rule.example.new));
    match &rule.witness {
        Witness::Value { message, value, shows } | Witness::Bytes { message, bytes: value, shows } => {
            let (writer, reader) = match shows.direction {
                canread_compat::Direction::Backward => ("old", "new"),
                canread_compat::Direction::Forward => ("new", "old"),
            };
            let _ = writeln!(
                page,
                "Witness\n  {value} as {message}, written by the {writer} schema and read by the {reader} one: {}\n",
                shows.effect.as_str()
            );
        }
        Witness::NotInBytes(why) => {
            let _ = writeln!(page, "Witness\n  not a matter of bytes: {why}\n");
        }
    }
    let _ = writeln!(page, "What to do\n  {}\n", rule.remedy);
    let _ = writeln!(page, "Source\n  {}\n\nSince {}", rule.spec, rule.since);
    if rule.opt_in {
        let _ = writeln!(page, "Speaks only when it is enabled by name.");
    }
    page
}

/// The page as Markdown.
#[must_use]
pub fn markdown(rule: &Rule) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "# `{}`: {}\n\n{}\n", rule.id, rule.title, rule.rationale);
    let _ = writeln!(page, "| surface | direction | effect |\n|---|---|---|");
    for claim in rule.claims {
        let _ =
            writeln!(page, "| {} | {} | {} |", claim.surface.as_str(), claim.direction.as_str(), claim.effect.as_str());
    }
    let _ = writeln!(page, "\n## Example\n\nBefore:\n\n```proto\n{}```\n", rule.example.old);
    let _ = writeln!(page, "After:\n\n```proto\n{}```\n", rule.example.new);
    let _ = writeln!(page, "## What to do\n\n{}\n", rule.remedy);
    let _ = writeln!(page, "Source: <{}>. Since {}.", rule.spec, rule.since);
    page
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "  {line}");
        all
    })
}
