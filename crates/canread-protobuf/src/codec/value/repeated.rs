//! Items of lists, packed and not.

use canread_plan::{FieldLayout, LayoutKind, List, Slots, TypeId, Value};
use canread_wire::{Cursor, Fault, Step};

use super::super::key::Wire;
use super::super::number::{low_32, signed, unsigned};
use super::super::skip::take_key;
use super::read::{Reader, Target};
use super::wire_of;

pub(super) type Entries<'a> = &'a [(Value<'a>, Value<'a>)];

/// Runs of lists and maps whose fields do not stand together: nearly always they do, and the first run is all.
#[derive(Debug, Default)]
pub(super) struct Runs<'a> {
    lists: Vec<Run<List<'a>>>,
    entries: Vec<Run<Entries<'a>>>,
}

#[derive(Debug)]
struct Run<T> {
    field: usize,
    /// How many runs came before: sorting needs no copy of them where no two are equal.
    before: usize,
    items: T,
}

impl<T: Copy> Run<T> {
    fn place(&self) -> (usize, usize) {
        (self.field, self.before)
    }

    fn is_of_one_field(one: &Self, other: &Self) -> bool {
        one.field == other.field
    }
}

impl<'a> Runs<'a> {
    pub(super) fn add(&mut self, field: usize, list: List<'a>, reader: &mut Reader<'a>) -> Step<()> {
        let run = Run { field, before: self.lists.len(), items: list };
        reader.scratch.push(&mut self.lists, run)
    }

    pub(super) fn add_entries(&mut self, field: usize, entries: Entries<'a>, reader: &mut Reader<'a>) -> Step<()> {
        let run = Run { field, before: self.entries.len(), items: entries };
        reader.scratch.push(&mut self.entries, run)
    }

    /// How many items and entries of a field there are.
    pub(super) fn count(&self, field: usize) -> usize {
        let lists = self.lists.iter().filter(|run| run.field == field).map(|run| run.items.len());
        let entries = self.entries.iter().filter(|run| run.field == field).map(|run| run.items.len());
        lists.chain(entries).sum()
    }

    /// Puts the runs of each field behind each other.
    #[inline(never)]
    pub(super) fn join(mut self, reader: &mut Reader<'a>, slots: &mut [Value<'a>]) -> Step<()> {
        self.lists.sort_unstable_by_key(Run::place);
        for group in self.lists.chunk_by(Run::is_of_one_field) {
            let Some(slot) = group.first().and_then(|run| slots.get_mut(run.field)) else { continue };
            let first = if let Value::List(list) = slot { Some(*list) } else { None };
            let all = first.into_iter().chain(group.iter().map(|run| run.items));
            let Some(form) = all.clone().next() else { continue };
            let size = all.clone().map(List::len).sum();
            *slot = Value::List(Slots::like(reader.arena, form, size)?.filled(all.flat_map(List::iter))?);
        }
        self.entries.sort_unstable_by_key(Run::place);
        for group in self.entries.chunk_by(Run::is_of_one_field) {
            let Some(slot) = group.first().and_then(|run| slots.get_mut(run.field)) else { continue };
            let first = if let Value::Map(entries) = slot { *entries } else { &[] };
            let size = group.iter().map(|run| run.items.len()).sum::<usize>().saturating_add(first.len());
            let all = reader.arena.keep_filled(size, (Value::Null, Value::Null))?;
            let entries = first.iter().chain(group.iter().flat_map(|run| run.items));
            for (slot, entry) in all.iter_mut().zip(entries) {
                *slot = *entry;
            }
            *slot = Value::Map(reader.last_of_each(all)?);
        }
        reader.scratch.free(self.lists);
        reader.scratch.free(self.entries);
        Ok(())
    }
}

impl<'a> Reader<'a> {
    /// The items that stand here together; none if what lies here is no item.
    pub(super) fn items(
        &mut self,
        item: TypeId,
        field: (u32, &'a FieldLayout),
        wire: Wire,
        cursor: &mut Cursor<'a>,
    ) -> Step<Option<List<'a>>> {
        let kind = self.layout.kind(item);
        let is_message = matches!(kind, LayoutKind::Record(_));
        if wire == Wire::LENGTH && wire_of(kind) != Wire::LENGTH && !is_message {
            let size = cursor.varint()?;
            return self.packed(kind, field.0, cursor.take(size)?).map(Some);
        }
        let base = self.pending.len();
        let mut strays = Vec::new();
        let mut index = 0_usize;
        loop {
            let is_first = self.pending.len() == base;
            let value = match self.item((item, kind), field, (wire, cursor), (is_first, &mut strays)) {
                Ok(value) => value,
                Err(fault) => return Err(self.failed_at_item(index, fault)),
            };
            match value {
                Some(Value::Absent) => {}
                Some(value) => {
                    self.budget.items(1)?;
                    self.push(value)?;
                }
                None if is_first => return Ok(None),
                None => return Err(Fault::Mismatch),
            }
            // The next one, if it is of the same field and written alike.
            let mut ahead = cursor.clone();
            match take_key(&mut ahead) {
                Ok((number, next)) if number == field.0 && next == wire => *cursor = ahead,
                _ => break,
            }
            index = index.saturating_add(1);
        }
        self.keep_fields(strays)?;
        let list = self.collected(kind, base)?;
        self.pending.truncate(base);
        Ok(Some(list))
    }

