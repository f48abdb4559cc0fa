//! The time of every job: ours and the peers', one beside the other.
//!
//! First all codecs are held to each other. Then each job is measured on its own: what it needs is made before, and gone
//! behind it. One iteration does the job with each record of the set.

use std::time::Duration;

use canread_codec_benches::shapes::Size;
use canread_codec_benches::{equality, jobs};
use criterion::Criterion;

fn codecs(criterion: &mut Criterion) {
    // The sample is the beginning of the full set, and slow peers are slow here too.
    equality::check(Size::Sample);
    for job in jobs::all() {
        let mut group = criterion.benchmark_group(format!("{}|{}|{}", job.format, job.task, job.shape));
        group.bench_function(job.codec, |bencher| {
            let mut run = (job.prepare)(Size::Full);
            bencher.iter(&mut run);
        });
        group.finish();
    }
}

fn main() {
    // What another process took away only makes single samples longer, and the best one counts.
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args();
    codecs(&mut criterion);
    criterion.final_summary();
}
