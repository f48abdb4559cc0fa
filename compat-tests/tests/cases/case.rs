//! One folder of `cases/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of one version: import name and text.
pub(crate) type Side = Vec<(String, String)>;

/// Suffixes of single files, each of a format.
const SUFFIXES: [&str; 3] = ["proto", "avsc", "avpr"];

/// One folder of `cases/`.
pub(crate) struct Case {
    /// The folder.
    pub(crate) dir: PathBuf,
    /// The rule that it is about.
    pub(crate) rule: String,
    /// Versions before the old one, oldest first, if the case is a history.
    pub(crate) earlier: Vec<Side>,
    pub(crate) old: Side,
    pub(crate) new: Side,
}

impl Case {
    /// Every case, ordered by path.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
        let mut cases = Vec::new();
        for format in subfolders(&root) {
            for rule in subfolders(&format) {
                for dir in subfolders(&rule) {
                    let id = format!("{}/{}", file_name(&format), file_name(&rule));
                    let mut versions = versions(&dir);
                    import(&mut versions);
                    let (Some(new), Some(old)) = (versions.pop(), versions.pop()) else {
                        panic!("{} has one version", dir.display());
                    };
                    cases.push(Self { dir, rule: id, earlier: versions, old, new });
                }
            }
        }
        cases
    }

    /// Every case of one format.
    pub(crate) fn of(format: &str) -> Vec<Self> {
        let mut cases = Self::all();
        cases.retain(|case| case.rule.split('/').next() == Some(format));
        cases
    }

    /// The folder's path below `cases/`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.rule, file_name(&self.dir))
    }

    /// Every version, oldest first.
    pub(crate) fn versions(&self) -> Vec<&Side> {
        self.earlier.iter().chain([&self.old, &self.new]).collect()
    }

    /// Whether the rule must stay silent.
    pub(crate) fn is_near_miss(&self) -> bool {
        file_name(&self.dir).starts_with(super::NEAR_MISS)
    }
}

/// The versions of a case, oldest first: `v1`, `v2` and so on, or else `old` and `new`.
fn versions(dir: &Path) -> Vec<Side> {
    let names: Vec<String> = entries(dir).iter().map(|path| stem(path)).collect();
    let is_there = |name: &String| names.contains(name);
    let numbered: Vec<String> = (1..=names.len()).map(|number| format!("v{number}")).take_while(is_there).collect();
    if numbered.is_empty() {
        return vec![side(dir, "old"), side(dir, "new")];
    }
    let others = names.iter().filter(|name| *name != "report" && !numbered.contains(name)).count();
    assert_eq!(others, 0, "{} has more than its versions and a report", dir.display());
    numbered.iter().map(|name| side(dir, name)).collect()
}

/// Adds the files of `imports/` that one of the versions imports to all of them, so that they are no difference.
fn import(versions: &mut [Side]) {
    let mut imports = Side::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("imports"), "", &mut imports);
    for (name, text) in imports {
        let statement = format!("import \"{name}\";");
        if versions.iter().flatten().any(|(_, text)| text.contains(&statement)) {
            for version in versions.iter_mut() {
                version.push((name.clone(), text.clone()));
            }
        }
    }
}

fn side(dir: &Path, which: &str) -> Side {
    let single = SUFFIXES.iter().map(|suffix| (suffix, dir.join(which).with_extension(suffix)));
    let mut files = Vec::new();
    if let Some((suffix, single)) = single.into_iter().find(|(_, path)| path.exists()) {
        files.push((format!("test.{suffix}"), read(&single)));
    } else {
        collect(&dir.join(which), "", &mut files);
    }
    assert!(!files.is_empty(), "{} has neither {which}.proto (or .avsc, .avpr) nor {which}/", dir.display());
    files
}

fn collect(dir: &Path, prefix: &str, files: &mut Side) {
    for path in entries(dir) {
        let name = format!("{prefix}{}", file_name(&path));
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.push((name, read(&path)));
        }
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let listing = fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    let mut paths: Vec<PathBuf> = listing.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.sort();
    paths
}

fn subfolders(dir: &Path) -> Vec<PathBuf> {
    entries(dir).into_iter().filter(|path| path.is_dir()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
