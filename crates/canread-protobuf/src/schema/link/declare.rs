//! First pass: every declaration gets its id and every name its meaning, before anything is looked up.

use std::borrow::Cow;

use canread_model::{
    Decl, DeclId, DeclKind, Dialect, Enum, Extension, Field, Module, Record, Service, Type, TypeKind, Visibility,
};
use canread_syntax::Span;

use super::files::index;
use super::flat::{FieldNode, Flat, FlatKind, fields, oneofs};
use super::names::{PathId, ROOT, SymbolKind};
use super::{Linker, Unit};
use crate::schema::ast::{self, EnumItem, Version};

impl<'a> Linker<'a> {
    /// Makes the module of every file, in the order of the files.
    pub(super) fn declare_modules(&mut self) {
        for at in 0..self.files.len() {
            let node = self.schema.node();
            let module = Module::new(node, &self.files[at].name, "", Dialect::Proto2);
            self.schema.add_module(module);
        }
    }

    /// Enters one file: its package, its declarations.
    pub(super) fn declare_file(&mut self, unit: &Unit<'_, 'a>) {
        let (at, file) = (unit.at, &unit.named.file);
        let package = self.declare_package(file, at);
        let imports = self.edges(file);
        let info = &mut self.files[at as usize];
        info.version = file.version();
        info.imports = imports;
        info.package = package;
        info.import_place = import_place(file);
        info.first_decl = index(self.schema.decls().len());
        let module = self.schema.module_mut(info.module);
        module.dialect = dialect(file.version());
        if let Some(package) = &file.package {
            module.namespace = package.name.text.as_ref().into();
        }
        let node = module.node;
        self.place(node, file.span, file.package.as_ref().map_or(file.span.before(), |package| package.span));
        let mut paths = Vec::with_capacity(unit.flats.len());
        for flat in &unit.flats {
            let path = self.declare(flat, &paths, at);
            paths.push(path);
        }
        self.paths.extend(paths);
    }

    fn declare_package(&mut self, file: &ast::File<'a>, at: u32) -> PathId {
        let mut path = ROOT;
        let Some(package) = &file.package else { return path };
        for part in parts(&package.name.text) {
            let name = self.names.intern(part);
            path = self.names.child_or_new(path, name);
            let known = self.names.meanings(path).any(|symbol| symbol.kind == SymbolKind::Package);
            if !known {
                if self.names.first(path).is_some() {
                    self.collisions.push(path);
                }
                self.names.declare(path, SymbolKind::Package, at, package.name.span);
            }
        }
        path
    }

    /// Enters one declaration and what it names; gives its full name.
    fn declare(&mut self, flat: &Flat<'_, 'a>, paths: &[PathId], at: u32) -> PathId {
        let info = &self.files[at as usize];
        let (module, first) = (info.module, info.first_decl);
        let (scope, parent) = match flat.parent {
            Some(parent) => (paths[parent as usize], Some(DeclId(first + parent))),
            None => (info.package, None),
        };
        let (name, name_span) = flat.kind.name();
        let node = self.node(flat.kind.span(), name_span);
        let full_name = self.full_name(scope, parent, &name);
        let kind = empty_kind(&flat.kind, || self.schema.node());
        let mut decl = Decl::new(node, module, &name, &full_name, kind);
        decl.parent = parent;
        decl.visibility = match flat.kind.visibility() {
            None => Visibility::Default,
            Some(ast::Visibility::Export) => Visibility::Export,
            Some(ast::Visibility::Local) => Visibility::Local,
        };
        let id = self.schema.add_decl(decl);
        let path = self.enter(scope, name, symbol_kind(&flat.kind, id), at, name_span);
        self.declare_members(&flat.kind, scope, path, at);
        path
    }

    fn full_name(&self, scope: PathId, parent: Option<DeclId>, name: &str) -> String {
        let outer = match parent {
            Some(parent) => Cow::Borrowed(&*self.schema.decl(parent).full_name),
            None => Cow::Owned(self.names.text(scope)),
        };
        if outer.is_empty() { name.to_owned() } else { [&outer, ".", name].concat() }
    }

