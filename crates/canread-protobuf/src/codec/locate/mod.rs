//! In which field a byte is.
//!
//! Reading keeps no path: it would cost every value something. When it has failed, the input is walked once more, to the byte where
//! that was. What failed, and where, is what the reader said; the walk knows the way alone. It goes into nothing that lies before that
//! byte, and keeps nothing.
//!
//! | file | the walk along |
//! |---|---|
//! | `shape` | a type |
//! | `plan` | a plan for a writer and a reader |

#[cfg(feature = "value")]
mod plan;
mod shape;

use alloc::{string::String, vec::Vec};
use core::fmt;

use canread_wire::{Budget, Cursor, Fault, FieldPath, Limit, Limits, Malformed, PathSegment};

use super::{
    key::Wire,
    read::Failure,
    skip::{skip, take_key},
};

#[cfg(feature = "value")]
pub(super) use plan::path as path_along;
pub(super) use shape::path;

/// What lies in a message, in an entry of a map, or in the message that a union is.
trait Fields<'a>: Sized {
    /// What takes the value behind a key; none if nobody does.
    fn find(&self, number: u32, wire: Wire) -> Option<Found<'a, Self>>;

    /// Whether it is one value to its reader, as a date is: none of its fields is wrong by itself.
    fn is_one_value(&self) -> bool;
}

/// What takes a value.
struct Found<'a, F> {
    /// The field's name; the two parts of an entry have none.
    name: Option<&'a str>,
    place: Place,
    /// What lies in it, if it is a message.
    inside: Option<F>,
    /// Why a plan refuses it, if it does.
    reason: Option<&'a dyn fmt::Display>,
}

/// Where in its field a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is all of it.
    Whole,
    /// An item of a list, or an entry of a map.
    Item,
    /// Several items, each of which lies so.
    Run(Wire),
}

/// One step of the way.
enum Segment<'a> {
    Field(&'a str),
    Item(u64),
}

/// The way to what failed, and why a plan refuses it.
type Failed<'a> = (FieldPath, Option<&'a dyn fmt::Display>);

/// The way through what lies in a message to what failed.
#[cold]
fn walked<'a, F: Fields<'a>>(fields: F, input: &[u8], failure: &Failure, limits: &Limits) -> Failed<'a> {
    let (mut segments, mut reason) = (Vec::new(), None);
    // The input was let in already.
    if let Ok(budget) = Budget::new(&limits.with_bytes_max(u64::MAX), input.len()) {
        Walk { input, failure, budget }.way(fields, &mut segments, &mut reason);
    }
    let mut path = FieldPath::default();
    for segment in segments.into_iter().rev() {
        path.lead_with(match segment {
            Segment::Field(name) => PathSegment::Field(String::from(name).into()),
            Segment::Item(index) => PathSegment::Item(index),
        });
    }
    (path, reason.filter(|_| failure.fault == Fault::Mismatch))
}

struct Walk<'w> {
    input: &'w [u8],
    failure: &'w Failure,
    /// How deep groups may be inside each other that are passed over.
    budget: Budget,
}

