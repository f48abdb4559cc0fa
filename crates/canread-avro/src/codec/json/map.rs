//! Which entries of a map are written: keys of an object are not to come twice, and those of a map in Avro's binary format may.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use canread_plan::Value;

/// Entries that are compared with each other one by one.
const FEW: usize = 8;

/// Of entries with one key the last, at the place of the first, as indexes in the order to write; `None` if each key comes once.
///
/// Entries whose keys are no text count as of one key, so that one of them is written, which is an error.
pub(super) fn last_of_each(entries: &[(Value<'_>, Value<'_>)]) -> Option<Vec<usize>> {
    if entries.len() <= FEW && is_each_once(entries) {
        return None;
    }
    // A table with a secret of this process: keys come from outside.
    let mut places: HashMap<Option<&str>, usize> = HashMap::with_capacity(entries.len());
    let mut order: Vec<usize> = Vec::with_capacity(entries.len());
    for (at, (key, _)) in entries.iter().enumerate() {
        match places.entry(text(key)) {
            Place::Vacant(place) => {
                place.insert(order.len());
                order.push(at);
            }
            Place::Occupied(place) => {
                if let Some(slot) = order.get_mut(*place.get()) {
                    *slot = at;
                }
            }
        }
    }
    (order.len() < entries.len()).then_some(order)
}

fn is_each_once(mut entries: &[(Value<'_>, Value<'_>)]) -> bool {
    while let Some(((key, _), others)) = entries.split_first() {
        if others.iter().any(|(other, _)| text(other) == text(key)) {
            return false;
        }
        entries = others;
    }
    true
}

fn text<'a>(key: &Value<'a>) -> Option<&'a str> {
    if let Value::String(key) = key { Some(key) } else { None }
}
