//! An alias of a type means one type only.
//!
//! A reader looks up the writer's name among its own names and aliases: what
//! two of its types claim, it can't tell apart. Source: Avro 1.12, "Aliases".

use canread_model::DeclId;
use canread_syntax::{Diagnostic, Severity};
use rustc_hash::FxHashMap;

use crate::schema::link::Linker;

impl Linker<'_> {
    pub(super) fn check_aliases(&mut self) {
        let mut claims: FxHashMap<Box<str>, DeclId> = FxHashMap::default();
        for id in self.declared.clone() {
            let decl = self.schema.decl(id);
            let own_name = decl.full_name.clone();
            for alias in decl.aliases.clone() {
                if let Some(other) = self.lookup(&alias, self.schema.decl(id).module) {
                    self.alias_taken(id, other, &alias, "is the name of another type");
                }
                match claims.get(&alias) {
                    // Copies of one type have the same aliases.
                    Some(other) if self.schema.decl(*other).full_name != own_name => {
                        self.alias_taken(id, *other, &alias, "is an alias of another type too");
                    }
                    Some(_) => {}
                    None => {
                        claims.insert(alias, id);
                    }
                }
            }
        }
    }

    /// In one file this can't be meant; several files need not be for one reader.
    fn alias_taken(&mut self, id: DeclId, other: DeclId, alias: &str, what: &str) {
        let (own, taken) = (self.schema.decl(id), self.schema.decl(other));
        let is_mutual = taken.aliases.contains(&own.full_name);
        let severity = if own.module == taken.module { Severity::Error } else { Severity::Warning };
        let message = format!("the alias `{}` of `{}` {what}", alias.escape_debug(), own.full_name);
        let diagnostic = Diagnostic::new(severity, "avro/alias_taken", message).at(self.place(own.node), "");
        let diagnostic = self.also_at(diagnostic, taken.node, "this one");
        let diagnostic =
            if is_mutual { diagnostic.note("each of the two is an alias of the other") } else { diagnostic };
        self.report(diagnostic.help("a reader could not tell which is meant: remove one"));
    }
}
