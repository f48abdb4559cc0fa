//! Messages from bytes.

use std::fmt;

use canread_model::Presence;
use canread_plan::{
    Arena, FieldLayout, Layout, LayoutKind, List, NumberedSteps, Plan, Record, RecordLayout, Scratch, TypeId, Value,
};
use canread_wire::{Budget, Cursor, Fault, FieldPath, Limits, Malformed, PathSegment, Step};

use super::super::groups::Groups;
use super::super::key::Wire;
use super::super::number::{low_32, signed, unsigned};
use super::super::skip::{skip, take_key};
use super::merge::Pieces;
use super::message_set::{SET_ITEM, set_item};
use super::repeated::{Entries, Runs};
use super::wire_of;

/// One decoding.
pub(super) struct Reader<'a> {
    pub(super) layout: &'a Layout,
    /// Where the data has another schema.
    pub(super) plan: Option<&'a Plan>,
    pub(super) arena: &'a Arena,
    pub(super) budget: Budget,
    /// Items of lists and entries of maps that are not read to their ends, the inner ones behind the outer ones.
    pub(super) pending: Vec<Value<'a>>,
    /// Runs of bytes that the layout does not know, of messages that are not read to their ends.
    pub(super) unknown: Vec<&'a [u8]>,
    /// Messages are looked through for what stands in several pieces.
    pub(super) is_careful: bool,
    /// Something stood in several pieces, or may do so, and nobody was careful.
    pub(super) is_torn: bool,
    /// Where it failed.
    pub(super) failed_at: Option<Cursor<'a>>,
    pub(super) path: FieldPath,
    /// Why the plan refuses what failed.
    pub(super) reason: Option<&'a dyn fmt::Display>,
    pub(super) scratch: Scratch<'a>,
    pub(super) groups: Groups,
}

/// A message that is to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// The record that it becomes.
    pub(super) record: u32,
    /// What becomes of its fields; none if they are read as the record has them.
    pub(super) steps: Option<&'a NumberedSteps>,
}

impl Target<'_> {
    /// A message as the layout has it.
    pub(super) fn plain(record: u32) -> Self {
        Self { record, steps: None }
    }
}

