//! What is read as if the reader had written it.

use super::draft::Resolved;
use super::{Action, ActionId, Step};
use crate::layout::{FieldLayout, Layout, LayoutKind, TypeId};

/// Replaces every action that changes nothing by [`Action::Same`], those of records that hold themselves too.
///
/// All are taken to change nothing until one of them, or of what they are made of, does. Each is looked at once
/// for itself, and once for each use of something that turned out to change.
pub(super) fn collapse(actions: &mut [Resolved], writer: &Layout, reader: &Layout) {
    let mut is_same: Vec<bool> =
        actions.iter().map(|resolved| may_be_same(resolved, actions, writer, reader)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); actions.len()];
    for (at, resolved) in actions.iter().enumerate() {
        for child in children(&resolved.action) {
            if let Some(users) = users.get_mut(child.0 as usize) {
                users.push(at);
            }
        }
    }
    let mut changed: Vec<usize> = (0..actions.len()).filter(|at| is_same.get(*at) == Some(&false)).collect();
    while let Some(at) = changed.pop() {
        for user in users.get_mut(at).map(std::mem::take).unwrap_or_default() {
            if is_same.get_mut(user).is_some_and(|is_same| std::mem::replace(is_same, false)) {
                changed.push(user);
            }
        }
    }
    for (resolved, is_same) in actions.iter_mut().zip(is_same) {
        // A value that goes into a union is the same only where the writer had the same union around it.
        if is_same && !matches!(resolved.action, Action::Into { .. } | Action::Null) {
            resolved.action = Action::Same(resolved.reader);
        }
    }
}

/// Whether an action changes nothing, if what it is made of does not.
fn may_be_same(resolved: &Resolved, actions: &[Resolved], writer: &Layout, reader: &Layout) -> bool {
    let action = |id: ActionId| actions.get(id.0 as usize).map(|resolved| &resolved.action);
    // A value that only the reader may leave out has no branch before it in the data, where the reader looks for one.
    let stays = |id: ActionId, ty: TypeId| match actions.get(id.0 as usize) {
        Some(Resolved { action: Action::Null, .. }) => reader.kind(ty) == LayoutKind::Null,
        Some(Resolved { action: Action::Into { .. }, .. }) | None => false,
        Some(resolved) => resolved.reader == ty,
    };
    match &resolved.action {
        Action::Same(_) | Action::Null | Action::Into { .. } => true,
        Action::Promote(_) | Action::Number { .. } | Action::Refuse(_) => false,
        // A field that one side does not have changes nothing: it is absent, or kept as unknown.
        Action::Numbered(steps) => steps.steps.iter().all(|step| !step.is_reframed),
        Action::Symbols(symbols) => match reader.kind(resolved.reader) {
            LayoutKind::Enum(to) => {
                let to = reader.declared_enum(to);
                to.symbols.len() == symbols.len()
                    && to.symbols.iter().zip(symbols).all(|((number, _), symbol)| *symbol == Some(*number))
            }
            _ => false,
        },
        Action::Record(steps) => {
            let fields = &reader.record(steps.record).fields;
            let is_in_place = |(at, (step, own)): (u32, (&Step, &FieldLayout))| match step {
                Step::Read { field, action } => *field == at && stays(*action, own.ty),
                _ => false,
            };
            steps.defaults.is_empty()
                && steps.steps.len() == fields.len()
                && (0..).zip(steps.steps.iter().zip(fields)).all(is_in_place)
        }
        Action::List(item) => match reader.kind(resolved.reader) {
            LayoutKind::List { item: ty, .. } => stays(*item, ty),
            _ => false,
        },
        Action::Map(value) => match reader.kind(resolved.reader) {
            LayoutKind::Map { value: ty, .. } => stays(*value, ty),
            _ => false,
        },
        Action::Branches(branches) => match (writer.kind(resolved.writer), reader.kind(resolved.reader)) {
            (LayoutKind::Nullable { is_null_last: from, .. }, LayoutKind::Nullable { is_null_last: to, .. }) => {
                from == to
            }
            (LayoutKind::Union(_), LayoutKind::Union(to)) => {
                let is_in_place = |(at, branch): (u32, &ActionId)| match action(*branch) {
                    Some(Action::Into { branch, .. }) => *branch == at,
                    _ => false,
                };
                reader.union(to).branches.len() == branches.len() && (0..).zip(branches).all(is_in_place)
            }
            _ => false,
        },
    }
}

fn children(action: &Action) -> Vec<ActionId> {
    match action {
        Action::Record(steps) => {
            let reads = steps.steps.iter().filter_map(|step| match step {
                Step::Read { action, .. } => Some(*action),
                _ => None,
            });
            reads.collect()
        }
        Action::Numbered(steps) => steps.steps.iter().map(|step| step.action).collect(),
        Action::List(child) | Action::Map(child) | Action::Into { value: child, .. } => vec![*child],
        Action::Branches(branches) => branches.to_vec(),
        _ => Vec::new(),
    }
}
