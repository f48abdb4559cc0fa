//! Several old versions, each compared with the new one; and what was retired among them.
//!
//! ```text
//! baselines ─ named ─→ versions, oldest first ─ load ─→ contents, each once ─ link ─→ schemas, each once
//!           ─ compare ─→ findings of each content, and of the ledger ─ merge ─→ rows, each with its versions
//! ```
//!
//! What costs is what differs: contents are known by git's names for them. A version that holds what another one holds is
//! not read, a file that several versions hold is read once, and a set of files that several comparisons need (above all
//! those of the new version) is parsed and linked once.

mod load;
mod merge;
mod named;

use std::collections::BTreeMap;

use canread_compat::{Finding, Judged, Ledger, Pair, Reach, Scope, Step};
use canread_model::Format;
use canread_report::Compared;
use canread_syntax::{Diagnostic, SourceMap, Sources};
use rayon::prelude::*;

use crate::link::{Linked, link, link_none};
use crate::moved::{Listed, moved};
use crate::open::with_schemas;
use crate::problems::{OldProblems, Version, problems};
use crate::scope::{ambiguous_names, scope};
use crate::session::too_many_pairs;
use crate::{Baseline, Moved, Places, Project, Result};
use load::{Content, Loaded};
pub(crate) use named::{compared_with_itself, is_checked};

/// Several old versions beside the new one, read and not parsed yet.
pub struct HistoryWorkload(Loaded);

/// Several old versions beside the new one, read and linked.
#[derive(Debug)]
pub struct History {
    /// The texts of all versions.
    pub sources: Sources,
    /// What took part.
    pub compared: Compared,
    /// Everything that is wrong with single files, sorted by place. With an error among them there is no verdict.
    pub diagnostics: Vec<Diagnostic>,
    /// For each version, oldest first: its label, and the content that it has.
    versions: Vec<(String, usize)>,
    /// By format and content: what is compared.
    formats: Vec<(Format, Vec<Part>)>,
    linked: Vec<Linked>,
    /// By content: where it lies, and where the new version does.
    places: Vec<Places>,
    /// The schema files of the newest old version, and of the new one.
    listed: Pair<Vec<Listed>>,
}

/// The schemas of one format, in one old version and the new one.
#[derive(Debug)]
struct Part {
    linked: Pair<usize>,
    scope: Scope,
}

/// What was found in one pair of versions, in the order in which it is shown.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rows {
    /// What was found.
    pub findings: Vec<Judged>,
    linked: Pair<usize>,
    content: usize,
}

/// An old version beside the new one.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Against<'a> {
    /// Where the nodes of both stand.
    pub maps: Pair<&'a SourceMap>,
    /// Where both lie.
    pub places: &'a Places,
    /// How far back was looked for the findings.
    pub reach: Reach,
}

impl History {
    /// Whether several baselines are given, or one that may stand for several versions.
    ///
    /// # Errors
    ///
    /// As [`Project::parse_baseline`].
    pub fn is_asked_for(project: &Project, against: &[String]) -> Result<bool> {
        Ok(match against {
            [one] => project.parse_baseline(one)?.is_history(),
            several => several.len() > 1,
        })
    }

