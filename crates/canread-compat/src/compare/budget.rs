//! How much work goes into pairs of declarations that are not one and the same.
//!
//! Every declaration is compared with its other version once, so that this work grows with the schemas. But fields that
//! name other types than before bring together declarations as they like: of `n` messages, each of which names the next
//! one but one instead of the next one, all `n * n` pairs.

use std::fmt;

use canread_model::{Decl, NodeId, Schema};

use crate::{DeclAt, Pair};

/// Steps for each declaration and member of both versions. Real changes need less than one: hardly a declaration is
/// compared with more than one other.
const STEPS_PER_MEMBER: u64 = 16;

/// Steps that small schemas may take too. They cost some tenths of a second.
const STEPS_MIN: u64 = 50_000;

/// The steps that are left. A step is a declaration or a member (a field, a value, a method, an extension) that is
/// looked at in a pair.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    pairs: u64,
}

/// Fields and methods name other types than before, in more combinations than can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyPairs {
    /// How many pairs of types were compared before.
    pub compared: u64,
    /// The full names of the pair that was next.
    pub next: Pair<Box<str>>,
    /// The declarations of that pair.
    pub nodes: Pair<NodeId>,
}

impl fmt::Display for TooManyPairs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { compared, next, .. } = self;
        write!(
            formatter,
            "fields name other types than before in too many combinations: {compared} pairs of types were compared, and \
             `{}` beside `{}` was next",
            next.old, next.new
        )
    }
}

impl std::error::Error for TooManyPairs {}

impl Budget {
    pub(super) fn of(versions: Pair<&Schema>) -> Self {
        let size = |schema: &Schema| schema.decls().map(|(_, decl)| steps(decl)).sum::<u64>();
        let members = size(versions.old) + size(versions.new);
        Self { left: members.saturating_mul(STEPS_PER_MEMBER).saturating_add(STEPS_MIN), pairs: 0 }
    }

    /// Takes what a pair costs, whose messages have so many `extensions`.
    pub(super) fn spend(&mut self, pair: Pair<DeclAt<'_>>, extensions: usize) -> Result<(), TooManyPairs> {
        let decls = pair.decls();
        let cost = steps(decls.old) + steps(decls.new) + extensions as u64;
        self.left = self.left.checked_sub(cost).ok_or_else(|| TooManyPairs {
            compared: self.pairs,
            next: Pair { old: decls.old.full_name.clone(), new: decls.new.full_name.clone() },
            nodes: Pair { old: decls.old.node, new: decls.new.node },
        })?;
        self.pairs += 1;
        Ok(())
    }
}

/// A declaration with its members.
fn steps(decl: &Decl) -> u64 {
    let fields = decl.as_record().map_or(0, |record| record.fields.len() + record.oneofs.len());
    let values = decl.as_enum().map_or(0, |declared| declared.values.len());
    let methods = decl.as_service().map_or(0, |service| service.methods.len());
    1 + (fields + values + methods) as u64
}
