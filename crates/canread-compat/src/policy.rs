//! What we do about findings: which directions and promises count, and how much.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use crate::{Claim, Direction, Effect, Finding, Proof, Reach, Severity, Surface, fingerprint};

/// Which directions must hold, in Confluent's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Mode {
    /// Neither.
    None,
    /// New readers must read old data.
    #[default]
    Backward,
    /// Old readers must read new data.
    Forward,
    /// Both.
    Full,
    /// New readers must read the data of every old version.
    BackwardTransitive,
    /// The readers of every old version must read new data.
    ForwardTransitive,
    /// Both, with every old version.
    FullTransitive,
}

impl Mode {
    /// Every mode, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Backward,
        Self::Forward,
        Self::Full,
        Self::BackwardTransitive,
        Self::ForwardTransitive,
        Self::FullTransitive,
    ];

    /// The word used in reports and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::Full => "full",
            Self::BackwardTransitive => "backward-transitive",
            Self::ForwardTransitive => "forward-transitive",
            Self::FullTransitive => "full-transitive",
        }
    }

    /// The mode as a sentence, since people mix the words up.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::None => "nothing is promised",
            Self::Backward => Direction::Backward.sentence(),
            Self::Forward => Direction::Forward.sentence(),
            Self::Full => "new readers must read old data, and old readers must read new data",
            Self::BackwardTransitive => "new readers must read the data of every version",
            Self::ForwardTransitive => "the readers of every version must read new data",
            Self::FullTransitive => {
                "new readers must read the data of every version, and the readers of every version must read new data"
            }
        }
    }

    /// Whether a direction must hold.
    #[must_use]
    pub fn includes(self, direction: Direction) -> bool {
        match self {
            Self::None => false,
            Self::Backward | Self::BackwardTransitive => direction == Direction::Backward,
            Self::Forward | Self::ForwardTransitive => direction == Direction::Forward,
            Self::Full | Self::FullTransitive => true,
        }
    }

    /// Whether every version of a history counts, and not the last one only.
    #[must_use]
    pub fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }

    /// How far a comparison with a history looks back.
    #[must_use]
    pub fn reach(self) -> Reach {
        if self.is_transitive() { Reach::Every } else { Reach::New }
    }
}

/// What we do about findings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Policy {
    /// Which directions must hold.
    pub mode: Mode,
    /// Which surfaces are promised.
    pub promises: BTreeSet<Surface>,
    /// Severities by rule id; `None` silences a rule.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// Opt-in rules that are wanted, by id. One with a severity of its own is wanted too.
    pub enabled: BTreeSet<String>,
    /// From which severity on a finding fails the run.
    pub fail_on: Severity,
    /// Whether a finding that nobody can decide fails the run; `fail_on` does not matter to those.
    pub allow_undecided: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            promises: BTreeSet::from([Surface::Wire, Surface::Rpc]),
            severities: BTreeMap::new(),
            enabled: BTreeSet::new(),
            fail_on: Severity::Error,
            allow_undecided: false,
        }
    }
}

/// A finding that concerns a promise, and how much.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Judged {
    /// What was found. Its message has the asides about surfaces on which a promise is broken.
    pub finding: Finding,
    /// Those of its claims that break a promise; never empty.
    pub broken: Vec<Claim>,
    /// How much it matters.
    pub severity: Severity,
    /// The surface of the worst broken claim.
    pub surface: Surface,
    /// The effect of the worst broken claim.
    pub effect: Effect,
    /// The directions in which that surface is broken, `backward` first.
    pub directions: Vec<Direction>,
    /// 12 hexadecimal digits that name the finding across commits: rule, symbol and shapes, no line numbers.
    pub fingerprint: String,
    /// Whether the run fails over it.
    pub fails: bool,
    /// Why it does not count, if somebody approved it.
    pub allowed: Option<Allowance>,
    /// The old version that it was found in, where there are several: the newest one.
    pub against: Option<String>,
    /// The other old versions in which the same was found, newest first.
    pub also_against: Vec<String>,
}

/// Somebody knows of a finding and accepts it for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "two texts that must not be swapped")]
pub struct Allowance {
    /// Why, in their words.
    pub reason: String,
    /// The last day on which that holds: `2026-12-31`.
    pub until: String,
}

impl Judged {
    /// Accepts the finding: it is shown, and the run does not fail over it.
    pub fn allow(&mut self, allowance: Allowance) {
        self.fails = false;
        self.allowed = Some(allowance);
    }

    /// In which order findings are shown: by severity, errors first, then by symbol and rule.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let by_severity = other.severity.cmp(&self.severity);
        let by_symbol = self.finding.symbol.cmp(&other.finding.symbol);
        let by_rule = self.finding.rule.id.cmp(other.finding.rule.id);
        by_severity.then(by_symbol).then(by_rule).then_with(|| self.fingerprint.cmp(&other.fingerprint))
    }

    /// Whether there is no telling if a promise is broken.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.finding.proof == Proof::Undecided
    }
}

impl Policy {
    /// What the findings mean under this policy: those that break no promise are left out, and
    /// the rest is ordered by severity, errors first, then by symbol and rule.
    #[must_use]
    pub fn judge(&self, findings: Vec<Finding>) -> Vec<Judged> {
        Self::judge_each(findings.into_iter().map(|finding| (finding, self)))
    }

