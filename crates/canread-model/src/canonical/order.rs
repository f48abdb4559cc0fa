//! Puts what has no order of its own into the order of the canonical form.

use std::cmp::Ordering;

use super::text::Text;
use crate::{Annotation, Field, FieldRole};

/// The items by some order; equal ones stay as they are.
pub(super) fn by<T>(items: &[T], order: impl Fn(&T, &T) -> Ordering) -> Vec<&T> {
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort_by(|one, two| order(one, two));
    sorted
}

/// Names by name, each once.
pub(super) fn names(names: &[Box<str>]) -> Vec<&str> {
    let mut sorted: Vec<&str> = names.iter().map(|name| &**name).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Annotations by path; those under one path stay in source order.
pub(super) fn annotations(annotations: &[Annotation]) -> Vec<&Annotation> {
    by(annotations, |one, two| (&one.path, one.origin).cmp(&(&two.path, two.origin)))
}

/// Items that only their own text can order, as texts.
pub(super) fn as_text<T>(items: &[T], write: impl Fn(&mut Text, &T)) -> Vec<String> {
    let text = |item: &T| {
        let mut text = Text::kept();
        write(&mut text, item);
        text.into_string()
    };
    let mut texts: Vec<String> = items.iter().map(text).collect();
    texts.sort_unstable();
    texts
}

/// Whether the order of the fields of one holder is content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldOrder {
    /// It is, but for XML attributes, which have none.
    Matters,
    /// It is not: by number, then by name.
    Free,
}

/// The indexes of some fields in the order of the canonical form.
pub(super) fn fields(fields: &[Field], order: FieldOrder) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..fields.len()).collect();
    sorted.sort_by(|one, two| {
        let (one, two) = (&fields[*one], &fields[*two]);
        let rank = |field: &Field| order == FieldOrder::Free || field.role == FieldRole::Attribute;
        match (rank(one), rank(two)) {
            (true, true) => identity(one).cmp(&identity(two)),
            (free_one, free_two) => free_one.cmp(&free_two),
        }
    });
    sorted
}

/// For each field, by index, its place in the order of the canonical form.
pub(super) fn places(of: &[Field], order: FieldOrder) -> Vec<usize> {
    let mut places = vec![0; of.len()];
    for (place, at) in fields(of, order).into_iter().enumerate() {
        places[at] = place;
    }
    places
}

fn identity(field: &Field) -> (Option<i32>, &str, Option<&str>) {
    (field.number.map(|number| number.value), &field.name, field.namespace.as_deref())
}
