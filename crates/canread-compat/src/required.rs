//! Which enums stand in required fields: a reader that drops such a value refuses the message that it was in.

use canread_model::{DeclId, Presence, Schema};
use rustc_hash::FxHashSet;

use crate::{Direction, Effect, Pair, Shape};

/// The enums that a required field of each version names.
///
/// A closed enum moves a number without a name to the unknown fields, so the field is missing, and a message without a
/// required field can't be parsed.
///
/// Source: Protobuf, "Enum Behavior"; "Language Guide (proto 2)", "Field Cardinality".
#[derive(Debug, Default)]
pub(crate) struct RequiredEnums(Pair<FxHashSet<DeclId>>);

impl RequiredEnums {
    pub(crate) fn of(versions: Pair<&Schema>) -> Self {
        Self(Pair { old: named(versions.old), new: named(versions.new) })
    }

    /// What comes of a value that readers of a closed enum drop.
    pub(crate) fn effect(&self, direction: Direction, enums: Pair<DeclId>) -> Effect {
        let is_required = match direction {
            Direction::Backward => self.0.new.contains(&enums.new),
            Direction::Forward => self.0.old.contains(&enums.old),
        };
        if is_required { Effect::Error } else { Effect::Dropped }
    }
}

fn named(schema: &Schema) -> FxHashSet<DeclId> {
    let fields = schema.decls().filter_map(|(_, decl)| decl.as_record()).flat_map(|record| &record.fields);
    let required = fields.filter(|field| field.presence == Presence::Required);
    let targets = required.filter_map(|field| Shape::of(&field.ty).element.target());
    targets.filter(|target| schema.decl(*target).as_enum().is_some()).collect()
}
