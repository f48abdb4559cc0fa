//! What is wrong with single files of a version, in words that fit where they come from.

use std::collections::{BTreeMap, HashMap, HashSet};

use canread_compat::Pair;
use canread_syntax::{Diagnostic, FileId, Sources};

use crate::link::{Linked, descriptor_set};
use crate::listing::problem;
use crate::path::or_dot;
use crate::{LoadedFile, LoadedSide, avro};

/// Which of the two.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Version {
    Old,
    New,
}

/// What is wrong with the schemas of a side, in words that fit where its files come from.
///
/// A file that is no text has been complained about; what a reader made of its remains is no news.
pub(crate) fn problems(side: &LoadedSide, linked: &mut Linked, role: Version, sources: &Sources) -> Vec<Diagnostic> {
    let unreadable: HashSet<FileId> =
        sources.diagnostics().iter().filter_map(|problem| Some(problem.span()?.file)).collect();
    let mut problems = std::mem::take(&mut linked.diagnostics);
    problems.retain(|problem| problem.span().is_none_or(|span| !unreadable.contains(&span.file)));
    for problem in &mut problems {
        if problem.code == MISSING_IMPORT {
            advise_on_import(problem, side, role, sources);
        }
        avro::advise(problem);
    }
    problems
}

/// What is wrong with old versions beside what is wrong with the new one: what is no news is left out, and what both miss
/// is said once, in the new one.
#[derive(Debug, Default)]
pub(crate) struct OldProblems {
    /// What only old versions have.
    pub(crate) own: Vec<Diagnostic>,
    /// Imports that an old version and the new one miss alike: the number of the new one's problem, the old one's, and
    /// what the old version is called.
    common: Vec<(usize, Diagnostic, String)>,
}

impl OldProblems {
    /// Adds what is wrong with one old version. `new` is what is wrong with the new one.
    pub(crate) fn add(&mut self, old: Vec<Diagnostic>, new: &[Diagnostic], sides: Pair<&LoadedSide>) {
        let is_missing_import = |problem: &&Diagnostic| problem.code == MISSING_IMPORT;
        let mut missing: HashMap<(&str, String), Vec<usize>> = HashMap::new();
        let names = names(if old.iter().any(|problem| is_missing_import(&problem)) { &sides.new.files } else { &[] });
        for (at, problem) in new.iter().enumerate().filter(|(_, problem)| is_missing_import(problem)) {
            if let Some(name) = problem.span().and_then(|span| names.get(&span.file)) {
                missing.entry((name, problem.message.clone())).or_default().push(at);
            }
        }
        let names = self::names(&sides.old.files);
        for problem in old.into_iter().filter(|problem| !avro::is_old_news(problem)) {
            let twin = Some(&problem).filter(is_missing_import).and_then(|problem| {
                let name = names.get(&problem.span()?.file)?;
                let alike = missing.get_mut(&(*name, problem.message.clone()))?;
                alike.pop_if(|twin| new[*twin].help == problem.help)
            });
            match twin {
                Some(twin) => self.common.push((twin, problem, sides.old.label.clone())),
                None => self.own.push(problem),
            }
        }
    }

    /// Says in the new version's problems that old ones have them too. Gives what only those have.
    pub(crate) fn tell(self, new: &mut [Diagnostic], new_label: &str) -> Vec<Diagnostic> {
        let mut labels: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (twin, problem, label) in self.common {
            for note in problem.notes {
                if !new[twin].notes.contains(&note) {
                    new[twin].notes.push(note);
                }
            }
            labels.entry(twin).or_default().push(label);
        }
        for (twin, labels) in labels {
            new[twin].notes.push(match &*labels {
                [old] => format!("it is missing in both versions, {old} and {new_label}"),
                several => {
                    format!("it is missing in {} versions: {new_label}, {}", several.len() + 1, first_of(several))
                }
            });
        }
        self.own
    }
}

const MISSING_IMPORT: &str = "protobuf/missing_import";

/// How many versions are named.
const NAMED_MAX: usize = 3;

