//! Which parts of the old text can be put back, so that the new text is still a schema: what the old text had may be
//! reserved by now, or taken, or gone.

use canread_model::{DeclId, Enum, EnumValue, Field, ImportKind, Literal, Method, Module, RecordKind, Type};

use super::{enum_value::Enums, field::FieldAt};
use crate::{
    Cardinality, DeclAt, FieldPair, Pair, Shape,
    compare::counterpart,
    fix::{Fix, Part, Restored},
    json_name,
};

/// How many members may have to get their numbers back together.
const TOGETHER_MAX: usize = 10;

/// Gives a field its old name back.
pub(super) fn field_name(fields: &FieldPair<'_>) -> Option<Fix> {
    let owner = fields.owner.new;
    let is_free = is_name_free(owner, &fields.old.name) && is_key_free(fields);
    let part = |part| Restored { part, old: fields.old.node, new: fields.new.node };
    // The name alone could give the field a key that neither version has.
    is_free.then(|| Fix::Restore(vec![part(Part::Name), part(Part::Option("json_name"))]))
}

/// Gives a field that has kept its name its old name in JSON back.
pub(super) fn field_key(fields: &FieldPair<'_>) -> Option<Fix> {
    fields.owner.new.decl().as_record()?;
    is_key_free(fields).then(|| field_option(fields, "json_name"))
}

/// Gives a oneof its old name back.
pub(super) fn oneof_name(owner: Pair<DeclAt<'_>>, oneof: Pair<&canread_model::Oneof>) -> Option<Fix> {
    let is_free = is_name_free(owner.new, &oneof.old.name);
    is_free.then(|| Fix::restore(Part::Name, oneof.old.node, oneof.new.node))
}

/// Gives a declaration its old name back, if nothing names it: whatever does would have to change too.
pub(super) fn unnamed_decl(pair: Pair<DeclAt<'_>>) -> Option<Fix> {
    let decls = pair.decls();
    let scope = |decl: DeclAt<'_>| decl.name().rsplit_once('.').map_or("", |(scope, _)| scope).to_owned();
    let is_free = scope(pair.old) == scope(pair.new) && pair.new.schema.find(pair.old.name()).is_none();
    is_free.then(|| Fix::restore(Part::Name, decls.old.node, decls.new.node))
}

/// Gives an enum value its old name back.
pub(super) fn value_name(enums: Enums<'_>, value: Pair<&EnumValue>) -> Option<Fix> {
    let (new, name) = (enums.new, &value.old.name);
    let is_free = new.value(name).is_none() && !new.reserved.has_name(name);
    is_free.then(|| Fix::restore(Part::Name, value.old.node, value.new.node))
}

/// Gives a field its old number back, and those that it collides with theirs.
pub(super) fn field_number(old: FieldAt<'_>, new: FieldAt<'_>) -> Option<Fix> {
    let (was, is) = (old.owner, new.owner);
    is.decl().as_record()?;
    let number = |field: &Field| field.number.map(|number| i64::from(number.value));
    let mut parts = Vec::new();
    let (mut old, mut new) = (old.field, new.field);
    while parts.len() < TOGETHER_MAX {
        parts.push(Restored { part: Part::Number, old: old.node, new: new.node });
        let wanted = number(old)?;
        if is.has_reserved_number(wanted) || is.has_extension_number(wanted) {
            return None;
        }
        let is_moved = |field: &Field| parts.iter().any(|part| part.new == field.node);
        let holder = old.number.and_then(|number| is.field_by_number(number.value));
        let Some(holder) = holder.filter(|holder| !is_moved(holder)) else {
            return Some(Fix::Restore(parts));
        };
        (old, new) = (was.field(&holder.name)?, holder);
    }
    None
}

/// Gives an extension its old number back.
pub(super) fn extension_number(fields: &FieldPair<'_>) -> Option<Fix> {
    let number = i64::from(fields.old.number?.value);
    let extendee = |decl: DeclAt<'_>| decl.decl().as_extension()?.extendee.target();
    let target = extendee(fields.owner.new)?;
    let schema = fields.owner.new.schema;
    let is_taken = schema.decls().any(|(id, decl)| {
        let of_same = || extendee(DeclAt { id, schema }) == Some(target);
        decl.as_extension().is_some_and(|own| own.field.number.is_some_and(|own| i64::from(own.value) == number))
            && of_same()
    });
    let is_free = schema.is_number_for_extensions(target, number) && !is_taken;
    is_free.then(|| Fix::restore(Part::Number, fields.old.node, fields.new.node))
}

