//! How much work a byte of input is, in each family: twice the input is about twice the work.
//!
//! Instructions are counted by callgrind, so nothing depends on how fast or busy a machine is. It runs this one test, counts what is
//! done inside of `counted_work`, and writes down a sum at each return from it. `cargo xtask test --full --only linear-work` makes it do so
//! and compares the sums; by itself the test decodes and compares nothing.

use std::fmt::Write as _;
use std::hint::black_box;

use canread_wire::Limits;

use crate::decoder::{Decoder, Trial};
use crate::families::families;

/// How many of what a family has many of, first. Then twice and four times as many.
const COUNT: usize = 1_000;

/// The function whose instructions are counted; callgrind finds it by its name.
#[inline(never)]
fn counted_work(decoder: &Decoder, input: &[u8]) -> Trial {
    black_box(decoder.decode(black_box(input), &Limits::strict()))
}

#[test]
#[ignore = "says something under callgrind only: cargo xtask test --full --only linear-work"]
fn each_family_three_times_twice_as_large_each_time() {
    let mut done = String::new();
    for family in families() {
        // A part of a schema is tens of thousands of instructions.
        let count = if family.name.starts_with("header: ") { COUNT / 4 } else { COUNT };
        for decoder in &family.decoders {
            for times in [1, 2, 4] {
                let input = (family.input)(count * times);
                drop(counted_work(decoder, &input));
                writeln!(done, "{}\t{}\t{}", family.name, decoder.name, input.len()).expect("text");
            }
        }
    }
    // What counts the work reads which it was.
    if let Some(path) = std::env::var_os("CANREAD_WORK_DONE") {
        std::fs::write(path, done).expect("the file can be written");
    }
}
