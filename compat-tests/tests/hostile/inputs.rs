//! Random inputs for every decoder.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use canread_testing::small_stack_bytes;
use canread_wire::Limits;

use crate::decoder::{Decoder, error_bytes};
use crate::mutate::{BYTES_MAX, mutated};
use crate::random::Random;
use crate::table::decoders;

/// Inputs a decoder, unless `CANREAD_HOSTILE_INPUTS` has another number.
const INPUTS: usize = 50_000;

/// What came of the inputs of a decoder.
#[derive(Default)]
struct Tally {
    inputs: usize,
    read: usize,
    /// The most memory for a byte of input, beyond 64 KiB; and the most memory.
    factor: usize,
    peak: usize,
}

fn inputs() -> usize {
    match std::env::var("CANREAD_HOSTILE_INPUTS") {
        Ok(number) => number.parse().expect("CANREAD_HOSTILE_INPUTS is a number"),
        Err(_) => INPUTS,
    }
}

/// Peak memory that bytes of input justify under default limits.
pub(crate) fn justified(input_bytes: usize) -> usize {
    16 * input_bytes + (64 << 10)
}

/// Runs work for each decoder, each on a small stack of its own, as many at a time as there are processors.
pub(crate) fn for_each_decoder(work: impl Fn(&Decoder) + Sync) {
    let (decoders, next, failed) = (decoders(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(decoder) = decoders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let small = thread::Builder::new().stack_size(small_stack_bytes()).name(decoder.name.clone());
                    let running = small.spawn_scoped(scope, || work(decoder)).expect("a thread starts");
                    if running.join().is_err() {
                        failed.lock().expect("nobody panics with it").push(&decoder.name);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("nobody panics with it");
    assert!(failed.is_empty(), "see above: {failed:?}");
}

#[test]
fn every_decoder_reads_or_refuses_whatever_comes_within_its_limits() {
    let inputs = inputs();
    for_each_decoder(|decoder| {
        let mut tally = Tally::default();
        every_truncation_and_flip(decoder, &mut tally);
        let mut random = Random::new(0x0bad_5eed);
        // Who asks for more than usual has the time.
        let inputs = if inputs > INPUTS { inputs } else { inputs / decoder.one_in };
        while tally.inputs < inputs {
            let input = mutated(&decoder.seeds, decoder.grammar, &mut random);
            assert!(input.len() <= BYTES_MAX);
            attempt(decoder, &input, &mut random, &mut tally);
        }
        // What was changed a little is often a value all the same, and seldom where a checksum is beside it; where nothing is, the seeds are
        // no good.
        assert!(tally.read * 500 > tally.inputs, "{}: {} of {} were read", decoder.name, tally.read, tally.inputs);
        #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
        {
            let Tally { inputs, read, factor, peak } = tally;
            println!("{:36} {inputs:8} inputs, {read:7} read, peak {peak:7} bytes, factor {factor}", decoder.name);
        }
    });
}

/// Each seed; some of them cut at every offset, and with each of their bits flipped.
fn every_truncation_and_flip(decoder: &Decoder, tally: &mut Tally) {
    let mut random = Random::new(7);
    for seed in &decoder.seeds {
        let trial = decoder.decode(seed, &Limits::strict());
        let again = trial.read.unwrap_or_else(|error| panic!("{}: a seed: {error}: {seed:02x?}", decoder.name));
        decoder.assert_round_trip(&again);
    }
    for seed in decoder.seeds.iter().filter(|seed| seed.len() < BYTES_MAX).take(4) {
        for end in 0..seed.len() {
            attempt(decoder, &seed[..end], &mut random, tally);
        }
        let mut flipped = seed.clone();
        for bit in 0..seed.len() * 8 {
            flipped[bit / 8] ^= 1 << (bit % 8);
            attempt(decoder, &flipped, &mut random, tally);
            flipped[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

/// Decodes under default limits, and with less memory than that took.
fn attempt(decoder: &Decoder, input: &[u8], random: &mut Random, tally: &mut Tally) {
    let trial = decoder.decode(input, &Limits::strict());
    let (name, peak) = (&decoder.name, trial.peak);
    assert!(
        peak <= decoder.factor * input.len() + (64 << 10) + decoder.buffer + decoder.beside,
        "{name}: {peak} bytes for {}: {input:02x?}",
        input.len()
    );
    tally.inputs += 1;
    tally.peak = tally.peak.max(peak);
    tally.factor = tally.factor.max(peak.saturating_sub(64 << 10).div_ceil(input.len().max(1)));
    if let Ok(bytes) = &trial.read {
        tally.read += 1;
        decoder.assert_round_trip(bytes);
    }
    // Often no memory at all, or a little less than it took.
    let allowed = match random.below(4) {
        0 => 0,
        1 => peak.saturating_sub(1 + random.below(64)),
        _ => random.below(peak + 1),
    };
    let trial = decoder.decode(input, &Limits::strict().with_allocated_bytes_max(allowed as u64));
    let (peak, own) = (trial.peak, error_bytes(&trial.read));
    assert!(
        peak <= allowed + own + decoder.beside,
        "{name}: {peak} bytes where {allowed} are allowed ({:?}): {input:02x?}",
        trial.read.err()
    );
}

/// Found by a million inputs: unknown fields of a type and those of the value that the place is looked for with took twice the memory.
#[test]
fn what_was_read_is_given_back_before_the_place_of_a_failure_is_looked_for() {
    let decoders = crate::protobuf_layers::decoders();
    let decoder = decoders.iter().find(|decoder| decoder.name == "protobuf: a type resolved").expect("it is there");
    // A field that nobody knows, many times, and one that is cut off.
    let input = [b"\x80\x80\x80\x02\x01".repeat(1_000), vec![0x80]].concat();
    let whole = decoder.decode(&input, &Limits::strict()).peak;
    for allowed in (0..whole).step_by(512) {
        let trial = decoder.decode(&input, &Limits::strict().with_allocated_bytes_max(allowed as u64));
        assert!(trial.read.is_err(), "it is cut off");
        assert!(trial.peak <= allowed + error_bytes(&trial.read), "{} bytes where {allowed} are allowed", trial.peak);
    }
}

/// Found by a million inputs: the memory that an escaped text grew out of was held while the larger one was filled.
#[test]
fn texts_with_escapes_take_no_more_than_is_allowed_while_they_grow() {
    let text = r#"{"f0":-0.0,"f1":"Ð.h0¯=z·tµ","f2":[],"f3":"×]\u001clBß\u0038<È\u0004.ÓÉæajâ;","f4":{"array":["-Infinity",0.1,1.7976931348623157e+308]},"f5":{}}"#;
    let decoders = crate::texts::decoders();
    let decoder = decoders.iter().find(|decoder| decoder.name == "avro json: made up 1").expect("it is there");
    let whole = decoder.decode(text.as_bytes(), &Limits::strict()).peak;
    for allowed in 0..whole {
        let trial = decoder.decode(text.as_bytes(), &Limits::strict().with_allocated_bytes_max(allowed as u64));
        assert!(trial.peak <= allowed + error_bytes(&trial.read), "{} bytes where {allowed} are allowed", trial.peak);
    }
}
