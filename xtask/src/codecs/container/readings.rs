//! What readings took, as lines of JSON and as README's table.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{KEPT, UNREAD};
use crate::codecs::kept::README;

/// Our name among the readers.
pub(super) const OURS: &str = "canread";

/// Everything that one run measured, and on what.
#[derive(Debug, PartialEq)]
pub(super) struct Readings {
    pub(super) circumstances: String,
    /// In the order of the table.
    pub(super) list: Vec<Reading>,
}

/// A file that was read once: a line of the results.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// What compressed the file.
    #[serde(default)]
    pub(super) codec: String,
    pub(super) reader: String,
    pub(super) threads: u32,
    /// The size of the file.
    pub(super) bytes: u64,
    pub(super) records: u64,
    /// Of the lists in the records, all together.
    pub(super) items: u64,
    pub(super) seconds: f64,
    pub(super) cpu_seconds: f64,
    /// The most memory that the process had.
    pub(super) peak_bytes: u64,
}

impl Readings {
    /// As lines of JSON.
    pub(super) fn to_lines(&self) -> String {
        let mut lines = json!({"circumstances": self.circumstances.trim()}).to_string() + "\n";
        for reading in &self.list {
            // Writing into a `String` does not fail.
            let _ = writeln!(lines, "{}", json!(reading));
        }
        lines
    }

    /// From lines of JSON.
    ///
    /// # Errors
    ///
    /// The line that is none, in one line.
    pub(super) fn from_lines(lines: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Line {
            Circumstances { circumstances: String },
            Reading(Reading),
        }
        let mut readings = Self { circumstances: String::new(), list: Vec::new() };
        for line in lines.lines() {
            match serde_json::from_str(line).map_err(|error| format!("{line}: {error}"))? {
                Line::Circumstances { circumstances } => readings.circumstances = circumstances,
                Line::Reading(reading) => readings.list.push(reading),
            }
        }
        Ok(readings)
    }

    /// A line for each reading: also how many times the time of ours on one thread it took, below 1 in bold where that is a peer's.
    #[expect(clippy::cast_precision_loss, reason = "sizes as people read them")]
    pub(super) fn table(&self) -> String {
        let mut text = String::from(
            "| codec | reader | threads | s | ÷ ours on one | CPU s | MB/s | peak MB |\n|---|---|--:|--:|--:|--:|--:|--:|\n",
        );
        for reading in &self.list {
            let Reading { codec, reader, threads, bytes, seconds, cpu_seconds, peak_bytes, .. } = reading;
            let (ratio, rate, peak) = (self.ratio(reading), *bytes as f64 / 1e6 / seconds, *peak_bytes as f64 / 1e6);
            // Writing into a `String` does not fail.
            let _ = writeln!(
                text,
                "| {codec} | {reader} | {threads} | {seconds:.2} | {ratio} | {cpu_seconds:.2} | {rate:.0} | {peak:.1} |"
            );
        }
        text
    }

    fn ratio(&self, reading: &Reading) -> String {
        let is_ours = |other: &&Reading| other.codec == reading.codec && other.reader == OURS && other.threads == 1;
        let Some(ours) = self.list.iter().find(is_ours) else { return "–".to_owned() };
        let ratio = reading.seconds / ours.seconds;
        if reading.reader != OURS && ratio < 1.0 { format!("**{ratio:.2}**") } else { format!("{ratio:.2}") }
    }

    /// What README says between its marks.
    pub(super) fn text(&self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "sizes as people read them")]
        let megabytes = self.list.first().map_or(0.0, |reading| reading.bytes as f64 / 1e6);
        format!(
            "A container file of {megabytes:.0} MB in each codec (orders, blocks of 64 KiB), each record of it read as a struct; the best of \
             some readings. On more than one thread, the one that asks for the records reads the file besides.\n\n{}\n{}{}\n",
            self.table(),
            UNREAD.map(|(reader, codec, why)| format!("{reader} is not asked for {codec}: {why}.\n\n")).concat(),
            self.circumstances.trim()
        )
    }
}

/// The documents, given raw results and what README says now.
///
/// # Errors
///
/// Results that are none, or a README without the marks, in one line.
pub(super) fn documents(results: &str, readme: &str) -> Result<Vec<(&'static str, String)>, String> {
    let words = format!("\n{}", Readings::from_lines(results)?.text());
    Ok(vec![(README, KEPT.between_marks(readme, &words)?)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"circumstances":"a machine"}
{"codec":"null","reader":"canread","threads":1,"bytes":20000000,"records":5,"items":9,"seconds":2.0,"cpu_seconds":2.0,"peak_bytes":4000000}
{"codec":"null","reader":"canread","threads":2,"bytes":20000000,"records":5,"items":9,"seconds":1.0,"cpu_seconds":2.0,"peak_bytes":4000000}
{"codec":"null","reader":"peer","threads":1,"bytes":20000000,"records":5,"items":9,"seconds":5.0,"cpu_seconds":5.0,"peak_bytes":4000000}
{"codec":"null","reader":"other","threads":1,"bytes":20000000,"records":5,"items":9,"seconds":1.0,"cpu_seconds":5.0,"peak_bytes":4000000}
"#;

    #[test]
    fn results_are_read_as_they_were_written() {
        let readings = Readings::from_lines(LINES).expect("lines");
        assert_eq!(readings.list.len(), 4);
        assert_eq!(readings.to_lines(), LINES);
        assert!(Readings::from_lines("{}").is_err());
    }

    #[test]
    fn a_peer_stands_beside_ours_on_one_thread() {
        let table = Readings::from_lines(LINES).expect("lines").table();
        assert!(table.contains("| null | canread | 2 | 1.00 | 0.50 | 2.00 | 20 | 4.0 |"), "{table}");
        assert!(table.contains("| null | peer | 1 | 5.00 | 2.50 | 5.00 | 4 | 4.0 |"), "{table}");
        assert!(table.contains("| null | other | 1 | 1.00 | **0.50** |"), "{table}");
    }

    #[test]
    fn what_stands_between_the_marks_is_replaced() {
        let readme =
            "before\n<!-- printed by `cargo xtask bench container --record` -->\nold\n<!-- until here -->\nbehind\n";
        let documents = documents(LINES, readme).expect("documents");
        let [(README, readme)] = &documents[..] else { panic!("{documents:?}") };
        assert!(readme.starts_with("before\n") && readme.ends_with("behind\n"), "{readme}");
        assert!(readme.contains("of 20 MB") && readme.contains("a machine") && !readme.contains("old"), "{readme}");
    }
}
