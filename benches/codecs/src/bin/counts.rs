//! What can be counted: bytes, allocations and, under callgrind, instructions. One line of JSON for each figure.
//!
//! ```text
//! counts sizes           bytes, raw and compressed
//! counts allocations     of each job
//! counts instructions    a call of `dumped_by_callgrind` for each job, whose names are printed in that order
//! ```

use std::alloc::System;
use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use canread::{avro, protobuf};
use canread_codec_benches::jobs;
use canread_codec_benches::shapes::{self, Shape, Size};
use serde_json::json;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some("sizes") => {
            sizes::<shapes::order::Orders>();
            sizes::<shapes::log::Lines>();
            sizes::<shapes::mesh::Triangles>();
            sizes::<shapes::minecraft::Savedata>();
            sizes::<shapes::deep::Nodes>();
            sizes::<shapes::wide::Rows>();
        }
        Some("allocations") => allocations(),
        Some("instructions") => instructions(),
        _ => {
            eprintln!("usage: counts sizes|allocations|instructions");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Bytes of the full set.
fn sizes<S: Shape>() {
    let records = S::records(Size::Full);
    let inputs: Vec<u8> = records.iter().flat_map(|record| protobuf::to_vec(record).expect("a record")).collect();
    size::<S>("Protobuf", records.len(), &inputs);
    let inputs: Vec<u8> = records.iter().flat_map(|record| avro::to_vec(record).expect("a record")).collect();
    size::<S>("Avro", records.len(), &inputs);
}

fn size<S: Shape>(format: &str, records: usize, bytes: &[u8]) {
    // The compressor's own default.
    let compressed = zstd::bulk::compress(bytes, 3).expect("memory has room for it");
    println!(
        "{}",
        json!({"format": format, "shape": S::NAME, "records": records, "bytes": bytes.len(), "zstd": compressed.len()})
    );
}

/// Of the sample, when the job has been done once: what is reused is there.
fn allocations() {
    for job in jobs::all() {
        let mut run = (job.prepare)(Size::Sample);
        run();
        let region = Region::new(ALLOCATOR);
        run();
        let change = region.change();
        let count = change.allocations + change.reallocations;
        println!(
            "{}",
            json!({"job": job.to_string(), "allocations": count, "allocated_bytes": change.bytes_allocated})
        );
    }
}

fn instructions() {
    for job in jobs::all() {
        let mut run = (job.prepare)(Size::Sample);
        run();
        dumped_by_callgrind(&mut run);
        println!("{}", json!({"job": job.to_string()}));
    }
}

/// Callgrind writes what it counted when this returns. It takes one wish for each function.
#[inline(never)]
fn dumped_by_callgrind(run: &mut jobs::Run) {
    counted_by_callgrind(run);
    black_box(());
}

/// Callgrind counts in here.
#[inline(never)]
fn counted_by_callgrind(run: &mut jobs::Run) {
    run();
    black_box(());
}
