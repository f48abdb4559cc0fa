//! One value, key or item after the other to a text.

use alloc::string::String;

use crate::Number;

/// Writes one value, key or item after the other.
///
/// What is written is JSON if the calls are in its order: a [`key`](Self::key) before each value of an object, an
/// [`item`](Self::item) before each value of an array, an end for each beginning.
#[derive(Debug)]
pub struct Writer<'o> {
    out: &'o mut String,
    /// Spaces for each level, where each value has a line of its own.
    indent: Option<usize>,
    depth: usize,
    /// Nothing of the object or array that was begun last has been written.
    is_first: bool,
}

impl<'o> Writer<'o> {
    /// Writes behind what is there, on one line without spaces.
    #[must_use]
    pub fn compact(out: &'o mut String) -> Self {
        Self { out, indent: None, depth: 0, is_first: false }
    }

    /// Writes behind what is there, each value on a line of its own, with so many spaces for each level.
    #[must_use]
    pub fn indented(out: &'o mut String, spaces: usize) -> Self {
        Self { indent: Some(spaces), ..Self::compact(out) }
    }

    /// Begins an object.
    pub fn begin_object(&mut self) {
        self.begin('{');
    }

    /// A key of an object.
    pub fn key(&mut self, key: &str) {
        self.item();
        self.string(key);
        self.out.push_str(if self.indent.is_some() { ": " } else { ":" });
    }

    /// Ends an object.
    pub fn end_object(&mut self) {
        self.end('}');
    }

    /// Begins an array.
    pub fn begin_array(&mut self) {
        self.begin('[');
    }

    /// Says that an item of an array comes.
    pub fn item(&mut self) {
        if !core::mem::take(&mut self.is_first) {
            self.out.push(',');
        }
        self.line();
    }

    /// Ends an array.
    pub fn end_array(&mut self) {
        self.end(']');
    }

    fn begin(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth = self.depth.saturating_add(1);
        self.is_first = true;
    }

    fn end(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        if !core::mem::take(&mut self.is_first) {
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if let Some(spaces) = self.indent {
            self.out.push('\n');
            let spaces = self.depth.saturating_mul(spaces);
            self.out.extend(core::iter::repeat_n(' ', spaces));
        }
    }

    /// Null.
    pub fn null(&mut self) {
        self.out.push_str("null");
    }

    /// True or false.
    pub fn bool(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    /// A signed integer.
    pub fn i64(&mut self, value: i64) {
        self.out.push_str(itoa::Buffer::new().format(value));
    }

    /// An unsigned integer.
    pub fn u64(&mut self, value: u64) {
        self.out.push_str(itoa::Buffer::new().format(value));
    }

    /// A number as it is.
    pub fn number(&mut self, number: Number<'_>) {
        self.out.push_str(number.as_str());
    }

    /// A number of 64 bits, with the fewest digits that make the same number again. Zero below zero is `-0.0`, since many readers
    /// take `-0` for an integer, which has no such. Those that JSON has no number for are the
    /// strings `"NaN"`, `"Infinity"` and `"-Infinity"`, as Protobuf and Avro have them.
    pub fn f64(&mut self, value: f64) {
        if value.is_finite() {
            self.shortest(zmij::Buffer::new().format_finite(value));
        } else {
            self.string(not_finite(value));
        }
    }

    /// A number of 32 bits, as [`f64`](Self::f64): the digits are those that make the same number of 32 bits again.
    pub fn f32(&mut self, value: f32) {
        if value.is_finite() {
            self.shortest(zmij::Buffer::new().format_finite(value));
        } else {
            self.string(not_finite(value.into()));
        }
    }

    fn shortest(&mut self, digits: &str) {
        let digits = if digits == "-0.0" { digits } else { digits.strip_suffix(".0").unwrap_or(digits) };
        self.out.push_str(digits);
    }

    /// A string. Quotes, backslashes and control characters are escaped, all others stand as they are.
    pub fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while let Some(end) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            let (plain, behind) = rest.split_at(end);
            self.out.push_str(plain);
            let mut letters = behind.chars();
            if let Some(letter) = letters.next() {
                self.escape(letter);
            }
            rest = letters.as_str();
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    fn escape(&mut self, letter: char) {
        let short = match letter {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            other => {
                self.out.push_str("\\u00");
                let digit = |number: u32| char::from_digit(number & 15, 16).unwrap_or('0');
                let number = u32::from(other);
                self.out.push(digit(number >> 4));
                self.out.push(digit(number));
                return;
            }
        };
        self.out.push_str(short);
    }
}

fn not_finite(value: f64) -> &'static str {
    match (value.is_nan(), value > 0.0) {
        (true, _) => "NaN",
        (_, true) => "Infinity",
        _ => "-Infinity",
    }
}
