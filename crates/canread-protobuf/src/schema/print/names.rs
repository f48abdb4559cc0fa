//! References to declarations: as short as is usual, and never to something else.

use std::borrow::Cow;

use canread_model::{DeclKind, Schema};
use rustc_hash::FxHashSet;

/// Every full name of a schema that can stand in the way of another.
#[derive(Debug)]
pub(super) struct Names<'s> {
    taken: FxHashSet<Cow<'s, str>>,
}

impl<'s> Names<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        let mut names = Self { taken: FxHashSet::default() };
        for (_, module) in schema.modules() {
            names.add_package(&module.namespace);
        }
        for (_, decl) in schema.decls() {
            names.taken.insert((&*decl.full_name).into());
            let holder = decl.full_name.rsplit_once('.').map_or("", |(holder, _)| holder);
            match &decl.kind {
                DeclKind::Record(record) => {
                    names.add_members(&decl.full_name, record.fields.iter().map(|field| &*field.name));
                    names.add_members(&decl.full_name, record.oneofs.iter().map(|oneof| &*oneof.name));
                }
                // Values of an enum are names beside it, not in it.
                DeclKind::Enum(declared) => {
                    names.add_members(holder, declared.values.iter().map(|value| &*value.name));
                }
                DeclKind::Service(service) => {
                    names.add_members(&decl.full_name, service.methods.iter().map(|method| &*method.name));
                }
                _ => {}
            }
        }
        names
    }

    fn add_package(&mut self, package: &'s str) {
        let ends = package.match_indices('.').map(|(end, _)| end).chain([package.len()]);
        self.taken.extend(ends.filter_map(|end| package.get(..end)).map(Cow::Borrowed));
    }

    fn add_members<'n>(&mut self, holder: &str, members: impl Iterator<Item = &'n str>) {
        self.taken.extend(members.map(|member| Cow::Owned(join(holder, member))));
    }

    /// How `full_name` is written in `scope`, a message, service or package.
    ///
    /// Without the package where it is that of the file; in full where it is
    /// another one; with a leading dot where both would mean something else.
    pub(super) fn reference<'n>(&self, package: &str, scope: &str, full_name: &'n str) -> Cow<'n, str> {
        let inside_package = scopes(scope).take_while(|outer| outer.len() >= package.len().max(1));
        for outer in inside_package.chain([""]) {
            let Some(short) = inside(full_name, outer) else { continue };
            if !is_keyword(first_part(short)) && self.resolves(scope, short, full_name) {
                return short.into();
            }
        }
        format!(".{full_name}").into()
    }

    /// Whether a reader that meets `short` in `scope` takes it for `full_name`.
    ///
    /// The first part decides: from the inside out, the first scope that knows it is the one.
    /// Readers pass over some names that don't fit, such as a field where a message is
    /// meant; here none is passed over, which is only more careful.
    fn resolves(&self, scope: &str, short: &str, full_name: &str) -> bool {
        let first = first_part(short);
        let found = scopes(scope).chain([""]).find(|outer| self.taken.contains(&*join(outer, first)));
        found.is_some_and(|outer| inside(full_name, outer) == Some(short))
    }
}

/// A scope and all around it, from the inside out, the root apart.
fn scopes(scope: &str) -> impl Iterator<Item = &str> {
    let ends = scope.rmatch_indices('.').map(|(end, _)| end);
    std::iter::once(scope.len()).chain(ends).filter_map(|end| scope.get(..end)).filter(|scope| !scope.is_empty())
}

/// `full_name` as seen from inside `outer`, if it is in there.
fn inside<'n>(full_name: &'n str, outer: &str) -> Option<&'n str> {
    if outer.is_empty() {
        return Some(full_name);
    }
    full_name.strip_prefix(outer)?.strip_prefix('.')
}

fn first_part(name: &str) -> &str {
    name.split_once('.').map_or(name, |(first, _)| first)
}

fn join(holder: &str, member: &str) -> String {
    if holder.is_empty() { member.to_owned() } else { format!("{holder}.{member}") }
}

/// Words that mean something else where a type may stand.
fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 32] = [
        "bool",
        "bytes",
        "double",
        "enum",
        "export",
        "extend",
        "extensions",
        "fixed32",
        "fixed64",
        "float",
        "group",
        "import",
        "int32",
        "int64",
        "local",
        "map",
        "message",
        "oneof",
        "option",
        "optional",
        "package",
        "repeated",
        "required",
        "reserved",
        "rpc",
        "sfixed32",
        "sfixed64",
        "sint32",
        "sint64",
        "stream",
        "string",
        "uint32",
    ];
    KEYWORDS.contains(&word) || matches!(word, "uint64" | "service" | "returns" | "to" | "max")
}
