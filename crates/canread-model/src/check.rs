//! Whether a schema holds together: what every reader of schemas promises about the schema that it builds.

use rustc_hash::FxHashMap;

use crate::{
    Content, Decl, DeclId, DeclKind, Enum, Field, GroupContent, ModuleId, Part, Particle, Record, Schema, Union,
    UnionStyle,
};

impl Schema {
    /// What is wrong with the schema itself, whatever it describes: one sentence
    /// each, in the order of modules and declarations. Nothing is wrong with a
    /// schema that a reader of schemas built, not even from a text with errors;
    /// tests say so.
    ///
    /// Looked at are: ids out of range, node ids given twice or not given out,
    /// parents and children that disagree, indexes of oneofs, fields, enum values
    /// and arms, and anonymous declarations that are not part of exactly one place.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut check = Check {
            schema: self,
            owners: vec![None; self.node_count() as usize],
            listed: vec![0; self.decls().len()],
            problems: Vec::new(),
        };
        for (id, module) in self.modules() {
            check.nodes(Owner::Module(id), module.parts());
            check.module(&Owner::Module(id).place(self), id);
        }
        // Whatever follows an id relies on its being in range.
        if check.ids_in_range() {
            check.count_listed();
            for (id, decl) in self.decls() {
                check.nodes(Owner::Decl(id), decl.parts());
                let place = Owner::Decl(id).place(self);
                check.nesting(&place, id, decl);
                check.indexes(&place, decl);
            }
            check.anonymous();
        }
        check.problems
    }
}

/// What a node belongs to.
#[derive(Clone, Copy)]
enum Owner {
    Module(ModuleId),
    Decl(DeclId),
}

impl Owner {
    fn place(self, schema: &Schema) -> String {
        match self {
            Self::Module(id) => format!("module `{}`", schema.module(id).name),
            Self::Decl(id) => {
                let decl = schema.decl(id);
                let relation = if decl.name.is_some() { "" } else { "in " };
                format!("declaration {} {relation}`{}`", id.0, decl.full_name)
            }
        }
    }
}

struct Check<'a> {
    schema: &'a Schema,
    /// By node id.
    owners: Vec<Option<Owner>>,
    /// By declaration, how many modules and parents list it.
    listed: Vec<u32>,
    problems: Vec<String>,
}

impl<'a> Check<'a> {
    fn problem(&mut self, place: &str, what: impl AsRef<str>) {
        self.problems.push(format!("{place}: {}", what.as_ref()));
    }

    fn nodes(&mut self, owner: Owner, parts: impl Iterator<Item = Part<'a>>) {
        for part in parts {
            let node = part.node().0;
            let what = match self.owners.get_mut(node as usize) {
                Some(free @ None) => {
                    *free = Some(owner);
                    continue;
                }
                Some(Some(taken)) => format!("node {node} belongs to {} too", taken.place(self.schema)),
                None => format!("node {node} was never given out"),
            };
            self.problem(&owner.place(self.schema), what);
        }
    }

    fn module(&mut self, place: &str, id: ModuleId) {
        let module = self.schema.module(id);
        for import in &module.imports {
            if import.module.is_some_and(|module| module.0 as usize >= self.schema.modules().len()) {
                self.problem(place, format!("import `{}` points to no module", import.target));
            }
        }
        for decl in &module.decls {
            let listed = self.schema.decls().len() > decl.0 as usize && {
                let decl = self.schema.decl(*decl);
                decl.module == id && decl.parent.is_none()
            };
            if !listed {
                self.problem(place, format!("lists declaration {}, which is not at its top", decl.0));
            }
        }
    }

    /// Whether every declaration, and everything that it refers to, exists.
    fn ids_in_range(&mut self) -> bool {
        let before = self.problems.len();
        let decls = self.schema.decls().len();
        for (id, decl) in self.schema.decls() {
            if decl.module.0 as usize >= self.schema.modules().len() {
                self.problem(&Owner::Decl(id).place(self.schema), "is in no module");
            }
            let references = decl.references();
            for to in references.chain(decl.parent).chain(decl.children.iter().copied()) {
                if to.0 as usize >= decls {
                    self.problem(&Owner::Decl(id).place(self.schema), format!("there is no declaration {}", to.0));
                }
            }
        }
        self.problems.len() == before
    }

    fn count_listed(&mut self) {
        let in_modules = self.schema.modules().flat_map(|(_, module)| &module.decls);
        let in_parents = self.schema.decls().flat_map(|(_, decl)| &decl.children);
        for id in in_modules.chain(in_parents) {
            if let Some(listed) = self.listed.get_mut(id.0 as usize) {
                *listed += 1;
            }
        }
    }

