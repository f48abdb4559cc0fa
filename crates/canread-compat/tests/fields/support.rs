//! Schema texts in, findings as lines out.

use canread_compat::{Change, Direction, Effect, Finding, Pair, Rule, Scope, Surface, compare};
use canread_model::Schema;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

use crate::shared;

pub(crate) use crate::shared::Case;

/// The schema of one text that must be free of errors.
pub(crate) fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

/// What the rules say about two texts, unless they speak only when they are asked to.
pub(crate) fn findings(old: &str, new: &str) -> Vec<Finding> {
    let (old, new) = (schema(old), schema(new));
    let comparison = compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs");
    comparison.findings.into_iter().filter(|finding| !finding.rule.opt_in).collect()
}

/// How many differences two texts have, safe ones too.
fn change_count(old: &str, new: &str) -> usize {
    let (old, new) = (schema(old), schema(new));
    let comparison = compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs");
    comparison.changes.iter().filter(|change| !matches!(change, Change::OptionChanged { .. })).count()
}

/// A finding as a line: `field_deleted: wire/backward/dropped=note, json/backward/error`.
pub(crate) fn line(finding: &Finding) -> String {
    format!("{}: {}", shared::name(finding.rule), shared::claims(finding))
}

/// The rules about fields and oneofs, whose cases are in `*_cases.rs`; other rules may speak about the same texts.
pub(crate) const ABOUT_FIELDS: [&str; 30] = [
    "default_changed",
    "field_added",
    "field_became_repeated",
    "field_became_required",
    "field_became_singular",
    "field_deleted",
    "field_deleted_unreserved_name",
    "field_deleted_unreserved_number",
    "field_left_oneof",
    "field_moved_into_existing_oneof",
    "field_moved_into_new_oneof",
    "field_name_reused",
    "field_number_reused",
    "field_refers_to_another_type",
    "field_renamed",
    "field_renumbered",
    "field_type_changed",
    "fields_merged_into_oneof",
    "json_name_changed",
    "list_became_map",
    "map_became_list",
    "message_encoding_changed",
    "oneof_member_added",
    "oneof_renamed",
    "presence_became_explicit",
    "presence_became_implicit",
    "required_became_optional",
    "required_field_added",
    "required_field_deleted",
    "utf8_validation_changed",
];

/// Whether a rule is about fields or oneofs.
pub(crate) fn is_about_fields(rule: &Rule) -> bool {
    rule.id.strip_prefix("protobuf/").is_some_and(|name| ABOUT_FIELDS.contains(&name))
}

/// Holds every case to what should be found about fields. A text may be what stands in `message M` of a proto3 file.
pub(crate) fn check(cases: &[Case]) {
    let lines = |old: &str, new: &str| {
        findings(old, new).iter().filter(|finding| is_about_fields(finding.rule)).map(line).collect()
    };
    shared::check(cases, whole, lines, |text| change_count(text, text) == 0);
}

/// A whole file, from what may be only the fields of a message.
pub(crate) fn whole(text: &str) -> String {
    let is_whole = ["syntax", "edition"].iter().any(|word| text.starts_with(word));
    if is_whole { text.to_owned() } else { format!("syntax = \"proto3\";\nmessage M {{ {text} }}\n") }
}

/// The worst that is claimed on a surface in a direction.
pub(crate) fn worst_claim(findings: &[Finding], surface: Surface, direction: Direction) -> Effect {
    let claims = findings.iter().flat_map(|finding| &finding.claims);
    let meant = claims.filter(|claim| claim.surface == surface && claim.direction == direction);
    meant.map(|claim| claim.effect).max().unwrap_or(Effect::Ok)
}

/// The effect that a word stands for.
pub(crate) fn effect(word: &str) -> Effect {
    let all = [Effect::Ok, Effect::Meaning, Effect::Dropped, Effect::Lossy, Effect::Error, Effect::Reinterpreted];
    all.into_iter().find(|effect| effect.as_str() == word).expect("the oracle knows the same effects")
}
