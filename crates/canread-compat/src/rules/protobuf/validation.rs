//! What validation rules accept, compared: those of protovalidate (`buf.validate`) and of its predecessor
//! protoc-gen-validate (`validate`), whose words are nearly the same.
//!
//! | file | does |
//! |---|---|
//! | `tree` | the settings of a rule message by name, whatever way they were written |
//! | `interval` | `gt`, `lte`, `min_len`, `max_items` and so on, as intervals |
//! | `value` | whether a set of rules accepts one value |
//! | `compare` | two sets of rules, keyword by keyword |
//! | `absence` | whether a record without a field is accepted |
//! | `declared` | fields that take only declared values of an enum which gained or lost some |
//!
//! Sources: `buf/validate/validate.proto`; `validate/validate.proto`.

mod absence;
mod compare;
mod declared;
mod interval;
mod tree;
mod value;

use std::borrow::Cow;

use canread_model::NodeId;

use super::options::value_of;
use crate::{Change, Finding, Fix, Holder, Pair, Part, compare::option_value, rule::prelude::Literal};

pub(super) use absence::{added, removed};
pub(super) use declared::undeclared;

/// The options that hold validation rules, and what hangs on each.
pub(super) const OPTIONS: [(&str, Rules); 7] = [
    ("(buf.validate.field)", Rules::Field),
    ("(buf.validate.message)", Rules::Message),
    ("(buf.validate.oneof)", Rules::Message),
    ("(validate.rules)", Rules::Field),
    ("(validate.required)", Rules::Tightening),
    ("(validate.disabled)", Rules::Loosening),
    ("(validate.ignored)", Rules::Loosening),
];

/// The two options that hold rules for the values of a field.
const FIELDS: [&str; 2] = ["(buf.validate.field)", "(validate.rules)"];

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// Rules for the values of a field.
    Field,
    /// Rules for a message or oneof as a whole.
    Message,
    /// A word that makes rules stricter.
    Tightening,
    /// A word that turns rules off.
    Loosening,
}

/// What a difference means for values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Some values are no longer accepted.
    Tightened,
    /// Some values are accepted that were not.
    Loosened,
    /// There is no telling: a pattern or an expression differs.
    Unclear,
}

/// One difference between two sets of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) verdict: Verdict,
    /// In words that go on after the name of what is validated: `` `string.min_len` was 1 and is 3 ``.
    pub(super) told: String,
}

/// A validation option that differs.
pub(super) struct Changed<'c> {
    holder: &'c Holder<'c>,
    path: &'c str,
    old: Option<Cow<'c, Literal>>,
    new: Option<Cow<'c, Literal>>,
    nodes: Pair<Option<NodeId>>,
    differences: Vec<Difference>,
}

impl<'c> Changed<'c> {
    /// Takes a change as one of validation rules.
    pub(super) fn of<'a: 'c>(change: &'c Change<'a>) -> Option<Self> {
        let Change::OptionChanged { holder, path, old, new, nodes } = change else { return None };
        let rules = OPTIONS.iter().find(|(option, _)| option == path)?.1;
        let (mut old, new) = (old.clone(), new.clone());
        // Rules that were rewritten for the other library are compared with what they were.
        let other = [FIELDS, [FIELDS[1], FIELDS[0]]].into_iter().find(|[own, _]| own == path).map(|[_, other]| other);
        let other = |meta| other.and_then(|other| option_value(meta, other));
        let metas = holder.metas();
        match (&old, &new) {
            (Some(_), None) if other(metas.new).is_some() => return None,
            (None, Some(_)) => old = other(metas.old),
            _ => {}
        }
        let differences = compare::compare(rules, Pair { old: old.as_deref(), new: new.as_deref() }, path);
        Some(Self { holder, path, old, new, nodes: *nodes, differences })
    }

    /// A finding about the differences of one verdict, if there are any. `consequence` goes on after what differs.
    pub(super) fn finding(&self, verdict: Verdict, consequence: &str) -> Option<Finding> {
        let mut told = self.differences.iter().filter(|one| one.verdict == verdict).map(|one| one.told.clone());
        let first = told.next()?;
        let symbol = self.holder.symbol();
        let place = self.holder.place();
        let text = |value: Option<&Literal>| value.map_or_else(|| "none".to_owned(), value_of);
        let mut finding = Finding::new(&symbol, format!("validation of `{symbol}` changed, {first}: {consequence}"))
            .shape(format!("{} {} -> {}", self.path, text(self.old.as_deref()), text(self.new.as_deref())));
        if let Some(node) = self.nodes.old.or(place.old) {
            finding = finding.old(node, "validated so until now");
        }
        if let Some(node) = self.nodes.new.or(place.new) {
            finding = finding.new_site(node, "validated so now");
        }
        if let (Some(old), Some(new)) = (self.nodes.old, self.nodes.new) {
            finding = finding.fix(Fix::restore(Part::Whole, old, new));
        }
        finding.notes = told.collect();
        Some(finding)
    }
}
