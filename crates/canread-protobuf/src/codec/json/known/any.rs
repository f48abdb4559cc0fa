//! `Any`: a message with the URL of its type.
//!
//! ```text
//! {"@type": "type.googleapis.com/shop.Order", "orderId": "7"}
//! {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1.5s"}
//! ```
//!
//! The second form is that of messages with a form of their own. A message within counts for the depth like any other: `Any` in
//! `Any` has a bottom (CVE-2026-0994).

use canread_plan::{Arena, LayoutKind, Scratch, Value, WellKnown};
use canread_wire::{DecodeErrorKind, FieldPath, Limit};

use super::super::super::value::{message_from_slice, message_into};
use super::super::error::{Form, ReadErrorKind, WriteErrorKind};
use super::super::read::{Read, Reader, keep, kept, ok};
use super::super::write::{Writer, Written};
use super::{Fields, TYPE_KEY};

const TYPE_URL: i32 = 1;
const VALUE: i32 = 2;

/// The key of a message with a form of its own.
const VALUE_KEY: &str = "value";

impl Writer<'_, '_> {
    pub(super) fn any(&mut self, fields: Fields<'_>) -> Written {
        let (url, bytes) = match (fields.get(TYPE_URL), fields.get(VALUE)) {
            (Value::Absent | Value::String(""), Value::Absent | Value::Bytes([])) => {
                self.out.begin_object();
                self.out.end_object();
                return Ok(());
            }
            (Value::String(url), Value::Absent) => (url, &[][..]),
            (Value::String(url), Value::Bytes(bytes)) => (url, bytes),
            (Value::Absent, Value::Bytes(_)) => return Err(WriteErrorKind::TypeUrl("".into())),
            _ => return Err(WriteErrorKind::Mismatch),
        };
        let layout = self.layout;
        let name = name(url).ok_or_else(|| WriteErrorKind::TypeUrl(url.into()))?;
        let Some(LayoutKind::Record(id)) = layout.record_by_name(name).map(|ty| layout.kind(ty)) else {
            return Err(WriteErrorKind::UnknownType(name.into()));
        };
        let arena = Arena::new();
        let allowed = self.options.limits.depth_max();
        let limits = self.options.limits.with_depth_max(self.depth_left).with_allocated_bytes_max(self.memory_left);
        let value = message_from_slice(layout, id, bytes, &arena, &limits).map_err(|error| match error.kind() {
            DecodeErrorKind::LimitExceeded { limit: Limit::Depth, .. } => WriteErrorKind::TooDeep { allowed },
            _ => WriteErrorKind::Payload(error),
        })?;
        let Value::Record(record) = value else { return Err(WriteErrorKind::Mismatch) };
        let memory_left = self.memory_left;
        self.memory_left = memory_left.saturating_sub(arena.allocated_bytes() as u64);
        self.out.begin_object();
        self.out.key(TYPE_KEY);
        self.out.string(url);
        match layout.record(id).well_known {
            None | Some(WellKnown::Empty) => {
                // Its own field of that name would be taken for the URL.
                let mut fields = layout.record(id).fields.iter().zip(record.fields);
                if fields.any(|(field, value)| field.json_name() == TYPE_KEY && *value != Value::Absent) {
                    return Err(WriteErrorKind::NoJsonValue);
                }
                self.depth_left = self.depth_left.checked_sub(1).ok_or(WriteErrorKind::TooDeep { allowed })?;
                self.fields(id, record)?;
                self.depth_left = self.depth_left.saturating_add(1);
            }
            Some(_) => {
                self.out.key(VALUE_KEY);
                self.message(id, record)?;
            }
        }
        self.out.end_object();
        self.memory_left = memory_left;
        Ok(())
    }
}

/// The full name of the type that an URL names.
fn name(url: &str) -> Option<&str> {
    url.rsplit_once('/').filter(|(place, _)| !place.is_empty()).map(|(_, name)| name)
}

