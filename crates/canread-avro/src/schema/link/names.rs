//! Full names: what qualifies a name, and what a name means where it stands.

use std::rc::Rc;

use canread_model::{DeclId, ModuleId};
use canread_syntax::Diagnostic;

use super::Linker;
use super::near::{kind_meant, meant, near};
use crate::schema::ast::{Head, Text};

/// The namespace that a name without dots is in; empty for the null namespace.
pub(super) type Namespace = Rc<str>;

/// Whether a name says its namespace itself.
fn is_qualified(name: &str) -> bool {
    name.contains('.')
}

/// A name in a namespace.
pub(super) fn qualified(name: &str, namespace: &str) -> String {
    if is_qualified(name) || namespace.is_empty() { name.to_owned() } else { [namespace, ".", name].concat() }
}

/// The namespace and the simple name of a full name.
pub(super) fn split(full_name: &str) -> (&str, &str) {
    full_name.rsplit_once('.').unwrap_or(("", full_name))
}

/// The full name of what is declared under a name, and the namespace inside it.
///
/// Source: Avro 1.12, "Names": a name with dots is a full name; else the
/// namespace is the one given, or that of what stands around.
pub(super) fn declared(name: &str, namespace: Option<&Text<'_>>, around: &Namespace) -> (String, Namespace) {
    let namespace = namespace.map_or_else(|| around.clone(), |namespace| namespace.text.as_ref().into());
    let full_name = qualified(name, &namespace);
    let inside = split(&full_name).0.into();
    (full_name, inside)
}

/// The full name of a named type, and the namespace inside it.
pub(super) fn of_head(head: &Head<'_>, around: &Namespace) -> (String, Namespace) {
    declared(&head.name.text, head.namespace.as_ref(), around)
}

impl Linker<'_> {
    /// What a name means: the type of that name in the same file, else in another one.
    pub(super) fn resolve(
        &mut self,
        name: &Text<'_>,
        module: ModuleId,
        namespace: &Namespace,
    ) -> Result<DeclId, String> {
        let full_name = qualified(&name.text, namespace);
        if let Some(found) = self.lookup(&full_name, module) {
            self.note_use(&full_name, module, found, name.span);
            return Ok(found);
        }
        // Avro's Java library looks in the null namespace next, and schemas rely on that.
        if full_name != name.text
            && let Some(found) = self.lookup(&name.text, module)
        {
            self.note_use(&name.text, module, found, name.span);
            let message = format!("`{}` means the type without a namespace, as there is no `{full_name}`", name.text);
            let warning = Diagnostic::warning("avro/null_namespace", message).at(name.span, "");
            let warning = self.also_at(warning, self.schema.decl(found).node, "declared here");
            let warning = warning.note("Avro's Java library resolves it so; the specification doesn't, nor do others");
            self.report(warning.help("declare the type in a namespace, and name it in full"));
            return Ok(found);
        }
        self.unknown(name, &full_name);
        Err(full_name)
    }

    fn unknown(&mut self, name: &Text<'_>, full_name: &str) {
        let message = format!("no type `{}` is declared", full_name.escape_debug());
        let error = Diagnostic::error("avro/unknown_type", message).at(name.span, "");
        let help = self.suggestion(&name.text);
        self.report(error.help(help));
    }

    fn suggestion(&mut self, name: &str) -> String {
        if let Some(meant) = meant(name) {
            return meant;
        }
        if self.suggestions_left > 0 {
            self.suggestions_left -= 1;
            let names = self.declared.iter().map(|id| &*self.schema.decl(*id).full_name);
            if let Some(near) = near(name, names) {
                return format!("did you mean `{near}`?");
            }
        }
        if let Some(kind) = kind_meant(name) {
            return format!("did you mean `{kind}`?");
        }
        "declare the type, or read the file that declares it together with this one".into()
    }
}
