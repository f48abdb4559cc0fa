//! The arena that owns a whole schema, and the ids that point into it.

use rustc_hash::FxHashMap;

use crate::{Decl, Format, Module};

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

/// Everything that was read together: modules, and the declarations in them.
#[derive(Debug, Clone)]
pub struct Schema {
    format: Format,
    modules: Vec<Module>,
    decls: Vec<Decl>,
    by_name: FxHashMap<Box<str>, DeclId>,
    nodes: u32,
}

impl Schema {
    /// An empty schema of one format.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self { format, modules: Vec::new(), decls: Vec::new(), by_name: FxHashMap::default(), nodes: 0 }
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
            self.by_name.entry(decl.full_name.clone()).or_insert(id);
        }
        self.decls.push(decl);
        id
    }

    /// The declaration under a full name: `shop.Order`, `shop.Order.Line`, `{urn:shop}order`.
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<DeclId> {
        self.by_name.get(full_name).copied()
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
