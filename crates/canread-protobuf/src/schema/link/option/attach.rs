//! Hangs annotations on their nodes.

use canread_model::{Annotation, DeclId, DeclKind, Format, Idempotency, Literal, Meta, NodeId};

use super::{Owner, Setting};
use crate::schema::ast::OptionDecl;
use crate::schema::link::Linker;

impl Linker<'_> {
    /// Most nodes have one or two options: room to spare would cost more than all else they hold.
    pub(super) fn reserve_annotations(&mut self, owner: Owner, count: usize) {
        for at in 0..range_count(owner) {
            if let Some(meta) = self.meta_mut(owner, at) {
                meta.annotations.reserve_exact(count);
            }
        }
    }

    pub(super) fn attach(&mut self, owner: Owner, option: &OptionDecl<'_>, setting: &Setting) {
        self.apply_option(owner, setting);
        for at in 0..range_count(owner) {
            let node = self.node(option.span, option.name_span);
            let annotation = annotation(node, setting.path.as_str().into(), setting.value.clone());
            if let Some(meta) = self.meta_mut(owner, at) {
                meta.annotations.push(annotation);
            }
        }
    }

    /// What the model has a word for is also said in that word.
    fn apply_option(&mut self, owner: Owner, setting: &Setting) {
        match (owner, setting.path.as_str(), &setting.value) {
            (Owner::Enum(decl), "allow_alias", Literal::Bool(allow)) => {
                if let DeclKind::Enum(declared) = &mut self.schema.decl_mut(decl).kind {
                    declared.allow_alias = *allow;
                }
            }
            (Owner::Method(decl, at), "idempotency_level", Literal::Symbol(level)) => {
                if let DeclKind::Service(service) = &mut self.schema.decl_mut(decl).kind {
                    service.methods[at as usize].idempotency = idempotency(level);
                }
            }
            _ => {}
        }
    }

    fn meta_mut(&mut self, owner: Owner, range: u32) -> Option<&mut Meta> {
        match owner {
            Owner::File(module) => Some(&mut self.schema.module_mut(module).meta),
            Owner::Record(decl) | Owner::Enum(decl) | Owner::Service(decl) => {
                Some(&mut self.schema.decl_mut(decl).meta)
            }
            Owner::Field(field) => Some(&mut field.of_mut(&mut self.schema).meta),
            Owner::Oneof(decl, at) => Some(&mut self.record_mut(decl)?.oneofs.get_mut(at as usize)?.meta),
            Owner::EnumValue(decl, at) => match &mut self.schema.decl_mut(decl).kind {
                DeclKind::Enum(declared) => Some(&mut declared.values.get_mut(at as usize)?.meta),
                _ => None,
            },
            Owner::Method(decl, at) => match &mut self.schema.decl_mut(decl).kind {
                DeclKind::Service(service) => Some(&mut service.methods.get_mut(at as usize)?.meta),
                _ => None,
            },
            Owner::ExtensionRanges { decl, start, .. } => {
                let at = start.checked_add(range)? as usize;
                Some(&mut self.record_mut(decl)?.extension_ranges.get_mut(at)?.meta)
            }
        }
    }

    fn record_mut(&mut self, decl: DeclId) -> Option<&mut canread_model::Record> {
        match &mut self.schema.decl_mut(decl).kind {
            DeclKind::Record(record) => Some(record),
            _ => None,
        }
    }
}

/// How many nodes the options hang on.
fn range_count(owner: Owner) -> u32 {
    match owner {
        Owner::ExtensionRanges { count, .. } => count,
        _ => 1,
    }
}

fn annotation(node: NodeId, path: Box<str>, value: Literal) -> Annotation {
    Annotation { node, origin: Format::Protobuf, path, value }
}

fn idempotency(level: &str) -> Idempotency {
    match level {
        "NO_SIDE_EFFECTS" => Idempotency::NoSideEffects,
        "IDEMPOTENT" => Idempotency::Idempotent,
        _ => Idempotency::Unknown,
    }
}
