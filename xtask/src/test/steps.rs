//! The list of steps: what must hold before a change lands.
//!
//! Cheap steps come first, so that a slip shows in seconds. `clippy` and
//! `docs` share one set of checked dependencies; the tests share the build of
//! `cargo xtask` itself.

use std::fs;
use std::iter;
use std::path::Path;
use std::process::Command;

use super::context::Context;
use super::step::{Outcome, Step, Tier};
use crate::bench::Stop;
use crate::workspace::WORKSPACES_APART;
use crate::{conformance, fuzz, tidy};

/// Every step, in the order in which they run.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "fmt", what: "cargo fmt --check", tier: Tier::Always, run: fmt },
    Step { name: "tidy", what: "the rules of this house", tier: Tier::Always, run: tidy },
    Step { name: "locks", what: "every lock file fits its manifests", tier: Tier::Always, run: super::locks::locks },
    Step { name: "corpora", what: "unpack what is missing of the real schemas", tier: Tier::Always, run: corpora },
    Step {
        name: "oracles",
        what: "the foreign oracles, in a venv, on cases of their own",
        tier: Tier::Always,
        run: oracles,
    },
    Step { name: "clippy", what: "cargo clippy, every target, no warning", tier: Tier::Always, run: clippy },
    Step { name: "docs", what: "cargo doc, no warning", tier: Tier::Always, run: docs },
    Step { name: "tests", what: "cargo test: unit, doc, cases, corpora", tier: Tier::Short, run: tests },
    Step { name: "long-tests", what: "cargo test with many more random inputs", tier: Tier::Full, run: long_tests },
    Step {
        name: "avro-java",
        what: "Avro's Java library on the Avro cases, and on generated values",
        tier: Tier::Full,
        run: avro_java,
    },
    Step {
        name: "rust-peers",
        what: "prost and apache-avro on generated schemas and values",
        tier: Tier::Full,
        run: rust_peers,
    },
    Step {
        name: "conformance",
        what: "Protobuf's conformance runner on our codecs",
        tier: Tier::Full,
        run: conformance,
    },
    Step {
        name: "examples",
        what: "every example runs to its end; those of axum and tonic have tests",
        tier: Tier::Full,
        run: super::examples::examples,
    },
    Step { name: "no-std", what: "the codecs where there is an allocator and no more", tier: Tier::Full, run: no_std },
    Step {
        name: "unoptimized",
        what: "deep records of many fields on a small stack, as users build while they write",
        tier: Tier::Full,
        run: unoptimized,
    },
    Step {
        name: "linear-work",
        what: "twice the input is about twice the work: instructions of every decoder, counted",
        tier: Tier::Full,
        run: super::linear_work::linear_work,
    },
    Step {
        name: "safe-twin",
        what: "the codecs as they are built without unsafe code",
        tier: Tier::Full,
        run: safe_twin,
    },
    Step {
        name: "address-sanitizer",
        what: "the readers' tests under AddressSanitizer",
        tier: Tier::Full,
        run: address_sanitizer,
    },
    Step { name: "fuzz", what: "random inputs, a short time for each target", tier: Tier::Full, run: fuzz },
    Step {
        name: "bench",
        what: "CPU time and memory of the command, beside its peer",
        tier: Tier::Full,
        run: super::bench::bench,
    },
    Step {
        name: "codecs",
        what: "the codecs beside their peers: the same bytes, and fewer instructions",
        tier: Tier::Full,
        run: super::bench::codecs,
    },
];

fn fmt(context: &Context<'_>) -> Outcome {
    for workspace in iter::once(&"Cargo.toml").chain(WORKSPACES_APART) {
        let check = ["fmt", "--all", "--manifest-path", workspace, "--", "--check", "--color", "never"];
        match cargo(context, &check, &[]) {
            Outcome::Passed { .. } => {}
            failed => return failed,
        }
    }
    Outcome::passed()
}

fn tidy(context: &Context<'_>) -> Outcome {
    match tidy::problems(context.workspace()) {
        Ok(problems) if problems.is_empty() => Outcome::passed(),
        Ok(problems) => {
            for problem in &problems {
                context.note(&problem.to_string());
            }
            Outcome::failed(format!("problems: {}", problems.len()))
        }
        Err(error) => Outcome::failed(error),
    }
}

