//! What the rules about requests and responses share.

use canread_model::Method;

use super::restore;
use crate::{
    Claim, Consequences, DeclAt, Direction, Effect, Finding, Pair, Surface, change::type_names, finding::method_symbol,
};

/// Everything that a rule about requests or responses may claim.
pub(super) const CLAIMS: &[Claim] = &[
    Claim::on(Surface::Rpc, Direction::Backward, Effect::Meaning),
    Claim::on(Surface::Rpc, Direction::Backward, Effect::Dropped),
    Claim::on(Surface::Rpc, Direction::Backward, Effect::Lossy),
    Claim::on(Surface::Rpc, Direction::Backward, Effect::Error),
    Claim::on(Surface::Rpc, Direction::Backward, Effect::Reinterpreted),
    Claim::on(Surface::Rpc, Direction::Forward, Effect::Meaning),
    Claim::on(Surface::Rpc, Direction::Forward, Effect::Dropped),
    Claim::on(Surface::Rpc, Direction::Forward, Effect::Lossy),
    Claim::on(Surface::Rpc, Direction::Forward, Effect::Error),
    Claim::on(Surface::Rpc, Direction::Forward, Effect::Reinterpreted),
    Claim::on(Surface::Json, Direction::Backward, Effect::Meaning),
    Claim::on(Surface::Json, Direction::Backward, Effect::Dropped),
    Claim::on(Surface::Json, Direction::Backward, Effect::Lossy),
    Claim::on(Surface::Json, Direction::Backward, Effect::Error),
    Claim::on(Surface::Json, Direction::Backward, Effect::Reinterpreted),
    Claim::on(Surface::Json, Direction::Forward, Effect::Meaning),
    Claim::on(Surface::Json, Direction::Forward, Effect::Dropped),
    Claim::on(Surface::Json, Direction::Forward, Effect::Lossy),
    Claim::on(Surface::Json, Direction::Forward, Effect::Error),
    Claim::on(Surface::Json, Direction::Forward, Effect::Reinterpreted),
    Claim::on(Surface::Source, Direction::Backward, Effect::Error),
];

/// A message that a method takes or returns, in both versions.
pub(super) struct Payload<'c, 'a> {
    /// `takes`, `returns`.
    pub(super) verb: &'static str,
    pub(super) owner: Pair<DeclAt<'a>>,
    pub(super) method: Pair<&'a Method>,
    /// The uses of the two messages.
    pub(super) types: Pair<&'a canread_model::Type>,
    /// What follows from the differences between the two.
    pub(super) consequences: &'c Consequences,
}

impl Payload<'_, '_> {
    /// The finding: what data of the one message becomes where the other one is read is what becomes of calls.
    pub(super) fn finding(self) -> Finding {
        let symbol = method_symbol(self.owner.old, self.method.old);
        let schemas = Pair { old: self.owner.old.schema, new: self.owner.new.schema };
        let Pair { old, new } = type_names((schemas.old, self.types.old), (schemas.new, self.types.new));
        let is_decided = self.consequences.is_felt_on(Surface::Wire);
        let is_in_doubt = |surface| self.consequences.undecided_on(surface).next().is_some();
        let in_bytes = is_decided || is_in_doubt(Surface::Wire);
        let in_json = self.consequences.is_felt_on(Surface::Json);
        let is_felt = in_bytes || in_json || is_in_doubt(Surface::Json);
        let what = match (is_felt, is_decided) {
            (false, _) => "calls can't tell them apart",
            (true, false) if in_json && !in_bytes => "JSON of the one is not JSON of the other",
            (true, false) => PERHAPS,
            (true, true) => "data of the one is not data of the other",
        };
        let message = |what| format!("`{symbol}` {} `{new}` instead of `{old}`: {what}", self.verb);
        let mut finding = Finding::new(&symbol, message(what))
            .old(self.types.old.node, "until now")
            .new_site(self.types.new.node, "now")
            .shape(format!("{old} -> {new}"))
            .cause(format!("{old} -> {new}"))
            .fix(restore::payload(self.owner, self.types))
            .claims(self.consequences.claims.iter().copied().filter_map(carried))
            .perhaps(self.consequences.undecided.iter().copied().filter_map(carried), message(PERHAPS))
            .claim(Surface::Source, Direction::Backward, Effect::Error);
        let verb = self.verb.trim_end_matches('s');
        finding = finding.help(if is_felt {
            format!("{verb} the old message, or add another method")
        } else {
            format!("{verb} the old message, or change the code together with it")
        });
        let told = if in_bytes { &self.consequences.on_wire } else { &self.consequences.in_data };
        finding.notes = told.sentences();
        finding
    }
}

/// What two messages come to where there is no telling.
const PERHAPS: &str = "data of the one may not be data of the other";

/// What a claim about data means for calls that carry it: old data is what the older side of a call sends.
fn carried(claim: Claim) -> Option<Claim> {
    match claim.surface {
        Surface::Wire => Some(Claim { surface: Surface::Rpc, ..claim }),
        Surface::Json => Some(claim),
        _ => None,
    }
}
