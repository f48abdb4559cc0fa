//! What differs between two versions of one field.

use std::{borrow::Cow, collections::BTreeMap};

use canread_model::{DeclKind, Field, Format, Literal, Record, Schema, Type, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Absent, Comparison, Key, Outcome, Pointer, options, types};
use crate::{Cardinality, Change, DeclAt, FieldChange, FieldPair, Holder, Pair, Shape};

/// Which oneofs of the two records correspond.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oneofs<'c> {
    /// By index of the old oneof: the new one.
    pub(super) old_to_new: &'c [Option<u32>],
}

impl Oneofs<'_> {
    /// For fields that can't be in a oneof.
    pub(super) const NONE: Oneofs<'static> = Oneofs { old_to_new: &[] };

    fn same(self, old: Option<u32>, new: Option<u32>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.old_to_new.get(old as usize).copied().flatten() == Some(new),
            _ => false,
        }
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn field(&mut self, fields: FieldPair<'a>, oneofs: Oneofs<'_>, outcome: &mut Outcome<'a>) {
        let FieldPair { owner, old, new } = fields;
        let mut push = |change| outcome.changes.push(Change::Field(fields, change));
        if !fields.same_place() {
            push(FieldChange::Place);
        }
        if !fields.same_number() {
            push(FieldChange::Number);
        }
        if !fields.same_name() {
            // Of two extensions the name is that of their declarations, whose rename is a change of its own.
            if !fields.is_extension().old || !fields.is_extension().new {
                push(FieldChange::Name);
            }
        } else if fields.same_place() && json_name(owner.old, old) != json_name(owner.new, new) {
            push(FieldChange::JsonName);
        }
        let shapes = Pair { old: Shape::of(&old.ty), new: Shape::of(&new.ty) };
        let is_alike = shapes.old.cardinality == shapes.new.cardinality;
        if !is_alike {
            push(FieldChange::Cardinality);
        }
        if is_alike {
            if shapes.old.packed != shapes.new.packed {
                push(FieldChange::Packed);
            }
            let is_singular = shapes.old.cardinality == Cardinality::Singular;
            if is_singular && old.presence != new.presence {
                push(FieldChange::Presence);
            }
        }
        if old.delimited != new.delimited {
            push(FieldChange::Delimited);
        }
        if !oneofs.same(old.oneof, new.oneof) {
            push(FieldChange::Oneof);
        }
        if shapes.old.cardinality == Cardinality::Singular
            && shapes.new.cardinality == Cardinality::Singular
            && !same_default(Pair { old: owner.old, new: owner.new }, Pair { old, new })
        {
            push(FieldChange::Default);
        }
        self.field_type(fields, shapes, outcome);
        options::fields(Holder::Field(fields), Pair { old: &old.meta, new: &new.meta }, outcome);
    }

    fn field_type(&mut self, fields: FieldPair<'a>, shapes: Pair<Shape<'a>>, outcome: &mut Outcome<'a>) {
        let same_sort = |key: Key| {
            let decls = Pair { old: self.versions.old.decl(key.old), new: self.versions.new.decl(key.new) };
            std::mem::discriminant(&decls.old.kind) == std::mem::discriminant(&decls.new.kind)
        };
        // A map beside a list is a matter of cardinality: the rule looks at the entries, but not into their values.
        if (shapes.old.cardinality == Cardinality::Map) != (shapes.new.cardinality == Cardinality::Map) {
            let values = (map_value(self.versions.old, shapes.old), map_value(self.versions.new, shapes.new));
            if let (Some(old), Some(new)) = values
                && let Some(to) = types::difference(Pair { old, new }, same_sort).target
            {
                self.target(Pointer::Field(fields), to, outcome);
            }
            return;
        }
        let element = types::difference(Pair { old: shapes.old.element, new: shapes.new.element }, same_sort);
        let key = match (shapes.old.key, shapes.new.key) {
            (Some(old), Some(new)) => types::difference(Pair { old, new }, same_sort),
            _ => types::Difference::default(),
        };
        if element.kind || key.kind {
            outcome.changes.push(Change::Field(fields, FieldChange::Type));
        }
        if element.utf8 || key.utf8 {
            outcome.changes.push(Change::Field(fields, FieldChange::Utf8));
        }
        if let Some(to) = element.target {
            self.target(Pointer::Field(fields), to, outcome);
        }
    }
}

/// The type of the values of a map, or of what looks like one: records with the two fields of an entry.
fn map_value<'a>(schema: &'a Schema, shape: Shape<'a>) -> Option<&'a Type> {
    match (shape.cardinality, &shape.element.kind) {
        (Cardinality::Map, _) => Some(shape.element),
        (_, TypeKind::Ref(entry)) => Some(&schema.field_by_number(*entry, 2)?.ty),
        _ => None,
    }
}