    fn nesting(&mut self, place: &str, id: DeclId, decl: &Decl) {
        if self.listed[id.0 as usize] != 1 {
            self.problem(place, "is not listed once where it stands");
        }
        for child in &decl.children {
            if self.schema.decl(*child).parent != Some(id) {
                self.problem(place, format!("lists declaration {}, which has another parent", child.0));
            }
        }
        if decl.parent.is_some_and(|parent| self.schema.decl(parent).module != decl.module) {
            self.problem(place, "is in another module than its parent");
        }
        // No chain of parents is longer than the list of declarations.
        let above = std::iter::successors(decl.parent, |id| self.schema.decl(*id).parent);
        if above.take(self.schema.decls().len()).any(|above| above == id) {
            self.problem(place, "is nested in itself");
        }
        let is_findable = self.schema.find_all(&decl.full_name).any(|found| found == id);
        if decl.name.is_some() != is_findable {
            self.problem(place, "can't be found under its full name, or shouldn't be");
        }
    }

    fn indexes(&mut self, place: &str, decl: &Decl) {
        match &decl.kind {
            DeclKind::Record(record) => self.record(place, record),
            DeclKind::Enum(declared) => self.declared_enum(place, declared),
            DeclKind::Union(union) => self.union(place, union),
            DeclKind::Extension(extension) => self.oneofs(place, std::slice::from_ref(&extension.field), 0),
            DeclKind::Group(group) => {
                if let GroupContent::Particles { fields, .. } = &group.content {
                    self.particles(place, decl, fields.len());
                }
            }
            _ => {}
        }
        if let DeclKind::Record(record) = &decl.kind {
            self.particles(place, decl, record.fields.len());
        }
    }

    fn record(&mut self, place: &str, record: &Record) {
        self.oneofs(place, &record.fields, record.oneofs.len());
        for range in &record.extension_ranges {
            if range.start > range.end {
                self.problem(place, format!("extension range {} to {} is empty", range.start, range.end));
            }
        }
    }

    fn oneofs(&mut self, place: &str, fields: &[Field], oneofs: usize) {
        for field in fields {
            if field.oneof.is_some_and(|at| at as usize >= oneofs) {
                self.problem(place, format!("field `{}` is in a oneof that does not exist", field.name));
            }
        }
    }

    fn particles(&mut self, place: &str, decl: &Decl, fields: usize) {
        for part in decl.parts() {
            if let Part::Particle(Particle { content: Content::Field(at), .. }) = part
                && *at as usize >= fields
            {
                self.problem(place, format!("a particle points to field {at}, which does not exist"));
            }
        }
    }

    fn declared_enum(&mut self, place: &str, declared: &Enum) {
        if declared.default.is_some_and(|at| at as usize >= declared.values.len()) {
            self.problem(place, "the default is a value that does not exist");
        }
    }

    fn union(&mut self, place: &str, union: &Union) {
        if let UnionStyle::Discriminated { mapping, .. } = &union.style
            && mapping.iter().any(|(_, at)| *at as usize >= union.arms.len())
        {
            self.problem(place, "the discriminator maps to an arm that does not exist");
        }
    }

    /// An anonymous declaration stands inline: one place refers to it, or none
    /// if it is a root; and it is part of a named one or a root.
    fn anonymous(&mut self) {
        let mut uses: FxHashMap<DeclId, u32> = FxHashMap::default();
        let is_anonymous = |id: &DeclId| self.schema.decl(*id).name.is_none();
        for (_, decl) in self.schema.decls() {
            for id in decl.references().filter(is_anonymous) {
                *uses.entry(id).or_default() += 1;
            }
        }
        let mut reached = vec![false; self.schema.decls().len()];
        let starts = self.schema.decls().filter(|(id, decl)| decl.name.is_some() || !uses.contains_key(id));
        let mut waiting: Vec<DeclId> = starts.map(|(id, _)| id).collect();
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut reached[id.0 as usize], true) {
                waiting.extend(self.schema.decl(id).references().filter(is_anonymous));
            }
        }
        for (id, _) in self.schema.decls() {
            if let Some(uses @ 2..) = uses.get(&id) {
                self.problem(
                    &Owner::Decl(id).place(self.schema),
                    format!("has no name, but {uses} places refer to it"),
                );
            }
            if !reached[id.0 as usize] {
                self.problem(&Owner::Decl(id).place(self.schema), "has no name, and only it itself refers to it");
            }
        }
    }
}
