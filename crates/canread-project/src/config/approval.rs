//! Which findings are accepted, and which approvals are out of date.
//!
//! An approval that has expired, and one that matches nothing, are warnings: they say so at their line, and fail no run by
//! themselves. A finding whose approval has expired counts again, and it is the finding that fails the run.

use std::collections::BTreeMap;

use canread_compat::{Allowance, Judged};
use canread_syntax::{Diagnostic, FileId, Span};

use super::{Config, Date, Located};

/// An `[[allow]]` section: a break that somebody accepted for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Approval {
    /// Which finding.
    pub fingerprint: Located<String>,
    /// Its rule; if it is written, it has to be that of the finding.
    pub rule: Option<Located<String>>,
    /// Its symbol; if it is written, it has to be that of the finding.
    pub symbol: Option<Located<String>>,
    /// Where it was found, from the directory of `canread.toml`: a run that does not read this file says nothing
    /// about the approval.
    pub file: Option<Located<String>>,
    /// Why.
    pub reason: Located<String>,
    /// The last day on which it counts.
    pub until: Located<Date>,
}

/// What the approvals of a file are held against.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "built by the one caller that knows all of it")]
pub struct Approved {
    /// The day of the run.
    pub today: Date,
    /// The text of the file among the texts of the run.
    pub file: FileId,
}

impl Approval {
    fn matches(&self, judged: &Judged) -> bool {
        let is_of = |written: &Option<Located<String>>, found: &str| {
            written.as_ref().is_none_or(|written| written.value == found)
        };
        self.fingerprint.value == judged.fingerprint
            && is_of(&self.rule, judged.finding.rule.id)
            && is_of(&self.symbol, &judged.finding.symbol)
    }

    fn about(&self) -> String {
        match (&self.rule, &self.symbol) {
            (Some(rule), Some(symbol)) => format!(" ({} of `{}`)", rule.value, symbol.value),
            (Some(rule), None) => format!(" ({})", rule.value),
            (None, Some(symbol)) => format!(" (`{}`)", symbol.value),
            (None, None) => String::new(),
        }
    }
}

impl Config {
    /// Accepts the findings that are approved; tells which approvals are out of date.
    ///
    /// `covers` says whether the run looked at a file, given by its path from the directory of `canread.toml`.
    pub fn allow(
        &self,
        parts: &mut [&mut Vec<Judged>],
        run: Approved,
        covers: impl Fn(&str) -> bool,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut found: BTreeMap<String, Vec<&mut Judged>> = BTreeMap::new();
        for judged in parts.iter_mut().flat_map(|part| part.iter_mut()) {
            found.entry(judged.fingerprint.clone()).or_default().push(judged);
        }
        for approval in &self.approvals {
            let is_expired = approval.until.value < run.today;
            let mut is_met = false;
            let alike = found.get_mut(&approval.fingerprint.value).into_iter().flatten();
            for judged in alike.filter(|judged| approval.matches(judged)) {
                is_met = true;
                if is_expired {
                    let note = format!("its approval in {} expired on {}", self.name(), approval.until.value);
                    judged.finding.notes.push(note);
                } else {
                    let reason = approval.reason.value.clone();
                    judged.allow(Allowance { reason, until: approval.until.value.to_string() });
                }
            }
            let is_covered = approval.file.as_ref().is_none_or(|file| covers(&file.value));
            if is_expired && (is_met || is_covered) {
                problems.push(expired(approval, is_met, run.file));
            } else if !is_met && is_covered {
                problems.push(unmatched(approval, run.file));
            }
        }
        problems
    }
}

fn at(span: Span, file: FileId) -> Span {
    Span { file, ..span }
}

fn expired(approval: &Approval, is_met: bool, file: FileId) -> Diagnostic {
    let fingerprint = &approval.fingerprint.value;
    let message = format!("the approval of `{fingerprint}`{} expired on {}", approval.about(), approval.until.value);
    let problem = Diagnostic::warning("approval/expired", message).at(at(approval.until.span, file), "the last day");
    if is_met {
        problem
            .note("what it approved counts again")
            .help(format!("mend it, or approve it anew: `canread approve {fingerprint} --reason ... --until ...`"))
    } else {
        problem.note("it matches no finding of this run").help("remove the section")
    }
}

fn unmatched(approval: &Approval, file: FileId) -> Diagnostic {
    let fingerprint = &approval.fingerprint.value;
    let message = format!("the approval of `{fingerprint}`{} matches no finding", approval.about());
    Diagnostic::warning("approval/unmatched", message)
        .at(at(approval.fingerprint.span, file), "")
        .note("the old version may have the change by now, or another mode or promise was asked for")
        .help("remove the section once the change is in every version that you compare with")
}
