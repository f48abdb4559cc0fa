//! From baselines to the versions that they stand for, oldest first.

use std::collections::HashMap;

use canread_syntax::{Diagnostic, Severity};
use gix::ObjectId;

use crate::git::Resolved;
use crate::project::HASH_SHOWN;
use crate::tree::{Store, Tree};
use crate::versions::is_same_place;
use crate::{Baseline, ErrorKind, Project, ProjectError, Result};

/// Versions named in a note.
const NAMED_MAX: usize = 5;

/// The old versions of a history.
pub(super) struct Opened {
    /// Oldest first.
    pub(super) trees: Vec<Tree>,
    /// What was left out.
    pub(super) notes: Vec<Diagnostic>,
}

/// Opens every version. Those of commits are ordered by their history, if all are; otherwise as they are given, those of
/// one baseline in their own order.
pub(super) fn open(project: &Project, baselines: &[Baseline], new: &Tree) -> Result<Opened> {
    let mut trees: Vec<Tree> = Vec::new();
    let mut notes = Vec::new();
    for baseline in baselines {
        match baseline {
            Baseline::Tags { pattern } => {
                let (repository, path) = Project::same_path(new, &format!("tags/{pattern}"))?;
                let tags = repository.tags(pattern)?;
                let opened = tags.into_iter().map(|tag| {
                    let tree = open_same(project, &tag.resolved, &tag.name, &path, new);
                    (format!("{} ({})", tag.name, short(tag.resolved.id)), tree)
                });
                trees.extend(with_schemas(opened, new, &mut notes)?);
            }
            Baseline::Range { from, to } => {
                let (repository, path) = Project::same_path(new, to)?;
                let commits = repository.range(from, to, &path)?;
                let opened = commits.into_iter().map(|resolved| {
                    let name = short(resolved.id);
                    let tree = open_same(project, &resolved, &name, &path, new);
                    (name, tree)
                });
                trees.extend(with_schemas(opened, new, &mut notes)?);
            }
            Baseline::Revision { revision } | Baseline::At { revision, .. } => {
                let mut tree = project.open_baseline(baseline, new)?;
                if let Some(commit) = &tree.commit {
                    tree.label = format!("git:{revision} ({})", commit.get(..HASH_SHOWN).unwrap_or(commit));
                }
                trees.push(tree);
            }
            _ => trees.push(project.open_baseline(baseline, new)?),
        }
    }
    if let Some(same) = trees.iter().find(|tree| is_same_place(tree, new)) {
        return Err(ProjectError::same_version(crate::path::or_dot(&same.named_shown())));
    }
    in_order(&mut trees);
    Ok(Opened { trees, notes })
}

fn short(id: ObjectId) -> String {
    id.to_hex_with_len(HASH_SHOWN).to_string()
}

fn open_same(project: &Project, resolved: &Resolved, text: &str, path: &str, new: &Tree) -> Result<Tree> {
    let (repository, _) = Project::same_path(new, text)?;
    project.open_same(repository, resolved, text, path, new).map_err(ProjectError::of_baseline)
}

/// Those of several versions that hold schemas, and are not the new one. What was tagged before there were any is left
/// out, and told.
fn with_schemas(
    opened: impl Iterator<Item = (String, Result<Tree>)>,
    new: &Tree,
    notes: &mut Vec<Diagnostic>,
) -> Result<Vec<Tree>> {
    let mut trees = Vec::new();
    let mut without = Vec::new();
    let mut same = None;
    for (name, tree) in opened {
        match tree {
            Ok(tree) if is_same_place(&tree, new) => same = Some(tree),
            Ok(mut tree) => {
                tree.label = format!("git:{name}");
                trees.push(tree);
            }
            Err(error) if error.kind() == ErrorKind::NoBaseline => without.push((name, error)),
            Err(error) => return Err(error),
        }
    }
    if trees.is_empty() {
        return Err(match (same, without.pop()) {
            (Some(same), _) => ProjectError::same_version(crate::path::or_dot(&same.named_shown())),
            (None, Some((_, error))) => error,
            (None, None) => ProjectError::new(ErrorKind::NoBaseline, "there is no old version"),
        });
    }
    if !without.is_empty() {
        let named: Vec<String> = without.iter().take(NAMED_MAX).map(|(name, _)| format!("`{name}`")).collect();
        let more = without.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let mut note = Diagnostic::error("project/no_baseline", "versions without schemas were left out");
        note.severity = Severity::Note;
        let place = crate::path::or_dot(&new.shown);
        notes.push(note.note(format!("there are none in `{place}` at {}{more}", named.join(", "))));
    }
    Ok(trees)
}

/// Orders versions by history, if each is a commit of one repository.
fn in_order(trees: &mut [Tree]) {
    let commit = |tree: &Tree| ObjectId::from_hex(tree.commit.as_ref()?.as_bytes()).ok();
    let Some(commits) = trees.iter().map(commit).collect::<Option<Vec<ObjectId>>>() else { return };
    let Some(Store::Git(first)) = trees.first().map(|tree| &tree.store) else { return };
    let repository = first.repository();
    let is_one = |tree: &Tree| match &tree.store {
        Store::Git(git) => git.repository().is_same(repository),
        Store::Disk { .. } => false,
    };
    if trees.len() < 2 || !trees.iter().all(is_one) {
        return;
    }
    let place: HashMap<ObjectId, usize> = repository.ordered(&commits).into_iter().zip(0..).collect();
    trees.sort_by_key(|tree| commit(tree).and_then(|id| place.get(&id).copied()));
}
