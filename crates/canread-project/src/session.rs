//! From two sides as the user names them to two linked schemas that can be compared.

mod outermost;
mod reading;

use canread_compat::{Comparison, Pair, Scope, Step, TooManyPairs};
use canread_model::Format;
use canread_report::Compared;
use canread_syntax::{Diagnostic, Severity, SourceMap, Sources};

use crate::avro;
use crate::link::{Linked, formats, forward_aliases, link, link_none, scan};
use crate::moved::{Listed, moved};
use crate::open::with_schemas;
use crate::path::or_dot;
use crate::places::Places;
use crate::problems::{OldProblems, Version, problems};
use crate::scope::{ambiguous_names, scope};
use crate::versions::{is_same_place, of_one_format, under_one_name};
use crate::{Moved, Project, ProjectError, Result, Skipped, Workload};

pub use reading::Reading;
pub(crate) use reading::{Input, ReadFile};

/// Which sides to compare, as the user names them.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "two texts that must not be swapped")]
pub struct Request<'a> {
    /// The new version: a path, `REF:PATH` or `staged:PATH`.
    pub new: &'a str,
    /// The old version: see [`Baseline`](crate::Baseline).
    pub old: &'a str,
}

/// Two versions, read and linked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Session {
    /// The texts of both versions.
    pub sources: Sources,
    /// What took part.
    pub compared: Compared,
    /// Everything that is wrong with single files, sorted by place. With an error among them there is no verdict.
    pub diagnostics: Vec<Diagnostic>,
    parts: Vec<Part>,
    places: Places,
    listed: Pair<Vec<Listed>>,
}

/// The schemas of one format, in two versions.
#[derive(Debug)]
#[non_exhaustive]
pub struct Part {
    linked: Pair<Linked>,
    scope: Scope,
}

impl Part {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.linked.new.schema.format()
    }

    /// Where the nodes of both versions stand.
    #[must_use]
    pub fn maps(&self) -> Pair<&SourceMap> {
        Pair { old: &self.linked.old.map, new: &self.linked.new.map }
    }

    /// Compares the two versions.
    ///
    /// # Errors
    ///
    /// An error with the code `compare/too_many_pairs`, if that would take out of proportion to the schemas; then there
    /// is no verdict.
    pub fn compare(&self) -> std::result::Result<Comparison<'_>, Box<Diagnostic>> {
        let Step { schemas, scope, .. } = self.step("");
        canread_compat::compare(schemas, scope).map_err(|error| Box::new(too_many_pairs(&error, self.maps())))
    }

    /// The two versions as a step of a history.
    pub(crate) fn step<'a>(&'a self, label: &'a str) -> Step<'a> {
        let schemas = Pair { old: &self.linked.old.schema, new: &self.linked.new.schema };
        Step { label, schemas, scope: &self.scope }
    }
}

