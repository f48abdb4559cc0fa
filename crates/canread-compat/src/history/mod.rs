//! More than two versions: what was retired in one and stands for something else now.
//!
//! ```text
//! versions, oldest first, each beside the new one ─ Ledger ─→ what came back as something else ─ rules ─→ findings
//! ```
//!
//! A comparison of two versions can't see that: to the one before the new version, the number is free.

mod ledger;
mod said;
mod settle;

use canread_model::{EnumValue, Method, NodeId, Schema};
use rustc_hash::FxHashSet;

use crate::{
    Change, Claim, DeclAt, FieldPair, Finding, Pair, Scope, Severity, engine,
    finding::{field_symbol, method_symbol, value_symbol},
    renamed::Renamed,
    rule::Facts,
};

use ledger::CameBack;
pub use ledger::Reach;
pub(crate) use ledger::{is_same_name, signature};
use said::Said;

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
    reach: Reach,
    came_back: CameBack<'a>,
}

impl<'a> Ledger<'a> {
    /// Reads a history, oldest version first.
    #[must_use]
    pub fn of(steps: &'a [Step<'a>], reach: Reach) -> Self {
        Self { steps, reach, came_back: ledger::came_back(steps, reach) }
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
        let facts = Facts::of(step.schemas);
        let (renamed, namesakes) = (Renamed::default(), FxHashSet::default());
        let context = facts.context(&renamed, &namesakes);
        let said = Said::of(pairwise);
        let mut findings = Vec::new();
        for one in returned {
            let claims = said.about(&one.what);
            let change = Change::Returned(Box::new(Returned { claims, ..one.clone() }));
            findings.extend(engine::check(&change, &context));
        }
        findings
    }
}
