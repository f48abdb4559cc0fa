//! Runs one child process: its output into a log, its time limited.

use std::fs::File;
use std::io::{self, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a running child is looked at.
const POLL: Duration = Duration::from_millis(20);

/// Where a child's output goes and how long it may take.
pub(crate) struct Supervision<'a> {
    /// Takes standard output and standard error, after a line with the command itself.
    pub(crate) log: &'a File,
    /// Output goes to the terminal instead of the log.
    pub(crate) verbose: bool,
    pub(crate) deadline: Instant,
}

impl Supervision<'_> {
    /// Runs the command to its end.
    ///
    /// # Errors
    ///
    /// One line that says why it did not start, how it failed, or that it was ended at the deadline.
    pub(crate) fn run(&self, command: &mut Command) -> Result<(), String> {
        let line = command_line(command);
        let mut child = self.start(command, &line).map_err(|error| format!("`{line}` did not start: {error}"))?;
        match self.wait(&mut child) {
            Ok(Some(status)) if status.success() => Ok(()),
            Ok(Some(status)) => Err(format!("`{line}` failed ({status})")),
            Ok(None) => Err(format!("`{line}` was ended: the time for the whole run is over")),
            Err(error) => Err(format!("`{line}` could not be waited for: {error}")),
        }
    }

    fn start(&self, command: &mut Command, line: &str) -> io::Result<Child> {
        command.stdin(Stdio::null());
        if self.verbose {
            println!("$ {line}");
        } else {
            writeln!(&mut &*self.log, "$ {line}")?;
            command.stdout(self.log.try_clone()?).stderr(self.log.try_clone()?);
        }
        command.spawn()
    }

    /// The child's status, or `None` where the deadline came first.
    fn wait(&self, child: &mut Child) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= self.deadline {
                end_with_descendants(child);
                return Ok(None);
            }
            thread::sleep(POLL);
        }
    }
}

/// The command as one would type it, without the environment.
fn command_line(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Ends the child and what it started: cargo alone would leave its test binary running.
///
/// A process group of its own would be the shorter way, but takes Ctrl-C away from the child.
fn end_with_descendants(child: &mut Child) {
    let listing = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output();
    let listing = listing.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let descendants = descendants(child.id(), &listing);
    // Parents first, so that none of them starts another child meanwhile.
    let _ = child.kill();
    if !descendants.is_empty() {
        let _ = Command::new("kill").arg("-KILL").args(descendants.iter().map(u32::to_string)).status();
    }
    let _ = child.wait();
}

/// Every process below `ancestor` in a listing of `pid ppid` lines, nearest first.
fn descendants(ancestor: u32, listing: &str) -> Vec<u32> {
    let pairs: Vec<(u32, u32)> = listing
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
        })
        .collect();
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        next += 1;
        found.extend(pairs.iter().filter(|&&(pid, ppid)| ppid == parent && pid != parent).map(|&(pid, _)| pid));
    }
    found.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(deadline: Duration, script: &str) -> (Result<(), String>, String) {
        let log = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        let deadline = Instant::now() + deadline;
        let supervision = Supervision { log: log.as_file(), verbose: false, deadline };
        let result = supervision.run(Command::new("sh").args(["-c", script]));
        (result, std::fs::read_to_string(log.path()).expect("the log is text"))
    }

    #[test]
    fn output_of_both_kinds_is_logged_below_the_command() {
        let (result, log) = run(Duration::from_secs(60), "echo out; echo err >&2");
        assert_eq!(result, Ok(()));
        assert_eq!(log, "$ sh -c echo out; echo err >&2\nout\nerr\n");
    }

    #[test]
    fn a_failing_command_is_named_with_its_status() {
        let (result, _) = run(Duration::from_secs(60), "exit 3");
        assert_eq!(result, Err("`sh -c exit 3` failed (exit status: 3)".to_owned()));
    }

    #[test]
    fn the_deadline_ends_grandchildren_too() {
        let started = Instant::now();
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("alive");
        let script = format!("(sleep 1; touch {}) & wait", file.display());
        let (result, _) = run(Duration::from_millis(200), &script);
        assert!(result.is_err_and(|reason| reason.contains("was ended")));
        thread::sleep(Duration::from_millis(1500).saturating_sub(started.elapsed()));
        assert!(!file.exists(), "the grandchild went on");
    }

    #[test]
    fn descendants_are_found_at_any_depth() {
        assert_eq!(descendants(5, "  5 1\n  6 5\n  7 6\n  8 1\n  9 5\n"), [6, 9, 7]);
        assert_eq!(descendants(5, "0 0\n1 0\n"), [0_u32; 0]);
    }
}
