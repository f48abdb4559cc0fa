//! What a listing left out, so that nothing is lost silently.

/// Counts of what a listing passed over.
///
/// A directory counts once, whatever is in it; nobody looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Hidden directories and `node_modules`, as far as git tracks nothing in them, and directories marked with a
    /// `CACHEDIR.TAG`.
    pub directories: usize,
    /// Schema files whose name starts with a dot (an editor's or archiver's leftovers), and those that git does not track
    /// in a hidden directory or `node_modules` that holds others which it does.
    pub hidden_files: usize,
    /// Files whose ending, `.protodevel`, is that of Protobuf sources and not read.
    pub unread_endings: usize,
    /// Schema files and directories that `.gitignore` names and git does not track.
    pub ignored: usize,
    /// Directories, schema files and JSON files that the project excludes.
    pub excluded: usize,
    /// Schema files that `buf.yaml` excludes or that lie in none of its modules.
    pub outside_modules: usize,
    /// Submodules of a git tree that are not checked out, and so can't be read.
    pub submodules: usize,
    /// Files that are announced to git (`git add --intent-to-add`), and so are not staged.
    pub announced: usize,
    /// JSON files that hold no schema; told only where others do, or where there is no schema at all.
    pub other_json: usize,
    /// JSON files that are too large to be looked into.
    pub large_json: usize,
    /// JSON files that are pointers of Git LFS, whose contents are elsewhere.
    pub pointer_json: usize,
    /// What is called a JSON file and can't be looked into: links that lead nowhere or out of the project, names that are not
    /// UTF-8, pipes and devices.
    pub odd_json: usize,
    /// Whether somebody wonders about JSON files that hold no schema.
    pub(crate) tells_json: bool,
    /// One of those, if nobody does: files of another version may make them of interest.
    pub(crate) untold_json: Option<String>,
    /// The first few of all these paths, as shown to users, sorted.
    pub examples: Vec<String>,
}

impl Skipped {
    /// How many paths are kept as examples.
    const EXAMPLES_MAX: usize = 5;

    pub(crate) fn example(&mut self, path: impl FnOnce() -> String) {
        if self.examples.len() < Self::EXAMPLES_MAX {
            self.examples.push(path());
        }
    }

    /// Everything that was passed over.
    #[must_use]
    pub fn total(&self) -> usize {
        self.directories
            + self.hidden_files
            + self.unread_endings
            + self.ignored
            + self.excluded
            + self.outside_modules
            + self.submodules
            + self.announced
            + self.other_json
            + self.large_json
            + self.pointer_json
            + self.odd_json
    }

    /// One sentence part for a person, such as `2 ignored by .gitignore, 1 directory`; `None` if
    /// nothing was passed over.
    #[must_use]
    pub fn summary(&self) -> Option<String> {
        self.summary_as(self.tells_json)
    }

    fn summary_as(&self, tells_json: bool) -> Option<String> {
        let plural = |count: usize, one: &str, many: &str| {
            (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
        };
        let parts: Vec<String> = [
            plural(self.ignored, "ignored by .gitignore", "ignored by .gitignore"),
            plural(self.excluded, "excluded by canread.toml", "excluded by canread.toml"),
            plural(self.outside_modules, "file outside buf's modules", "files outside buf's modules"),
            plural(self.submodules, "submodule not checked out", "submodules not checked out"),
            plural(
                self.announced,
                "file that is announced to git and not staged",
                "files that are announced to git and not staged",
            ),
            plural(
                if tells_json { self.other_json } else { 0 },
                "JSON file that is no Avro schema",
                "JSON files that are no Avro schemas",
            ),
            plural(self.large_json, "JSON file too large to be looked into", "JSON files too large to be looked into"),
            plural(
                self.pointer_json,
                "JSON file whose content is in Git LFS, and not here",
                "JSON files whose contents are in Git LFS, and not here",
            ),
            plural(
                self.odd_json,
                "JSON file that is no file, or whose name is not UTF-8",
                "JSON files that are no files, or whose names are not UTF-8",
            ),
            plural(self.hidden_files, "hidden file", "hidden files"),
            plural(self.unread_endings, "file that ends in .protodevel", "files that end in .protodevel"),
            plural(self.directories, "hidden or generated directory", "hidden or generated directories"),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What was passed over, with an example.
    fn with_example(&self, tells_json: bool) -> Option<String> {
        let words = self.summary_as(tells_json)?;
        let untold = self.untold_json.as_ref().filter(|_| tells_json);
        Some(match self.examples.first().or(untold) {
            Some(example) => format!("{words}, such as `{example}`"),
            None => words,
        })
    }

    /// What was passed over in the new version, and in the old ones if that is something else; of several such, the first
    /// one is told. Each old one comes with what it is called.
    pub(crate) fn of_all<'a>(old: impl IntoIterator<Item = (&'a str, &'a Self)>, new: &Self) -> Option<String> {
        let old: Vec<(&str, &Self)> = old.into_iter().collect();
        // Where one version keeps schemas in JSON, the files of the others are of interest too.
        let tells_json = new.tells_json || old.iter().any(|(_, old)| old.tells_json);
        let of_new = new.summary_as(tells_json);
        let mut others = old.into_iter().filter(|(_, old)| old.summary_as(tells_json) != of_new);
        let other = others.find_map(|(version, old)| Some(format!("in {version}: {}", old.with_example(tells_json)?)));
        let more = others.filter(|(_, old)| old.summary_as(tells_json).is_some()).count();
        let more = (more > 0).then(|| format!("{more} more old versions have others"));
        let all: Vec<String> = new.with_example(tells_json).into_iter().chain(other).chain(more).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}