    /// Finds and reads the files of all versions.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn load(project: &Project, new: &str, against: &[String]) -> Result<HistoryWorkload> {
        let new = project.open_new(new)?;
        let baselines: Vec<Baseline> =
            against.iter().map(|text| project.parse_baseline(text)).collect::<Result<_>>()?;
        let new = if baselines.iter().all(Baseline::is_same_path) { new } else { with_schemas(new)? };
        match named::named(project, &baselines, &new).and_then(|named| load::load(project, named, &new)) {
            Ok(loaded) => Ok(HistoryWorkload(loaded)),
            // Nothing on either side: most likely the place is not the one that is meant.
            Err(error) => with_schemas(new).and(Err(error)),
        }
    }

    /// Parses and links what was read, each set of files on a thread of its own.
    #[must_use]
    pub fn parse(HistoryWorkload(loaded): HistoryWorkload) -> Self {
        let Loaded { sources, versions, contents, jobs, listed, mut diagnostics, .. } = loaded;
        let linked: Vec<(Linked, Vec<Diagnostic>)> = jobs
            .par_iter()
            .map(|job| {
                let sides = &contents[job.content].sides;
                let (side, role) = if job.is_new { (&sides.new, Version::New) } else { (&sides.old, Version::Old) };
                let mut linked = link(side, job.format, &job.aliases, &sources);
                let found = problems(side, &mut linked, role, &sources);
                (linked, found)
            })
            .collect();
        let (mut linked, mut found): (Vec<Linked>, Vec<Vec<Diagnostic>>) = linked.into_iter().unzip();
        diagnostics.extend(told(&contents, &mut found, &loaded.new_label));
        let mut formats = Vec::new();
        for format in [Format::Protobuf, Format::Avro] {
            let is_here = |content: &Content| content.parts.iter().any(|(own, _)| *own == format);
            if !contents.iter().any(is_here) {
                continue;
            }
            linked.push(link_none(format, &sources));
            let empty = linked.len() - 1;
            let parts =
                contents.iter().map(|content| part(content, format, empty, &linked, &mut diagnostics)).collect();
            formats.push((format, parts));
        }
        let is_sound = !diagnostics.iter().any(Diagnostic::is_error);
        if is_sound && loaded.unchanged == 0 && linked.iter().all(|linked| linked.schema.decls().next().is_none()) {
            diagnostics.push(crate::session::no_declarations());
        }
        diagnostics.sort_by(|one, two| (one.span(), &one.message).cmp(&(two.span(), &two.message)));
        diagnostics.dedup();
        let old = versions.last().map(|(label, _)| label.clone()).unwrap_or_default();
        let compared = Compared::new(loaded.schemas, loaded.unchanged, Pair { old, new: loaded.new_label })
            .passed_over(loaded.passed_over)
            .versions(merge::versions(&versions));
        let places = contents.iter().map(|content| Places::of(Some(&content.sides.old), &content.sides.new)).collect();
        Self { sources, compared, diagnostics, versions, formats, linked, places, listed }
    }

    /// Compares the new version with the last one, or with every one, and asks the ledger of all of them; does both if
    /// both are asked for. `judge` says what findings of a pair mean. One finding that holds against several versions is
    /// one row.
    ///
    /// # Errors
    ///
    /// An error with the code `compare/too_many_pairs`, as [`Part::compare`](crate::Part::compare) has it.
    pub fn check(
        &self,
        reaches: &[Reach],
        judge: impl Fn(Vec<Finding>, Against<'_>) -> Vec<Judged>,
    ) -> std::result::Result<Vec<Rows>, Box<Diagnostic>> {
        let mut found = Vec::new();
        for (reach, (_, parts)) in reaches.iter().flat_map(|reach| self.formats.iter().map(move |of| (*reach, of))) {
            for (content, findings) in self.found(parts, reach)? {
                let label = merge::label(&self.versions, content);
                let linked = parts[content].linked;
                let against = Against { reach, maps: self.maps(linked), places: &self.places[content] };
                let judged = judge(findings, against).into_iter().map(|mut judged| {
                    judged.against = Some(label.clone());
                    (judged, (linked, content))
                });
                found.extend(judged);
            }
        }
        let rows = merge::rows(found).into_iter();
        Ok(rows.map(|((linked, content), findings)| Rows { findings, linked, content }).collect())
    }

    /// Findings by content, the newest content first.
    fn found(&self, parts: &[Part], reach: Reach) -> std::result::Result<Vec<(usize, Vec<Finding>)>, Box<Diagnostic>> {
        let steps: Vec<Step<'_>> = self.steps(parts);
        let ledger = Ledger::of(&steps, reach);
        let content_of: Vec<usize> = self.versions.iter().map(|(_, content)| *content).collect();
        let compared: std::result::Result<BTreeMap<usize, Vec<Finding>>, Box<Diagnostic>> = ledger
            .contents(&content_of)
            .into_par_iter()
            .map(|content| {
                let part = &parts[content];
                let comparison = canread_compat::compare(self.schemas(part), &part.scope);
                let maps = self.maps(part.linked);
                let comparison = comparison.map_err(|error| Box::new(too_many_pairs(&error, maps)))?;
                Ok((content, comparison.findings))
            })
            .collect();
        Ok(ledger.settle(&content_of, compared?))
    }

    /// Where the new version lies, beside one of the old ones.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places[0]
    }

    /// The schema files of the new version, as shown to users, whether they changed or not.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.listed.new.iter().map(|file| &*file.shown)
    }

    /// What lies in another file than it did in the newest old version.
    #[must_use]
    pub fn moved(&self) -> Vec<Moved<'_>> {
        let Some((_, newest)) = self.versions.last() else { return Vec::new() };
        let parts = self.formats.iter().map(|(_, parts)| {
            let part = &parts[*newest];
            (Pair { old: &self.linked[part.linked.old], new: &self.linked[part.linked.new] }, &part.scope)
        });
        let files = Pair { old: &*self.listed.old, new: &*self.listed.new };
        moved(files, parts, &self.sources, &self.places[*newest])
    }

    /// Where the nodes stand that rows are about.
    #[must_use]
    pub fn maps_of(&self, rows: &Rows) -> Pair<&SourceMap> {
        self.maps(rows.linked)
    }

    /// Where the versions lie that rows are about.
    #[must_use]
    pub fn places_of(&self, rows: &Rows) -> &Places {
        &self.places[rows.content]
    }

    fn steps<'a>(&'a self, parts: &'a [Part]) -> Vec<Step<'a>> {
        let step = |(label, content): &'a (String, usize)| {
            let part = &parts[*content];
            Step { label, schemas: self.schemas(part), scope: &part.scope }
        };
        self.versions.iter().map(step).collect()
    }

    fn schemas(&self, part: &Part) -> Pair<&canread_model::Schema> {
        Pair { old: &self.linked[part.linked.old].schema, new: &self.linked[part.linked.new].schema }
    }

    fn maps(&self, linked: Pair<usize>) -> Pair<&SourceMap> {
        Pair { old: &self.linked[linked.old].map, new: &self.linked[linked.new].map }
    }
}

