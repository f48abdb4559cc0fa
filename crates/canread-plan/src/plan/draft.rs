//! A plan that is being made.

use super::{Action, ActionId, Mismatch, MismatchKind};
use crate::layout::{TypeId, index};

/// Steps for each field, symbol and branch of both schemas. Versions of one schema need about one.
const STEPS_PER_MEMBER: usize = 16;

/// Steps that small schemas may take too. They cost some hundredths of a second.
const STEPS_MIN: usize = 50_000;

/// How long the path of a mismatch may be in a record that is in many others; what is more is an ellipsis.
const PATH_BYTES: usize = 1_000;

/// The actions and mismatches of a plan that is being made.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) actions: Vec<Resolved>,
    pub(super) mismatches: Vec<Mismatch>,
    /// Fields name types in as many combinations as they like: of `n` records all `n * n` pairs. So what is looked at in pairs has a
    /// budget.
    steps_left: usize,
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
        Self { path: self.path_with([dot, name]), meets_all_data: self.meets_all_data }
    }

    /// Something that data may do without.
    pub(super) fn maybe(&self, suffix: &str) -> Self {
        Self { path: self.path_with([suffix, ""]), meets_all_data: false }
    }

    fn path_with(&self, more: [&str; 2]) -> String {
        const MORE: char = '…';
        let [first, second] = more;
        if self.path.len() < PATH_BYTES {
            format!("{}{first}{second}", self.path)
        } else if self.path.ends_with(MORE) {
            self.path.clone()
        } else {
            format!("{}{MORE}", self.path)
        }
    }
}

impl Draft {
    /// A plan for schemas that have so many members together.
    pub(super) fn for_members(count: usize) -> Self {
        let steps_left = count.saturating_mul(STEPS_PER_MEMBER).saturating_add(STEPS_MIN);
        Self { actions: Vec::new(), mismatches: Vec::new(), steps_left }
    }

    /// Spends steps: fields or branches that are looked at.
    pub(super) fn spend(&mut self, steps: usize) {
        self.steps_left = self.steps_left.saturating_sub(steps);
    }

    /// Whether there are too many pairs, so that there is no plan.
    pub(super) fn is_spent(&self) -> bool {
        self.steps_left == 0
    }

    /// Says that there are too many pairs.
    pub(super) fn give_up(&mut self, place: &Place) -> Action {
        self.refuse(MismatchKind::TooManyPairs, &Place { path: place.path.clone(), meets_all_data: true })
    }

    /// A place for an action, until it is [`set`](Self::set).
    pub(super) fn add(&mut self, writer: TypeId, reader: TypeId) -> ActionId {
        self.spend(1);
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
