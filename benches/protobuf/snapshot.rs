//! The schemas that are measured: every `.proto` file below one directory, in memory.

use std::fs;
use std::io;
use std::path::Path;

use canread_compat::Pair;
use canread_protobuf::schema::{LinkOptions, Linked, NamedFile, parse, read};
use canread_syntax::{Diagnostic, FileId, Sources};
use canread_testing::{corpus, workspace_root};

/// One version of a schema, read but not parsed.
pub(crate) struct Snapshot {
    name: String,
    sources: Sources,
    /// By import name, in its order.
    files: Vec<(String, FileId)>,
}

/// The two versions to measure: a year of googleapis, or else the shop. The corpus that is missing has then been named.
pub(crate) fn versions() -> Pair<Snapshot> {
    let corpora = corpus("protobuf/googleapis-2025-08").zip(corpus("protobuf/googleapis-2026-08"));
    let (old, new) = corpora.unwrap_or_else(|| {
        let shop = workspace_root().join("schemas/shop");
        (shop.join("v1"), shop.join("v2"))
    });
    Pair { old: Snapshot::load(&old), new: Snapshot::load(&new) }
}

impl Snapshot {
    fn load(root: &Path) -> Self {
        let mut names = Vec::new();
        collect(root, "", &mut names).expect("the directory of a snapshot can be listed");
        names.sort();
        let mut sources = Sources::default();
        let mut add = |name: String| {
            let text = fs::read(root.join(&name)).expect("a file that was listed can be read");
            let id = sources.add(name.as_str(), "", text);
            (name, id)
        };
        let files = names.into_iter().map(&mut add).collect();
        Self { name: short_name(root), sources, files }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its name and size, for the heading of what is measured on it.
    pub(crate) fn title(&self) -> String {
        format!("{} ({} files, {:.1} MB)", self.name, self.files.len(), megabytes(self.bytes()))
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.texts().map(|(_, text)| text.len() as u64).sum()
    }

    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = (FileId, &str)> {
        self.files.iter().map(|(_, id)| (*id, self.sources.file(*id).text()))
    }

    /// What [`read`] takes.
    pub(crate) fn files(&self) -> Vec<(&str, FileId)> {
        self.files.iter().map(|(name, id)| (name.as_str(), *id)).collect()
    }

    /// Every syntax tree.
    pub(crate) fn parsed(&self) -> Vec<NamedFile<'_>> {
        self.files()
            .into_iter()
            .map(|(name, id)| {
                let text = self.sources.file(id).text();
                NamedFile { name, text, file: parse(id, text).file }
            })
            .collect()
    }

    /// The schema.
    ///
    /// # Panics
    ///
    /// When it has errors: what is measured then is not what people wait for.
    pub(crate) fn linked(&self) -> Linked {
        let linked = read(&self.files(), &self.sources, &LinkOptions::default());
        let error = linked.diagnostics.iter().find(|diagnostic| Diagnostic::is_error(diagnostic));
        assert!(error.is_none(), "{} has errors: {error:?}", self.name);
        linked
    }
}

/// Adds the path, below the root, of every `.proto` file of a directory.
fn collect(directory: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "proto") {
            names.push(name);
        }
    }
    Ok(())
}

/// The last two folders of a path.
fn short_name(root: &Path) -> String {
    let folders: Vec<_> = root.iter().rev().take(2).map(|folder| folder.to_string_lossy()).collect();
    folders.into_iter().rev().collect::<Vec<_>>().join("/")
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit behind the point")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