    /// What the findings mean, each under a policy of its own; ordered as [`Policy::judge`] does it.
    #[must_use]
    pub fn judge_each<'p>(findings: impl IntoIterator<Item = (Finding, &'p Self)>) -> Vec<Judged> {
        let judge = |(finding, policy): (Finding, &Self)| policy.judge_one(finding);
        let mut judged: Vec<Judged> = findings.into_iter().filter_map(judge).collect();
        judged.sort_by(Judged::order);
        judged
    }

    fn judge_one(&self, mut finding: Finding) -> Option<Judged> {
        let id = finding.rule.id;
        if finding.rule.opt_in && !self.enabled.contains(id) && !self.severities.contains_key(id) {
            return None;
        }
        let promised = |claim: &&Claim| self.mode.includes(claim.direction) && self.promises.contains(&claim.surface);
        let broken: Vec<Claim> = finding.claims.iter().filter(promised).copied().collect();
        let worst = broken
            .iter()
            .max_by_key(|claim| (finding.severity_of(**claim), claim.effect, std::cmp::Reverse(claim.surface)))?;
        let (worst, surface, effect) = (*worst, worst.surface, worst.effect);
        let severity = match self.severities.get(id) {
            Some(chosen) => (*chosen)?,
            None => finding.severity_of(worst),
        };
        let mut directions: Vec<Direction> =
            broken.iter().filter(|claim| claim.surface == surface).map(|claim| claim.direction).collect();
        directions.sort_unstable();
        directions.dedup();
        finding.message = finding.message_on(|surface| broken.iter().any(|claim| claim.surface == surface));
        finding.asides.clear();
        let fingerprint = fingerprint::of(&finding);
        let fails = if finding.proof == Proof::Undecided { !self.allow_undecided } else { severity >= self.fail_on };
        Some(Judged {
            finding,
            broken,
            severity,
            surface,
            effect,
            directions,
            fingerprint,
            fails,
            allowed: None,
            against: None,
            also_against: Vec::new(),
        })
    }
}

/// What an effect means when neither rule nor policy says otherwise.
///
/// `dropped` is an error unless dropping is the declared intent, which the rule knows and says.
#[must_use]
pub fn default_severity(effect: Effect) -> Severity {
    match effect {
        Effect::Ok => Severity::Note,
        Effect::Meaning => Severity::Warning,
        Effect::Dropped | Effect::Lossy | Effect::Error | Effect::Reinterpreted => Severity::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped_on_purpose() -> Finding {
        Finding::new("M.f", "`M.f` is gone")
            .claim_as(Surface::Wire, Direction::Backward, Effect::Dropped, Severity::Note)
            .claim(Surface::Json, Direction::Backward, Effect::Error)
    }

    fn judge(promises: &[Surface]) -> Vec<(Severity, Surface)> {
        let policy = Policy { promises: promises.iter().copied().collect(), ..Policy::default() };
        policy.judge(vec![dropped_on_purpose()]).iter().map(|judged| (judged.severity, judged.surface)).collect()
    }

    #[test]
    fn a_claim_may_matter_less_than_its_effect_by_default() {
        assert_eq!(judge(&[Surface::Wire]), [(Severity::Note, Surface::Wire)]);
    }

    #[test]
    fn the_claim_that_matters_most_speaks_for_the_finding() {
        assert_eq!(judge(&[Surface::Wire, Surface::Json]), [(Severity::Error, Surface::Json)]);
    }

    #[test]
    fn an_aside_is_said_where_its_surface_is_promised_and_broken() {
        let message = |promises: &[Surface], mode| {
            let policy = Policy { mode, promises: promises.iter().copied().collect(), ..Policy::default() };
            let finding = dropped_on_purpose()
                .claim(Surface::Wire, Direction::Forward, Effect::Error)
                .aside(Surface::Json, "in JSON, nobody finds it");
            let judged = policy.judge(vec![finding]).pop().expect("the wire is promised");
            assert!(judged.finding.asides.is_empty(), "{judged:?}");
            judged.finding.message
        };
        let both = [Surface::Wire, Surface::Json];
        assert_eq!(message(&both, Mode::Backward), "`M.f` is gone; in JSON, nobody finds it");
        assert_eq!(message(&both, Mode::Forward), "`M.f` is gone");
        assert_eq!(message(&[Surface::Wire], Mode::Full), "`M.f` is gone");
    }

    #[test]
    fn each_finding_may_have_a_policy_of_its_own() {
        let strict = Policy { fail_on: Severity::Note, ..Policy::default() };
        let lax = Policy::default();
        let other = Finding { symbol: "N.f".into(), ..dropped_on_purpose() };
        let judged = Policy::judge_each([(other, &strict), (dropped_on_purpose(), &lax)]);
        assert_eq!(judged.iter().map(|judged| judged.fails).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn an_approved_finding_fails_nothing() {
        let policy = Policy { fail_on: Severity::Note, ..Policy::default() };
        let mut judged = policy.judge(vec![dropped_on_purpose()]).pop().expect("wire is promised");
        assert!(judged.fails);
        judged.allow(Allowance { reason: "nobody reads it".into(), until: "2026-12-31".into() });
        assert!(!judged.fails && judged.allowed.is_some());
    }

    #[test]
    fn a_finding_that_breaks_no_promise_is_left_out() {
        assert_eq!(judge(&[Surface::Rpc]), []);
    }
}
