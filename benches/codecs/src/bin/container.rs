//! A container file of any size, written, and read on one thread or several. One line of JSON for each reading.
//!
//! ```text
//! container write FILE MEGABYTES CODEC
//! container read FILE THREADS      each block is read by a type where it is unpacked
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Instant;

use canread::avro::container::{Codec, ContainerError, Reader, WriteOptions, Writer};
use canread::avro::{Decoder, schema_of};
use canread_codec_benches::shapes::order::{Order, Orders};
use canread_codec_benches::shapes::{Shape as _, Size};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", file, megabytes, codec] => write(file, megabytes, codec),
        ["read", file, threads] => read(file, threads),
        _ => Err("usage: container write FILE MEGABYTES CODEC | container read FILE THREADS".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes orders until the file has its size.
fn write(path: &str, megabytes: &str, codec: &str) -> Result<(), Box<dyn Error>> {
    let size = megabytes.parse::<u64>()? * 1_000_000;
    let codec = Codec::ALL.into_iter().find(|known| known.name() == codec).ok_or("no such codec")?;
    let orders = Orders::records(Size::Full);
    let target = BufWriter::new(File::create(path)?);
    let mut writer = Writer::new(target, &WriteOptions::new().with_compression(codec))?;
    let mut records = 0_u64;
    for (at, order) in orders.iter().cycle().enumerate() {
        // No two rounds are alike.
        let order = Order { id: i64::try_from(at)?, ..order.clone() };
        writer.write(&order)?;
        records += 1;
        if records.is_multiple_of(1_000) && fs::metadata(path)?.len() >= size {
            break;
        }
    }
    writer.finish()?.flush()?;
    println!("{}", json!({"records": records, "bytes": fs::metadata(path)?.len()}));
    Ok(())
}

/// Reads it all, block by block. What is made of the records stays where they are read: a number for each block.
fn read(path: &str, threads: &str) -> Result<(), Box<dyn Error>> {
    let threads: NonZeroUsize = threads.parse()?;
    let start = Instant::now();
    let mut reader = Reader::new(File::open(path)?)?;
    let decoder = Decoder::<Order>::new(&schema_of::<Order>())?;
    let mut sum = (0_u64, 0_u64);
    let work = |block: &canread::avro::container::Block| -> Result<(u64, u64), ContainerError> {
        let mut of_block = (0, 0);
        for order in block.records(&decoder) {
            let order = black_box(order?);
            of_block = (of_block.0 + 1, of_block.1 + order.items.len() as u64);
        }
        Ok(of_block)
    };
    reader.in_parallel(threads, work, |(records, items)| {
        sum = (sum.0 + records, sum.1 + items);
        Ok(())
    })?;
    let line = json!({
        "bytes": fs::metadata(path)?.len(),
        "threads": threads,
        "records": sum.0,
        "items": sum.1,
        "seconds": start.elapsed().as_secs_f64(),
        "cpu_seconds": cpu_seconds()?,
        "peak_bytes": peak_bytes()?,
    });
    println!("{line}");
    Ok(())
}

/// What all threads have taken of the processor, by the system's own count of hundredths of a second.
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // Behind the name of the program, which may hold anything: the 12th and 13th field.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<u32>().ok()).ok_or("no times");
    Ok(f64::from(ticks(11)? + ticks(12)?) / 100.0)
}

/// The most memory that the process has had.
fn peak_bytes() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak")?;
    Ok(line.split_whitespace().next().ok_or("no peak")?.parse::<u64>()? * 1_024)
}
