//! Several declarations of one full name.
//!
//! "A schema or protocol may not contain multiple definitions of a fullname"
//! (Avro 1.12, "Names"): that is one file. Files are schemas of their own, and
//! generated ones repeat the types that they use; so copies are fine as long
//! as they are copies.

use canread_model::DeclId;
use canread_syntax::Diagnostic;

use crate::schema::link::Linker;

impl Linker<'_> {
    pub(super) fn check_copies(&mut self) {
        let decls = self.schema.decls().filter(|(_, decl)| decl.name.is_some());
        let again: Vec<(DeclId, DeclId)> = decls
            .filter_map(|(id, decl)| {
                // A protocol may have the name of a type.
                let is_service = decl.as_service().is_some();
                let mut same = self.schema.find_all(&decl.full_name);
                let first = same.find(|one| self.schema.decl(*one).as_service().is_some() == is_service)?;
                (first != id && self.schema.decl(first).module != decl.module).then_some((first, id))
            })
            .collect();
        let mut of_first: Option<(DeclId, String)> = None;
        for (first, id) in again {
            if of_first.as_ref().is_none_or(|(known, _)| *known != first) {
                of_first = Some((first, self.schema.canonical_decl(first)));
            }
            let is_copy = of_first.as_ref().is_some_and(|(_, text)| *text == self.schema.canonical_decl(id));
            if !is_copy {
                self.redefined(first, id);
            }
        }
    }

    fn redefined(&mut self, first: DeclId, id: DeclId) {
        let (decl, other) = (self.schema.decl(id), self.schema.decl(first));
        let there = &self.schema.module(other.module).name;
        let message = format!("`{}` is declared in \"{there}\" too, and differs from that", decl.full_name);
        let error = Diagnostic::error("avro/redefined_type", message).at(self.place(decl.node), "differs here");
        let error = self.also_at(error, other.node, "declared here first");
        self.report(error.help("declare it once, make both the same, or read the files apart"));
    }
}
