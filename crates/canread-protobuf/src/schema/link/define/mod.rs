//! Second pass: declarations are filled in, types resolved. What depends on features waits.

mod enumeration;
mod field;
mod message;
mod service;

pub(super) use field::scalar_kind;
pub(super) use message::{FIELD_NUMBER_MAX, MESSAGE_SET_NUMBER_MAX};

use canread_model::{DeclId, DeclKind, Docs, Import, Meta, NodeId};
use canread_syntax::Span;

use super::option::{Owner, Pending};
use super::{Linker, Unit};
use crate::schema::ast::{CommentsId, OptionDecl, comment_text};

impl<'a> Linker<'a> {
    /// Fills in everything that a file declares; options are listed for later.
    pub(super) fn define_file<'t>(&mut self, unit: &Unit<'t, 'a>) -> Vec<Pending<'t, 'a>> {
        let mut pending = Vec::new();
        self.define_module(unit, &mut pending);
        for (at, flat) in unit.flats.iter().enumerate() {
            let id = self.decl_id(unit.at, at);
            let meta = self.meta(unit, flat.kind.comments());
            self.schema.decl_mut(id).meta = meta;
            let scope = self.names.parent(self.paths[id.0 as usize]);
            let mut definition = Definition { unit, id, outer: scope, pending: &mut pending };
            let kind = self.define(&mut definition, flat.kind);
            self.schema.decl_mut(id).kind = kind;
        }
        pending
    }

    /// The declaration at a place of the file's list.
    pub(super) fn decl_id(&self, file: u32, at: usize) -> DeclId {
        DeclId(self.files[file as usize].first_decl + super::files::index(at))
    }

    fn define_module<'t>(&mut self, unit: &Unit<'t, 'a>, pending: &mut Vec<Pending<'t, 'a>>) {
        let file = &unit.named.file;
        let comments = file.syntax.map_or(CommentsId::NONE, |syntax| syntax.comments);
        let meta = self.meta(unit, comments);
        let mut imports = Vec::with_capacity(file.imports.len());
        for (at, import) in file.imports.iter().enumerate() {
            let node = self.node(import.span, import.path_span);
            let edge = &self.files[unit.at as usize].imports[at];
            let module = edge.target.map(|target| self.files[target as usize].module);
            imports.push(Import { node, target: import.path.as_ref().into(), module, alias: None, kind: edge.kind });
        }
        let info = &self.files[unit.at as usize];
        let module = self.schema.module_mut(info.module);
        module.imports = imports;
        module.meta = meta;
        Pending::push(pending, Owner::File(info.module), &file.options, info.package);
    }

    fn define<'t>(&mut self, definition: &mut Definition<'_, 't, 'a>, kind: super::flat::FlatKind<'t, 'a>) -> DeclKind {
        use super::flat::FlatKind;
        let (id, outer) = (definition.id, definition.outer);
        match kind {
            FlatKind::Message(message) => {
                definition.options(Owner::Record(id), &message.options, outer);
                DeclKind::Record(self.define_record(definition, &message.options, &message.items, false))
            }
            FlatKind::Group(group) => {
                definition.options(Owner::Record(id), &group.options, outer);
                DeclKind::Record(self.define_record(definition, &group.options, &group.items, true))
            }
            FlatKind::Enum(declared) => {
                definition.options(Owner::Enum(id), &declared.options, outer);
                DeclKind::Enum(self.define_enum(definition, declared))
            }
            FlatKind::Service(service) => {
                definition.options(Owner::Service(id), &service.options, outer);
                DeclKind::Service(self.define_service(definition, service))
            }
            FlatKind::Extension { extend, field, block } => {
                DeclKind::Extension(Box::new(self.define_extension(definition, extend, field, block)))
            }
        }
    }

    /// Documentation, if it is wanted, and no annotations yet.
    fn meta(&self, unit: &Unit<'_, 'a>, comments: CommentsId) -> Meta {
        if !self.docs || comments == CommentsId::NONE {
            return Meta::default();
        }
        let comments = unit.named.file.comments.get(comments);
        let text = |span: Span| -> Box<str> {
            let raw = unit.named.text.get(span.range()).unwrap_or_default();
            comment_text(raw).into()
        };
        let docs = Docs {
            leading: comments.leading.map(text),
            trailing: comments.trailing.map(text),
            detached: comments.detached.iter().copied().map(text).collect(),
        };
        Meta { docs: Some(Box::new(docs)), annotations: Vec::new() }
    }
}

/// One declaration while it is filled in.
struct Definition<'p, 't, 'a> {
    unit: &'p Unit<'t, 'a>,
    id: DeclId,
    /// The scope it stands in.
    outer: super::names::PathId,
    pending: &'p mut Vec<Pending<'t, 'a>>,
}

impl<'t, 'a> Definition<'_, 't, 'a> {
    fn options(&mut self, owner: Owner, options: &'t [OptionDecl<'a>], scope: super::names::PathId) {
        Pending::push(self.pending, owner, options, scope);
    }
}

/// A node with all of a statement as its place.
impl Linker<'_> {
    fn node_at(&mut self, span: Span) -> NodeId {
        self.node(span, span)
    }
}
