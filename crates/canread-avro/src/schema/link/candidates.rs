//! Which of several declarations of one name a file means, and who needs which file.
//!
//! A directory may hold schemas that have nothing to do with each other, so that a name may be declared several
//! times. A file means its own declaration, then one that it imports, then that of the nearest directory.

use std::rc::Rc;

use canread_model::{DeclId, Fingerprint, ModuleId, Schema};
use canread_syntax::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Linker, imports};

/// A use of a name that two declarations answer equally well.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) name: Span,
    pub(super) full_name: Box<str>,
    pub(super) module: ModuleId,
}

/// Which files need which, and where that is in doubt.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// A file, and one of which it names a type.
    pub(super) edges: FxHashSet<(ModuleId, ModuleId)>,
    pub(super) doubts: Vec<Doubt>,
    in_doubt: FxHashSet<(ModuleId, Box<str>)>,
    /// What the file that was asked about last imports, directly or not.
    imported: Option<(ModuleId, FxHashSet<ModuleId>)>,
    /// What names of several declarations may mean, by where they are used.
    candidates: FxHashMap<(Sight, Box<str>), Rc<[DeclId]>>,
}

/// What tells which declarations are near.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Sight {
    /// A file with imports of its own.
    File(ModuleId),
    /// The directory of files without.
    Directory(Box<str>),
}

impl Linker<'_> {
    /// The type of a full name: of that file, else of the nearest one.
    pub(super) fn lookup(&mut self, full_name: &str, module: ModuleId) -> Option<DeclId> {
        if let Some(own) = self.own.get(&(module, full_name.into())) {
            return Some(*own);
        }
        match &self.all.get(full_name)?[..] {
            [] => None,
            [one] => Some(*one),
            _ => self.candidates(full_name, module).first().copied(),
        }
    }

    /// Notes that a file names a type, and whether it could be another one.
    pub(super) fn note_use(&mut self, full_name: &str, module: ModuleId, found: DeclId, name: Span) {
        let target = self.schema.decl(found).module;
        if target == module {
            return;
        }
        self.uses.edges.insert((module, target));
        let is_clear = self.all.get(full_name).is_none_or(|all| all.len() < 2);
        if !is_clear
            && self.candidates(full_name, module).len() > 1
            && self.uses.in_doubt.insert((module, full_name.into()))
        {
            self.uses.doubts.push(Doubt { name, full_name: full_name.into(), module });
        }
    }

    /// The declarations of a name that are equally near to a file that has none itself: imported ones, or else those
    /// with the fewest directories on the way, those upwards counting more.
    pub(super) fn candidates(&mut self, full_name: &str, module: ModuleId) -> Rc<[DeclId]> {
        let has_imports = self.imports.get(module.0 as usize).is_some_and(|edges| !edges.is_empty());
        let sight = if has_imports {
            Sight::File(module)
        } else {
            Sight::Directory(directory(&self.schema.module(module).name).into())
        };
        let key = (sight, full_name.into());
        if let Some(known) = self.uses.candidates.get(&key) {
            return Rc::clone(known);
        }
        let found: Rc<[DeclId]> = self.nearest(full_name, module, has_imports).into();
        self.uses.candidates.insert(key, Rc::clone(&found));
        found
    }

    fn nearest(&mut self, full_name: &str, module: ModuleId, has_imports: bool) -> Vec<DeclId> {
        let all = self.all.get(full_name).cloned().unwrap_or_default();
        if has_imports {
            let modules: Vec<ModuleId> = all.iter().map(|id| self.schema.decl(*id).module).collect();
            let is_imported = self.imported_by(module);
            let of_modules = all.iter().zip(&modules).filter(|(_, module)| is_imported.contains(module));
            let imported: Vec<DeclId> = of_modules.map(|(id, _)| *id).collect();
            if !imported.is_empty() {
                return imported;
            }
        }
        let from = &self.schema.module(module).name;
        let way = |id: &DeclId| way(from, &self.schema.module(self.schema.decl(*id).module).name);
        let ways: Vec<_> = all.iter().map(way).collect();
        let Some(nearest) = ways.iter().min().copied() else { return Vec::new() };
        all.into_iter().zip(ways).filter(|(_, way)| *way == nearest).map(|(id, _)| id).collect()
    }

    fn imported_by(&mut self, module: ModuleId) -> &FxHashSet<ModuleId> {
        if self.uses.imported.as_ref().is_none_or(|(of, _)| *of != module) {
            let mut seen = FxHashSet::default();
            let mut open = vec![module];
            while let Some(at) = open.pop() {
                for edge in self.imports.get(at.0 as usize).into_iter().flatten() {
                    let target = edge.target.map(imports::module);
                    open.extend(target.filter(|target| seen.insert(*target)));
                }
            }
            self.uses.imported = Some((module, seen));
        }
        let (_, imported) = self.uses.imported.as_ref().expect("it was made above");
        imported
    }

    /// For each file, those that need it directly: they import it or name its types.
    pub(super) fn needed_by(&self) -> Vec<Vec<ModuleId>> {
        let mut needed_by = vec![Vec::new(); self.schema.modules().len()];
        let mut edges: Vec<(ModuleId, ModuleId)> = self.uses.edges.iter().copied().collect();
        edges.sort_unstable();
        let imported = self.imports.iter().enumerate().flat_map(|(at, edges)| {
            edges.iter().filter_map(move |edge| Some((imports::module(at), imports::module(edge.target?))))
        });
        for (from, to) in edges.into_iter().chain(imported) {
            needed_by[to.0 as usize].push(from);
        }
        needed_by
    }
}

