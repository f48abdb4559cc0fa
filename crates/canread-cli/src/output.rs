//! Writes reports and errors where they belong.

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Write, stderr, stdout},
};

use canread_compat::{Mode, Pair, Severity, Surface};
use canread_project::ProjectError;
use canread_report::{Compared, Run, Status, Task, full};
use canread_syntax::{Diagnostic, Sources};

use crate::{
    args::{Color, Format},
    exit,
    terminal::{self, Stream},
};

/// The report as text.
pub(crate) fn render(run: &Run<'_>, format: Format, color: Color) -> String {
    match format {
        Format::Full => full::render(run, terminal::style(color, Stream::Out)),
        Format::Concise => canread_report::concise::render(run),
        Format::Json => canread_report::json::render(run),
        Format::Sarif => canread_report::sarif::render(run),
    }
}

/// Prints to standard output, and passes the exit code on unless printing fails. A reader that has seen
/// enough (`| head`) is no failure; a full disk is.
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

/// What was asked for by a run that could not start.
pub(crate) struct Asked<'a> {
    pub(crate) task: Task,
    pub(crate) versions: Pair<&'a str>,
    pub(crate) mode: Mode,
    pub(crate) promises: &'a BTreeSet<Surface>,
    pub(crate) fail_on: Severity,
    pub(crate) format: Format,
    pub(crate) color: Color,
}

/// Says why a run could not start, and gives its exit code. Programs that wait for a report get one.
pub(crate) fn failure(error: &ProjectError, asked: &Asked<'_>) -> u8 {
    let mut diagnostic = error.to_diagnostic();
    if error.kind() == canread_project::ErrorKind::NoBaseline && asked.task == Task::Check {
        diagnostic.notes.push("if there is none yet, `--allow-missing-baseline` lets the run succeed".to_owned());
    }
    stopped(&[diagnostic], &Sources::default(), error.kind().exit_code(), asked)
}

/// Says on stderr what is wrong.
pub(crate) fn complain(diagnostics: &[Diagnostic], sources: &Sources, color: Color) {
    for diagnostic in diagnostics {
        let text = full::diagnostic(diagnostic, sources, terminal::style(color, Stream::Error));
        let _ = write!(stderr(), "{text}");
    }
}

/// Says why a run could not start, with the exit code that this has.
pub(crate) fn stopped(diagnostics: &[Diagnostic], sources: &Sources, code: u8, asked: &Asked<'_>) -> u8 {
    complain(diagnostics, sources, asked.color);
    if !asked.format.is_for_programs() {
        return code;
    }
    let versions = Pair { old: asked.versions.old.to_owned(), new: asked.versions.new.to_owned() };
    let run = Run {
        task: asked.task,
        sources,
        status: Status::Error,
        mode: asked.mode,
        promises: asked.promises,
        fail_on: asked.fail_on,
        compared: &Compared::new(0, 0, versions),
        sections: Vec::new(),
        diagnostics,
        approve_with: None,
    };
    print(&render(&run, asked.format, asked.color), code)
}
