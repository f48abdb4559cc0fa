//! The page of every Protobuf rule.

use canread_compat::{Rule, Witness, rules};
use canread_model::Format;

use crate::support::{all_findings, line, of_example};

fn protobuf_rules() -> impl Iterator<Item = &'static Rule> {
    rules().iter().copied().filter(|rule| rule.formats.contains(&Format::Protobuf))
}

#[test]
fn every_example_fires_its_rule() {
    for rule in protobuf_rules() {
        let found = of_example(&rule.example);
        let lines: Vec<String> = found.iter().map(line).collect();
        assert!(found.iter().any(|finding| finding.rule.id == rule.id), "{}: found only {lines:#?}", rule.id);
    }
}

#[test]
fn no_example_differs_from_itself() {
    for rule in protobuf_rules() {
        for text in rule.example.versions() {
            let lines: Vec<String> = all_findings(text, text).iter().map(line).collect();
            assert!(lines.is_empty(), "{}: {lines:#?}", rule.id);
        }
    }
}

#[test]
fn every_finding_names_its_place_and_its_shape_in_a_plain_sentence() {
    for rule in protobuf_rules() {
        for finding in of_example(&rule.example) {
            let id = finding.rule.id;
            assert!(finding.old.is_some() || finding.new.is_some(), "{id} has no place");
            assert!(!finding.shape.is_empty(), "{id} has no shape");
            assert!(!finding.message.ends_with('.') && !finding.message.is_empty(), "{id}: {}", finding.message);
            assert!(finding.message.contains('`'), "{id} names nothing: {}", finding.message);
            let first = finding.message.chars().next().unwrap_or('A');
            assert!(!first.is_uppercase(), "{id}: {}", finding.message);
        }
    }
}

#[test]
fn every_page_is_complete() {
    for rule in protobuf_rules() {
        let id = rule.id;
        let name = id.strip_prefix("protobuf/").unwrap_or_default();
        assert!(!name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{id}");
        assert!(!rule.claims.is_empty(), "{id} claims nothing");
        assert!(rule.spec.starts_with("https://"), "{id}: {}", rule.spec);
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
