//! What a rule says about itself: the page behind `canread explain`.

use std::fmt::Write;

use canread_compat::{Claim, Direction, Rule, Surface, Witness};

use crate::wrap;

/// The page for a terminal of so many columns.
#[must_use]
pub fn text(rule: &Rule, width: usize) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{}: {}\n", rule.id, rule.title);
    let _ = writeln!(page, "{}", paragraph(rule.rationale, "", width));
    let _ = writeln!(page, "What it may claim");
    for claims in rule.claims.chunk_by(|one, two| (one.surface, one.direction) == (two.surface, two.direction)) {
        let Some(first) = claims.first() else { continue };
        let (surface, who) = (first.surface.as_str(), reading(first.surface, first.direction));
        let _ = writeln!(page, "  {surface:<7} {:<9} {who}: {}", first.direction.as_str(), effects(claims));
    }
    let _ = writeln!(page, "\nExample: before\n{}", indented(rule.example.old));
    let _ = writeln!(page, "Example: after\n{}", indented(rule.example.new));
    match &rule.witness {
        Witness::Value { message, value, shows } | Witness::Bytes { message, bytes: value, shows } => {
            let (writer, reader) = match shows.direction {
                canread_compat::Direction::Backward => ("old", "new"),
                canread_compat::Direction::Forward => ("new", "old"),
            };
            let effect = shows.effect.as_str();
            let sentence =
                format!("{value} as {message}, written by the {writer} schema and read by the {reader} one: {effect}");
            let _ = writeln!(page, "Witness\n{}", paragraph(&sentence, "  ", width));
        }
        Witness::NotInBytes(why) => {
            let _ = writeln!(page, "Witness\n{}", paragraph(&format!("not a matter of bytes: {why}"), "  ", width));
        }
    }
    let _ = writeln!(page, "What to do\n{}", paragraph(rule.remedy, "  ", width));
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

/// Who reads or calls whom, in the words of the surface.
fn reading(surface: Surface, direction: Direction) -> &'static str {
    match (surface, direction) {
        (Surface::Rpc, Direction::Backward) => "new servers, old clients",
        (Surface::Rpc, Direction::Forward) => "old servers, new clients",
        (Surface::Source, Direction::Backward) => "old code, new schema",
        (Surface::Source, Direction::Forward) => "new code, old schema",
        (_, Direction::Backward) => "new readers, old data",
        (_, Direction::Forward) => "old readers, new data",
    }
}

fn effects(claims: &[Claim]) -> String {
    claims.iter().map(|claim| claim.effect.as_str()).collect::<Vec<_>>().join(", ")
}

fn paragraph(text: &str, indent: &str, width: usize) -> String {
    let mut paragraph = String::new();
    for line in wrap::lines(text, width.saturating_sub(indent.len())) {
        let _ = writeln!(paragraph, "{indent}{line}");
    }
    paragraph
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "  {line}");
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_text_of_every_page_fits_its_width() {
        for rule in canread_compat::rules() {
            let page = text(rule, 80);
            let long = page.lines().skip(1).filter(|line| !line.starts_with("  ") && line.chars().count() > 80);
            assert_eq!(long.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", rule.id);
            assert!(markdown(rule).starts_with(&format!("# `{}`", rule.id)));
        }
    }
}
