//! `cargo xtask hostile`: hostile bytes for every decoder, as many as one has time for.

use std::process::ExitCode;

use clap::Args;

use crate::workspace::Workspace;

/// How many inputs.
#[derive(Args)]
pub(crate) struct Options {
    /// Give each decoder so many inputs; `cargo xtask test` gives it 50,000
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    inputs: u64,
}

/// Runs the tests of `compat-tests/tests/hostile`, and shows what came of the inputs.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    let mut command = workspace.cargo();
    command
        .args(["test", "--package", "compat-tests", "--test", "hostile", "--", "--nocapture"])
        .env("CANREAD_HOSTILE_INPUTS", options.inputs.to_string());
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("error: cargo cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}
