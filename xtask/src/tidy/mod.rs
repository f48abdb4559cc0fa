//! `cargo xtask tidy`: the rules of this house that no compiler knows.
//!
//! Each check is one file: a pure function from the [`House`] to its
//! [`Problem`]s, with a made-up house where it fires and one where it stays
//! silent. Registering is one line in [`CHECKS`].

mod arrows;
mod codec_results;
mod facade_examples;
mod forbidden_words;
mod house;
mod lean_codecs;
mod links;
mod long_files;
mod machine_names;
mod manifests;
mod modules;
mod problem;
mod top_level;
mod whitespace;

use std::process::ExitCode;

use self::house::House;
pub(crate) use self::problem::Problem;
use crate::workspace::Workspace;

/// Every check.
const CHECKS: &[fn(&House) -> Vec<Problem>] = &[
    arrows::check,
    codec_results::check,
    facade_examples::check,
    forbidden_words::check,
    lean_codecs::check,
    links::check,
    long_files::check,
    machine_names::check,
    manifests::check,
    modules::check,
    top_level::check,
    whitespace::check,
];

/// `cargo xtask tidy`.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    match problems(workspace) {
        Ok(problems) if problems.is_empty() => {
            println!("tidy: {} checks, nothing to mend", CHECKS.len());
            ExitCode::SUCCESS
        }
        Ok(problems) => {
            for problem in &problems {
                println!("{problem}");
            }
            println!("tidy: problems: {}", problems.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What every check finds in the checkout, by path and line.
///
/// # Errors
///
/// Git or cargo did not say what the checkout consists of.
pub(crate) fn problems(workspace: &Workspace) -> Result<Vec<Problem>, String> {
    let house = House::load(workspace)?;
    let mut problems: Vec<Problem> = CHECKS.iter().flat_map(|check| check(&house)).collect();
    problems.sort();
    Ok(problems)
}
