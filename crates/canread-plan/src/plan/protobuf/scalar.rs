//! Numbers, texts and bytes that become others.
//!
//! Source: Protobuf, "Language Guide", "Updating A Message Type", which says what a reader that has no schema of the writer makes of
//! data. With that schema each value keeps its meaning.

use canread_model::{Int, IntEncoding};

use crate::layout::{EnumLayout, Layout, LayoutKind};
use crate::plan::{Action, Promotion};

/// What becomes of a scalar of the writer as one of the reader.
pub(super) enum Scalar {
    /// The reader's own codec reads it as the writer means it.
    Same,
    /// Something else is to be done.
    Other(Action),
    /// It becomes none.
    None,
}

/// What becomes of one scalar as another.
pub(super) fn scalar(writer: &Layout, from: LayoutKind, to: LayoutKind) -> Scalar {
    use LayoutKind::{Bytes, Double, Float, String};
    match (from, to) {
        // The reader's own codec asks for UTF-8 where the reader wants text.
        (Float, Float) | (Double, Double) | (String { .. } | Bytes, String { .. } | Bytes) => Scalar::Same,
        (Float, Double) => Scalar::Other(Action::Promote(Promotion::FloatToDouble)),
        (from, to) if is_number(from) && is_number(to) => {
            if is_read_alike(writer, from, to) {
                Scalar::Same
            } else {
                Scalar::Other(Action::Number { writer: from, reader: to })
            }
        }
        _ => Scalar::None,
    }
}

/// Whether it is a whole number in data.
fn is_number(kind: LayoutKind) -> bool {
    matches!(kind, LayoutKind::Bool | LayoutKind::Int(_) | LayoutKind::Enum(_))
}

/// How a whole number lies in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lies {
    Varint,
    Zigzag,
    Fixed(u8),
}

fn lies(kind: LayoutKind) -> Lies {
    match kind {
        LayoutKind::Int(Int { encoding: IntEncoding::Zigzag, .. }) => Lies::Zigzag,
        LayoutKind::Int(Int { encoding: IntEncoding::Fixed, bits, .. }) => Lies::Fixed(bits),
        _ => Lies::Varint,
    }
}

/// Whether each number that the writer may write is the same one to the reader's own codec: it lies in data alike, and is none that
/// the reader has no room for. For numbers that a closed enum of the reader lacks there is room: among the unknown fields.
fn is_read_alike(writer: &Layout, from: LayoutKind, to: LayoutKind) -> bool {
    let (lowest, highest) = match from {
        LayoutKind::Enum(id) => declared(writer.declared_enum(id)),
        _ => range(from),
    };
    let (least, most) = range(to);
    lies(from) == lies(to) && least <= lowest && highest <= most
}

/// The least and the greatest number of a type.
fn range(kind: LayoutKind) -> (i128, i128) {
    let (bits, is_signed) = match kind {
        LayoutKind::Bool => (1, false),
        LayoutKind::Int(Int { bits, signed, .. }) => (bits, signed),
        _ => (32, true),
    };
    // Up to 64 bits, where 128 have room.
    let highest = (1_i128 << bits.saturating_sub(u8::from(is_signed)).min(64)).saturating_sub(1);
    (if is_signed { !highest } else { 0 }, highest)
}

/// The least and the greatest number that a writer writes for an enum.
fn declared(declared: &EnumLayout) -> (i128, i128) {
    let numbers = || declared.symbols.iter().map(|(number, _)| i128::from(*number));
    match (numbers().min(), numbers().max()) {
        (Some(lowest), Some(highest)) if !declared.is_open => (lowest, highest),
        _ => (i32::MIN.into(), i32::MAX.into()),
    }
}
