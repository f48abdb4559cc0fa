//! Which rule or lint is meant by an id that none has.

use super::all;
use crate::lints;

/// The ids of the rules and lints that are most likely meant by a text, which may lack the name of the format: those whose name is
/// the text, or else those that are closest to it, several if several formats have a rule of that name. None if nothing
/// is close.
#[must_use]
pub fn near(text: &str) -> Vec<&'static str> {
    let lints = lints().iter().map(|lint| lint.rule.id);
    near_of(text, &all().iter().map(|rule| rule.id).chain(lints).collect::<Vec<_>>())
}

/// The same of lints.
#[must_use]
pub fn lints_near(text: &str) -> Vec<&'static str> {
    near_of(text, &lints().iter().map(|lint| lint.rule.id).collect::<Vec<_>>())
}

fn near_of(text: &str, ids: &[&'static str]) -> Vec<&'static str> {
    let ids = || ids.iter().copied();
    let called = |name: &str| -> Vec<&'static str> { ids().filter(|id| short(id) == name).collect() };
    // A name without its format first: another format's id may be close to it by chance.
    let same = called(text);
    if !same.is_empty() {
        return same;
    }
    match (closest(text, ids()), closest(text, ids().map(short))) {
        (Some((distance, id)), other) if other.is_none_or(|(short, _)| distance <= short) => vec![id],
        (_, Some((_, name))) => called(name),
        (_, None) => Vec::new(),
    }
}

/// The name behind that of the format.
fn short(id: &str) -> &str {
    id.rsplit_once('/').map_or(id, |(_, name)| name)
}

/// The closest of some names, if it is close enough to be what was meant, and how far it is.
fn closest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<(usize, &'n str)> {
    let allowed = text.chars().count().div_ceil(3);
    // What differs that much in length needs no closer look: a text from outside may be long.
    let is_near = |name: &&str| name.chars().count().abs_diff(text.chars().count()) <= allowed;
    let near = names.filter(is_near).map(|name| (distance(text, name), name));
    near.filter(|(distance, _)| *distance <= allowed).min()
}

/// Levenshtein's distance in characters.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, from) in one.chars().enumerate() {
        let mut diagonal = row.first().copied().unwrap_or_default();
        let mut left = at + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(&other) {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_rule_is_recognised_with_and_without_its_format() {
        assert_eq!(near("protobuf/field_type_chnaged"), ["protobuf/field_type_changed"]);
        assert_eq!(near("field_type_chnaged"), near("field_type_changed"));
        assert!(near("field_type_changed").contains(&"protobuf/field_type_changed"));
        assert!(near("something else").is_empty());
        assert!(near("").is_empty());
    }

    #[test]
    fn the_distance_counts_single_edits() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
        assert_eq!(distance("ä", "a"), 1);
    }
}