/// Which declarations say the same. What was found out of two of them holds wherever the two are met again.
#[derive(Debug)]
pub(super) struct Same {
    fingerprints: FxHashMap<DeclId, Fingerprint>,
    /// Pairs that say the same, with all that they name.
    found: FxHashSet<(DeclId, DeclId)>,
    steps_left: usize,
}

impl Same {
    pub(super) fn new() -> Self {
        Self { fingerprints: FxHashMap::default(), found: FxHashSet::default(), steps_left: STEPS_MAX }
    }

    /// The fingerprint of a declaration by itself.
    pub(super) fn fingerprint(&mut self, schema: &Schema, id: DeclId) -> Fingerprint {
        *self.fingerprints.entry(id).or_insert_with(|| schema.fingerprint_decl(id))
    }

    /// Whether two declarations say the same, with all that they name; `None` if it would take too many steps to find out.
    pub(super) fn is(&mut self, schema: &Schema, one: DeclId, other: DeclId) -> Option<bool> {
        let mut seen = FxHashSet::default();
        let mut open = vec![(one, other)];
        while let Some((one, other)) = open.pop() {
            self.steps_left = self.steps_left.checked_sub(1)?;
            let pair = (one.min(other), one.max(other));
            if one == other || self.found.contains(&pair) || !seen.insert(pair) {
                continue;
            }
            if self.fingerprint(schema, one) != self.fingerprint(schema, other) {
                return Some(false);
            }
            let targets = |id| schema.decl(id).references();
            open.extend(targets(one).zip(targets(other)));
        }
        self.found.extend(seen);
        Some(true)
    }
}

/// The name of a file up to and with its last `/`.
fn directory(name: &str) -> &str {
    &name[..name.rfind('/').map_or(0, |at| at + 1)]
}

/// The way from the directory of one file to that of another: how many upwards, then how many downwards.
fn way(from: &str, to: &str) -> (usize, usize) {
    let parts = |name: &str| name.matches('/').count();
    let (from_parts, to_parts) = (parts(from), parts(to));
    let in_common = from.split('/').take(from_parts).zip(to.split('/').take(to_parts));
    let in_common = in_common.take_while(|(one, other)| one == other).count();
    (from_parts - in_common, to_parts - in_common)
}

