//! Files, written block by block.

use std::io::Write;
use std::marker::PhantomData;

use canread_model::Schema;
use canread_plan::{Layout, Plan, Value};
use canread_record::{EncodeFields, Shaped};
use canread_wire::EncodeError;

use super::compress::compress;
use super::header::{self, CODEC_KEY, SCHEMA_KEY};
use super::options::random_marker;
use super::{Compression, Marker, WriteError, WriteOptions, schema_text};
use crate::codec::{encode_into, schema_of, value, writing_schema_of};
use crate::schema::{canonical_form, print};

/// Records that take no bytes make no block large, so their number ends one.
const RECORDS_MAX: u64 = 100_000;

/// Writes records of a type to a file.
///
/// Records are gathered into blocks. Those of the last one are in the file when [`finish`](Self::finish) has said so; a writer
/// that is only dropped loses them.
#[derive(Debug)]
pub struct Writer<W, T> {
    pub(super) blocks: Blocks<W>,
    pub(super) of: PhantomData<fn(&T)>,
}

impl<W: Write, T: EncodeFields + Shaped> Writer<W, T> {
    /// Begins a file, with the schema that the type is.
    ///
    /// # Errors
    ///
    /// If the type has no schema that Avro's text can say, the options are none, or the target fails.
    pub fn new(target: W, options: &WriteOptions) -> Result<Self, WriteError> {
        let (text, _) = own_schema::<T>()?;
        Ok(Self { blocks: Blocks::begin(target, &text, options)?, of: PhantomData })
    }

    /// Begins a file with a schema as text: JSON, as an `.avsc` file has it. It must say what the type is, with the same logical types
    /// wherever both have one and decimals of at least as many digits, and may say more that data does not depend on: documentation, defaults,
    /// aliases.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new); and if the schema is none or not the type's.
    pub fn with_schema(target: W, text: &str, options: &WriteOptions) -> Result<Self, WriteError> {
        same_form::<T>(&schema_text::parse_own(text).map_err(WriteError::Schema)?)?;
        Ok(Self { blocks: Blocks::begin(target, text, options)?, of: PhantomData })
    }

    /// Writes a record.
    ///
    /// # Errors
    ///
    /// If the record can't be encoded, which leaves the file as it was; if the target fails, and ever after.
    pub fn write(&mut self, record: &T) -> Result<(), WriteError> {
        self.blocks.add(|block| encode_into(record, block))
    }

    /// Ends the block, so that all records are in the file, and flushes the target.
    ///
    /// # Errors
    ///
    /// If the target fails.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        self.blocks.flush()
    }

    /// Ends the file, and gives the target back.
    ///
    /// # Errors
    ///
    /// If the target fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.flush()?;
        Ok(self.blocks.target)
    }
}

/// Writes values without a Rust type to a file. Otherwise as [`Writer`].
#[derive(Debug)]
pub struct ValueWriter<W> {
    pub(super) blocks: Blocks<W>,
    pub(super) layout: Layout,
}

impl<W: Write> ValueWriter<W> {
    /// Begins a file with a schema: that of an `.avsc` file or of a type.
    ///
    /// # Errors
    ///
    /// If the schema has no text that can be read again, the options are none, or the target fails.
    pub fn new(target: W, schema: &Schema, options: &WriteOptions) -> Result<Self, WriteError> {
        Self::with_schema(target, &schema_text::print(schema), options)
    }

    /// Begins a file with a schema as text: JSON, as an `.avsc` file has it. The file has that very text.
    ///
    /// # Errors
    ///
    /// If the schema is none, the options are none, or the target fails.
    pub fn with_schema(target: W, text: &str, options: &WriteOptions) -> Result<Self, WriteError> {
        let schema = schema_text::parse_own(text).map_err(WriteError::Schema)?;
        let layout = Layout::of_root(&schema).map_err(WriteError::Layout)?;
        Ok(Self { blocks: Blocks::begin(target, text, options)?, layout })
    }

    /// What values have to be of.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// If it is none of the schema, which leaves the file as it was; if the target fails, and ever after.
    pub fn write(&mut self, value: &Value<'_>) -> Result<(), WriteError> {
        let layout = &self.layout;
        self.blocks.add(|block| value::encode_into(layout, value, block))
    }

