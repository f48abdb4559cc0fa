//! What the rules say between two versions, as text.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use canread_compat::{Finding, Pair, Policy, Scope, Surface, compare};
use canread_model::Schema;
use canread_syntax::Sources;

use super::case::Side;

/// Every finding: a line with its severity under the default policy (`-` where that does not count it, `undecided` where
/// there is no telling), its rule, symbol and message; then a line a claim, with what that one weighs where it is promised.
pub(crate) fn report(old: &Side, new: &Side) -> String {
    let mut findings = find(old, new);
    findings
        .sort_by(|one, two| (&one.symbol, one.rule.id, &one.message).cmp(&(&two.symbol, two.rule.id, &two.message)));
    let mut text = String::new();
    for finding in findings {
        let judged = Policy::default().judge(vec![finding.clone()]);
        let severity = judged
            .first()
            .map_or("-", |judged| if judged.is_undecided() { "undecided" } else { judged.severity.as_str() });
        let _ = writeln!(text, "{severity} {} {}: {}", finding.rule.id, finding.symbol, finding.message);
        for surface in Surface::ALL {
            for claim in finding.claims.iter().filter(|claim| claim.surface == surface) {
                let severity = finding.severity_of(*claim).as_str();
                let (direction, effect) = (claim.direction.as_str(), claim.effect.as_str());
                let _ = writeln!(text, "  {} {direction} {effect} ({severity})", surface.as_str());
            }
        }
        for also in &finding.also {
            let _ = writeln!(text, "  also {}", also.symbol);
        }
    }
    text
}

/// The rules that find something.
pub(crate) fn rules(old: &Side, new: &Side) -> BTreeSet<&'static str> {
    find(old, new).into_iter().map(|finding| finding.rule.id).collect()
}

/// What the rules find.
pub(crate) fn find(old: &Side, new: &Side) -> Vec<Finding> {
    let (old, new) = (schema(old), schema(new));
    compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs").findings
}

/// Reads one version, in the format that the suffix of its first file says.
pub(crate) fn schema(side: &Side) -> Schema {
    let mut sources = Sources::default();
    let ids: Vec<_> = side.iter().map(|(name, text)| sources.add(name, "test", text.clone().into_bytes())).collect();
    let files: Vec<_> = side.iter().zip(&ids).map(|((name, _), id)| (name.as_str(), *id)).collect();
    let is_proto = |name: &str| Path::new(name).extension().is_some_and(|suffix| suffix == "proto");
    let (schema, diagnostics) = if files.iter().any(|(name, _)| is_proto(name)) {
        let linked =
            canread_protobuf::schema::read(&files, &sources, &canread_protobuf::schema::LinkOptions::default());
        (linked.schema, linked.diagnostics)
    } else {
        let linked = canread_avro::schema::read(&files, &sources, &canread_avro::schema::LinkOptions::default());
        (linked.schema, linked.diagnostics)
    };
    if let Some(error) = diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        let place = error.span().map(|span| sources.position(span));
        panic!("a case must be free of errors: {} at {place:?}", error.message);
    }
    schema
}
