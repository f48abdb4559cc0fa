//! Messages within `Any`, written out behind their URL.
//!
//! Source: Protobuf, "Text Format Language Specification", section "Any Fields".

use canread_plan::{LayoutKind, RecordLayout, Value};

use super::super::super::value;
use super::super::error::ReadErrorKind;
use super::super::lex::Token;
use super::failure::{Failure, Parsed};
use super::name::Name;
use super::{Parser, is_free};

/// The number of the field of `Any` with the URL.
const URL: i32 = 1;
/// The number of the field of `Any` with the bytes.
const BYTES: i32 = 2;

impl<'a> Parser<'a> {
    /// What stands behind a URL: its bytes are the message's.
    pub(super) fn expanded(
        &mut self,
        record: &'a RecordLayout,
        slots: &mut [Value<'a>],
        name: &Name<'a>,
    ) -> Parsed<()> {
        let Some((url, message)) = name.url() else { return Err(self.unexpected("the URL of a message")) };
        let places = record.field_by_number(URL).zip(record.field_by_number(BYTES));
        let fields =
            places.and_then(|(url, bytes)| Some(((url, record.fields.get(url)?), (bytes, record.fields.get(bytes)?))));
        let Some((url_field, bytes_field)) = fields else {
            return Err(Failure::at(ReadErrorKind::Mismatch, &name.text, name.at));
        };
        is_free(record, url_field, slots, name)?;
        is_free(record, bytes_field, slots, name)?;
        let found = self.layout.record_by_name(message).map(|ty| self.layout.kind(ty));
        let Some(LayoutKind::Record(id)) = found else {
            return Err(Failure::at(ReadErrorKind::UnknownMessage, message, name.at));
        };
        self.takes(":");
        let at = self.token;
        let close = self.open()?;
        let inner = self.message(id, close).map_err(|failure| failure.within(&name.text))?;
        let bytes = self.encoded(id, &inner, &at)?;
        let kept = self.arena.keep_slice(url.as_bytes()).map_err(|fault| self.stopped(fault))?;
        let url = std::str::from_utf8(kept).map_err(|_| Failure::new(ReadErrorKind::Utf8, &at))?;
        for ((place, _), value) in [(url_field, Value::String(url)), (bytes_field, Value::Bytes(bytes))] {
            if let Some(slot) = slots.get_mut(place) {
                *slot = value;
            }
        }
        Ok(())
    }

    /// The bytes of a message that stood behind a token.
    fn encoded(&mut self, id: u32, message: &Value<'a>, start: &Token<'_>) -> Parsed<&'a [u8]> {
        // While it is encoded, its bytes are there three times. Few texts are shorter than their bytes.
        let held = self.token.at.saturating_sub(start.at).saturating_mul(4);
        self.scratch.hold(held).map_err(|fault| self.stopped(fault))?;
        let mut bytes = Vec::new();
        let encoded = value::message_into(self.layout, id, message, &mut bytes);
        encoded.map_err(|_| Failure::new(ReadErrorKind::Mismatch, start))?;
        let beyond = bytes.len().saturating_mul(3).saturating_sub(held);
        self.scratch.hold(beyond).map_err(|fault| self.stopped(fault))?;
        let kept = self.arena.keep_slice(&bytes).map_err(|fault| self.stopped(fault))?;
        drop(bytes);
        self.scratch.release(held.saturating_add(beyond));
        Ok(kept)
    }
}
