//! More than two versions: what was retired in one and stands for something else now.
//!
//! ```text
//! versions, oldest first, each beside the new one ─ Ledger ─→ what came back as something else ─ rules ─→ findings
//! ```
//!
//! A comparison of two versions can't see that: to the one before the new version, the number is free.

mod ledger;

use canread_model::{EnumValue, Method, NodeId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Change, Claim, Context, DeclAt, Direction, Effect, FieldPair, Finding, Pair, Scope, Severity, Surface,
    alternatives, compare, engine,
    enum_fields::EnumFields,
    finding::{field_symbol, method_symbol, value_symbol},
    required::RequiredEnums,
};

use ledger::CameBack;
pub use ledger::Reach;
pub(crate) use ledger::{is_same_name, signature};

/// One old version beside the new one.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "built by whoever knows the versions")]
pub struct Step<'a> {
    /// The old version as people call it.
    pub label: &'a str,
    /// The old version and the new one, as they were read to be compared with each other: what is the same in both may be
    /// in neither.
    pub schemas: Pair<&'a Schema>,
    /// What of them takes part.
    pub scope: &'a Scope,
}

/// Something that was retired and is there again, but stands for something else.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Returned<'a> {
    /// What it was, and what it is.
    pub what: Reused<'a>,
    /// The last version that had it as it was.
    pub last: &'a str,
    /// The first version behind that without it.
    pub gone: &'a str,
    /// The first version that has it again, if that is not the new one.
    pub since: Option<&'a str>,
    /// What rules say about the two, without knowing that it was gone in between.
    pub claims: Vec<(Claim, Severity)>,
}

/// What data knows by a number or a name: as it was, and as it is.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Reused<'a> {
    /// The number of a field or an extension.
    FieldNumber(FieldPair<'a>),
    /// The name of a field: the one that JSON has, or in Avro its own or an alias.
    FieldName(FieldPair<'a>),
    /// The number of an enum value.
    EnumNumber(Pair<DeclAt<'a>>, Pair<&'a EnumValue>),
    /// The name of an enum value.
    EnumName(Pair<DeclAt<'a>>, Pair<&'a EnumValue>),
    /// The name of a method.
    Method(Pair<DeclAt<'a>>, Pair<&'a Method>),
}

impl Reused<'_> {
    /// The nodes.
    #[must_use]
    pub fn nodes(&self) -> Pair<NodeId> {
        match self {
            Self::FieldNumber(fields) | Self::FieldName(fields) => Pair { old: fields.old.node, new: fields.new.node },
            Self::EnumNumber(_, values) | Self::EnumName(_, values) => {
                Pair { old: values.old.node, new: values.new.node }
            }
            Self::Method(_, methods) => Pair { old: methods.old.node, new: methods.new.node },
        }
    }

    /// What both are called in findings.
    #[must_use]
    pub fn symbols(&self) -> Pair<String> {
        match self {
            Self::FieldNumber(fields) | Self::FieldName(fields) => Pair {
                old: field_symbol(fields.owner.old, fields.old),
                new: field_symbol(fields.owner.new, fields.new),
            },
            Self::EnumNumber(owner, values) | Self::EnumName(owner, values) => {
                Pair { old: value_symbol(owner.old, values.old), new: value_symbol(owner.new, values.new) }
            }
            Self::Method(owner, methods) => {
                Pair { old: method_symbol(owner.old, methods.old), new: method_symbol(owner.new, methods.new) }
            }
        }
    }
}

/// What a history knows about numbers and names that were retired in it.
#[derive(Debug)]
pub struct Ledger<'a> {
    steps: &'a [Step<'a>],
    came_back: CameBack<'a>,
}

impl<'a> Ledger<'a> {
    /// Reads a history, oldest version first.
    #[must_use]
    pub fn of(steps: &'a [Step<'a>], reach: Reach) -> Self {
        Self { steps, came_back: ledger::came_back(steps, reach) }
    }

    /// The steps, by their place in the history, of which [`Ledger::findings`] has something to say.
    pub fn steps(&self) -> impl Iterator<Item = usize> {
        self.came_back.changed.keys().copied()
    }

    /// What the rules say about everything that the old version of a step had last. `pairwise` is what they say about
    /// the two versions of that step.
    #[must_use]
    pub fn findings(&self, step: usize, pairwise: &[Finding]) -> Vec<Finding> {
        let (Some(step), Some(returned)) = (self.steps.get(step), self.came_back.changed.get(&step)) else {
            return Vec::new();
        };
        let versions = step.schemas;
        let alternatives = alternatives::Cache::default();
        let required = RequiredEnums::of(versions);
        let enum_fields = EnumFields::of(versions);
        let context = Context {
            versions,
            renamed: &FxHashMap::default(),
            namesakes: &FxHashSet::default(),
            alternatives: &alternatives,
            required: &required,
            enum_fields: &enum_fields,
            has_any: compare::has_any(versions),
        };
        let mut findings = Vec::new();
        for one in returned {
            let claims = claims(&one.what, pairwise);
            let change = Change::Returned(Box::new(Returned { claims, ..one.clone() }));
            findings.extend(engine::check(&change, &context));
        }
        findings
    }
}

