//! The names of what has a name in Avro and none in Rust: a `fixed`, and the record that an entry of a map is.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use canread_model::{DeclId, DeclKind, Schema, Type, TypeKind};
use canread_record::FieldMeta;

/// Where a type is used: the record, and what the field says.
#[derive(Clone)]
pub(super) struct Place {
    /// The full names of the record, present and former.
    owners: Rc<[Box<str>]>,
    pub(super) meta: FieldMeta,
    /// The names of the field of the record, present and former.
    fields: Rc<[&'static str]>,
    /// What of the field's maps it is: `_value`.
    of_maps: String,
}

impl Place {
    /// A field of a record, or a branch of a union, by the full names of that: the present one, then those that it had.
    pub(super) fn new(owners: &Rc<[Box<str>]>, meta: FieldMeta) -> Self {
        let fields = std::iter::once(&meta.avro.name).chain(meta.aliases).copied().collect();
        Self { owners: owners.clone(), meta, fields, of_maps: String::new() }
    }

    /// The keys of the map that the place is.
    pub(super) fn keys(&self) -> Self {
        Self { meta: self.meta.of_entry_key(), of_maps: format!("{}_key", self.of_maps), ..self.clone() }
    }

    /// The values of the map that the place is.
    pub(super) fn values(&self) -> Self {
        Self { meta: self.meta.of_entry_value(), of_maps: format!("{}_value", self.of_maps), ..self.clone() }
    }

    /// The names that are made of those of record and field, in the namespace of the record: `OrderDigestFixed`, and of the values of a
    /// map `OrderDigestsValueFixed`. First the present one, then all that it may have had.
    pub(super) fn names(&self, what: &str) -> impl Iterator<Item = String> {
        let of_owner = move |owner| self.fields.iter().map(move |field| self.name(owner, field, what));
        self.owners.iter().flat_map(move |owner| of_owner(owner))
    }

    fn name(&self, owner: &str, field: &str, what: &str) -> String {
        let mut name = owner.to_owned();
        for word in field.split('_').chain(self.of_maps.split('_')) {
            let mut letters = word.chars();
            name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(letters.as_str());
        }
        name.push_str(what);
        name
    }
}

pub(super) fn namespace(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
}

pub(super) fn short(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

/// What was declared under names that are made or said, so that the same is declared once.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Full names that types and fields say: no other type gets them.
    said: HashSet<String>,
    /// Full names that were given, of all.
    given: HashSet<String>,
    /// By the full name that was asked for.
    of_name: HashMap<String, Vec<DeclId>>,
}

impl Known {
    /// Nothing, in a schema whose types and fields say these names.
    pub(super) fn new(said: HashSet<String>) -> Self {
        Self { said, ..Self::default() }
    }

    /// What is like this, and was declared under that name, or under that name with a number.
    ///
    /// Of one name are types of one record and field, or of two whose names are one when they stand together (`b_c` of `A`, and `c` of
    /// `AB`), or two `fixed` that say it. They are the same if they have one size and one logical type.
    pub(super) fn find(&self, schema: &Schema, name: &str, kind: &DeclKind) -> Option<DeclId> {
        let known = self.of_name.get(name)?;
        known.iter().copied().find(|id| are_like(schema, &schema.decl(*id).kind, kind))
    }

    /// A name that no other type has: this one, if it is free, else with a number behind it.
    pub(super) fn free(&mut self, name: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.said.contains(name) && !self.given.contains(name));
        let free = free.unwrap_or_default();
        self.given.insert(free.clone());
        free
    }

    /// Remembers what was declared.
    pub(super) fn add(&mut self, name: String, id: DeclId) {
        self.of_name.entry(name).or_default().push(id);
    }

    /// All that was declared.
    pub(super) fn ids(&self) -> HashSet<DeclId> {
        self.of_name.values().flatten().copied().collect()
    }

    /// Whether a name that a type or field says was given to another one too.
    pub(super) fn has_given_one_of(&self, said: &HashSet<String>) -> bool {
        !self.given.is_disjoint(said)
    }
}

fn are_like(schema: &Schema, one: &DeclKind, other: &DeclKind) -> bool {
    match (one, other) {
        (DeclKind::Fixed(one), DeclKind::Fixed(other)) => are_types_like(schema, &one.ty, &other.ty),
        (DeclKind::Record(one), DeclKind::Record(other)) => {
            one.fields.len() == other.fields.len()
                && one.fields.iter().zip(&other.fields).all(|(one, other)| are_types_like(schema, &one.ty, &other.ty))
        }
        (DeclKind::Union(one), DeclKind::Union(other)) => {
            one.arms.len() == other.arms.len()
                && one.arms.iter().zip(&other.arms).all(|(one, other)| are_types_like(schema, &one.ty, &other.ty))
        }
        _ => false,
    }
}

/// Whether two types that were made of types of Rust are the same. Those with names are declared once, so that their ids tell; a
/// union has no name, and is looked into.
fn are_types_like(schema: &Schema, one: &Type, other: &Type) -> bool {
    let like = |one, other| are_types_like(schema, one, other);
    one.as_logical() == other.as_logical()
        && match (&one.kind, &other.kind) {
            (TypeKind::Ref(one), TypeKind::Ref(other)) if one != other => {
                let (one, other) = (&schema.decl(*one).kind, &schema.decl(*other).kind);
                matches!(one, DeclKind::Union(_)) && are_like(schema, one, other)
            }
            (TypeKind::List(one), TypeKind::List(other)) => like(&one.item, &other.item),
            (TypeKind::Map(one), TypeKind::Map(other)) => like(&one.value, &other.value),
            (TypeKind::Nullable(one), TypeKind::Nullable(other)) => like(one, other),
            (one, other) => one == other,
        }
}
