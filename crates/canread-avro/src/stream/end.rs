//! Where a value ends that comes in pieces.

use canread_plan::{Layout, LayoutKind, TypeId};
use canread_wire::{Cursor, DecodeError, Fault, FieldPath, Limit, Limits, Malformed, PathSegment, Step};

use crate::codec::{long_of, size_of_value};

/// How far a value was passed over. It goes on from there when more bytes have come, so that each is looked at once.
///
/// It looks at lengths, counts and branches, and at nothing that a reader of the value may take or refuse.
#[derive(Debug)]
pub(super) struct End {
    /// The records, lists and maps that the place is in, outermost first.
    around: Vec<Around>,
    /// What comes next; `None` if the innermost of those says it.
    next: Option<TypeId>,
    /// How many bytes were passed over.
    at: usize,
    /// How many items and entries were in lists and maps so far.
    items: u64,
    /// How many records, lists and maps may be inside each other until somebody is asked whether there may be more.
    deep: usize,
    /// How many bytes of memory it may hold, while it grows too.
    allowed: usize,
}

/// What a value is in.
#[derive(Debug)]
enum Around {
    /// A record, and the field that comes next.
    Record { id: u32, field: usize },
    /// A list or map.
    Items { item: TypeId, is_map: bool, done: u64, left_of_block: u64 },
}

impl End {
    /// Before the first byte of a value, with so many bytes of memory.
    pub(super) fn of(layout: &Layout, limits: &Limits, allowed: usize) -> Self {
        let deep = usize::try_from(limits.depth_max()).unwrap_or(usize::MAX).max(1);
        Self { around: Vec::new(), next: Some(layout.root()), at: 0, items: 0, deep, allowed }
    }

    /// How much memory it holds, in bytes.
    pub(super) fn held_bytes(&self) -> usize {
        bytes_of(self.around.capacity())
    }

    /// Goes on in the bytes that have come, all of them from the value's first.
    ///
    /// # Errors
    ///
    /// `Truncated`: the value goes on behind them, or they are too few for the items that it has. `Depth`: there are more things in each other
    /// than were thought of; [`deeper`](Self::deeper) allows more. `AllocatedBytes`: there are more than there is memory for. Else the value is none, or has more items than any number of bytes allows.
    pub(super) fn go_on(&mut self, layout: &Layout, bytes: &[u8], limits: &Limits) -> Step<()> {
        let mut cursor = Cursor::new(bytes.get(self.at..).unwrap_or_default());
        let came = bytes.len() as u64;
        while self.next.is_some() || !self.around.is_empty() {
            // A step that fails leaves all as it was.
            match self.next {
                Some(ty) => self.begin(layout, ty, &mut cursor)?,
                None => self.follow(layout, &mut cursor, came, limits)?,
            }
            self.at = bytes.len().saturating_sub(cursor.remaining());
        }
        Ok(())
    }

    /// Allows twice as many things in each other: who reads the value allows those that there are.
    pub(super) fn deeper(&mut self) {
        self.deep = self.deep.saturating_mul(2);
    }

    /// Why the value is none.
    pub(super) fn error(&self, layout: &Layout, fault: Fault, limits: &Limits) -> DecodeError {
        let mut path = FieldPath::default();
        // Whether it was in what comes next, and not on the way to it.
        let mut was_inside = self.next.is_some();
        for around in self.around.iter().rev() {
            match around {
                Around::Record { id, field } => {
                    let field = layout.record(*id).fields.get(field.saturating_sub(1));
                    path.lead_with(PathSegment::Field(field.map_or("", |field| &field.name).to_owned().into()));
                }
                Around::Items { done, .. } if was_inside => path.lead_with(PathSegment::Item(done.saturating_sub(1))),
                // A key. Between blocks it is in none of the items.
                Around::Items { done, left_of_block: 1.., .. } => path.lead_with(PathSegment::Item(*done)),
                Around::Items { .. } => {}
            }
            was_inside = true;
        }
        DecodeError::new(fault, self.at as u64, path, limits)
    }

    /// Passes over a value, or goes into it.
    fn begin(&mut self, layout: &Layout, ty: TypeId, cursor: &mut Cursor<'_>) -> Step<()> {
        let mut next = None;
        match layout.kind(ty) {
            LayoutKind::Null => {}
            LayoutKind::Bool => drop(cursor.byte()?),
            LayoutKind::Int(_) | LayoutKind::Enum(_) => drop(cursor.varint()?),
            LayoutKind::Float => drop(cursor.take(4)?),
            LayoutKind::Double => drop(cursor.take(8)?),
            LayoutKind::Fixed(id) => drop(cursor.take(layout.fixed(id).size.into())?),
            LayoutKind::String { .. } | LayoutKind::Bytes => text(cursor)?,
            LayoutKind::Record(id) => self.enter(Around::Record { id, field: 0 })?,
            LayoutKind::List { item, .. } => self.enter(Around::items(item, false))?,
            LayoutKind::Map { value, .. } => self.enter(Around::items(value, true))?,
            LayoutKind::Nullable { inner, is_null_last } => match long_of(cursor)? {
                branch if branch == i64::from(is_null_last) => {}
                0 | 1 => next = Some(inner),
                _ => return Err(Fault::Malformed(Malformed::Branch)),
            },
            LayoutKind::Union(id) => {
                let branch = usize::try_from(long_of(cursor)?).ok();
                let ty = branch.and_then(|branch| layout.union(id).branches.get(branch).copied());
                next = Some(ty.ok_or(Fault::Malformed(Malformed::Branch))?);
            }
            _ => return Err(Fault::Mismatch),
        }
        self.next = next;
        Ok(())
    }

