//! Messages, lists and maps from JSON.

use canread_json::{JsonErrorKind, Kind, Step};
use canread_model::{Format, Presence};
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, Record, RecordLayout, Scratch, TypeId, Value, WellKnown};
use canread_wire::{Fault, FieldPath, Limit, Limits, PathSegment};

use super::error::{ReadError, ReadErrorKind};
use super::known::{NULL_VALUE, TYPE_KEY};
use super::options::ReadOptions;

pub(super) type Read<T> = Result<T, ReadErrorKind>;

/// One text that is read.
pub(super) struct Reader<'a> {
    pub(super) layout: &'a Layout,
    pub(super) options: ReadOptions,
    pub(super) json: canread_json::Reader<'a>,
    pub(super) arena: &'a Arena,
    /// What strings with escapes stand for, one after the other.
    pub(super) scratch: String,
    /// Messages, and entries of maps, that are not read to their ends.
    pub(super) pending: Vec<Value<'a>>,
    pub(super) memory: Scratch<'a>,
    pub(super) messages_left: u32,
    /// Where it failed, if not where the text was read to.
    pub(super) failed_at: Option<usize>,
    pub(super) path: FieldPath,
}

/// What the next key of a message is.
enum Next {
    /// A field, as an index, and where the key begins.
    Field { at: usize, start: usize },
    /// Nothing that is to be read: its value is passed over.
    Passed,
    /// The end of the object.
    End,
}

/// Strings with escapes may take this part of the memory that is allowed, and the value the others.
const SCRATCH_PART: u64 = 8;

