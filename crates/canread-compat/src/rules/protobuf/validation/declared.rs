//! Fields that take only the declared values of an enum, where the enum gains or loses a value.
//!
//! Source: `buf/validate/validate.proto`, `EnumRules.defined_only`: "failing on any undefined value".

use canread_model::{EnumValue, Field};

use super::{
    compare::{IGNORES_ALL, ignores},
    tree::Tree,
};
use crate::{
    Change, Context, DeclAt, Direction, Finding, Pair,
    compare::option_value,
    finding::{field_symbol, value_symbol},
    lost_numbers::lost,
};

/// A finding about numbers that the writers' side declares and the readers' side does not, where a field of the readers
/// takes only declared ones. One speaks for all numbers of an enum.
///
/// A closed enum moves the number to the unknown fields before anything is validated, so that only open ones are looked
/// at.
pub(in super::super) fn undeclared(
    change: &Change<'_>,
    context: &Context<'_>,
    direction: Direction,
) -> Option<Finding> {
    let (owner, value) = changed(change, direction)?;
    let (writer, reader) = owner.by_role(direction);
    let (written, read) = (writer.decl().as_enum()?, reader.decl().as_enum()?);
    if !read.is_open || context.lost_numbers.first(owner, direction) != Some(value.node) {
        return None;
    }
    let mut fields = strict(owner, direction, context).into_iter();
    let field = fields.next()?;
    let mut lost = lost(written, read);
    let first = lost.next()?;
    let others: Vec<String> = lost.map(|value| format!("`{}`", value.name)).collect();
    let symbol = value_symbol(writer, first);
    let number = first.number.unwrap_or_default();
    let (what, who, site) = match direction {
        Direction::Backward => ("is gone", "new", "old data has this value"),
        Direction::Forward => ("is new", "old", "new data has this value"),
    };
    let mut finding = Finding::new(
        &symbol,
        format!("`{symbol}` = {number} {what}, and `{field}` takes only declared values: {who} readers that validate refuse it"),
    )
    .shape(format!("{what}: {number}, {}", others.join(", ")));
    finding = match direction {
        Direction::Backward => finding.old(first.node, site),
        Direction::Forward => finding.new_site(first.node, site),
    };
    if !others.is_empty() {
        finding = finding.note(format!("the same holds for {}", others.join(", ")));
    }
    let fields: Vec<String> = fields.map(|field| format!("`{field}`")).collect();
    if !fields.is_empty() {
        finding = finding.note(format!("only declared values are taken by {}, too", fields.join(", ")));
    }
    Some(finding)
}

/// A value that the writers of a direction have and the readers may not have.
fn changed<'a>(change: &Change<'a>, direction: Direction) -> Option<(Pair<DeclAt<'a>>, &'a EnumValue)> {
    match (change, direction) {
        (Change::EnumValueRemoved { owner, old }, Direction::Backward) => Some((*owner, old)),
        (Change::EnumValueAdded { owner, new }, Direction::Forward) => Some((*owner, new)),
        (Change::EnumValueRenumbered { owner, value }, Direction::Backward) => Some((*owner, value.old)),
        (Change::EnumValueRenumbered { owner, value }, Direction::Forward) => Some((*owner, value.new)),
        _ => None,
    }
}

/// The fields of the readers that take only declared values of an enum, and that the writers have too.
fn strict(enums: Pair<DeclAt<'_>>, direction: Direction, context: &Context<'_>) -> Vec<String> {
    let (writer, reader) = enums.by_role(direction);
    let is_written = |owner: DeclAt<'_>, field: &Field| {
        let same = writer.schema.find_all(&owner.decl().full_name);
        same.chain(context.renamed.of_writers(owner.id, direction)).any(|id| has(writer.at(id), field))
    };
    let naming = context.enum_fields.naming(reader).map(|(owner, field)| (reader.at(owner), field));
    naming
        .filter(|(owner, field)| takes_only_declared(field) && is_written(*owner, field))
        .map(|(owner, field)| field_symbol(owner, field))
        .collect()
}

/// Whether the writers have a field in a declaration, under whatever name.
fn has(decl: DeclAt<'_>, field: &Field) -> bool {
    let has_number = |number: i32| decl.field_by_number(number).is_some();
    decl.decl().as_extension().is_some() || field.number.is_some_and(|number| has_number(number.value))
}

/// Whether the rules of a field, of its items or of its values say so.
fn takes_only_declared(field: &Field) -> bool {
    let Some(rules) =
        option_value(&field.meta, "(buf.validate.field)").or_else(|| option_value(&field.meta, "(validate.rules)"))
    else {
        return false;
    };
    let whole = Tree::of(Some(&rules));
    let is_validated = |tree: &Tree<'_>| ignores(tree) < IGNORES_ALL;
    let inner = [whole.inner("repeated").inner("items"), whole.inner("map").inner("values")];
    is_validated(&whole)
        && std::iter::once(&whole)
            .chain(&inner)
            .any(|tree| is_validated(tree) && tree.inner("enum").flag("defined_only", false))
}
