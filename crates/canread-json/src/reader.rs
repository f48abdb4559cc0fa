//! One value, key or item after the other from a text.

use alloc::string::String;

use canread_wire::{Budget, Limit, Limits};

use crate::number::scan;
use crate::{Fault, JsonError, Kind, Malformed, Number, Position, Step, Text};

/// Takes one value, key or item after the other from a text.
///
/// A caller that has begun an object asks for the next [`key`](Self::key) until there is none, and takes a value behind each; one
/// that has begun an array asks for the next [`item`](Self::item), and takes a value wherever there is one. When a method fails, the reader stands where
/// it failed, and is of no further use but to say where that is.
///
/// A clone looks ahead: it costs nothing, and has a budget of its own.
#[derive(Debug, Clone)]
pub struct Reader<'de> {
    text: &'de str,
    at: usize,
    key_at: usize,
    /// Nothing of the object or array that was begun last has been taken.
    is_first: bool,
    budget: Budget,
    limits: Limits,
}

impl<'de> Reader<'de> {
    /// A reader at the start of a text.
    ///
    /// # Errors
    ///
    /// The text alone is larger than the limits allow.
    pub fn new(text: &'de str, limits: &Limits) -> Result<Self, JsonError> {
        match Budget::new(limits, text.len()) {
            Ok(budget) => Ok(Self { text, at: 0, key_at: 0, is_first: false, budget, limits: *limits }),
            Err(fault) => Err(JsonError::new(of_wire(fault), Position::of(&[], 0), limits)),
        }
    }

    /// A reader at the start of bytes.
    ///
    /// # Errors
    ///
    /// They are not UTF-8, or more than the limits allow.
    pub fn from_slice(bytes: &'de [u8], limits: &Limits) -> Result<Self, JsonError> {
        match core::str::from_utf8(bytes) {
            Ok(text) => Self::new(text, limits),
            Err(error) => {
                let position = Position::of(bytes, error.valid_up_to());
                Err(JsonError::new(Fault::Malformed(Malformed::Utf8), position, limits))
            }
        }
    }

    /// How many bytes it has passed.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Goes on where a clone of it has come, with what the clone has left to spend.
    pub fn follow(&mut self, ahead: &Reader<'_>) {
        self.at = ahead.at;
        self.key_at = ahead.key_at;
        self.is_first = ahead.is_first;
        self.budget = ahead.budget.clone();
    }

    /// Where the last key began that was taken.
    #[must_use]
    pub fn key_offset(&self) -> usize {
        self.key_at
    }

