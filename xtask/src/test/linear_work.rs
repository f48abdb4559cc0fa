//! Twice the input is about twice the work, for every decoder and every family of hostile inputs.
//!
//! Instructions are counted, by callgrind: how fast or busy a machine is makes no difference. The inputs, each family three times and
//! twice as large each time, are those of the test `work` in `compat-tests/tests/hostile`.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::context::Context;
use super::step::Outcome;
use crate::fuzz::PLATFORM;

/// The test, and the function in it whose instructions are counted.
const TEST: &str = "work::each_family_three_times_twice_as_large_each_time";
const FUNCTION: &str = "hostile::work::counted_work";

/// How much more twice the input may cost.
const RATIO_MAX: f64 = 2.5;

/// Fewer instructions a byte are those of a copy, whose count leaps where the C library begins to copy otherwise. Work that grows with the
/// square of the input is above it at these sizes.
const INSTRUCTIONS_A_BYTE_MIN: u64 = 10;

pub(super) fn linear_work(context: &Context<'_>) -> Outcome {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !version.is_ok_and(|status| status.success()) {
        return Outcome::skipped("no valgrind: the work of the decoders was not counted");
    }
    let folder = context.workspace().logs().join("callgrind");
    let done = folder.join("done");
    let _ = fs::remove_dir_all(&folder);
    if let Err(error) = fs::create_dir_all(&folder) {
        return Outcome::failed(format!("{} cannot be made: {error}", context.workspace().show(&folder)));
    }
    let runner = format!(
        "valgrind --tool=callgrind --callgrind-out-file={} --collect-atstart=no --toggle-collect={FUNCTION} \
         --dump-after={FUNCTION}",
        folder.join("sum").display()
    );
    let variable = format!("CARGO_TARGET_{}_RUNNER", PLATFORM.replace('-', "_").to_uppercase());
    let mut command = context.workspace().cargo();
    command
        .args(["test", "--package", "compat-tests", "--test", "hostile", "--"])
        .args(["--ignored", "--exact", TEST, "--test-threads", "1"])
        .env(variable, runner)
        .env("CANREAD_WORK_DONE", &done);
    if let Err(reason) = context.child(&mut command) {
        return Outcome::failed(reason);
    }
    match measured(&folder, &done) {
        Ok(all) => judged(context, &all),
        Err(reason) => Outcome::failed(reason),
    }
}

/// What was counted of one decoder on one family.
#[derive(Debug, Clone, PartialEq)]
struct Work {
    /// The family and the decoder.
    name: String,
    /// How large the largest input was.
    bytes: u64,
    /// Instructions for an input, one twice as large, and one four times as large.
    instructions: [u64; 3],
}

impl Work {
    #[expect(clippy::cast_precision_loss, reason = "a ratio of counts far below 2^53")]
    fn ratio(&self) -> f64 {
        let [one, two, four] = self.instructions.map(|count| count.max(1) as f64);
        (two / one).max(four / two)
    }

    fn is_linear(&self) -> bool {
        self.ratio() <= RATIO_MAX || self.instructions[2] < self.bytes.saturating_mul(INSTRUCTIONS_A_BYTE_MIN)
    }
}

impl fmt::Display for Work {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two, four] = self.instructions;
        write!(formatter, "{:.2} {}: {one}, {two}, {four} instructions", self.ratio(), self.name)
    }
}

fn judged(context: &Context<'_>, all: &[Work]) -> Outcome {
    let mut sorted: Vec<&Work> = all.iter().collect();
    sorted.sort_by(|one, other| other.ratio().total_cmp(&one.ratio()));
    for work in &sorted {
        context.note(&work.to_string());
    }
    let wrong: Vec<String> = sorted.iter().filter(|work| !work.is_linear()).map(ToString::to_string).collect();
    if all.is_empty() {
        Outcome::failed("nothing was counted")
    } else if wrong.is_empty() {
        Outcome::passed()
    } else {
        Outcome::failed(format!("more than {RATIO_MAX} times the work for twice the input: {}", wrong.join("; ")))
    }
}

/// The sums of callgrind beside the names that the test wrote down.
fn measured(folder: &Path, done: &Path) -> Result<Vec<Work>, String> {
    let names = fs::read_to_string(done).map_err(|error| format!("the test wrote nothing down: {error}"))?;
    let mut counted = Vec::new();
    for (line, number) in names.lines().zip(1..) {
        let path = folder.join(format!("sum.{number}"));
        let text = fs::read_to_string(&path).map_err(|error| format!("no sum of `{line}`: {error}"))?;
        counted.push((line, sum(&text).ok_or_else(|| format!("no sum in {}", path.display()))?));
    }
    in_threes(&counted)
}

/// The instructions of one dump. Source: Valgrind, "Callgrind Format Specification".
fn sum(dump: &str) -> Option<u64> {
    dump.lines().find_map(|line| line.strip_prefix("summary: "))?.trim().parse().ok()
}

fn in_threes(counted: &[(&str, u64)]) -> Result<Vec<Work>, String> {
    counted
        .chunks(3)
        .map(|three| match three {
            [(_, one), (_, two), (line, four)] => {
                let (name, bytes) = line.rsplit_once('\t').ok_or_else(|| format!("no size in `{line}`"))?;
                let bytes = bytes.parse().map_err(|_| format!("no size in `{line}`"))?;
                Ok(Work { name: name.replace('\t', ", "), bytes, instructions: [*one, *two, *four] })
            }
            _ => Err("an input without its larger ones".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(bytes: u64, instructions: [u64; 3]) -> Work {
        Work { name: String::new(), bytes, instructions }
    }

    #[test]
    fn work_that_grows_with_the_square_is_found_and_a_copy_is_not() {
        assert!(work(4_000, [100_000, 200_000, 400_000]).is_linear());
        assert!(work(4_000, [100_000, 240_000, 590_000]).is_linear());
        assert!(!work(4_000, [100_000, 400_000, 1_600_000]).is_linear());
        assert!(!work(4_000, [100_000, 100_000, 1_600_000]).is_linear());
        assert!(work(16_000, [5_000, 6_000, 67_000]).is_linear());
    }

    #[test]
    fn sums_stand_beside_their_names() {
        assert_eq!(sum("part: 1\nsummary: 160254\ntotals: 160254\n"), Some(160_254));
        assert_eq!(sum("version: 1\n"), None);
        let counted = [("a\tb\t10", 1), ("a\tb\t20", 2), ("a\tb\t40", 4)];
        let expected = Work { name: "a, b".to_owned(), bytes: 40, instructions: [1, 2, 4] };
        assert_eq!(in_threes(&counted), Ok(vec![expected]));
        assert!(in_threes(&counted[..2]).is_err());
    }
}
