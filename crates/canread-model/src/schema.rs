//! The arena that owns a whole schema, and the ids that point into it.

use std::{borrow::Cow, collections::hash_map::Entry, sync::OnceLock};

use rustc_hash::FxHashMap;

use crate::{
    Decl, DeclKind, ElementRole, EnumValue, Field, Format, GroupContent, Module, ReservedRange,
    members::{self, Members},
};

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
    /// By declaration: what finds its members, once somebody has asked for one.
    members: Vec<OnceLock<Members>>,
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
            members: Vec::new(),
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
        self.members.push(OnceLock::new());
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
        // What is about to change can't be found by what it was; its parent knows it by name.
        for changed in [Some(id), self.decls[id.0 as usize].parent].into_iter().flatten() {
            self.members[changed.0 as usize] = OnceLock::new();
        }
        &mut self.decls[id.0 as usize]
    }

    /// The field of a record under a name. Like all questions about members here, and unlike those of
    /// [`Record`](crate::Record), it takes no longer for a record of many fields than for one of few.
    #[must_use]
    pub fn field(&self, record: DeclId, name: &str) -> Option<&Field> {
        self.members(record).field(&self.decl(record).as_record()?.fields, name)
    }

    /// The field of a record under a number.
    #[must_use]
    pub fn field_by_number(&self, record: DeclId, number: i32) -> Option<&Field> {
        self.members(record).field_by_number(&self.decl(record).as_record()?.fields, number)
    }

    /// The fields of a record that JSON knows by a name, in their order; more than one only where that was complained
    /// about.
    pub fn fields_by_json_name(&self, record: DeclId, name: &str) -> impl Iterator<Item = &Field> {
        let fields = self.decl(record).as_record().map_or(&[][..], |record| &record.fields);
        self.members(record).fields_by_json_name(fields, name)
    }

    /// The name of a field of this schema in JSON: the one that the field says, or the one that the format makes of its
    /// own.
    #[must_use]
    pub fn json_name<'a>(&self, field: &'a Field) -> Cow<'a, str> {
        members::json_name(self.format, field)
    }

    /// The value of an enum under a name.
    #[must_use]
    pub fn value(&self, declared: DeclId, name: &str) -> Option<&EnumValue> {
        self.decl(declared).as_enum()?.values.get(self.value_place(declared, name)?)
    }

    /// Where the value of an enum under a name stands, counted from 0.
    #[must_use]
    pub fn value_place(&self, declared: DeclId, name: &str) -> Option<usize> {
        self.members(declared).value_place(&self.decl(declared).as_enum()?.values, name)
    }

    /// The values of an enum under a number, in their order; none of anything else.
    pub fn values_by_number(&self, declared: DeclId, number: i64) -> impl Iterator<Item = &EnumValue> {
        let values = self.decl(declared).as_enum().map(|declared| &*declared.values);
        values.into_iter().flat_map(move |values| self.members(declared).values_by_number(values, number))
    }

    /// Whether a record or enum reserves a number.
    #[must_use]
    pub fn is_number_reserved(&self, owner: DeclId, number: i64) -> bool {
        self.members(owner).is_number_reserved(number)
    }

    /// Whether a record or enum reserves a name.
    #[must_use]
    pub fn is_name_reserved(&self, owner: DeclId, name: &str) -> bool {
        let reserved = members::reserved(self.decl(owner));
        reserved.is_some_and(|reserved| self.members(owner).is_name_reserved(reserved, name))
    }

    /// Whether extensions of a record may have a number.
    #[must_use]
    pub fn is_number_for_extensions(&self, record: DeclId, number: i64) -> bool {
        self.members(record).is_number_for_extensions(number)
    }

    /// Whether extensions of a record may have one of the numbers of an inclusive run.
    #[must_use]
    pub fn is_run_for_extensions(&self, record: DeclId, run: (i64, i64)) -> bool {
        self.members(record).is_run_for_extensions(run)
    }

    /// The range by which a record or enum reserves a number.
    #[must_use]
    pub fn reserved_range(&self, owner: DeclId, number: i64) -> Option<&ReservedRange> {
        let reserved = members::reserved(self.decl(owner))?;
        self.members(owner).reserved_range(reserved, number)
    }

    /// The lowest and the highest number of an enum.
    #[must_use]
    pub fn value_numbers(&self, declared: DeclId) -> Option<(i64, i64)> {
        self.members(declared).value_numbers(&self.decl(declared).as_enum()?.values)
    }

    /// Whether anything in a declaration has a name: a field, a value, a oneof, or a declaration that is nested in it.
    #[must_use]
    pub fn is_named_in(&self, owner: DeclId, name: &str) -> bool {
        self.field(owner, name).is_some()
            || self.value(owner, name).is_some()
            || self.members(owner).is_other_named(name)
    }

    fn members(&self, id: DeclId) -> &Members {
        self.members[id.0 as usize].get_or_init(|| Members::of(self, self.decl(id)))
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
