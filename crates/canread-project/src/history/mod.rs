//! Several old versions, each compared with the new one; and what was retired among them.
//!
//! ```text
//! baselines ─ open ─→ trees, oldest first ─ load ─→ contents, each once ─ link ─→ schemas, each once
//!           ─ compare ─→ findings of each content, and of the ledger ─ merge ─→ rows, each with its versions
//! ```
//!
//! What costs is what differs: contents are known by git's names for them. A version that holds what another one holds is
//! not read, a file that several versions hold is read once, and a set of files that several comparisons need (above all
//! those of the new version) is parsed and linked once.

mod load;
mod merge;
mod open;

use std::collections::{BTreeMap, BTreeSet};

use canread_compat::{Finding, Judged, Ledger, Pair, Reach, Scope, Step, absorb};
use canread_model::Format;
use canread_report::{Compared, Section};
use canread_syntax::{Diagnostic, SourceMap, Sources};
use rayon::prelude::*;

use crate::session::{Linked, Version, ambiguous_names, link, link_none, problems, scope, too_many_pairs};
use crate::{Baseline, Places, Project, Result};
use load::{Content, Loaded};

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
}

impl Rows {
    /// The same with what is allowed behind everything else.
    #[must_use]
    pub fn allowed_last(rows: Vec<Self>) -> Vec<Self> {
        let each = |rows: Self| rows.findings.into_iter().map(move |judged| (judged, rows.linked));
        let mut found: Vec<(Judged, Pair<usize>)> = rows.into_iter().flat_map(each).collect();
        found.sort_by_key(|(judged, _)| judged.allowed.is_some());
        Self::of(found)
    }

    fn of(found: Vec<(Judged, Pair<usize>)>) -> Vec<Self> {
        let groups = merge::neighbours(found).into_iter();
        groups.map(|(linked, findings)| Self { findings, linked }).collect()
    }
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

    /// Finds, reads and links all versions.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn read(project: &Project, new: &str, against: &[String]) -> Result<Self> {
        let new = project.open_named(new)?;
        let baselines: Vec<Baseline> =
            against.iter().map(|text| project.parse_baseline(text)).collect::<Result<_>>()?;
        let opened = open::open(project, &baselines, &new)?;
        for tree in opened.trees.iter().filter(|tree| tree.is_file && new.is_file) {
            crate::session::of_one_format(tree, &new)?;
        }
        let mut loaded = load::load(project, opened.trees, new)?;
        loaded.diagnostics.extend(opened.notes);
        Ok(Self::link(loaded))
    }

    fn link(loaded: Loaded) -> Self {
        let Loaded { sources, versions, contents, jobs, mut diagnostics, .. } = loaded;
        let mut linked: Vec<(Linked, Vec<Diagnostic>)> = jobs
            .par_iter()
            .map(|job| {
                let sides = &contents[job.content].sides;
                let (side, role) = if job.is_new { (&sides.new, Version::New) } else { (&sides.old, Version::Old) };
                let mut linked = link(side, job.format, &job.aliases, &sources);
                let found = problems(side, &mut linked, role, &sources);
                (linked, found)
            })
            .collect();
        for (_, found) in &mut linked {
            diagnostics.append(found);
        }
        let mut linked: Vec<Linked> = linked.into_iter().map(|(linked, _)| linked).collect();
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
        diagnostics.sort_by_key(Diagnostic::span);
        diagnostics.dedup();
        let old = versions.last().map(|(label, _)| label.clone()).unwrap_or_default();
        let compared = Compared::new(loaded.schemas, loaded.unchanged, Pair { old, new: loaded.new_label })
            .passed_over(loaded.passed_over)
            .versions(merge::versions(&versions));
        let places = contents.iter().map(|content| Places::of(Some(&content.sides.old), &content.sides.new)).collect();
        Self { sources, compared, diagnostics, versions, formats, linked, places }
    }

    /// Whether everything was understood, so that a comparison is a verdict.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Compares the new version with the last one, or with every one, and asks the ledger of all of them; does both if
    /// both are asked for. `judge` says what findings of a pair mean, given how far back was looked for them, where the
    /// nodes of both stand and where both lie. One finding that holds against several versions is one row.
    ///
    /// # Errors
    ///
    /// An error with the code `compare/too_many_pairs`, as [`Part::compare`](crate::Part::compare) has it.
    pub fn check(
        &self,
        reaches: &[Reach],
        judge: impl Fn(Reach, Vec<Finding>, Pair<&SourceMap>, &Places) -> Vec<Judged>,
    ) -> std::result::Result<Vec<Rows>, Box<Diagnostic>> {
        let mut found = Vec::new();
        for (reach, (_, parts)) in reaches.iter().flat_map(|reach| self.formats.iter().map(move |of| (*reach, of))) {
            for (content, findings) in self.found(parts, reach)? {
                let label = merge::label(&self.versions, content);
                let (maps, places) = (self.maps(parts[content].linked), &self.places[content]);
                let judged = judge(reach, findings, maps, places).into_iter().map(|mut judged| {
                    judged.against = Some(label.clone());
                    (judged, parts[content].linked)
                });
                found.extend(judged);
            }
        }
        Ok(Rows::of(merge::rows(found)))
    }

    /// Findings by content, the newest content first.
    fn found(&self, parts: &[Part], reach: Reach) -> std::result::Result<Vec<(usize, Vec<Finding>)>, Box<Diagnostic>> {
        let steps: Vec<Step<'_>> = self.steps(parts);
        let ledger = Ledger::of(&steps, reach);
        let content_of = |step: usize| self.versions[step].1;
        let last = self.versions.last().map(|(_, content)| *content);
        let shown: BTreeSet<usize> =
            if reach == Reach::Every { (0..parts.len()).collect() } else { last.into_iter().collect() };
        let asked: BTreeSet<usize> = shown.iter().copied().chain(ledger.steps().map(content_of)).collect();
        let compared: std::result::Result<BTreeMap<usize, Vec<Finding>>, Box<Diagnostic>> = asked
            .into_par_iter()
            .map(|content| {
                let part = &parts[content];
                let comparison = canread_compat::compare(self.schemas(part), &part.scope);
                let maps = self.maps(part.linked);
                let comparison = comparison.map_err(|error| Box::new(too_many_pairs(&error, maps)))?;
                Ok((content, comparison.findings))
            })
            .collect();
        let mut compared = compared?;
        let mut returned: Vec<(usize, Vec<Finding>)> = ledger
            .steps()
            .map(|step| (content_of(step), ledger.findings(step, &compared[&content_of(step)])))
            .collect();
        compared.retain(|content, _| shown.contains(content));
        for (step, (_, content)) in self.versions.iter().enumerate() {
            if let Some(findings) = compared.get_mut(content) {
                ledger.take_back(step, findings);
            }
        }
        for (_, returned) in &mut returned {
            for findings in compared.values_mut() {
                absorb(returned, findings);
            }
        }
        let mut found: Vec<(usize, Vec<Finding>)> = compared.into_iter().chain(returned).collect();
        found.sort_by_key(|(content, _)| *content);
        Ok(found)
    }

    /// Where the new version lies, beside one of the old ones.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places[0]
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

    /// Rows as a report shows them.
    #[must_use]
    pub fn sections<'a>(&'a self, rows: &'a [Rows]) -> Vec<Section<'a>> {
        let section = |rows: &'a Rows| Section { maps: self.maps(rows.linked), findings: &rows.findings, changes: &[] };
        rows.iter().map(section).collect()
    }
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