/// Gives an enum value its old number back, and those that it collides with theirs.
pub(super) fn value_number(enums: Enums<'_>, value: Pair<&EnumValue>) -> Option<Fix> {
    let (was, is): (&Enum, &Enum) = (enums.old, enums.new);
    let mut parts = Vec::new();
    let Pair { mut old, mut new } = value;
    while parts.len() < TOGETHER_MAX {
        parts.push(Restored { part: Part::Number, old: old.node, new: new.node });
        if is.reserved.has_number(old.number?) {
            return None;
        }
        let is_moved = |value: &EnumValue| parts.iter().any(|part| part.new == value.node);
        let mut holders = is.values.iter().filter(|holder| holder.number == old.number && !is_moved(holder));
        // Two names of one number are fine if they had it in common before.
        let Some((holder, before)) = holders.find_map(|holder| match was.value(&holder.name) {
            Some(before) if before.number == old.number && is.allow_alias => None,
            before => Some((holder, before)),
        }) else {
            let first = is.values.first()?;
            let is_moved = parts.iter().any(|part| part.new == first.node);
            // The first value of an open enum stays zero.
            let is_zero = !is_moved || was.value(&first.name)?.number == Some(0);
            return (is_zero || !is.is_open).then_some(Fix::Restore(parts));
        };
        (old, new) = (before.filter(|before| before.number != old.number)?, holder);
    }
    None
}

/// Gives a field its old type back, and what goes with it: whether it is a list, its default.
pub(super) fn field_type(fields: &FieldPair<'_>) -> Option<Fix> {
    let FieldPair { owner, old, new } = *fields;
    let shapes = Pair { old: Shape::of(&old.ty), new: Shape::of(&new.ty) };
    let is_known = is_known(owner, &old.ty) && !is_group(owner.old, &old.ty) && !is_group(owner.new, &new.ty);
    if !is_known || (shapes.old.cardinality == Cardinality::Map && declares_entry(owner.new, new)) {
        return None;
    }
    let (part, nodes) = if shapes.old.cardinality == shapes.new.cardinality {
        (Part::Whole, (old.ty.node, new.ty.node))
    } else if old.oneof.is_some() == new.oneof.is_some() {
        (Part::Type, (old.node, new.node))
    } else {
        // A list can't be in a oneof, and a field can't leave it where it stands.
        return None;
    };
    if is_declared_ahead(owner.new) {
        return None;
    }
    let mut parts = vec![Restored { part, old: nodes.0, new: nodes.1 }];
    parts.extend(default_of(fields)?);
    Some(Fix::Restore(parts))
}

/// Gives a field its old presence back.
pub(super) fn field_presence(fields: &FieldPair<'_>) -> Option<Fix> {
    let FieldPair { old, new, .. } = *fields;
    if old.oneof.is_some() != new.oneof.is_some() {
        return None;
    }
    let part = |part| Restored { part, old: old.node, new: new.node };
    let mut parts = vec![part(Part::Label), part(Part::Option("features.field_presence"))];
    // Without presence there is no default.
    parts.extend(default_of(fields)?);
    Some(Fix::Restore(parts))
}

/// Gives a field its old default back.
pub(super) fn field_default(fields: &FieldPair<'_>) -> Option<Fix> {
    default_of(fields)?.map(|part| Fix::Restore(vec![part]))
}

/// Gives a field's own option its old value back.
pub(super) fn field_option(fields: &FieldPair<'_>, name: &'static str) -> Fix {
    Fix::restore(Part::Option(name), fields.old.node, fields.new.node)
}

/// Gives a method its old request or response back.
pub(super) fn payload(owner: Pair<DeclAt<'_>>, types: Pair<&Type>) -> Option<Fix> {
    is_known(owner, types.old).then(|| Fix::restore(Part::Whole, types.old.node, types.new.node))
}

/// Lets a method stream what it did.
pub(super) fn streams(method: Pair<&Method>) -> Fix {
    Fix::restore(Part::Streams, method.old.node, method.new.node)
}

