//! Results that the repository keeps, and the documents that are printed from them.
//!
//! A figure of README is one that somebody measured and recorded: the raw results stand beside the benches, a line of
//! JSON for each, and `cargo xtask tidy` prints the documents anew and compares them.

use std::fs;

use super::{container, recorded};
use crate::workspace::Workspace;

/// Has tables between marks.
pub(crate) const README: &str = "README.md";

const END: &str = "<!-- until here -->\n";

/// The path of a document, and what stands in it.
pub(crate) type Document = (&'static str, String);

/// One kind of results.
pub(crate) struct Kept {
    /// The file of the raw ones.
    pub(crate) results: &'static str,
    /// Measures them; with `--record` it writes that file and the documents.
    pub(crate) command: &'static str,
    /// Raw results as text, and README as it is: the documents as they must be, by path.
    pub(crate) documents: fn(&str, &str) -> Result<Vec<Document>, String>,
}

/// All kinds.
pub(crate) const KEPT: [Kept; 2] = [recorded::KEPT, container::KEPT];

impl Kept {
    /// Writes the results, and the documents that are printed from them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written, or a README without the marks, in one line.
    pub(super) fn write(&self, workspace: &Workspace, lines: &str) -> Result<(), String> {
        let write = |path: &str, text: &str| {
            fs::write(workspace.root().join(path), text).map_err(|error| format!("{path} cannot be written: {error}"))
        };
        let readme = fs::read_to_string(workspace.root().join(README)).map_err(|error| format!("{README}: {error}"))?;
        for (path, text) in (self.documents)(lines, &readme)? {
            write(path, &text)?;
        }
        write(self.results, lines)
    }

    /// README with other words between the marks of these results.
    ///
    /// # Errors
    ///
    /// There are no marks, in one line.
    pub(super) fn between_marks(&self, readme: &str, words: &str) -> Result<String, String> {
        let begin = format!("<!-- printed by `{} --record` -->\n", self.command);
        let parts = readme.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
        let Some((before, behind)) = parts else {
            return Err(format!("{README} has no lines `{}` and `{}`", begin.trim(), END.trim()));
        };
        Ok(format!("{before}{begin}{words}{END}{behind}"))
    }
}
