//! Which rule or lint is meant by an id that none has.

use strsim::levenshtein;

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
    let near = names.filter(is_near).map(|name| (levenshtein(text, name), name));
    near.filter(|(distance, _)| *distance <= allowed).min()
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
}
