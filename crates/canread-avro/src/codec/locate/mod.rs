//! In which field a byte is.
//!
//! Reading keeps no path: it would cost every value something. When it has failed, the input is walked once more, to the byte where
//! that was. What failed, and where, is what the reader said; the walk knows the way alone. It reads what the reader has read, keeps
//! nothing of it, and spends nothing.
//!
//! | file | the walk along |
//! |---|---|
//! | `shape` | a type |
//! | `layout` | a schema |
//! | `plan` | a plan for a writer and a reader |

#[cfg(feature = "value")]
mod layout;
#[cfg(feature = "value")]
mod plan;
mod shape;

use alloc::{string::String, vec::Vec};
use core::fmt;

use canread_wire::{Cursor, Fault, FieldPath, Limit, Limits, Malformed, PathSegment, Step};

use super::read::{Failure, long, size};

#[cfg(feature = "value")]
pub(super) use plan::path as path_along;
pub(super) use shape::path;

/// One step of the way.
#[derive(Clone, Copy)]
enum Segment<'a> {
    Field(&'a str),
    Item(u64),
}

/// The walk to the byte that failed. Its functions say `None` when they are there, and leave the way as it is then.
struct Walk<'a> {
    input: &'a [u8],
    failure: &'a Failure,
    cursor: Cursor<'a>,
    /// The way to where the cursor is, outermost first.
    segments: Vec<Segment<'a>>,
    /// In how many records and unions the cursor is.
    level: u64,
    depth_max: u64,
    /// Why a plan refuses what failed.
    reason: Option<&'a dyn fmt::Display>,
}

/// The way to what failed, and why a plan refuses it.
type Failed<'a> = (FieldPath, Option<&'a dyn fmt::Display>);

/// The way to what failed, if the walk comes there.
#[cold]
fn walked<'a>(
    input: &'a [u8],
    failure: &'a Failure,
    limits: &Limits,
    walk: impl FnOnce(&mut Walk<'a>) -> Option<()>,
) -> Failed<'a> {
    let mut path = FieldPath::default();
    if failure.fault == Fault::Malformed(Malformed::TrailingBytes) {
        return (path, None);
    }
    let (cursor, depth_max) = (Cursor::new(input), limits.depth_max().into());
    let mut own = Walk { input, failure, cursor, segments: Vec::new(), level: 0, depth_max, reason: None };
    // It was not to be found if the end is reached.
    if walk(&mut own).is_none() {
        for segment in own.segments.drain(..).rev() {
            path.lead_with(match segment {
                Segment::Field(name) => PathSegment::Field(String::from(name).into()),
                Segment::Item(index) => PathSegment::Item(index),
            });
        }
    }
    (path, own.reason)
}

impl<'a> Walk<'a> {
    fn is_there(&self) -> bool {
        self.cursor.offset_in(self.input) == self.failure.offset
    }

    /// Whether what is wrong with a value is noticed at its end; else the cursor stays in front of what can't be read, or in it.
    fn is_noticed_behind(&self) -> bool {
        !matches!(
            self.failure.fault,
            Fault::Truncated
                | Fault::Malformed(Malformed::Varint)
                | Fault::Mismatch
                | Fault::Limit(Limit::Depth | Limit::Items)
        )
    }

    /// What was passed over last is what failed if that is in it, or was noticed at its end.
    fn passed(&self, is_noticed_here: bool) -> Option<()> {
        let end = self.cursor.offset_in(self.input);
        let is_here = end > self.failure.offset || (end == self.failure.offset && is_noticed_here);
        if is_here { None } else { Some(()) }
    }

    /// Passes over what has no parts; what can't be read is what failed.
    fn leaf<V>(&mut self, read: impl FnOnce(&mut Cursor<'a>) -> Step<V>) -> Option<V> {
        let value = read(&mut self.cursor).ok()?;
        self.passed(self.is_noticed_behind())?;
        Some(value)
    }

    /// Passes over a number, which may be the branch of a union.
    fn long(&mut self) -> Option<i64> {
        self.leaf(long)
    }

    fn bytes(&mut self, count: u64) -> Option<()> {
        self.leaf(|cursor| cursor.take(count).map(drop))
    }

    /// Passes over text or bytes behind their length.
    fn counted(&mut self) -> Option<()> {
        self.leaf(|cursor| {
            let size = size(cursor)?;
            cursor.take(size).map(drop)
        })
    }

    /// Passes over the items of a list, or entries of a map. `is_skipped`: the reader did not look into blocks that have a size.
    fn items(&mut self, is_skipped: bool, item: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let mut index = 0_u64;
        loop {
            let count = long(&mut self.cursor).ok()?;
            let size = if count < 0 { Some(size(&mut self.cursor).ok()?) } else { None };
            // Items and their memory are spent behind the count.
            let is_spent = matches!(self.failure.fault, Fault::Limit(Limit::Items | Limit::AllocatedBytes));
            self.passed(if is_spent { count != 0 } else { self.is_noticed_behind() })?;
            match size {
                _ if count == 0 => return Some(()),
                Some(size) if is_skipped => {
                    self.bytes(size)?;
                    continue;
                }
                _ => {}
            }
            for _ in 0..count.unsigned_abs() {
                self.step(Segment::Item(index), item)?;
                index = index.saturating_add(1);
            }
        }
    }

    /// Goes the step, and comes back unless what failed is there.
    fn step(&mut self, segment: Segment<'a>, work: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.segments.push(segment);
        work(self)?;
        // A list grows when its item is there.
        if matches!(segment, Segment::Item(_))
            && self.failure.fault == Fault::Limit(Limit::AllocatedBytes)
            && self.is_there()
        {
            return None;
        }
        self.segments.pop();
        Some(())
    }

    /// What a plan refuses is what failed.
    #[cfg(feature = "value")]
    fn refused(&mut self, plan: &'a canread_plan::Plan, at: u32) -> Option<()> {
        let reason = plan.refusal(at).filter(|_| self.failure.fault == Fault::Mismatch);
        self.reason = reason.map(|reason| reason as &dyn fmt::Display);
        None
    }

    /// At the end of a record its maps are sorted, which takes memory and counts items.
    fn sorted(&mut self, map: Option<Segment<'a>>) -> Option<()> {
        let is_spent = matches!(self.failure.fault, Fault::Limit(Limit::Items | Limit::AllocatedBytes));
        match map {
            Some(map) if is_spent && self.is_there() => {
                self.segments.push(map);
                None
            }
            _ => Some(()),
        }
    }

    /// One level down. Where the reader counted fewer (what a schema calls a record may be the entry of a map to a type), the walk goes on, but
    /// not for ever.
    fn enter(&mut self) -> Option<()> {
        self.level = self.level.saturating_add(1);
        let is_failure = self.failure.fault == Fault::Limit(Limit::Depth) && self.is_there();
        let allowed = if is_failure { self.depth_max } else { self.depth_max.saturating_add(1).saturating_mul(2) };
        if self.level > allowed { None } else { Some(()) }
    }

    fn leave(&mut self) {
        self.level = self.level.saturating_sub(1);
    }
}
