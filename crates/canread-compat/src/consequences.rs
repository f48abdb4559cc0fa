//! What follows from naming another declaration: everything that the rules say about the pair, and about the pairs that
//! it leads to.

use std::cell::{OnceCell, RefCell};

use canread_model::DeclId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Claim, Consequences, Pair, compare::Foreign};

/// How many pairs, and ways to pairs, are looked at for the differences that one field tells of. What all differences
/// claim is complete, however many there are.
const VISITS_MAX: usize = 256;

/// The consequences of all foreign pairs.
pub(crate) struct Followed<'f, 'a> {
    foreign: &'f FxHashMap<Pair<DeclId>, Foreign<'a>>,
    /// What follows from the differences of each pair itself.
    local: FxHashMap<Pair<DeclId>, Consequences>,
    /// What was asked for before: many fields may name the same two declarations.
    known: RefCell<FxHashMap<Pair<DeclId>, Consequences>>,
    /// By pair: every claim about it and about what it leads to. Only where visits did not suffice.
    claims: OnceCell<FxHashMap<Pair<DeclId>, Vec<Claim>>>,
}

impl<'f, 'a> Followed<'f, 'a> {
    pub(crate) fn new(
        foreign: &'f FxHashMap<Pair<DeclId>, Foreign<'a>>,
        local: FxHashMap<Pair<DeclId>, Consequences>,
    ) -> Self {
        Self { foreign, local, known: RefCell::default(), claims: OnceCell::new() }
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
            all.on_wire.is_at_least = true;
            all.in_data.is_at_least = true;
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
    fn all_claims(&self) -> FxHashMap<Pair<DeclId>, Vec<Claim>> {
        let mut led_from: FxHashMap<Pair<DeclId>, Vec<Pair<DeclId>>> = FxHashMap::default();
        for (from, foreign) in self.foreign {
            for to in &foreign.leads_to {
                led_from.entry(*to).or_default().push(*from);
            }
        }
        let mut claims: FxHashMap<Pair<DeclId>, Vec<Claim>> =
            self.local.iter().map(|(key, local)| (*key, local.claims.clone())).collect();
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
}
