//! The wire format, as far as descriptors and options need it: a cursor over
//! borrowed bytes, and a sink.
//!
//! ```text
//! message = field*
//! field   = tag:varint value          tag = number << 3 | wire type
//! value   = varint | 8 bytes | length:varint bytes | field* end-tag | 4 bytes
//! ```
//!
//! Source: <https://protobuf.dev/programming-guides/encoding/>.

use super::error::{Malformed, ReadError, ReadErrorKind, ReadLimit};

/// The largest number a field may have.
pub(crate) const FIELD_NUMBER_MAX: u32 = (1 << 29) - 1;

/// What one input may cost.
///
/// The defaults fit descriptor sets of whole companies: the 7,234 files of
/// googleapis, with source info, have 78 MB and 0.6 million messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of input; 1 GiB unless said otherwise.
    pub bytes_max: usize,
    /// Messages inside messages; 100 unless said otherwise, as in protobuf's own readers.
    pub depth_max: u32,
    /// Messages of all kinds (files, messages, fields, enum values…); 8 million unless said otherwise.
    /// An empty message takes 2 bytes of input and a few hundred of memory.
    pub messages_max: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { bytes_max: 1 << 30, depth_max: 100, messages_max: 8_000_000 }
    }
}

/// What is left of the limits while reading.
pub(crate) struct Budget {
    limits: ReadLimits,
    messages: usize,
}

impl Budget {
    pub(crate) fn new(limits: ReadLimits) -> Self {
        Self { limits, messages: 0 }
    }

    /// Takes one message from the budget.
    pub(crate) fn message(&mut self, cursor: &Cursor<'_>) -> Result<(), ReadError> {
        self.messages += 1;
        if self.messages > self.limits.messages_max {
            return Err(cursor.exceeded(ReadLimit::Messages, self.limits.messages_max));
        }
        Ok(())
    }
}

/// Reads fields from one message inside a larger input.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    input: &'a [u8],
    at: usize,
    end: usize,
    depth_left: u32,
    depth_max: u32,
    message: &'static str,
}

/// One field: its number, its value, and the bytes of both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawField<'a> {
    pub(crate) number: u32,
    pub(crate) value: RawValue<'a>,
    /// Tag and value, to be kept where the field is not known.
    pub(crate) raw: &'a [u8],
}

/// A value, by wire type.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RawValue<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(Cursor<'a>),
    Group(Cursor<'a>),
    Fixed32(u32),
}

impl<'a> Cursor<'a> {
    /// The whole of an input, read as a `message`.
    pub(crate) fn new(input: &'a [u8], limits: ReadLimits, message: &'static str) -> Result<Self, ReadError> {
        let depth = limits.depth_max;
        let cursor = Self { input, at: 0, end: input.len(), depth_left: depth, depth_max: depth, message };
        if input.len() > limits.bytes_max {
            return Err(cursor.exceeded(ReadLimit::Bytes, limits.bytes_max));
        }
        Ok(cursor)
    }

