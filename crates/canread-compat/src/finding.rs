//! A rule's statement about a change, before anybody asked what to do about it.

use canread_model::{EnumValue, Field, Method, NodeId};

use crate::{Claim, DeclAt, Direction, Effect, Fix, Pair, Rule, Severity, Surface, default_severity};

/// A node in one of the two versions, with the few words that stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The node.
    pub node: NodeId,
    /// What is there; may be empty.
    pub label: String,
}

/// What a finding is about, too: another finding of its rule that has the same cause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Also {
    /// What it is about.
    pub symbol: String,
    /// Where, in the old version.
    pub old: Option<Site>,
    /// Where, in the new version.
    pub new: Option<Site>,
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Proof {
    /// The rule says so, and no value was tried.
    #[default]
    NotTried,
    /// Nobody here can say whether the claims hold: they are the worst that may be.
    Undecided,
}

impl Proof {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotTried => "not_tried",
            Self::Undecided => "undecided",
        }
    }
}

/// Claims of which nobody here can say whether they hold, and the sentence about them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Perhaps {
    pub(crate) claims: Vec<Claim>,
    message: String,
}

/// What there is to say of one surface alone, beside the message: whoever does not promise it need not read it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aside {
    /// The surface.
    pub surface: Surface,
    /// A clause that names the surface and can follow the message: `in JSON, no reader finds it`.
    pub text: String,
}

