//! The records of a block.

use std::marker::PhantomData;

use canread_plan::{Arena, Layout, Plan, Value};
use canread_record::{Decode, DecodeFields};
use canread_wire::{Budget, DecodeError, Limit, Limits};

use super::{ContainerError, ContainerErrorKind};
use crate::codec::{Decoder, value};

/// A block of a file: some records, one behind the other, no longer compressed.
///
/// Its memory is used again for the next one.
#[derive(Debug, Default)]
pub struct Block {
    pub(super) bytes: Vec<u8>,
    pub(super) count: u64,
    pub(super) offset: u64,
    pub(super) limits: Limits,
}

impl Block {
    /// A block without records, to be filled.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records it says it has.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Where it begins in the file.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Its records as bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its records as a type, which may borrow from the block. Ends with the first error.
    #[must_use]
    pub fn records<'b, T>(&'b self, decoder: &'b Decoder<T>) -> BlockRecords<'b, T>
    where
        T: Decode<'b> + DecodeFields<'b>,
    {
        BlockRecords { block: self, decoder, walk: Walk::of(self), is_over: false, of: PhantomData }
    }

    /// Its records as values of the schema that it was written under.
    #[must_use]
    pub fn values<'b>(&'b self, layout: &'b Layout) -> BlockValues<'b> {
        BlockValues { block: self, target: Target::Layout(layout), walk: Walk::of(self), is_over: false }
    }

    /// Its records as values of a plan's reader.
    #[must_use]
    pub fn resolved<'b>(&'b self, plan: &'b Plan) -> BlockValues<'b> {
        BlockValues { block: self, target: Target::Plan(plan), walk: Walk::of(self), is_over: false }
    }
}

/// How far a block was read.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// What is left for the block's records together; `None` before its first.
    budget: Option<Budget>,
    /// Where the next record begins.
    at: usize,
    /// How many were read.
    pub(super) done: u64,
    count: u64,
}

impl Walk {
    pub(super) fn of(block: &Block) -> Self {
        Self { budget: None, at: 0, done: 0, count: block.count }
    }

    /// At the end of a block, whatever is left of it.
    pub(super) fn over(block: &Block, done: u64) -> Self {
        Self { budget: None, at: block.bytes.len(), done, count: 0 }
    }

    /// Whether there is another record. At the end there must be no other byte either.
    pub(super) fn has_more(&self, block: &Block) -> Result<bool, ContainerError> {
        if self.done < self.count {
            Ok(true)
        } else if self.at < block.bytes.len() {
            Err(ContainerError::new(ContainerErrorKind::TrailingBytes, block.offset))
        } else {
            Ok(false)
        }
    }

    /// Reads the next record.
    pub(super) fn step<'b, U>(
        &mut self,
        block: &'b Block,
        read: impl FnOnce(&'b [u8], &mut Budget) -> Result<(U, usize), DecodeError>,
    ) -> Result<U, ContainerError> {
        let failed = |kind| ContainerError::new(kind, block.offset);
        if self.budget.is_none() {
            self.budget = Some(budget_of(block, self.count).map_err(failed)?);
        }
        let budget = self.budget.as_mut().expect("it was made above");
        let rest = block.bytes.get(self.at..).unwrap_or_default();
        let (record, size) = read(rest, budget).map_err(|error| {
            failed(ContainerErrorKind::Record { index: self.done, starts_at: self.at as u64, error })
        })?;
        self.at = self.at.saturating_add(size);
        self.done = self.done.saturating_add(1);
        Ok(record)
    }
}

/// What all records of a block may take together.
fn budget_of(block: &Block, count: u64) -> Result<Budget, ContainerErrorKind> {
    let limits = &block.limits;
    let bytes = block.bytes.len();
    let limit = Limit::Bytes;
    let mut budget = Budget::new(limits, bytes)
        .map_err(|_| ContainerErrorKind::LimitExceeded { limit, allowed: limits.allowed(limit) })?;
    let allowed = limits.items_beyond_input_max().saturating_add(bytes as u64);
    budget.items(count).map_err(|_| ContainerErrorKind::TooManyRecords { allowed })?;
    Ok(budget)
}

/// The records of a block as a type.
#[derive(Debug)]
pub struct BlockRecords<'b, T> {
    block: &'b Block,
    decoder: &'b Decoder<T>,
    walk: Walk,
    is_over: bool,
    of: PhantomData<fn() -> T>,
}

impl<'b, T: Decode<'b> + DecodeFields<'b>> Iterator for BlockRecords<'b, T> {
    type Item = Result<T, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let Self { block, decoder, walk, .. } = self;
        let record = walk.has_more(block).and_then(|has_more| {
            let read = |bytes, budget: &mut Budget| decoder.leading(bytes, &block.limits, budget);
            if has_more { walk.step(block, read).map(Some) } else { Ok(None) }
        });
        self.is_over = !matches!(record, Ok(Some(_)));
        record.transpose()
    }
}

/// What values are read along.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'b> {
    Layout(&'b Layout),
    Plan(&'b Plan),
}

impl<'b> Target<'b> {
    pub(super) fn read(
        self,
        bytes: &'b [u8],
        arena: &'b Arena,
        limits: &Limits,
        budget: &mut Budget,
    ) -> Result<(Value<'b>, usize), DecodeError> {
        match self {
            Self::Layout(layout) => value::leading(layout, bytes, arena, limits, budget),
            Self::Plan(plan) => value::leading_resolved(plan, bytes, arena, limits, budget),
        }
    }
}

/// The records of a block as values.
#[derive(Debug)]
pub struct BlockValues<'b> {
    block: &'b Block,
    target: Target<'b>,
    walk: Walk,
    is_over: bool,
}

impl<'b> BlockValues<'b> {
    /// The next record, its parts in the arena: reset that between records, and no more memory is asked for.
    ///
    /// # Errors
    ///
    /// If the record is none, or the block does not end with its last one. Nothing comes after that.
    pub fn next_in<'a>(&mut self, arena: &'a Arena) -> Result<Option<Value<'a>>, ContainerError>
    where
        'b: 'a,
    {
        if self.is_over {
            return Ok(None);
        }
        let (block, target, walk): (&'a Block, Target<'a>, _) = (self.block, self.target, &mut self.walk);
        let value = walk.has_more(block).and_then(|has_more| {
            let read = |bytes, budget: &mut Budget| target.read(bytes, arena, &block.limits, budget);
            if has_more { walk.step(block, read).map(Some) } else { Ok(None) }
        });
        self.is_over = !matches!(value, Ok(Some(_)));
        value
    }
}
