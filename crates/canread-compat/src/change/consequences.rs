//! What differences deeper down mean for whoever points at them.

use crate::{Claim, Proof, Surface};

/// What follows from all differences between two declarations, and between those that they lead to: not each of them
/// (there may be as many as the schemas have members, for each field that points at them), but what all of them claim,
/// and the first few.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consequences {
    /// Everything that is claimed, each claim once.
    pub claims: Vec<Claim>,
    /// What is claimed where there is no telling whether it holds, each claim once.
    pub undecided: Vec<Claim>,
    /// The differences that the bytes of data show.
    pub on_wire: Told,
    /// The differences that data shows, in bytes or as JSON.
    pub in_data: Told,
}

/// Differences of which the first ones are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// What rules say about the first ones.
    pub first: Vec<String>,
    /// How many there are, those among them.
    pub count: usize,
    /// Whether there may be more than that: not all declarations were visited to count them.
    pub is_at_least: bool,
}

impl Consequences {
    /// Whether something is claimed about a surface.
    pub(crate) fn is_felt_on(&self, surface: Surface) -> bool {
        self.claims.iter().any(|claim| claim.surface == surface)
    }

    /// What is claimed about a surface where there is no telling whether it holds.
    pub(crate) fn undecided_on(&self, surface: Surface) -> impl Iterator<Item = Claim> {
        self.undecided.iter().copied().filter(move |claim| claim.surface == surface)
    }

    /// Adds what a rule says about one difference.
    pub(crate) fn add(&mut self, message: &str, claims: &[Claim], proof: Proof) {
        let is_on = |surface| claims.iter().any(|claim| claim.surface == surface);
        if is_on(Surface::Wire) {
            self.on_wire.add(message);
        }
        if is_on(Surface::Wire) || is_on(Surface::Json) {
            self.in_data.add(message);
        }
        self.claim(claims.iter().map(|claim| (proof, *claim)));
    }

    /// Adds those of a declaration that this one leads to.
    pub(crate) fn join(&mut self, other: &Self) {
        self.on_wire.join(&other.on_wire);
        self.in_data.join(&other.in_data);
        self.claim(other.all_claims());
    }

    /// Every claim, with whether it is decided.
    pub(crate) fn all_claims(&self) -> impl Iterator<Item = (Proof, Claim)> {
        let decided = self.claims.iter().map(|claim| (Proof::NotTried, *claim));
        decided.chain(self.undecided.iter().map(|claim| (Proof::Undecided, *claim)))
    }

    /// Adds claims that are not there yet.
    pub(crate) fn claim(&mut self, claims: impl Iterator<Item = (Proof, Claim)>) {
        for (proof, claim) in claims {
            let own = if proof == Proof::Undecided { &mut self.undecided } else { &mut self.claims };
            if !own.contains(&claim) {
                own.push(claim);
            }
        }
    }
}

impl Told {
    /// How many are told; the others are counted.
    const FIRST_MAX: usize = 3;

    fn add(&mut self, message: &str) {
        if self.first.len() < Self::FIRST_MAX {
            self.first.push(message.to_owned());
        }
        self.count += 1;
    }

    /// Says that no more than the first few ways were taken. `nearest` is a difference at the end of the others, for where
    /// none was met before: something is always named, unless there is nothing.
    pub(crate) fn cut(&mut self, nearest: Option<&Self>) {
        if let (true, Some(first)) = (self.first.is_empty(), nearest.and_then(|told| told.first.first())) {
            self.add(first);
        }
        self.is_at_least = !self.first.is_empty();
    }

    fn join(&mut self, other: &Self) {
        let free = Self::FIRST_MAX - self.first.len();
        self.first.extend(other.first.iter().take(free).cloned());
        self.count += other.count;
    }

    /// A sentence for each that is told, and one for the others.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = self.first.clone();
        let more = self.count - self.first.len();
        let differences = if more == 1 && !self.is_at_least { "difference" } else { "differences" };
        match (more, self.is_at_least) {
            (0, false) => {}
            (0, true) => sentences.push("and perhaps more differences".to_owned()),
            (more, false) => sentences.push(format!("and {more} more {differences}")),
            (more, true) => sentences.push(format!("and at least {more} more {differences}")),
        }
        sentences
    }
}
