//! Lists and maps, put together at the end of their message: their items may stand anywhere in it.

use std::cmp::Ordering;

use canread_plan::{LayoutKind, List, RecordLayout, Slots, TypeId, Value};
use canread_wire::{Fault, Limit, Step};

use super::Parser;
use super::failure::Parsed;

/// An item of a list, a run of them, or a key or value of a map, of a message that is not read to its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pending<'a> {
    value: Value<'a>,
    /// The field, as an index.
    field: u32,
    /// The place among all that waits.
    place: u32,
}

impl<'a> Pending<'a> {
    /// How many values it is.
    fn count(&self) -> usize {
        if let Value::List(list) = self.value { list.len() } else { 1 }
    }

    fn values(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let (one, run) = match self.value {
            Value::List(list) => (None, list),
            value => (Some(value), List::default()),
        };
        one.into_iter().chain(run.iter())
    }
}

impl<'a> Parser<'a> {
    /// Has an item of a field wait for the others.
    pub(super) fn wait(&mut self, field: usize, value: Value<'a>) -> Parsed<()> {
        let numbers = u32::try_from(field).ok().zip(u32::try_from(self.pending.len()).ok());
        let kept = numbers
            .ok_or(Fault::Limit(Limit::Items))
            .and_then(|(field, place)| self.scratch.push(&mut self.pending, Pending { value, field, place }));
        kept.map_err(|fault| self.stopped(fault))
    }

    /// How many items of a field are among those that wait, for an error.
    #[cold]
    pub(super) fn index(&self, (field, parts): (usize, usize), waiting: std::ops::Range<usize>) -> usize {
        let waiting = self.pending.get(waiting).unwrap_or_default();
        let of_field = waiting.iter().filter(|pending| pending.field as usize == field);
        let count = of_field.map(Pending::count).sum::<usize>();
        count.checked_div(parts).unwrap_or_default()
    }

    /// Makes lists and maps of all that waits since the message began.
    pub(super) fn gather(&mut self, record: &RecordLayout, slots: &mut [Value<'a>]) -> Parsed<()> {
        let base = self.base;
        let pending = self.pending.get_mut(base..).unwrap_or_default();
        if pending.is_empty() {
            return Ok(());
        }
        pending.sort_unstable_by_key(|pending| (pending.field, pending.place));
        let gathered = self.gather_sorted(record, slots, base);
        self.pending.truncate(base);
        gathered.map_err(|fault| self.stopped(fault))
    }

    fn gather_sorted(&mut self, record: &RecordLayout, slots: &mut [Value<'a>], base: usize) -> Step<()> {
        let pending = self.pending.get(base..).unwrap_or_default();
        for items in pending.chunk_by(|one, other| one.field == other.field) {
            let at = items.first().map_or(0, |first| first.field as usize);
            let (Some(field), Some(slot)) = (record.fields.get(at), slots.get_mut(at)) else { continue };
            *slot = if let LayoutKind::List { item, .. } = self.layout.kind(field.ty) {
                Value::List(self.list(item, items)?)
            } else {
                let entries = self.arena.keep_filled(items.len() >> 1, (Value::Null, Value::Null))?;
                for (entry, pair) in entries.iter_mut().zip(items.chunks_exact(2)) {
                    if let [key, value] = pair {
                        *entry = (key.value, value.value);
                    }
                }
                Value::Map(entries)
            };
        }
        for slot in slots {
            if let Value::Map(entries) = slot {
                *slot = Value::Map(self.last_of_each(entries)?);
            }
        }
        Ok(())
    }

    /// Items and runs of them as a list; numbers lie as such.
    fn list(&self, item: TypeId, items: &[Pending<'a>]) -> Step<List<'a>> {
        if let [Pending { value: Value::List(list), .. }] = items {
            return Ok(*list);
        }
        let size = items.iter().map(Pending::count).sum();
        let values = items.iter().flat_map(Pending::values);
        Slots::new(self.arena, self.layout.kind(item), size)?.filled(values)
    }

    /// Of entries with one key the last, at the place of the first.
    fn last_of_each(&mut self, entries: &'a [(Value<'a>, Value<'a>)]) -> Step<&'a [(Value<'a>, Value<'a>)]> {
        let key = |at: &u32| entries.get(*at as usize).map(|(key, _)| key);
        let mut order: Vec<u32> = Vec::new();
        self.scratch.reserve(&mut order, entries.len())?;
        order.extend((0..).take(entries.len()));
        order.sort_unstable_by(|one, other| {
            let by_key = key(one).zip(key(other)).map_or(Ordering::Equal, |(one, other)| by_key(one, other));
            by_key.then(one.cmp(other))
        });
        let is_same = |one: &u32, other: &u32| key(one) == key(other);
        let kept = if order.chunk_by(is_same).all(|same| same.len() == 1) {
            entries
        } else {
            let all = self.arena.keep_slice(entries)?;
            let mut is_first: Vec<bool> = Vec::new();
            self.scratch.reserve(&mut is_first, entries.len())?;
            is_first.resize(entries.len(), false);
            for same in order.chunk_by(is_same) {
                let (Some(first), Some(last)) = (same.first(), same.last()) else { continue };
                let (first, last) = (*first as usize, *last as usize);
                if let (Some(slot), Some(last)) = (all.get_mut(first), entries.get(last)) {
                    *slot = *last;
                }
                if let Some(is_first) = is_first.get_mut(first) {
                    *is_first = true;
                }
            }
            let mut kept = 0_usize;
            for (at, is_first) in is_first.iter().enumerate() {
                if let (true, Some(entry)) = (*is_first, all.get(at).copied())
                    && let Some(slot) = all.get_mut(kept)
                {
                    *slot = entry;
                    kept = kept.saturating_add(1);
                }
            }
            self.scratch.free(is_first);
            all.get(..kept).unwrap_or_default()
        };
        self.scratch.free(order);
        Ok(kept)
    }
}

/// The order of keys of one map.
fn by_key(one: &Value<'_>, other: &Value<'_>) -> Ordering {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Int(one), Value::Int(other)) => one.cmp(other),
        (Value::Uint(one), Value::Uint(other)) => one.cmp(other),
        _ => bytes(one).cmp(bytes(other)),
    }
}

/// The bytes of a text, which where the schema does not ask for UTF-8 need not be that.
fn bytes<'v>(value: &Value<'v>) -> &'v [u8] {
    match value {
        Value::String(text) => text.as_bytes(),
        Value::Bytes(bytes) => bytes,
        _ => &[],
    }
}
