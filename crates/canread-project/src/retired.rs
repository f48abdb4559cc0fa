//! Which older releases tell what a release uses again.

use canread_compat::{Pair, Retirements, Step};

use crate::{Release, Session};

/// What releases took away, carried along their lines: of each release that is noted once, beside the one that it came
/// from.
#[derive(Debug)]
pub struct Retired<'r> {
    releases: &'r [Release],
    retirements: Retirements,
    is_noted: Vec<bool>,
}

impl<'r> Retired<'r> {
    /// Nothing is known of the releases yet.
    #[must_use]
    pub fn of(releases: &'r [Release]) -> Self {
        Self { releases, retirements: Retirements::default(), is_noted: vec![false; releases.len()] }
    }

    /// Notes what a release took away. `session` is the release beside the one that it came from.
    pub fn note(&mut self, release: usize, session: &Session) {
        for step in session.steps() {
            self.retirements.note(release, step.schemas);
        }
        self.is_noted[release] = true;
    }

    /// The releases on the line before a release, oldest first, that it has to be compared with to tell what of theirs it
    /// uses again: each that was the last with such a thing, the one behind it, and the one that the release came from.
    /// None, if it uses nothing again. `session` is as in [`Retired::note`]; `open` opens others that were not noted yet.
    ///
    /// # Errors
    ///
    /// Those of `open`.
    pub fn used_again<E>(
        &mut self,
        release: usize,
        session: &Session,
        mut open: impl FnMut(Pair<&Release>) -> Result<Session, E>,
    ) -> Result<Vec<&'r Release>, E> {
        if !session.steps().any(|step| step.introduces()) {
            return Ok(Vec::new());
        }
        let line = self.line(release);
        for &at in &line {
            let Some(since) = self.releases[at].since.filter(|_| !self.is_noted[at]) else { continue };
            let session = open(Pair { old: &self.releases[since], new: &self.releases[at] })?;
            self.note(at, &session);
        }
        let used = session.steps().flat_map(|step| self.retirements.used_again(&step));
        // Others are on lines of their own.
        let mut read: Vec<usize> = used.filter(|at| line.binary_search(at).is_ok()).collect();
        if read.is_empty() {
            return Ok(Vec::new());
        }
        read.extend(read.clone().into_iter().filter_map(|at| self.releases[at].since));
        read.extend(self.releases[release].since);
        read.sort_unstable();
        read.dedup();
        Ok(read.into_iter().map(|at| &self.releases[at]).collect())
    }

    /// The releases that another one came from, oldest first.
    fn line(&self, release: usize) -> Vec<usize> {
        let since = |at: &usize| self.releases[*at].since;
        let mut line: Vec<usize> = std::iter::successors(since(&release), since).collect();
        line.reverse();
        line
    }
}

impl Session {
    /// Both versions, format by format.
    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        self.parts().iter().map(|part| part.step(&self.compared.old))
    }
}
