//! Include roots: what Protobuf calls each file, and which file each import means.

mod buf;
mod buf_config;
mod fixed;
mod given;
mod infer;
mod yaml;

pub(crate) use buf::find_modules;
pub(crate) use fixed::{FixedRoot, Place, fixed};
pub(crate) use given::{Given, Includes, Withheld, given, place};
pub(crate) use infer::infer;

use canread_syntax::Diagnostic;

/// The files of one side, as the search for roots sees them.
pub(crate) struct Files<'a> {
    /// The full path of the tree.
    pub(crate) root: &'a str,
    /// The full path of each file.
    pub(crate) full: Vec<&'a str>,
    /// The path of each file as users see it.
    pub(crate) shown: Vec<&'a str>,
    /// What each file imports, as numbers of `imports`.
    pub(crate) imported: Vec<&'a [u32]>,
    /// Every import string; some may belong to another side.
    pub(crate) imports: &'a [Box<str>],
}

impl Files<'_> {
    /// For each import, the files that have it.
    pub(crate) fn importers(&self) -> Vec<Vec<u32>> {
        let mut importers = vec![Vec::new(); self.imports.len()];
        for (file, imported) in self.imported.iter().enumerate() {
            for import in *imported {
                importers[*import as usize].push(to_u32(file));
            }
        }
        importers
    }
}

/// What was found out about the files of one side.
#[derive(Debug, Default)]
pub(crate) struct Resolution {
    /// The import path of each file; no two are equal.
    pub(crate) names: Vec<String>,
    /// Other import paths by which a file is imported.
    pub(crate) aliases: Vec<Vec<String>>,
    /// The file that each import means.
    pub(crate) targets: Vec<Option<u32>>,
    /// Full paths of the roots.
    pub(crate) roots: Vec<String>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Files are numbered in 32 bits; [`Limits`](crate::Limits) keep them far below.
pub(crate) fn to_u32(index: usize) -> u32 {
    u32::try_from(index).expect("a side has fewer than 2^32 files and imports")
}

#[cfg(test)]
mod tests;
