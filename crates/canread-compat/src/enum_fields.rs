//! Which fields name an enum: a rule that asks this for every changed value must not look through the schema each time.

use std::cell::OnceCell;

use canread_model::{Decl, DeclId, Field, Schema};
use rustc_hash::FxHashMap;

use crate::{DeclAt, Pair, Shape};

/// The fields and extensions of each version by the enum that their type, their items or their map values name.
#[derive(Debug)]
pub(crate) struct EnumFields<'a> {
    versions: Pair<&'a Schema>,
    known: Pair<OnceCell<ByEnum>>,
}

/// A field by the declaration that it is in, and its place there; an extension has one field.
type ByEnum = FxHashMap<DeclId, Vec<(DeclId, usize)>>;

impl<'a> EnumFields<'a> {
    pub(crate) fn of(versions: Pair<&'a Schema>) -> Self {
        Self { versions, known: Pair::default() }
    }

    /// Those that name an enum of either version, in the order of the schema.
    pub(crate) fn naming(&self, target: DeclAt<'_>) -> impl Iterator<Item = (DeclId, &'a Field)> {
        let (known, schema) = if std::ptr::eq(target.schema, self.versions.new) {
            (&self.known.new, self.versions.new)
        } else {
            (&self.known.old, self.versions.old)
        };
        let places = known.get_or_init(|| by_enum(schema)).get(&target.id).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|(id, at)| Some((*id, fields(schema.decl(*id)).nth(*at)?)))
    }
}

fn by_enum(schema: &Schema) -> ByEnum {
    let mut by_enum = ByEnum::default();
    for (id, decl) in schema.decls() {
        for (at, field) in fields(decl).enumerate() {
            let target = Shape::of(&field.ty).element.target();
            if let Some(target) = target.filter(|target| schema.decl(*target).as_enum().is_some()) {
                by_enum.entry(target).or_default().push((id, at));
            }
        }
    }
    by_enum
}

fn fields(decl: &Decl) -> impl Iterator<Item = &Field> {
    let of_record = decl.as_record().map_or(&[][..], |record| &record.fields);
    of_record.iter().chain(decl.as_extension().map(|extension| &extension.field))
}
