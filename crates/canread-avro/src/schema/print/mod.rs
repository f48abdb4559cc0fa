//! The model back to text: `.avsc` and `.avpr`.
//!
//! Reading the text again gives an equal model, but for what JSON can't say: properties of a union, and the
//! imports of IDL.
//!
//! ```
//! use canread::avro::schema::{LinkOptions, print, read};
//! use canread::schema::Sources;
//!
//! let mut sources = Sources::default();
//! let text = br#"["null", {"name": "a.Id", "type": "fixed", "size": 4}]"#;
//! let id = sources.add("id.avsc", "worktree", text.to_vec());
//! let schema = read(&[("id.avsc", id)], &sources, &LinkOptions::default()).schema;
//!
//! let (module, _) = schema.modules().next().expect("there is one file");
//! let expected = r#"[
//!   "null",
//!   {
//!     "type": "fixed",
//!     "name": "Id",
//!     "namespace": "a",
//!     "size": 4
//!   }
//! ]
//! "#;
//! assert_eq!(print::module(&schema, module), expected);
//! ```

mod literal;
mod members;
mod text;

use canread_model::{DeclId, DeclKind, ModuleId, Part, Schema, Type, TypeKind};
use rustc_hash::FxHashSet;

use super::kind_name;
use members::Step;
pub(crate) use text::JsonText;

/// The text of one file: a protocol if the module declares one, else a schema.
///
/// Named types are declared where they are first used, as the specification
/// asks for; types of other modules are only named. A module without a root,
/// which only IDL can make, becomes a union of what it declares.
///
/// Each named type that is declared inside another takes three levels of JSON: text
/// for a chain of more than 80 can be written, but not read again.
///
/// Source: Avro 1.12, "Schema Declaration", "Protocol Declaration".
#[must_use]
pub fn module(schema: &Schema, module: ModuleId) -> String {
    let mut printer =
        Printer { schema, module, text: JsonText::pretty(), namespace: "", printed: vec![false; schema.decls().len()] };
    let decls = &schema.module(module).decls;
    let service = decls.iter().find(|id| schema.decl(**id).as_service().is_some());
    if let Some(service) = service {
        printer.run(Step::Protocol(*service));
    } else if let Some(root) = root(schema, module) {
        printer.run(Step::Type(root));
    } else {
        let named: Vec<DeclId> = decls.iter().copied().filter(|id| schema.decl(*id).name.is_some()).collect();
        match named[..] {
            [only] => printer.run(Step::Declaration(only)),
            _ => printer.run(Step::Declarations(named)),
        }
    }
    printer.text.finish()
}

/// What a module describes: the type of its root, if it has one.
#[must_use]
pub fn root(schema: &Schema, module: ModuleId) -> Option<&Type> {
    schema.module(module).decls.iter().find_map(|id| match &schema.decl(*id).kind {
        DeclKind::Element(element) => Some(&element.ty),
        _ => None,
    })
}

/// Writes with a stack of its own: named types lead to one another without end.
struct Printer<'s> {
    schema: &'s Schema,
    module: ModuleId,
    text: JsonText,
    /// The namespace of the named type around what is being written.
    namespace: &'s str,
    /// Declarations that stand in the text already, or are about to.
    printed: Vec<bool>,
}

impl<'s> Printer<'s> {
    fn run(&mut self, first: Step<'s>) {
        let mut stack = vec![first];
        let mut next = Vec::new();
        while let Some(step) = stack.pop() {
            self.step(step, &mut next);
            stack.extend(next.drain(..).rev());
        }
    }

    /// Writes what comes first, and lists what follows.
    fn step(&mut self, step: Step<'s>, next: &mut Vec<Step<'s>>) {
        match step {
            Step::Open(bracket) => self.text.open(bracket),
            Step::Close(bracket) => self.text.close(bracket),
            Step::Key(key) => self.text.key(key),
            Step::Text(text) => self.text.string(text),
            Step::Number(number) => self.text.raw(&number.to_string()),
            Step::True => self.text.raw("true"),
            Step::Literal(value, ty) => literal::literal(&mut self.text, self.schema, value, ty),
            Step::Namespace(namespace) => self.namespace = namespace,
            Step::Type(ty) => self.ty(ty, next),
            Step::Declaration(id) => self.declaration(id, next),
            Step::Declarations(ids) => {
                next.push(Step::Open('['));
                next.extend(ids.into_iter().map(Step::Declaration));
                next.push(Step::Close(']'));
            }
            Step::Field(field) => members::field(field, next),
            Step::Protocol(id) => self.protocol(id, next),
            Step::Method(method) => members::method(method, next),
        }
    }

    fn ty(&mut self, ty: &'s Type, next: &mut Vec<Step<'s>>) {
        match &ty.kind {
            TypeKind::Nullable(inner) => {
                next.push(Step::Open('['));
                if ty.is_null_last() {
                    next.extend([Step::Type(inner), Step::Text("null")]);
                } else {
                    next.extend([Step::Text("null"), Step::Type(inner)]);
                }
                next.push(Step::Close(']'));
            }
            TypeKind::Ref(id) => self.reference(*id, ty, next),
            TypeKind::Unresolved(name) => Self::simple(name, ty, next),
            TypeKind::List(list) => members::holder("array", "items", &list.item, ty, next),
            TypeKind::Map(map) => members::holder("map", "values", &map.value, ty, next),
            kind => Self::simple(kind_name(kind), ty, next),
        }
    }

