//! What a rule says about itself: the page behind `canread explain`.

use std::{collections::BTreeSet, fmt::Write};

use canread_compat::{Claim, Direction, Effect, Rule, Surface, Witness};
use canread_model::Format;
use serde_json::{Value, json};

use crate::wrap;

/// What is said of a rule that needs to be asked.
pub(crate) const OPT_IN: &str = "Speaks only when it is enabled by name: `--enable RULE`.";

/// The page for a terminal of so many columns.
#[must_use]
pub fn text(rule: &Rule, width: usize) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{}: {}\n", rule.id, rule.title);
    let _ = writeln!(page, "{}", paragraph(rule.rationale, "", width));
    let _ = writeln!(page, "What it may claim\n{}", claims_as_text(rule));
    for (version, heading) in before(rule) {
        let _ = writeln!(page, "Example: {heading}\n{}", indented(version));
    }
    let _ = writeln!(page, "Example: after\n{}", indented(rule.example.new));
    let _ = writeln!(page, "Witness\n{}", paragraph(&witness(&rule.witness), "  ", width));
    let _ = writeln!(page, "What to do\n{}", paragraph(rule.remedy, "  ", width));
    let _ = writeln!(page, "Source\n  {}\n\nSince {}", rule.spec, rule.since);
    if rule.opt_in {
        let _ = writeln!(page, "{OPT_IN}");
    }
    page
}

/// The page as Markdown.
#[must_use]
pub fn markdown(rule: &Rule) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "# `{}`: {}\n\n{}\n", rule.id, rule.title, rule.rationale);
    page.push_str(&claims_as_table(rule));
    page.push_str("\n## Example\n\n");
    for (version, heading) in before(rule) {
        let heading = format!("{}{}", heading[..1].to_uppercase(), &heading[1..]);
        let _ = writeln!(page, "{heading}:\n\n{}", fenced(version, rule));
    }
    let _ = writeln!(page, "After:\n\n{}", fenced(rule.example.new, rule));
    let _ = writeln!(page, "Witness: {}\n", witness(&rule.witness));
    let _ = writeln!(page, "## What to do\n\n{}\n", rule.remedy);
    let _ = writeln!(page, "Source: <{}>. Since {}.", rule.spec, rule.since);
    if rule.opt_in {
        let _ = writeln!(page, "\n{OPT_IN}");
    }
    page
}

/// What may be claimed, and what the words for effects mean: for a terminal.
pub(crate) fn claims_as_text(rule: &Rule) -> String {
    let mut page = String::new();
    for claims in rule.claims.chunk_by(|one, two| (one.surface, one.direction) == (two.surface, two.direction)) {
        let Some(first) = claims.first() else { continue };
        let (surface, who) = (first.surface.as_str(), reading(first.surface, first.direction));
        let _ = writeln!(page, "  {surface:<7} {:<9} {who}: {}", first.direction.as_str(), effects(claims));
    }
    let _ = writeln!(page, "\nEffects");
    for effect in used(rule) {
        let _ = writeln!(page, "  {:<13} {}", effect.as_str(), meant(effect));
    }
    page
}

/// The same in Markdown.
pub(crate) fn claims_as_table(rule: &Rule) -> String {
    let mut page = String::from("| surface | direction | effect |\n|---|---|---|\n");
    for claim in rule.claims {
        let _ =
            writeln!(page, "| {} | {} | {} |", claim.surface.as_str(), claim.direction.as_str(), claim.effect.as_str());
    }
    let _ = writeln!(page);
    for effect in used(rule) {
        let _ = writeln!(page, "- *{}*: {}", effect.as_str(), meant(effect));
    }
    page
}

/// The same for programs.
pub(crate) fn claims_as_json(rule: &Rule) -> Value {
    rule.claims.iter().copied().map(claim_as_json).collect()
}

fn claim_as_json(claim: Claim) -> Value {
    json!({
        "surface": claim.surface.as_str(),
        "direction": claim.direction.as_str(),
        "effect": claim.effect.as_str(),
    })
}

/// A version of the example as a block of code. The closing fence needs a line of its own.
pub(crate) fn fenced(version: &str, rule: &Rule) -> String {
    let language = match rule.formats.first() {
        Some(Format::Protobuf) => "proto",
        Some(Format::Avro | Format::JsonSchema) => "json",
        Some(Format::Thrift) => "thrift",
        Some(Format::Xsd) => "xml",
        _ => "text",
    };
    format!("```{language}\n{}\n```\n", version.trim_end())
}

/// The versions before the new one, with a word for each.
fn before(rule: &Rule) -> Vec<(&'static str, &'static str)> {
    let mut versions = rule.example.versions();
    versions.pop();
    match *versions.as_slice() {
        [one] => vec![(one, "before")],
        _ => versions.into_iter().zip(["first", "then", "then"]).collect(),
    }
}

