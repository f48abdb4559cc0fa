//! Files that are there already, gone on with.

use std::io::{Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;

use canread_model::Schema;
use canread_record::{EncodeFields, Shaped};
use canread_wire::Source;

use super::writer::{Blocks, same_form};
use super::{Compression, ContainerError, ContainerErrorKind, ContainerLimits, Header, MARKER_BYTES};
use super::{ValueWriter, WriteError, WriteOptions, Writer};

impl<F: Read + Write + Seek, T: EncodeFields + Shaped> Writer<F, T> {
    /// Goes on behind the last block of a file, with its schema, codec and marker. Of the options the size of blocks is
    /// taken, and the level if the codec is the file's.
    ///
    /// # Errors
    ///
    /// If the file's header can't be read, its schema is not the type's, or it does not end with a whole block; if the file fails.
    pub fn append_to(file: F, options: &WriteOptions) -> Result<Self, WriteError> {
        let (_, blocks) = resume(file, same_form::<T>, options)?;
        Ok(Self { blocks, of: PhantomData })
    }
}

impl<F: Read + Write + Seek> ValueWriter<F> {
    /// As [`Writer::append_to`]. The schema is the file's.
    ///
    /// # Errors
    ///
    /// If the file's header can't be read, or it does not end with a whole block; if the file fails.
    pub fn append_to(file: F, options: &WriteOptions) -> Result<Self, WriteError> {
        let (header, blocks) = resume(file, |_| Ok(()), options)?;
        Ok(Self { blocks, layout: header.layout().clone() })
    }
}

fn resume<F: Read + Write + Seek>(
    mut file: F,
    fits: impl FnOnce(&Schema) -> Result<(), WriteError>,
    options: &WriteOptions,
) -> Result<(Header, Blocks<F>), WriteError> {
    file.rewind().map_err(WriteError::Io)?;
    let mut source = Source::new(&mut file);
    let header = Header::read(&mut source, &ContainerLimits::strict()).map_err(WriteError::Existing)?;
    let header_bytes = source.offset();
    fits(header.schema())?;
    let size = file.seek(SeekFrom::End(0)).map_err(WriteError::Io)?;
    // A block takes its marker and two bytes at least. What is between is not read: only its end is looked at.
    if size > header_bytes {
        let last = size.saturating_sub(MARKER_BYTES as u64);
        if last < header_bytes {
            return Err(WriteError::EndsEarly);
        }
        file.seek(SeekFrom::Start(last)).map_err(WriteError::Io)?;
        let mut marker = [0; MARKER_BYTES];
        file.read_exact(&mut marker).map_err(WriteError::Io)?;
        if marker != *header.marker() {
            return Err(WriteError::EndsEarly);
        }
    } else if size < header_bytes {
        let kind = ContainerErrorKind::Truncated;
        return Err(WriteError::Existing(ContainerError::new(kind, size)));
    }
    file.seek(SeekFrom::End(0)).map_err(WriteError::Io)?;
    let asked = options.compression;
    let compression = if asked.codec() == header.codec() { asked } else { Compression::new(header.codec()) };
    compression.check()?;
    let blocks = Blocks::behind(file, compression, *header.marker(), options.block_bytes);
    Ok((header, blocks))
}
