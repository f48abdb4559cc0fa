//! What a file sees of the others: its imports, and what these import publicly.

use canread_model::ImportKind;

use super::files::FileInfo;
use super::names::PathId;

/// What one file sees of the others.
#[derive(Debug)]
pub(super) struct Sight {
    /// For each file, the last one that saw it for everything, and for options.
    files: Vec<[u32; 2]>,
    /// For each full name that is a package, likewise; as far as there are any.
    packages: Vec<[u32; 2]>,
    viewer: u32,
}

/// What is looked for: edition 2024 can import names for options only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Types,
    Options,
}

impl Sight {
    pub(super) fn new(file_count: usize) -> Self {
        Self { files: vec![[u32::MAX; 2]; file_count], packages: Vec::new(), viewer: u32::MAX }
    }

    /// Looks from a file: itself, what it imports, and what that imports publicly.
    pub(super) fn look_from(&mut self, viewer: u32, files: &[FileInfo], parent: impl Fn(PathId) -> PathId) {
        self.viewer = viewer;
        self.spread(vec![viewer], Purpose::Types, files, &parent);
        let targets = |wanted: fn(ImportKind) -> bool| {
            let imports = &files[viewer as usize].imports;
            imports.iter().filter(|edge| wanted(edge.kind)).filter_map(|edge| edge.target).collect::<Vec<_>>()
        };
        self.spread(targets(|kind| kind != ImportKind::OptionOnly), Purpose::Types, files, &parent);
        self.spread(targets(|kind| kind == ImportKind::OptionOnly), Purpose::Options, files, &parent);
    }

    fn spread(&mut self, mut open: Vec<u32>, purpose: Purpose, files: &[FileInfo], parent: &impl Fn(PathId) -> PathId) {
        let column = purpose as usize;
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut self.files[at as usize][column], self.viewer) == self.viewer {
                continue;
            }
            let info = &files[at as usize];
            let mut package = info.package;
            loop {
                if self.packages.len() <= package.index() {
                    self.packages.resize(package.index() + 1, [u32::MAX; 2]);
                }
                let seen = &mut self.packages[package.index()][column];
                if std::mem::replace(seen, self.viewer) == self.viewer {
                    break;
                }
                package = parent(package);
            }
            // Public imports of the file itself are among its imports, which the caller follows.
            if at != self.viewer {
                let public = info.imports.iter().filter(|edge| edge.kind == ImportKind::Public);
                open.extend(public.filter_map(|edge| edge.target));
            }
        }
    }

    /// Whether the file that looks can use names that another one declares.
    pub(super) fn sees_file(&self, file: u32, purpose: Purpose) -> bool {
        self.sees(self.files[file as usize], purpose)
    }

    /// Whether some file that is seen stands in a package, or in one below it.
    pub(super) fn sees_package(&self, path: PathId, purpose: Purpose) -> bool {
        self.packages.get(path.index()).is_some_and(|seen| self.sees(*seen, purpose))
    }

    fn sees(&self, seen: [u32; 2], purpose: Purpose) -> bool {
        seen[0] == self.viewer || (purpose == Purpose::Options && seen[1] == self.viewer)
    }
}
