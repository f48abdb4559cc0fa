//! What every type here has in common: one implementation of reading and writing for all.

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Malformed, Step};

use super::{
    text::ShortText,
    way::{FIXED_MAX, Logical, Unit, Way},
};
use crate::{Field, Format, Reader, Writer};

/// A value with several forms. Of the functions, those are called that [`Logical::way`] gives the type.
pub(super) trait LogicalValue: Copy + PartialEq + fmt::Display + FromStr {
    const LOGICAL: Logical;

    /// What a field has that is not there.
    const ABSENT: Self;

    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.fail::<F>(EncodeErrorKind::Mismatch);
    }

    /// Reads a message and merges it with that which the value is.
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, _reader: &mut R) -> Step<Self> {
        Err(Fault::Mismatch)
    }

    /// What a message that is read is merged with: that which the value is, or an empty one if there was no value.
    #[inline]
    fn before<M: Default>(self, message: impl FnOnce(Self) -> M) -> M {
        if self == Self::ABSENT { M::default() } else { message(self) }
    }

    /// How many units it is.
    fn count(&self, _unit: Unit) -> Result<i64, EncodeErrorKind> {
        Err(EncodeErrorKind::Mismatch)
    }

    fn from_count(_count: i64, _unit: Unit) -> Option<Self> {
        None
    }

    /// Writes it to the end of zeros, and says where it begins.
    fn to_bytes(self, _bytes: &mut [u8]) -> Option<usize> {
        None
    }

    fn from_bytes(_bytes: &[u8]) -> Option<Self> {
        None
    }

    /// Reads a text, which may be none of any such type, or one that this type has no room for.
    fn from_text(text: &str) -> Step<Self> {
        text.parse().map_err(|_| Fault::Malformed(Malformed::Text))
    }

    #[inline]
    fn with_text(&self, write: impl FnOnce(&str)) {
        write(ShortText::of(self).as_str());
    }
}

/// How values of the field are written. A constant, so that a field which asks for what its type does not have is not
/// compiled.
const fn way<V: LogicalValue, F: Field>(format: Format) -> Way {
    match V::LOGICAL.way(format, &F::META) {
        Some(way) => way,
        None => panic!("the type of this field has no such form in this format"),
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn encode<V: LogicalValue, F: Field, W: Writer>(value: V, writer: &mut W) {
    match const { way::<V, F>(W::FORMAT) } {
        Way::Message => value.encode_message::<F, W>(writer),
        Way::Text => value.with_text(|text| writer.text::<F>(text)),
        Way::Int64(unit) => match value.count(unit) {
            Ok(count) => writer.i64::<F>(count),
            Err(kind) => writer.fail::<F>(kind),
        },
        Way::Int32(unit) => match value.count(unit).map(i32::try_from) {
            Ok(Ok(count)) => writer.i32::<F>(count),
            Ok(Err(_)) => writer.fail::<F>(EncodeErrorKind::OutOfRange),
            Err(kind) => writer.fail::<F>(kind),
        },
        Way::Bytes => {
            let mut bytes = [0; 16];
            match value.to_bytes(&mut bytes).and_then(|start| bytes.get(start..)) {
                Some(bytes) => writer.bytes::<F>(bytes),
                None => writer.fail::<F>(EncodeErrorKind::OutOfRange),
            }
        }
        Way::Fixed(size) => {
            let mut room = [0; FIXED_MAX];
            let bytes = room.get_mut(..size).and_then(|bytes| value.to_bytes(bytes).map(|_| &*bytes));
            match bytes {
                Some(bytes) => writer.fixed::<F>(bytes),
                None => writer.fail::<F>(EncodeErrorKind::OutOfRange),
            }
        }
    }
}

#[inline(always)]
pub(super) fn decode<'de, V: LogicalValue, F: Field, R: Reader<'de>>(before: V, reader: &mut R) -> Step<V> {
    match const { way::<V, F>(R::FORMAT) } {
        Way::Message => before.decode_message::<F, R>(reader),
        Way::Text => V::from_text(reader.text::<F>()?),
        Way::Int64(unit) => V::from_count(reader.i64::<F>()?, unit).ok_or(Fault::OutOfRange),
        Way::Int32(unit) => V::from_count(reader.i32::<F>()?.into(), unit).ok_or(Fault::OutOfRange),
        Way::Bytes => V::from_bytes(reader.bytes::<F>()?).ok_or(of_bytes::<V>()),
        Way::Fixed(size) => V::from_bytes(reader.fixed::<F>(size)?).ok_or(of_bytes::<V>()),
    }
}

/// Why bytes are no such value: those of a decimal are a number of any length.
const fn of_bytes<V: LogicalValue>() -> Fault {
    match V::LOGICAL {
        Logical::Decimal { .. } => Fault::OutOfRange,
        _ => Fault::Size,
    }
}

/// Lets a type that is a [`LogicalValue`] stand in fields.
macro_rules! logical_value {
    ($type:ident) => {
        $crate::logical::value::logical_value!([] $type);
    };
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::Shaped for $type {
            const SHAPE: $crate::Shape =
                $crate::Shape::Logical(<Self as $crate::logical::value::LogicalValue>::LOGICAL);
        }

        impl<$($generics)*> $crate::ListItem for $type {}

        impl<$($generics)*> $crate::Encode for $type {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: $crate::Field, W: $crate::Writer>(&self, writer: &mut W) {
                $crate::logical::value::encode::<Self, F, W>(*self, writer);
            }
        }

        impl<'de, $($generics)*> $crate::Decode<'de> for $type {
            #[inline(always)]
            fn absent(_: $crate::Format) -> Self {
                <Self as $crate::logical::value::LogicalValue>::ABSENT
            }

            #[inline(always)]
            fn decode<F: $crate::Field, R: $crate::Reader<'de>>(&mut self, reader: &mut R) -> $crate::Step<()> {
                *self = $crate::logical::value::decode::<Self, F, R>(*self, reader)?;
                Ok(())
            }
        }
    };
}

pub(super) use logical_value;
