//! `cargo xtask`: the project's own commands.
//!
//! | command | does |
//! |---|---|
//! | `test` | everything that must hold before a change lands; `--full` adds the long forms |
//! | `bench` | measures the command beside its peers, or single steps of ours; `bench codecs` the codecs beside theirs |
//! | `conformance` | Protobuf's conformance runner on our codecs |
//! | `fuzz` | random inputs for every parser and decoder, and for the comparison |
//! | `hostile` | hostile bytes for every decoder, more of them than a test run has time for |
//! | `tidy` | the rules of this house that no compiler knows |
//! | `corpora` | unpacks the real schemas beside the repository under `target/corpora`, holds the readers to them, prints a table |

#![expect(clippy::print_stdout, reason = "a command for people at a terminal, and nothing else")]

mod bench;
mod child;
mod codecs;
mod conformance;
mod corpora;
mod fuzz;
mod gates;
mod hostile;
mod oracles;
mod peers;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// The project's own commands
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every check and test; the last line counts the steps
    Test(test::Options),
    /// Measure the command beside its peers, and hold it to its limits
    Bench(bench::Options),
    /// Let Protobuf's conformance runner ask our codecs, and hold the result to the lists of known failures
    Conformance,
    /// Give random inputs to the fuzz targets, one after the other
    Fuzz(fuzz::Options),
    /// Give hostile bytes to every decoder, and count the memory
    Hostile(hostile::Options),
    /// Check the rules of this house that no compiler knows
    Tidy,
    /// Unpack the corpora beside the repository under target/corpora, and print what they are held to
    Corpora,
}

fn main() -> ExitCode {
    let workspace = Workspace::of_this_build();
    match Arguments::parse().command {
        Command::Test(options) => test::run(&workspace, &options),
        Command::Bench(options) => bench::run(&workspace, &options),
        Command::Conformance => conformance::run(&workspace),
        Command::Fuzz(options) => fuzz::run(&workspace, &options),
        Command::Hostile(options) => hostile::run(&workspace, &options),
        Command::Tidy => tidy::run(&workspace),
        Command::Corpora => gates::run(&workspace),
    }
}
