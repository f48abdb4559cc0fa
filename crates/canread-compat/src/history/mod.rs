//! More than two versions: what was retired in one and stands for something else now.
//!
//! ```text
//! versions, oldest first, each beside the new one ─ Ledger ─→ what came back as something else ─ rules ─→ findings
//! ```
//!
//! A comparison of two versions can't see that: to the one before the new version, the number is free.

mod ledger;
mod retired;
mod said;
mod settle;

use canread_model::{Decl, DeclKind, EnumValue, Format, Method, NodeId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Change, Claim, DeclAt, Direction, FieldPair, Finding, Pair, Scope, Severity, Surface, TypeAt, engine,
    finding::{field_symbol, method_symbol, value_symbol},
    renamed::Renamed,
    rule::Facts,
};

use ledger::CameBack;
pub use ledger::Reach;
pub(crate) use ledger::{is_same_name, signature};
pub use retired::Retirements;
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

    /// The enums and fixed types of Avro that the new one has values of, as they are called in findings: by their old full
    /// names, where the namespace changed.
    fn named(&self) -> Vec<&str> {
        let Self::FieldName(fields) = self else { return Vec::new() };
        if fields.owner.new.schema.format() != Format::Avro {
            return Vec::new();
        }
        let Pair { old, new } = Pair {
            old: decls_with_values(TypeAt { schema: fields.owner.old.schema, ty: &fields.old.ty }),
            new: decls_with_values(TypeAt { schema: fields.owner.new.schema, ty: &fields.new.ty }),
        };
        let is_moved = |old: &&Decl| {
            new.iter().any(|new| new.name.is_some() && new.name == old.name && new.full_name != old.full_name)
        };
        let moved = old.into_iter().filter(is_moved);
        moved.chain(new.iter().copied()).map(|decl| &*decl.full_name).collect()
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

/// The enums and fixed types of Avro that a type has values of.
fn decls_with_values(ty: TypeAt<'_>) -> Vec<&Decl> {
    let decls = ty.leaves().into_iter().filter_map(TypeAt::named).map(DeclAt::decl);
    decls.filter(|decl| matches!(&decl.kind, DeclKind::Enum(_) | DeclKind::Fixed(_))).collect()
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

    /// What the rules say about everything that came back, by step. `pairwise` is what they say about the two versions of
    /// one.
    ///
    /// Of several things that data knew by one number or name, the newest one is asked first, and an older one claims what
    /// no newer one does.
    #[must_use]
    pub fn findings<F: AsRef<[Finding]>>(&self, pairwise: impl Fn(usize) -> F) -> Vec<(usize, Vec<Finding>)> {
        let mut heard: FxHashMap<usize, Heard> = FxHashMap::default();
        let mut found = Vec::new();
        for (&step, returned) in self.came_back.changed.iter().rev() {
            let facts = Facts::of(self.steps[step].schemas);
            let (renamed, namesakes) = (Renamed::default(), FxHashSet::default());
            let context = facts.context(&renamed, &namesakes);
            let pairwise = pairwise(step);
            let mut said = Said::of(pairwise.as_ref());
            let mut findings = Vec::new();
            for (key, one) in returned {
                let claims = said.about(&one.what);
                let change = Change::Returned(Box::new(Returned { claims, ..one.clone() }));
                for mut finding in engine::check(&change, &context) {
                    heard.entry(*key).or_default().leave_new(&mut finding);
                    if !finding.claims.is_empty() {
                        findings.push(finding);
                    }
                }
            }
            found.push((step, findings));
        }
        found.reverse();
        found
    }
}

/// What was claimed of the newer things that data knew by one number or name.
#[derive(Debug, Default)]
struct Heard(FxHashMap<(Surface, Direction), Severity>);

impl Heard {
    /// Leaves a finding the claims that matter more, to the same readers, than what was heard.
    fn leave_new(&mut self, finding: &mut Finding) {
        let claims: Vec<(Claim, Severity)> =
            finding.claims.iter().map(|&claim| (claim, finding.severity_of(claim))).collect();
        let is_new = |(claim, severity): &&(Claim, Severity)| {
            self.0.get(&(claim.surface, claim.direction)).is_none_or(|heard| heard < severity)
        };
        finding.claims = claims.iter().filter(is_new).map(|(claim, _)| *claim).collect();
        for (claim, severity) in claims {
            let heard = self.0.entry((claim.surface, claim.direction)).or_insert(severity);
            *heard = severity.max(*heard);
        }
    }
}