/// The default, if it differs; nothing at all if it can't be put back.
#[expect(clippy::option_option, reason = "no need and no way are two answers")]
fn default_of(fields: &FieldPair<'_>) -> Option<Option<Restored>> {
    let (old, new) = (fields.old.default_value(), fields.new.default_value());
    let is_same = match (old, new) {
        (Some(old), Some(new)) => old.same(new),
        (old, new) => old.is_none() && new.is_none(),
    };
    if is_same {
        return Some(None);
    }
    if let Some(Literal::Symbol(name)) = old
        && let Some(named) = fields.new.ty.target()
        && fields.owner.new.schema.decl(named).as_enum().is_some_and(|named| named.value(name).is_none())
    {
        return None;
    }
    Some(Some(Restored { part: Part::Option("default"), old: fields.old.node, new: fields.new.node }))
}

fn is_name_free(owner: DeclAt<'_>, name: &str) -> bool {
    owner.decl().as_record().is_some() && !owner.schema.is_named_in(owner.id, name) && !owner.has_reserved_name(name)
}

/// Whether no other field of the new version has the old one's name in JSON.
fn is_key_free(fields: &FieldPair<'_>) -> bool {
    let (owner, key) = (fields.owner.new, json_name(fields.owner.old, fields.old));
    owner.schema.fields_by_json_name(owner.id, &key).all(|other| other.node == fields.new.node)
}

/// Whether a record declares what a map would declare too: `StockEntry` for `stock`.
fn declares_entry(owner: DeclAt<'_>, field: &Field) -> bool {
    let bare = |name: &str| name.replace('_', "").to_lowercase();
    let entry = format!("{}entry", bare(&field.name));
    let name = |id: &DeclId| owner.schema.decl(*id).name.as_deref().map(bare);
    owner.decl().children.iter().any(|child| name(child).as_ref() == Some(&entry))
}

/// Whether the extended message says what type the extension has: the extension alone can't have another one.
///
/// Source: Protobuf, "Extension Declarations".
fn is_declared_ahead(owner: DeclAt<'_>) -> bool {
    let declares = || {
        let extension = owner.decl().as_extension()?;
        let number = i64::from(extension.field.number?.value);
        let extended = owner.schema.decl(extension.extendee.target()?).as_record()?;
        let mut ranges = extended.extension_ranges.iter();
        let range = ranges.find(|range| (range.start..=range.end).contains(&number))?;
        Some(range.meta.annotations.iter().any(|annotation| &*annotation.path == "declaration"))
    };
    declares() == Some(true)
}

fn is_group(owner: DeclAt<'_>, ty: &Type) -> bool {
    ty.target()
        .and_then(|target| owner.schema.decl(target).as_record())
        .is_some_and(|record| record.kind == RecordKind::Group)
}

/// Whether the text of an old type means the same where it stood in the new version.
fn is_known(owner: Pair<DeclAt<'_>>, old: &Type) -> bool {
    let shape = Shape::of(old);
    let Some(id) = shape.element.target() else { return true };
    let target = owner.old.schema.decl(id);
    let schema = owner.new.schema;
    let versions = Pair { old: owner.old.schema, new: schema };
    let Some(found) = counterpart(versions, id).map(|id| schema.decl(id)) else { return false };
    // Files that are apart may declare one name: the one of the old file is meant, or there is no telling.
    let file = &owner.old.schema.module(target.module).name;
    if schema.find_all(&target.full_name).nth(1).is_some() && schema.module(found.module).name != *file {
        return false;
    }
    let is_same_sort = std::mem::discriminant(&found.kind) == std::mem::discriminant(&target.kind);
    // A name may be said in part, which depends on where it stands.
    let is_same_place = owner.old.name() == owner.new.name();
    is_same_sort && is_same_place && is_in_sight(owner.new, schema.module(found.module))
}

/// Whether a file sees the declarations of another one.
fn is_in_sight(from: DeclAt<'_>, home: &Module) -> bool {
    let module = from.module();
    let mut pending: Vec<&Module> = vec![module];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = pending.pop() {
        if next.name == home.name {
            return true;
        }
        if !seen.insert(&*next.name) {
            continue;
        }
        for import in &next.imports {
            let counts = std::ptr::eq(next, module) || import.kind == ImportKind::Public;
            if counts && import.kind != ImportKind::OptionOnly {
                if import.target == home.name {
                    return true;
                }
                pending.extend(import.module.map(|id| from.schema.module(id)));
            }
        }
    }
    false
}
