//! Where the things stand that are not in the repository.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::skip;

/// The root of the workspace that these tests were built from.
#[must_use]
pub fn workspace_root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("this crate stands two folders below the workspace root")
}

/// The folder of one unpacked corpus, for example `protobuf/googleapis-2025-08`.
///
/// Looks under `CANREAD_CORPORA`, or under `target/corpora` of the workspace
/// where that is not set. `None` when the corpus is not there; the skip has
/// then been said and the caller only returns.
///
/// # Panics
///
/// With `CI=true`, when the corpus is not there.
#[must_use]
pub fn corpus(name: &str) -> Option<PathBuf> {
    let corpora = variable("CANREAD_CORPORA").map_or_else(|| workspace_root().join("target/corpora"), PathBuf::from);
    let folder = corpora.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!("corpus {name} is not unpacked, `cargo xtask corpora` does that"));
    None
}

/// The Python interpreter whose packages are those of `compat-tests/oracles/requirements.txt`.
///
/// Read from `CANREAD_PYTHON`, which `cargo xtask test` sets. `None` when it
/// is not set; the skip has then been said.
///
/// # Panics
///
/// With `CI=true`, when it is not set.
#[must_use]
pub fn python() -> Option<PathBuf> {
    if let Some(python) = variable("CANREAD_PYTHON") {
        return Some(PathBuf::from(python));
    }
    skip("no Python with the foreign oracles, `cargo xtask test` makes one");
    None
}

/// A command that runs one script of `compat-tests/oracles`, for example
/// `protoc_compare.py`. `None` under the conditions of [`python`].
///
/// # Panics
///
/// As [`python`]; also when no such script exists.
#[must_use]
pub fn oracle(script: &str) -> Option<Command> {
    let path = workspace_root().join("compat-tests/oracles").join(script);
    assert!(path.is_file(), "compat-tests/oracles has no {script}");
    let mut command = Command::new(python()?);
    command.arg(path).env("PYTHONDONTWRITEBYTECODE", "1");
    Some(command)
}

/// A command that runs one class of `compat-tests/oracles/avro_java`, which asks Avro's Java library.
///
/// The folder that Maven made of it is read from `CANREAD_AVRO_JAVA`, which `cargo xtask test --full` sets. `None` when it is not
/// set; the skip has then been said.
///
/// # Panics
///
/// With `CI=true`, when it is not set.
#[must_use]
pub fn java(class: &str) -> Option<Command> {
    let Some(folder) = variable("CANREAD_AVRO_JAVA").map(PathBuf::from) else {
        skip("no Avro library of Java, `cargo xtask test --full --only avro-java` fetches it");
        return None;
    };
    let path = env::join_paths([folder.join("classes"), folder.join("jars/*")]).expect("Maven's folders are on a path");
    let mut command = Command::new("java");
    command.arg("-cp").arg(path).arg(class);
    Some(command)
}

/// Starts a command, writes `questions` to its standard input, and gives what it answered on its standard output when it
/// has come to an end. Neither side waits for the other: a thread of its own writes.
///
/// # Panics
///
/// When the command cannot be started, ends with a code that is not in `codes`, does not read all questions, or answers
/// with something that is no text. What it said on standard error is shown then, if the command catches that.
#[must_use]
pub fn ask(command: &mut Command, questions: &[String], codes: &[i32]) -> String {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let mut input = child.stdin.take().expect("standard input was asked for");
    let questions = questions.join("\n");
    let writer = std::thread::spawn(move || input.write_all(questions.as_bytes()));
    let output = child.wait_with_output().expect("the command comes to an end");
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_well = output.status.code().is_some_and(|code| codes.contains(&code));
    assert!(is_well, "{command:?}: {}; see standard error\n{errors}", output.status);
    writer.join().expect("the writer does not panic").expect("the command reads all questions");
    String::from_utf8(output.stdout).expect("the command answers with text")
}

/// A browser of the Chromium family that can be run without a display.
///
/// The one that `CANREAD_BROWSER` names, or one on the path. `None` when there is none; that has then been said.
///
/// # Panics
///
/// With `CI=true` when there is none, like every skip.
#[must_use]
pub fn browser() -> Option<PathBuf> {
    if let Some(browser) = variable("CANREAD_BROWSER") {
        return Some(PathBuf::from(browser));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    for name in ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] {
        if let Some(found) = folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()) {
            return Some(found);
        }
    }
    skip("no Chromium: pages were not opened");
    None
}

/// Whether this is a long run (`cargo xtask test --full` sets `CANREAD_LONG=1`):
/// tests that draw random inputs then draw many more of them.
#[must_use]
pub fn long() -> bool {
    variable("CANREAD_LONG").is_some_and(|value| value != "0")
}

/// How many random inputs a test draws: `short`; `long` in a long run; what `CANREAD_INPUTS` says, if it is set.
///
/// # Panics
///
/// If `CANREAD_INPUTS` is no number.
#[must_use]
pub fn inputs(short: usize, long: usize) -> usize {
    match variable("CANREAD_INPUTS") {
        Some(count) => count.parse().unwrap_or_else(|_| panic!("CANREAD_INPUTS={count} is no number")),
        None if self::long() => long,
        None => short,
    }
}

/// An environment variable, where set and not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_root_holds_the_manifest_of_all_crates() {
        assert!(workspace_root().join("Cargo.toml").is_file());
        assert!(workspace_root().join("crates/canread-testing").is_dir());
    }

    #[test]
    fn more_is_asked_and_answered_than_a_pipe_holds() {
        let questions: Vec<String> = (0..100_000).map(|number| number.to_string()).collect();
        assert_eq!(ask(&mut Command::new("cat"), &questions, &[0]), questions.join("\n"));
    }

    #[test]
    #[should_panic(expected = "see standard error\nno such thing")]
    fn a_command_that_fails_is_shown_with_what_it_said() {
        let mut command = Command::new("sh");
        command.args(["-c", "cat; echo no such thing >&2; exit 3"]).stderr(Stdio::piped());
        let _ = ask(&mut command, &[], &[0, 1]);
    }
}
