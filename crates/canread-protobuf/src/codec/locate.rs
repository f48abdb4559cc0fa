//! In which field a byte is.
//!
//! Reading keeps no path: it would cost every value something. When it has failed, the input is walked once more, along
//! the schema, to the byte where that was.

use alloc::{vec, vec::Vec};

use canread_record::{FieldMeta, FieldSchema, Shape};
use canread_wire::{Budget, Cursor, Fault, FieldPath, Limit, Limits, Malformed, PathSegment};

use super::{
    key::{Wire, is_packable, physical},
    skip::{skip, take_key},
};

/// The input was let in already; the stack is no larger than it was for the reader.
const LIMITS: Limits = Limits::trusted().with_depth_max(Limits::strict().depth_max());

/// The way to what failed at that offset.
#[cold]
pub(super) fn path(shape: &Shape, input: &[u8], fault: Fault, offset: usize) -> FieldPath {
    // What is wrong with a value that was read is noticed behind it.
    let is_behind = matches!(
        fault,
        Fault::Malformed(Malformed::Utf8 | Malformed::Text) | Fault::OutOfRange | Fault::Limit(Limit::AllocatedBytes)
    );
    let mut segments = Vec::new();
    if let (Shape::Record(schema), Ok(mut budget)) = (shape, Budget::new(&LIMITS, input.len())) {
        let walk = Walk { input, offset, is_behind, segments: &mut segments, budget: &mut budget };
        walk.fields(schema().fields, Cursor::new(input));
    }
    let mut path = FieldPath::default();
    segments.into_iter().rev().for_each(|segment| path.lead_with(segment));
    path
}

struct Walk<'a> {
    input: &'a [u8],
    offset: usize,
    is_behind: bool,
    segments: &'a mut Vec<PathSegment>,
    budget: &'a mut Budget,
}

impl Walk<'_> {
    /// Walks the fields of a record to the one that has the byte, and into it.
    fn fields(self, fields: &'static [FieldSchema], mut cursor: Cursor<'_>) {
        let mut counts = vec![0_u64; fields.len()];
        // A field that begins where it failed, or behind that, is not what failed.
        while cursor.offset_in(self.input) < self.offset {
            let Ok((number, wire)) = take_key(&mut cursor) else { return };
            if wire == Wire::GROUP_END {
                return;
            }
            let value = cursor.clone();
            let is_passed = skip(&mut cursor, number, wire, self.budget).is_ok();
            let is_before = is_passed && self.is_before(&cursor);
            let found = find(fields, number);
            if is_before {
                if let Some(count) = found.and_then(|(index, _)| counts.get_mut(index)) {
                    *count = count.saturating_add(1);
                }
                continue;
            }
            let Some((index, field)) = found else { return };
            let count = counts.get(index).copied().unwrap_or_default();
            self.segments.push(PathSegment::Field(field.meta.protobuf.name.into()));
            if let Shape::List(item) = field.shape
                && !(is_packable(&field.meta, item) && wire == Wire::LENGTH)
            {
                self.segments.push(PathSegment::Item(count));
            }
            return self.into_value(&field.meta, &field.shape, wire, value);
        }
    }

    /// Whether what ends here ends before what failed. If it ends right there, the failure is in it, unless it was the
    /// key behind it that could not be read.
    fn is_before(&self, end: &Cursor<'_>) -> bool {
        let at = end.offset_in(self.input);
        let key_fails = || !self.is_behind && !end.is_empty() && take_key(&mut end.clone()).is_err();
        at < self.offset || (at == self.offset && key_fails())
    }

    fn into_value(self, meta: &FieldMeta, shape: &Shape, wire: Wire, mut value: Cursor<'_>) {
        let fields = match physical(meta, shape) {
            Shape::Record(schema) => schema().fields,
            Shape::Union(schema) => schema().branches,
            Shape::Optional(shape) | Shape::List(shape) => return self.into_value(meta, shape, wire, value),
            _ => return,
        };
        if wire == Wire::LENGTH {
            let Ok(size) = value.varint() else { return };
            let Ok(inside) = value.split(size) else { return };
            self.fields(fields, inside);
        } else {
            self.fields(fields, value);
        }
    }
}

/// The field with that number; for a branch of a oneof, the branch.
fn find(fields: &'static [FieldSchema], number: u32) -> Option<(usize, &'static FieldSchema)> {
    fields.iter().enumerate().find_map(|(index, field)| match field.shape.present() {
        Shape::Union(schema) if field.meta.protobuf.is_oneof => {
            let branch = schema().branches.iter().find(|branch| branch.meta.protobuf.number == number);
            branch.map(|branch| (index, branch))
        }
        _ => (field.meta.protobuf.number == number).then_some((index, field)),
    })
}