    /// One item that is in no run; none if it is written otherwise. A number that a closed enum does not have is kept aside, and is absent.
    #[inline]
    fn item(
        &mut self,
        (item, kind): (TypeId, LayoutKind),
        (number, field): (u32, &'a FieldLayout),
        (wire, cursor): (Wire, &mut Cursor<'a>),
        (is_first, strays): (bool, &mut Vec<u8>),
    ) -> Step<Option<Value<'a>>> {
        match kind {
            LayoutKind::Record(id) => match self.body(number, field.is_delimited, wire, cursor)? {
                Some(body) => self.message(Target::plain(id), &[body]).map(Some),
                None => Ok(None),
            },
            _ if wire != wire_of(kind) => Ok(None),
            LayoutKind::Enum(id) => {
                let before = cursor.clone();
                match self.symbol(id, cursor)? {
                    Some(number) => Ok(Some(Value::Symbol(number))),
                    // The key stands before it. A run that begins with such a number is no list yet.
                    None if is_first => {
                        *cursor = before;
                        Ok(None)
                    }
                    None => {
                        let symbol = low_32(before.clone().varint()?).cast_signed();
                        self.add_symbol(number, symbol, strays)?;
                        Ok(Some(Value::Absent))
                    }
                }
            }
            _ => self.scalar(item, wire, cursor),
        }
    }

    /// What waits since there was so much, as a list of a type.
    pub(super) fn collected(&self, kind: LayoutKind, base: usize) -> Step<List<'a>> {
        let values = self.pending.get(base..).unwrap_or_default();
        match List::empty_of(kind) {
            List::Values(_) => Ok(List::Values(self.arena.keep_slice(values)?)),
            form => Slots::like(self.arena, form, values.len())?.filled(values.iter().copied()),
        }
    }

    /// Scalars in one run.
    fn packed(&mut self, kind: LayoutKind, number: u32, run: &'a [u8]) -> Step<List<'a>> {
        let mut cursor = Cursor::new(run);
        let read = self.packed_items(kind, number, &mut cursor);
        if read.is_err() {
            self.failed_at.get_or_insert(cursor);
        }
        read
    }

    fn packed_items(&mut self, kind: LayoutKind, number: u32, cursor: &mut Cursor<'a>) -> Step<List<'a>> {
        Ok(match kind {
            LayoutKind::Bool => List::Bools(self.run(cursor, |cursor| Ok(cursor.varint()? != 0))?),
            LayoutKind::Int(int) if int.signed => List::Ints(self.run(cursor, |cursor| signed(int, cursor))?),
            LayoutKind::Int(int) => List::Uints(self.run(cursor, |cursor| unsigned(int, cursor))?),
            LayoutKind::Float => List::Floats(self.run(cursor, |cursor| cursor.fixed32().map(f32::from_bits))?),
            LayoutKind::Double => List::Doubles(self.run(cursor, |cursor| cursor.fixed64().map(f64::from_bits))?),
            LayoutKind::Enum(id) if self.layout.declared_enum(id).is_open => {
                List::Symbols(self.run(cursor, |cursor| Ok(low_32(cursor.varint()?).cast_signed()))?)
            }
            LayoutKind::Enum(id) => {
                let base = self.pending.len();
                let mut strays = Vec::new();
                let mut index = 0_usize;
                while !cursor.is_empty() {
                    let raw = match cursor.clone().varint() {
                        Ok(raw) => low_32(raw).cast_signed(),
                        Err(fault) => return Err(self.failed_at_item(index, fault)),
                    };
                    index = index.saturating_add(1);
                    match self.symbol(id, cursor)? {
                        Some(symbol) => {
                            self.budget.items(1)?;
                            self.push(Value::Symbol(symbol))?;
                        }
                        None => self.add_symbol(number, raw, &mut strays)?,
                    }
                }
                self.keep_fields(strays)?;
                let list = self.collected(kind, base)?;
                self.pending.truncate(base);
                list
            }
            _ => return Err(Fault::Mismatch),
        })
    }

    /// Numbers behind each other. As many as there are ends of varints, or as fit: each takes a byte at least.
    pub(super) fn run<T: Copy + Default>(
        &mut self,
        cursor: &mut Cursor<'a>,
        read: impl Fn(&mut Cursor<'a>) -> Step<T>,
    ) -> Step<&'a [T]> {
        let mut counter = cursor.clone();
        let mut count = 0_usize;
        while !counter.is_empty() {
            if let Err(fault) = read(&mut counter) {
                *cursor = counter;
                return Err(self.failed_at_item(count, fault));
            }
            count = count.saturating_add(1);
        }
        self.budget.items(count as u64)?;
        let slice = self.arena.keep_filled(count, T::default())?;
        for slot in slice.iter_mut() {
            *slot = read(cursor)?;
        }
        Ok(slice)
    }
}
