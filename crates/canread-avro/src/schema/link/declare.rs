//! First pass: every named type gets its id, before any name is looked up.

use canread_model::{Decl, DeclId, DeclKind, Dialect, Import, ImportKind, Module, ModuleId, Record};
use canread_syntax::{Diagnostic, Severity};
use rustc_hash::FxHashSet;

use super::Linker;
use super::names::{Namespace, declared, of_head, qualified, split};
use crate::schema::ast::{Body, File, Head, Text, Type, TypeKind};

impl Linker<'_> {
    /// Makes the module of a file and declares the types in it.
    pub(super) fn declare_file(&mut self, name: &str, file: Option<&File<'_>>) {
        let node = self.schema.node();
        let mut module = Module::new(node, name, "", Dialect::Avro { minor: self.options.minor() });
        let Some(file) = file else {
            self.schema.add_module(module);
            return;
        };
        self.map.set(node.0, file.span, file.span.before());
        let namespace = namespace_of(file);
        module.namespace = namespace.as_ref().into();
        for import in &file.imports {
            let node = self.node(import.span, import.path.span);
            let target = import.path.text.as_ref().into();
            module.imports.push(Import { node, target, module: None, alias: None, kind: ImportKind::Plain });
        }
        let module = self.schema.add_module(module);
        self.declare_types(file, module, &namespace);
    }

    fn declare_types(&mut self, file: &File<'_>, module: ModuleId, namespace: &Namespace) {
        match &file.body {
            Body::Schema(schema) => {
                for ty in schema.types.iter().chain(&schema.root) {
                    self.declare(ty, module, namespace);
                }
            }
            Body::Protocol(protocol) => {
                for ty in &protocol.types {
                    self.declare(ty, module, namespace);
                }
                for message in &protocol.messages {
                    for field in &message.request {
                        self.declare(&field.ty, module, namespace);
                    }
                    for ty in std::iter::once(&message.response).chain(&message.errors) {
                        self.declare(ty, module, namespace);
                    }
                }
            }
        }
    }

    /// Declares the named types in a type, each before those inside it: the order in which `define` goes.
    fn declare(&mut self, ty: &Type<'_>, module: ModuleId, namespace: &Namespace) {
        match &ty.kind {
            TypeKind::Record(record) => {
                let inside = self.declare_named(ty, &record.head, module, namespace);
                for field in &record.fields {
                    self.declare(&field.ty, module, &inside);
                }
            }
            TypeKind::Enum(declared) => {
                self.declare_named(ty, &declared.head, module, namespace);
            }
            TypeKind::Fixed(fixed) => {
                self.declare_named(ty, &fixed.head, module, namespace);
            }
            TypeKind::Array(inner) | TypeKind::Map(inner) => self.declare(inner, module, namespace),
            TypeKind::Union(arms) => {
                for arm in arms {
                    self.declare(arm, module, namespace);
                }
            }
            TypeKind::Primitive(_) | TypeKind::Reference(_) | TypeKind::Broken => {}
        }
    }

    /// Declares one named type; gives the namespace inside it.
    fn declare_named(&mut self, ty: &Type<'_>, head: &Head<'_>, module: ModuleId, around: &Namespace) -> Namespace {
        let (full_name, inside) = of_head(head, around);
        let node = self.node(ty.span, head.name.span);
        let kind = DeclKind::Record(Record::default());
        let mut decl = Decl::new(node, module, split(&full_name).1, &full_name, kind);
        decl.aliases = self.type_aliases(&head.aliases, &full_name, &inside);
        let id = self.schema.add_decl(decl);
        self.declared.push(id);
        let key: (ModuleId, Box<str>) = (module, full_name.as_str().into());
        if let Some(first) = self.own.get(&key) {
            self.declared_twice(&full_name, *first, &head.name);
        } else {
            self.own.insert(key, id);
            self.all.entry(full_name.into()).or_default().push(id);
        }
        inside
    }

    /// Source: Avro 1.12, "Names": "a schema or protocol may not contain multiple definitions of a fullname".
    fn declared_twice(&mut self, full_name: &str, first: DeclId, name: &Text<'_>) {
        let message = format!("`{}` is declared twice in this file", full_name.escape_debug());
        let error = Diagnostic::error("avro/duplicate_type", message).at(name.span, "again here");
        let error = self.also_at(error, self.schema.decl(first).node, "first here");
        self.report(error.help("declare it once, and refer to it by its name elsewhere"));
    }

    /// Aliases in full. An alias that says what the name says is nothing new.
    ///
    /// Source: Avro 1.12, "Aliases": relative to the namespace of the name that it is an alias for.
    fn type_aliases(&mut self, aliases: &[Text<'_>], full_name: &str, namespace: &Namespace) -> Vec<Box<str>> {
        self.once(aliases, "alias", Severity::Warning);
        let mut seen = FxHashSet::default();
        let full = aliases.iter().map(|alias| qualified(&alias.text, namespace));
        full.filter(|alias| alias != full_name && seen.insert(alias.clone())).map(String::into_boxed_str).collect()
    }
}

/// The namespace of whatever in the file says none itself.
pub(super) fn namespace_of(file: &File<'_>) -> Namespace {
    match &file.body {
        Body::Schema(schema) => schema.namespace.as_ref().map_or("", |namespace| &namespace.text).into(),
        Body::Protocol(protocol) => declared(&protocol.name.text, protocol.namespace.as_ref(), &"".into()).1,
    }
}
