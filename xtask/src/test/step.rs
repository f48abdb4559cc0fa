//! One step of the test run, and how it ended.

use std::fmt;

use super::context::Context;

/// A named piece of the test run.
pub(crate) struct Step {
    /// One word, for `--only` and the table.
    pub(crate) name: &'static str,
    /// What it runs, in one line.
    pub(crate) what: &'static str,
    pub(crate) tier: Tier,
    pub(crate) run: fn(&Context<'_>) -> Outcome,
}

/// Which runs a step belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Every run.
    Always,
    /// The run without `--full`, where a longer form takes its place with it.
    Short,
    /// The run with `--full`.
    Full,
}

impl Tier {
    pub(crate) fn is_in(self, full: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Short => !full,
            Self::Full => full,
        }
    }
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It held. `skips` are the tests inside it that could not run, a line each.
    Passed {
        skips: Vec<String>,
    },
    Failed {
        reason: String,
    },
    /// It could not run at all.
    Skipped {
        reason: String,
    },
}

impl Outcome {
    pub(crate) fn passed() -> Self {
        Self::Passed { skips: Vec::new() }
    }

    pub(crate) fn failed(reason: impl Into<String>) -> Self {
        Self::Failed { reason: reason.into() }
    }

    pub(crate) fn skipped(reason: impl Into<String>) -> Self {
        Self::Skipped { reason: reason.into() }
    }

    /// The outcome where a skip counts as a failure, as it does with `CI=true`.
    pub(crate) fn strict(self, ci: bool) -> Self {
        match self {
            Self::Skipped { reason } if ci => Self::failed(format!("with CI=true a skip is a failure: {reason}")),
            Self::Passed { skips } if ci && !skips.is_empty() => {
                Self::failed(format!("with CI=true a skip is a failure: {}", skips.join("; ")))
            }
            outcome => outcome,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed { skips } if skips.is_empty() => formatter.write_str("passed"),
            Self::Passed { skips } => write!(formatter, "passed ({} SKIPPED inside)", skips.len()),
            Self::Failed { .. } => formatter.write_str("FAILED"),
            Self::Skipped { .. } => formatter.write_str("SKIPPED"),
        }
    }
}

impl From<Result<(), String>> for Outcome {
    fn from(result: Result<(), String>) -> Self {
        result.map_or_else(Self::failed, |()| Self::passed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_is_a_failure_only_in_ci() {
        let skipped = || Outcome::skipped("no corpora");
        let partly = || Outcome::Passed { skips: vec!["no corpora".to_owned()] };
        let failure = Outcome::failed("with CI=true a skip is a failure: no corpora");
        assert_eq!(skipped().strict(false), skipped());
        assert_eq!(partly().strict(false), partly());
        assert_eq!(skipped().strict(true), failure);
        assert_eq!(partly().strict(true), failure);
        assert_eq!(Outcome::passed().strict(true), Outcome::passed());
    }
}