/// The first of several versions, and how many more there are.
fn first_of(labels: &[String]) -> String {
    let named = labels.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
    match labels.len().saturating_sub(NAMED_MAX) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What is wrong with single files, each once, with the versions that have it.
#[derive(Debug, Default)]
pub(crate) struct InVersions {
    found: Vec<InVersion>,
    by_text: HashMap<String, Vec<usize>>,
}

/// One problem.
#[derive(Debug)]
struct InVersion {
    problem: Diagnostic,
    /// What the new version is called, if it has the problem.
    new: Option<String>,
    /// What the old versions that have it are called.
    old: Vec<String>,
}

impl InVersions {
    /// Adds a problem of a version; `label` is what it is called.
    pub(crate) fn add(&mut self, problem: Diagnostic, label: &str, is_new: bool) {
        let alike = self.by_text.entry(problem.message.clone()).or_default();
        let at = alike.iter().copied().find(|at| self.found[*at].problem == problem).unwrap_or_else(|| {
            alike.push(self.found.len());
            self.found.push(InVersion { problem, new: None, old: Vec::new() });
            self.found.len() - 1
        });
        let found = &mut self.found[at];
        if is_new {
            found.new = Some(label.to_owned());
        } else if found.old.last().is_none_or(|last| last != label) {
            found.old.push(label.to_owned());
        }
    }

    /// The problems, with the versions where the place alone does not tell.
    pub(crate) fn told(self) -> impl Iterator<Item = Diagnostic> {
        self.found.into_iter().map(|InVersion { problem, new, old }| {
            let (version, label) = match (new, &*old) {
                (Some(new), []) => ("the new version", new),
                (None, [old]) => ("the old version", old.clone()),
                (Some(new), [old]) => ("both versions", format!("{old} and {new}")),
                (new, several) => {
                    let labels: Vec<String> = new.into_iter().chain(several.iter().cloned()).collect();
                    ("several versions", first_of(&labels))
                }
            };
            problem::of_version(problem, version, &label)
        })
    }
}

/// What others import files by.
fn names(files: &[LoadedFile]) -> HashMap<FileId, &str> {
    files.iter().map(|file| (file.id, file.name.as_str())).collect()
}

/// Says where an import was looked for, and how to have it looked for elsewhere.
fn advise_on_import(problem: &mut Diagnostic, side: &LoadedSide, role: Version, sources: &Sources) {
    if descriptor_set(side).is_some() {
        problem.notes = vec!["a descriptor set is read by itself: nothing is looked for beside it".to_owned()];
        problem.help = Some(
            "make the set again with all that its files import: `protoc --include_imports --descriptor_set_out=FILE`, or \
             `buf build -o FILE`"
                .to_owned(),
        );
        return;
    }
    let roots: Vec<String> = side.include_roots.iter().map(|root| format!("`{}`", or_dot(root))).collect();
    let places = match roots.len() {
        0 => format!("`{}` and the directories that hold it", or_dot(&side.shown)),
        _ => roots.join(", "),
    };
    problem.notes = vec![format!("looked for it below {places}")];
    if !side.buf_dependencies.is_empty() {
        let dependencies = side.buf_dependencies.join("`, `");
        problem.notes.push(format!("buf.yaml depends on `{dependencies}`, and nothing is fetched from a registry"));
    }
    let elsewhere = imported(problem, sources).and_then(|import| side.found_elsewhere.get(import));
    let Some(elsewhere) = elsewhere.map(|root| or_dot(root)) else {
        if let Some(dir) = imported(problem, sources).and_then(|import| side.found_below.get(import)) {
            let roots = side.include_roots.iter().chain([dir]).map(|root| format!("-I {}", or_dot(root)));
            let roots = roots.collect::<Vec<_>>().join(" ");
            problem.notes.push(format!("the repository has a file of that path below `{}`", or_dot(dir)));
            problem.help = Some(format!("name the directory that the import starts at: `{roots}`"));
            return;
        }
        problem.help = Some("name the directory that the import starts at: `-I DIR`".into());
        return;
    };
    let (this, other) = match role {
        Version::Old => ("old", "new"),
        Version::New => ("new", "old"),
    };
    problem.notes.push(format!(
        "`-I {elsewhere}` has it, but belongs to the {other} version, and the {this} one is not read with it"
    ));
    problem.help = Some(match role {
        Version::Old => format!(
            "name the include root of the old version: `--against-include DIR` (`--against-include {elsewhere}`, if \
             both versions import from there)"
        ),
        Version::New => {
            format!(
                "name the include root of the new version, and say whose this one is: `-I DIR --against-include {elsewhere}`"
            )
        }
    });
}

/// The import that a problem points at, between its quotes.
fn imported<'a>(problem: &Diagnostic, sources: &'a Sources) -> Option<&'a str> {
    let span = problem.span()?;
    let text = sources.file(span.file).text().get(span.start as usize..span.end as usize)?;
    Some(text.trim_matches(['"', '\'']))
}
