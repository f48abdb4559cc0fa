//! Files, record by record.

use std::io::Read;

use canread_model::Schema;
use canread_plan::{Arena, Layout, Plan, Value};
use canread_record::{Decode, DecodeFields, Shaped};
use canread_wire::Budget;

use super::block::{Target, Walk};
use super::{Block, ContainerError, ContainerErrorKind, Lost, Reader};
use crate::codec::{Decoder, DecoderError};

impl<R: Read> Reader<R> {
    /// The records as a type, resolved if the file was written under another schema than the type's.
    ///
    /// # Errors
    ///
    /// If no data of the file's schema can be read as the type.
    pub fn records<T: Shaped>(self) -> Result<Records<R, T>, ContainerError> {
        let decoder = Decoder::new(self.header().schema());
        let decoder = decoder.map_err(|error| ContainerError::new(ContainerErrorKind::Resolution(error), 0))?;
        Ok(Records { going: Going::new(self), decoder })
    }

    /// The records as values of the file's schema.
    #[must_use]
    pub fn values(self) -> Values<R> {
        let along = Along::Layout(self.header().layout().clone());
        Values { going: Going::new(self), along, arena: Arena::new() }
    }

    /// The records as values of another schema.
    ///
    /// # Errors
    ///
    /// If no data of the file's schema can be read under the other one.
    pub fn values_as(self, reader: &Schema) -> Result<Values<R>, ContainerError> {
        let failed = |error| ContainerError::new(ContainerErrorKind::Resolution(error), 0);
        let reader = Layout::of_root(reader).map_err(|error| failed(DecoderError::Layout(error)))?;
        let plan = Plan::resolve(self.header().layout().clone(), reader)
            .map_err(|mismatches| failed(DecoderError::Mismatches(mismatches)))?;
        Ok(Values { going: Going::new(self), along: Along::Plan(Box::new(plan)), arena: Arena::new() })
    }
}

/// A file, one of its blocks, and how far that was read.
#[derive(Debug)]
struct Going<R> {
    reader: Reader<R>,
    block: Block,
    walk: Walk,
}

impl<R: Read> Going<R> {
    fn new(reader: Reader<R>) -> Self {
        Self { reader, block: Block::new(), walk: Walk::default() }
    }

    /// Goes on to a block with a record that was not read, if there is one.
    fn advance(&mut self) -> Result<bool, ContainerError> {
        loop {
            match self.walk.has_more(&self.block) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => return Err(self.fail(error)),
            }
            let has_block = self.reader.read_block(&mut self.block);
            // Also after an error: the block is empty then.
            self.walk = Walk::of(&self.block);
            match has_block {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(error) => return Err(self.fail(error)),
            }
        }
    }

    /// Nothing of this block is read any more, unless it may come yet.
    fn fail(&mut self, error: ContainerError) -> ContainerError {
        if !error.may_pass() {
            self.reader.fail();
            self.walk = Walk::over(&self.block, self.walk.done);
        }
        error
    }

    fn resync(&mut self) -> Result<Option<Lost>, ContainerError> {
        let lost = self.reader.resync()?;
        Ok(lost.map(|lost| Lost { records_read: self.walk.done, ..lost }))
    }
}

/// The records of a file as a type.
///
/// An iterator, which ends with the file or after an error that does not [pass](ContainerError::may_pass).
#[derive(Debug)]
pub struct Records<R, T> {
    going: Going<R>,
    decoder: Decoder<T>,
}

impl<R: Read, T> Records<R, T> {
    /// The file.
    #[must_use]
    pub fn reader(&self) -> &Reader<R> {
        &self.going.reader
    }

    /// After an error: goes on behind the next marker, and says what is lost. `None` if there was no error.
    ///
    /// # Errors
    ///
    /// If the source fails.
    pub fn resync(&mut self) -> Result<Option<Lost>, ContainerError> {
        self.going.resync()
    }
}

impl<R: Read, T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>> Iterator for Records<R, T> {
    type Item = Result<T, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.going.advance() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error)),
        }
        let Going { reader, block, walk } = &mut self.going;
        let limits = reader.limits().block();
        let record = walk.step(block, |bytes, budget: &mut Budget| self.decoder.leading(bytes, limits, budget));
        Some(record.map_err(|error| self.going.fail(error)))
    }
}

#[derive(Debug)]
enum Along {
    Layout(Layout),
    Plan(Box<Plan>),
}

/// The records of a file as values.
#[derive(Debug)]
pub struct Values<R> {
    going: Going<R>,
    along: Along,
    arena: Arena,
}

impl<R: Read> Values<R> {
    /// The file.
    #[must_use]
    pub fn reader(&self) -> &Reader<R> {
        &self.going.reader
    }

    /// What the values are of.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        match &self.along {
            Along::Layout(layout) => layout,
            Along::Plan(plan) => plan.reader(),
        }
    }

    /// The next record, which lives until the one after it is asked for: they use the same memory. `None` at the end of the
    /// file, and after an error that does not [pass](ContainerError::may_pass).
    ///
    /// # Errors
    ///
    /// Those of [`Reader::read_block`]; and if the record is none, or asks for more than the limits allow.
    pub fn next_value(&mut self) -> Result<Option<Value<'_>>, ContainerError> {
        self.arena.reset();
        if !self.going.advance()? {
            return Ok(None);
        }
        let Going { reader, block, walk } = &mut self.going;
        let block: &Block = block;
        let target = match &self.along {
            Along::Layout(layout) => Target::Layout(layout),
            Along::Plan(plan) => Target::Plan(plan),
        };
        let arena = &self.arena;
        match walk.step(block, |bytes, budget: &mut Budget| target.read(bytes, arena, &block.limits, budget)) {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                reader.fail();
                // What is left of the block is passed over.
                *walk = Walk::over(block, walk.done);
                Err(error)
            }
        }
    }

    /// After an error: goes on behind the next marker, and says what is lost. `None` if there was no error.
    ///
    /// # Errors
    ///
    /// If the source fails.
    pub fn resync(&mut self) -> Result<Option<Lost>, ContainerError> {
        self.going.resync()
    }
}
