//! One version of schemas, for the commands that compare nothing.

use std::path::PathBuf;

use canread_project::Reading;
use canread_syntax::{Diagnostic, Sources};

use super::open;
use crate::{
    args::{Color, ConfigArgs, Input},
    exit, output,
    settings::{Flags, Settings},
};

/// Reads what each path names. If one can't be understood, every error is said, and the exit code given.
/// Warnings are the business of `check`.
pub(super) fn read(
    paths: &[String],
    include: &[PathBuf],
    config: &ConfigArgs,
    color: Color,
) -> Result<Vec<Reading>, u8> {
    let input = Input { include: include.to_vec(), against_include: Vec::new() };
    let settings = Settings::load(config, &Flags { input: Some(&input), ..Flags::default() }).map_err(|error| {
        output::complain(&error.diagnostics, &error.sources, color);
        exit::USAGE
    })?;
    let (mut readings, mut code) = (Vec::new(), None);
    for path in paths {
        match open::project(&settings).and_then(|project| Reading::load(&project, path)) {
            Ok(reading) => {
                let errors: Vec<Diagnostic> =
                    reading.diagnostics.iter().filter(|problem| problem.is_error()).cloned().collect();
                output::complain(&errors, &reading.sources, color);
                if !reading.is_sound() {
                    code = code.max(Some(exit::FAILED));
                }
                readings.push(reading);
            }
            Err(error) => {
                output::complain(&[error.to_diagnostic()], &Sources::default(), color);
                code = code.max(Some(error.kind().exit_code()));
            }
        }
    }
    match code {
        None => Ok(readings),
        Some(code) => Err(code),
    }
}