pub(super) fn read<'a>(
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    options: ReadOptions,
) -> Result<Value<'a>, ReadError> {
    let limits = options.limits;
    let scratch_max = limits.allocated_bytes_max() / SCRATCH_PART;
    let memory = limits.with_allocated_bytes_max(limits.allocated_bytes_max().saturating_sub(scratch_max));
    // Depth counts messages; between two of them there is at most one list or map.
    let levels = limits.levels_max().saturating_mul(2).saturating_add(1);
    let text_limits = limits.with_depth_max(levels).with_allocated_bytes_max(scratch_max);
    let json = canread_json::Reader::new(text, &text_limits)
        .map_err(|error| ReadError::new(ReadErrorKind::Json(error.kind()), error.position(), FieldPath::default()))?;
    let options = ReadOptions { limits: arena.narrowed(&limits), ..options };
    let mut reader = Reader {
        layout,
        options,
        json,
        arena,
        scratch: String::new(),
        pending: Vec::new(),
        memory: Scratch::new(arena, &memory),
        messages_left: limits.levels_max(),
        failed_at: None,
        path: FieldPath::default(),
    };
    reader.whole().map_err(|kind| {
        let position = reader.json.position(reader.failed_at.unwrap_or(reader.json.offset()));
        ReadError::new(kind, position, std::mem::take(&mut reader.path))
    })
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Read<Value<'a>> {
        let Some(LayoutKind::Record(id)) = self.layout.root_in(Format::Protobuf).map(|root| self.layout.kind(root))
        else {
            return Err(ReadErrorKind::Mismatch);
        };
        let value = self.message(id)?;
        ok(self.json.end(), self.options)?;
        Ok(value)
    }

    /// The kind of the value that comes next.
    pub(super) fn kind(&mut self) -> Read<Kind> {
        ok(self.json.peek(), self.options)
    }

    /// A string, as long as the value lives.
    pub(super) fn string(&mut self) -> Read<&'a str> {
        let text = ok(self.json.string(&mut self.scratch), self.options)?;
        keep(text, self.arena, self.options)
    }

    /// A message in the form that its type has. Recurses as deep as the limits allow.
    pub(super) fn message(&mut self, id: u32) -> Read<Value<'a>> {
        self.enter()?;
        let value = match self.layout.record(id).well_known {
            None | Some(WellKnown::Empty) => {
                ok(self.json.begin_object(), self.options)?;
                self.fields(id, false)?
            }
            Some(known) => self.known(id, known)?,
        };
        self.leave();
        Ok(value)
    }

    /// Goes one message down; [`leave`](Self::leave) goes back up.
    pub(super) fn enter(&mut self) -> Read<()> {
        self.kind()?;
        let too_deep = || wire(Fault::Limit(Limit::Depth), self.options);
        self.messages_left = self.messages_left.checked_sub(1).ok_or_else(too_deep)?;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.messages_left = self.messages_left.saturating_add(1);
    }

    /// The fields of a message, in an object that was begun, to its end.
    ///
    /// In `Any` the key of the type is passed over, once.
    pub(super) fn fields(&mut self, id: u32, is_in_any: bool) -> Read<Value<'a>> {
        let mut types_left = u32::from(is_in_any);
        let layout = self.layout;
        let record = layout.record(id);
        let slots = kept(self.arena.keep_filled(record.fields.len(), Value::Absent), self.options)?;
        loop {
            let (at, start) = match self.next_field(record, &mut types_left)? {
                Next::Field { at, start } => (at, start),
                Next::Passed => {
                    ok(self.json.skip(&mut self.scratch), self.options)?;
                    continue;
                }
                Next::End => break,
            };
            let Some(field) = record.fields.get(at) else { continue };
            let again = || ReadErrorKind::Again(field.name.clone());
            if !matches!(slots.get(at), Some(Value::Absent)) {
                return Err(self.failed_from(start, again()));
            }
            let value = match self.field(field) {
                Ok(value) => value,
                Err(kind) => return Err(self.failed_in(&field.name, kind)),
            };
            if value != Value::Null && has_other_member(record, at, field, slots) {
                return Err(self.failed_from(start, ReadErrorKind::SecondOfOneof(field.name.clone())));
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = value;
            }
        }
        self.finished(record, slots)
    }

    /// A message of values for its fields, in which null stands for one that was null.
    pub(super) fn finished(&mut self, record: &RecordLayout, slots: &'a mut [Value<'a>]) -> Read<Value<'a>> {
        for slot in slots.iter_mut().filter(|slot| **slot == Value::Null) {
            *slot = Value::Absent;
        }
        let mut fields = record.fields.iter().zip(&*slots);
        let is_missing = |(field, value): &(&FieldLayout, &Value<'_>)| {
            field.presence == Presence::Required && **value == Value::Absent
        };
        if let Some((field, _)) = fields.find(is_missing) {
            return Err(ReadErrorKind::Missing(field.name.clone()));
        }
        Ok(Value::Record(kept(self.arena.keep(Record { fields: slots, unknown: &[] }), self.options)?))
    }

    /// Takes the next key.
    fn next_field(&mut self, record: &RecordLayout, types_left: &mut u32) -> Read<Next> {
        let Some(key) = ok(self.json.key(&mut self.scratch), self.options)? else { return Ok(Next::End) };
        if &*key == TYPE_KEY && *types_left > 0 {
            *types_left = types_left.saturating_sub(1);
            return Ok(Next::Passed);
        }
        let start = self.json.key_offset();
        match record.field_by_json_name(&key).or_else(|| record.field_by_name(&key)) {
            Some(at) => Ok(Next::Field { at, start }),
            None if self.options.ignores_unknown => Ok(Next::Passed),
            None => {
                let kind = ReadErrorKind::UnknownField(key.as_str().into());
                Err(self.failed_from(start, kind))
            }
        }
    }

    /// The value of a field; null if the text has that and the field takes it for nothing.
    fn field(&mut self, field: &FieldLayout) -> Read<Value<'a>> {
        let kind = self.layout.kind(field.ty);
        if self.kind()? == Kind::Null && !self.takes_null(kind) {
            ok(self.json.null(), self.options)?;
            return Ok(Value::Null);
        }
        match kind {
            // Without items it is as if it were not there.
            LayoutKind::List { item, .. } => {
                self.list(item).map(|list| if list.is_empty() { Value::Null } else { Value::List(list) })
            }
            LayoutKind::Map { key, value } => {
                self.map(key, value).map(|entries| if entries.is_empty() { Value::Null } else { Value::Map(entries) })
            }
            LayoutKind::Record(id) => self.message(id),
            // A symbol that is passed over is as good as absent.
            _ => Ok(self.scalar(field.ty)?.unwrap_or(Value::Null)),
        }
    }

    /// Whether null is a value of a type.
    fn takes_null(&self, kind: LayoutKind) -> bool {
        match kind {
            LayoutKind::Record(id) => self.layout.record(id).well_known == Some(WellKnown::Value),
            LayoutKind::Enum(id) => &*self.layout.declared_enum(id).name == NULL_VALUE,
            _ => false,
        }
    }

    /// A value within a list or a map; none if it is a symbol that is passed over.
    pub(super) fn element(&mut self, ty: TypeId) -> Read<Option<Value<'a>>> {
        let kind = self.layout.kind(ty);
        if self.kind()? == Kind::Null && !self.takes_null(kind) {
            return Err(ReadErrorKind::Null);
        }
        match kind {
            LayoutKind::Record(id) => self.message(id).map(Some),
            _ => self.scalar(ty),
        }
    }

    pub(super) fn push(&mut self, value: Value<'a>) -> Read<()> {
        kept(self.memory.push(&mut self.pending, value), self.options)
    }

    /// Says that what failed began at an offset.
    #[cold]
    pub(super) fn failed_from(&mut self, start: usize, kind: ReadErrorKind) -> ReadErrorKind {
        // What is no JSON has a place of its own.
        let is_of_text = matches!(
            kind,
            ReadErrorKind::Json(
                JsonErrorKind::Truncated | JsonErrorKind::Malformed(_) | JsonErrorKind::LimitExceeded { .. }
            )
        );
        if !is_of_text {
            self.failed_at.get_or_insert(start);
        }
        kind
    }

    #[cold]
    pub(super) fn failed_in(&mut self, field: &str, kind: ReadErrorKind) -> ReadErrorKind {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        kind
    }

    #[cold]
    pub(super) fn failed_at_item(&mut self, item: usize, kind: ReadErrorKind) -> ReadErrorKind {
        self.path.lead_with(PathSegment::Item(item as u64));
        kind
    }
}

