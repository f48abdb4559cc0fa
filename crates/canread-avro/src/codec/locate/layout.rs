//! The way through what a schema describes.

use canread_plan::{Layout, LayoutKind, TypeId};

use super::{Segment, Walk};

/// Walks over a value of a type. `is_skipped`: the reader passed over it.
pub(super) fn value<'a>(walk: &mut Walk<'a>, layout: &'a Layout, ty: TypeId, is_skipped: bool) -> Option<()> {
    match layout.kind(ty) {
        LayoutKind::Null => Some(()),
        LayoutKind::Bool => walk.bytes(1),
        LayoutKind::Int(_) | LayoutKind::Enum(_) => walk.long().map(drop),
        LayoutKind::Float => walk.bytes(4),
        LayoutKind::Double => walk.bytes(8),
        LayoutKind::Fixed(id) => walk.bytes(layout.fixed(id).size.into()),
        LayoutKind::Record(id) => {
            walk.enter()?;
            fields(walk, layout, id, is_skipped)?;
            walk.leave();
            Some(())
        }
        LayoutKind::List { item, .. } => list(walk, is_skipped, &mut |walk| value(walk, layout, item, is_skipped)),
        LayoutKind::Map { value: own, .. } => list(walk, is_skipped, &mut |walk| {
            walk.counted()?;
            value(walk, layout, own, is_skipped)
        }),
        LayoutKind::Nullable { inner, is_null_last } => match walk.long()? {
            branch if branch == i64::from(is_null_last) => Some(()),
            _ => value(walk, layout, inner, is_skipped),
        },
        LayoutKind::Union(id) => {
            let branch = usize::try_from(walk.long()?).ok()?;
            let ty = *layout.union(id).branches.get(branch)?;
            if layout.kind(ty) == LayoutKind::Null {
                return Some(());
            }
            walk.enter()?;
            value(walk, layout, ty, is_skipped)?;
            walk.leave();
            Some(())
        }
        _ => walk.counted(),
    }
}

/// Walks over the fields of a record.
pub(super) fn fields<'a>(walk: &mut Walk<'a>, layout: &'a Layout, id: u32, is_skipped: bool) -> Option<()> {
    let fields = &layout.record(id).fields;
    for field in fields {
        walk.step(Segment::Field(&field.name), &mut |walk| value(walk, layout, field.ty, is_skipped))?;
    }
    if is_skipped { Some(()) } else { walk.sorted(map_of(layout, id)) }
}

/// The first field of a record that a type may have as a map which it sorts.
pub(super) fn map_of(layout: &Layout, id: u32) -> Option<Segment<'_>> {
    let is_map = |ty| match layout.kind(ty) {
        LayoutKind::Map { .. } => true,
        LayoutKind::List { item, .. } => matches!(layout.kind(item), LayoutKind::Record(_)),
        _ => false,
    };
    let map = layout.record(id).fields.iter().find(|field| match layout.kind(field.ty) {
        LayoutKind::Nullable { inner, .. } => is_map(inner),
        _ => is_map(field.ty),
    });
    map.map(|field| Segment::Field(&field.name))
}

/// Lists and maps count as levels where they are passed over.
fn list<'a>(walk: &mut Walk<'a>, is_skipped: bool, item: &mut dyn FnMut(&mut Walk<'a>) -> Option<()>) -> Option<()> {
    if !is_skipped {
        return walk.items(false, item);
    }
    walk.enter()?;
    walk.items(true, item)?;
    walk.leave();
    Some(())
}