    /// The same bytes, one level deeper, read as a `message`.
    pub(crate) fn enter(self, message: &'static str) -> Result<Self, ReadError> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(self.exceeded(ReadLimit::Depth, self.depth_max as usize));
        };
        Ok(Self { depth_left, message, ..self })
    }

    /// The end of the same message.
    pub(crate) fn emptied(self) -> Self {
        Self { at: self.end, ..self }
    }

    /// The bytes that are left.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.input.get(self.at..self.end).unwrap_or_default()
    }

    /// The bytes that are left, as text.
    pub(crate) fn text(&self) -> Result<&'a str, ReadError> {
        std::str::from_utf8(self.bytes()).map_err(|error| {
            let kind = ReadErrorKind::Malformed(Malformed::Utf8);
            ReadError::new(kind, self.at + error.valid_up_to(), self.message)
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.end
    }

    /// The next field; `None` at the end of the message.
    pub(crate) fn field(&mut self) -> Result<Option<RawField<'a>>, ReadError> {
        if self.is_empty() {
            return Ok(None);
        }
        let start = self.at;
        let (number, wire_type) = self.tag()?;
        let value = match wire_type {
            0 => RawValue::Varint(self.varint()?),
            1 => RawValue::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => RawValue::Bytes(self.delimited()?),
            3 => RawValue::Group(self.group(number)?),
            4 => return Err(self.malformed(Malformed::GroupEnd, start)),
            5 => RawValue::Fixed32(u32::from_le_bytes(self.array()?)),
            _ => return Err(self.malformed(Malformed::WireType, start)),
        };
        let raw = self.input.get(start..self.at).unwrap_or_default();
        Ok(Some(RawField { number, value, raw }))
    }

    /// A tag: field number and wire type.
    fn tag(&mut self) -> Result<(u32, u8), ReadError> {
        let start = self.at;
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).unwrap_or(u32::MAX);
        if number == 0 || number > FIELD_NUMBER_MAX {
            return Err(self.malformed(Malformed::FieldNumber, start));
        }
        Ok((number, (tag & 7) as u8))
    }

    pub(crate) fn varint(&mut self) -> Result<u64, ReadError> {
        let start = self.at;
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.array::<1>()?[0];
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.malformed(Malformed::Varint, start))
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let Some(bytes) = self.bytes().first_chunk::<N>() else {
            return Err(self.too_short(self.end));
        };
        self.at += N;
        Ok(*bytes)
    }

    /// A length and so many bytes.
    fn delimited(&mut self) -> Result<Self, ReadError> {
        let start = self.at;
        let length = self.varint()?;
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        match end {
            Some(end) if end <= self.end => {
                let inner = Self { end, ..*self };
                self.at = end;
                Ok(inner)
            }
            _ => Err(self.too_short(start)),
        }
    }

    /// The fields up to the end of group `number`.
    fn group(&mut self, number: u32) -> Result<Self, ReadError> {
        let mut inner = self.enter(self.message)?;
        loop {
            if inner.is_empty() {
                return Err(self.too_short(self.end));
            }
            let end = inner.at;
            let before = inner;
            let (found, wire_type) = inner.tag()?;
            if wire_type != 4 {
                inner = before;
                inner.field()?;
                continue;
            }
            if found != number {
                return Err(self.malformed(Malformed::GroupEnd, end));
            }
            let content = Self { end, depth_left: inner.depth_left, ..*self };
            self.at = inner.at;
            return Ok(content);
        }
    }

    /// The message has too few bytes: the input may be cut off, but if more bytes follow the message is wrong.
    fn too_short(&self, offset: usize) -> ReadError {
        if self.end == self.input.len() {
            ReadError::new(ReadErrorKind::Truncated, offset, self.message)
        } else {
            self.malformed(Malformed::Length, offset)
        }
    }

    fn malformed(&self, malformed: Malformed, offset: usize) -> ReadError {
        ReadError::new(ReadErrorKind::Malformed(malformed), offset, self.message)
    }

    fn exceeded(&self, limit: ReadLimit, allowed: usize) -> ReadError {
        ReadError::new(ReadErrorKind::LimitExceeded { limit, allowed }, self.at, self.message)
    }
}

/// Where descriptors and options are written to.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    bytes: Vec<u8>,
}

impl Sink {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn tag(&mut self, number: u32, wire_type: u8) {
        self.varint_value(u64::from(number) << 3 | u64::from(wire_type));
    }

