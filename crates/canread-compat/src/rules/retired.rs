//! What the rules about histories share: how something that came back becomes a finding.

use crate::{Change, Claim, Direction, Effect, Finding, Returned, Rule, Severity, Surface};

/// What came back, if the change is of that sort.
pub(super) fn returned<'c, 'a>(change: &'c Change<'a>) -> Option<&'c Returned<'a>> {
    match change {
        Change::Returned(one) => Some(one),
        _ => None,
    }
}

/// A finding about something that data knows by a number or a name: what that is, what it was and what it is.
pub(super) fn told(one: &Returned<'_>, known_by: &str, was: &str, is: &str) -> Finding {
    let (symbols, nodes) = (one.what.symbols(), one.what.nodes());
    let since = one.since.map_or_else(|| "now".to_owned(), |since| format!("since {since}"));
    let message = format!("{known_by} was {was} until {}, is not in {}, and is {is} {since}", one.last, one.gone);
    Finding::new(symbols.new, message)
        .old(nodes.old, format!("what it was until {}", one.last))
        .new_site(nodes.new, format!("what it is {since}"))
        .note(format!("data of {} and before may still be around, and its readers too", one.last))
}

/// Adds what rules say about the two, as far as this one may claim it on some surfaces.
pub(super) fn as_changed(mut finding: Finding, one: &Returned<'_>, rule: &Rule, surfaces: &[Surface]) -> Finding {
    for &(claim, severity) in &one.claims {
        if surfaces.contains(&claim.surface) && rule.claims.contains(&claim) {
            finding = finding.claim_as(claim.surface, claim.direction, claim.effect, severity);
        }
    }
    finding
}

/// Says that a surface takes the one for the other: what it makes of its data or, where that survives, another meaning.
/// Neither is less than an error.
pub(super) fn mistaken(mut finding: Finding, surface: Surface) -> Finding {
    for direction in [Direction::Backward, Direction::Forward] {
        let is_here = |claim: &Claim| claim.surface == surface && claim.direction == direction;
        if finding.claims.iter().any(is_here) {
            finding.severities.retain(|(claim, _)| !is_here(claim));
            let here: Vec<Claim> = finding.claims.iter().copied().filter(is_here).collect();
            finding.severities.extend(here.into_iter().map(|claim| (claim, Severity::Error)));
        } else {
            finding = finding.claim_as(surface, direction, Effect::Meaning, Severity::Error);
        }
    }
    finding
}

/// Every claim about some surfaces but that nothing happens, and that code notices.
macro_rules! all_claims {
    ($($surface:ident),+) => {
        &[$(
            Claim::on($surface, Backward, Effect::Meaning),
            Claim::on($surface, Backward, Effect::Dropped),
            Claim::on($surface, Backward, Effect::Lossy),
            Claim::on($surface, Backward, Effect::Error),
            Claim::on($surface, Backward, Effect::Reinterpreted),
            Claim::on($surface, Forward, Effect::Meaning),
            Claim::on($surface, Forward, Effect::Dropped),
            Claim::on($surface, Forward, Effect::Lossy),
            Claim::on($surface, Forward, Effect::Error),
            Claim::on($surface, Forward, Effect::Reinterpreted),
        )+
            Claim::on(Source, Backward, Effect::Meaning),
            Claim::on(Source, Backward, Effect::Error),
        ]
    };
}
pub(super) use all_claims;
