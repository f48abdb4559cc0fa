//! What is wrong with single files of a version, in words that fit where they come from.

use std::collections::{HashMap, HashSet};

use canread_syntax::{Diagnostic, FileId, Sources};

use crate::link::{Linked, descriptor_set};
use crate::path::or_dot;
use crate::{LoadedSide, avro};

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
        if problem.code == "protobuf/missing_import" {
            advise_on_import(problem, side, role, sources);
        }
        avro::advise(problem);
    }
    problems
}

/// The problems of the old version but for imports that the same file of the new version misses too: there it is said
/// that both do.
pub(crate) fn without_common_imports(
    old: Vec<Diagnostic>,
    old_side: &LoadedSide,
    new: &mut [Diagnostic],
    new_side: &LoadedSide,
) -> Vec<Diagnostic> {
    let mut missing: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (at, problem) in new.iter().enumerate().filter(|(_, problem)| problem.code == "protobuf/missing_import") {
        if let Some(name) = file_name(problem, new_side) {
            missing.entry((name, problem.message.clone())).or_default().push(at);
        }
    }
    let mut rest = Vec::new();
    for problem in old {
        let twin = (problem.code == "protobuf/missing_import")
            .then(|| missing.get_mut(&(file_name(&problem, old_side)?, problem.message.clone()))?.pop())
            .flatten();
        let Some(twin) = twin.and_then(|at| new.get_mut(at)).filter(|twin| twin.help == problem.help) else {
            rest.push(problem);
            continue;
        };
        for note in problem.notes {
            if !twin.notes.contains(&note) {
                twin.notes.push(note);
            }
        }
        twin.notes.push(format!("it is missing in both versions, {} and {}", old_side.label, new_side.label));
    }
    rest
}

/// What others import the file by that a problem stands in.
fn file_name<'a>(problem: &Diagnostic, side: &'a LoadedSide) -> Option<&'a str> {
    let id = problem.span()?.file;
    side.files.iter().find(|file| file.id == id).map(|file| file.name.as_str())
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
