//! Last pass: the rules that a valid schema keeps.
//!
//! | file | looks at |
//! |---|---|
//! | `number`, `range` | numbers and names that collide, are reserved or out of range |
//! | `field`, `map` | types, labels, defaults and options of a field against one another |
//! | `extension`, `declaration` | extensions, and what extension ranges declare about them |
//! | `enumeration` | values of enums |
//! | `json` | names in JSON |
//! | `style` | naming style of edition 2024 |
//! | `file` | what concerns a file as a whole |
//! | `uses` | whether an option may stand where it stands, and in this edition |

mod declaration;
mod enumeration;
mod extension;
mod field;
mod file;
mod json;
mod map;
mod number;
mod range;
mod style;
mod uses;

use canread_model::{DeclId, Meta};
use canread_syntax::{Diagnostic, Span};

use super::feature::Resolved;
use super::flat::{FlatKind, fields};
use super::option::ReadOptions;
use super::{FieldRef, Linker, Unit, files};
use crate::schema::ast::MessageItem;

impl<'a> Linker<'a> {
    pub(super) fn check_file(&mut self, unit: &Unit<'_, 'a>, read: &ReadOptions, features: &Resolved) {
        self.check_header(unit, features);
        self.check_uses(unit, &read.uses);
        self.check_late(&read.late);
        for (at, flat) in unit.flats.iter().enumerate() {
            let id = self.decl_id(unit.at, at);
            let own = features.decls[at];
            self.check_decl_style(id, &flat.kind, own);
            self.check_strict_visibility(unit, at, own);
            match flat.kind {
                FlatKind::Message(message) => self.check_message(unit, id, &message.items, own),
                FlatKind::Group(group) => self.check_message(unit, id, &group.items, own),
                FlatKind::Enum(declared) => self.check_enum(id, declared, own),
                FlatKind::Service(service) => self.check_service(unit, service),
                FlatKind::Extension { extend, field, .. } => self.check_extension(unit, id, extend, field, own),
            }
        }
    }

    fn check_message(
        &mut self,
        unit: &Unit<'_, 'a>,
        id: DeclId,
        items: &[MessageItem<'a>],
        features: super::feature::Features,
    ) {
        self.check_message_options(unit, id);
        self.check_record_numbers(id, items);
        self.check_json_names(id);
        self.check_declarations(id);
        for (at, (node, _)) in fields(items).enumerate() {
            let field = FieldRef::Member(id, files::index(at));
            self.check_field(unit, field, node, features);
        }
        self.check_oneof_style(id, features);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Where an option stands that is an annotation now.
    fn annotation_span(&self, meta: &Meta, path: &str) -> Option<Span> {
        let annotation = meta.annotation(path)?;
        self.map.place(annotation.node.0).map(|place| place.whole)
    }

    /// Where a node's name stands; nowhere for nodes of built-in files.
    fn name_span(&self, node: canread_model::NodeId) -> Span {
        self.map.place(node.0).map_or(crate::schema::ast::NO_SPAN, |place| place.name)
    }
}

/// Whether an option is set to `true`.
fn is_true(meta: &Meta, path: &str) -> bool {
    matches!(meta.annotation(path).map(|annotation| &annotation.value), Some(canread_model::Literal::Bool(true)))
}

/// The name of an enum value that an option is set to.
fn symbol<'m>(meta: &'m Meta, path: &str) -> Option<&'m str> {
    match &meta.annotation(path)?.value {
        canread_model::Literal::Symbol(symbol) => Some(symbol),
        _ => None,
    }
}
