//! A container file of any size, written, and read by us on one thread or several, and by the peers. One line of JSON for each reading.
//!
//! ```text
//! container write FILE MEGABYTES CODEC
//! container read FILE READER THREADS      the peers read on one thread
//! ```
//!
//! Each reader makes the same type of every record, in the way that its documentation shows.

use std::error::Error;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Instant;

use canread::avro::container::{Block, Codec, ContainerError, Reader, WriteOptions, Writer};
use canread::avro::{Decoder, schema_of};
use canread_codec_benches::jobs::OURS;
use canread_codec_benches::shapes::order::{Order, Orders};
use canread_codec_benches::shapes::{Shape as _, Size};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", file, megabytes, codec] => write(file, megabytes, codec),
        ["read", file, reader, threads] => read(file, reader, threads),
        _ => Err("usage: container write FILE MEGABYTES CODEC | container read FILE READER THREADS".into()),
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

/// What was read, so that all readers can be held to the same.
#[derive(Default)]
struct Sum {
    records: u64,
    items: u64,
}

impl Sum {
    fn add(&mut self, order: &Order) {
        self.records += 1;
        self.items += order.items.len() as u64;
    }
}

/// Reads it all.
fn read(path: &str, reader: &str, threads: &str) -> Result<(), Box<dyn Error>> {
    let count: NonZeroUsize = threads.parse()?;
    let start = Instant::now();
    let file = File::open(path)?;
    let sum = match (reader, count.get()) {
        (OURS, 1) => ours(file)?,
        (OURS, _) => ours_in_parallel(file, count)?,
        ("serde_avro_fast", 1) => serde_fasts(file)?,
        ("apache-avro serde", 1) => apaches(file)?,
        _ => return Err(format!("{reader} does not read on {threads} threads").into()),
    };
    let line = json!({
        "reader": reader,
        "threads": count,
        "bytes": fs::metadata(path)?.len(),
        "records": sum.records,
        "items": sum.items,
        "seconds": start.elapsed().as_secs_f64(),
        "cpu_seconds": cpu_seconds()?,
        "peak_bytes": peak_bytes()?,
    });
    println!("{line}");
    Ok(())
}

fn ours(file: File) -> Result<Sum, Box<dyn Error>> {
    let mut sum = Sum::default();
    for order in Reader::new(file)?.records::<Order>()? {
        sum.add(&black_box(order?));
    }
    Ok(sum)
}

/// What is made of the records stays where they are read: a sum for each block.
fn ours_in_parallel(file: File, threads: NonZeroUsize) -> Result<Sum, Box<dyn Error>> {
    let mut sum = Sum::default();
    let decoder = Decoder::<Order>::new(&schema_of::<Order>())?;
    let work = |block: &Block| -> Result<Sum, ContainerError> {
        let mut of_block = Sum::default();
        for order in block.records(&decoder) {
            of_block.add(&black_box(order?));
        }
        Ok(of_block)
    };
    Reader::new(file)?.in_parallel(threads, work, |of_block| {
        sum.records += of_block.records;
        sum.items += of_block.items;
        Ok(())
    })?;
    Ok(sum)
}

fn serde_fasts(file: File) -> Result<Sum, Box<dyn Error>> {
    let mut sum = Sum::default();
    let mut reader = serde_avro_fast::object_container_file_encoding::Reader::from_reader(BufReader::new(file))?;
    for order in reader.deserialize::<Order>() {
        sum.add(&black_box(order?));
    }
    Ok(sum)
}

fn apaches(file: File) -> Result<Sum, Box<dyn Error>> {
    let mut sum = Sum::default();
    for order in apache_avro::Reader::new(BufReader::new(file))?.into_deser_iter::<Order>() {
        sum.add(&black_box(order?));
    }
    Ok(sum)
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
