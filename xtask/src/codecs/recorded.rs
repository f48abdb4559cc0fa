//! Results of the codecs as lines of JSON, and the documents that are printed from them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::kept::{Kept, README};
use super::results::{Results, Size, text};
use super::table;

/// All tables.
const TABLES: &str = "benches/codecs/RESULTS.md";

/// What is kept of the last recorded run.
pub(super) const KEPT: Kept = Kept {
    results: "benches/codecs/results.jsonl",
    command: "cargo xtask bench codecs",
    documents: |results, readme| Recorded::from_lines(results)?.documents(readme),
};

/// What one run measured, and on what.
pub(super) struct Recorded {
    pub(super) circumstances: String,
    pub(super) results: Results,
}

impl Recorded {
    /// As lines of JSON.
    pub(super) fn to_lines(&self) -> String {
        let mut lines = vec![json!({"circumstances": self.circumstances.trim()})];
        for cell in &self.results.cells {
            for codec in &cell.codecs {
                let mut line = Map::new();
                let job = [&cell.format, &cell.task, &cell.shape, &codec.name].map(String::as_str).join("|");
                line.insert("job".to_owned(), job.into());
                for (name, figure) in [
                    ("nanoseconds", codec.nanoseconds),
                    ("allocations", codec.allocations),
                    ("instructions", codec.instructions),
                ] {
                    if let Some(figure) = figure {
                        line.insert(name.to_owned(), figure.round().into());
                    }
                }
                lines.push(Value::Object(line));
            }
        }
        for size in &self.results.sizes {
            let Size { format, shape, records, bytes, zstd } = size;
            lines.push(json!({"format": format, "shape": shape, "records": records, "bytes": bytes, "zstd": zstd}));
        }
        let mut text = String::new();
        for line in lines {
            // Writing into a `String` does not fail.
            let _ = writeln!(text, "{line}");
        }
        text
    }

    /// From lines of JSON.
    ///
    /// # Errors
    ///
    /// The line that is none, in one line.
    pub(super) fn from_lines(lines: &str) -> Result<Self, String> {
        let mut recorded = Self { circumstances: String::new(), results: Results::default() };
        for line in lines.lines() {
            let line: Value = serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))?;
            if let Some(circumstances) = line.get("circumstances") {
                circumstances.as_str().unwrap_or_default().clone_into(&mut recorded.circumstances);
            } else if line.get("job").is_some() {
                let figure = |name| line.get(name).and_then(Value::as_f64);
                let codec = recorded.results.codec(text(&line, "job")?)?;
                codec.nanoseconds = figure("nanoseconds");
                codec.allocations = figure("allocations");
                codec.instructions = figure("instructions");
            } else {
                recorded.results.sizes.push(Size::of(&line)?);
            }
        }
        Ok(recorded)
    }

    /// All tables, as they are printed too.
    pub(super) fn tables(&self) -> String {
        format!("{}\n\n{}", self.circumstances.trim(), table::text(&self.results))
    }

    /// The documents, given what README says now.
    fn documents(&self, readme: &str) -> Result<Vec<(&'static str, String)>, String> {
        let tables = format!(
            "# The codecs beside their peers\n\nPrinted by `cargo xtask bench codecs --record`, from `results.jsonl`.\n\n{}",
            self.tables()
        );
        let short = format!("\n{}\n{}\n", table::short(&self.results), self.circumstances.trim());
        Ok(vec![(TABLES, tables), (README, KEPT.between_marks(readme, &short)?)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"circumstances":"a machine"}
{"job":"F|encode|small|canread","nanoseconds":100.0,"instructions":10.0}
{"job":"F|encode|small|peer","nanoseconds":250.0,"allocations":3.0}
{"bytes":10.0,"format":"F","records":2.0,"shape":"small","zstd":5.0}
"#;

    #[test]
    fn results_are_read_as_they_were_written() {
        let recorded = Recorded::from_lines(LINES).expect("lines");
        let again = Recorded::from_lines(&recorded.to_lines()).expect("lines");
        assert_eq!(again.to_lines(), recorded.to_lines());
        assert_eq!(again.tables(), recorded.tables());
        assert!(recorded.tables().contains("2.5 peer"), "{}", recorded.tables());
        assert!(Recorded::from_lines("{}").is_err());
    }

    #[test]
    fn what_stands_between_the_marks_is_replaced() {
        let readme =
            "before\n<!-- printed by `cargo xtask bench codecs --record` -->\nold\n<!-- until here -->\nbehind\n";
        let documents = (KEPT.documents)(LINES, readme).expect("documents");
        let [(_, tables), (_, readme)] = &documents[..] else { panic!("{documents:?}") };
        assert!(tables.contains("a machine"));
        assert!(readme.starts_with("before\n") && readme.ends_with("behind\n"));
        assert!(readme.contains("| encode | 2.5 (peer) |") && !readme.contains("old"), "{readme}");
        assert!((KEPT.documents)(LINES, "nothing").is_err());
    }
}
