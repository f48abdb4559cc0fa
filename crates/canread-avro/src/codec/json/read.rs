//! Values from JSON.

use canread_json::{JsonErrorKind, Kind, NumberError, Step, Text};
use canread_model::{Format, Int};
use canread_plan::{Arena, Layout, LayoutKind, Record, Scratch, TypeId, Value};
use canread_wire::{Fault, FieldPath, Limit, PathSegment};

use super::branch_name;
use super::error::{ReadError, ReadErrorKind};
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
    /// Items of arrays, and keys and values of maps, that are not read to their ends.
    pub(super) pending: Vec<Value<'a>>,
    pub(super) memory: Scratch<'a>,
    depth_left: u32,
    /// Where it failed, if not where the text was read to.
    failed_at: Option<usize>,
    path: FieldPath,
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
    // Each level of values is at most two of the text: the object of a branch, and what is in it.
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
        depth_left: limits.levels_max(),
        failed_at: None,
        path: FieldPath::default(),
    };
    let root = layout.root_in(Format::Avro).ok_or(ReadErrorKind::Mismatch);
    let read = root.and_then(|root| reader.value(root)).and_then(|value| {
        ok(reader.json.end(), options)?;
        Ok(value)
    });
    read.map_err(|kind| {
        let position = reader.json.position(reader.failed_at.unwrap_or(reader.json.offset()));
        ReadError::new(kind, position, std::mem::take(&mut reader.path))
    })
}

