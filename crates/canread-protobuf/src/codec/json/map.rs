//! Entries of maps.

use std::cmp::Ordering;

use canread_json::Number;
use canread_plan::{LayoutKind, TypeId, Value};

use super::error::ReadErrorKind;
use super::read::{Read, Reader, keep, kept, ok};

type Entries<'a> = &'a [(Value<'a>, Value<'a>)];

/// What stands where an entry will.
const EMPTY: (Value<'static>, Value<'static>) = (Value::Null, Value::Null);

impl<'a> Reader<'a> {
    /// An object whose keys and values are of two types.
    pub(super) fn map(&mut self, key: TypeId, value: TypeId) -> Read<Entries<'a>> {
        ok(self.json.begin_object(), self.options)?;
        let start = self.json.clone();
        let entries = match self.layout.kind(value) {
            LayoutKind::Record(_) => self.entries_of_messages(key, value)?,
            _ => self.entries_of_scalars(key, value)?,
        };
        match self.again(entries)?.and_then(|index| entries.get(index)) {
            Some((wanted, _)) => Err(self.again_at(start, key, wanted)),
            None => Ok(entries),
        }
    }

    fn entries_of_messages(&mut self, key: TypeId, value: TypeId) -> Read<Entries<'a>> {
        let base = self.pending.len();
        loop {
            let index = self.pending.len().saturating_sub(base) >> 1;
            let Some(own_key) = self.next_key(key, index)? else { break };
            let own_value = match self.element(value) {
                Ok(value) => value.unwrap_or_default(),
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            };
            self.push(own_key)?;
            self.push(own_value)?;
        }
        let pending = self.pending.get(base..).unwrap_or_default();
        let entries = kept(self.arena.keep_filled(pending.len() >> 1, EMPTY), self.options)?;
        for (entry, pair) in entries.iter_mut().zip(pending.chunks_exact(2)) {
            if let [key, value] = pair {
                *entry = (*key, *value);
            }
        }
        self.pending.truncate(base);
        Ok(entries)
    }

    /// Scalars are passed over once, as in lists.
    fn entries_of_scalars(&mut self, key: TypeId, value: TypeId) -> Read<Entries<'a>> {
        let slots = kept(self.arena.keep_filled(self.count_entries(), EMPTY), self.options)?;
        let mut filled = 0_usize;
        let mut index = 0_usize;
        while let Some(own_key) = self.next_key(key, index)? {
            let own_value = match self.element(value) {
                Ok(value) => value,
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            };
            // A symbol that is passed over takes its key with it.
            if let (Some(own_value), Some(slot)) = (own_value, slots.get_mut(filled)) {
                *slot = (own_key, own_value);
                filled = filled.saturating_add(1);
            }
            index = index.saturating_add(1);
        }
        Ok(slots.get(..filled).unwrap_or_default())
    }

    /// How many entries there are in the object that was begun, as far as it is JSON.
    fn count_entries(&mut self) -> usize {
        let mut ahead = self.json.clone();
        let mut count = 0_usize;
        while let Ok(Some(_)) = ahead.key(&mut self.scratch) {
            count = count.saturating_add(1);
            if ahead.skip(&mut self.scratch).is_err() {
                break;
            }
        }
        count
    }

    /// The key of an entry; none at the end.
    fn next_key(&mut self, ty: TypeId, index: usize) -> Read<Option<Value<'a>>> {
        let Some(text) = ok(self.json.key(&mut self.scratch), self.options)? else { return Ok(None) };
        let text = keep(text, self.arena, self.options)?;
        let place = self.json.key_offset();
        match self.map_key(ty, text) {
            Ok(key) => Ok(Some(key)),
            Err(kind) => {
                let kind = self.failed_from(place, kind);
                Err(self.failed_at_item(index, kind))
            }
        }
    }

    /// The first entry whose key one before it has.
    fn again(&mut self, entries: Entries<'_>) -> Read<Option<usize>> {
        let mut order: Vec<usize> = Vec::new();
        kept(self.memory.reserve(&mut order, entries.len()), self.options)?;
        order.extend(0..entries.len());
        let key = |at: &usize| entries.get(*at).map(|(key, _)| key);
        // Stable: of two equal keys the later one stands behind.
        order.sort_by(|one, other| compare(key(one), key(other)));
        let again = order.windows(2).filter_map(|pair| match pair {
            [one, other] if compare(key(one), key(other)).is_eq() => Some(*other),
            _ => None,
        });
        let first = again.min();
        self.memory.free(order);
        Ok(first)
    }

    /// The error about a key that comes again, whose place is looked for.
    #[cold]
    fn again_at(&mut self, start: canread_json::Reader<'a>, key: TypeId, wanted: &Value<'a>) -> ReadErrorKind {
        let mut reader = start;
        let mut has_come = false;
        while let Ok(Some(text)) = reader.key(&mut self.scratch) {
            let text: Box<str> = text.as_str().into();
            let number = Number::parse(&text);
            let is_wanted = match (self.layout.kind(key), wanted) {
                (LayoutKind::Bool, Value::Bool(wanted)) => (&*text == "true") == *wanted,
                (_, Value::String(wanted)) => &*text == *wanted,
                (_, Value::Int(wanted)) => number.is_some_and(|number| number.to_i64() == Ok(*wanted)),
                (_, Value::Uint(wanted)) => number.is_some_and(|number| number.to_u64() == Ok(*wanted)),
                _ => false,
            };
            if is_wanted && std::mem::replace(&mut has_come, true) {
                return self.failed_from(reader.key_offset(), ReadErrorKind::Again(text));
            }
            if reader.skip(&mut self.scratch).is_err() {
                break;
            }
        }
        ReadErrorKind::Mismatch
    }
}

/// Keys of one type, in an order.
fn compare(one: Option<&Value<'_>>, other: Option<&Value<'_>>) -> Ordering {
    match (one, other) {
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        (Some(Value::Int(one)), Some(Value::Int(other))) => one.cmp(other),
        (Some(Value::Uint(one)), Some(Value::Uint(other))) => one.cmp(other),
        (Some(Value::Bool(one)), Some(Value::Bool(other))) => one.cmp(other),
        _ => Ordering::Equal,
    }
}
