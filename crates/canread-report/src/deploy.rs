//! Who must be deployed first: the sentence that turns a verdict into a plan.

use canread_compat::{Claim, Direction, Effect, Judged, Surface};

/// What a finding means for the order of deployment, over both directions (also one that was not promised:
/// the order depends on what still works).
pub(crate) fn sentence(judged: &Judged) -> Option<&'static str> {
    if judged.surface == Surface::Source {
        return None;
    }
    let is_broken = |direction| {
        let breaks = |claim: &&Claim| {
            claim.surface == judged.surface && claim.direction == direction && claim.effect > Effect::Meaning
        };
        judged.finding.claims.iter().any(|claim| breaks(&claim))
    };
    let is_rpc = judged.surface == Surface::Rpc;
    Some(match (is_broken(Direction::Backward), is_broken(Direction::Forward)) {
        (false, false) => return None,
        (true, false) if is_rpc => {
            "deploy every client before the first server: new servers refuse calls of old clients"
        }
        (false, true) if is_rpc => {
            "deploy every server before the first client: old servers refuse calls of new clients"
        }
        (true, true) if is_rpc => {
            "no order is safe: old and new sides can't call each other; serve both methods for a while"
        }
        (true, false) => {
            "deploy every writer before the first reader, and rewrite stored data first: old readers take new data, \
             new readers don't take old data"
        }
        (false, true) => {
            "deploy every reader before the first writer: new readers take old data, old readers don't take new data"
        }
        (true, true) => {
            "no order is safe: neither side takes the other's data; add a new field and move over in two steps"
        }
    })
}
