//! Keys that one object has more than once.

use super::Member;
use super::problem::{self, Problems};

/// Objects up to this size are compared pair by pair: cheaper than to allocate.
const SMALL: usize = 12;

/// Warns about each repeated key, once, naming its places.
pub(super) fn report(members: &[Member<'_>], problems: &mut Problems) {
    if members.len() <= SMALL && !repeats(members) {
        return;
    }
    // Sorted, not hashed: no text makes this slow. Equal keys stay in the order of the text.
    let mut sorted: Vec<&Member<'_>> = members.iter().collect();
    sorted.sort_by(|one, other| one.key.cmp(&other.key));
    for group in sorted.chunk_by(|one, other| one.key == other.key) {
        if let [first, again, more @ ..] = group {
            problems.add(problem::duplicate_key(first, again, more));
        }
    }
}

fn repeats(members: &[Member<'_>]) -> bool {
    members.iter().enumerate().any(|(at, member)| members.iter().skip(at + 1).any(|other| other.key == member.key))
}
