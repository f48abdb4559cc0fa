//! The page of every Avro rule.

use canread_compat::{Rule, Witness, rules};
use canread_model::Format;

use crate::support::{change_count, line, of_example};

pub(crate) fn avro_rules() -> impl Iterator<Item = &'static Rule> {
    rules().iter().copied().filter(|rule| rule.formats.contains(&Format::Avro))
}

#[test]
fn every_example_fires_its_rule() {
    for rule in avro_rules() {
        let found = of_example(&rule.example);
        let lines: Vec<String> = found.iter().map(line).collect();
        assert!(found.iter().any(|finding| finding.rule.id == rule.id), "{}: found only {lines:#?}", rule.id);
    }
}

#[test]
fn no_example_differs_from_itself() {
    for rule in avro_rules() {
        for text in rule.example.versions() {
            assert_eq!(change_count(text, text), 0, "{}", rule.id);
        }
    }
}

#[test]
fn every_finding_names_its_place_and_its_shape_in_a_plain_sentence() {
    for rule in avro_rules() {
        for finding in of_example(&rule.example) {
            let id = finding.rule.id;
            assert!(finding.old.is_some() || finding.new.is_some(), "{id} has no place");
            assert!(finding.help.is_some(), "{id} gives no help");
            assert!(!finding.shape.is_empty(), "{id} has no shape");
            assert!(!finding.message.ends_with('.') && finding.message.contains('`'), "{id}: {}", finding.message);
            let first = finding.message.chars().next().unwrap_or('A');
            assert!(!first.is_uppercase(), "{id}: {}", finding.message);
        }
    }
}

#[test]
fn every_page_is_complete() {
    for rule in avro_rules() {
        let id = rule.id;
        let name = id.strip_prefix("avro/").unwrap_or_default();
        assert!(!name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_')), "{id}");
        assert!(!rule.claims.is_empty(), "{id} claims nothing");
        assert!(rule.spec.starts_with("https://avro.apache.org/docs/1.12.0/specification/#"), "{id}: {}", rule.spec);
        for text in [rule.rationale, rule.remedy] {
            assert!(text.ends_with('.'), "{id}: {text}");
            assert!(!text.contains("  "), "{id} has two spaces in a row: {text}");
        }
        assert!(!rule.title.ends_with('.') && !rule.title.is_empty(), "{id}: {}", rule.title);
        if let Witness::Value { shows, .. } | Witness::Bytes { shows, .. } = rule.witness {
            assert!(rule.claims.contains(&shows), "{id} does not claim what its witness shows");
        }
    }
}