    fn reference(&mut self, id: DeclId, ty: &'s Type, next: &mut Vec<Step<'s>>) {
        let schema = self.schema;
        let decl = schema.decl(id);
        if let DeclKind::Union(union) = &decl.kind {
            next.push(Step::Open('['));
            next.extend(union.arms.iter().map(|arm| Step::Type(&arm.ty)));
            next.push(Step::Close(']'));
            return;
        }
        let is_here = decl.module == self.module && !self.printed[id.0 as usize];
        // A declaration has no place for what is said about one use of it.
        if is_here && ty.annotations().is_empty() {
            next.push(Step::Declaration(id));
            return;
        }
        let (namespace, name) = split(&decl.full_name);
        Self::simple(if namespace == self.namespace { name } else { &decl.full_name }, ty, next);
    }

    /// A type that is a name, alone or with what is said about it.
    fn simple(name: &'s str, ty: &'s Type, next: &mut Vec<Step<'s>>) {
        if ty.annotations().is_empty() && ty.as_logical().is_none() {
            next.push(Step::Text(name));
            return;
        }
        next.extend([Step::Open('{'), Step::Key("type"), Step::Text(name)]);
        members::properties_of_type(ty, next);
        next.push(Step::Close('}'));
    }

    fn declaration(&mut self, id: DeclId, next: &mut Vec<Step<'s>>) {
        let schema = self.schema;
        let decl = schema.decl(id);
        let (namespace, name) = split(&decl.full_name);
        if std::mem::replace(&mut self.printed[id.0 as usize], true) {
            next.push(Step::Text(if namespace == self.namespace { name } else { &decl.full_name }));
            return;
        }
        let around = std::mem::replace(&mut self.namespace, namespace);
        next.extend([Step::Open('{'), Step::Key("type"), Step::Text(members::kind(decl))]);
        next.extend([Step::Key("name"), Step::Text(name)]);
        if namespace != around {
            next.extend([Step::Key("namespace"), Step::Text(namespace)]);
        }
        members::declaration(decl, next);
        next.extend([Step::Close('}'), Step::Namespace(around)]);
    }

    fn protocol(&mut self, id: DeclId, next: &mut Vec<Step<'s>>) {
        let schema = self.schema;
        let decl = schema.decl(id);
        let (namespace, name) = split(&decl.full_name);
        self.namespace = namespace;
        next.extend([Step::Open('{'), Step::Key("protocol"), Step::Text(name)]);
        if !namespace.is_empty() {
            next.extend([Step::Key("namespace"), Step::Text(namespace)]);
        }
        members::doc(&decl.meta, next);
        members::annotations(&decl.meta.annotations, next);
        let types = schema.module(self.module).decls.iter().copied();
        let types = types.filter(|id| schema.decl(*id).name.is_some() && schema.decl(*id).as_service().is_none());
        next.extend([Step::Key("types"), Step::Open('[')]);
        // Those that stand inside others are declared there: listed first, they come out of order.
        let types: Vec<DeclId> = types.collect();
        let inner = self.first_used_inside(&types);
        next.extend(types.into_iter().filter(|id| !inner.contains(id)).map(Step::Declaration));
        next.extend([Step::Close(']'), Step::Key("messages"), Step::Open('{')]);
        if let DeclKind::Service(service) = &decl.kind {
            for method in &service.methods {
                next.extend([Step::Key(&method.name), Step::Method(method)]);
            }
        }
        next.extend([Step::Close('}'), Step::Close('}')]);
    }

    /// The types that are first used in another one of the list, before it is their turn.
    fn first_used_inside(&self, types: &[DeclId]) -> FxHashSet<DeclId> {
        let schema = self.schema;
        let mut seen = self.printed.clone();
        let mut inner = FxHashSet::default();
        for first in types {
            if seen[first.0 as usize] {
                continue;
            }
            let mut open = vec![*first];
            while let Some(id) = open.pop() {
                if std::mem::replace(&mut seen[id.0 as usize], true) {
                    continue;
                }
                let decl = schema.decl(id);
                if id != *first && decl.name.is_some() {
                    inner.insert(id);
                }
                let parts = decl.parts().filter_map(|part| match part {
                    Part::Type(ty) => match ty.kind {
                        // As in `reference`.
                        TypeKind::Ref(id) if schema.decl(id).name.is_none() || ty.annotations().is_empty() => Some(id),
                        _ => None,
                    },
                    _ => None,
                });
                open.extend(parts.filter(|id| schema.decl(*id).module == self.module));
            }
        }
        inner
    }
}

/// The namespace and the simple name of a full name.
fn split(full_name: &str) -> (&str, &str) {
    full_name.rsplit_once('.').unwrap_or(("", full_name))
}
