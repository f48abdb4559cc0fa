//! One value of JSON as a scalar.

use canread_json::{Kind, Number, NumberError};
use canread_model::Int;
use canread_plan::{LayoutKind, TypeId, Value};

use super::base64;
use super::error::{Form, ReadErrorKind};
use super::read::{Read, Reader, kept, ok};

impl<'a> Reader<'a> {
    /// A scalar; none if it is a symbol that the enum does not have, and such are ignored.
    pub(super) fn scalar(&mut self, ty: TypeId) -> Read<Option<Value<'a>>> {
        self.kind()?;
        let start = self.json.offset();
        let read = self.scalar_of(self.layout.kind(ty));
        read.map_err(|kind| self.failed_from(start, kind))
    }

    fn scalar_of(&mut self, kind: LayoutKind) -> Read<Option<Value<'a>>> {
        Ok(Some(match kind {
            LayoutKind::Bool => Value::Bool(ok(self.json.bool(), self.options)?),
            LayoutKind::Int(int) => integer(int, self.number()?)?,
            LayoutKind::Float => match self.number_or_word()? {
                Ok(number) => Value::Float(number.to_f32().map_err(ReadErrorKind::Number)?),
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a number that is not finite is one of 32 bits too"
                )]
                Err(word) => Value::Float(word as f32),
            },
            LayoutKind::Double => match self.number_or_word()? {
                Ok(number) => Value::Double(number.to_f64().map_err(ReadErrorKind::Number)?),
                Err(word) => Value::Double(word),
            },
            LayoutKind::String { .. } => Value::String(self.string()?),
            LayoutKind::Bytes => Value::Bytes(self.bytes()?),
            LayoutKind::Enum(id) => return self.symbol(id),
            _ => return Err(ReadErrorKind::Mismatch),
        }))
    }

    /// The key of a map, which is a string whatever its type is.
    pub(super) fn map_key(&self, ty: TypeId, text: &'a str) -> Read<Value<'a>> {
        match self.layout.kind(ty) {
            LayoutKind::Bool => match text {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                _ => Err(ReadErrorKind::Form(Form::Bool)),
            },
            LayoutKind::Int(int) => integer(int, Number::parse(text).ok_or(ReadErrorKind::Form(Form::Number))?),
            LayoutKind::String { .. } => Ok(Value::String(text)),
            _ => Err(ReadErrorKind::Mismatch),
        }
    }

    /// A number, or a string that is one.
    fn number(&mut self) -> Read<Number<'a>> {
        if self.kind()? == Kind::String {
            let text = self.string()?;
            return Number::parse(text).ok_or(ReadErrorKind::Form(Form::Number));
        }
        ok(self.json.number(), self.options)
    }

    /// The same, or a word for what JSON has no number for.
    fn number_or_word(&mut self) -> Read<Result<Number<'a>, f64>> {
        if self.kind()? != Kind::String {
            return self.number().map(Ok);
        }
        let text = self.string()?;
        Ok(match text {
            "NaN" => Err(f64::NAN),
            "Infinity" => Err(f64::INFINITY),
            "-Infinity" => Err(f64::NEG_INFINITY),
            text => Ok(Number::parse(text).ok_or(ReadErrorKind::Form(Form::Number))?),
        })
    }

    fn bytes(&mut self) -> Read<&'a [u8]> {
        let text = ok(self.json.string(&mut self.scratch), self.options)?;
        let bytes = kept(self.arena.keep_filled(base64::decoded_len(&text), 0_u8), self.options)?;
        base64::decode(&text, bytes).ok_or(ReadErrorKind::Form(Form::Base64))?;
        Ok(bytes)
    }

    fn symbol(&mut self, id: u32) -> Read<Option<Value<'a>>> {
        let declared = self.layout.declared_enum(id);
        match self.kind()? {
            Kind::String => {
                let name = ok(self.json.string(&mut self.scratch), self.options)?;
                match declared.number(&name) {
                    Some(number) => Ok(Some(Value::Symbol(number))),
                    None if self.options.ignores_unknown => Ok(None),
                    None => Err(ReadErrorKind::UnknownSymbol(name.as_str().into())),
                }
            }
            Kind::Null if &*declared.name == super::known::NULL_VALUE => {
                ok(self.json.null(), self.options)?;
                Ok(Some(Value::Symbol(0)))
            }
            _ => {
                let number = ok(self.json.number(), self.options)?;
                let value = number.to_i64().map_err(ReadErrorKind::Number)?;
                let value = i32::try_from(value).map_err(|_| ReadErrorKind::Number(NumberError::OutOfRange))?;
                if declared.is_open || declared.symbol(value).is_some() {
                    return Ok(Some(Value::Symbol(value)));
                }
                if self.options.ignores_unknown {
                    return Ok(None);
                }
                Err(ReadErrorKind::UnknownSymbol(number.as_str().into()))
            }
        }
    }
}

fn integer<'a>(int: Int, number: Number<'_>) -> Read<Value<'a>> {
    let out_of_range = ReadErrorKind::Number(NumberError::OutOfRange);
    if int.signed {
        let value = number.to_i64().map_err(ReadErrorKind::Number)?;
        let fits = int.bits == 64 || i32::try_from(value).is_ok();
        if fits { Ok(Value::Int(value)) } else { Err(out_of_range) }
    } else {
        let value = number.to_u64().map_err(ReadErrorKind::Number)?;
        let fits = int.bits == 64 || u32::try_from(value).is_ok();
        if fits { Ok(Value::Uint(value)) } else { Err(out_of_range) }
    }
}
