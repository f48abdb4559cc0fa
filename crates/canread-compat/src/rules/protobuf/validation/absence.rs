//! Whether a record without a field is accepted.

use std::borrow::Cow;

use canread_model::{DeclKind, Field, Literal, Meta, Presence, TypeKind};

use super::{compare::ignores, interval::Domain, tree::Tree, value::accepts};
use crate::{Change, DeclAt, compare::option_value};

/// A new field without which a validating reader refuses the record, with the reason.
pub(in super::super) fn added<'a>(change: &Change<'a>) -> Option<(DeclAt<'a>, &'a Field, String)> {
    let Change::FieldAdded { owner, new } = change else { return None };
    let why = refusal(owner.new, new).or_else(|| {
        // A oneof that came with all its fields: said once, about the first of them.
        let (_, record) = (owner.old.decl().as_record()?, owner.new.decl().as_record()?);
        let oneof = record.oneofs.get(new.oneof? as usize)?;
        if !is_required_oneof(&oneof.meta) {
            return None;
        }
        let mut members = record.fields.iter().filter(|field| field.oneof == new.oneof);
        let is_first = members.next().is_some_and(|first| first.node == new.node);
        let is_new =
            |field: &Field| field.number.is_some_and(|number| owner.old.field_by_number(number.value).is_none());
        (is_first && is_new(new) && members.all(is_new)).then(|| format!("one of `{}` is required", oneof.name))
    })?;
    Some((owner.new, new, why))
}

/// A field that is gone, and without which an old reader that validates refuses the record, with the reason.
pub(in super::super) fn removed<'a>(change: &Change<'a>) -> Option<(DeclAt<'a>, &'a Field, String)> {
    let Change::FieldRemoved { owner, old } = change else { return None };
    Some((owner.old, old, refusal(owner.old, old)?))
}

fn is_required_oneof(meta: &Meta) -> bool {
    let new = option_value(meta, "(buf.validate.oneof)");
    let old = option_value(meta, "(validate.required)");
    new.is_some_and(|rules| Tree::of(Some(&rules)).flag("required", false))
        || old.as_deref() == Some(&Literal::Bool(true))
}

/// Why the rules of a field refuse a record without it.
fn refusal(owner: DeclAt<'_>, field: &Field) -> Option<String> {
    let rules: Cow<'_, Literal> =
        option_value(&field.meta, "(buf.validate.field)").or_else(|| option_value(&field.meta, "(validate.rules)"))?;
    let tree = Tree::of(Some(&rules));
    if ignores(&tree) > 0 {
        return None;
    }
    let required = |tree: &Tree<'_>| tree.flag("required", false);
    let value = value_rules(&tree);
    if required(&tree) || required(&tree.inner("message")) || value.as_ref().is_some_and(|(_, value)| required(value)) {
        return Some("it is required".into());
    }
    // A field whose absence can be told is not validated where it is absent.
    let (name, value) = value?;
    let is_told =
        field.presence != Presence::Implicit && !matches!(field.ty.kind, TypeKind::List(_) | TypeKind::Map(_));
    if is_told || value.flag("ignore_empty", false) {
        return None;
    }
    let zero = zero(owner, field)?;
    (accepts(&value, Domain::ALL, &zero) == Some(false))
        .then(|| format!("`{name}` refuses what an absent field is read as"))
}

/// The rules for the values of a field, with their name.
fn value_rules<'a>(tree: &Tree<'a>) -> Option<(&'static str, Tree<'a>)> {
    let name = super::compare::TYPES.into_iter().find(|name| tree.value(name).is_some())?;
    Some((name, tree.inner(name)))
}

/// What an absent field is read as.
fn zero(owner: DeclAt<'_>, field: &Field) -> Option<Literal> {
    Some(match &field.ty.kind {
        TypeKind::Int(_) => Literal::Int(0),
        TypeKind::Float { .. } => Literal::Float(0.0),
        TypeKind::Bool => Literal::Bool(false),
        TypeKind::String(_) => Literal::String("".into()),
        TypeKind::Bytes => Literal::Bytes(Box::default()),
        TypeKind::List(_) | TypeKind::Map(_) => Literal::List(Vec::new()),
        TypeKind::Ref(target) if matches!(owner.schema.decl(*target).kind, DeclKind::Enum(_)) => Literal::Int(0),
        _ => return None,
    })
}
