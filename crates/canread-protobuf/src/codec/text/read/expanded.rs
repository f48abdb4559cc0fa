//! Messages within `Any`, written out behind their URL.
//!
//! Source: Protobuf, "Text Format Language Specification", section "Any Fields".

use canread_plan::{LayoutKind, RecordLayout, Value};

use super::super::super::value;
use super::super::error::ReadErrorKind;
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
        // The bytes are no larger than a few times the text; they count when they are kept.
        let mut bytes = Vec::new();
        let encoded = value::message_into(self.layout, id, &inner, &mut bytes);
        encoded.map_err(|_| Failure::new(ReadErrorKind::Mismatch, &at))?;
        let kept = self.arena.keep_slice(url.as_bytes()).and_then(|url| Ok((url, self.arena.keep_slice(&bytes)?)));
        let (url, bytes) = kept.map_err(|fault| self.stopped(fault))?;
        let url = std::str::from_utf8(url).map_err(|_| Failure::new(ReadErrorKind::Utf8, &at))?;
        for ((place, _), value) in [(url_field, Value::String(url)), (bytes_field, Value::Bytes(bytes))] {
            if let Some(slot) = slots.get_mut(place) {
                *slot = value;
            }
        }
        Ok(())
    }
}
