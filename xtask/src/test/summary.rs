//! What is printed when all steps have run: a table, what was skipped and
//! what failed, and the counts.

use std::fmt;
use std::time::Duration;

use super::step::Outcome;

/// Every step of a run with its end.
#[derive(Default)]
pub(crate) struct Summary {
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) time: Duration,
}

impl Summary {
    pub(crate) fn all_well(&self) -> bool {
        self.failures().next().is_none()
    }

    fn failures(&self) -> impl Iterator<Item = (&Row, &str)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Failed { reason } => Some((row, reason.as_str())),
            _ => None,
        })
    }

    /// Everything that did not run: whole steps and tests inside a step.
    fn skips(&self) -> impl Iterator<Item = (&Row, &str)> {
        self.rows.iter().flat_map(|row| {
            let reasons = match &row.outcome {
                Outcome::Passed { skips } => skips.as_slice(),
                Outcome::Skipped { reason } => std::slice::from_ref(reason),
                Outcome::Failed { .. } => &[],
            };
            reasons.iter().map(move |reason| (row, reason.as_str()))
        })
    }

    fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.outcome)).count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
        writeln!(formatter)?;
        for row in &self.rows {
            writeln!(formatter, "{:width$}  {:>8}  {}", row.name, Seconds(row.time), row.outcome)?;
        }
        let total = Seconds(self.rows.iter().map(|row| row.time).sum());
        writeln!(formatter, "{:width$}  {total:>8}", "")?;
        for (row, reason) in self.skips() {
            writeln!(formatter, "SKIPPED {}: {reason}", row.name)?;
        }
        for (row, reason) in self.failures() {
            writeln!(formatter, "FAILED {}: {reason}", row.name)?;
        }
        let passed = self.count(|outcome| matches!(outcome, Outcome::Passed { .. }));
        let failed = self.count(|outcome| matches!(outcome, Outcome::Failed { .. }));
        let skipped = self.count(|outcome| matches!(outcome, Outcome::Skipped { .. }));
        write!(formatter, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// A duration as `12.3 s`.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{:.1} s", self.0.as_secs_f64()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, outcome: Outcome) -> Row {
        Row { name, outcome, time: Duration::from_millis(1500) }
    }

    #[test]
    fn skips_and_failures_stand_between_the_table_and_the_counts() {
        let summary = Summary {
            rows: vec![
                row("fmt", Outcome::passed()),
                row("corpora", Outcome::skipped("no archives")),
                row("clippy", Outcome::failed("exit status: 1")),
                row("tests", Outcome::Passed { skips: vec!["no Python".to_owned()] }),
            ],
        };
        assert!(!summary.all_well());
        let expected = "
fmt         1.5 s  passed
corpora     1.5 s  SKIPPED
clippy      1.5 s  FAILED
tests       1.5 s  passed (1 SKIPPED inside)
            6.0 s
SKIPPED corpora: no archives
SKIPPED tests: no Python
FAILED clippy: exit status: 1
2 passed, 1 failed, 1 skipped";
        assert_eq!(summary.to_string(), expected);
    }

    #[test]
    fn a_run_with_skips_alone_is_well() {
        let summary = Summary { rows: vec![row("corpora", Outcome::skipped("no archives"))] };
        assert!(summary.all_well());
    }
}
