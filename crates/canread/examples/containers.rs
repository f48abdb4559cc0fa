//! A container file is written, gone on with, read on two threads by a newer type, and survives damage that is said.
//!
//! `cargo run -p canread --features avro-container --example containers`

use std::error::Error;
use std::io::{Cursor, Write as _};
use std::num::NonZeroUsize;

use canread::Record;
use canread::avro::container::{Codec, ContainerError, Reader, WriteOptions, Writer};

/// What was measured, as the first version had it.
#[derive(Record, Debug)]
#[record(name = "weather.Reading")]
struct Reading {
    #[field(1)]
    station: String,
    #[field(2)]
    degrees: i32,
}

/// What programs have by now.
#[derive(Record, Debug)]
#[record(name = "weather.Reading")]
struct NewReading {
    #[field(1)]
    degrees: i64,
    #[field(2)]
    station: String,
    #[field(3)]
    comment: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let options = WriteOptions::new().with_compression(Codec::Deflate).with_metadata("source", "an example");
    let mut writer = Writer::new(Cursor::new(Vec::new()), &options.with_block_bytes(4 * 1024))?;
    for number in 0..10_000 {
        writer.write(&Reading { station: format!("station {}", number % 40), degrees: number % 50 - 15 })?;
    }
    let file = writer.finish()?;

    // Another day, the same file.
    let mut writer = Writer::append_to(file, &WriteOptions::new())?;
    writer.write(&Reading { station: "the last".to_owned(), degrees: 21 })?;
    let mut file = writer.finish()?.into_inner();
    writeln!(out, "{} bytes", file.len())?;

    let mut reader = Reader::new(&file[..])?;
    writeln!(out, "written under {}", reader.header().schema_text())?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let (mut count, mut sum, mut last) = (0, 0, None);
    reader.records_in_parallel(threads, |reading: NewReading| {
        count += 1;
        sum += reading.degrees;
        last = Some(reading);
        Ok::<(), ContainerError>(())
    })?;
    writeln!(out, "{count} readings, {sum} degrees together")?;
    if let Some(last) = last {
        writeln!(out, "last of {}: {} degrees, {:?}", last.station, last.degrees, last.comment)?;
    }

    // A bit falls over in the middle.
    let middle = file.len() / 2;
    file[middle] ^= 1;
    let mut readings = Reader::new(&file[..])?.records::<Reading>()?;
    let mut count = 0;
    while let Some(reading) = readings.next() {
        match reading {
            Ok(_) => count += 1,
            Err(error) => {
                writeln!(out, "{error}")?;
                if let Some(lost) = readings.resync()? {
                    writeln!(out, "bytes {} to {} are lost", lost.from, lost.to)?;
                }
            }
        }
    }
    writeln!(out, "{count} readings are left")?;
    Ok(())
}
