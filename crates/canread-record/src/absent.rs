//! What a field of Protobuf has that is not in the data.

use crate::{Constant, FieldSchema, Format, Shape};

/// What a field of Protobuf has that is not in the data.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no other")]
pub enum Absent {
    /// What the format has there where nothing is said: zero, false, nothing in it, the first symbol.
    Zero,
    /// Another value, or a zero that the field says is its default; `None` if no schema can say it. So a zero that is meant has to be
    /// written, and a schema has to say that the field has presence.
    Other(Option<Constant>),
}

impl FieldSchema {
    /// What the field has in Protobuf that is not in the data: what its `default` says, and for a symbol what its type says.
    ///
    /// Source: Protobuf, "Field Presence"; "Enum Default Value"; [`Shape::has_default_in`].
    #[must_use]
    pub fn absent_in_protobuf(&self) -> Absent {
        if self.meta.is_explicit && self.shape.has_default_in(Format::Protobuf, &self.meta) {
            // Whatever it is: such a field is written even if it is zero. A default that depends on a type parameter, or that is a number
            // without a symbol, is none that a schema can say.
            return Absent::Other(self.default.and_then(|default| default(Format::Protobuf)));
        }
        let Shape::Enumeration(own) = self.shape.physical(Format::Protobuf, &self.meta) else { return Absent::Zero };
        // The first symbol of a closed enumeration is its zero.
        let zero = own.symbols.first().filter(|_| !own.is_open).map_or(0, |first| first.number);
        if own.default == zero {
            return Absent::Zero;
        }
        let symbol = own.symbols.iter().find(|symbol| symbol.number == own.default);
        let default = Constant::Int(own.default.into());
        Absent::Other(Some(symbol.map_or(default, |symbol| Constant::Symbol(symbol.name, symbol.number))))
    }
}