impl Walk<'_> {
    /// Goes to the field that failed, and into it.
    fn way<'a, F: Fields<'a>>(
        &self,
        mut fields: F,
        segments: &mut Vec<Segment<'a>>,
        reason: &mut Option<&'a dyn fmt::Display>,
    ) {
        let mut cursor = Cursor::new(self.input);
        let mut open = self.open_groups(cursor.clone());
        loop {
            let start = cursor.clone();
            let Some((number, wire)) = self.seek(&fields, &mut cursor, &mut open) else { return };
            let Some(found) = fields.find(number, wire) else { return };
            segments.extend(found.name.map(Segment::Field));
            *reason = found.reason;
            let before = || self.items_before(&fields, number, start, &cursor);
            match found.place {
                Place::Whole => {}
                Place::Item => segments.push(Segment::Item(before())),
                Place::Run(each) => {
                    let in_run = self.items_in_run(each, cursor.clone());
                    segments.extend(in_run.map(|index| Segment::Item(before().saturating_add(index))));
                    return;
                }
            }
            let is_whole = |inside: &F| self.failure.fault == Fault::Time && inside.is_one_value();
            let Some(inside) = found.inside.filter(|inside| !is_whole(inside)) else { return };
            fields = inside;
            if wire == Wire::LENGTH {
                let body = cursor.varint().and_then(|size| cursor.split(size));
                let Ok(body) = body else { return };
                open = self.open_groups(body.clone());
                cursor = body;
            }
        }
    }

    /// Where the groups begin, innermost first, that are in each other around the byte that failed.
    ///
    /// Groups say behind all that is in them where they end: to look for the end of each would pass over the innermost as often
    /// as it is deep.
    fn open_groups(&self, mut cursor: Cursor<'_>) -> Vec<usize> {
        let (mut open, mut budget) = (Vec::new(), self.budget.clone());
        while cursor.offset_in(self.input) < self.failure.offset
            && let Ok((number, wire)) = take_key(&mut cursor)
        {
            let is_passed = match wire {
                Wire::GROUP_START => {
                    open.push(cursor.offset_in(self.input));
                    budget.enter()
                }
                Wire::GROUP_END => {
                    open.pop();
                    budget.leave();
                    Ok(())
                }
                _ => skip(&mut cursor, number, wire, &mut budget),
            };
            if is_passed.is_err() {
                break;
            }
        }
        open.reverse();
        open
    }

    /// The key of the value that failed, which the cursor is then at; none if it is no value of these fields.
    fn seek<'a, F: Fields<'a>>(
        &self,
        fields: &F,
        cursor: &mut Cursor<'_>,
        open: &mut Vec<usize>,
    ) -> Option<(u32, Wire)> {
        // A field that begins where it failed, or behind that, is not what failed.
        while cursor.offset_in(self.input) < self.failure.offset {
            let (number, wire) = take_key(cursor).ok()?;
            if wire == Wire::GROUP_END {
                return None;
            }
            let value = cursor.clone();
            if open.pop_if(|start| *start == value.offset_in(self.input)).is_some() {
                return Some((number, wire));
            }
            let is_passed = skip(cursor, number, wire, &mut self.budget.clone()).is_ok();
            let end = cursor.offset_in(self.input);
            // If it ends right there, the failure is in it, unless it was the key behind it that could not be read.
            let is_before = end < self.failure.offset
                || (end == self.failure.offset
                    && self.is_a_key(cursor)
                    && !(wire == Wire::LENGTH && self.is_cut(fields.find(number, wire), value.clone())));
            if !is_passed || !is_before {
                *cursor = value;
                return Some((number, wire));
            }
        }
        None
    }

    /// Whether what comes next is a key that can't be read.
    fn is_a_key(&self, cursor: &Cursor<'_>) -> bool {
        !cursor.is_empty() && take_key(&mut cursor.clone()) == Err(self.failure.fault)
    }

    /// Whether a message that was found ends inside a value, as the one around it does.
    fn is_cut<F>(&self, found: Option<Found<'_, F>>, mut cursor: Cursor<'_>) -> bool {
        let body = cursor.varint().and_then(|size| cursor.split(size));
        let (Some(Found { inside: Some(_), .. }), Ok(mut body)) = (found, body) else { return false };
        while !body.is_empty() {
            let read =
                take_key(&mut body).and_then(|(number, wire)| skip(&mut body, number, wire, &mut self.budget.clone()));
            if read.is_err() {
                return true;
            }
        }
        false
    }

    /// Whether what is wrong with a value that was read is noticed behind it.
    fn is_noticed_behind(&self) -> bool {
        matches!(
            self.failure.fault,
            Fault::Malformed(Malformed::Utf8 | Malformed::Text)
                | Fault::OutOfRange
                | Fault::Size
                | Fault::Time
                | Fault::UnknownSymbol
                | Fault::Limit(Limit::AllocatedBytes)
        )
    }

    /// How many items of a list, or entries of a map, lie before one.
    fn items_before<'a, F: Fields<'a>>(
        &self,
        fields: &F,
        number: u32,
        mut cursor: Cursor<'_>,
        end: &Cursor<'_>,
    ) -> u64 {
        let mut count = 0_u64;
        // The key of the one lies before its value.
        while cursor.remaining() > end.remaining()
            && let Ok((other, wire)) = take_key(&mut cursor)
            && cursor.remaining() > end.remaining()
        {
            let value = cursor.clone();
            if skip(&mut cursor, other, wire, &mut self.budget.clone()).is_err() {
                break;
            }
            let place = if other == number { fields.find(other, wire).map(|found| found.place) } else { None };
            count = count.saturating_add(match place {
                Some(Place::Item) => 1,
                Some(Place::Run(each)) => items(each, value),
                _ => 0,
            });
        }
        count
    }

    /// The item of a run that failed; none if it is the run itself.
    fn items_in_run(&self, each: Wire, mut cursor: Cursor<'_>) -> Option<u64> {
        let size = cursor.varint().ok()?;
        let mut run = cursor.split(size).ok()?;
        // Memory is asked for before the items are read.
        if matches!(self.failure.fault, Fault::Limit(_)) || run.offset_in(self.input) > self.failure.offset {
            return None;
        }
        let mut index = 0_u64;
        while skip(&mut run, 1, each, &mut self.budget.clone()).is_ok() {
            let end = run.offset_in(self.input);
            if end > self.failure.offset || (end == self.failure.offset && self.is_noticed_behind()) {
                break;
            }
            index = index.saturating_add(1);
        }
        Some(index)
    }
}

/// How many items a run has.
fn items(each: Wire, mut cursor: Cursor<'_>) -> u64 {
    let run = cursor.varint().and_then(|size| cursor.take(size)).unwrap_or_default();
    let count = match each {
        Wire::FIXED32 => run.len() / 4,
        Wire::FIXED64 => run.len() / 8,
        _ => run.iter().filter(|byte| **byte < 0x80).count(),
    };
    count as u64
}
