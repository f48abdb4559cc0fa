//! The way through what a writer wrote, by a plan: with the reader's names, and those of the writer where the reader has no such field.

use canread_plan::{Action, ActionId, LayoutKind, Plan, Promotion, Step, Steps, TypeId};
use canread_wire::Limits;

use super::super::read::Failure;
use super::layout::{self, map_of};
use super::{Failed, Segment, Walk, walked};

/// The way to what failed at that offset, when a type read what another schema wrote, and why the plan refuses it.
#[cold]
pub(in super::super) fn path<'a>(plan: &'a Plan, input: &'a [u8], failure: &'a Failure, limits: &Limits) -> Failed<'a> {
    let types = Types { written: plan.writer().root(), read: plan.reader().root() };
    walked(input, failure, limits, |walk| root(walk, plan, plan.root(), types))
}

/// What an action is for.
#[derive(Clone, Copy)]
struct Types {
    written: TypeId,
    read: TypeId,
}

/// The outermost record, which is on no level.
fn root<'a>(walk: &mut Walk<'a>, plan: &'a Plan, id: ActionId, types: Types) -> Option<()> {
    match plan.action(id) {
        Action::Same(ty) => match plan.reader().kind(*ty) {
            LayoutKind::Record(id) => layout::fields(walk, plan.reader(), id, false),
            _ => None,
        },
        Action::Record(steps) => fields(walk, plan, steps, types.written),
        Action::Branches(branches) => {
            let (id, written) = branch(walk, plan, branches, types.written)?;
            walk.enter()?;
            root(walk, plan, id, Types { written, ..types })?;
            walk.leave();
            Some(())
        }
        Action::Refuse(at) => walk.refused(plan, *at),
        _ => None,
    }
}

/// Walks over what an action reads. What it refuses is what failed.
fn value<'a>(walk: &mut Walk<'a>, plan: &'a Plan, id: ActionId, types: Types) -> Option<()> {
    let (writer, reader) = (plan.writer().kind(types.written), plan.reader().kind(types.read));
    // What is never null is read as what the reader has beside null.
    let reader = match reader {
        LayoutKind::Nullable { inner, .. } => plan.reader().kind(inner),
        reader => reader,
    };
    match (plan.action(id), writer, reader) {
        (Action::Same(ty), ..) => layout::value(walk, plan.reader(), *ty, false),
        (Action::Null, ..) => Some(()),
        (Action::Promote(Promotion::FloatToDouble), ..) => walk.bytes(4),
        (Action::Promote(Promotion::StringToBytes | Promotion::BytesToString), ..) => walk.counted(),
        (Action::Promote(_) | Action::Symbols(_), ..) => walk.long().map(drop),
        (Action::Record(steps), ..) => {
            walk.enter()?;
            fields(walk, plan, steps, types.written)?;
            walk.leave();
            Some(())
        }
        (Action::List(item), LayoutKind::List { item: written, .. }, LayoutKind::List { item: read, .. }) => {
            walk.items(false, &mut |walk| value(walk, plan, *item, Types { written, read }))
        }
        (Action::Map(own), LayoutKind::Map { value: written, .. }, LayoutKind::Map { value: read, .. }) => {
            walk.items(false, &mut |walk| {
                walk.counted()?;
                value(walk, plan, *own, Types { written, read })
            })
        }
        (Action::Branches(branches), ..) => {
            // A record in a union that the type does not have is on two levels.
            let is_level = matches!(plan.reader().kind(types.read), LayoutKind::Record(_));
            if is_level {
                walk.enter()?;
            }
            let (id, written) = branch(walk, plan, branches, types.written)?;
            value(walk, plan, id, Types { written, ..types })?;
            if is_level {
                walk.leave();
            }
            Some(())
        }
        (Action::Into { value: own, .. }, ..) if *plan.action(*own) == Action::Null => Some(()),
        (Action::Into { branch, value: own }, _, LayoutKind::Union(union)) => {
            let read = *plan.reader().union(union).branches.get(*branch as usize)?;
            walk.enter()?;
            value(walk, plan, *own, Types { read, ..types })?;
            walk.leave();
            Some(())
        }
        (Action::Refuse(at), ..) => walk.refused(plan, *at),
        _ => None,
    }
}

/// The branch of the writer's union that comes next: what becomes of it, and what it is. Null has no type here, and needs none.
fn branch(walk: &mut Walk<'_>, plan: &Plan, branches: &[ActionId], written: TypeId) -> Option<(ActionId, TypeId)> {
    let index = usize::try_from(walk.long()?).ok()?;
    let written = match plan.writer().kind(written) {
        LayoutKind::Nullable { inner, .. } => inner,
        LayoutKind::Union(union) => *plan.writer().union(union).branches.get(index)?,
        _ => return None,
    };
    Some((*branches.get(index)?, written))
}

/// Walks over the fields of a record, in the order of the writer.
fn fields<'a>(walk: &mut Walk<'a>, plan: &'a Plan, steps: &'a Steps, written: TypeId) -> Option<()> {
    let LayoutKind::Record(id) = plan.writer().kind(written) else { return None };
    let read_fields = &plan.reader().record(steps.record).fields;
    let mut next = Next { steps: &steps.steps, left: 0 };
    for field in &plan.writer().record(id).fields {
        if let Some((at, action)) = next.read(plan, plan.writer().kind(field.ty)) {
            let own = read_fields.get(at as usize)?;
            let types = Types { written: field.ty, read: own.ty };
            walk.step(Segment::Field(&own.name), &mut |walk| value(walk, plan, action, types))?;
        } else {
            let name = Segment::Field(&field.name);
            walk.step(name, &mut |walk| layout::value(walk, plan.writer(), field.ty, true))?;
        }
    }
    walk.sorted(map_of(plan.reader(), steps.record))
}

/// The steps of a record that are not done yet.
struct Next<'a> {
    steps: &'a [Step],
    /// How many bytes or varints of the first are not passed over yet; 0 if it was not begun.
    left: u32,
}

impl Next<'_> {
    /// The field of the reader that the writer's next field becomes, and how. None if the reader has no such field: several that are
    /// passed over may be one step, and a null none.
    fn read(&mut self, plan: &Plan, written: LayoutKind) -> Option<(u32, ActionId)> {
        let (step, rest) = self.steps.split_first()?;
        let size = match (step, written) {
            (Step::Read { field, action }, written) => {
                let is_null = |id| match plan.action(id) {
                    Action::Null | Action::Refuse(_) => true,
                    Action::Same(ty) => plan.reader().kind(*ty) == LayoutKind::Null,
                    Action::Into { value, .. } => *plan.action(*value) == Action::Null,
                    _ => false,
                };
                if written == LayoutKind::Null && !is_null(*action) {
                    return None;
                }
                self.steps = rest;
                return Some((*field, *action));
            }
            (_, LayoutKind::Null) => return None,
            (Step::SkipBytes(all), written) => {
                self.left = if self.left == 0 { *all } else { self.left };
                match written {
                    LayoutKind::Bool => 1,
                    LayoutKind::Float => 4,
                    LayoutKind::Double => 8,
                    LayoutKind::Fixed(id) => plan.writer().fixed(id).size,
                    _ => self.left,
                }
            }
            (Step::SkipVarints(all), _) => {
                self.left = if self.left == 0 { *all } else { self.left };
                1
            }
            _ => 0,
        };
        self.left = self.left.saturating_sub(size);
        if self.left == 0 {
            self.steps = rest;
        }
        None
    }
}