/// Where the fields of one message go.
pub(super) struct Places<'a, 'm> {
    pub(super) record: &'a RecordLayout,
    pub(super) slots: &'m mut [Value<'a>],
    /// Hardly any message has these: made when the first is there.
    pub(super) runs: &'m mut Option<Runs<'a>>,
    pub(super) torn: &'m mut Option<Pieces<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(layout: &'a Layout, arena: &'a Arena, budget: Budget, limits: &Limits, is_careful: bool) -> Self {
        Self {
            layout,
            plan: None,
            arena,
            budget,
            pending: Vec::new(),
            unknown: Vec::new(),
            is_careful,
            is_torn: false,
            failed_at: None,
            path: FieldPath::default(),
            reason: None,
            scratch: Scratch::new(arena, limits),
            groups: Groups::default(),
        }
    }

    /// A message in one piece or several, which count as if they were one behind the other. Recurses as deep as the budget
    /// allows.
    pub(super) fn message(&mut self, target: Target<'a>, pieces: &[&'a [u8]]) -> Step<Value<'a>> {
        if let Err(fault) = self.budget.enter() {
            // It is the message that is too deep, and not what is behind it.
            self.failed_at = self.failed_at.take().or(pieces.first().map(|piece| Cursor::new(piece)));
            return Err(fault);
        }
        let layout = self.layout;
        let record = layout.record(target.record);
        let slots = self.arena.keep_filled(record.fields.len(), Value::Absent)?;
        let (mut runs, mut torn) = (None, None);
        let known_unknown = self.unknown.len();
        let mut end = None;
        let mut places = Places { record, slots, runs: &mut runs, torn: &mut torn };
        for piece in pieces {
            let mut cursor = Cursor::new(piece);
            let read = match target.steps {
                None if !record.is_message_set => self.plain_piece(&mut cursor, &mut places),
                steps => self.piece(steps, &mut cursor, &mut places),
            };
            if let Err(fault) = read {
                // The innermost place is the one that is meant.
                self.failed_at.get_or_insert(cursor);
                return Err(fault);
            }
            end = Some(cursor);
        }
        if let Some(torn) = torn {
            torn.read(self, record, slots)?;
        }
        if let Some(runs) = runs {
            runs.join(self, slots)?;
        }
        let required = record.fields.iter().zip(&*slots);
        let mut missing = required.filter(|(field, value)| is_missing(field, value));
        if let Some((field, _)) = missing.next() {
            // It may be in a piece that comes later.
            self.is_torn = true;
            self.failed_at = self.failed_at.take().or(end);
            return Err(self.failed_in(&field.name, Fault::MissingField));
        }
        let unknown = self.take_unknown(known_unknown)?;
        self.budget.leave();
        Ok(Value::Record(self.arena.keep(Record { fields: slots, unknown })?))
    }

    /// Fields that are read as the layout has them.
    fn plain_piece(&mut self, cursor: &mut Cursor<'a>, places: &mut Places<'a, '_>) -> Step<()> {
        let record = places.record;
        // Most data has its fields in the order of the schema.
        let mut expected = 0;
        while !cursor.is_empty() {
            let before = cursor.clone();
            let (number, wire) = take_key(cursor)?;
            let found = find(record, number, expected);
            let Some((at, field)) = found else {
                skip(cursor, number, wire, &mut self.budget)?;
                self.keep_unknown(&before, cursor)?;
                continue;
            };
            expected = at.saturating_add(1);
            let kind = self.layout.kind(field.ty);
            let read = match kind {
                LayoutKind::List { .. } | LayoutKind::Map { .. } | LayoutKind::Record(_) => {
                    self.field((at, field, kind), wire, (number, cursor), places)
                }
                _ => match places.slots.get_mut(at) {
                    Some(slot) => match self.scalar_into(slot, kind, wire, cursor) {
                        Ok(true) if field.oneof.is_some() => {
                            places.clear_oneof(at, field, &mut self.scratch).map(|()| true)
                        }
                        read => read,
                    },
                    None => Ok(false),
                },
            };
            if read != Ok(true) {
                self.not_read(read, wire, (&before, cursor), (at, field), places)?;
            }
        }
        Ok(())
    }

    /// A field that is not written as the layout has it is another one's. What fails is in the field.
    #[cold]
    #[inline(never)]
    fn not_read(
        &mut self,
        read: Step<bool>,
        wire: Wire,
        (before, cursor): (&Cursor<'a>, &mut Cursor<'a>),
        (at, field): (usize, &FieldLayout),
        places: &Places<'a, '_>,
    ) -> Step<()> {
        // The end of a group is no value of a field.
        let is_outside = read == Ok(false) && wire == Wire::GROUP_END;
        let kept = read.and_then(|_| {
            *cursor = before.clone();
            let (number, wire) = take_key(cursor)?;
            skip(cursor, number, wire, &mut self.budget)?;
            self.keep_unknown(before, cursor)
        });
        match kept {
            Err(fault) if !is_outside => {
                self.failed_at.get_or_insert_with(|| cursor.clone());
                self.path.count_from(places.count(at) as u64);
                Err(self.failed_in(&field.name, fault))
            }
            kept => kept,
        }
    }

    /// Fields some of which another schema wrote, or of a message set.
    #[inline(never)]
    fn piece(
        &mut self,
        steps: Option<&'a NumberedSteps>,
        cursor: &mut Cursor<'a>,
        places: &mut Places<'a, '_>,
    ) -> Step<()> {
        let record = places.record;
        // Most data has its fields in the order of the schema.
        let mut expected = 0;
        while !cursor.is_empty() {
            let before = cursor.clone();
            let (number, wire) = take_key(cursor)?;
            if record.is_message_set && (number, wire) == (SET_ITEM, Wire::GROUP_START) {
                if !self.set_item(steps, cursor, places)? {
                    self.keep_unknown(&before, cursor)?;
                }
                continue;
            }
            // Members of a message set lie in its items alone.
            let step = steps.filter(|_| !record.is_message_set).and_then(|steps| self.step(steps, number, wire));
            let found = match step {
                Some(step) => record.fields.get(step.field as usize).map(|field| (step.field as usize, field)),
                None => find(record, number, expected),
            };
            let Some((at, field)) = found else {
                skip(cursor, number, wire, &mut self.budget)?;
                self.keep_unknown(&before, cursor)?;
                continue;
            };
            expected = at.saturating_add(1);
            let read = match step {
                None => self.field((at, field, self.layout.kind(field.ty)), wire, (number, cursor), places),
                Some(step) => self.resolved_field((at, field), step, (wire, cursor), places).map(|()| true),
            };
            if read != Ok(true) {
                self.not_read(read, wire, (&before, cursor), (at, field), places)?;
            }
        }
        Ok(())
    }

    /// An item of a message set, whose first key was taken; false if the layout has no such field.
    fn set_item(
        &mut self,
        steps: Option<&'a NumberedSteps>,
        cursor: &mut Cursor<'a>,
        places: &mut Places<'a, '_>,
    ) -> Step<bool> {
        let Some((number, body)) = set_item(cursor, &mut self.budget)? else { return Ok(false) };
        let record = places.record;
        let at = record.field_by_number(number);
        let Some((at, field)) = at.and_then(|at| Some((at, record.fields.get(at)?))) else { return Ok(false) };
        let LayoutKind::Record(id) = self.layout.kind(field.ty) else { return Ok(false) };
        let step = steps.and_then(|steps| steps.step(number.cast_unsigned()));
        let target = Target { record: id, steps: step.and_then(|step| self.steps_of(step.action)) };
        self.submessage((at, field), target, body, places).map_err(|fault| self.failed_in(&field.name, fault))?;
        Ok(true)
    }

    /// A field of the layout; false if what lies there is not written as one.
    #[inline(never)]
    fn field(
        &mut self,
        (at, field, kind): (usize, &'a FieldLayout, LayoutKind),
        wire: Wire,
        (number, cursor): (u32, &mut Cursor<'a>),
        places: &mut Places<'a, '_>,
    ) -> Step<bool> {
        match kind {
            LayoutKind::List { item, .. } => {
                let Some(list) = self.items(item, (number, field), wire, cursor)? else { return Ok(false) };
                places.add(at, list, self)?;
            }
            LayoutKind::Map { key, value } => {
                let Some(entries) = self.entries((number, (key, value)), wire, cursor)? else { return Ok(false) };
                places.add_entries(at, entries, self)?;
            }
            LayoutKind::Record(id) => {
                let Some(body) = self.body(number, field.is_delimited, wire, cursor)? else { return Ok(false) };
                self.submessage((at, field), Target::plain(id), body, places)?;
            }
            _ => match self.scalar(field.ty, wire, cursor)? {
                Some(value) => places.set((at, field), value, &mut self.scratch)?,
                None => return Ok(false),
            },
        }
        Ok(true)
    }

    /// The message of a field that is no list, or a further piece of it.
    pub(super) fn submessage(
        &mut self,
        (at, field): (usize, &'a FieldLayout),
        target: Target<'a>,
        body: &'a [u8],
        places: &mut Places<'a, '_>,
    ) -> Step<()> {
        places.clear_oneof(at, field, &mut self.scratch)?;
        if self.is_careful {
            return places.torn.get_or_insert_default().add(at, target, body, self);
        }
        if !matches!(places.slots.get(at), Some(Value::Absent)) {
            self.is_torn = true;
            return Err(Fault::Mismatch);
        }
        let value = self.message(target, &[body])?;
        if let Some(slot) = places.slots.get_mut(at) {
            *slot = value;
        }
        Ok(())
    }

    /// A scalar; none if it is written otherwise, or is a number that a closed enum does not have.
    pub(super) fn scalar(&mut self, ty: TypeId, wire: Wire, cursor: &mut Cursor<'a>) -> Step<Option<Value<'a>>> {
        let mut value = Value::Absent;
        Ok(self.scalar_into(&mut value, self.layout.kind(ty), wire, cursor)?.then_some(value))
    }

    /// The same where the kind is known, put into its place: a result with a value in it would be put together in registers first.
    #[inline(always)]
    fn scalar_into(&self, place: &mut Value<'a>, kind: LayoutKind, wire: Wire, cursor: &mut Cursor<'a>) -> Step<bool> {
        if wire != wire_of(kind) {
            return Ok(false);
        }
        match kind {
            LayoutKind::Bool => *place = Value::Bool(cursor.varint()? != 0),
            LayoutKind::Int(int) if int.signed => *place = Value::Int(signed(int, cursor)?),
            LayoutKind::Int(int) => *place = Value::Uint(unsigned(int, cursor)?),
            LayoutKind::Float => *place = Value::Float(f32::from_bits(cursor.fixed32()?)),
            LayoutKind::Double => *place = Value::Double(f64::from_bits(cursor.fixed64()?)),
            LayoutKind::String { is_verified } => {
                let size = cursor.varint()?;
                let mut bytes = cursor.clone();
                *place = match cursor.text(size) {
                    Ok(text) => Value::String(text),
                    Err(Fault::Malformed(Malformed::Utf8)) if !is_verified => {
                        let taken = bytes.take(size)?;
                        *cursor = bytes;
                        Value::Bytes(taken)
                    }
                    Err(fault) => return Err(fault),
                };
            }
            LayoutKind::Bytes => {
                let size = cursor.varint()?;
                *place = Value::Bytes(cursor.take(size)?);
            }
            LayoutKind::Enum(id) => match self.symbol(id, cursor)? {
                Some(number) => *place = Value::Symbol(number),
                None => return Ok(false),
            },
            _ => return Err(Fault::Mismatch),
        }
        Ok(true)
    }

    /// The number of an enum; none if it is closed and has no such.
    pub(super) fn symbol(&self, id: u32, cursor: &mut Cursor<'a>) -> Step<Option<i32>> {
        let number = low_32(cursor.varint()?).cast_signed();
        let declared = self.layout.declared_enum(id);
        Ok((declared.is_open || declared.symbol(number).is_some()).then_some(number))
    }

    /// The bytes of a message, behind its length or between its tags.
    pub(super) fn body(
        &mut self,
        number: u32,
        is_delimited: bool,
        wire: Wire,
        cursor: &mut Cursor<'a>,
    ) -> Step<Option<&'a [u8]>> {
        match (is_delimited, wire) {
            (false, Wire::LENGTH) => {
                let size = cursor.varint()?;
                cursor.take(size).map(Some)
            }
            (true, Wire::GROUP_START) => {
                let Self { groups, budget, scratch, .. } = self;
                groups.take(cursor, number, budget.clone(), &mut |bytes| scratch.hold(bytes)).map(Some)
            }
            _ => Ok(None),
        }
    }

    #[cold]
    pub(super) fn failed_in(&mut self, field: &str, fault: Fault) -> Fault {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        fault
    }

    #[cold]
    pub(super) fn failed_at_item(&mut self, item: usize, fault: Fault) -> Fault {
        self.path.lead_with(PathSegment::Item(item as u64));
        fault
    }

    pub(super) fn push(&mut self, value: Value<'a>) -> Step<()> {
        self.scratch.push(&mut self.pending, value)
    }
}

/// The field of a number, looked for first where it is expected.
#[inline(always)]
fn find(record: &RecordLayout, number: u32, expected: usize) -> Option<(usize, &FieldLayout)> {
    let number = number.cast_signed();
    match record.fields.get(expected) {
        Some(field) if field.number == Some(number) => Some((expected, field)),
        _ => find_elsewhere(record, number, expected),
    }
}

/// Behind a few fields that are not there, or anywhere.
#[inline(never)]
fn find_elsewhere(record: &RecordLayout, number: i32, expected: usize) -> Option<(usize, &FieldLayout)> {
    let is_it = |field: &FieldLayout| field.number == Some(number);
    let next = record.fields.iter().enumerate().skip(expected.saturating_add(1)).take(FEW_ABSENT);
    let mut near = next.filter(|(_, field)| is_it(field));
    near.next().or_else(|| {
        let at = record.field_by_number(number)?;
        Some((at, record.fields.get(at)?))
    })
}

/// Fields that are passed over one by one: to look through all the numbers takes about as long.
const FEW_ABSENT: usize = 4;

fn is_missing(field: &FieldLayout, value: &Value<'_>) -> bool {
    field.presence == Presence::Required && matches!(value, Value::Absent)
}

impl<'a> Places<'a, '_> {
    /// Sets a field that is no list.
    pub(super) fn set(
        &mut self,
        (at, field): (usize, &FieldLayout),
        value: Value<'a>,
        scratch: &mut Scratch<'_>,
    ) -> Step<()> {
        if field.oneof.is_some() {
            self.clear_oneof(at, field, scratch)?;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = value;
        }
        Ok(())
    }

    /// How many items or entries a list or map has already.
    fn count(&self, at: usize) -> usize {
        let first = match self.slots.get(at) {
            Some(Value::List(list)) => list.len(),
            Some(Value::Map(entries)) => entries.len(),
            _ => 0,
        };
        first.saturating_add(self.runs.as_ref().map_or(0, |runs| runs.count(at)))
    }

    /// Sets a list, or adds a run to it.
    pub(super) fn add(&mut self, at: usize, list: List<'a>, reader: &mut Reader<'a>) -> Step<()> {
        match self.slots.get_mut(at) {
            Some(slot @ Value::Absent) => {
                *slot = Value::List(list);
                Ok(())
            }
            _ => self.runs.get_or_insert_default().add(at, list, reader),
        }
    }

    /// Sets a map, or adds a run to it.
    pub(super) fn add_entries(&mut self, at: usize, entries: Entries<'a>, reader: &mut Reader<'a>) -> Step<()> {
        match self.slots.get_mut(at) {
            Some(slot @ Value::Absent) => {
                *slot = Value::Map(entries);
                Ok(())
            }
            _ => self.runs.get_or_insert_default().add_entries(at, entries, reader),
        }
    }

    /// What was set of a oneof is gone when another member comes.
    fn clear_oneof(&mut self, at: usize, field: &FieldLayout, scratch: &mut Scratch<'_>) -> Step<()> {
        let Some(oneof) = field.oneof else { return Ok(()) };
        for (other_at, (other, slot)) in self.record.fields.iter().zip(&mut *self.slots).enumerate() {
            if other_at != at && other.oneof == Some(oneof) {
                *slot = Value::Absent;
                if let Some(torn) = &mut *self.torn {
                    torn.forget(other_at, scratch)?;
                }
            }
        }
        Ok(())
    }
}
