//! What an option hangs on: its name, files and places.

use canread_model::{Meta, Module, NodeId};

use super::Holder;
use crate::{
    Pair,
    finding::{field_symbol, member, method_symbol, value_symbol},
};

impl Holder<'_> {
    /// What the option hangs on, by full name; a file by its import name.
    #[must_use]
    pub fn symbol(&self) -> String {
        match self {
            Self::Module(modules) => modules.new.name.to_string(),
            Self::Decl(decls) => decls.old.name().to_owned(),
            Self::Field(fields) => field_symbol(fields.owner.old, fields.old),
            Self::EnumValue(owner, value) => value_symbol(owner.old, value.old),
            Self::Oneof(owner, oneof) => member(owner.old, &oneof.old.name),
            Self::Method(owner, method) => method_symbol(owner.old, method.old),
        }
    }

    /// The files that it is in.
    #[must_use]
    pub fn modules(&self) -> Pair<&Module> {
        let owner = match self {
            Self::Module(modules) => return *modules,
            Self::Decl(owner) | Self::EnumValue(owner, _) | Self::Oneof(owner, _) | Self::Method(owner, _) => *owner,
            Self::Field(fields) => fields.owner,
        };
        Pair { old: owner.old.module(), new: owner.new.module() }
    }

    /// All options of what it hangs on.
    pub(crate) fn metas(&self) -> Pair<&Meta> {
        match self {
            Self::Module(modules) => Pair { old: &modules.old.meta, new: &modules.new.meta },
            Self::Decl(decls) => Pair { old: &decls.old.decl().meta, new: &decls.new.decl().meta },
            Self::Field(fields) => Pair { old: &fields.old.meta, new: &fields.new.meta },
            Self::EnumValue(_, value) => Pair { old: &value.old.meta, new: &value.new.meta },
            Self::Oneof(_, oneof) => Pair { old: &oneof.old.meta, new: &oneof.new.meta },
            Self::Method(_, method) => Pair { old: &method.old.meta, new: &method.new.meta },
        }
    }

    /// The nodes that the option hangs on.
    #[must_use]
    pub fn place(&self) -> Pair<Option<NodeId>> {
        let (old, new) = match self {
            Self::Module(modules) => (modules.old.node, modules.new.node),
            Self::Decl(decls) => (decls.old.decl().node, decls.new.decl().node),
            Self::Field(fields) => (fields.old.node, fields.new.node),
            Self::EnumValue(_, value) => (value.old.node, value.new.node),
            Self::Oneof(_, oneof) => (oneof.old.node, oneof.new.node),
            Self::Method(_, method) => (method.old.node, method.new.node),
        };
        Pair { old: Some(old), new: Some(new) }
    }
}