    fn enter(&mut self, around: Around) -> Step<()> {
        if self.around.len() >= self.deep {
            return Err(Fault::Limit(Limit::Depth));
        }
        if self.around.len() == self.around.capacity() {
            let capacity = self.around.len().saturating_mul(2).max(8);
            // While they move, both places are there.
            if bytes_of(capacity).saturating_add(self.held_bytes()) > self.allowed {
                return Err(Fault::Limit(Limit::AllocatedBytes));
            }
            self.around.reserve_exact(capacity.saturating_sub(self.around.len()));
        }
        self.around.push(around);
        Ok(())
    }

    /// Goes on to what comes next in the innermost record, list or map, or out of it.
    fn follow(&mut self, layout: &Layout, cursor: &mut Cursor<'_>, came: u64, limits: &Limits) -> Step<()> {
        match self.around.last_mut() {
            Some(Around::Record { id, field }) => {
                self.next = layout.record(*id).fields.get(*field).map(|field| field.ty);
                *field = field.saturating_add(1);
                if self.next.is_none() {
                    self.around.pop();
                }
            }
            Some(Around::Items { item, is_map, done, left_of_block }) if *left_of_block > 0 => {
                if *is_map {
                    text(cursor)?;
                }
                self.next = Some(*item);
                *done = done.saturating_add(1);
                *left_of_block = left_of_block.saturating_sub(1);
            }
            Some(Around::Items { left_of_block, .. }) => {
                let count = block(cursor)?;
                let items = self.items.saturating_add(count);
                let without_a_byte = items.saturating_sub(limits.items_beyond_input_max());
                if without_a_byte > limits.bytes_max() {
                    return Err(Fault::Limit(Limit::Items));
                }
                if without_a_byte > came {
                    return Err(Fault::Truncated);
                }
                (self.items, *left_of_block) = (items, count);
                if count == 0 {
                    self.around.pop();
                }
            }
            None => {}
        }
        Ok(())
    }
}

impl Around {
    fn items(item: TypeId, is_map: bool) -> Self {
        Self::Items { item, is_map, done: 0, left_of_block: 0 }
    }
}

fn bytes_of(capacity: usize) -> usize {
    capacity.saturating_mul(size_of::<Around>())
}

fn text(cursor: &mut Cursor<'_>) -> Step<()> {
    let size = size_of_value(cursor)?;
    cursor.take(size).map(drop)
}

/// How many items the next block has. Its size is not relied on: who reads the items may not do so either.
fn block(cursor: &mut Cursor<'_>) -> Step<u64> {
    let count = long_of(cursor)?;
    if count < 0 {
        size_of_value(cursor)?;
    }
    if count == i64::MIN { Err(Fault::Malformed(Malformed::Length)) } else { Ok(count.unsigned_abs()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use canread_derive::CoreRecord as Record;
    use canread_wire::DecodeErrorKind;

    use super::*;
    use crate::codec::{schema_of, to_vec};

    const LIMITS: Limits = Limits::strict();

    #[derive(Record)]
    struct Line {
        #[field(1)]
        sku: String,
        #[field(2)]
        price: Option<f64>,
        #[field(3)]
        of: BTreeMap<String, i32>,
    }

    fn layout() -> Layout {
        Layout::of_root(&schema_of::<Line>()).expect("a record")
    }

    #[test]
    fn each_byte_is_looked_at_once_and_the_end_is_known_at_the_last() {
        let of = (0..1_000).map(|at| (format!("entry {at}"), at)).collect();
        let bytes = to_vec(&Line { sku: "M8".to_owned(), price: Some(0.5), of }).expect("not deep");
        let layout = layout();
        let mut end = End::of(&layout, &LIMITS, usize::MAX);
        for came in 0..bytes.len() {
            let before = end.at;
            assert_eq!(end.go_on(&layout, &bytes[..came], &LIMITS), Err(Fault::Truncated), "after {came} bytes");
            // A number, a text: what is looked at again is no more than that.
            assert!(end.at >= before && came - end.at <= 11, "after {came} bytes");
        }
        assert_eq!((end.go_on(&layout, &bytes, &LIMITS), end.at), (Ok(()), bytes.len()));
    }

    #[test]
    fn what_has_no_end_is_named() {
        let layout = layout();
        let looked = |bytes: &[u8]| {
            let mut end = End::of(&layout, &LIMITS, usize::MAX);
            let fault = end.go_on(&layout, bytes, &LIMITS).expect_err("it has none");
            let error = end.error(&layout, fault, &LIMITS);
            (error.kind(), error.to_string())
        };
        let (kind, words) = looked(b"\x04M8\x04");
        assert_eq!(kind, DecodeErrorKind::Malformed(Malformed::Branch));
        assert_eq!(words, "malformed: a union branch that does not exist at byte 3, in `price`");
        // The second entry's key, and a count that no bytes allow.
        let (kind, words) = looked(b"\x04M8\x00\x04\x02x\x02\x01");
        assert_eq!(kind, DecodeErrorKind::Malformed(Malformed::Length));
        assert_eq!(words, "malformed: a length or count out of range at byte 8, in `of[1]`");
        let (_, words) = looked(b"\x04M8\x00\xfe\xff\xff\xff\xff\x01");
        assert_eq!(words, "more than 1048576 items at byte 4, in `of`");
    }
}
