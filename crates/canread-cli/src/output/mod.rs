//! Writes reports and errors where they belong.

pub(crate) mod file;

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Write, stderr, stdout},
    path::Path,
};

use canread_compat::{Mode, Pair, Severity, Surface};
use canread_project::ProjectError;
use canread_report::{Compared, Format, RenderRun, Run, Status, Style, Task, full};
use canread_syntax::{Diagnostic, Sources};

use crate::{
    args::{Color, Report},
    exit,
    terminal::{self, Stream},
};

/// The reports that are asked for: any number to files, and at most one to standard output.
#[derive(Debug)]
pub(crate) struct Reports<'a, Render: 'static = RenderRun>(&'a [Report<Render>]);

impl<Render> Clone for Reports<'_, Render> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Render> Copy for Reports<'_, Render> {}

impl<'a, Render> Reports<'a, Render> {
    /// What the flags say; an exit code if two reports want one place, which has been explained.
    pub(crate) fn of(asked: &'a [Report<Render>]) -> Result<Self, u8> {
        let place = |report: &Report<Render>| report.file.as_deref().map(file::place);
        for (at, report) in asked.iter().enumerate() {
            if let Some(file) = report.file.as_deref().filter(|file| is_judged(file)) {
                let _ = writeln!(
                    stderr(),
                    "error: a report would be written over `{}`, which is a schema or a configuration\n\
                     help: give the report a file of its own, such as `--format {}=report`",
                    file.display(),
                    report.format.name
                );
                return Err(exit::USAGE);
            }
            if let Some(other) = asked.iter().take(at).find(|other| place(other) == place(report)) {
                let _ = writeln!(stderr(), "{}", conflict(other, report));
                return Err(exit::USAGE);
            }
        }
        Ok(Self(asked))
    }

    /// Every report as text, where they look alike on a terminal and in a file. `brief` is printed if all go to files.
    pub(crate) fn render_alike(self, text: impl Fn(&Format<Render>) -> String, brief: String) -> Rendered<'a, Render> {
        let printed = self.printed().map_or(brief, &text);
        Rendered { files: self.render_files(text), printed }
    }

    /// The format of standard output.
    fn printed(self) -> Option<&'static Format<Render>> {
        self.0.iter().find(|report| report.file.is_none()).map(|report| report.format)
    }

    fn render_files(self, text: impl Fn(&Format<Render>) -> String) -> Vec<(&'a Report<Render>, String)> {
        let files = self.0.iter().filter(|report| report.file.is_some());
        files.map(|report| (report, text(report.format))).collect()
    }
}

impl<'a> Reports<'a> {
    /// Every report as text.
    pub(crate) fn render(self, run: &Run<'_>, color: Color) -> Rendered<'a> {
        let printed = match self.printed() {
            Some(format) => (format.render)(run, terminal::style(color, Stream::Out)),
            None => canread_report::concise::brief(run),
        };
        Rendered { files: self.render_files(|format| plain(run, format)), printed }
    }
}

/// Whether a file is one of those that are read: by its name, whether or not it is there.
fn is_judged(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let endings = [".proto", ".avsc", ".avpr", ".avdl", ".binpb", ".desc"];
    let names = ["canread.toml", "canread.lock", "buf.yaml", "buf.work.yaml"];
    endings.iter().any(|ending| name.ends_with(ending)) || names.contains(&&*name)
}

/// Reports that wait to be written.
pub(crate) struct Rendered<'a, Render: 'static = RenderRun> {
    files: Vec<(&'a Report<Render>, String)>,
    printed: String,
}

impl<Render> Rendered<'_, Render> {
    /// Puts each where it is wanted, and passes the exit code on unless one can't be written; the others still are.
    pub(crate) fn write(self, code: u8) -> u8 {
        let mut code = code;
        for (report, text) in &self.files {
            let Some(path) = &report.file else { continue };
            if let Err(error) = file::write(path, text) {
                let (format, path) = (report.format.name, path.display());
                let _ = writeln!(stderr(), "error: the {format} report could not be written to `{path}`: {error}");
                code = exit::FAILED;
            }
        }
        print(&self.printed, code)
    }
}

fn conflict<Render>(one: &Report<Render>, other: &Report<Render>) -> String {
    let (first, second) = (one.format.name, other.format.name);
    match &other.file {
        None => format!(
            "error: `--format {first}` and `--format {second}` both print their report, and only one can\n\
             help: write the other one to a file: `--format {second}=FILE`"
        ),
        Some(path) => format!(
            "error: `--format {first}` and `--format {second}` both write to `{}`\n\
             help: give each report a file of its own",
            path.display()
        ),
    }
}

/// The report for a file: nobody knows what that will be shown on.
fn plain(run: &Run<'_>, format: &Format<RenderRun>) -> String {
    (format.render)(run, Style::default())
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
    pub(crate) reports: Reports<'a>,
    pub(crate) color: Color,
}

/// Says why a run could not start, and gives its exit code.
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

/// Says why a run could not start, and passes on the exit code that this has. Whoever waits for a report elsewhere gets one.
pub(crate) fn stopped(diagnostics: &[Diagnostic], sources: &Sources, code: u8, asked: &Asked<'_>) -> u8 {
    complain(diagnostics, sources, asked.color);
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
    let printed = match asked.reports.printed() {
        Some(format) if format.is_read_elsewhere => plain(&run, format),
        // A person has seen it already.
        Some(_) => String::new(),
        None => canread_report::summary(&run),
    };
    Rendered { files: asked.reports.render_files(|format| plain(&run, format)), printed }.write(code)
}
