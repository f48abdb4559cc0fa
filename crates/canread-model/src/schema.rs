//! The arena that owns a whole schema, and the ids that point into it.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::{Decl, DeclKind, ElementRole, Format, GroupContent, Module};

/// Names one node (anything a user could point at) of one [`Schema`].
///
/// Ids are dense and start at 0, so that a source map is a plain vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Names one [`Module`] of one [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub u32);

/// Names one [`Decl`] of one [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeclId(pub u32);

/// What kind of thing a full name stands for, where a format keeps such kinds apart.
///
/// Source: XML Schema 1.0 part 1, section 2.5 ("symbol space"). The other formats have one space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SymbolSpace {
    /// Types, and whatever else a format names.
    Type,
    /// Global elements and roots of documents.
    Element,
    /// Global attributes.
    Attribute,
    /// Model groups.
    Group,
    /// Attribute groups.
    AttributeGroup,
}

impl SymbolSpace {
    /// The space that a declaration's name is in.
    #[must_use]
    pub fn of(kind: &DeclKind) -> Self {
        match kind {
            DeclKind::Element(element) => match element.role {
                ElementRole::Element => Self::Element,
                ElementRole::Attribute => Self::Attribute,
            },
            DeclKind::Group(group) => match group.content {
                GroupContent::Particles { .. } => Self::Group,
                GroupContent::Attributes(_) => Self::AttributeGroup,
            },
            _ => Self::Type,
        }
    }
}

/// Everything that was read together: modules, and the declarations in them.
#[derive(Debug, Clone)]
pub struct Schema {
    format: Format,
    modules: Vec<Module>,
    decls: Vec<Decl>,
    by_name: FxHashMap<Box<str>, DeclId>,
    /// Declarations whose full name was taken: by another symbol space, or by mistake.
    also_named: FxHashMap<Box<str>, Vec<DeclId>>,
    nodes: u32,
}

impl Schema {
    /// An empty schema of one format.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self {
            format,
            modules: Vec::new(),
            decls: Vec::new(),
            by_name: FxHashMap::default(),
            also_named: FxHashMap::default(),
            nodes: 0,
        }
    }

    /// The format whose rules of identity and evolution apply.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// A new node id.
    pub fn node(&mut self) -> NodeId {
        let id = NodeId(self.nodes);
        self.nodes = self.nodes.checked_add(1).expect("a schema has fewer than 2^32 nodes");
        id
    }

    /// How many node ids were given out; every id is below this.
    #[must_use]
    pub fn node_count(&self) -> u32 {
        self.nodes
    }

    /// Adds a module.
    pub fn add_module(&mut self, module: Module) -> ModuleId {
        let id = ModuleId(index(self.modules.len()));
        self.modules.push(module);
        id
    }

    /// Adds a declaration, enters it under its full name, and lists it under
    /// its parent or, if it has none, in its module.
    ///
    /// Where two declarations share a full name the first one keeps it: saying
    /// so to the user is the schema reader's job.
    pub fn add_decl(&mut self, decl: Decl) -> DeclId {
        let id = DeclId(index(self.decls.len()));
        match decl.parent {
            Some(parent) => self.decl_mut(parent).children.push(id),
            None => self.module_mut(decl.module).decls.push(id),
        }
        if decl.name.is_some() {
            match self.by_name.entry(decl.full_name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(id);
                }
                Entry::Occupied(taken) => self.also_named.entry(taken.key().clone()).or_default().push(id),
            }
        }
        self.decls.push(decl);
        id
    }

    /// The declaration under a full name: `shop.Order`, `shop.Order.Line`, `{urn:shop}order`.
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<DeclId> {
        self.by_name.get(full_name).copied()
    }

    /// The first declaration under a full name in one symbol space: XSD may
    /// call a type, an element and a group by one name.
    #[must_use]
    pub fn find_in(&self, space: SymbolSpace, full_name: &str) -> Option<DeclId> {
        self.find_all(full_name).find(|id| SymbolSpace::of(&self.decl(*id).kind) == space)
    }

    /// Every declaration under a full name, in the order in which they were added.
    pub fn find_all(&self, full_name: &str) -> impl Iterator<Item = DeclId> {
        let others = self.also_named.get(full_name).map_or(&[][..], Vec::as_slice);
        self.find(full_name).into_iter().chain(others.iter().copied())
    }

    /// The declaration under an id of this schema.
    #[must_use]
    pub fn decl(&self, id: DeclId) -> &Decl {
        &self.decls[id.0 as usize]
    }

    /// The declaration under an id of this schema, to change.
    pub fn decl_mut(&mut self, id: DeclId) -> &mut Decl {
        &mut self.decls[id.0 as usize]
    }

    /// The module under an id of this schema.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// The module under an id of this schema, to change.
    pub fn module_mut(&mut self, id: ModuleId) -> &mut Module {
        &mut self.modules[id.0 as usize]
    }

    /// Every declaration, nested ones included, in the order in which they were added.
    #[must_use]
    pub fn decls(&self) -> impl ExactSizeIterator<Item = (DeclId, &Decl)> {
        self.decls.iter().enumerate().map(|(at, decl)| (DeclId(index(at)), decl))
    }

    /// Every module, in the order in which they were added.
    #[must_use]
    pub fn modules(&self) -> impl ExactSizeIterator<Item = (ModuleId, &Module)> {
        self.modules.iter().enumerate().map(|(at, module)| (ModuleId(index(at)), module))
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a schema has fewer than 2^32 modules and declarations")
}