impl<'a> Reader<'a> {
    /// A value of a type. Recurses as deep as the limits allow.
    pub(super) fn value(&mut self, ty: TypeId) -> Read<Value<'a>> {
        let kind = ok(self.json.peek(), self.options)?;
        let start = self.json.offset();
        match self.layout.kind(ty) {
            LayoutKind::Record(id) => self.within(|reader| reader.record(id)),
            LayoutKind::List { item, .. } => self.within(|reader| reader.list(item)).map(Value::List),
            LayoutKind::Map { value, .. } => self.within(|reader| reader.map(value)),
            LayoutKind::Nullable { inner, .. } if kind != Kind::Null => {
                let (_, value) = self.branch(&[inner])?;
                Ok(value)
            }
            LayoutKind::Union(id) => self.within(|reader| reader.union(id, kind)),
            own => self.scalar(own, kind).map_err(|kind| self.failed_from(start, kind)),
        }
    }

    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let too_deep = || wire(Fault::Limit(Limit::Depth), self.options);
        self.depth_left = self.depth_left.checked_sub(1).ok_or_else(too_deep)?;
        let value = read(self)?;
        self.depth_left = self.depth_left.saturating_add(1);
        Ok(value)
    }

    fn union(&mut self, id: u32, kind: Kind) -> Read<Value<'a>> {
        let branches = &self.layout.union(id).branches;
        let start = self.json.offset();
        let (branch, value) = if kind == Kind::Null {
            ok(self.json.null(), self.options)?;
            let branch = branches.iter().position(|ty| self.layout.kind(*ty) == LayoutKind::Null);
            let unknown = || ReadErrorKind::UnknownBranch("null".into());
            (branch.ok_or_else(unknown).map_err(|kind| self.failed_from(start, kind))?, Value::Null)
        } else {
            self.branch(branches)?
        };
        let branch = u32::try_from(branch).map_err(|_| ReadErrorKind::Mismatch)?;
        Ok(Value::Branch(branch, kept(self.arena.keep(value), self.options)?))
    }

    /// A value in an object by the name of its type, which is one of the branches; null is not.
    fn branch(&mut self, branches: &[TypeId]) -> Read<(usize, Value<'a>)> {
        let start = self.json.offset();
        ok(self.json.begin_object(), self.options)?;
        let Some(name) = ok(self.json.key(&mut self.scratch), self.options)? else {
            return Err(self.failed_from(start, ReadErrorKind::Union));
        };
        let layout = self.layout;
        let is_named = |ty: &TypeId| layout.kind(*ty) != LayoutKind::Null && branch_name(layout, *ty) == Some(&*name);
        let found = branches.iter().enumerate().find(|(_, ty)| is_named(ty));
        let Some((at, ty)) = found else {
            let kind = ReadErrorKind::UnknownBranch(name.as_str().into());
            return Err(self.failed_from(self.json.key_offset(), kind));
        };
        let value = self.value(*ty)?;
        if ok(self.json.key(&mut self.scratch), self.options)?.is_some() {
            return Err(self.failed_from(self.json.key_offset(), ReadErrorKind::Union));
        }
        Ok((at, value))
    }

    fn record(&mut self, id: u32) -> Read<Value<'a>> {
        let start = self.json.offset();
        ok(self.json.begin_object(), self.options)?;
        let layout = self.layout;
        let record = layout.record(id);
        let slots = kept(self.arena.keep_filled(record.fields.len(), Value::Absent), self.options)?;
        while let Some(key) = ok(self.json.key(&mut self.scratch), self.options)? {
            let at = record.field_by_name(&key);
            let Some((field, slot)) = at.and_then(|at| Some((record.fields.get(at)?, slots.get_mut(at)?))) else {
                let kind = ReadErrorKind::UnknownField(key.as_str().into());
                return Err(self.failed_from(self.json.key_offset(), kind));
            };
            if *slot != Value::Absent {
                return Err(self.failed_from(self.json.key_offset(), ReadErrorKind::Again(field.name.clone())));
            }
            *slot = match self.value(field.ty) {
                Ok(value) => value,
                Err(kind) => return Err(self.failed_in(&field.name, kind)),
            };
        }
        for (field, slot) in record.fields.iter().zip(slots.iter_mut()) {
            if *slot == Value::Absent {
                *slot = match &field.default {
                    Some(default) if self.options.fills_defaults => kept(default.to_value(self.arena), self.options)?,
                    _ => return Err(self.failed_from(start, ReadErrorKind::Missing(field.name.clone()))),
                };
            }
        }
        Ok(Value::Record(kept(self.arena.keep(Record { fields: slots, unknown: &[] }), self.options)?))
    }

    fn map(&mut self, ty: TypeId) -> Read<Value<'a>> {
        ok(self.json.begin_object(), self.options)?;
        let first = self.json.clone();
        let base = self.pending.len();
        while let Some(key) = ok(self.json.key(&mut self.scratch), self.options)? {
            let key = Value::String(keep(key, self.arena, self.options)?);
            let index = self.pending.len().saturating_sub(base) >> 1;
            let value = match self.value(ty) {
                Ok(value) => value,
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            };
            kept(self.memory.push(&mut self.pending, key), self.options)?;
            kept(self.memory.push(&mut self.pending, value), self.options)?;
        }
        let pending = self.pending.get(base..).unwrap_or_default();
        let nothing = (Value::Null, Value::Null);
        let entries = kept(self.arena.keep_filled(pending.len() >> 1, nothing), self.options)?;
        for (entry, pair) in entries.iter_mut().zip(pending.chunks_exact(2)) {
            if let [key, value] = pair {
                *entry = (*key, *value);
            }
        }
        self.pending.truncate(base);
        match self.again(entries)? {
            Some(index) => Err(self.again_at(first, index)),
            None => Ok(Value::Map(entries)),
        }
    }

    /// The first entry whose key one before it has.
    fn again(&mut self, entries: &[(Value<'_>, Value<'_>)]) -> Read<Option<usize>> {
        let mut order: Vec<(&str, usize)> = Vec::new();
        kept(self.memory.reserve(&mut order, entries.len()), self.options)?;
        order.extend(entries.iter().enumerate().filter_map(|(at, (key, _))| match key {
            Value::String(key) => Some((*key, at)),
            _ => None,
        }));
        order.sort_unstable();
        let again = order.windows(2).filter_map(|pair| match pair {
            [(one, _), (other, at)] if one == other => Some(*at),
            _ => None,
        });
        let first = again.min();
        self.memory.free(order);
        Ok(first)
    }

    /// The error about an entry's key that comes again, whose place is looked for.
    #[cold]
    fn again_at(&mut self, mut reader: canread_json::Reader<'a>, index: usize) -> ReadErrorKind {
        for _ in 0..index {
            if !matches!(reader.key(&mut self.scratch), Ok(Some(_))) || reader.skip(&mut self.scratch).is_err() {
                return ReadErrorKind::Mismatch;
            }
        }
        match reader.key(&mut self.scratch) {
            Ok(Some(key)) => {
                let kind = ReadErrorKind::Again(key.as_str().into());
                self.failed_from(reader.key_offset(), kind)
            }
            _ => ReadErrorKind::Mismatch,
        }
    }

    fn scalar(&mut self, own: LayoutKind, kind: Kind) -> Read<Value<'a>> {
        Ok(match own {
            LayoutKind::Null | LayoutKind::Nullable { .. } => {
                ok(self.json.null(), self.options)?;
                Value::Null
            }
            LayoutKind::Bool => Value::Bool(ok(self.json.bool(), self.options)?),
            LayoutKind::Int(int) => integer(int, ok(self.json.number(), self.options)?)?,
            #[expect(clippy::cast_possible_truncation, reason = "a number that is not finite is one of 32 bits too")]
            LayoutKind::Float if kind == Kind::String => Value::Float(self.word()? as f32),
            LayoutKind::Float => {
                let number = ok(self.json.number(), self.options)?;
                Value::Float(number.to_f32().map_err(ReadErrorKind::Number)?)
            }
            LayoutKind::Double if kind == Kind::String => Value::Double(self.word()?),
            LayoutKind::Double => {
                let number = ok(self.json.number(), self.options)?;
                Value::Double(number.to_f64().map_err(ReadErrorKind::Number)?)
            }
            LayoutKind::String { .. } => {
                let text = ok(self.json.string(&mut self.scratch), self.options)?;
                Value::String(keep(text, self.arena, self.options)?)
            }
            LayoutKind::Bytes => Value::Bytes(self.bytes()?),
            LayoutKind::Fixed(id) => {
                let (bytes, wanted) = (self.bytes()?, self.layout.fixed(id).size);
                if bytes.len() != wanted as usize {
                    return Err(ReadErrorKind::Size { wanted, found: bytes.len() });
                }
                Value::Bytes(bytes)
            }
            LayoutKind::Enum(id) => {
                let name = ok(self.json.string(&mut self.scratch), self.options)?;
                let symbol = self.layout.declared_enum(id).number(&name);
                Value::Symbol(symbol.ok_or_else(|| ReadErrorKind::UnknownSymbol(name.as_str().into()))?)
            }
            _ => return Err(ReadErrorKind::Mismatch),
        })
    }

    /// A word for what JSON has no number for.
    fn word(&mut self) -> Read<f64> {
        match &*ok(self.json.string(&mut self.scratch), self.options)? {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => Err(ReadErrorKind::Word),
        }
    }

    /// A byte for each character.
    fn bytes(&mut self) -> Read<&'a [u8]> {
        let text = ok(self.json.string(&mut self.scratch), self.options)?;
        let bytes = kept(self.arena.keep_filled(text.chars().count(), 0_u8), self.options)?;
        for (byte, character) in bytes.iter_mut().zip(text.chars()) {
            *byte = u8::try_from(character).map_err(|_| ReadErrorKind::Bytes)?;
        }
        Ok(bytes)
    }

    /// Says that what failed began at an offset.
    #[cold]
    fn failed_from(&mut self, start: usize, kind: ReadErrorKind) -> ReadErrorKind {
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
    fn failed_in(&mut self, field: &str, kind: ReadErrorKind) -> ReadErrorKind {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        kind
    }

    #[cold]
    pub(super) fn failed_at_item(&mut self, item: usize, kind: ReadErrorKind) -> ReadErrorKind {
        self.path.lead_with(PathSegment::Item(item as u64));
        kind
    }
}

fn integer<'a>(int: Int, number: canread_json::Number<'_>) -> Read<Value<'a>> {
    if !int.signed {
        return number.to_u64().map(Value::Uint).map_err(ReadErrorKind::Number);
    }
    let value = number.to_i64().map_err(ReadErrorKind::Number)?;
    if int.bits < 64 && i32::try_from(value).is_err() {
        return Err(ReadErrorKind::Number(NumberError::OutOfRange));
    }
    Ok(Value::Int(value))
}

/// A text as long as the value lives: in the input, or else in the arena.
fn keep<'a>(text: Text<'a, '_>, arena: &'a Arena, options: ReadOptions) -> Read<&'a str> {
    match text {
        Text::Borrowed(text) => Ok(text),
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
    match fault {
        Fault::Limit(limit) => {
            let allowed = options.limits.allowed(limit);
            ReadErrorKind::Json(JsonErrorKind::LimitExceeded { limit, allowed })
        }
        _ => ReadErrorKind::Mismatch,
    }
}
