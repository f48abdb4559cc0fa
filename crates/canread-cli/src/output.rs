//! Writes reports and errors where they belong.

use std::io::{ErrorKind, Write, stderr, stdout};

use canread_project::ProjectError;
use canread_report::{Run, full};
use canread_syntax::Sources;

use crate::{
    args::{Color, Format},
    exit, terminal,
};

/// Prints the report, and passes the exit code on unless printing fails.
pub(crate) fn report(run: &Run<'_>, format: Format, color: Color, code: u8) -> u8 {
    let text = match format {
        Format::Full => full::render(run, terminal::style(color)),
        Format::Concise => canread_report::concise::render(run),
        Format::Json => canread_report::json::render(run),
        Format::Sarif => canread_report::sarif::render(run),
    };
    print(&text, code)
}

/// Prints to standard output. A reader that has seen enough (`| head`) is no failure; a full disk is.
pub(crate) fn print(text: &str, code: u8) -> u8 {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => code,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => code,
        Err(error) => {
            let _ = writeln!(stderr(), "error: the report could not be written: {error}");
            exit::FAILED
        }
    }
}

/// Prints why a run could not start, and gives its exit code.
pub(crate) fn failure(error: &ProjectError, color: Color) -> u8 {
    let text = full::diagnostic(&error.to_diagnostic(), &Sources::default(), terminal::style(color));
    let _ = write!(stderr(), "{text}");
    error.kind().exit_code()
}
