//! The way through what a writer wrote, by a plan.

use core::fmt;

use canread_model::Format;
use canread_plan::{Action, ActionId, LayoutKind, NumberedSteps, Plan, TypeId};
use canread_wire::{FieldPath, Limits};

use super::super::key::Wire;
use super::super::read::Failure;
use super::super::value::wire_of;
use super::super::written::{is_run, is_written};
use super::{Failed, Fields, Found, Place, walked};

/// The way to what failed at that offset, when a type read what another schema wrote, and why the plan refuses it. Its names are those of
/// the type.
#[cold]
pub(in super::super) fn path<'a>(plan: &'a Plan, input: &[u8], failure: &Failure, limits: &Limits) -> Failed<'a> {
    let root = plan.reader().root_in(Format::Protobuf);
    match root.and_then(|root| Resolved::of(plan, root, Some(plan.root()))) {
        Some(root) => walked(root, input, failure, limits),
        None => (FieldPath::default(), None),
    }
}

/// What lies in a message, as the plan's reader has it.
struct Resolved<'a> {
    plan: &'a Plan,
    kind: LayoutKind,
    /// What becomes of fields that are not read as the reader has them.
    steps: Option<&'a NumberedSteps>,
}

impl<'a> Resolved<'a> {
    /// What lies in a value of the reader; none if it is no message.
    fn of(plan: &'a Plan, ty: TypeId, action: Option<ActionId>) -> Option<Self> {
        let steps = match action.map(|action| plan.action(action)) {
            Some(Action::Numbered(steps)) => Some(steps),
            _ => None,
        };
        match plan.reader().kind(ty) {
            LayoutKind::List { item, .. } => Self::of(plan, item, action),
            kind @ (LayoutKind::Record(_) | LayoutKind::Map { .. }) => Some(Self { plan, kind, steps }),
            _ => None,
        }
    }

    /// A field of the reader by its index: its name, its type, and whether it lies between tags.
    fn field(&self, at: usize) -> Option<(Option<&'a str>, TypeId, bool)> {
        match self.kind {
            LayoutKind::Record(id) => {
                let field = self.plan.reader().record(id).fields.get(at)?;
                Some((Some(&field.name), field.ty, field.is_delimited))
            }
            LayoutKind::Map { key, .. } if at == 0 => Some((None, key, false)),
            LayoutKind::Map { value, .. } if at == 1 => Some((None, value, false)),
            _ => None,
        }
    }

    fn by_number(&self, number: u32) -> Option<usize> {
        match self.kind {
            LayoutKind::Record(id) => self.plan.reader().record(id).field_by_number(number.cast_signed()),
            _ => usize::try_from(number).ok()?.checked_sub(1),
        }
    }
}

impl<'a> Fields<'a> for Resolved<'a> {
    fn find(&self, number: u32, wire: Wire) -> Option<Found<'a, Self>> {
        let plan = self.plan;
        let step = self.steps.and_then(|steps| steps.step(number)).filter(|step| is_written(plan, step, wire));
        if let Some(step) = step {
            let (name, ty, _) = self.field(step.field as usize)?;
            let written = plan.writer().kind(step.written);
            let place = match plan.reader().kind(ty) {
                LayoutKind::List { .. } if is_run(written, wire) => Place::Run(wire_of(written)),
                LayoutKind::List { .. } | LayoutKind::Map { .. } => Place::Item,
                _ => Place::Whole,
            };
            let reason = match plan.action(step.action) {
                Action::Refuse(at) => plan.refusal(*at).map(|reason| reason as &dyn fmt::Display),
                _ => None,
            };
            return Some(Found { name, place, inside: Self::of(plan, ty, Some(step.action)), reason });
        }
        let (name, ty, is_delimited) = self.field(self.by_number(number)?)?;
        let own = |kind| match kind {
            LayoutKind::Record(_) if is_delimited => Wire::GROUP_START,
            kind => wire_of(kind),
        };
        let place = match plan.reader().kind(ty) {
            LayoutKind::List { item, .. } if is_run(plan.reader().kind(item), wire) => {
                Place::Run(wire_of(plan.reader().kind(item)))
            }
            LayoutKind::List { item, .. } if wire == own(plan.reader().kind(item)) => Place::Item,
            LayoutKind::Map { .. } if wire == Wire::LENGTH => Place::Item,
            kind if wire == own(kind) && !matches!(kind, LayoutKind::List { .. } | LayoutKind::Map { .. }) => {
                Place::Whole
            }
            // It is written otherwise, and passed over.
            _ => return Some(Found { name, place: Place::Whole, inside: None, reason: None }),
        };
        Some(Found { name, place, inside: Self::of(plan, ty, None), reason: None })
    }

    fn is_one_value(&self) -> bool {
        // The plan's reader is a type's own schema, in which these are dates and times.
        let LayoutKind::Record(id) = self.kind else { return false };
        let name = &self.plan.reader().record(id).name;
        name.starts_with("google.type.") || name.starts_with("google.protobuf.")
    }
}
