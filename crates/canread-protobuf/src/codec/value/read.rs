//! Messages from bytes.

use canread_model::{Int, IntEncoding, Presence};
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, Record, RecordLayout, Scratch, TypeId, Value};
use canread_wire::{Budget, Cursor, Fault, FieldPath, Limits, Malformed, PathSegment, Step, unzigzag, unzigzag32};

use super::super::key::Wire;
use super::super::skip::{group, skip, take_key};
use super::merge::Pieces;
use super::repeated::Runs;
use super::wire_of;

/// One decoding.
pub(super) struct Reader<'a> {
    pub(super) layout: &'a Layout,
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
    pub(super) scratch: Scratch<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(layout: &'a Layout, arena: &'a Arena, budget: Budget, limits: &Limits, is_careful: bool) -> Self {
        Self {
            layout,
            arena,
            budget,
            pending: Vec::new(),
            unknown: Vec::new(),
            is_careful,
            is_torn: false,
            failed_at: None,
            path: FieldPath::default(),
            scratch: Scratch::new(arena, limits),
        }
    }

    /// A message in one piece or several, which count as if they were one behind the other. Recurses as deep as the budget
    /// allows.
    pub(super) fn message(&mut self, id: u32, pieces: &[&'a [u8]]) -> Step<Value<'a>> {
        self.budget.enter()?;
        let layout = self.layout;
        let record = layout.record(id);
        let slots = self.arena.keep_filled(record.fields.len(), Value::Absent)?;
        let (mut runs, mut torn) = (Runs::default(), Pieces::default());
        let known_unknown = self.unknown.len();
        let mut end = None;
        for piece in pieces {
            let mut cursor = Cursor::new(piece);
            if let Err(fault) = self.piece(record, &mut cursor, slots, &mut runs, &mut torn) {
                // The innermost place is the one that is meant.
                self.failed_at.get_or_insert(cursor);
                return Err(fault);
            }
            end = Some(cursor);
        }
        torn.read(self, record, slots)?;
        runs.join(self, slots)?;
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

    fn piece(
        &mut self,
        record: &'a RecordLayout,
        cursor: &mut Cursor<'a>,
        slots: &mut [Value<'a>],
        runs: &mut Runs<'a>,
        torn: &mut Pieces<'a>,
    ) -> Step<()> {
        // Most data has its fields in the order of the schema.
        let mut expected = 0;
        while !cursor.is_empty() {
            let before = cursor.clone();
            let (number, wire) = take_key(cursor)?;
            let at = match record.fields.get(expected) {
                Some(field) if field.number == Some(number.cast_signed()) => Some(expected),
                _ => record.field_by_number(number.cast_signed()),
            };
            let found = at.and_then(|at| Some((at, record.fields.get(at)?)));
            let Some((at, field)) = found else {
                skip(cursor, number, wire, &mut self.budget)?;
                self.keep_unknown(&before, cursor)?;
                continue;
            };
            expected = at.saturating_add(1);
            match self.field(record, (at, field), wire, (number, cursor), (slots, runs, torn)) {
                Ok(true) => {}
                // Not as the field is written, so it is another one's.
                Ok(false) => {
                    *cursor = before.clone();
                    let (number, wire) = take_key(cursor)?;
                    skip(cursor, number, wire, &mut self.budget)?;
                    self.keep_unknown(&before, cursor)?;
                }
                Err(fault) => {
                    self.failed_at.get_or_insert_with(|| cursor.clone());
                    return Err(self.failed_in(&field.name, fault));
                }
            }
        }
        Ok(())
    }

    /// A field of the layout; false if what lies there is not written as one.
    fn field(
        &mut self,
        record: &'a RecordLayout,
        (at, field): (usize, &'a FieldLayout),
        wire: Wire,
        (number, cursor): (u32, &mut Cursor<'a>),
        (slots, runs, torn): (&mut [Value<'a>], &mut Runs<'a>, &mut Pieces<'a>),
    ) -> Step<bool> {
        let kind = self.layout.kind(field.ty);
        let value = match kind {
            LayoutKind::List { item, .. } => {
                let Some(list) = self.items(item, (number, field), wire, cursor)? else { return Ok(false) };
                return runs.add(at, list, slots, self).map(|()| true);
            }
            LayoutKind::Map { key, value } => {
                let Some(entries) = self.entries((number, (key, value)), wire, cursor)? else { return Ok(false) };
                return runs.add_entries(at, entries, slots, self).map(|()| true);
            }
            LayoutKind::Record(id) => {
                let Some(body) = self.body(number, field.is_delimited, wire, cursor)? else { return Ok(false) };
                clear_oneof(record, (at, field), slots, torn, &mut self.scratch)?;
                if self.is_careful {
                    return torn.add(at, id, body, self).map(|()| true);
                }
                if !matches!(slots.get(at), Some(Value::Absent)) {
                    self.is_torn = true;
                    return Err(Fault::Mismatch);
                }
                self.message(id, &[body])?
            }
            _ => match self.scalar(field.ty, wire, cursor)? {
                Some(value) => {
                    clear_oneof(record, (at, field), slots, torn, &mut self.scratch)?;
                    value
                }
                None => return Ok(false),
            },
        };
        if let Some(slot) = slots.get_mut(at) {
            *slot = value;
        }
        Ok(true)
    }

    /// A scalar; none if it is written otherwise, or is a number that a closed enum does not have.
    pub(super) fn scalar(&mut self, ty: TypeId, wire: Wire, cursor: &mut Cursor<'a>) -> Step<Option<Value<'a>>> {
        let kind = self.layout.kind(ty);
        if wire != wire_of(kind) {
            return Ok(None);
        }
        Ok(Some(match kind {
            LayoutKind::Bool => Value::Bool(cursor.varint()? != 0),
            LayoutKind::Int(int) if int.signed => Value::Int(signed(int, cursor)?),
            LayoutKind::Int(int) => Value::Uint(unsigned(int, cursor)?),
            LayoutKind::Float => Value::Float(f32::from_bits(cursor.fixed32()?)),
            LayoutKind::Double => Value::Double(f64::from_bits(cursor.fixed64()?)),
            LayoutKind::String { is_verified } => {
                let size = cursor.varint()?;
                let bytes = cursor.take(size)?;
                match std::str::from_utf8(bytes) {
                    Ok(text) => Value::String(text),
                    Err(_) if is_verified => return Err(Fault::Malformed(Malformed::Utf8)),
                    Err(_) => Value::Bytes(bytes),
                }
            }
            LayoutKind::Bytes => {
                let size = cursor.varint()?;
                Value::Bytes(cursor.take(size)?)
            }
            LayoutKind::Enum(id) => match self.symbol(id, cursor)? {
                Some(number) => Value::Symbol(number),
                None => return Ok(None),
            },
            _ => return Err(Fault::Mismatch),
        }))
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
            (true, Wire::GROUP_START) => group(cursor, number, &mut self.budget).map(Some),
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

pub(super) fn signed(int: Int, cursor: &mut Cursor<'_>) -> Step<i64> {
    Ok(match (int.encoding, int.bits) {
        (IntEncoding::Fixed, 64) => cursor.fixed64()?.cast_signed(),
        (IntEncoding::Fixed, _) => cursor.fixed32()?.cast_signed().into(),
        (IntEncoding::Zigzag, 64) => unzigzag(cursor.varint()?),
        (IntEncoding::Zigzag, _) => unzigzag32(low_32(cursor.varint()?)).into(),
        (_, 64) => cursor.varint()?.cast_signed(),
        _ => low_32(cursor.varint()?).cast_signed().into(),
    })
}

pub(super) fn unsigned(int: Int, cursor: &mut Cursor<'_>) -> Step<u64> {
    Ok(match (int.encoding, int.bits) {
        (IntEncoding::Fixed, 64) => cursor.fixed64()?,
        (IntEncoding::Fixed, _) => cursor.fixed32()?.into(),
        (_, 64) => cursor.varint()?,
        _ => low_32(cursor.varint()?).into(),
    })
}

/// A number of 32 bits may be written with more, which are cut off.
///
/// Source: Protobuf, "Proto3 Language Guide", "Updating A Message Type".
#[expect(clippy::cast_possible_truncation, reason = "the lowest 32 bits are what is asked for")]
pub(super) fn low_32(number: u64) -> u32 {
    number as u32
}

fn is_missing(field: &FieldLayout, value: &Value<'_>) -> bool {
    field.presence == Presence::Required && matches!(value, Value::Absent)
}

/// What was set of a oneof is gone when another member comes.
fn clear_oneof(
    record: &RecordLayout,
    (at, field): (usize, &FieldLayout),
    slots: &mut [Value<'_>],
    torn: &mut Pieces<'_>,
    scratch: &mut Scratch<'_>,
) -> Step<()> {
    let Some(oneof) = field.oneof else { return Ok(()) };
    for (other_at, (other, slot)) in record.fields.iter().zip(slots).enumerate() {
        if other_at != at && other.oneof == Some(oneof) {
            *slot = Value::Absent;
            torn.forget(other_at, scratch)?;
        }
    }
    Ok(())
}