impl<'a> Reader<'a> {
    pub(super) fn any(&mut self, id: u32) -> Read<Value<'a>> {
        ok(self.json.begin_object(), self.options)?;
        let start = self.json.offset();
        let Some((url, place)) = self.type_url()? else {
            // There is no type only where there is nothing at all.
            return match ok(self.json.key(&mut self.scratch), self.options)? {
                None => self.made(id, &[]),
                Some(_) => Err(self.failed_from(start, ReadErrorKind::Missing(TYPE_KEY.into()))),
            };
        };
        let Some(name) = name(url) else {
            return Err(self.failed_from(place, ReadErrorKind::Form(Form::TypeUrl)));
        };
        let layout = self.layout;
        let Some(LayoutKind::Record(inner)) = layout.record_by_name(name).map(|ty| layout.kind(ty)) else {
            return Err(self.failed_from(place, ReadErrorKind::UnknownType(name.into())));
        };
        let bytes = self.encoded(inner)?;
        let size = bytes.capacity();
        kept(self.memory.hold(size), self.options)?;
        let value = kept(self.arena.keep_slice(&bytes), self.options)?;
        drop(bytes);
        self.memory.release(size);
        self.made(id, &[(TYPE_URL, Value::String(url)), (VALUE, Value::Bytes(value))])
    }

    /// The bytes of the message in the object that was begun. Its values are gone then: those of messages within messages would pile up.
    fn encoded(&mut self, id: u32) -> Read<Vec<u8>> {
        let arena = Arena::new();
        let memory = self.options.limits.with_allocated_bytes_max(self.memory.left() as u64);
        let mut inner = Reader {
            layout: self.layout,
            options: self.options,
            json: self.json.clone(),
            arena: &arena,
            scratch: std::mem::take(&mut self.scratch),
            pending: Vec::new(),
            memory: Scratch::new(&arena, &memory),
            messages_left: self.messages_left,
            failed_at: None,
            path: FieldPath::default(),
        };
        let start = inner.json.offset();
        let read = inner.within_any(id).and_then(|value| {
            // While it is encoded its bytes are there more than once: in a buffer that doubles, and in the one that stays.
            let size = inner.json.offset().saturating_sub(start).saturating_mul(4);
            kept(inner.memory.hold(size), inner.options)?;
            let mut bytes = Vec::new();
            message_into(inner.layout, id, &value, &mut bytes).map_err(|_| ReadErrorKind::Mismatch)?;
            Ok(bytes)
        });
        self.json.follow(&inner.json);
        self.scratch = inner.scratch;
        self.failed_at = self.failed_at.or(inner.failed_at);
        self.path = inner.path;
        read
    }

    fn within_any(&mut self, id: u32) -> Read<Value<'a>> {
        match self.layout.record(id).well_known {
            None => {
                self.enter()?;
                let value = self.fields(id, true)?;
                self.leave();
                Ok(value)
            }
            Some(known) => self.value_of_known(id, known),
        }
    }

    /// The URL of the type, which may stand anywhere in the object that was begun, and where that is.
    fn type_url(&mut self) -> Read<Option<(&'a str, usize)>> {
        let mut ahead = self.json.clone();
        let found = loop {
            match ahead.key(&mut self.scratch) {
                Ok(Some(key)) if &*key == TYPE_KEY => {
                    break ahead.peek().and_then(|_| {
                        let place = ahead.offset();
                        Ok(Some((ahead.string(&mut self.scratch)?, place)))
                    });
                }
                Ok(Some(_)) => {}
                Ok(None) => break Ok(None),
                Err(fault) => break Err(fault),
            }
            if let Err(fault) = ahead.skip(&mut self.scratch) {
                break Err(fault);
            }
        };
        match found {
            Ok(Some((url, place))) => Ok(Some((keep(url, self.arena, self.options)?, place))),
            Ok(None) => Ok(None),
            Err(fault) => {
                self.failed_at.get_or_insert(ahead.offset());
                ok(Err(fault), self.options)
            }
        }
    }

    /// A message with a form of its own, behind its key.
    fn value_of_known(&mut self, inner: u32, known: WellKnown) -> Read<Value<'a>> {
        let mut value = None;
        let mut has_type = false;
        while let Some(key) = ok(self.json.key(&mut self.scratch), self.options)? {
            let (is_type, is_value) = (&*key == TYPE_KEY, &*key == VALUE_KEY);
            let is_again = is_type && has_type || is_value && value.is_some();
            let place = self.json.key_offset();
            if is_again || !is_type && !is_value && !self.options.ignores_unknown {
                let key = key.as_str().into();
                let kind = if is_again { ReadErrorKind::Again(key) } else { ReadErrorKind::UnknownField(key) };
                return Err(self.failed_from(place, kind));
            }
            has_type |= is_type;
            if is_value {
                value = Some(self.message(inner).map_err(|kind| self.failed_in(VALUE_KEY, kind))?);
            } else {
                ok(self.json.skip(&mut self.scratch), self.options)?;
            }
        }
        match value {
            Some(value) => Ok(value),
            // It has no fields, so that some write a value for it and others don't.
            None if known == WellKnown::Empty => self.made(inner, &[]),
            None => Err(ReadErrorKind::Missing(VALUE_KEY.into())),
        }
    }
}
