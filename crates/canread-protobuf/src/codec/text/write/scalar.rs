//! Numbers, texts and symbols as text.

use std::fmt::Write as _;

use canread_model::Int;
use canread_plan::{LayoutKind, Value};
use canread_wire::EncodeErrorKind;

use super::{Printer, Written};

impl Printer<'_> {
    pub(super) fn scalar(&mut self, kind: LayoutKind, value: &Value<'_>) -> Written {
        match (kind, value) {
            (LayoutKind::Bool, Value::Bool(value)) => self.display(value),
            (LayoutKind::Int(int), Value::Int(value)) if int.signed => {
                fits(int, i32::try_from(*value).is_ok())?;
                self.display(value);
            }
            (LayoutKind::Int(int), Value::Uint(value)) if !int.signed => {
                fits(int, u32::try_from(*value).is_ok())?;
                self.display(value);
            }
            (LayoutKind::Float, Value::Float(value)) if value.is_nan() => self.text.push_str("nan"),
            (LayoutKind::Double, Value::Double(value)) if value.is_nan() => self.text.push_str("nan"),
            // The fewest digits that are the same number, with an exponent where many zeros would stand.
            (LayoutKind::Float, Value::Float(value)) => self.display(&format_args!("{value:?}")),
            (LayoutKind::Double, Value::Double(value)) => self.display(&format_args!("{value:?}")),
            (LayoutKind::String { .. }, Value::String(text)) if !self.options.is_ascii => self.string(text),
            (LayoutKind::String { .. }, Value::String(text)) => self.bytes(text.as_bytes()),
            (LayoutKind::String { is_verified: false } | LayoutKind::Bytes, Value::Bytes(bytes)) => self.bytes(bytes),
            (LayoutKind::Enum(id), Value::Symbol(number)) => {
                let declared = self.layout.declared_enum(id);
                match declared.symbol(*number) {
                    Some(name) => self.text.push_str(name),
                    None if declared.is_open => self.display(number),
                    None => return Err(EncodeErrorKind::UnknownSymbol),
                }
            }
            _ => return Err(EncodeErrorKind::Mismatch),
        }
        Ok(())
    }

    pub(super) fn display(&mut self, value: &impl std::fmt::Display) {
        write!(self.text, "{value}").expect("a string takes all that is written");
    }

    /// Text in quotes, with all that is not ASCII as it is.
    fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(is_escaped) {
            let (plain, behind) = rest.split_at(at);
            self.text.push_str(plain);
            // What is escaped is ASCII.
            let (escaped, behind) = behind.split_at(1);
            escaped.bytes().for_each(|byte| self.escape(byte));
            rest = behind;
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    /// Bytes in quotes, with escapes for all that is not ASCII.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.text.push('"');
        for byte in bytes {
            if is_escaped(*byte) || !byte.is_ascii() {
                self.escape(*byte);
            } else {
                self.text.push(char::from(*byte));
            }
        }
        self.text.push('"');
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            b'"' | b'\'' | b'\\' => self.text.extend(['\\', char::from(byte)]),
            // Three digits, since another one may follow.
            _ => self.display(&format_args!("\\{byte:03o}")),
        }
    }
}

fn is_escaped(byte: u8) -> bool {
    byte.is_ascii_control() || matches!(byte, b'"' | b'\'' | b'\\')
}

fn fits(int: Int, is_in_32_bits: bool) -> Written {
    if int.bits == 64 || is_in_32_bits { Ok(()) } else { Err(EncodeErrorKind::OutOfRange) }
}
