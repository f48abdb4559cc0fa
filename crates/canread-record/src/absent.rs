//! What a field of Protobuf has that is not in the data.

use crate::{Constant, FieldSchema, Format, Shape};

/// What a field of Protobuf has that is not in the data.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no other")]
pub enum Absent {
    /// What the format has there where nothing is said: zero, false, nothing in it, the first symbol.
    Zero,
    /// Another value; `None` if no schema can say it. So a zero that is meant has to be written, and a schema has to say that the
    /// field has presence.
    Other(Option<Constant>),
}

impl FieldSchema {
    /// What the field has in Protobuf that is not in the data: what its `default` says, and for a symbol what its type says.
    ///
    /// Source: Protobuf, "Field Presence"; "Enum Default Value"; [`Shape::has_default_in`].
    #[must_use]
    pub fn absent_in_protobuf(&self) -> Absent {
        let says_default = self.meta.is_explicit && self.shape.has_default_in(Format::Protobuf, &self.meta);
        let default = self.default.filter(|_| says_default).and_then(|default| default(Format::Protobuf));
        let shape = self.shape.physical(Format::Protobuf, &self.meta);
        let value = match (default, shape) {
            (Some(default), _) => default,
            // It depends on a type parameter, or is a number without a symbol.
            (None, _) if says_default => return Absent::Other(None),
            (None, Shape::Enumeration(own)) => {
                let symbol = own.symbols.iter().find(|symbol| symbol.number == own.default);
                symbol.map_or(Constant::Int(own.default.into()), |symbol| Constant::Symbol(symbol.name, symbol.number))
            }
            (None, _) => return Absent::Zero,
        };
        if is_zero(&value, &shape) { Absent::Zero } else { Absent::Other(Some(value)) }
    }
}

fn is_zero(value: &Constant, shape: &Shape) -> bool {
    match (value, shape) {
        // The first symbol of an open enumeration is its zero.
        (Constant::Symbol(_, number), Shape::Enumeration(own)) if !own.is_open => {
            own.symbols.first().is_some_and(|first| first.number == *number)
        }
        (Constant::Bool(value), _) => !value,
        (Constant::Int(value), _) => *value == 0,
        (Constant::Symbol(_, number), _) => *number == 0,
        (Constant::Float(value), _) => value.to_bits() == 0,
        (Constant::Text(text), _) => text.is_empty(),
        // Bytes of a number that the type says are so many zeros.
        (Constant::Bytes(bytes), Shape::Fixed(_)) => bytes.iter().all(|byte| *byte == 0),
        (Constant::Bytes(bytes), _) => bytes.is_empty(),
        _ => false,
    }
}
