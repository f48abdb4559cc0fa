//! Which types may stand side by side in a union.
//!
//! Source: Avro 1.12, "Unions": "may not contain more than one schema with the
//! same type, except for the named types record, fixed and enum […]. Unions may not immediately contain other unions."

use canread_model::{Type, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use crate::schema::ast;
use crate::schema::link::Linker;
use crate::schema::link::types::kind_name;

impl Linker<'_> {
    pub(in crate::schema::link) fn check_union(&mut self, arms: &[ast::Type<'_>], types: &[Type]) {
        let mut seen: FxHashMap<String, Span> = FxHashMap::default();
        for (arm, ty) in arms.iter().zip(types) {
            if matches!(arm.kind, ast::TypeKind::Broken) {
                continue;
            }
            if matches!(arm.kind, ast::TypeKind::Union(_)) {
                let error = Diagnostic::error("avro/nested_union", "a union can't stand directly in a union");
                self.report(error.at(arm.span, "").help("write its types into the outer union"));
                continue;
            }
            let name = self.type_name(ty);
            if let Some(first) = seen.get(&name) {
                let message = format!("the union has `{}` twice", name.escape_debug());
                let error = Diagnostic::error("avro/duplicate_branch", message).at(arm.span, "again here");
                let error = error.at(*first, "first here");
                let is_named = matches!(ty.kind, TypeKind::Ref(_) | TypeKind::Unresolved(_));
                let error =
                    if is_named { error } else { error.note("a logical type or properties make no other type of it") };
                self.report(error.help(if is_named { "remove one of them" } else { "wrap one of them in a record" }));
            } else {
                seen.insert(name, arm.span);
            }
        }
    }

    /// What a union knows a type by: the full name, or the kind.
    pub(super) fn type_name(&self, ty: &Type) -> String {
        match &ty.kind {
            TypeKind::Ref(id) => self.schema.decl(*id).full_name.to_string(),
            TypeKind::Unresolved(name) => name.to_string(),
            kind => kind_name(kind).to_owned(),
        }
    }
}
