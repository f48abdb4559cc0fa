//! Every field has a name of its own.
//!
//! Source: Avro 1.12, "Names": "it is an error to define multiple fields or
//! enum symbols with the same name in a single type"; "Aliases": "subject to the same uniqueness constraints as names".
//! Apache's own tests break the second rule and its libraries let them, so that it is only warned about.

use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use crate::schema::ast::Field;
use crate::schema::link::Linker;

impl Linker<'_> {
    pub(in crate::schema::link) fn check_field_names(&mut self, fields: &[Field<'_>]) {
        let mut names: FxHashMap<&str, Span> = FxHashMap::default();
        for field in fields {
            match names.get(&*field.name.text) {
                Some(first) => {
                    let message = format!("there are two fields `{}`", field.name.text.escape_debug());
                    let error = Diagnostic::error("avro/duplicate_field", message).at(field.name.span, "again here");
                    self.report(error.at(*first, "first here").help("rename one of them"));
                }
                None => {
                    names.insert(&field.name.text, field.name.span);
                }
            }
        }
        // Alias to the field that has it: a field may say one twice, which is told elsewhere.
        let mut aliases: FxHashMap<&str, (usize, Span)> = FxHashMap::default();
        for (at, field) in fields.iter().enumerate() {
            for alias in field.aliases.iter().filter(|alias| alias.text != field.name.text) {
                let taken = names.get(&*alias.text).copied();
                let shared = aliases.get(&*alias.text).filter(|(owner, _)| *owner != at).map(|(_, span)| *span);
                if let Some(other) = taken.or(shared) {
                    let what =
                        if taken.is_some() { "the name of another field" } else { "an alias of another field too" };
                    let message = format!("the alias `{}` is {what}", alias.text.escape_debug());
                    let warning = Diagnostic::warning("avro/alias_taken", message).at(alias.span, "");
                    self.report(
                        warning.at(other, "this one").help("a reader could not tell which is meant: remove one"),
                    );
                }
                aliases.entry(&alias.text).or_insert((at, alias.span));
            }
        }
    }
}
