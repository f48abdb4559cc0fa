//! A plan that is being made.

use super::{Action, ActionId, Mismatch, MismatchKind};
use crate::layout::{TypeId, index};

/// The actions and mismatches of a plan that is being made.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) actions: Vec<Resolved>,
    pub(super) mismatches: Vec<Mismatch>,
}

/// An action with the types that it is for.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) writer: TypeId,
    pub(super) reader: TypeId,
    pub(super) action: Action,
}

/// Where in the writer's data something is, for messages.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: String,
    /// Whether all data has it.
    pub(super) meets_all_data: bool,
}

impl Place {
    /// The whole value.
    pub(super) fn root() -> Self {
        Self { path: String::new(), meets_all_data: true }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { path: format!("{}{dot}{name}", self.path), meets_all_data: self.meets_all_data }
    }

    /// Something that data may do without.
    pub(super) fn maybe(&self, suffix: &str) -> Self {
        Self { path: format!("{}{suffix}", self.path), meets_all_data: false }
    }
}

impl Draft {
    /// A place for an action, until it is [`set`](Self::set).
    pub(super) fn add(&mut self, writer: TypeId, reader: TypeId) -> ActionId {
        let id = ActionId(index(self.actions.len()));
        self.actions.push(Resolved { writer, reader, action: Action::Refuse(u32::MAX) });
        id
    }

    pub(super) fn set(&mut self, id: ActionId, action: Action) {
        if let Some(resolved) = self.actions.get_mut(id.0 as usize) {
            resolved.action = action;
        }
    }

    /// Notes what the reader can't take, and refuses data that has it.
    pub(super) fn refuse(&mut self, kind: MismatchKind, place: &Place) -> Action {
        let at = index(self.mismatches.len());
        self.note(kind, place, place.meets_all_data);
        Action::Refuse(at)
    }

    /// Notes what the reader can't take.
    pub(super) fn note(&mut self, kind: MismatchKind, place: &Place, meets_all_data: bool) {
        self.mismatches.push(Mismatch::new(kind, &place.path, meets_all_data));
    }
}