    pub(crate) fn varint_value(&mut self, mut value: u64) {
        while value >= 0x80 {
            #[expect(clippy::cast_possible_truncation, reason = "the low seven bits are meant")]
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        #[expect(clippy::cast_possible_truncation, reason = "less than 0x80")]
        self.bytes.push(value as u8);
    }

    pub(crate) fn varint(&mut self, number: u32, value: u64) {
        self.tag(number, 0);
        self.varint_value(value);
    }

    /// An `int32` or enum: negative numbers take ten bytes.
    pub(crate) fn int32(&mut self, number: u32, value: i32) {
        self.varint(number, i64::from(value).cast_unsigned());
    }

    /// A `bool` that is only written if it is set.
    pub(crate) fn flag(&mut self, number: u32, value: bool) {
        if value {
            self.varint(number, 1);
        }
    }

    pub(crate) fn bytes(&mut self, number: u32, value: &[u8]) {
        self.tag(number, 2);
        self.varint_value(value.len() as u64);
        self.raw(value);
    }

    /// A field of bytes that is only written if there is a value.
    pub(crate) fn bytes_if(&mut self, number: u32, value: Option<impl AsRef<[u8]>>) {
        if let Some(value) = value {
            self.bytes(number, value.as_ref());
        }
    }

    /// A message: its fields are written by `body`, its length is put in front afterwards.
    pub(crate) fn message(&mut self, number: u32, body: impl FnOnce(&mut Self)) {
        self.tag(number, 2);
        self.delimited(body);
    }

    /// A length and what `body` writes.
    pub(crate) fn delimited(&mut self, body: impl FnOnce(&mut Self)) {
        let start = self.bytes.len();
        // Most messages take one byte of length; for the others the body is moved once.
        self.bytes.push(0);
        body(self);
        let length = self.bytes.len() - start - 1;
        if let Ok(short @ 0..0x80) = u8::try_from(length) {
            self.bytes[start] = short;
            return;
        }
        let mut prefix = Self::default();
        prefix.varint_value(length as u64);
        self.bytes.splice(start..=start, prefix.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Result<Vec<u32>, ReadErrorKind> {
        let mut cursor = Cursor::new(bytes, ReadLimits::default(), "Test").map_err(|error| error.kind())?;
        let mut numbers = Vec::new();
        while let Some(field) = cursor.field().map_err(|error| error.kind())? {
            numbers.push(field.number);
        }
        Ok(numbers)
    }

    #[test]
    fn every_wire_type_is_read() {
        let bytes = b"\x08\x96\x01\x11abcdefgh\x1a\x02hi\x23\x08\x01\x24\x2dabcd";
        assert_eq!(fields(bytes), Ok(vec![1, 2, 3, 4, 5]));
    }

    #[test]
    fn bytes_that_break_the_format_are_refused() {
        let malformed = |malformed| Err(ReadErrorKind::Malformed(malformed));
        assert_eq!(fields(b"\x00"), malformed(Malformed::FieldNumber));
        assert_eq!(fields(b"\x0e"), malformed(Malformed::WireType));
        assert_eq!(fields(b"\x0c"), malformed(Malformed::GroupEnd));
        assert_eq!(fields(b"\x0b\x14"), malformed(Malformed::GroupEnd));
        assert_eq!(fields(b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), malformed(Malformed::Varint));
        assert_eq!(fields(b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), Ok(vec![1]));
        assert_eq!(fields(b"\x0a\x05abc"), Err(ReadErrorKind::Truncated));
        assert_eq!(fields(b"\x0b\x08"), Err(ReadErrorKind::Truncated));
    }

    #[test]
    fn groups_have_a_budget_of_levels() {
        let limit = ReadErrorKind::LimitExceeded { limit: ReadLimit::Depth, allowed: 100 };
        assert_eq!(fields(&vec![0x0b; 100_000]), Err(limit));
    }

    #[test]
    fn a_long_body_gets_a_long_length() {
        let mut sink = Sink::default();
        sink.message(1, |sink| sink.bytes(2, &[7; 200]));
        let bytes = sink.into_bytes();
        assert_eq!(bytes.get(..6), Some(&[0x0a, 0xcb, 0x01, 0x12, 0xc8, 0x01][..]));
        assert_eq!(bytes.len(), 206);
    }
}
