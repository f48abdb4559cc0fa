//! Which of the declarations that are gone are held by something else, where some of them hold each other.

use canread_model::DeclId;
use rustc_hash::{FxHashMap, FxHashSet};

/// What names what: pairs of a holder, if that is gone too, and what it names.
#[derive(Debug, Default)]
pub(super) struct Holders {
    edges: Vec<(Option<DeclId>, DeclId)>,
}

impl Holders {
    pub(super) fn add(&mut self, holder: Option<DeclId>, held: DeclId) {
        self.edges.push((holder, held));
    }

    /// Those that something outside of their cycle names, with everything in that cycle.
    pub(super) fn held(&self) -> FxHashSet<DeclId> {
        let cycle_of = self.cycles();
        let is_outside = |(holder, held): &&(Option<DeclId>, DeclId)| match holder {
            Some(holder) => cycle_of.get(holder) != cycle_of.get(held),
            None => true,
        };
        let held_cycles: FxHashSet<usize> =
            self.edges.iter().filter(is_outside).filter_map(|(_, held)| cycle_of.get(held).copied()).collect();
        let is_held = |held: &DeclId| cycle_of.get(held).is_some_and(|cycle| held_cycles.contains(cycle));
        self.edges.iter().map(|(_, held)| *held).filter(is_held).collect()
    }

    /// By declaration, a number that it shares with those that lead to it and that it leads to: the strongly connected
    /// components, by the algorithm of Kosaraju.
    fn cycles(&self) -> FxHashMap<DeclId, usize> {
        let mut forth: FxHashMap<DeclId, Vec<DeclId>> = FxHashMap::default();
        let mut back: FxHashMap<DeclId, Vec<DeclId>> = FxHashMap::default();
        for &(holder, held) in &self.edges {
            back.entry(held).or_default();
            if let Some(holder) = holder {
                forth.entry(holder).or_default().push(held);
                back.entry(held).or_default().push(holder);
            }
        }
        let all = self.edges.iter().flat_map(|&(holder, held)| holder.into_iter().chain([held]));
        let mut seen = FxHashSet::default();
        let mut finished = Vec::new();
        for start in all {
            walk(&forth, start, &mut seen, &mut finished);
        }
        let mut cycle_of = FxHashMap::default();
        let mut seen = FxHashSet::default();
        for (number, start) in finished.into_iter().rev().enumerate() {
            let mut members = Vec::new();
            walk(&back, start, &mut seen, &mut members);
            cycle_of.extend(members.into_iter().map(|member| (member, number)));
        }
        cycle_of
    }
}

/// Everything that `start` leads to and that was not seen before, each after what it leads to.
fn walk(
    edges: &FxHashMap<DeclId, Vec<DeclId>>,
    start: DeclId,
    seen: &mut FxHashSet<DeclId>,
    finished: &mut Vec<DeclId>,
) {
    if !seen.insert(start) {
        return;
    }
    let next = |id: DeclId| edges.get(&id).map_or(&[][..], Vec::as_slice).iter();
    let mut path = vec![(start, next(start))];
    while let Some((id, rest)) = path.last_mut() {
        match rest.next() {
            Some(&target) if seen.insert(target) => path.push((target, next(target))),
            Some(_) => {}
            None => {
                finished.push(*id);
                path.pop();
            }
        }
    }
}
