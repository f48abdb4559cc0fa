//! What the defaults of a schema take, known before they are compiled.
//!
//! A default of a record leaves fields out, and stands for the defaults that these have; they may leave out others. So what a
//! default of two bytes stands for can double with each record.

use canread_model::{DeclId, DeclKind, Literal, Schema, Type, TypeKind};
use canread_plan::Constant;
use rustc_hash::FxHashMap;

/// A constant, and what the list it is in has moved from while it grew.
const CONSTANT: u64 = 3 * size_of::<Constant>() as u64;

/// Records, and what they are in, inside each other: a layout refuses more.
const DEPTH_MAX: usize = 100;

/// Values that are looked at for all defaults, beside [`STEPS_EACH`] for each: what a union could mean is tried, so that unions
/// inside each other multiply.
const STEPS_ALL: u64 = 1_000_000;
const STEPS_EACH: u64 = 100;

/// The most bytes of memory that all defaults take when a layout has them; as many as there are numbers if that takes too long to tell.
pub(super) fn bytes(schema: &Schema) -> u64 {
    let mut counter = Counter { schema, own: FxHashMap::default(), steps_left: STEPS_ALL };
    let mut total = 0_u64;
    for (id, decl) in schema.decls() {
        let Some(record) = decl.as_record() else { continue };
        for at in 0..record.fields.len() {
            counter.steps_left = counter.steps_left.saturating_add(STEPS_EACH);
            total = total.saturating_add(counter.own_default(id, at, DEPTH_MAX));
        }
    }
    total
}

struct Counter<'s> {
    schema: &'s Schema,
    /// Defaults of fields that were counted; those that are being counted are without an end.
    own: FxHashMap<(DeclId, usize), u64>,
    steps_left: u64,
}

impl<'s> Counter<'s> {
    /// What the default of a field takes, if it has one.
    fn own_default(&mut self, id: DeclId, at: usize, depth_left: usize) -> u64 {
        if let Some(known) = self.own.get(&(id, at)) {
            return *known;
        }
        let schema = self.schema;
        let field = schema.decl(id).as_record().and_then(|record| record.fields.get(at));
        let Some((field, literal)) = field.and_then(|field| Some((field, field.default_value()?))) else { return 0 };
        self.own.insert((id, at), u64::MAX);
        let bytes = self.literal(&field.ty, literal, depth_left);
        self.own.insert((id, at), bytes);
        bytes
    }

    /// What a value of a type takes. Of several branches that it could be of, all: each is tried.
    fn literal(&mut self, ty: &'s Type, literal: &'s Literal, depth_left: usize) -> u64 {
        let (Some(depth_left), Some(steps_left)) = (depth_left.checked_sub(1), self.steps_left.checked_sub(1)) else {
            return u64::MAX;
        };
        self.steps_left = steps_left;
        let parts = match (&ty.kind, literal) {
            (TypeKind::Nullable(inner), literal) => self.literal(inner, literal, depth_left),
            (TypeKind::Ref(id), literal) => self.named(*id, literal, depth_left),
            (TypeKind::List(list), Literal::List(items)) => {
                sum(items.iter().map(|item| self.literal(&list.item, item, depth_left)))
            }
            (TypeKind::Map(map), Literal::Map(entries)) => {
                // The key's text is in the schema's.
                sum(entries.iter().map(|entry| {
                    self.literal(&map.value, &entry.value, depth_left).saturating_add(CONSTANT).saturating_add(128)
                }))
            }
            (_, Literal::String(text)) => text.len() as u64,
            (_, Literal::Bytes(bytes)) => bytes.len() as u64,
            _ => 0,
        };
        parts.saturating_add(CONSTANT)
    }

    fn named(&mut self, id: DeclId, literal: &'s Literal, depth_left: usize) -> u64 {
        let schema = self.schema;
        match (&schema.decl(id).kind, literal) {
            (DeclKind::Fixed(fixed), literal) => self.literal(&fixed.ty, literal, depth_left),
            (DeclKind::Alias(alias), literal) => self.literal(&alias.ty, literal, depth_left),
            (DeclKind::Union(union), literal) => {
                sum(union.arms.iter().map(|arm| self.literal(&arm.ty, literal, depth_left)))
            }
            (DeclKind::Record(record), Literal::Map(_)) => {
                let all_given = literal.fields();
                sum(record.fields.iter().enumerate().map(|(at, field)| match all_given.get(&*field.name) {
                    Some(given) => self.literal(&field.ty, given, depth_left),
                    None => self.own_default(id, at, depth_left).saturating_add(CONSTANT),
                }))
            }
            _ => 0,
        }
    }
}

fn sum(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0, u64::saturating_add)
}
