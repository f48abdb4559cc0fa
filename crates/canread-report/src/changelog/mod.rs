//! What changed from version to version, for those who release schemas and those who use them.
//!
//! A [`Changelog`] holds what was compared already. As with a [`Run`](crate::Run), equal ones give equal bytes: the only
//! dates are those of commits.

mod json;
mod markdown;

use std::collections::BTreeSet;

use canread_compat::{Description, Fate, Judged, Mode, Severity, Surface};

use crate::{finding, printable, summary};

pub use crate::html::changelog as html;
pub use json::render as json;
pub use markdown::render as markdown;

/// Versions named in a sentence before they are only counted.
const NAMED_MAX: usize = 5;

/// Everything that a changelog may show.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "built by the one caller that knows all of it")]
pub struct Changelog<'a> {
    /// Which directions must hold.
    pub mode: Mode,
    /// Which surfaces are promised.
    pub promises: &'a BTreeSet<Surface>,
    /// The versions, newest first.
    pub releases: Vec<Release>,
    /// Versions from before there were schemas, newest first.
    pub without_schemas: Vec<String>,
}

/// A version, and what it changed.
#[derive(Debug, Clone, Default)]
#[expect(clippy::exhaustive_structs, reason = "built by the one caller that knows all of it")]
pub struct Release {
    /// What it is called, by one name or several. None has been released yet.
    pub names: Vec<String>,
    /// Its day: `2026-12-31`.
    pub date: Option<String>,
    /// The version that it came from; without one it is the first.
    pub since: Option<String>,
    /// How many schema files it has.
    pub schemas: usize,
    /// What it changed.
    pub entries: Vec<Entry>,
}

/// What an entry is to a reader, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Breaks a promise.
    Breaking,
    /// May break one: nobody can tell.
    Undecided,
    /// May mislead.
    Warning,
    /// A finding that somebody approved.
    Allowed,
    /// Something new, of which there is at most a note.
    Added,
    /// Something that is gone, of which there is at most a note.
    Removed,
    /// Anything else of which there is at most a note.
    Changed,
}

impl Kind {
    /// All of them, in order.
    pub(crate) const ALL: [Self; 7] =
        [Self::Breaking, Self::Undecided, Self::Warning, Self::Allowed, Self::Added, Self::Removed, Self::Changed];

    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Undecided => "undecided",
            Self::Warning => "warning",
            Self::Allowed => "allowed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    fn of_finding(judged: &Judged, change: Option<&Description>) -> Self {
        match judged.severity {
            _ if judged.allowed.is_some() => Self::Allowed,
            _ if judged.is_undecided() => Self::Undecided,
            Severity::Error => Self::Breaking,
            Severity::Warning => Self::Warning,
            Severity::Note => change.map_or(Self::Changed, Self::of_change),
        }
    }

    fn of_change(change: &Description) -> Self {
        match change.fate {
            Fate::Added => Self::Added,
            Fate::Removed => Self::Removed,
            _ => Self::Changed,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking changes",
            Self::Undecided => "Undecided",
            Self::Warning => "Warnings",
            Self::Allowed => "Allowed",
            Self::Added => "Added",
            Self::Removed => "Removed",
            Self::Changed => "Changed",
        }
    }
}

/// Where a reader looks for an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "two texts that must not be swapped")]
pub struct Under {
    /// The file, below what was named; empty if it is about no file.
    pub file: String,
    /// The outermost declaration, by full name.
    pub owner: String,
}

impl Under {
    /// Whether the file says more than the declaration does.
    pub(crate) fn is_in_file(&self) -> bool {
        !self.file.is_empty() && self.file != self.owner
    }
}

/// One line of a changelog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What it is to a reader.
    pub kind: Kind,
    /// Where it belongs.
    pub under: Under,
    /// What it is about, by full name.
    pub symbol: String,
    /// A sentence: of a finding, the whole of it; of a change, what goes on after the symbol.
    pub what: String,
    /// What a finding has beside that.
    pub found: Option<Found>,
}

/// What a finding has beside its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The rule.
    pub rule: &'static str,
    /// The word for how much it matters.
    pub severity: &'static str,
    /// What happens to data.
    pub effect: &'static str,
    /// Where that is felt.
    pub surface: &'static str,
    /// Its name across commits.
    pub fingerprint: String,
    /// Why it was approved.
    pub reason: Option<String>,
}

impl Entry {
    /// The entry of a finding. `change` is what it is about.
    #[must_use]
    pub fn of_finding(judged: &Judged, change: Option<&Description>, under: Under) -> Self {
        Self {
            kind: Kind::of_finding(judged, change),
            under,
            symbol: judged.finding.symbol.clone(),
            what: finding::message(judged),
            found: Some(Found {
                rule: judged.finding.rule.id,
                severity: judged.severity.as_str(),
                effect: judged.effect.as_str(),
                surface: judged.surface.as_str(),
                fingerprint: judged.fingerprint.clone(),
                reason: judged.allowed.as_ref().map(|allowed| allowed.reason.clone()),
            }),
        }
    }

