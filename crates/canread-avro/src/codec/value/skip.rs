//! What nobody asks for.

use canread_plan::{Layout, LayoutKind, Plan, Step as PlanStep, TypeId};
use canread_wire::{Budget, Cursor, Fault, Malformed, Step};

use super::super::read::{long, size};

/// Does a step of a plan that reads nothing.
pub(in crate::codec) fn pass_over(
    plan: &Plan,
    step: PlanStep,
    cursor: &mut Cursor<'_>,
    budget: &mut Budget,
) -> Step<()> {
    match step {
        PlanStep::Skip(ty) => skip(plan.writer(), ty, cursor, budget),
        PlanStep::SkipBytes(size) => cursor.take(size.into()).map(drop),
        PlanStep::SkipVarints(count) => (0..count).try_for_each(|_| cursor.varint().map(drop)),
        _ => Err(Fault::Mismatch),
    }
}

/// Passes over a value of a writer's type. Text is not looked at; lengths, counts and branches are.
fn skip(layout: &Layout, ty: TypeId, cursor: &mut Cursor<'_>, budget: &mut Budget) -> Step<()> {
    match layout.kind(ty) {
        LayoutKind::Null => {}
        LayoutKind::Bool => {
            if cursor.byte()? > 1 {
                return Err(Fault::Malformed(Malformed::Bool));
            }
        }
        LayoutKind::Int(_) | LayoutKind::Enum(_) => drop(cursor.varint()?),
        LayoutKind::Float => drop(cursor.take(4)?),
        LayoutKind::Double => drop(cursor.take(8)?),
        LayoutKind::Fixed(id) => drop(cursor.take(layout.fixed(id).size.into())?),
        LayoutKind::String { .. } | LayoutKind::Bytes => bytes(cursor)?,
        LayoutKind::Record(id) => {
            budget.enter()?;
            for field in &layout.record(id).fields {
                skip(layout, field.ty, cursor, budget)?;
            }
            budget.leave();
        }
        LayoutKind::List { item, .. } => blocks(cursor, budget, |cursor, budget| skip(layout, item, cursor, budget))?,
        LayoutKind::Map { value, .. } => blocks(cursor, budget, |cursor, budget| {
            bytes(cursor)?;
            skip(layout, value, cursor, budget)
        })?,
        LayoutKind::Nullable { inner, is_null_last } => match long(cursor)? {
            branch if branch == i64::from(is_null_last) => {}
            0 | 1 => skip(layout, inner, cursor, budget)?,
            _ => return Err(Fault::Malformed(Malformed::Branch)),
        },
        LayoutKind::Union(id) => {
            let branch = usize::try_from(long(cursor)?).ok();
            let ty = branch.and_then(|branch| layout.union(id).branches.get(branch).copied());
            budget.enter()?;
            skip(layout, ty.ok_or(Fault::Malformed(Malformed::Branch))?, cursor, budget)?;
            budget.leave();
        }
        _ => return Err(Fault::Mismatch),
    }
    Ok(())
}

fn bytes(cursor: &mut Cursor<'_>) -> Step<()> {
    let size = size(cursor)?;
    cursor.take(size).map(drop)
}

/// Blocks, by their sizes where the writer gave them.
fn blocks(
    cursor: &mut Cursor<'_>,
    budget: &mut Budget,
    item: impl Fn(&mut Cursor<'_>, &mut Budget) -> Step<()>,
) -> Step<()> {
    budget.enter()?;
    loop {
        let count = long(cursor)?;
        budget.items(count.unsigned_abs())?;
        match count {
            0 => break,
            ..0 => {
                let size = size(cursor)?;
                cursor.take(size)?;
            }
            _ => {
                for _ in 0..count {
                    item(cursor, budget)?;
                }
            }
        }
    }
    budget.leave();
    Ok(())
}