/// What is wrong with the files of all versions. What several have is said once.
fn told(contents: &[Content], found: &mut [Vec<Diagnostic>], new_label: &str) -> Vec<Diagnostic> {
    let mut of_old: BTreeMap<usize, OldProblems> = BTreeMap::new();
    for content in contents {
        for (_, jobs) in &content.parts {
            let old = std::mem::take(&mut found[jobs.old]);
            of_old.entry(jobs.new).or_default().add(old, &found[jobs.new], content.sides.as_ref());
        }
    }
    let mut told = Vec::new();
    for (job, of_old) in of_old {
        told.extend(of_old.tell(&mut found[job], new_label));
        told.append(&mut found[job]);
    }
    told
}

/// What is compared of one content; nothing, if it is all the same.
fn part(content: &Content, format: Format, empty: usize, all: &[Linked], diagnostics: &mut Vec<Diagnostic>) -> Part {
    let found = content.parts.iter().find(|(own, _)| *own == format).map(|(_, pair)| *pair);
    let linked = found.unwrap_or(Pair { old: empty, new: empty });
    let pair = Pair { old: &all[linked.old], new: &all[linked.new] };
    let sides = content.sides.as_ref();
    let mut scope = scope(sides, format, pair);
    diagnostics.extend(ambiguous_names(pair, &scope));
    let packages = content.unchanged_packages.iter();
    scope.other_namespaces = packages.map(|package| package.as_str().into()).collect();
    Part { linked, scope }
}