    /// Ends the block, so that all values are in the file, and flushes the target.
    ///
    /// # Errors
    ///
    /// If the target fails.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        self.blocks.flush()
    }

    /// Ends the file, and gives the target back.
    ///
    /// # Errors
    ///
    /// If the target fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.flush()?;
        Ok(self.blocks.target)
    }
}

/// The text of the schema that a type is, and the schema as that says it.
fn own_schema<T: Shaped>() -> Result<(String, Schema), WriteError> {
    let text = schema_text::print(&schema_of::<T>());
    // Not every type has one: Avro's text has names for more than Rust has.
    let schema = schema_text::parse_of_type(&text).map_err(WriteError::Schema)?;
    Ok((text, schema))
}

/// Whether a file's schema says what a type is: no data tells the two apart, and what both give a meaning means the same.
pub(super) fn same_form<T: Shaped>(of_file: &Schema) -> Result<(), WriteError> {
    let (_, own) = own_schema::<T>()?;
    let form = |schema: &Schema| {
        let (module, _) = schema.modules().next()?;
        Some(canonical_form(schema, print::root(schema, module)?))
    };
    match (form(of_file), form(&own)) {
        (Some(of_file), Some(own)) if of_file == own => {}
        _ => return Err(WriteError::OtherSchema),
    }
    // The form leaves logical types out.
    let layout = |schema: &Schema| Layout::of_root(schema).map_err(WriteError::Layout);
    let mismatch = match Plan::resolve(layout(&writing_schema_of::<T>())?, layout(of_file)?) {
        Ok(plan) => plan.mismatches().first().cloned(),
        Err(mismatches) => mismatches.first().cloned(),
    };
    mismatch.map_or(Ok(()), |mismatch| Err(WriteError::OtherMeaning(mismatch)))
}

/// A file that is written.
#[derive(Debug)]
pub(super) struct Blocks<W> {
    target: W,
    compression: Compression,
    marker: Marker,
    block_bytes: usize,
    /// Records that are not in the file yet.
    block: Vec<u8>,
    count: u64,
    /// Memory for the block as it goes into the file.
    packed: Vec<u8>,
    is_broken: bool,
}

impl<W: Write> Blocks<W> {
    fn begin(mut target: W, text: &str, options: &WriteOptions) -> Result<Self, WriteError> {
        options.check()?;
        let mut metadata = options.metadata.clone();
        metadata.insert(SCHEMA_KEY.to_owned(), text.as_bytes().to_vec());
        metadata.insert(CODEC_KEY.to_owned(), options.compression.codec().name().as_bytes().to_vec());
        let marker = options.marker.unwrap_or_else(random_marker);
        target.write_all(&header::bytes(&metadata, &marker)).map_err(WriteError::Io)?;
        Ok(Self::behind(target, options.compression, marker, options.block_bytes))
    }

    /// Goes on behind what is there.
    pub(super) fn behind(target: W, compression: Compression, marker: Marker, block_bytes: usize) -> Self {
        let (block, packed) = (Vec::new(), Vec::new());
        Self { target, compression, marker, block_bytes, block, count: 0, packed, is_broken: false }
    }

    fn add(&mut self, encode: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>) -> Result<(), WriteError> {
        if self.is_broken {
            return Err(WriteError::Broken);
        }
        // What can't be encoded is not in the block.
        encode(&mut self.block).map_err(WriteError::Encode)?;
        self.count = self.count.saturating_add(1);
        if self.block.len() >= self.block_bytes || self.count >= RECORDS_MAX {
            self.end_block()?;
        }
        Ok(())
    }

    fn end_block(&mut self) -> Result<(), WriteError> {
        if self.is_broken {
            return Err(WriteError::Broken);
        }
        if self.count == 0 {
            return Ok(());
        }
        self.is_broken = true;
        compress(self.compression, &self.block, &mut self.packed).map_err(WriteError::Io)?;
        let mut start = Vec::with_capacity(20);
        header::long(usize::try_from(self.count).unwrap_or(usize::MAX), &mut start);
        header::long(self.packed.len(), &mut start);
        self.target.write_all(&start).map_err(WriteError::Io)?;
        self.packed.extend_from_slice(&self.marker);
        self.target.write_all(&self.packed).map_err(WriteError::Io)?;
        self.is_broken = false;
        self.block.clear();
        self.count = 0;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        self.end_block()?;
        self.target.flush().map_err(WriteError::Io)
    }
}
