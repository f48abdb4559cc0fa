//! What the rules about added fields share: which of them speaks about an addition.

use super::field::FieldAt;
use crate::{Change, DeclAt, Pair, rule::prelude::*};

/// A field that is new.
#[derive(Debug, Clone, Copy)]
pub(super) struct Addition<'a> {
    pub(super) field: FieldAt<'a>,
    pub(super) owner: Pair<DeclAt<'a>>,
}

/// What is special about an addition. One rule speaks about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// The name was there on a number that another field has now: it was moved rather than added.
    Moved,
    /// The number had been retired.
    RetiredNumber,
    /// New readers insist on it.
    Required,
    /// The name had been retired, or JSON knew another field by it.
    RetiredName,
    /// It joins a oneof that old readers know.
    Member,
    /// Nothing.
    Plain,
}

impl<'a> Addition<'a> {
    /// Takes a change as an addition of one sort.
    pub(super) fn of_sort(change: &Change<'a>, context: &Context<'_>, sort: Sort) -> Option<Self> {
        let Change::FieldAdded { owner, new } = change else { return None };
        owner.old.decl().as_record()?;
        let old = owner.old;
        let field = FieldAt { owner: owner.new, field: new };
        let found = if old.field(&new.name).is_some() {
            Sort::Moved
        } else if old.has_reserved_number(i64::from(field.number())) {
            Sort::RetiredNumber
        } else if new.presence == Presence::Required {
            Sort::Required
        } else if old.has_reserved_name(&new.name) || field.found_by_json(owner.old).is_some() {
            Sort::RetiredName
        } else if joins_known_oneof(*owner, new, context) {
            Sort::Member
        } else {
            Sort::Plain
        };
        (found == sort).then_some(Self { field, owner: *owner })
    }

    /// A finding about the addition, with what all its rules say.
    pub(super) fn finding(self, message: &str) -> Finding {
        let symbol = self.field.symbol();
        Finding::new(&symbol, format!("`{symbol}` is new{message}"))
            .old(self.owner.old.decl().node, "old readers know no such field")
            .new_site(self.field.field.node, "added here")
            .shape(format!("{} = {}", self.field.type_name(), self.field.number()))
            .claims([Claim::on(Json, Forward, self.field.read_as_json(self.owner.old))])
    }
}

/// Whether another field of the new field's oneof was in a oneof before.
fn joins_known_oneof(owner: Pair<DeclAt<'_>>, new: &canread_model::Field, context: &Context<'_>) -> bool {
    let (Some(old), Some(is)) = (owner.old.decl().as_record(), owner.new.decl().as_record()) else { return false };
    new.oneof.is_some()
        && context.alternatives.of(owner, Pair { old, new: is }).by_number.new.has_other_in_another(new, None)
}
