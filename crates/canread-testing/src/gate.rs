//! What a corpus was held to, for the table that `cargo xtask corpora` prints.

use std::env;
use std::path::Path;

use crate::skip::append;

/// One thing that a whole corpus was held to, and that held.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    /// The corpus, for example `avro/apache-avro`.
    pub corpus: &'a str,
    /// What must hold for each file, in a few words.
    pub held_to: &'a str,
    /// How many files or cases there are.
    pub files: usize,
    /// How many of them are refused, as a list says.
    pub refused: usize,
    /// Where that list stands, or what tells those files; empty where none is refused.
    pub listed: &'a str,
}

impl Gate<'_> {
    /// Adds the row to the file that `CANREAD_GATES` names; does nothing where that is not set.
    ///
    /// To be called behind the last assertion: a test that has no row did not hold.
    ///
    /// # Panics
    ///
    /// If the file cannot be written, or files are refused and no list is named.
    pub fn held(&self) {
        assert_eq!(self.refused == 0, self.listed.is_empty(), "refused files stand in a list: {self:?}");
        if let Some(file) = env::var_os("CANREAD_GATES") {
            let line = self.line(std::thread::current().name());
            append(Path::new(&file), &line).expect("the file that CANREAD_GATES names can be written");
        }
    }

    /// One line of cells behind tabs; the harness names each thread after its test.
    fn line(&self, test: Option<&str>) -> String {
        let Self { corpus, held_to, files, refused, listed } = self;
        format!("{}\t{corpus}\t{held_to}\t{files}\t{refused}\t{listed}\n", test.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GATE: Gate<'static> =
        Gate { corpus: "avro/a", held_to: "parses", files: 3, refused: 1, listed: "tests/corpus.rs" };

    #[test]
    fn a_row_names_its_test_first() {
        assert_eq!(GATE.line(Some("a::b")), "a::b\tavro/a\tparses\t3\t1\ttests/corpus.rs\n");
    }

    #[test]
    #[should_panic(expected = "refused files stand in a list")]
    fn refused_files_without_a_list_are_no_row() {
        Gate { listed: "", ..GATE }.held();
    }
}
