//! Two texts, compared: what every test of this crate starts from.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeSet;

use canread_compat::{Judged, Mode, Pair, Policy, Scope, Surface};
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_report::{Compared, Run, Section, Status, Style, Task};
use canread_syntax::{Diagnostic, SourceMap, Sources};

/// Two versions of `a.proto`, `old` and `new`, and what differs.
pub(crate) struct Compare {
    pub(crate) sources: Sources,
    pub(crate) linked: Pair<Linked>,
    pub(crate) judged: Vec<Judged>,
    pub(crate) compared: Compared,
    pub(crate) policy: Policy,
}

impl Compare {
    /// Under mode `full` and every promise.
    pub(crate) fn texts(old: &str, new: &str) -> Self {
        Self::try_texts(old, new).unwrap_or_else(|| panic!("both texts are schemas:\n{old}\n{new}"))
    }

    /// The same; `None` if one of the texts has errors.
    pub(crate) fn try_texts(old: &str, new: &str) -> Option<Self> {
        let mut policy = Policy::default();
        policy.mode = Mode::Full;
        policy.promises = BTreeSet::from(Surface::ALL);
        Self::under(policy, old, new)
    }

    /// Under the default policy.
    pub(crate) fn by_default(old: &str, new: &str) -> Self {
        Self::under(Policy::default(), old, new).expect("both texts are schemas")
    }

    fn under(policy: Policy, old: &str, new: &str) -> Option<Self> {
        let mut sources = Sources::default();
        let mut add = |version: &str, text: &str| sources.add("a.proto", version, text.as_bytes().to_vec());
        let (old, new) = (add("old", old), add("new", new));
        let link = |id| read(&[("a.proto", id)], &sources, &LinkOptions::default());
        let linked = Pair { old: link(old), new: link(new) };
        if linked.old.diagnostics.iter().chain(&linked.new.diagnostics).any(Diagnostic::is_error) {
            return None;
        }
        let schemas = Pair { old: &linked.old.schema, new: &linked.new.schema };
        let judged = policy.judge(canread_compat::compare(schemas, &Scope::default()).expect("few pairs").findings);
        let compared = Compared::new(1, 0, Pair { old: "old".into(), new: "new".into() });
        Some(Self { sources, linked, judged, compared, policy })
    }

    pub(crate) fn maps(&self) -> Pair<&SourceMap> {
        Pair { old: &self.linked.old.map, new: &self.linked.new.map }
    }

    pub(crate) fn run(&self) -> Run<'_> {
        Run {
            task: Task::Check,
            sources: &self.sources,
            status: if self.judged.is_empty() { Status::Compatible } else { Status::Incompatible },
            mode: self.policy.mode,
            promises: &self.policy.promises,
            fail_on: canread_compat::Severity::Error,
            compared: &self.compared,
            sections: vec![Section { maps: self.maps(), findings: &self.judged, changes: &[] }],
            diagnostics: &[],
            approve_with: None,
        }
    }

    /// The findings of a rule as diagnostics.
    pub(crate) fn found(&self, rule: &str) -> Vec<Diagnostic> {
        let run = self.run();
        let of_rule = self.judged.iter().filter(|judged| judged.finding.rule.id.ends_with(rule));
        of_rule.map(|judged| canread_report::diagnostic(judged, run.sources, self.maps())).collect()
    }

    pub(crate) fn full(&self) -> String {
        canread_report::full::render(&self.run(), Style::default())
    }
}
