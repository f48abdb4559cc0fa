//! The key before a value: its number and how long it is.

use canread_record::{Field, FieldMeta, Form, Format, Shape};
use canread_wire::{Prefix, VARINT_BYTES_MAX};

/// How the end of a value is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wire(u8);

impl Wire {
    pub(super) const VARINT: Self = Self(0);
    pub(super) const FIXED64: Self = Self(1);
    pub(super) const LENGTH: Self = Self(2);
    pub(super) const GROUP_START: Self = Self(3);
    pub(super) const GROUP_END: Self = Self(4);
    pub(super) const FIXED32: Self = Self(5);

    /// The wire type of a key.
    #[inline(always)]
    pub(super) const fn of_key(key: u64) -> Self {
        Self((key & 7) as u8)
    }

    /// Whether both are the same, in a constant.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 == other.0
    }
}

/// The highest number that a field may have.
pub(super) const NUMBER_MAX: u64 = (1 << 29) - 1;

/// How a value of that shape is written in that field.
pub(super) const fn wire(meta: &FieldMeta, shape: &Shape) -> Wire {
    let is_fixed = matches!(meta.protobuf.form, Form::Fixed);
    match shape {
        Shape::Int32 | Shape::Uint32 if is_fixed => Wire::FIXED32,
        Shape::Int64 | Shape::Uint64 if is_fixed => Wire::FIXED64,
        Shape::Float32 => Wire::FIXED32,
        Shape::Float64 => Wire::FIXED64,
        Shape::Record(_) | Shape::Union(_) if meta.protobuf.is_group => Wire::GROUP_START,
        Shape::Optional(shape) => wire(meta, shape),
        Shape::Logical(_) => wire(meta, &physical(meta, shape)),
        Shape::List(item) if !is_packed(meta, item) => wire(meta, item),
        Shape::Bool | Shape::Int32 | Shape::Uint32 | Shape::Int64 | Shape::Uint64 | Shape::Enumeration(_) => {
            Wire::VARINT
        }
        _ => Wire::LENGTH,
    }
}

/// What a value of that shape is in that field.
pub(super) const fn physical(meta: &FieldMeta, shape: &Shape) -> Shape {
    shape.physical(Format::Protobuf, meta)
}

/// Whether items of that shape may stand behind one key.
pub(super) const fn is_packable(meta: &FieldMeta, item: &Shape) -> bool {
    matches!(
        physical(meta, item),
        Shape::Bool
            | Shape::Int32
            | Shape::Uint32
            | Shape::Int64
            | Shape::Uint64
            | Shape::Float32
            | Shape::Float64
            | Shape::Enumeration(_)
    )
}

/// Whether items of that shape stand behind one key in that field.
pub(super) const fn is_packed(meta: &FieldMeta, item: &Shape) -> bool {
    is_packable(meta, item) && !meta.protobuf.is_unpacked
}

/// Whether a list, map or optional value may hold values of that shape: the format has no field for lists of lists.
pub(super) const fn is_single(shape: &Shape) -> bool {
    !matches!(shape, Shape::List(_) | Shape::Map(..) | Shape::Optional(_))
}

/// Whether a value of that shape is there in that field even if a oneof is not set: an `Option`, or a union with a default.
pub(super) const fn may_be_unset(meta: &FieldMeta, shape: &Shape) -> bool {
    meta.is_explicit || !matches!(shape, Shape::Union(_))
}

/// Whether values of that shape may be keys of a map.
///
/// Source: Protobuf, "Language Guide": "any integral or string type".
pub(super) const fn is_key(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bool
            | Shape::Int32
            | Shape::Uint32
            | Shape::Int64
            | Shape::Uint64
            | Shape::Text
            // As text.
            | Shape::Logical(_)
    )
}

/// The key of a field.
pub(super) const fn key<F: Field>(wire: Wire) -> Prefix {
    if F::META.protobuf.is_bare { Prefix::NONE } else { tag(F::META.protobuf.number, wire) }
}

/// The key of a number.
pub(super) const fn tag(number: u32, wire: Wire) -> Prefix {
    Prefix::varint((number << 3) | wire.0 as u32)
}

/// Two varints, one behind the other: a key, and a number or a length. Asks for no memory.
pub(super) fn varints(numbers: [u64; 2], place: &mut [u8; 2 * VARINT_BYTES_MAX]) -> &[u8] {
    let mut size = 0_usize;
    for mut number in numbers {
        loop {
            let low = number.to_le_bytes()[0] & 0x7f;
            number >>= 7;
            if let Some(byte) = place.get_mut(size) {
                *byte = if number == 0 { low } else { low | 0x80 };
            }
            size = size.saturating_add(1);
            if number == 0 {
                break;
            }
        }
    }
    place.get(..size).unwrap_or_default()
}