fn corpora(context: &Context<'_>) -> Outcome {
    match context.corpora() {
        Ok(unpacked) => {
            context.note(&unpacked.to_string());
            Outcome::passed()
        }
        Err(reason) => Outcome::skipped(reason.to_string()),
    }
}

/// The oracles judge our results, so they are tried first on results that are known.
fn oracles(context: &Context<'_>) -> Outcome {
    let python = match context.python() {
        Ok(python) => python,
        Err(reason) => return Outcome::skipped(reason.to_string()),
    };
    let mut command = Command::new(python);
    command
        .args(["-m", "unittest", "discover", "--start-directory"])
        .arg(context.workspace().oracle_scripts())
        .env("PYTHONDONTWRITEBYTECODE", "1");
    context.child(&mut command).into()
}

fn clippy(context: &Context<'_>) -> Outcome {
    cargo(context, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])
}

fn docs(context: &Context<'_>) -> Outcome {
    cargo(context, &["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])
}

fn tests(context: &Context<'_>) -> Outcome {
    cargo_test(context, &[])
}

fn long_tests(context: &Context<'_>) -> Outcome {
    cargo_test(context, &[("CANREAD_LONG", "1")])
}

/// The tests of Avro's cases and of generated values that ask Java, which are ignored elsewhere, beside the others.
fn avro_java(context: &Context<'_>) -> Outcome {
    let folder = match context.avro_java() {
        Ok(folder) => folder,
        Err(reason) => return Outcome::skipped(reason.to_string()),
    };
    let tests = ["test", "--package", "compat-tests", "--test", "cases", "--test", "evolution", "--test", "interop"];
    let tests = [&tests[..], &["--", "--include-ignored", "avro::"]].concat();
    cargo_tests(context, &tests, &[("CANREAD_AVRO_JAVA", &folder.to_string_lossy())])
}

/// A workspace of its own, with the types that prost makes of generated schemas.
fn rust_peers(context: &Context<'_>) -> Outcome {
    let tests = ["test", "--manifest-path", "compat-tests/peers/Cargo.toml", "--target-dir", "target/peers"];
    cargo_tests(context, &[&tests[..], &["--", "--nocapture"]].concat(), &[])
}

/// Protobuf's own tests of its formats.
fn conformance(context: &Context<'_>) -> Outcome {
    match conformance::measure(context.workspace(), context.deadline()) {
        Ok(suites) => {
            for suite in suites {
                println!("      {suite}");
            }
            Outcome::passed()
        }
        Err(Stop::Unavailable(reason)) => Outcome::skipped(reason.to_string()),
        Err(Stop::Failed(reason)) => Outcome::failed(reason),
    }
}

/// A target without a standard library, if the toolchain has it.
const BARE_PLATFORM: &str = "thumbv7em-none-eabihf";

/// The codecs without their feature `std`. For the machine itself that shows no use of what the feature brings; a test of `canread` shows
/// that nothing else is linked. A target that has no standard library shows it all at once.
fn no_std(context: &Context<'_>) -> Outcome {
    let check = ["check", "--package", "canread", "--no-default-features", "--features", "avro,derive,protobuf"];
    let libdir = ["--print", "target-libdir", "--target", BARE_PLATFORM];
    let found = Command::new("rustc").args(libdir).output();
    let is_installed = found.is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_dir());
    if is_installed {
        return cargo(context, &[&check[..], &["--target", BARE_PLATFORM]].concat(), &[]);
    }
    context.note(&format!("{BARE_PLATFORM} is not installed: built for this machine, without the feature `std`"));
    cargo(context, &check, &[])
}

/// The tests' own profile is optimized, and has every value of a function in few places.
fn unoptimized(context: &Context<'_>) -> Outcome {
    cargo_tests(context, &["test", "--profile", "unoptimized", "--package", "canread", "--test", "stack"], &[])
}

/// The twins are held to each other by a test of each build; here it is asked whether the other build holds at all, and what stands
/// on it.
fn safe_twin(context: &Context<'_>) -> Outcome {
    let arguments = ["test", "--target-dir", "target/safe", "--package", "canread-wire"];
    let arguments = arguments.iter().chain(DECODERS).copied().collect::<Vec<_>>();
    cargo_tests(context, &arguments, &[("RUSTFLAGS", "--cfg canread_safe -D warnings"), FEWER_INPUTS])
}

/// A build of another sort sees what one sort of input does: a twentieth of them, since it is slow.
const FEWER_INPUTS: (&str, &str) = ("CANREAD_HOSTILE_INPUTS", "2500");

/// The tests of what reads bytes: of each codec, and of all on hostile bytes.
const DECODERS: &[&str] = &[
    "--package",
    "canread-avro",
    "--package",
    "canread-protobuf",
    "--package",
    "compat-tests",
    "--lib",
    "--test",
    "codec",
    "--test",
    "value",
    "--test",
    "hostile",
];

/// What reads bytes from outside, under `AddressSanitizer`. Unsafe is what canread-wire does and what the others
/// call. The sanitizer's runtime comes with the toolchain; only its flag is called unstable.
fn address_sanitizer(context: &Context<'_>) -> Outcome {
    let arguments = ["test", "--target", fuzz::PLATFORM, "--target-dir", "target/sanitizer"];
    let readers =
        ["--package", "canread-syntax", "--package", "canread-wire", "--test", "link_hostile", "--test", "fixtures"];
    let arguments = arguments.iter().chain(&readers).chain(DECODERS).copied().collect::<Vec<_>>();
    let sanitizer = [("RUSTC_BOOTSTRAP", "1"), ("RUSTFLAGS", "-Zsanitizer=address"), ("CANREAD_SANITIZER", "address")];
    let variables = [&sanitizer[..], &[FEWER_INPUTS]].concat();
    cargo_tests(context, &arguments, &variables)
}

/// Enough for the seeds and for what a slip of the last days did. The search for more takes hours, by hand, with other
/// inputs each time; what decides about a change depends on the change alone.
const FUZZ: fuzz::Search = fuzz::Search::Fixed(1);

fn fuzz(context: &Context<'_>) -> Outcome {
    let child = |command: &mut Command| context.child(command);
    let run = |target: &fuzz::Target| target.run(context.workspace(), FUZZ, child);
    fuzz::prepare(context.workspace(), FUZZ, fuzz::TARGETS, child)
        .and_then(|()| fuzz::TARGETS.iter().try_for_each(run))
        .into()
}

/// All tests of the workspace.
fn cargo_test(context: &Context<'_>, variables: &[(&str, &str)]) -> Outcome {
    cargo_tests(context, &["test", "--workspace", "--no-fail-fast"], variables)
}

/// Tests, with everything at hand that they need from outside.
/// Those that lack something write a line to the file that `CANREAD_SKIPS` names.
fn cargo_tests(context: &Context<'_>, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let skips = context.workspace().logs().join("skips");
    if let Err(error) = fs::write(&skips, "") {
        return Outcome::failed(format!("{} cannot be written: {error}", context.workspace().show(&skips)));
    }
    let mut command = context.workspace().cargo();
    command
        .args(arguments)
        .env("CANREAD_SKIPS", &skips)
        .env("CANREAD_CORPORA", context.workspace().corpora())
        .env_remove("CANREAD_PYTHON")
        .env_remove("CANREAD_AVRO_JAVA")
        .envs(variables.iter().copied());
    if let Ok(python) = context.python() {
        command.env("CANREAD_PYTHON", python);
    }
    // The corpora may be missing: the tests that need one then say so.
    let _ = context.corpora();
    if let Err(reason) = context.child(&mut command) {
        return Outcome::failed(reason);
    }
    match fs::read_to_string(&skips) {
        Ok(text) => Outcome::Passed { skips: distinct_skips(&text) },
        Err(error) => Outcome::failed(format!("{} cannot be read: {error}", context.workspace().show(&skips))),
    }
}

/// The reasons of a skips file, each once, in order of their text: tests run in any order.
fn distinct_skips(text: &str) -> Vec<String> {
    let mut reasons: Vec<String> =
        text.lines().map(|line| line.strip_prefix("skipped: ").unwrap_or(line).to_owned()).collect();
    reasons.sort();
    reasons.dedup();
    reasons
}

fn cargo(context: &Context<'_>, arguments: &[&str], variables: &[(&str, &str)]) -> Outcome {
    context.child(context.workspace().cargo().args(arguments).envs(variables.iter().copied())).into()
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_skip_said_by_several_tests_is_listed_once() {
        assert_eq!(distinct_skips("skipped: b\nskipped: a\nskipped: b\n"), ["a", "b"]);
    }
}
