//! In which field a byte is.
//!
//! Reading keeps no path: it would cost every value something. When it has failed, the input is walked once more, along
//! the schema, to the byte where that was.

use alloc::vec::Vec;

use canread_record::{FieldMeta, FieldSchema, Format, Shape};
use canread_wire::{Budget, Cursor, Fault, FieldPath, Limit, Limits, Malformed, PathSegment};

use super::read::{Failure, block, long, size};

/// The input was let in already; the stack is no larger than it was for the reader.
const LIMITS: Limits = Limits::strict().with_bytes_max(u64::MAX).with_allocated_bytes_max(u64::MAX);

/// The way to what failed at that offset.
#[cold]
pub(super) fn path(shape: &Shape, input: &[u8], failure: &Failure) -> FieldPath {
    let mut path = FieldPath::default();
    if failure.fault == Fault::Malformed(Malformed::TrailingBytes) {
        return path;
    }
    if let Ok(budget) = Budget::new(&LIMITS, input.len()) {
        let cursor = Cursor::new(input);
        let mut walk = Walk { input, failure, cursor, segments: Vec::new(), budget };
        // It was not to be found if the end is reached.
        if walk.value(&FieldMeta::new("", 0), shape).is_none() {
            walk.segments.into_iter().rev().for_each(|segment| path.lead_with(segment));
        }
    }
    path
}

struct Walk<'a> {
    input: &'a [u8],
    failure: &'a Failure,
    cursor: Cursor<'a>,
    /// The way to where the cursor is, outermost first.
    segments: Vec<PathSegment>,
    budget: Budget,
}

impl Walk<'_> {
    /// Passes over a value; `None` if what failed is in it, and then the way to it is left.
    fn value(&mut self, meta: &FieldMeta, shape: &Shape) -> Option<()> {
        match &shape.physical(Format::Avro, meta) {
            Shape::Bool => self.leaf(|cursor| cursor.byte().map(drop)),
            Shape::Int32 | Shape::Int64 | Shape::Uint32 | Shape::Uint64 | Shape::Enumeration(_) => {
                self.leaf(|cursor| long(cursor).map(drop))
            }
            Shape::Float32 => self.leaf(|cursor| cursor.fixed32().map(drop)),
            Shape::Float64 => self.leaf(|cursor| cursor.fixed64().map(drop)),
            Shape::Fixed(size) => self.leaf(|cursor| cursor.take(*size as u64).map(drop)),
            Shape::Record(schema) => self.inside(|this| {
                schema().fields.iter().try_for_each(|field| {
                    this.step(PathSegment::Field(field.meta.avro.name.into()), |this| {
                        this.value(&field.meta, &field.shape)
                    })
                })
            }),
            Shape::Union(schema) => {
                let index = self.long()?;
                self.branch(schema().branches, index)
            }
            Shape::Optional(shape) => match (self.long()?, shape) {
                (0, _) => Some(()),
                (index, Shape::Union(schema)) => self.branch(schema().branches, index.checked_sub(1)?),
                (1, shape) => self.value(meta, shape),
                _ => None,
            },
            Shape::List(item) => self.items(|this| this.value(meta, item)),
            Shape::Map(key, value) => self.items(|this| {
                this.value(&meta.of_entry_key(), key)?;
                this.value(&meta.of_entry_value(), value)
            }),
            _ => self.leaf(|cursor| {
                let size = size(cursor)?;
                cursor.take(size).map(drop)
            }),
        }
    }

    fn branch(&mut self, branches: &'static [FieldSchema], index: i64) -> Option<()> {
        let branch = branches.get(usize::try_from(index).ok()?)?;
        self.inside(|this| this.value(&branch.meta, &branch.shape))
    }

    fn items(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let mut index = 0_u64;
        loop {
            let mut count = 0;
            self.leaf(|cursor| {
                count = block(cursor)?;
                Ok(())
            })?;
            if count == 0 {
                return Some(());
            }
            self.budget.items(count).ok()?;
            for _ in 0..count {
                self.step(PathSegment::Item(index), &mut item)?;
                index = index.saturating_add(1);
            }
        }
    }

    fn long(&mut self) -> Option<i64> {
        let mut number = 0;
        self.leaf(|cursor| {
            number = long(cursor)?;
            Ok(())
        })?;
        Some(number)
    }

    /// Passes over what has no parts. If it can't be read, or ends behind the failure, it is what failed; so also if what
    /// is wrong with it is noticed at its end.
    fn leaf(&mut self, read: impl FnOnce(&mut Cursor<'_>) -> Result<(), Fault>) -> Option<()> {
        read(&mut self.cursor).ok()?;
        let end = self.cursor.offset_in(self.input);
        let is_noticed_ahead =
            matches!(self.failure.fault, Fault::Truncated | Fault::Limit(Limit::Depth | Limit::Items));
        let is_here = end > self.failure.offset || (end == self.failure.offset && !is_noticed_ahead);
        if is_here { None } else { Some(()) }
    }

    /// One level down. A limit that is exceeded by what begins here is exceeded here.
    fn inside(&mut self, work: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.budget.enter().ok()?;
        if matches!(self.failure.fault, Fault::Limit(_))
            && self.failure.offset > 0
            && self.cursor.offset_in(self.input) == self.failure.offset
        {
            return None;
        }
        work(self)?;
        self.budget.leave();
        Some(())
    }

    /// Goes the step, and comes back unless what failed is there.
    fn step(&mut self, segment: PathSegment, work: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.segments.push(segment);
        work(self)?;
        self.segments.pop();
        Some(())
    }
}