    /// The entry of a change that no finding is about.
    #[must_use]
    pub fn of_change(change: &Description, under: Under) -> Self {
        Self {
            kind: Kind::of_change(change),
            under,
            symbol: change.symbol.clone(),
            what: change.what.clone(),
            found: None,
        }
    }
}

impl Release {
    /// The same with its entries in order: by kind, then by file and declaration.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.entries.sort_by(|one, two| {
            let key = |entry: &'_ Entry| (entry.kind, entry.under.clone());
            key(one).cmp(&key(two)).then_with(|| (&one.symbol, &one.what).cmp(&(&two.symbol, &two.what)))
        });
        self
    }

    /// What it is called.
    pub(crate) fn title(&self) -> String {
        if self.names.is_empty() { "Unreleased".to_owned() } else { self.names.join(", ") }
    }

    /// Whether there is nothing to say but that there is nothing.
    fn is_unchanged(&self) -> bool {
        self.since.is_some() && self.entries.is_empty()
    }

    /// The sentence below its name.
    pub(crate) fn summary(&self) -> String {
        let Some(since) = &self.since else {
            return format!("The first version: {}.", summary::counted(self.schemas, "schema file"));
        };
        let count = |kind: Kind| self.entries.iter().filter(|entry| entry.kind == kind).count();
        let others = self.entries.iter().filter(|entry| entry.kind >= Kind::Added).count();
        let counts = [
            (count(Kind::Breaking), "breaking".to_owned()),
            (count(Kind::Undecided), "undecided".to_owned()),
            (count(Kind::Warning), plural(count(Kind::Warning), "warning")),
            (count(Kind::Allowed), "allowed".to_owned()),
            (others, if others == self.entries.len() { plural(others, "change") } else { plural(others, "other") }),
        ];
        let counts: Vec<String> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        format!("Since {since}: {}.", summary::list(&counts))
    }

    /// Its entries by kind, and by where they belong; they are sorted.
    pub(crate) fn by_kind(&self) -> impl Iterator<Item = (Kind, Vec<&[Entry]>)> {
        Kind::ALL.into_iter().filter_map(|kind| {
            let of_kind = self.entries.chunk_by(|one, two| one.kind == two.kind);
            let entries = of_kind.into_iter().find(|entries| entries.first().is_some_and(|one| one.kind == kind))?;
            Some((kind, entries.chunk_by(|one, two| one.under == two.under).collect()))
        })
    }
}

/// What stands between two headings.
pub(crate) enum Block<'a> {
    /// A version that changed something, or the first one.
    Release(&'a Release),
    /// Versions in a row that changed nothing.
    Unchanged(Vec<String>),
}

impl Changelog<'_> {
    /// What is shown, from top to bottom.
    pub(crate) fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block<'_>> = Vec::new();
        for release in &self.releases {
            if !release.is_unchanged() {
                blocks.push(Block::Release(release));
            } else if let Some(Block::Unchanged(names)) = blocks.last_mut() {
                names.push(release.title());
            } else {
                blocks.push(Block::Unchanged(vec![release.title()]));
            }
        }
        blocks
    }

    /// What counts as breaking.
    pub(crate) fn promise(&self) -> String {
        if self.mode == Mode::None {
            return "Nothing is promised, so nothing counts as breaking.".to_owned();
        }
        let surfaces: Vec<&str> = self.promises.iter().map(|surface| surface.as_str()).collect();
        format!("Breaking is what breaks a promise: {} ({}).", self.mode.sentence(), surfaces.join(", "))
    }

    /// What is said of versions without schemas.
    pub(crate) fn without(&self) -> Option<String> {
        (!self.without_schemas.is_empty())
            .then(|| format!("There were no schemas yet in {}.", some(&self.without_schemas)))
    }

    /// The whole in one line.
    #[must_use]
    pub fn totals(&self) -> String {
        let released = self.releases.iter().filter(|release| !release.names.is_empty()).count();
        let breaking = self.releases.iter().flat_map(|release| &release.entries);
        let breaking = breaking.filter(|entry| entry.kind == Kind::Breaking).count();
        format!("{}, {}", summary::counted(released, "version"), summary::counted(breaking, "breaking change"))
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// What is said of versions that changed nothing.
pub(crate) fn unchanged(names: &[String]) -> String {
    format!("No schema changed in {}.", some(names))
}

/// Names, the first of them only if there are many.
fn some(all: &[String]) -> String {
    let more = all.len().saturating_sub(NAMED_MAX);
    let mut names: Vec<String> = all.iter().take(NAMED_MAX).map(|name| printable::line(name).into_owned()).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    summary::list(&names)
}
