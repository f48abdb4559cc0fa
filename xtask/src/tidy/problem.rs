//! One thing to mend.

use std::fmt;

/// What is wrong, where, and the next step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    path: String,
    /// From 1; `None` where the whole file is meant.
    line: Option<usize>,
    message: String,
    next: String,
}

impl Problem {
    pub(crate) fn new(path: &str, line: Option<usize>, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into(), next: next.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}\n    next: {}", self.message, self.next)
    }
}

/// Problems as text, for the tests of the checks.
#[cfg(test)]
pub(super) fn shown(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.to_string().split('\n').next().unwrap_or_default().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_shows_where_what_and_what_to_do() {
        let problem = Problem::new("a/b.rs", Some(3), "it leans", "hold it");
        assert_eq!(problem.to_string(), "a/b.rs:3: it leans\n    next: hold it");
        let problem = Problem::new("a/b.rs", None, "it leans", "hold it");
        assert_eq!(problem.to_string(), "a/b.rs: it leans\n    next: hold it");
    }
}
