//! Which fields name an enum: a rule that asks this for every changed value must not look through the schema each time.

use std::cell::OnceCell;

use canread_model::{DeclId, Field, Schema};
use rustc_hash::FxHashMap;

use crate::{DeclAt, Pair, Shape};

/// The fields and extensions of each version by the enum that their type, their items or their map values name.
#[derive(Debug)]
pub(crate) struct EnumFields<'a> {
    versions: Pair<&'a Schema>,
    known: Pair<OnceCell<ByEnum<'a>>>,
}

/// A field with the declaration that it is in.
type ByEnum<'a> = FxHashMap<DeclId, Vec<(DeclId, &'a Field)>>;

impl<'a> EnumFields<'a> {
    pub(crate) fn of(versions: Pair<&'a Schema>) -> Self {
        Self { versions, known: Pair::default() }
    }

    /// Those that name an enum of either version, in the order of the schema.
    pub(crate) fn naming(&self, target: DeclAt<'_>) -> &[(DeclId, &'a Field)] {
        let (known, schema) = if std::ptr::eq(target.schema, self.versions.new) {
            (&self.known.new, self.versions.new)
        } else {
            (&self.known.old, self.versions.old)
        };
        known.get_or_init(|| by_enum(schema)).get(&target.id).map_or(&[], Vec::as_slice)
    }
}

fn by_enum(schema: &Schema) -> ByEnum<'_> {
    let mut fields = ByEnum::default();
    for (id, decl) in schema.decls() {
        let of_record = decl.as_record().map_or(&[][..], |record| &record.fields);
        let of_extension = decl.as_extension().map(|extension| &extension.field);
        for field in of_record.iter().chain(of_extension) {
            let target = Shape::of(&field.ty).element.target();
            if let Some(target) = target.filter(|target| schema.decl(*target).as_enum().is_some()) {
                fields.entry(target).or_default().push((id, field));
            }
        }
    }
    fields
}
