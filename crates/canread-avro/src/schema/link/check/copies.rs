//! Several declarations of one full name.
//!
//! "A schema or protocol may not contain multiple definitions of a fullname"
//! (Avro 1.12, "Names"): that is one file. Files are schemas of their own, and
//! generated ones repeat the types that they use; so copies are fine as long
//! as they are copies. Those that differ are an error where one file needs
//! both, since no reader can hold both, and else two schemas that have nothing
//! to do with each other.

use std::rc::Rc;

use canread_model::{DeclId, Fingerprint, ModuleId};
use canread_syntax::{Diagnostic, Severity, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::schema::link::Linker;
use crate::schema::link::candidates::{Above, InCommon, STEPS_MAX, Same};

/// It would have taken too many steps to find out whether this declaration and another one say the same.
struct TooMany(DeclId);

/// Declarations of one name, those that say the same together.
type Groups = Vec<Vec<DeclId>>;

impl Linker<'_> {
    pub(super) fn check_copies(&mut self) {
        let mut same = Same::new();
        if let Err(TooMany(at)) = self.check_doubts(&mut same) {
            return self.too_many_steps(at);
        }
        let differing = self.differing(&mut same);
        if differing.is_empty() {
            return;
        }
        let needed_by = self.needed_by();
        let mut above = Above::new(&needed_by);
        for groups in differing {
            let modules =
                |ids: &Vec<DeclId>| ids.iter().map(|id| self.schema.decl(*id).module).collect::<Vec<ModuleId>>();
            let modules: Vec<_> = groups.iter().map(modules).collect();
            match above.in_common(&modules) {
                InCommon::File { file, groups: (first, again) } => {
                    self.redefined(groups[first][0], groups[again][0], file);
                }
                InCommon::Nothing => self.declared_apart(&groups),
                InCommon::Unknown => return self.too_many_steps(groups[0][0]),
            }
        }
    }

    /// Names that are not declared alike everywhere, in the order of their first declarations.
    fn differing(&self, same: &mut Same) -> Vec<Groups> {
        let mut seen: FxHashSet<(&str, bool)> = FxHashSet::default();
        let mut differing = Vec::new();
        for (_, decl) in self.schema.decls().filter(|(_, decl)| decl.name.is_some()) {
            // A protocol may have the name of a type.
            let is_service = decl.as_service().is_some();
            if self.schema.find_all(&decl.full_name).nth(1).is_none() || !seen.insert((&decl.full_name, is_service)) {
                continue;
            }
            let mut groups: Groups = Vec::new();
            let mut by_fingerprint: FxHashMap<Fingerprint, usize> = FxHashMap::default();
            for id in self.schema.find_all(&decl.full_name) {
                if self.schema.decl(id).as_service().is_some() != is_service {
                    continue;
                }
                let fingerprint = same.fingerprint(&self.schema, id);
                let at = *by_fingerprint.entry(fingerprint).or_insert(groups.len());
                match groups.get_mut(at) {
                    Some(ids) => ids.push(id),
                    None => groups.push(vec![id]),
                }
            }
            // Twice in one file is said elsewhere.
            if groups.iter().any(|ids| self.schema.decl(ids[0]).module != self.schema.decl(groups[0][0]).module) {
                differing.push(groups);
            }
        }
        differing
    }

    /// Uses of a name that two declarations answer equally well, but not alike.
    fn check_doubts(&mut self, same: &mut Same) -> Result<(), TooMany> {
        // The first of each set of candidates that differs from the first of all.
        let mut known: FxHashMap<Rc<[DeclId]>, Option<DeclId>> = FxHashMap::default();
        for doubt in std::mem::take(&mut self.uses.doubts) {
            let candidates = self.candidates(&doubt.full_name, doubt.module);
            let Some((&first, rest)) = candidates.split_first() else { continue };
            let other = if let Some(other) = known.get(&candidates) {
                *other
            } else {
                let mut other = None;
                for candidate in rest {
                    if !same.is(&self.schema, first, *candidate).ok_or(TooMany(first))? {
                        other = Some(*candidate);
                        break;
                    }
                }
                known.insert(Rc::clone(&candidates), other);
                other
            };
            if let Some(other) = other {
                self.ambiguous(&doubt.full_name, doubt.name, first, other);
            }
        }
        Ok(())
    }

    fn ambiguous(&mut self, full_name: &str, name: Span, first: DeclId, other: DeclId) {
        let file = |id: DeclId| &self.schema.module(self.schema.decl(id).module).name;
        let message = format!(
            "`{}` could be that of \"{}\" or of \"{}\", which differ",
            full_name.escape_debug(),
            file(first),
            file(other)
        );
        let error = Diagnostic::error("avro/ambiguous_type", message).at(name, "");
        let error = self.also_at(error, self.schema.decl(first).node, "it could be this one");
        let error = self.also_at(error, self.schema.decl(other).node, "or this one");
        self.report(error.help("declare it once, or put this file beside the one that it means"));
    }

    fn redefined(&mut self, first: DeclId, id: DeclId, needs: ModuleId) {
        let diagnostic = self.differs(Severity::Error, first, id);
        let needs = &self.schema.module(needs).name;
        let diagnostic = diagnostic.note(format!("\"{needs}\" needs both, and no reader can hold both"));
        self.report(diagnostic.help("declare it once, make both the same, or read the files apart"));
    }

    /// Once for a name, however many files declare it.
    fn declared_apart(&mut self, groups: &[Vec<DeclId>]) {
        let ids: Vec<DeclId> = groups.iter().map(|ids| ids[0]).collect();
        let [first, other, ref more @ ..] = ids[..] else { return };
        let mut diagnostic = self.differs(Severity::Warning, first, other);
        if !more.is_empty() {
            diagnostic = diagnostic.note(format!("{} further files say something else again", more.len()));
        }
        let note = "no file needs both, so each is compared with that of the file of the same name";
        self.report(diagnostic.note(note).help("give each a name or namespace of its own, or make them the same"));
    }

    fn differs(&self, severity: Severity, first: DeclId, id: DeclId) -> Diagnostic {
        let (decl, other) = (self.schema.decl(id), self.schema.decl(first));
        let there = &self.schema.module(other.module).name;
        let name = decl.full_name.escape_debug();
        let message = format!("`{name}` is declared in \"{there}\" too, and differs from that");
        let diagnostic =
            Diagnostic::new(severity, "avro/redefined_type", message).at(self.place(decl.node), "differs here");
        self.also_at(diagnostic, other.node, "declared here first")
    }

    fn too_many_steps(&mut self, at: DeclId) {
        let message = "too many files declare the same names to find out which of them are meant";
        let error = Diagnostic::error("avro/too_many_copies", message).at(self.place(self.schema.decl(at).node), "");
        let error = error.note(format!("at most {STEPS_MAX} steps from file to file, and from type to type"));
        self.report(error.help("read fewer files at once"));
    }
}