/// The page as one JSON object, indented, with a line end.
#[must_use]
pub fn json(rule: &Rule) -> String {
    lines(&object(rule))
}

/// The pages of all rules as one JSON array, indented, with a line end.
#[must_use]
pub fn catalogue(rules: &[&Rule]) -> String {
    lines(&rules.iter().map(|rule| object(rule)).collect())
}

pub(crate) fn lines(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a JSON value has only string keys");
    text.push('\n');
    text
}

fn object(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "title": rule.title,
        "formats": rule.formats.iter().map(|format| format.as_str()).collect::<Vec<_>>(),
        "claims": claims_as_json(rule),
        "opt_in": rule.opt_in,
        "since": rule.since,
        "rationale": rule.rationale,
        "remedy": rule.remedy,
        "spec": rule.spec,
        "example": {"old": rule.example.old, "new": rule.example.new, "versions": rule.example.versions()},
        "witness": match &rule.witness {
            Witness::Value { message, value, shows } => {
                json!({"message": message, "value": value, "shows": claim_as_json(*shows)})
            }
            Witness::Bytes { message, bytes, shows } => {
                json!({"message": message, "bytes": bytes, "shows": claim_as_json(*shows)})
            }
            Witness::NotInBytes(test) => json!({"not_in_bytes": test}),
        },
    })
}

/// What shows it, as a sentence.
fn witness(witness: &Witness) -> String {
    let (message, value, shows) = match witness {
        Witness::Value { message, value, shows } => (message, (*value).to_owned(), shows),
        Witness::Bytes { message, bytes, shows } => (message, format!("the bytes {bytes}"), shows),
        Witness::NotInBytes(test) => return format!("not a matter of bytes: {test}"),
    };
    let (writer, reader) = match shows.direction {
        Direction::Backward => ("old", "new"),
        Direction::Forward => ("new", "old"),
    };
    let form = if shows.surface == Surface::Json { ", as JSON" } else { "" };
    let effect = shows.effect.as_str();
    format!("{value} as {message}, written by the {writer} schema and read by the {reader} one{form}: {effect}")
}

/// The effects that a rule may claim, the mildest first.
fn used(rule: &Rule) -> BTreeSet<Effect> {
    rule.claims.iter().map(|claim| claim.effect).collect()
}

/// What an effect is, in a few words.
fn meant(effect: Effect) -> &'static str {
    match effect {
        Effect::Ok => "the same value arrives",
        Effect::Meaning => "the same bytes, with another meaning, default or name",
        Effect::Dropped => "the value is left out, or a default appears in its place",
        Effect::Lossy => "the value is rounded, cut, or one of several",
        Effect::Error => "decoding, the call or the compilation fails",
        Effect::Reinterpreted => "another value arrives, without an error",
        _ => "something else happens",
    }
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

pub(crate) fn paragraph(text: &str, indent: &str, width: usize) -> String {
    let mut paragraph = String::new();
    for line in wrap::lines(text, width.saturating_sub(indent.len())) {
        let _ = writeln!(paragraph, "{indent}{line}");
    }
    paragraph
}

pub(crate) fn indented(text: &str) -> String {
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

    #[test]
    fn every_example_in_markdown_is_a_block_of_its_language() {
        for rule in canread_compat::rules() {
            let page = markdown(rule);
            let mut blocks = Vec::new();
            let mut lines = page.lines();
            while let Some(line) = lines.next() {
                let Some(language) = line.strip_prefix("```") else {
                    assert!(!line.contains("```"), "{}: a fence inside of a line: {line}", rule.id);
                    continue;
                };
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                blocks.push((language, block.join("\n")));
            }
            let language = if rule.id.starts_with("avro/") { "json" } else { "proto" };
            let expected: Vec<_> =
                rule.example.versions().iter().map(|text| (language, text.trim_end().to_owned())).collect();
            assert_eq!(blocks, expected, "{}", rule.id);
            if language == "json" {
                for (_, text) in blocks {
                    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{}: {text}", rule.id);
                }
            }
        }
    }

    #[test]
    fn every_form_of_a_page_says_all_that_the_rule_says() {
        for rule in canread_compat::rules() {
            let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let object = object(rule);
            for page in [text(rule, usize::MAX), markdown(rule)] {
                for part in [rule.title, rule.rationale, rule.remedy, rule.spec, &witness(&rule.witness)] {
                    assert!(one_line(&page).contains(&one_line(part)), "{}: {part}\n{page}", rule.id);
                }
                for effect in used(rule) {
                    assert!(page.contains(meant(effect)), "{}: {}", rule.id, effect.as_str());
                }
            }
            assert_eq!(object["claims"].as_array().map(Vec::len), Some(rule.claims.len()));
            assert_eq!(object["example"]["new"], rule.example.new);
            assert!(object["witness"].is_object());
            assert!(rule.spec.starts_with("https://") && !rule.remedy.is_empty() && !rule.rationale.is_empty());
        }
    }
}
