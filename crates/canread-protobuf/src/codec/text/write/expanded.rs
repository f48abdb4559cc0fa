//! Messages within `Any`, written out behind their URL.
//!
//! Source: Protobuf, "Text Format Language Specification", section "Any Fields".

use canread_plan::{Arena, LayoutKind, Record, RecordLayout, Value};
use canread_wire::EncodeErrorKind;

use super::super::super::value;
use super::Printer;

impl Printer<'_> {
    /// Writes the message that an `Any` holds; false, and nothing, if it can't be read, or its URL could not be read back.
    pub(super) fn expanded(&mut self, layout: &RecordLayout, record: &Record<'_>) -> Result<bool, EncodeErrorKind> {
        let field = |number| layout.field_by_number(number).and_then(|at| record.fields.get(at));
        let Some(Value::String(url)) = field(1) else { return Ok(false) };
        let bytes = match field(2) {
            Some(Value::Bytes(bytes)) => *bytes,
            Some(Value::Absent) => &[],
            _ => return Ok(false),
        };
        let Some((_, name)) = url.rsplit_once('/').filter(|_| is_plain(url)) else { return Ok(false) };
        let Some(ty) = self.layout.record_by_name(name) else { return Ok(false) };
        let LayoutKind::Record(id) = self.layout.kind(ty) else { return Ok(false) };
        let arena = Arena::new();
        let limits = self.options.limits.with_allocated_bytes_max(self.memory_left);
        let read = value::message_from_slice(self.layout, id, bytes, &arena, &limits);
        let Ok(Value::Record(message)) = read else { return Ok(false) };
        let memory_left = self.memory_left;
        self.memory_left = memory_left.saturating_sub(arena.allocated_bytes() as u64);
        self.open(&format!("[{url}]"));
        self.message(id, message)?;
        self.close();
        self.memory_left = memory_left;
        Ok(true)
    }
}

/// Whether a URL is words with points, hyphens and slashes between them, so that it may stand in brackets.
fn is_plain(url: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && !word.starts_with(|first: char| first.is_ascii_digit())
            && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
    };
    url.split(['.', '-', '/']).all(is_word)
}
