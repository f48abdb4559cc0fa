//! A test that could not run says so.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

/// Says that a test, or a part of it, did not run.
///
/// `reason` names what was missing and what would bring it, in one line.
/// The line `skipped: <reason>` goes to standard error past the capture of
/// the test harness, and to the end of the file that `CANREAD_SKIPS` names,
/// from which `cargo xtask test` collects it.
///
/// # Panics
///
/// With `CI=true`, where a skip is a failure; and when the file that
/// `CANREAD_SKIPS` names cannot be written, because a lost skip is a false pass.
pub fn skip(reason: &str) {
    let line = line(reason, std::thread::current().name());
    assert!(!in_ci(), "{line}with CI=true a skip is a failure");
    // `eprint!` would be captured with the output of a test that passes.
    // A closed standard error loses only the copy for the eyes.
    let _ = io::stderr().write_all(line.as_bytes());
    if let Some(file) = env::var_os("CANREAD_SKIPS") {
        append(Path::new(&file), &line).expect("the file that CANREAD_SKIPS names can be written");
    }
}

/// The one line of a skip; the harness names each thread after its test.
fn line(reason: &str, test: Option<&str>) -> String {
    let reason = reason.lines().collect::<Vec<_>>().join(" ");
    match test {
        Some(test) if test != "main" => format!("skipped: {reason} ({test})\n"),
        _ => format!("skipped: {reason}\n"),
    }
}

/// Adds the line in a single write, so that tests of several processes don't interleave.
pub(crate) fn append(file: &Path, line: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}

fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_is_one_line_that_names_its_test() {
        assert_eq!(line("no corpus,\nunpack it", Some("a::b")), "skipped: no corpus, unpack it (a::b)\n");
        assert_eq!(line("no corpus", Some("main")), "skipped: no corpus\n");
        assert_eq!(line("no corpus", None), "skipped: no corpus\n");
    }

    #[test]
    fn skips_are_added_to_the_end_of_the_file() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("skips");
        append(&file, "skipped: one\n").expect("the file can be created");
        append(&file, "skipped: two\n").expect("the file can be extended");
        assert_eq!(std::fs::read_to_string(file).expect("the file was written"), "skipped: one\nskipped: two\n");
    }
}
