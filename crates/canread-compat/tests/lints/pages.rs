//! The page of every lint.

use canread_compat::{Finding, Lint, Severity, Shows, Surface, find_lint, lints, rule};

use crate::support::{compared, linted};

fn ids(lint: &Lint, text: &str) -> Vec<&'static str> {
    linted(lint.rule.formats[0], text).iter().map(|finding| finding.rule.id).collect()
}

#[test]
fn every_example_has_what_its_lint_finds_and_the_mended_one_has_nothing() {
    for lint in lints() {
        let (id, example) = (lint.rule.id, &lint.rule.example);
        assert!(ids(lint, example.old).contains(&id), "{id} is silent");
        let left = ids(lint, example.new);
        let left: Vec<_> = left.into_iter().filter(|id| !find_lint(id).is_some_and(|lint| lint.rule.opt_in)).collect();
        assert!(left.is_empty() && !ids(lint, example.new).contains(&id), "{id}: {left:?} in what is mended");
    }
}

/// How bad a rule finds a change for bytes and calls.
fn worst(findings: &[Finding], rule: &str) -> Option<Severity> {
    let of_rule = findings.iter().filter(|finding| finding.rule.id == rule);
    let claims = of_rule.flat_map(|finding| finding.claims.iter().map(move |claim| (finding, *claim)));
    let of_bytes = claims.filter(|(_, claim)| matches!(claim.surface, Surface::Wire | Surface::Rpc));
    // What a deletion drops from old data is meant, whatever the schema was.
    of_bytes
        .filter(|(_, claim)| claim.effect != canread_compat::Effect::Dropped || rule != "avro/field_deleted")
        .map(|(finding, claim)| finding.severity_of(claim))
        .max()
}

#[test]
fn the_later_change_breaks_the_example_and_not_the_mended_one() {
    let mut shown = 0;
    for lint in lints() {
        let Shows::Later { rule: later, bad, good } = lint.shows else { continue };
        let (id, format, example) = (lint.rule.id, lint.rule.formats[0], &lint.rule.example);
        assert!(rule(later).is_some(), "{id}: there is no rule {later}");
        let (found, mended) = (compared(format, example.old, bad), compared(format, example.new, good));
        assert_eq!(worst(&found, later), Some(Severity::Error), "{id}");
        assert!(worst(&mended, later).is_none_or(|worst| worst < Severity::Error), "{id} is not mended: {mended:#?}");
        shown += 1;
    }
    assert!(shown >= 6, "{shown}");
}

#[test]
fn every_page_is_complete() {
    for lint in lints() {
        let rule = &lint.rule;
        let id = rule.id;
        let start = format!("lint/{}/", rule.formats[0].as_str());
        let name = id.strip_prefix(&*start).unwrap_or_default();
        assert!(!name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_')), "{id}");
        assert!(!rule.claims.is_empty(), "{id} claims nothing");
        assert!(rule.spec.starts_with("https://"), "{id}: {}", rule.spec);
        for text in [rule.rationale, rule.remedy] {
            assert!(text.ends_with('.') && !text.contains("  "), "{id}: {text}");
        }
        assert!(!rule.title.ends_with('.') && !rule.title.is_empty(), "{id}: {}", rule.title);
        assert!(lint.severity < Severity::Error, "{id}: nothing is broken yet");
        assert!(!rule.opt_in || lint.severity == Severity::Note, "{id}");
        assert!(canread_compat::rule(id).is_none(), "{id} is a rule too");
    }
}

#[test]
fn every_finding_names_its_place_and_its_shape_in_a_plain_sentence() {
    for lint in lints() {
        for finding in linted(lint.rule.formats[0], lint.rule.example.old) {
            let id = finding.rule.id;
            assert!(finding.new.is_some() && finding.old.is_none(), "{id} has no place");
            assert!(!finding.shape.is_empty() && finding.help.is_some(), "{id}");
            assert!(!finding.message.ends_with('.') && finding.message.contains('`'), "{id}: {}", finding.message);
            assert!(!finding.message.starts_with(char::is_uppercase), "{id}: {}", finding.message);
        }
    }
}

#[test]
fn lints_are_ordered_by_id_and_each_is_there_once() {
    assert!(lints().is_sorted_by(|one, two| one.rule.id < two.rule.id));
}
