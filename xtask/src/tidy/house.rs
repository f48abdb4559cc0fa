//! The checkout as the checks see it: tracked files in memory and the packages of the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::workspace::{WORKSPACES_APART, Workspace};

/// Everything that a check may look at. Paths are relative to the root, with `/`.
#[derive(Default)]
pub(super) struct House {
    files: BTreeMap<String, Vec<u8>>,
    packages: Vec<Package>,
}

/// One package.
pub(super) struct Package {
    pub(super) name: String,
    /// The path of its `Cargo.toml`.
    pub(super) manifest: String,
    /// Its arrows to other packages of the workspace.
    pub(super) arrows: BTreeSet<Arrow>,
}

/// A dependency on another package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    pub(super) kind: ArrowKind,
    pub(super) to: String,
}

/// What needs the dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ArrowKind {
    /// The crate itself, optional or not.
    Normal,
    /// Its tests, examples and benches.
    Dev,
    /// Its build script.
    Build,
}

impl House {
    /// Reads the tracked files and asks cargo for the packages.
    ///
    /// # Errors
    ///
    /// What git, cargo or the file system said.
    pub(super) fn load(workspace: &Workspace) -> Result<Self, String> {
        Ok(Self { files: tracked_files(workspace.root())?, packages: packages(workspace)? })
    }

    /// Every tracked path.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(super) fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether a tracked file lies under this path.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        path.is_empty() || self.files.range(prefix.clone()..).next().is_some_and(|(file, _)| file.starts_with(&prefix))
    }

    /// The text of one file; `None` for one that is absent or not text.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|bytes| as_text(bytes))
    }

    /// Every tracked text file: UTF-8 without NUL.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, bytes)| Some((path.as_str(), as_text(bytes)?)))
    }

    pub(super) fn packages(&self) -> &[Package] {
        &self.packages
    }
}

fn as_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// Whether the path ends in `.extension`.
pub(super) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// The number, from 1, of the first line that satisfies `is`.
pub(super) fn line_where(text: &str, is: impl Fn(&str) -> bool) -> Option<usize> {
    text.lines().position(is).map(|index| index + 1)
}

fn tracked_files(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let listing = output(Command::new("git").args(["ls-files", "-z"]).current_dir(root))?;
    let listing = String::from_utf8(listing).map_err(|_| "git lists a path that is not UTF-8".to_owned())?;
    let mut files = BTreeMap::new();
    for path in listing.split_terminator('\0') {
        let place = root.join(path);
        // A tracked file may be gone in the work tree, and a link may name a folder.
        if place.is_file() {
            let bytes = fs::read(place).map_err(|error| format!("{path} cannot be read: {error}"))?;
            files.insert(path.to_owned(), bytes);
        }
    }
    Ok(files)
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    manifest_path: String,
    dependencies: Vec<MetadataDependency>,
}

#[derive(Deserialize)]
struct MetadataDependency {
    name: String,
    kind: Option<String>,
    /// Only of a dependency that is given by path.
    path: Option<String>,
}

/// The packages of the workspace, and those of the folders that are workspaces of their own.
fn packages(workspace: &Workspace) -> Result<Vec<Package>, String> {
    let mut packages = packages_of(workspace, "Cargo.toml")?;
    for manifest in WORKSPACES_APART.iter().filter(|manifest| workspace.root().join(manifest).exists()) {
        packages.extend(packages_of(workspace, manifest)?);
    }
    Ok(packages)
}

fn packages_of(workspace: &Workspace, manifest: &str) -> Result<Vec<Package>, String> {
    let arguments = ["metadata", "--no-deps", "--format-version", "1", "--manifest-path", manifest];
    let json = output(workspace.cargo().args(arguments))?;
    let metadata: Metadata =
        serde_json::from_slice(&json).map_err(|error| format!("cargo metadata cannot be understood: {error}"))?;
    let package = |package: &MetadataPackage| Package {
        name: package.name.clone(),
        manifest: relative(workspace.root(), &package.manifest_path),
        arrows: package.dependencies.iter().filter(|dependency| dependency.path.is_some()).map(arrow).collect(),
    };
    Ok(metadata.packages.iter().map(package).collect())
}

fn arrow(dependency: &MetadataDependency) -> Arrow {
    let kind = match dependency.kind.as_deref() {
        Some("dev") => ArrowKind::Dev,
        Some("build") => ArrowKind::Build,
        _ => ArrowKind::Normal,
    };
    Arrow { kind, to: dependency.name.clone() }
}

fn relative(root: &Path, path: &str) -> String {
    Path::new(path).strip_prefix(root).unwrap_or(Path::new(path)).to_string_lossy().replace('\\', "/")
}

fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name} did not start: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

#[cfg(test)]
impl House {
    /// A made-up house with these files.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|&(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        Self { files, packages: Vec::new() }
    }

    /// Adds a package under `crates/`.
    pub(super) fn with_package(mut self, name: &str, arrows: &[(ArrowKind, &str)]) -> Self {
        self.packages.push(Package {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            arrows: arrows.iter().map(|&(kind, to)| Arrow { kind, to: to.to_owned() }).collect(),
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_checkout_can_be_loaded() {
        let house = House::load(&Workspace::of_this_build()).expect("git and cargo know this checkout");
        assert!(house.has_file("Cargo.toml"));
        assert!(house.has_folder("crates"));
        let this = house.packages().iter().find(|package| package.name == "xtask").expect("xtask is a member");
        assert_eq!(this.manifest, "xtask/Cargo.toml");
        assert!(house.packages().iter().any(|package| package.manifest == "fuzz/Cargo.toml"));
        assert!(this.arrows.contains(&Arrow { kind: ArrowKind::Dev, to: "canread-testing".to_owned() }));
    }

    #[test]
    fn bytes_that_are_not_text_have_no_text() {
        let house = House::of(&[("a.bin", "a\0b"), ("a.txt", "a")]);
        assert_eq!(house.texts().map(|(path, _)| path).collect::<Vec<_>>(), ["a.txt"]);
    }
}
