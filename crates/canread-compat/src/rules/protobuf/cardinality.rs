//! What the rules about one value, lists and maps share.

use super::convert::Verdict;
use super::{field, restore};
use crate::{Cardinality, FieldPair, Shape, rule::prelude::*};

/// A field that is still the same one, of the same type, with another number of values.
///
/// Where the type changed too, the rule about types speaks, since that is the worse break.
pub(super) fn changed<'c, 'a>(
    change: &'c Change<'a>,
    is_meant: impl Fn(Cardinality, Cardinality) -> bool,
) -> Option<&'c FieldPair<'a>> {
    let (fields, FieldChange::Cardinality) = field::kept(change)? else { return None };
    let shapes = Pair { old: Shape::of(&fields.old.ty), new: Shape::of(&fields.new.ty) };
    let is_map = |shape: Shape<'_>| shape.cardinality == Cardinality::Map;
    let slots = field::slots(fields);
    let has_same_type = is_map(shapes.old) != is_map(shapes.new) || slots.old.kind.is_like(slots.new.kind);
    (has_same_type && is_meant(shapes.old.cardinality, shapes.new.cardinality)).then_some(fields)
}

/// A finding about it.
pub(super) fn finding(fields: &FieldPair<'_>, verdict: Verdict) -> Finding {
    let (old, new) = field::halves(fields);
    let names = Pair { old: old.type_name(), new: new.type_name() };
    field::told(old.symbol(), &format!("was {} and is {}", names.old, names.new), verdict)
        .old(fields.old.ty.node, format!("written as {} until now", names.old))
        .new_site(fields.new.ty.node, format!("read as {} now", names.new))
        .shape(format!("{} -> {}", names.old, names.new))
        .fix(restore::field_type(fields))
        .help("keep it as it was, or add a new field and reserve this one")
        .claims(verdict.claims())
        .claim(Source, Backward, Effect::Error)
}
