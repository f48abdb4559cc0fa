//! What the rules about deleted fields share: which of them speaks about a deletion, and its common parts.

use super::field::FieldAt;
use crate::{Change, DeclAt, Pair, rule::prelude::*};

/// A field that is gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletion<'a> {
    pub(super) field: FieldAt<'a>,
    pub(super) owner: Pair<DeclAt<'a>>,
    pub(super) sort: Sort,
}

/// What is special about a deletion. One rule speaks about each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// The name is still there, on a number that another field had: it was moved rather than deleted.
    Moved,
    /// Old readers insist on the field.
    Required,
    /// The number is free, whatever the name is.
    FreeNumber,
    /// The number is reserved, the name is free.
    FreeName,
    /// Both are reserved: meant that way.
    Announced,
}

impl<'a> Deletion<'a> {
    /// Takes a change as a deletion of a field.
    pub(super) fn of(change: &Change<'a>) -> Option<Self> {
        let Change::FieldRemoved { owner, old } = change else { return None };
        owner.new.decl().as_record()?;
        let new = owner.new;
        let field = FieldAt { owner: owner.old, field: old };
        let sort = if new.field(&old.name).is_some() {
            Sort::Moved
        } else if old.presence == Presence::Required {
            Sort::Required
        } else if !new.has_reserved_number(i64::from(field.number())) {
            Sort::FreeNumber
        } else if !new.has_reserved_name(&old.name) {
            Sort::FreeName
        } else {
            Sort::Announced
        };
        Some(Self { field, owner: *owner, sort })
    }

    /// Takes a change as a deletion of one sort.
    pub(super) fn of_sort(change: &Change<'a>, sort: Sort) -> Option<Self> {
        Self::of(change).filter(|deletion| deletion.sort == sort)
    }

    pub(super) fn is_number_free(self) -> bool {
        let number = i64::from(self.field.number());
        !self.owner.new.has_reserved_number(number)
    }

    pub(super) fn is_name_free(self) -> bool {
        let name = &self.field.field.name;
        !self.owner.new.has_reserved_name(name)
    }

    /// Whether extensions have the number: it can't be reserved then.
    fn is_number_for_extensions(self) -> bool {
        let number = i64::from(self.field.number());
        self.owner.new.has_extension_number(number)
    }

    /// What the new version should reserve; none where nothing is free, or where that takes more than a line.
    pub(super) fn reservation(self) -> Option<Fix> {
        if self.is_number_free() && self.is_number_for_extensions() {
            return None;
        }
        let number = i64::from(self.field.number());
        let numbers = if self.is_number_free() { vec![(number, number)] } else { Vec::new() };
        let names = if self.is_name_free() { vec![self.field.field.name.to_string()] } else { Vec::new() };
        let is_needed = !numbers.is_empty() || !names.is_empty();
        is_needed.then(|| Fix::Reserve { owner: self.owner.new.decl().node, numbers, names })
    }

    /// `reserved 4; reserved "note";`, as far as it is needed.
    pub(super) fn statements(self) -> String {
        let number = self.is_number_free().then(|| format!("reserved {};", self.field.number()));
        let name = self.is_name_free().then(|| format!("reserved \"{}\";", self.field.field.name));
        number.into_iter().chain(name).collect::<Vec<_>>().join(" ")
    }

    /// A finding about the deletion, with what all its rules say.
    pub(super) fn finding(self, message: &str) -> Finding {
        let symbol = self.field.symbol();
        let mut finding = Finding::new(&symbol, format!("`{symbol}` is gone{message}"))
            .old(self.field.field.node, "old data has this field")
            .new_site(self.owner.new.decl().node, "new readers know no such field")
            .shape(format!("{} = {}", self.field.type_name(), self.field.number()));
        if self.is_number_free() && self.is_number_for_extensions() {
            let (number, statements) = (self.field.number(), self.statements());
            finding = finding.help(format!("take {number} out of `extensions`, and add `{statements}`"));
        } else if let Some(fix) = self.reservation() {
            finding = finding.help(format!("add `{}`", self.statements())).fix(fix);
        }
        finding.claims(self.json_claims()).claim(Source, Backward, Effect::Error)
    }

    /// JSON knows no unknown fields: the name of a deleted field is an error, unless another field answers to it.
    /// Where that one is new, its own finding says so.
    fn json_claims(self) -> impl Iterator<Item = Claim> {
        let other = self.field.found_by_json(self.owner.new);
        let is_new = |other: FieldAt<'_>| {
            self.field.record().is_some() && self.field.owner.field_by_number(other.number()).is_none()
        };
        let claim = Claim::on(Json, Backward, self.field.read_as_json(self.owner.new));
        (!other.is_some_and(is_new)).then_some(claim).into_iter()
    }
}

/// The pages' common part.
pub(super) const SPEC: &str = "https://protobuf.dev/programming-guides/proto3/#deleting";
