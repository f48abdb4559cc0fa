//! An option that takes one value may be set once, as a whole or in parts.

use canread_model::{Key, Literal, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::{Failure, Read};
use crate::schema::link::{FieldRef, Linker};

/// What the options of one node have set so far: a tree of fields.
#[derive(Debug, Default)]
pub(super) struct Once {
    set: FxHashMap<(u32, FieldRef), (u32, Span)>,
    nodes: u32,
    /// A lone option can't collide; most are.
    is_needed: bool,
    pseudo: [Option<Span>; 2],
}

impl Once {
    /// Forgets all, for a node of so many options.
    pub(super) fn start(&mut self, option_count: usize) {
        self.set.clear();
        self.nodes = 0;
        self.is_needed = option_count > 1;
        self.pseudo = [None; 2];
    }

    /// Says that `default` or `json_name` is set; gives the place where it was set before.
    pub(super) fn set_pseudo(&mut self, pseudo: super::Pseudo, span: Span) -> Option<Span> {
        self.pseudo[pseudo as usize].replace(span)
    }

    /// Says that the field at the end of `steps` is set to a value.
    pub(super) fn set(&mut self, linker: &Linker<'_>, steps: &[FieldRef], value: &Literal, span: Span) -> Read<()> {
        if !self.is_needed {
            return Ok(());
        }
        let Some((last, outer)) = steps.split_last() else { return Ok(()) };
        let mut at = 0;
        for step in outer {
            at = self.enter(at, *step, span).0;
        }
        if matches!(linker.option_field(*last).ty.kind, TypeKind::List(_) | TypeKind::Map(_)) {
            return Ok(());
        }
        let (node, first, is_new) = self.enter(at, *last, span);
        if !is_new {
            return Err(Failure::from(
                Diagnostic::error("protobuf/option_set_twice", "this option is set twice")
                    .at(span, "set again here")
                    .at(first, "first set here")
                    .help("remove one of the two"),
            ));
        }
        self.enter_value(linker, node, *last, value, span);
        Ok(())
    }

    fn enter(&mut self, parent: u32, field: FieldRef, span: Span) -> (u32, Span, bool) {
        let next = self.nodes + 1;
        let (node, first) = *self.set.entry((parent, field)).or_insert((next, span));
        if node == next {
            self.nodes = next;
        }
        (node, first, node == next)
    }

    /// The fields inside a message that was set as a whole are set too.
    fn enter_value(&mut self, linker: &Linker<'_>, node: u32, field: FieldRef, value: &Literal, span: Span) {
        let Literal::Map(entries) = value else { return };
        let Some(message) = linker.message_of(&linker.option_field(field).ty) else { return };
        for entry in entries {
            let field = match &entry.key {
                Key::Field(name) => linker.member(message, name),
                Key::Extension(name) => {
                    let path = linker.descend(crate::schema::link::names::ROOT, name);
                    path.and_then(|path| linker.extension_at(path))
                }
                _ => None,
            };
            let Some(field) = field else { continue };
            if matches!(linker.option_field(field).ty.kind, TypeKind::List(_) | TypeKind::Map(_)) {
                continue;
            }
            let (inner, ..) = self.enter(node, field, span);
            self.enter_value(linker, inner, field, &entry.value, span);
        }
    }
}

impl Linker<'_> {
    fn extension_at(&self, path: crate::schema::link::names::PathId) -> Option<FieldRef> {
        use crate::schema::link::names::SymbolKind;
        self.names.meanings(path).find_map(|symbol| match symbol.kind {
            SymbolKind::Extension(id) => Some(FieldRef::Extension(id)),
            _ => None,
        })
    }
}
