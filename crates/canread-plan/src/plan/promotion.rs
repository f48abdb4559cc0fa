//! Scalars that become others.

use canread_model::Int;

use crate::layout::LayoutKind;

/// A scalar type that becomes another.
///
/// Source: Avro 1.12, "Schema Resolution".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Promotion {
    /// `int` to `long`.
    IntToLong,
    /// `int` to `float`: rounds to the nearest number.
    IntToFloat,
    /// `int` to `double`.
    IntToDouble,
    /// `long` to `float`: rounds to the nearest number.
    LongToFloat,
    /// `long` to `double`: rounds to the nearest number.
    LongToDouble,
    /// `float` to `double`.
    FloatToDouble,
    /// `string` to `bytes`.
    StringToBytes,
    /// `bytes` to `string`: refused where they are not UTF-8.
    BytesToString,
}

const INT: LayoutKind = LayoutKind::Int(Int::I32);
const LONG: LayoutKind = LayoutKind::Int(Int::I64);

impl Promotion {
    /// The promotion from one type to another, if there is one.
    pub(super) fn of(writer: LayoutKind, reader: LayoutKind) -> Option<Self> {
        Some(match (writer, reader) {
            (INT, LONG) => Self::IntToLong,
            (INT, LayoutKind::Float) => Self::IntToFloat,
            (INT, LayoutKind::Double) => Self::IntToDouble,
            (LONG, LayoutKind::Float) => Self::LongToFloat,
            (LONG, LayoutKind::Double) => Self::LongToDouble,
            (LayoutKind::Float, LayoutKind::Double) => Self::FloatToDouble,
            (LayoutKind::String { .. }, LayoutKind::Bytes) => Self::StringToBytes,
            (LayoutKind::Bytes, LayoutKind::String { .. }) => Self::BytesToString,
            _ => return None,
        })
    }
}
