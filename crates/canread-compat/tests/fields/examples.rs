//! The example of every rule about fields.

use canread_compat::{Rule, rules};

use crate::support::{ABOUT_FIELDS, findings, is_about_fields, line};

fn rules_about_fields() -> Vec<&'static Rule> {
    let found: Vec<_> = rules().iter().copied().filter(|rule| is_about_fields(rule)).collect();
    assert_eq!(found.len(), ABOUT_FIELDS.len(), "a rule of the list is not registered");
    found
}

#[test]
fn every_example_fires_its_rule() {
    for rule in rules_about_fields() {
        let found = findings(rule.example.old, rule.example.new);
        let lines: Vec<String> = found.iter().map(line).collect();
        assert!(found.iter().any(|finding| finding.rule.id == rule.id), "{}: found only {lines:#?}", rule.id);
    }
}

#[test]
fn no_example_differs_from_itself() {
    for rule in rules_about_fields() {
        for text in [rule.example.old, rule.example.new] {
            let lines: Vec<String> = findings(text, text).iter().map(line).collect();
            assert!(lines.is_empty(), "{}: {lines:#?}", rule.id);
        }
    }
}

#[test]
fn every_finding_names_its_places_and_what_to_do() {
    for rule in rules_about_fields() {
        for finding in findings(rule.example.old, rule.example.new) {
            let id = finding.rule.id;
            assert!(finding.old.is_some() || finding.new.is_some(), "{id} has no place");
            assert!(finding.help.is_some() || finding.fix.is_some(), "{id} gives no help");
            assert!(!finding.shape.is_empty(), "{id} has no shape");
            assert!(!finding.message.ends_with('.'), "{id}: {}", finding.message);
            let first = finding.message.chars().next().unwrap_or('A');
            assert!(!first.is_uppercase(), "{id}: {}", finding.message);
        }
    }
}

#[test]
fn every_claim_of_a_finding_is_one_of_its_rule() {
    for rule in rules_about_fields() {
        for finding in findings(rule.example.old, rule.example.new) {
            for claim in &finding.claims {
                assert!(finding.rule.claims.contains(claim), "{}: {claim:?}", finding.rule.id);
            }
        }
    }
}
