//! Blocks as codecs write them.

use std::io::{self, Write};

use flate2::{Compress, FlushCompress, Status};

use super::{Codec, Compression};

/// Puts a block, compressed, into a vector, whose memory it uses.
pub(super) fn compress(compression: Compression, block: &[u8], into: &mut Vec<u8>) -> io::Result<()> {
    into.clear();
    let level = compression.level();
    match compression.codec() {
        Codec::Null => into.extend_from_slice(block),
        Codec::Deflate => deflate(level, block, into)?,
        Codec::Snappy => {
            into.resize(snap::raw::max_compress_len(block.len()), 0);
            let written = snap::raw::Encoder::new().compress(block, into).map_err(io::Error::other)?;
            into.truncate(written);
            into.extend_from_slice(&crc32fast::hash(block).to_be_bytes());
        }
        Codec::Bzip2 => {
            let mut stream = bzip2::write::BzEncoder::new(into, bzip2::Compression::new(level));
            stream.write_all(block)?;
            stream.finish()?;
        }
        #[cfg(feature = "zstandard")]
        Codec::Zstandard => {
            let level = i32::try_from(level).unwrap_or_default();
            let mut stream = zstd::stream::write::Encoder::new(into, level)?;
            // With the size in it, a reader asks for no more memory than that.
            stream.set_pledged_src_size(Some(block.len() as u64))?;
            stream.include_contentsize(true)?;
            stream.write_all(block)?;
            stream.finish()?;
        }
        #[cfg(feature = "xz")]
        Codec::Xz => {
            let mut stream = liblzma::write::XzEncoder::new(into, level);
            stream.write_all(block)?;
            stream.finish()?;
        }
        #[cfg(not(all(feature = "zstandard", feature = "xz")))]
        _ => return Err(io::ErrorKind::Unsupported.into()),
    }
    Ok(())
}

fn deflate(level: u32, block: &[u8], into: &mut Vec<u8>) -> io::Result<()> {
    let mut stream = Compress::new(flate2::Compression::new(level), false);
    into.reserve(block.len() >> 2);
    loop {
        into.reserve(1024);
        let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let rest = block.get(read..).unwrap_or_default();
        let status = stream.compress_vec(rest, into, FlushCompress::Finish).map_err(io::Error::other)?;
        if status == Status::StreamEnd {
            return Ok(());
        }
    }
}
