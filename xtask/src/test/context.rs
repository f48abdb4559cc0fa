//! What a step has at hand: the checkout, its own log, and what is prepared once a run.

use std::cell::OnceCell;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use super::step::Step;
use crate::child::Supervision;
use crate::corpora::{self, Unpacked};
use crate::oracles;
use crate::workspace::{Unavailable, Workspace};

/// How much of a failed step's log is shown; the rest is in the file.
const LOG_LINES_SHOWN: usize = 400;

/// One run of several steps.
pub(crate) struct Session<'w> {
    pub(crate) workspace: &'w Workspace,
    pub(crate) verbose: bool,
    pub(crate) deadline: Instant,
    corpora: OnceCell<Result<Unpacked, Unavailable>>,
    python: OnceCell<Result<PathBuf, Unavailable>>,
}

impl<'w> Session<'w> {
    pub(crate) fn new(workspace: &'w Workspace, verbose: bool, deadline: Instant) -> Self {
        Self { workspace, verbose, deadline, corpora: OnceCell::new(), python: OnceCell::new() }
    }
}

/// What one step works with.
pub(crate) struct Context<'s> {
    session: &'s Session<'s>,
    log: File,
    log_path: PathBuf,
}

impl<'s> Context<'s> {
    /// A context with an empty log for this step.
    pub(crate) fn new(session: &'s Session<'s>, step: &Step) -> io::Result<Self> {
        fs::create_dir_all(session.workspace.logs())?;
        let log_path = session.workspace.logs().join(format!("{}.log", step.name));
        let log = File::create(&log_path)?;
        Ok(Self { session, log, log_path })
    }

    pub(crate) fn workspace(&self) -> &Workspace {
        self.session.workspace
    }

    /// When everything is to end.
    pub(crate) fn deadline(&self) -> Instant {
        self.session.deadline
    }

    /// Runs a child of this step.
    ///
    /// # Errors
    ///
    /// One line that says why it failed.
    pub(crate) fn child(&self, command: &mut Command) -> Result<(), String> {
        self.supervision().run(command)
    }

    /// Runs a child of this step: how it ended, and what it printed, to either side.
    pub(crate) fn output(&self, command: &mut Command) -> (Result<(), String>, String) {
        let mut text = String::new();
        let ended = tempfile::tempfile().map_err(|error| format!("no temporary file: {error}")).and_then(|mut file| {
            let ended = Supervision { log: &file, verbose: false, deadline: self.session.deadline }.run(command);
            let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
            read.map_err(|error| format!("what was printed cannot be read: {error}")).and(ended)
        });
        self.note(text.trim_end());
        // The first line is the command itself.
        (ended, text.split_once('\n').map_or_else(String::new, |(_, printed)| printed.to_owned()))
    }

    /// Adds to what is shown should the step fail.
    pub(crate) fn note(&self, text: &str) {
        if self.session.verbose {
            println!("{text}");
        } else {
            // A full disk shows in the step itself; the note alone is no reason to fail it.
            let _ = writeln!(&self.log, "{text}");
        }
    }

    /// The unpacked corpora, prepared at the first call of a run.
    pub(crate) fn corpora(&self) -> &Result<Unpacked, Unavailable> {
        let prepare = || corpora::ensure(&self.workspace().archives(), &self.workspace().corpora());
        self.session.corpora.get_or_init(prepare)
    }

    /// The Python of the foreign oracles, prepared at the first call of a run.
    pub(crate) fn python(&self) -> &Result<PathBuf, Unavailable> {
        self.session.python.get_or_init(|| oracles::ensure(self.workspace(), &self.supervision()))
    }

    /// The folder of the program that asks Avro's Java library, made anew.
    pub(crate) fn avro_java(&self) -> Result<PathBuf, Unavailable> {
        oracles::ensure_java(self.workspace(), &self.supervision())
    }

    /// The end of the log, without the lines that say that something is well; empty for an empty log.
    pub(crate) fn shown_log(&self) -> String {
        let path = self.workspace().show(&self.log_path);
        match fs::read(&self.log_path) {
            Ok(bytes) if bytes.is_empty() => String::new(),
            Ok(bytes) => excerpt(&String::from_utf8_lossy(&bytes), &path.to_string()),
            Err(error) => format!("      {path} cannot be read: {error}\n"),
        }
    }

    fn supervision(&self) -> Supervision<'_> {
        Supervision { log: &self.log, verbose: self.session.verbose, deadline: self.session.deadline }
    }
}

fn excerpt(log: &str, path: &str) -> String {
    let mut lines: Vec<&str> = log.lines().filter(|line| !is_noise(line)).collect();
    lines.dedup_by(|one, other| one.trim().is_empty() && other.trim().is_empty());
    let left_out = lines.len().saturating_sub(LOG_LINES_SHOWN);
    let end = [format!("the whole output is in {path}")];
    let shown = lines.into_iter().skip(left_out).chain(end.iter().map(String::as_str));
    shown.map(|line| format!("      {line}").trim_end().to_owned() + "\n").collect()
}

/// Whether a line of cargo, rustc or the test harness only says that something went on, or went well.
fn is_noise(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "Checking ",
        "Compiling ",
        "Doc-tests ",
        "Documenting ",
        "Downloaded ",
        "Downloading ",
        "Running ",
        "all doctests ran ",
        "running ",
        "test result: ok.",
    ];
    let line = line.trim_start();
    (line.starts_with("test ") && line.ends_with(" ok")) || STARTS.iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_shows_what_is_not_well() {
        let log = "   Compiling a v0.1.0\n\nrunning 2 tests\n\ntest a::b ... ok\ntest a::c ... FAILED\n";
        assert_eq!(excerpt(log, "x.log"), "\n      test a::c ... FAILED\n      the whole output is in x.log\n");
    }

    #[test]
    fn of_a_long_log_the_end_is_shown() {
        let log = (0..1000).map(|line| line.to_string()).collect::<Vec<_>>().join("\n");
        let shown = excerpt(&log, "x.log");
        assert!(shown.starts_with("      600\n"), "{shown}");
        assert!(shown.contains("      999\n"));
    }
}