/// The name of a field in JSON: the one that the schema gives, or for Protobuf the one that ProtoJSON makes of it.
///
/// Source: Protobuf, "ProtoJSON Format", "field names are mapped to lowerCamelCase".
#[must_use]
pub fn json_name<'a>(owner: DeclAt<'a>, field: &'a Field) -> Cow<'a, str> {
    owner.schema.json_name(field)
}

/// Whether an absent field has the same value in both versions.
fn same_default(owners: Pair<DeclAt<'_>>, fields: Pair<&Field>) -> bool {
    let is_other_type = std::mem::discriminant(&fields.old.ty.kind) != std::mem::discriminant(&fields.new.ty.kind);
    if is_other_type
        && let (Some(old), Some(new)) = (Absent::of(owners.old, fields.old), Absent::of(owners.new, fields.new))
        && old.is_comparable(&new)
    {
        return old == new;
    }
    match (fields.old.default_value(), fields.new.default_value()) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            old.same(new) || same_value((owners.old, fields.old, old), (owners.new, fields.new, new))
        }
        // A Protobuf field without a default has the zero value of its type.
        (Some(value), None) => is_zero(owners.old, fields.old, value),
        (None, Some(value)) => is_zero(owners.new, fields.new, value),
    }
}

/// Whether two defaults that are written differently are one value: two names of one number of an enum, or numbers
/// that 32 bits round to the same one.
///
/// Source: Protobuf, "Language Guide", "Enum Value Aliases"; "Scalar Value Types".
fn same_value(old: (DeclAt<'_>, &Field, &Literal), new: (DeclAt<'_>, &Field, &Literal)) -> bool {
    let is_single = |field: &Field| matches!(field.ty.kind, TypeKind::Float { bits: 32 });
    match (old.2, new.2) {
        (Literal::Symbol(one), Literal::Symbol(two)) => {
            let numbers = (value_number(old.0, old.1, one), value_number(new.0, new.1, two));
            numbers.0.is_some() && numbers.0 == numbers.1
        }
        (Literal::Float(one), Literal::Float(two)) if is_single(old.1) && is_single(new.1) => {
            single(*one).to_bits() == single(*two).to_bits()
        }
        _ => false,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what a field of 32 bits holds is the rounded number")]
fn single(value: f64) -> f32 {
    value as f32
}

/// The number that an enum gives a name.
pub(super) fn value_number(owner: DeclAt<'_>, field: &Field, name: &str) -> Option<i64> {
    let TypeKind::Ref(target) = field.ty.kind else { return None };
    owner.schema.decl(target).as_enum()?.value(name)?.number
}

fn is_zero(owner: DeclAt<'_>, field: &Field, value: &Literal) -> bool {
    if owner.schema.format() != Format::Protobuf {
        return false;
    }
    match value {
        Literal::Bool(value) => !value,
        Literal::Int(value) => *value == 0,
        Literal::Float(value) => value.to_bits() == 0,
        Literal::String(value) => value.is_empty(),
        Literal::Bytes(value) => value.is_empty(),
        Literal::Symbol(name) => first_value(owner, field).is_some_and(|first| {
            let number = |name| value_number(owner, field, name);
            first == &**name || number(first) == number(name)
        }),
        _ => false,
    }
}

/// The name of the value that an absent enum field has.
fn first_value<'a>(owner: DeclAt<'a>, field: &Field) -> Option<&'a str> {
    let TypeKind::Ref(target) = field.ty.kind else { return None };
    let DeclKind::Enum(declared) = &owner.schema.decl(target).kind else { return None };
    declared.values.first().map(|value| &*value.name)
}

/// Which new oneof an old one is: that of the same name, or else one that most of its fields are in now.
///
/// None is two old ones: of two that were joined, only one is still there.
pub(super) fn align_oneofs(records: Pair<&Record>, pairs: &[(usize, usize)]) -> Vec<Option<u32>> {
    let by_name: FxHashMap<&str, u32> =
        (0u32..).zip(&records.new.oneofs).map(|(at, oneof)| (&*oneof.name, at)).collect();
    let mut aligned: Vec<Option<u32>> =
        records.old.oneofs.iter().map(|oneof| by_name.get(&*oneof.name).copied()).collect();
    let mut taken: FxHashSet<u32> = aligned.iter().flatten().copied().collect();
    for (old, new) in by_votes(records, pairs) {
        if let Some(aligned @ None) = aligned.get_mut(old as usize)
            && taken.insert(new)
        {
            *aligned = Some(new);
        }
    }
    aligned
}

/// Pairs of an old and a new oneof, those with the most fields in common first; then in the order of the text.
fn by_votes(records: Pair<&Record>, pairs: &[(usize, usize)]) -> Vec<(u32, u32)> {
    let mut votes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for &(old, new) in pairs {
        if let (Some(old), Some(new)) = (records.old.fields[old].oneof, records.new.fields[new].oneof) {
            *votes.entry((old, new)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = votes.into_iter().collect();
    pairs.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    pairs.into_iter().map(|(oneofs, _)| oneofs).collect()
}