impl Session {
    /// Finds and reads the files of both sides.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn load(project: &Project, request: Request<'_>) -> Result<Workload> {
        let new = project.open_new(request.new)?;
        let baseline = project.parse_baseline(request.old)?;
        let new = if baseline.is_same_path() { new } else { with_schemas(new)? };
        let opened = project.locate(&baseline, &new).and_then(|located| {
            let old = project.open_located(&located, &new)?;
            Ok((located.is_checked(&new), old))
        });
        let (checked, old) = match opened {
            Ok(opened) => opened,
            // Nothing on either side: most likely the place is not the one that is meant.
            Err(error) => return with_schemas(new).and(Err(error)),
        };
        if is_same_place(&old, &new) {
            return Err(ProjectError::same_version(or_dot(&new.named_shown())));
        }
        let are_files = old.is_file && new.is_file;
        if are_files {
            of_one_format(&old, &new)?;
        }
        let mut work = project.compare(old, new, &scan)?;
        let checked = checked.filter(|_| !work.has_changes());
        work.diagnostics.extend(checked);
        if are_files {
            under_one_name(&mut work.old, &work.new);
        }
        Ok(work)
    }

    /// Reads, parses and links only the new side, where the old one holds no schemas yet. What keeps that one from
    /// being compared becomes a note; there is nothing to compare with, so no change is found.
    ///
    /// # Errors
    ///
    /// As [`Session::load`].
    pub fn without_baseline(project: &Project, new: &str, missing: &ProjectError) -> Result<Self> {
        let Reading { sources, mut diagnostics, mut compared, places, parts, .. } = Reading::load(project, new)?;
        let part = |new: Linked| {
            let linked = Pair { old: link_none(new.schema.format(), &sources), new };
            Part { linked, scope: Scope::default() }
        };
        let parts = parts.into_iter().map(part).collect();
        let mut note = missing.to_diagnostic();
        note.severity = Severity::Note;
        diagnostics.insert(0, note.note("nothing was compared: the new version is the first one"));
        "nothing".clone_into(&mut compared.old);
        let compared = compared.without_baseline();
        Ok(Self { sources, compared, diagnostics, parts, places, listed: Pair::default() })
    }

    /// Parses and links both sides, each on a thread of its own, format by format.
    #[must_use]
    pub fn parse(workload: Workload) -> Self {
        let Workload { mut sources, mut old, mut new, unchanged, unchanged_packages, listed, mut diagnostics, .. } =
            workload;
        avro::level_names([&mut old.files, &mut new.files]);
        diagnostics.extend_from_slice(sources.diagnostics());
        let aliases = Pair { old: forward_aliases(&old, &mut sources), new: forward_aliases(&new, &mut sources) };
        let mut parts = Vec::new();
        for format in formats(&[&old, &new]) {
            let (old_linked, new_linked) = rayon::join(
                || link(&old, format, &aliases.old, &sources),
                || link(&new, format, &aliases.new, &sources),
            );
            let mut linked = Pair { old: old_linked, new: new_linked };
            let mut of_old = OldProblems::default();
            let mut of_new = problems(&new, &mut linked.new, Version::New, &sources);
            let found = problems(&old, &mut linked.old, Version::Old, &sources);
            of_old.add(found, &of_new, Pair { old: &old, new: &new });
            diagnostics.extend(of_old.tell(&mut of_new, &new.label));
            diagnostics.append(&mut of_new);
            let scope = scope(Pair { old: &old, new: &new }, format, linked.as_ref());
            parts.push(Part { linked, scope });
        }
        if !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(nothing_compared(&parts, unchanged));
        }
        for Part { linked, scope } in &mut parts {
            diagnostics.extend(ambiguous_names(linked.as_ref(), scope));
            scope.other_namespaces = unchanged_packages.iter().map(|package| package.as_str().into()).collect();
        }
        diagnostics.sort_by_key(Diagnostic::span);
        let passed_over = Skipped::of_all([("the old version", &old.skipped)], &new.skipped);
        let places = Places::of(Some(&old), &new);
        let versions = Pair { old: old.label, new: new.label };
        let compared = Compared::new(new.schemas, unchanged, versions).passed_over(passed_over);
        Self { sources, compared, diagnostics, parts, places, listed }
    }

    /// Whether everything was understood, so that a comparison is a verdict.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The schema files of the new version, as shown to users, whether they changed or not; none if there is no old one.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.listed.new.iter().map(|file| &*file.shown)
    }

    /// What lies in another file now.
    #[must_use]
    pub fn moved(&self) -> Vec<Moved<'_>> {
        let parts = self.parts.iter().map(|part| (part.linked.as_ref(), &part.scope));
        let files = Pair { old: &*self.listed.old, new: &*self.listed.new };
        moved(files, parts, &self.sources, &self.places)
    }

    /// Where the two versions lie.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// What is to be compared, format by format.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// A run that compared nothing is no verdict.
fn nothing_compared(parts: &[Part], unchanged: usize) -> Option<Diagnostic> {
    let declares = |linked: &Linked| linked.schema.decls().next().is_some();
    let declares = |part: &Part| declares(&part.linked.old) || declares(&part.linked.new);
    let is_empty = unchanged == 0 && !parts.iter().any(declares);
    is_empty.then(no_declarations)
}

pub(crate) fn no_declarations() -> Diagnostic {
    Diagnostic::error("project/nothing_compared", "no schema of either version declares anything")
        .note("the files are empty, or hold nothing but comments, imports and options")
        .help("name the directory that holds the schemas")
}

pub(crate) fn too_many_pairs(error: &TooManyPairs, maps: Pair<&SourceMap>) -> Diagnostic {
    let mut problem = Diagnostic::error("compare/too_many_pairs", error.to_string())
        .note("the comparison was given up, so nothing is known about the other changes either")
        .help("compare in steps: with a version in between, in which fewer fields name other types");
    for (place, label) in [
        (maps.new.place(error.nodes.new.0), "this one"),
        (maps.old.place(error.nodes.old.0), "beside this one, as it was"),
    ] {
        if let Some(place) = place {
            problem = problem.at(place.name, label);
        }
    }
    problem
}