    /// The place of an offset, for an error about what was read there.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        Position::of(self.text.as_bytes(), offset)
    }

    /// A fault of one of the methods here, with its place.
    #[must_use]
    pub fn error(&self, fault: Fault) -> JsonError {
        JsonError::new(fault, self.position(self.at), &self.limits)
    }

    /// The kind of the value that comes next. Spaces before it are passed.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn peek(&mut self) -> Step<Kind> {
        self.pass_spaces();
        match self.byte() {
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'"') => Ok(Kind::String),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            Some(_) => Err(Fault::Malformed(Malformed::Value)),
            None => Err(Fault::Truncated),
        }
    }

    /// Begins an object.
    ///
    /// # Errors
    ///
    /// The next value is none, or lies deeper than the limits allow.
    pub fn begin_object(&mut self) -> Step<()> {
        self.begin(Kind::Object)
    }

    /// Begins an array.
    ///
    /// # Errors
    ///
    /// The next value is none, or lies deeper than the limits allow.
    pub fn begin_array(&mut self) -> Step<()> {
        self.begin(Kind::Array)
    }

    fn begin(&mut self, kind: Kind) -> Step<()> {
        self.expect(kind)?;
        self.budget.enter().map_err(of_wire)?;
        self.pass(1);
        self.is_first = true;
        Ok(())
    }

    /// The next key of the object, with the colon behind it; none where the object ends.
    ///
    /// # Errors
    ///
    /// Something else comes.
    pub fn key<'s>(&mut self, scratch: &'s mut String) -> Step<Option<Text<'de, 's>>> {
        if !self.goes_on(b'}', Malformed::ObjectEnd)? {
            return Ok(None);
        }
        match self.byte() {
            Some(b'"') => {}
            Some(_) => return Err(Fault::Malformed(Malformed::Key)),
            None => return Err(Fault::Truncated),
        }
        self.key_at = self.at;
        let key = self.string(scratch)?;
        self.pass_spaces();
        match self.byte() {
            Some(b':') => self.pass(1),
            Some(_) => return Err(Fault::Malformed(Malformed::Colon)),
            None => return Err(Fault::Truncated),
        }
        Ok(Some(key))
    }

    /// Whether the array has one more item.
    ///
    /// # Errors
    ///
    /// Neither an item nor the end comes.
    pub fn item(&mut self) -> Step<bool> {
        self.goes_on(b']', Malformed::ArrayEnd)
    }

    /// Passes a comma, or the end.
    fn goes_on(&mut self, end: u8, neither: Malformed) -> Step<bool> {
        let is_first = core::mem::take(&mut self.is_first);
        self.pass_spaces();
        match self.byte() {
            Some(byte) if byte == end => {
                self.pass(1);
                self.budget.leave();
                return Ok(false);
            }
            Some(b',') if !is_first => self.pass(1),
            Some(_) if is_first => return Ok(true),
            Some(_) => return Err(Fault::Malformed(neither)),
            None => return Err(Fault::Truncated),
        }
        self.pass_spaces();
        Ok(true)
    }

    /// Null.
    ///
    /// # Errors
    ///
    /// The next value is none.
    pub fn null(&mut self) -> Step<()> {
        self.expect(Kind::Null)?;
        self.word("null")
    }

    /// True or false.
    ///
    /// # Errors
    ///
    /// The next value is neither.
    pub fn bool(&mut self) -> Step<bool> {
        self.expect(Kind::Bool)?;
        let is_true = self.byte() == Some(b't');
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    fn word(&mut self, word: &str) -> Step<()> {
        let rest = self.rest();
        if rest.starts_with(word) {
            self.pass(word.len());
            return Ok(());
        }
        Err(if word.starts_with(rest) { Fault::Truncated } else { Fault::Malformed(Malformed::Value) })
    }

    /// A number.
    ///
    /// # Errors
    ///
    /// The next value is none.
    pub fn number(&mut self) -> Step<Number<'de>> {
        self.expect(Kind::Number)?;
        let rest = self.rest();
        let number = match scan(rest.as_bytes()) {
            Ok(length) => rest.get(..length).unwrap_or_default(),
            Err(at) if at == rest.len() => return Err(Fault::Truncated),
            Err(_) => return Err(Fault::Malformed(Malformed::Number)),
        };
        self.pass(number.len());
        // `1.5.2` and `12ab` are none, and not one with something behind it.
        match self.byte() {
            Some(byte) if byte.is_ascii_alphanumeric() || b".+-_".contains(&byte) => {
                Err(Fault::Malformed(Malformed::Number))
            }
            _ => Ok(Number::of_scanned(number)),
        }
    }

    /// What a string says. One with escapes is written to the scratch memory, which takes at most what the limits allow to allocate.
    ///
    /// # Errors
    ///
    /// The next value is none, or has escapes and is longer than that.
    pub fn string<'s>(&mut self, scratch: &'s mut String) -> Step<Text<'de, 's>> {
        self.expect(Kind::String)?;
        self.pass(1);
        let plain = self.plain()?;
        if self.byte() == Some(b'"') {
            self.pass(1);
            return Ok(Text::Borrowed(plain));
        }
        self.ask_for(plain.len(), scratch);
        Self::append(plain, scratch)?;
        while self.byte() == Some(b'\\') {
            let letter = self.escape()?;
            Self::append(letter.encode_utf8(&mut [0; 4]), scratch)?;
            let plain = self.plain()?;
            Self::append(plain, scratch)?;
        }
        self.pass(1);
        Ok(Text::Unescaped(scratch))
    }

    /// Empties the scratch memory, and makes it as large as the string can be that goes on here behind so many bytes of it. It is made new
    /// and never grows: what moves is held twice.
    fn ask_for(&self, before: usize, scratch: &mut String) {
        scratch.clear();
        // No escape stands for more bytes than it takes.
        let size = before.saturating_add(self.bytes_to_quote());
        if size > scratch.capacity() {
            // What the scratch memory has, and not what this reader asked for it: a clone asks for the same memory.
            let allowed = usize::try_from(self.limits.allocated_bytes_max()).unwrap_or(usize::MAX);
            if scratch.capacity() < allowed {
                drop(core::mem::take(scratch));
                scratch.reserve_exact(size.min(allowed));
            }
        }
    }

    /// Bytes up to the `"` that ends the string, or to the end of the text.
    fn bytes_to_quote(&self) -> usize {
        let mut is_escaped = false;
        let is_end = |byte: u8| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        };
        self.rest().bytes().position(is_end).unwrap_or(self.rest().len())
    }

    /// Adds to scratch memory that is large enough, unless that was not allowed.
    fn append(piece: &str, scratch: &mut String) -> Step<()> {
        if piece.len() > scratch.capacity().saturating_sub(scratch.len()) {
            return Err(Fault::Limit(Limit::AllocatedBytes));
        }
        scratch.push_str(piece);
        Ok(())
    }

    /// What stands up to the next `"` or `\`.
    fn plain(&mut self) -> Step<&'de str> {
        let rest = self.rest();
        let end = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\').unwrap_or(rest.len());
        self.pass(end);
        match self.byte() {
            Some(b'"' | b'\\') => Ok(rest.get(..end).unwrap_or_default()),
            Some(_) => Err(Fault::Malformed(Malformed::Control)),
            None => Err(Fault::Truncated),
        }
    }

    /// What a `\` with what is behind it stands for.
    fn escape(&mut self) -> Step<char> {
        let letter = match self.rest().as_bytes().get(1) {
            Some(b'u') => return self.escaped_number(),
            Some(letter @ (b'"' | b'\\' | b'/')) => char::from(*letter),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(_) => return Err(Fault::Malformed(Malformed::Escape)),
            None => return Err(Fault::Truncated),
        };
        self.pass(2);
        Ok(letter)
    }

    /// `\uXXXX`, or two of them for a character beyond the 65,536th.
    fn escaped_number(&mut self) -> Step<char> {
        let first = self.unit()?;
        let surrogate = Fault::Malformed(Malformed::Surrogate);
        match first {
            0xd800..=0xdbff => {
                let rest = self.rest().get(6..).unwrap_or_default();
                if !rest.starts_with("\\u") {
                    let is_truncated = "\\u".starts_with(rest);
                    return Err(if is_truncated { Fault::Truncated } else { surrogate });
                }
                self.pass(6);
                let second = self.unit()?;
                let letter = char::decode_utf16([first, second]).next().and_then(Result::ok).ok_or(surrogate)?;
                self.pass(6);
                Ok(letter)
            }
            unit => {
                let letter = char::from_u32(unit.into()).ok_or(surrogate)?;
                self.pass(6);
                Ok(letter)
            }
        }
    }

    /// The number of `\uXXXX`, which is not passed.
    fn unit(&self) -> Step<u16> {
        let rest = self.rest().as_bytes();
        let digits = rest.get(2..).unwrap_or_default();
        let digits = digits.get(..4).unwrap_or(digits);
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(Fault::Malformed(Malformed::Escape));
        }
        if digits.len() < 4 {
            return Err(Fault::Truncated);
        }
        let digits = core::str::from_utf8(digits).unwrap_or_default();
        u16::from_str_radix(digits, 16).map_err(|_| Fault::Malformed(Malformed::Escape))
    }

    /// Passes over a value, whatever it is; what it is made of is looked at.
    ///
    /// # Errors
    ///
    /// It is none, or is deeper than the limits allow.
    pub fn skip(&mut self, scratch: &mut String) -> Step<()> {
        match self.peek()? {
            Kind::Object => {
                self.begin_object()?;
                while self.key(scratch)?.is_some() {
                    self.skip(scratch)?;
                }
            }
            Kind::Array => {
                self.begin_array()?;
                while self.item()? {
                    self.skip(scratch)?;
                }
            }
            Kind::String => drop(self.string(scratch)?),
            Kind::Number => drop(self.number()?),
            Kind::Bool => drop(self.bool()?),
            Kind::Null => self.null()?,
        }
        Ok(())
    }

    /// How many items the array that was begun has left, as far as it is JSON; the reader stays where it is. Memory for them can be asked
    /// for at once then.
    #[must_use]
    pub fn items_left(&self, scratch: &mut String) -> usize {
        let mut ahead = self.clone();
        let mut count = 0_usize;
        while let Ok(true) = ahead.item() {
            count = count.saturating_add(1);
            if ahead.skip(scratch).is_err() {
                break;
            }
        }
        count
    }

    /// Only spaces may be left.
    ///
    /// # Errors
    ///
    /// Something else is.
    pub fn end(&mut self) -> Step<()> {
        self.pass_spaces();
        if self.rest().is_empty() { Ok(()) } else { Err(Fault::Malformed(Malformed::TrailingText)) }
    }

    fn expect(&mut self, expected: Kind) -> Step<()> {
        match self.peek()? {
            found if found == expected => Ok(()),
            found => Err(Fault::Kind { expected, found }),
        }
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn pass(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn pass_spaces(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.pass(1);
        }
    }
}

fn of_wire(fault: canread_wire::Fault) -> Fault {
    match fault {
        canread_wire::Fault::Limit(limit) => Fault::Limit(limit),
        // A budget has no other.
        _ => Fault::Truncated,
    }
}