/// What a rule found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// What happens, on which surface, in which direction. All of it: policy chooses later.
    pub claims: Vec<Claim>,
    /// The severity of all claims, where the rule departs from the one that the effect has by default.
    pub severity: Option<Severity>,
    /// The severity of single claims, where the rule departs from both.
    pub severities: Vec<(Claim, Severity)>,
    /// How sure that is.
    pub proof: Proof,
    /// What happens perhaps: there is no telling. The engine makes a finding of its own of that.
    pub(crate) perhaps: Perhaps,
    /// Claims that rest on a reservation alone: what was reserved may have had another meaning once.
    pub(crate) reserved: Vec<Claim>,
    /// What it is about: `shop.v1.Order.id`.
    pub symbol: String,
    /// One sentence, lower-case, without a full stop. It holds whichever surfaces are promised.
    pub message: String,
    /// What goes on after it where a claim on one surface counts; [`Policy::judge`](crate::Policy::judge) adds it.
    pub asides: Vec<Aside>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What to do instead, in words.
    pub help: Option<String>,
    /// What to do instead, as a change of the text.
    pub fix: Option<Fix>,
    /// Where, in the old version.
    pub old: Option<Site>,
    /// Where, in the new version.
    pub new: Option<Site>,
    /// The shapes that the finding compares: `int64 -> int32`. With rule and symbol this makes the fingerprint,
    /// so that an approval of one change does not cover the next one on the same field.
    pub shape: String,
    /// Findings of one rule with one cause become one; the symbol, unless the rule says otherwise.
    pub cause: Option<String>,
    /// The others of a group of findings with one cause.
    pub also: Vec<Also>,
    /// The changes that it is about, by their place in [`Comparison::changes`](crate::Comparison::changes).
    pub changes: Vec<usize>,
    /// Findings of other rules, by rule and symbol, that have the same cause: see [`Ledger::settle`](crate::Ledger::settle).
    pub speaks_for: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding about `symbol`; the engine fills in the rule.
    #[must_use]
    pub fn new(symbol: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule: &Rule::UNNAMED,
            claims: Vec::new(),
            severity: None,
            severities: Vec::new(),
            proof: Proof::default(),
            perhaps: Perhaps::default(),
            reserved: Vec::new(),
            symbol: symbol.into(),
            message: message.into(),
            asides: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
            old: None,
            new: None,
            shape: String::new(),
            cause: None,
            also: Vec::new(),
            changes: Vec::new(),
            speaks_for: Vec::new(),
        }
    }

    /// Says what happens. Without any, all claims of the rule hold.
    #[must_use]
    pub fn claim(mut self, surface: Surface, direction: Direction, effect: Effect) -> Self {
        if effect != Effect::Ok {
            self.claims.push(Claim::on(surface, direction, effect));
        }
        self
    }

    /// Says what happens, and how much that matters where it departs from the default; the rule's page says why.
    #[must_use]
    pub fn claim_as(mut self, surface: Surface, direction: Direction, effect: Effect, severity: Severity) -> Self {
        self.severities.push((Claim::on(surface, direction, effect), severity));
        self.claim(surface, direction, effect)
    }

    /// Says what happens because something was reserved, and so was in use once: not if it is again what it was then. That
    /// matters as much as an error.
    #[must_use]
    pub(crate) fn claim_of_reserved(mut self, surface: Surface, direction: Direction, effect: Effect) -> Self {
        self.reserved.push(Claim::on(surface, direction, effect));
        self.claim_as(surface, direction, effect, Severity::Error)
    }

    /// Says what happens, several times; `ok` is nothing to say.
    #[must_use]
    pub fn claims(mut self, claims: impl IntoIterator<Item = Claim>) -> Self {
        for claim in claims {
            if claim.effect != Effect::Ok && !self.claims.contains(&claim) {
                self.claims.push(claim);
            }
        }
        self
    }

    /// How much a claim matters: what the rule says about it, or about all claims, or the default of its effect.
    #[must_use]
    pub fn severity_of(&self, claim: Claim) -> Severity {
        let own = self.severities.iter().filter(|(of, _)| *of == claim).map(|(_, severity)| *severity);
        own.max().or(self.severity).unwrap_or_else(|| default_severity(claim.effect))
    }

    /// Departs from the severity that the effect has by default; the rule's page says why.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Says that there is no telling whether the claims hold. Such a finding is a warning that fails a run by its own.
    #[must_use]
    pub fn undecided(mut self) -> Self {
        self.proof = Proof::Undecided;
        self.severity(Severity::Warning)
    }

    /// Says what happens perhaps, where there is no telling: beside the claims, which hold. Says nothing of a direction
    /// and surface that breaks anyway.
    #[must_use]
    pub(crate) fn perhaps(mut self, claims: impl IntoIterator<Item = Claim>, message: impl Into<String>) -> Self {
        self.perhaps = Perhaps { claims: claims.into_iter().collect(), message: message.into() };
        self
    }

    /// The finding, and apart from it what is undecided: an approval or a severity of the one must not cover the other.
    pub(crate) fn split(mut self) -> impl Iterator<Item = Self> {
        let breaks = |perhaps: &Claim| {
            let mut same = self.claims.iter().filter(|claim| claim.at() == perhaps.at());
            same.any(|claim| self.severity_of(*claim) == Severity::Error)
        };
        let open: Vec<Claim> = self.perhaps.claims.iter().filter(|claim| !breaks(claim)).copied().collect();
        let message = std::mem::take(&mut self.perhaps).message;
        let undecided = (!open.is_empty()).then(|| {
            let mut undecided =
                Self { claims: open, message, asides: Vec::new(), severities: Vec::new(), ..self.clone() }.undecided();
            undecided.shape.push_str(", undecided");
            undecided
        });
        let decided = (undecided.is_none() || !self.claims.is_empty()).then_some(self);
        decided.into_iter().chain(undecided)
    }

    /// Says where in the old version.
    #[must_use]
    pub fn old(mut self, node: impl Into<NodeId>, label: impl Into<String>) -> Self {
        self.old = Some(Site { node: node.into(), label: label.into() });
        self
    }

    /// Says where in the new version.
    #[must_use]
    pub fn new_site(mut self, node: impl Into<NodeId>, label: impl Into<String>) -> Self {
        self.new = Some(Site { node: node.into(), label: label.into() });
        self
    }

    /// Adds what there is to say of one surface alone.
    #[must_use]
    pub fn aside(mut self, surface: Surface, text: impl Into<String>) -> Self {
        self.asides.push(Aside { surface, text: text.into() });
        self
    }

    /// The message, with the asides about the surfaces that count.
    #[must_use]
    pub fn message_on(&self, counts: impl Fn(Surface) -> bool) -> String {
        let asides = self.asides.iter().filter(|aside| counts(aside.surface));
        let clauses = std::iter::once(&*self.message).chain(asides.map(|aside| &*aside.text));
        clauses.collect::<Vec<_>>().join("; ")
    }

    /// Adds a sentence.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says how the text could change, if a change of a few words mends it.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Says what is compared, for the fingerprint.
    #[must_use]
    pub fn shape(mut self, shape: impl Into<String>) -> Self {
        self.shape = shape.into();
        self
    }

    /// Says which findings of other rules about the same symbols have the same cause.
    #[must_use]
    pub fn speaks_for(mut self, rules: &[&'static str], symbols: &Pair<String>) -> Self {
        for rule in rules {
            self.speaks_for.extend([&symbols.old, &symbols.new].map(|symbol| (*rule, symbol.clone())));
        }
        self
    }

    /// Says what caused it, where several findings of the rule may have one cause.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

/// The symbol of a member: `shop.v1.Order.id`.
pub(crate) fn member(owner: DeclAt<'_>, name: &str) -> String {
    format!("{}.{name}", owner.name())
}

/// The symbol of a field of the old version, or of an extension by its own name.
#[must_use]
pub(crate) fn field_symbol(owner: DeclAt<'_>, field: &Field) -> String {
    if owner.decl().as_extension().is_some() { owner.name().to_owned() } else { member(owner, &field.name) }
}

/// The symbol of an enum value.
#[must_use]
pub(crate) fn value_symbol(owner: DeclAt<'_>, value: &EnumValue) -> String {
    member(owner, &value.name)
}

/// The symbol of a method.
#[must_use]
pub(crate) fn method_symbol(owner: DeclAt<'_>, method: &Method) -> String {
    member(owner, &method.name)
}

impl<'a> Pair<DeclAt<'a>> {
    /// The declarations.
    #[must_use]
    pub fn decls(self) -> Pair<&'a canread_model::Decl> {
        Pair { old: self.old.decl(), new: self.new.decl() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Backward, Forward};
    use Effect::{Error, Meaning};
    use Surface::{Source, Wire};

    /// What becomes of a finding that claims `decided`, and may claim an error on the wire in both directions.
    fn split(decided: &[Claim]) -> Vec<(Proof, Vec<Claim>, Severity)> {
        let perhaps = [Backward, Forward].map(|direction| Claim::on(Wire, direction, Error));
        let finding = Finding::new("M.f", "differs").claims(decided.iter().copied()).perhaps(perhaps, "may differ");
        let parts = finding.split();
        parts.map(|one| (one.proof, one.claims.clone(), one.severity_of(one.claims[0]))).collect()
    }

    #[test]
    fn what_is_undecided_is_a_finding_of_its_own() {
        let source = Claim::on(Source, Backward, Error);
        let perhaps = vec![Claim::on(Wire, Backward, Error), Claim::on(Wire, Forward, Error)];
        let undecided = (Proof::Undecided, perhaps, Severity::Warning);
        assert_eq!(split(&[]), std::slice::from_ref(&undecided));
        assert_eq!(split(&[source]), [(Proof::NotTried, vec![source], Severity::Error), undecided]);
    }

    #[test]
    fn what_is_undecided_says_nothing_where_an_error_is_decided_and_something_beside_a_warning() {
        let (error, meaning) = (Claim::on(Wire, Backward, Error), Claim::on(Wire, Backward, Meaning));
        let claims =
            |parts: Vec<(Proof, Vec<Claim>, Severity)>| parts.into_iter().map(|part| part.1).collect::<Vec<_>>();
        let forward = Claim::on(Wire, Forward, Error);
        assert_eq!(claims(split(&[error])), [vec![error], vec![forward]]);
        assert_eq!(claims(split(&[error, forward])), [vec![error, forward]]);
        assert_eq!(claims(split(&[meaning])), [vec![meaning], vec![error, forward]]);
    }
}
