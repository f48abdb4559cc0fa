//! Blocks as they were before they were compressed, within limits.
//!
//! | codec | is | memory beside the block |
//! |---|---|---|
//! | deflate | RFC 1951; what follows the stream is passed over, since Python's `avro` leaves some of a checksum there | 43 KiB |
//! | snappy | a raw block, then CRC-32 of the uncompressed bytes, big-endian | none |
//! | bzip2 | one stream or more | 4 MiB |
//! | zstandard | one frame or more | the window |
//! | xz | one stream or more | the dictionary |
//!
//! Source: Avro 1.12, "Required Codecs", "Optional Codecs".

use std::io::{Error, Read};

use flate2::{Decompress, FlushDecompress, Status};

use super::limits::Most;
use super::{Codec, ContainerErrorKind, ContainerLimits};

type Unpacked = Result<(), ContainerErrorKind>;

/// How much memory is asked for at first.
const PIECE: usize = 64 * 1024;

/// Puts a block, as it was, into a vector, whose memory it uses.
pub(super) fn decompress(codec: Codec, block: &[u8], limits: &ContainerLimits, into: &mut Vec<u8>) -> Unpacked {
    into.clear();
    let most = limits.most_from(block.len());
    match codec {
        Codec::Null if block.len() > limits.block_bytes_max() => {
            Err(ContainerErrorKind::TooLarge { allowed: limits.block_bytes_max() as u64 })
        }
        Codec::Null => {
            into.reserve_exact(block.len());
            into.extend_from_slice(block);
            Ok(())
        }
        Codec::Deflate => deflate(block, most, into),
        Codec::Snappy => snappy(block, most, into),
        Codec::Bzip2 => {
            let damaged = |_| ContainerErrorKind::Compressed(codec);
            drain(bzip2::bufread::MultiBzDecoder::new(block), damaged, most, into)
        }
        Codec::Zstandard => zstandard(block, limits, most, into),
        Codec::Xz => xz(block, limits, most, into),
    }
}

/// Makes room for as much as there is already, but for no more than is allowed and one byte.
fn grow(into: &mut Vec<u8>, most: Most) {
    let room = most.bytes.saturating_add(1).saturating_sub(into.len()).min(into.len().max(PIECE));
    into.reserve_exact(room);
}

fn deflate(block: &[u8], most: Most, into: &mut Vec<u8>) -> Unpacked {
    let damaged = || ContainerErrorKind::Compressed(Codec::Deflate);
    let mut stream = Decompress::new(false);
    loop {
        if into.len() == into.capacity() {
            grow(into, most);
        }
        let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        let rest = block.get(read..).unwrap_or_default();
        let before = into.len();
        let status = stream.decompress_vec(rest, into, FlushDecompress::None).map_err(|_| damaged())?;
        if into.len() > most.bytes {
            return Err(most.exceeded());
        }
        let has_moved = into.len() > before || stream.total_in() > read as u64;
        match status {
            Status::StreamEnd => return Ok(()),
            _ if !has_moved => return Err(damaged()),
            _ => {}
        }
    }
}

/// How many bytes a byte of snappy becomes at most: a copy of 64 takes three. Source: snappy's `format_description.txt`, section 2.2.
const SNAPPY_RATIO_MAX: usize = 22;

fn snappy(block: &[u8], most: Most, into: &mut Vec<u8>) -> Unpacked {
    let damaged = || ContainerErrorKind::Compressed(Codec::Snappy);
    let (block, checksum) = block.split_last_chunk::<4>().ok_or_else(damaged)?;
    let size = snap::raw::decompress_len(block).map_err(|_| damaged())?;
    // The size is what the block says of itself: one that it can't have is damage, whatever is allowed.
    if size > block.len().saturating_mul(SNAPPY_RATIO_MAX) {
        return Err(damaged());
    }
    if size > most.bytes {
        return Err(most.exceeded());
    }
    into.reserve_exact(size);
    into.resize(size, 0);
    let written = snap::raw::Decoder::new().decompress(block, into).map_err(|_| damaged())?;
    if written != size {
        return Err(damaged());
    }
    if crc32fast::hash(into) == u32::from_be_bytes(*checksum) { Ok(()) } else { Err(ContainerErrorKind::Checksum) }
}

