//! Messages and entries of maps as what both are in data: values by number.

use canread_model::Presence;

use crate::layout::{Layout, LayoutKind, TypeId, index};

/// One field of a message, or the key or value of an entry.
pub(super) struct Part<'l> {
    pub(super) number: i32,
    /// Which field it is; 0 is the key, 1 the value.
    pub(super) at: u32,
    pub(super) name: &'l str,
    /// What its values are, of a list each item.
    pub(super) ty: TypeId,
    pub(super) kind: LayoutKind,
    pub(super) many: Many,
    pub(super) is_delimited: bool,
    pub(super) is_required: bool,
}

/// How many values there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Many {
    One,
    /// A key before each.
    Expanded,
    /// In one run behind one key.
    Packed,
}

/// What a message or an entry is made of, in order of number. Other types are made of nothing.
pub(super) fn parts(layout: &Layout, ty: TypeId) -> Vec<Part<'_>> {
    match layout.kind(ty) {
        LayoutKind::Record(id) => {
            let record = layout.record(id);
            let fields = record.in_order_of_numbers().filter_map(|at| Some((at, record.fields.get(at)?)));
            let parts = fields.map(|(at, field)| Part {
                number: field.number.unwrap_or_default(),
                at: index(at),
                name: &field.name,
                is_delimited: field.is_delimited,
                is_required: field.presence == Presence::Required,
                ..part(layout, field.ty)
            });
            parts.collect()
        }
        LayoutKind::Map { key, value } => vec![
            Part { number: 1, at: 0, name: "key", ..part(layout, key) },
            Part { number: 2, at: 1, name: "value", ..part(layout, value) },
        ],
        _ => Vec::new(),
    }
}

fn part(layout: &Layout, ty: TypeId) -> Part<'_> {
    let (ty, many) = match layout.kind(ty) {
        LayoutKind::List { item, is_packed: true } => (item, Many::Packed),
        LayoutKind::List { item, .. } => (item, Many::Expanded),
        LayoutKind::Map { .. } => (ty, Many::Expanded),
        _ => (ty, Many::One),
    };
    let kind = layout.kind(ty);
    Part { number: 0, at: 0, name: "", ty, kind, many, is_delimited: false, is_required: false }
}
