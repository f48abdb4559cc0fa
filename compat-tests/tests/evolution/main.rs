//! Data that one schema wrote and another reads: by a plan, as the rules say, and as others read it.

mod avro;
mod protobuf;
#[path = "../interop/random.rs"]
mod random;

use std::fmt::Write as _;

use canread_compat::{Direction, Effect, Pair, Scope, Surface, compare};
use canread_model::Schema;

/// The worst that the rules say of what a reader with the new schema makes of data of the old one.
fn worst(old: &Schema, new: &Schema) -> Effect {
    let comparison = compare(Pair { old, new }, &Scope::default()).expect("few pairs");
    let found = comparison.findings.iter().filter(|finding| !finding.rule.opt_in);
    let claims = found.flat_map(|finding| finding.claims.iter());
    let here = claims.filter(|claim| claim.surface == Surface::Wire && claim.direction == Direction::Backward);
    here.map(|claim| claim.effect).filter(|effect| *effect != Effect::Meaning).max().unwrap_or(Effect::Ok)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