#[cfg(feature = "zstandard")]
fn zstandard(block: &[u8], limits: &ContainerLimits, most: Most, into: &mut Vec<u8>) -> Unpacked {
    use zstd::zstd_safe::{get_error_name, zstd_sys::ZSTD_ErrorCode};

    // 8 MiB is what every decoder is asked to take (RFC 8878, section 3.1.1.1.2).
    let window_log = limits.window_bytes_max().checked_ilog2().unwrap_or_default().clamp(23, WINDOW_LOG_MAX);
    let allowed = 1 << window_log;
    let too_large = ZSTD_ErrorCode::ZSTD_error_frameParameter_windowTooLarge as usize;
    let why = move |error: Error| {
        // All that is left of a code of zstd is its name.
        if error.to_string() == get_error_name(too_large.wrapping_neg()) {
            ContainerErrorKind::WindowTooLarge { allowed }
        } else {
            ContainerErrorKind::Compressed(Codec::Zstandard)
        }
    };
    let mut stream = zstd::stream::read::Decoder::with_buffer(block).map_err(why)?;
    stream.window_log_max(window_log).map_err(why)?;
    drain(stream, why, most, into)
}

/// The most that zstd takes. Source: its `zstd.h`, `ZSTD_WINDOWLOG_MAX`.
#[cfg(feature = "zstandard")]
const WINDOW_LOG_MAX: u32 = if cfg!(target_pointer_width = "64") { 31 } else { 30 };

#[cfg(feature = "xz")]
fn xz(block: &[u8], limits: &ContainerLimits, most: Most, into: &mut Vec<u8>) -> Unpacked {
    // What the decoder needs beside the dictionary.
    let allowed = limits.window_bytes_max();
    let memory = allowed.saturating_add(2 * 1024 * 1024);
    let stream = liblzma::stream::Stream::new_stream_decoder(memory as u64, liblzma::stream::CONCATENATED);
    let stream = stream.map_err(|_| ContainerErrorKind::Compressed(Codec::Xz))?;
    let why = move |error: Error| match error.get_ref().and_then(|error| error.downcast_ref()) {
        Some(liblzma::stream::Error::MemLimit) => ContainerErrorKind::WindowTooLarge { allowed: allowed as u64 },
        _ => ContainerErrorKind::Compressed(Codec::Xz),
    };
    drain(liblzma::bufread::XzDecoder::new_stream(block, stream), why, most, into)
}

#[cfg(not(feature = "zstandard"))]
fn zstandard(_: &[u8], _: &ContainerLimits, _: Most, _: &mut Vec<u8>) -> Unpacked {
    Err(ContainerErrorKind::CodecNotBuilt(Codec::Zstandard))
}

#[cfg(not(feature = "xz"))]
fn xz(_: &[u8], _: &ContainerLimits, _: Most, _: &mut Vec<u8>) -> Unpacked {
    Err(ContainerErrorKind::CodecNotBuilt(Codec::Xz))
}

/// All that a reader gives, unless it is too much. The readers here fail if their input ends too early; `why` says what that is.
fn drain(mut from: impl Read, why: impl Fn(Error) -> ContainerErrorKind, most: Most, into: &mut Vec<u8>) -> Unpacked {
    loop {
        let before = into.len();
        grow(into, most);
        let room = into.capacity().min(most.bytes.saturating_add(1));
        into.resize(room, 0);
        let read = from.read(into.get_mut(before..).unwrap_or_default());
        let read = read.map_err(&why)?;
        into.truncate(before.saturating_add(read));
        if read == 0 {
            return Ok(());
        }
        if into.len() > most.bytes {
            return Err(most.exceeded());
        }
    }
}