/// Rules that warn of what was reserved and is used again, and what they claim because of that.
const RESERVED: [(&str, Surface, Effect); 4] = [
    ("protobuf/enum_value_reused", Surface::Json, Effect::Meaning),
    ("protobuf/enum_value_reused", Surface::Wire, Effect::Meaning),
    ("protobuf/field_name_reused", Surface::Json, Effect::Reinterpreted),
    ("protobuf/field_number_reused", Surface::Wire, Effect::Meaning),
];

impl Ledger<'_> {
    /// Takes back what rules say, about the versions of a step, of reserved numbers and names that are used again: where
    /// an older version had the same under it, old data is read as what it is.
    pub fn take_back(&self, step: usize, pairwise: &mut Vec<Finding>) {
        for finding in pairwise.iter_mut() {
            let had = self.came_back.restored.iter().filter(|(last, symbol)| *last < step && *symbol == finding.symbol);
            let Some(last) = had.map(|(last, _)| *last).max() else { continue };
            let is_about = |claim: &Claim| {
                let said = (finding.rule.id, claim.surface, claim.effect);
                claim.direction == Direction::Backward && RESERVED.contains(&said)
            };
            let count = finding.claims.len();
            finding.claims = finding.claims.iter().copied().filter(|claim| !is_about(claim)).collect();
            if finding.claims.len() < count {
                finding.notes.push(format!(
                    "it is what it was until {}: data of that time is read as what it is",
                    self.steps[last].label
                ));
            }
        }
        pairwise.retain(|finding| !finding.claims.is_empty());
    }
}

/// What findings claim about two things that they are about, too.
fn claims(what: &Reused<'_>, findings: &[Finding]) -> Vec<(Claim, Severity)> {
    let (nodes, symbols) = (what.nodes(), what.symbols());
    let is_new = |site: &Option<crate::Site>| site.as_ref().is_some_and(|site| site.node == nodes.new);
    let is_inside = |symbol: &str| symbol.strip_prefix(&*symbols.new).is_some_and(|rest| !rest.starts_with(is_name));
    let mut claims: Vec<(Claim, Severity)> = Vec::new();
    for finding in findings.iter().filter(|finding| !finding.rule.opt_in) {
        let is_meant = is_new(&finding.new)
            || is_inside(&finding.symbol)
            || finding.symbol == symbols.old
            || finding.also.iter().any(|also| is_new(&also.new));
        if !is_meant {
            continue;
        }
        for &claim in &finding.claims {
            let severity = finding.severity_of(claim);
            match claims.iter_mut().find(|(known, _)| *known == claim) {
                Some((_, known)) => *known = severity.max(*known),
                None => claims.push((claim, severity)),
            }
        }
    }
    claims
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Lets findings about what came back speak for those of a comparison that have the same cause, as far as they can say
/// what those say. Those are left out of `pairwise`.
pub fn absorb(returned: &mut [Finding], pairwise: &mut Vec<Finding>) {
    pairwise.retain(|finding| {
        let speaker = returned.iter_mut().find(|own| {
            let speaks =
                own.speaks_for.iter().any(|(rule, symbol)| *rule == finding.rule.id && *symbol == finding.symbol);
            speaks && finding.also.is_empty() && finding.claims.iter().all(|claim| own.rule.claims.contains(claim))
        });
        let Some(speaker) = speaker else { return true };
        for &claim in &finding.claims {
            let severity = finding.severity_of(claim);
            if !speaker.claims.contains(&claim) {
                speaker.claims.push(claim);
                speaker.severities.push((claim, severity));
            } else if severity > speaker.severity_of(claim) {
                speaker.severities.push((claim, severity));
            }
        }
        false
    });
}