    fn enter(&mut self, scope: PathId, name: Cow<'a, str>, kind: SymbolKind, at: u32, span: Span) -> PathId {
        let name = self.names.intern(name);
        let path = self.names.child_or_new(scope, name);
        if self.names.first(path).is_some() {
            self.collisions.push(path);
        }
        self.names.declare(path, kind, at, span);
        path
    }

    fn declare_members(&mut self, kind: &FlatKind<'_, 'a>, scope: PathId, path: PathId, at: u32) {
        if let Some(items) = kind.items() {
            for (field, _) in fields(items) {
                self.enter(path, field.name(), SymbolKind::Field, at, field.name_span());
                if let FieldNode::Map(map) = field {
                    let entry = entry_name(map.name.text);
                    self.enter(path, Cow::Owned(entry), SymbolKind::MapEntry, at, map.name.span);
                }
            }
            for oneof in oneofs(items) {
                self.enter(path, Cow::Borrowed(oneof.name.text), SymbolKind::Oneof, at, oneof.name.span);
            }
        }
        match kind {
            FlatKind::Enum(declared) => {
                for item in &declared.items {
                    if let EnumItem::Value(value) = item {
                        self.enter(scope, Cow::Borrowed(value.name.text), SymbolKind::EnumValue, at, value.name.span);
                    }
                }
            }
            FlatKind::Service(service) => {
                for method in &service.methods {
                    self.enter(path, Cow::Borrowed(method.name.text), SymbolKind::Method, at, method.name.span);
                }
            }
            _ => {}
        }
    }
}

/// The name of the message that a map field stands for.
///
/// Source: protoc, which generates such a message for each map field.
pub(super) fn entry_name(field: &str) -> String {
    let mut name = String::with_capacity(field.len() + 5);
    let mut capitalize = true;
    for letter in field.chars() {
        if letter == '_' {
            capitalize = true;
            continue;
        }
        name.push(if capitalize { letter.to_ascii_uppercase() } else { letter });
        capitalize = false;
    }
    name.push_str("Entry");
    name
}

fn empty_kind(kind: &FlatKind<'_, '_>, mut node: impl FnMut() -> canread_model::NodeId) -> DeclKind {
    match kind {
        FlatKind::Message(_) | FlatKind::Group(_) => DeclKind::Record(Record::default()),
        FlatKind::Enum(_) => DeclKind::Enum(Enum::default()),
        FlatKind::Service(_) => DeclKind::Service(Service::default()),
        FlatKind::Extension { block, .. } => {
            let unresolved = |node| Type::new(node, TypeKind::Unresolved("".into()));
            let field = Field::new(node(), "", unresolved(node()));
            DeclKind::Extension(Box::new(Extension { extendee: unresolved(node()), field, block: *block }))
        }
    }
}

fn symbol_kind(kind: &FlatKind<'_, '_>, id: DeclId) -> SymbolKind {
    match kind {
        FlatKind::Message(_) | FlatKind::Group(_) => SymbolKind::Message(id),
        FlatKind::Enum(_) => SymbolKind::Enum(id),
        FlatKind::Service(_) => SymbolKind::Service(id),
        FlatKind::Extension { .. } => SymbolKind::Extension(id),
    }
}

/// The identifiers of a dotted name, borrowed where the name is.
pub(super) fn parts<'a>(name: &Cow<'a, str>) -> Vec<Cow<'a, str>> {
    match name {
        Cow::Borrowed(name) => name.split('.').map(Cow::Borrowed).collect(),
        Cow::Owned(name) => name.split('.').map(|part| Cow::Owned(part.to_owned())).collect(),
    }
}

fn dialect(version: Version) -> Dialect {
    match version {
        Version::Proto2 => Dialect::Proto2,
        Version::Proto3 => Dialect::Proto3,
        Version::Edition2023 => Dialect::Edition(2023),
        Version::Edition2024 => Dialect::Edition(2024),
    }
}

/// Behind the last import, or else the package, or else the syntax.
fn import_place(file: &ast::File<'_>) -> Span {
    let import = file.imports.last().map(|import| import.span);
    let package = file.package.as_ref().map(|package| package.span);
    let syntax = file.syntax.map(|syntax| syntax.span);
    import.or(package).or(syntax).map_or(file.span.before(), Span::after)
}
