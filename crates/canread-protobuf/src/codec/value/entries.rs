//! Entries of maps: messages of a key with number 1 and a value with number 2.
//!
//! Source: Protobuf, "Encoding", section "Maps".

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use canread_plan::{LayoutKind, NumberedSteps, TypeId, Value};
use canread_wire::{Cursor, Fault, Step};

use super::super::key::Wire;
use super::super::skip::{skip, take_key};
use super::read::{Reader, Target};
use super::resolve::Found;

/// Entries that are compared with each other one by one.
const FEW: usize = 8;

/// What tells a key of a map.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Number(u64),
    Text(&'a [u8]),
}

impl<'a> Key<'a> {
    fn of(value: &Value<'a>) -> Self {
        match value {
            Value::Bool(value) => Self::Number((*value).into()),
            Value::Int(value) => Self::Number(value.cast_unsigned()),
            Value::Uint(value) => Self::Number(*value),
            Value::String(text) => Self::Text(text.as_bytes()),
            Value::Bytes(bytes) => Self::Text(bytes),
            _ => Self::Number(0),
        }
    }
}

impl<'a> Reader<'a> {
    /// The entries that stand here together, one for each key; none if what lies here is no entry.
    pub(super) fn entries(
        &mut self,
        (number, types): (u32, (TypeId, TypeId)),
        wire: Wire,
        cursor: &mut Cursor<'a>,
    ) -> Step<Option<&'a [(Value<'a>, Value<'a>)]>> {
        if wire != Wire::LENGTH {
            return Ok(None);
        }
        let base = self.pending.len();
        // The key stands before the first one.
        let mut before: Option<Cursor<'a>> = None;
        let mut index = 0_usize;
        loop {
            let start = cursor.clone();
            let entry = match cursor.varint().and_then(|size| cursor.take(size)) {
                Ok(body) => self.entry(types, None, body),
                Err(fault) => Err(fault),
            };
            match entry {
                Ok(Some((key, value))) => {
                    self.budget.items(1)?;
                    self.push(key)?;
                    self.push(value)?;
                }
                // A closed enum has no such number.
                Ok(None) => {
                    let Some(before) = &before else {
                        *cursor = start;
                        return Ok(None);
                    };
                    self.keep_unknown(before, cursor)?;
                }
                Err(fault) => return Err(self.failed_at_item(index, fault)),
            }
            index = index.saturating_add(1);
            let mut ahead = cursor.clone();
            match take_key(&mut ahead) {
                Ok((next, Wire::LENGTH)) if next == number => {
                    before = Some(cursor.clone());
                    *cursor = ahead;
                }
                _ => break,
            }
        }
        self.collected_entries(base).map(Some)
    }

    /// Keys and values that wait since there was so much, as entries, one for each key.
    pub(super) fn collected_entries(&mut self, base: usize) -> Step<&'a [(Value<'a>, Value<'a>)]> {
        let pending = self.pending.get(base..).unwrap_or_default();
        let entries = self.arena.keep_filled(pending.len() >> 1, (Value::Null, Value::Null))?;
        for (entry, pair) in entries.iter_mut().zip(pending.chunks_exact(2)) {
            if let [key, value] = pair {
                *entry = (*key, *value);
            }
        }
        self.pending.truncate(base);
        self.last_of_each(entries)
    }

    /// One entry; none if its value is a number that a closed enum does not have.
    pub(super) fn entry(
        &mut self,
        types: (TypeId, TypeId),
        steps: Option<&'a NumberedSteps>,
        body: &'a [u8],
    ) -> Step<Option<(Value<'a>, Value<'a>)>> {
        let mut cursor = Cursor::new(body);
        let read = self.entry_at(types, steps, &mut cursor);
        if read.is_err() {
            self.failed_at.get_or_insert(cursor);
        }
        read
    }

    fn entry_at(
        &mut self,
        (key_type, value_type): (TypeId, TypeId),
        steps: Option<&'a NumberedSteps>,
        cursor: &mut Cursor<'a>,
    ) -> Step<Option<(Value<'a>, Value<'a>)>> {
        let kind = self.layout.kind(value_type);
        let (mut key, mut value, mut is_unknown) = (None, None, false);
        let mut pieces: Vec<&'a [u8]> = Vec::new();
        while !cursor.is_empty() {
            let (number, wire) = take_key(cursor)?;
            let before = cursor.clone();
            if let Some(step) = steps.and_then(|steps| self.step(steps, number, wire)) {
                let kept = self.unknown.len();
                match self.resolved(step, (wire, cursor))? {
                    // As a field of its own the number is kept, but an entry that is kept has the writer's form.
                    _ if self.unknown.len() != kept => return Err(Fault::UnknownSymbol),
                    Found::Value(read) if step.field == 0 => key = Some(read),
                    Found::Value(read) => value = Some(read),
                    Found::Body(body, _) => self.scratch.push(&mut pieces, body)?,
                    Found::Symbol(_) => return Err(Fault::UnknownSymbol),
                    Found::Nothing => {}
                }
                continue;
            }
            let found = match (number, kind) {
                (1, _) => {
                    let read = self.scalar(key_type, wire, cursor)?;
                    key = read.or(key);
                    read.is_some()
                }
                (2, LayoutKind::Record(_)) => match self.body(number, false, wire, cursor)? {
                    Some(body) => {
                        self.scratch.push(&mut pieces, body)?;
                        true
                    }
                    None => false,
                },
                (2, LayoutKind::Enum(id)) if wire == Wire::VARINT => {
                    let symbol = self.symbol(id, cursor)?.map(Value::Symbol);
                    // Without one the entry goes to the unknown fields, and has to be one to its end.
                    is_unknown |= symbol.is_none();
                    value = symbol.or(value);
                    true
                }
                (2, _) => {
                    let read = self.scalar(value_type, wire, cursor)?;
                    value = read.or(value);
                    read.is_some()
                }
                _ => false,
            };
            if !found {
                *cursor = before;
                skip(cursor, number, wire, &mut self.budget)?;
            }
        }
        if is_unknown {
            return Ok(None);
        }
        if let LayoutKind::Record(id) = kind {
            let steps = steps.and_then(|steps| self.steps_of(steps.step(2)?.action));
            value = Some(self.message(Target { record: id, steps }, &pieces)?);
            self.scratch.free(pieces);
        }
        let key = key.unwrap_or_else(|| self.zero(key_type));
        Ok(Some((key, value.unwrap_or_else(|| self.zero(value_type)))))
    }

    /// What stands for a key or value that is not there.
    fn zero(&self, ty: TypeId) -> Value<'a> {
        match self.layout.kind(ty) {
            LayoutKind::Bool => Value::Bool(false),
            LayoutKind::Int(int) if int.signed => Value::Int(0),
            LayoutKind::Int(_) => Value::Uint(0),
            LayoutKind::Float => Value::Float(0.0),
            LayoutKind::Double => Value::Double(0.0),
            LayoutKind::String { .. } => Value::String(""),
            LayoutKind::Bytes => Value::Bytes(&[]),
            LayoutKind::Enum(id) => {
                let first = self.layout.declared_enum(id).symbols.first();
                Value::Symbol(first.map_or(0, |(number, _)| *number))
            }
            _ => Value::Absent,
        }
    }

    /// Of entries with one key the last, at the place of the first.
    pub(super) fn last_of_each(
        &mut self,
        entries: &'a mut [(Value<'a>, Value<'a>)],
    ) -> Step<&'a [(Value<'a>, Value<'a>)]> {
        let mut kept = 0_usize;
        if entries.len() <= FEW {
            for at in 0..entries.len() {
                let Some(entry) = entries.get(at).copied() else { continue };
                let known = entries.get(..kept).unwrap_or_default();
                let place = known.iter().position(|(key, _)| Key::of(key) == Key::of(&entry.0));
                if let Some(slot) = entries.get_mut(place.unwrap_or(kept)) {
                    *slot = entry;
                }
                kept = kept.saturating_add(usize::from(place.is_none()));
            }
        } else {
            // A table with a secret of this process: keys come from outside.
            let bytes = entries.len().saturating_mul(64);
            self.scratch.hold(bytes)?;
            let mut places: HashMap<Key<'a>, usize> = HashMap::with_capacity(entries.len());
            for at in 0..entries.len() {
                let Some(entry) = entries.get(at).copied() else { continue };
                let place = match places.entry(Key::of(&entry.0)) {
                    Place::Occupied(place) => *place.get(),
                    Place::Vacant(place) => {
                        let new = *place.insert(kept);
                        kept = kept.saturating_add(1);
                        new
                    }
                };
                if let Some(slot) = entries.get_mut(place) {
                    *slot = entry;
                }
            }
            drop(places);
            self.scratch.release(bytes);
        }
        Ok(entries.get(..kept).unwrap_or_default())
    }
}