fn has_other_member(record: &RecordLayout, at: usize, field: &FieldLayout, slots: &[Value<'_>]) -> bool {
    let Some(oneof) = field.oneof else { return false };
    let mut others = record.fields.iter().zip(slots).enumerate();
    others.any(|(other_at, (other, value))| {
        other_at != at && other.oneof == Some(oneof) && !matches!(value, Value::Absent | Value::Null)
    })
}

/// A text as long as the value lives: in the input, or else in the arena.
pub(super) fn keep<'a>(text: canread_json::Text<'a, '_>, arena: &'a Arena, options: ReadOptions) -> Read<&'a str> {
    match text {
        canread_json::Text::Borrowed(text) => Ok(text),
        text => {
            let bytes = kept(arena.keep_slice(text.as_bytes()), options)?;
            Ok(std::str::from_utf8(bytes).expect("a copy of text"))
        }
    }
}

/// What the reader of the text says, as an error of this one.
pub(super) fn ok<T>(step: Step<T>, options: ReadOptions) -> Read<T> {
    step.map_err(|fault| ReadErrorKind::Json(JsonErrorKind::new(fault, &options.limits)))
}

/// What the arena says, as an error of this reader.
pub(super) fn kept<T>(step: canread_wire::Step<T>, options: ReadOptions) -> Read<T> {
    step.map_err(|fault| wire(fault, options))
}

fn wire(fault: Fault, options: ReadOptions) -> ReadErrorKind {
    let limits: &Limits = &options.limits;
    match fault {
        Fault::Limit(limit) => {
            ReadErrorKind::Json(JsonErrorKind::LimitExceeded { limit, allowed: limits.allowed(limit) })
        }
        _ => ReadErrorKind::Mismatch,
    }
}
