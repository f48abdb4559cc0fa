//! What follows from naming another declaration: everything that the rules say about the pair, and about the pairs that
//! it leads to.

use std::{
    cell::{OnceCell, RefCell},
    collections::VecDeque,
};

use canread_model::DeclId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Claim, Consequences, Pair, Proof, Told, compare::Foreign};

/// How many pairs, and ways to pairs, are looked at for the differences that one field tells of. What all differences
/// claim is complete, however many there are.
const VISITS_MAX: usize = 256;

/// The two ways to tell of differences.
const TELLS: [fn(&Consequences) -> &Told; 2] = [|local| &local.on_wire, |local| &local.in_data];

/// What is claimed of each pair.
type Claimed = FxHashMap<Pair<DeclId>, Vec<(Proof, Claim)>>;

/// The consequences of all foreign pairs.
pub(crate) struct Followed<'f, 'a> {
    foreign: &'f FxHashMap<Pair<DeclId>, Foreign<'a>>,
    /// What follows from the differences of each pair itself.
    local: FxHashMap<Pair<DeclId>, Consequences>,
    /// What was asked for before: many fields may name the same two declarations.
    known: RefCell<FxHashMap<Pair<DeclId>, Consequences>>,
    /// By pair: every claim about it and about what it leads to. Only where visits did not suffice.
    claims: OnceCell<Claimed>,
    /// By pair: the nearest one, itself or one that it leads to, with differences on the wire, and in data. Only where
    /// visits did not suffice.
    nearest: OnceCell<[FxHashMap<Pair<DeclId>, Pair<DeclId>>; 2]>,
}

impl<'f, 'a> Followed<'f, 'a> {
    pub(crate) fn new(
        foreign: &'f FxHashMap<Pair<DeclId>, Foreign<'a>>,
        local: FxHashMap<Pair<DeclId>, Consequences>,
    ) -> Self {
        Self { foreign, local, known: RefCell::default(), claims: OnceCell::new(), nearest: OnceCell::new() }
    }

    /// What follows where something names `key.new` instead of `key.old`.
    pub(crate) fn of(&self, key: Pair<DeclId>) -> Consequences {
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let found = self.visit(key);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn visit(&self, key: Pair<DeclId>) -> Consequences {
        let mut seen = FxHashSet::default();
        let mut pending = vec![key];
        let mut left = VISITS_MAX;
        let mut is_cut = false;
        let mut all = Consequences::default();
        while let Some(key) = pending.pop() {
            if !seen.insert(key) {
                continue;
            }
            if let Some(local) = self.local.get(&key) {
                all.join(local);
            }
            let leads_to = self.foreign.get(&key).map_or(&[][..], |foreign| &foreign.leads_to);
            is_cut |= leads_to.len() > left;
            pending.extend(leads_to.iter().take(left).copied());
            left = left.saturating_sub(leads_to.len());
        }
        if is_cut {
            let nearest = self.nearest.get_or_init(|| TELLS.map(|told| self.nearest(told)));
            let [on_wire, in_data] = [0, 1].map(|at| {
                let pair = nearest[at].get(&key)?;
                self.local.get(pair).map(TELLS[at])
            });
            all.on_wire.cut(on_wire);
            all.in_data.cut(in_data);
            let claims = self.claims.get_or_init(|| self.all_claims());
            all.claim(claims.get(&key).into_iter().flatten().copied());
        }
        all
    }

    /// Hands the claims of each pair back to those that lead to it, until nothing is new to anybody. There are few
    /// different claims, so each way between two pairs is taken a few times at most.
    #[expect(
        clippy::iter_over_hash_type,
        reason = "what each pair ends with does not depend on the order, and is sorted"
    )]
    fn all_claims(&self) -> Claimed {
        let led_from = self.led_from();
        let mut claims: Claimed = self.local.iter().map(|(key, local)| (*key, local.all_claims().collect())).collect();
        let mut pending: Vec<Pair<DeclId>> = claims.keys().copied().collect();
        while let Some(to) = pending.pop() {
            let handed = claims.get(&to).cloned().unwrap_or_default();
            for from in led_from.get(&to).into_iter().flatten() {
                let own = claims.entry(*from).or_default();
                let before = own.len();
                own.extend(handed.iter().filter(|claim| !own.contains(claim)).copied().collect::<Vec<_>>());
                if own.len() > before {
                    pending.push(*from);
                }
            }
        }
        // The order in which claims arrived says nothing.
        for claims in claims.values_mut() {
            claims.sort_unstable();
        }
        claims
    }

    /// By pair: the nearest one that it leads to and of which something is told.
    fn nearest(&self, told: fn(&Consequences) -> &Told) -> FxHashMap<Pair<DeclId>, Pair<DeclId>> {
        let led_from = self.led_from();
        let is_told = |(key, local): (&Pair<DeclId>, &Consequences)| (!told(local).first.is_empty()).then_some(*key);
        let mut pending: VecDeque<Pair<DeclId>> = in_order(self.local.iter().filter_map(is_told)).into();
        let mut nearest: FxHashMap<_, _> = pending.iter().map(|key| (*key, *key)).collect();
        while let Some(to) = pending.pop_front() {
            let found = nearest[&to];
            for from in led_from.get(&to).into_iter().flatten() {
                if !nearest.contains_key(from) {
                    nearest.insert(*from, found);
                    pending.push_back(*from);
                }
            }
        }
        nearest
    }

    /// By pair: those that lead to it.
    fn led_from(&self) -> FxHashMap<Pair<DeclId>, Vec<Pair<DeclId>>> {
        let mut led_from: FxHashMap<Pair<DeclId>, Vec<Pair<DeclId>>> = FxHashMap::default();
        for from in in_order(self.foreign.keys().copied()) {
            for to in &self.foreign[&from].leads_to {
                led_from.entry(*to).or_default().push(from);
            }
        }
        led_from
    }
}

/// Pairs in the order of the schemas.
fn in_order(pairs: impl Iterator<Item = Pair<DeclId>>) -> Vec<Pair<DeclId>> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable_by_key(|pair| (pair.old, pair.new));
    pairs
}
