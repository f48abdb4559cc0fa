//! How fast `.proto` files are scanned, parsed, linked and compared, step by step.
//!
//! `cargo bench -p canread-benches` on a year of googleapis, or on the shop of
//! `schemas/` where that corpus is not unpacked. Group names state file counts and sizes.

mod snapshot;

use std::hint::black_box;
use std::time::Duration;

use canread_compat::{Pair, Scope};
use canread_protobuf::schema::{LinkOptions, NamedFile, link, parse, read, scan_imports};
use criterion::{BatchSize, Criterion, Throughput};

use self::snapshot::Snapshot;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(10))
        .configure_from_args();
    let versions = snapshot::versions();
    one_snapshot(&mut criterion, &versions.new);
    two_snapshots(&mut criterion, &versions);
    criterion.final_summary();
}

/// The steps that one version goes through. All but `read` run on one thread.
fn one_snapshot(criterion: &mut Criterion, snapshot: &Snapshot) {
    let mut group = criterion.benchmark_group(snapshot.title());
    group.throughput(Throughput::Bytes(snapshot.bytes()));
    group.bench_function("scan_imports", |bencher| {
        bencher.iter(|| snapshot.texts().map(|(_, text)| scan_imports(text).len()).sum::<usize>());
    });
    group.bench_function("parse", |bencher| {
        // Each tree is dropped before the next is made, which is part of the time.
        bencher.iter(|| snapshot.texts().map(|(id, text)| parse(id, text).file.items.len()).sum::<usize>());
    });
    group.bench_function("link", |bencher| {
        let link = |files: Vec<NamedFile<'_>>| black_box(link(files, &LinkOptions::default()));
        bencher.iter_batched(|| snapshot.parsed(), link, BatchSize::PerIteration);
    });
    group.bench_function("read (parse on all cores, and link)", |bencher| {
        bencher.iter_with_large_drop(|| read(&snapshot.files(), snapshot.sources(), &LinkOptions::default()));
    });
    group.finish();
}

fn two_snapshots(criterion: &mut Criterion, versions: &Pair<Snapshot>) {
    let linked = Pair { old: versions.old.linked(), new: versions.new.linked() };
    let declarations = linked.old.schema.decls().len() + linked.new.schema.decls().len();
    let title = format!("{} → {} ({declarations} declarations)", versions.old.name(), versions.new.name());
    let mut group = criterion.benchmark_group(title);
    group.throughput(Throughput::Elements(declarations as u64));
    let schemas = Pair { old: &linked.old.schema, new: &linked.new.schema };
    let scope = Scope::default();
    group.bench_function("compare", |bencher| {
        bencher.iter_with_large_drop(|| canread_compat::compare(schemas, &scope));
    });
    group.finish();
}
