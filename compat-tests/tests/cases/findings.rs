//! What the rules say between two versions, as text.

use std::{collections::BTreeSet, fmt::Write};

use canread_compat::{Finding, Pair, Scope, Surface, compare};
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::Sources;

use super::case::Side;

/// Every finding: a line with rule, symbol and message, then a line a claim.
pub(crate) fn report(old: &Side, new: &Side) -> String {
    let mut findings = find(old, new);
    findings
        .sort_by(|one, two| (&one.symbol, one.rule.id, &one.message).cmp(&(&two.symbol, two.rule.id, &two.message)));
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(text, "{} {}: {}", finding.rule.id, finding.symbol, finding.message);
        for surface in Surface::ALL {
            for claim in finding.claims.iter().filter(|claim| claim.surface == surface) {
                let _ = writeln!(text, "  {} {} {}", surface.as_str(), claim.direction.as_str(), claim.effect.as_str());
            }
        }
        for symbol in &finding.also {
            let _ = writeln!(text, "  also {symbol}");
        }
    }
    text
}

/// The rules that find something.
pub(crate) fn rules(old: &Side, new: &Side) -> BTreeSet<String> {
    find(old, new).into_iter().map(|finding| finding.rule.id.to_owned()).collect()
}

fn find(old: &Side, new: &Side) -> Vec<Finding> {
    let (old, new) = (link(old), link(new));
    compare(Pair { old: &old.schema, new: &new.schema }, &Scope::default()).findings
}

fn link(side: &Side) -> Linked {
    let mut sources = Sources::default();
    let ids: Vec<_> = side.iter().map(|(name, text)| sources.add(name, "test", text.clone().into_bytes())).collect();
    let files: Vec<_> = side.iter().zip(&ids).map(|((name, _), id)| (name.as_str(), *id)).collect();
    let linked = read(&files, &sources, &LinkOptions::default());
    for diagnostic in linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        let place = diagnostic.span().map(|span| sources.position(span));
        panic!("a case must be free of errors: {} at {place:?}", diagnostic.message);
    }
    linked
}