/// How many steps may be taken from file to file to find out which files are needed together, and from declaration to
/// declaration to find out which say the same.
pub(super) const STEPS_MAX: usize = 20_000_000;

/// What several groups of files have in common.
pub(super) enum InCommon {
    Nothing,
    /// A file needs files of two groups.
    File {
        file: ModuleId,
        groups: (usize, usize),
    },
    /// It would have taken too many steps to find out.
    Unknown,
}

/// Files that need one of several sets of files, directly or not.
pub(super) struct Above<'n> {
    needed_by: &'n [Vec<ModuleId>],
    steps_left: usize,
}

impl<'n> Above<'n> {
    pub(super) fn new(needed_by: &'n [Vec<ModuleId>]) -> Self {
        Self { needed_by, steps_left: STEPS_MAX }
    }

    /// The first file found that needs files of two groups, with the numbers of these. A file needs itself.
    pub(super) fn in_common(&mut self, groups: &[Vec<ModuleId>]) -> InCommon {
        let mut of: FxHashMap<ModuleId, usize> = FxHashMap::default();
        for (number, group) in groups.iter().enumerate() {
            let mut open = group.clone();
            while let Some(at) = open.pop() {
                if self.steps_left == 0 {
                    return InCommon::Unknown;
                }
                self.steps_left -= 1;
                match of.get(&at) {
                    Some(known) if *known == number => continue,
                    Some(known) => return InCommon::File { file: at, groups: (*known, number) },
                    None => of.insert(at, number),
                };
                open.extend(&self.needed_by[at.0 as usize]);
            }
        }
        InCommon::Nothing
    }
}

#[cfg(test)]
mod tests {
    use canread_syntax::Sources;

    use super::*;
    use crate::schema::{LinkOptions, read};

    #[test]
    fn what_was_found_the_same_takes_one_step_and_too_many_steps_give_no_answer() {
        // Two chains: each record names the next one of its file.
        let chain = |end: &str| {
            let link = |at: usize| {
                format!(r#"{{"type":"record","name":"R{at}","fields":[{{"name":"f","type":"R{}"}}]}}"#, at + 1)
            };
            let links: Vec<String> = (0..10).map(link).collect();
            format!(r#"[{},{{"type":"fixed","name":"R10","size":{end}}}]"#, links.join(","))
        };
        let mut sources = Sources::default();
        let texts = [("a/r.avsc", chain("1")), ("b/r.avsc", chain("1")), ("c/r.avsc", chain("2"))];
        let files = texts.map(|(name, text)| (name, sources.add(name, "test", text.into_bytes())));
        let schema = read(&files, &sources, &LinkOptions::default()).schema;
        let all = |name: &str| schema.find_all(name).collect::<Vec<_>>();
        let (first, third) = (all("R0"), all("R3"));
        let mut same = Same { steps_left: 12, ..Same::new() };
        assert_eq!(same.is(&schema, first[0], first[1]), Some(true));
        assert_eq!(same.steps_left, 1);
        assert_eq!(same.is(&schema, third[1], third[0]), Some(true), "it was found with the first");
        assert_eq!(same.is(&schema, first[0], first[2]), None);
        assert_eq!(Same::new().is(&schema, first[0], first[2]), Some(false));
    }

    #[test]
    fn the_nearest_directory_has_the_shortest_way() {
        assert_eq!(way("a/b/x", "a/b/y"), (0, 0));
        assert_eq!(way("a/b/x", "a/b/c/y"), (0, 1));
        assert_eq!(way("a/b/x", "a/y"), (1, 0));
        assert_eq!(way("a/b/x", "b/b/y"), (2, 2));
        assert_eq!(way("x", "y"), (0, 0));
        assert_eq!(way("x", "x/y"), (0, 1));
    }
}
