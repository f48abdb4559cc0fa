//! What becomes of every case when the patches of its findings are applied.

use std::collections::BTreeMap;

use canread_compat::{Claim, Judged, Mode, Pair, Policy, Scope, Severity, Surface, compare};
use canread_model::Schema;
use canread_syntax::{Diagnostic, Patch, SourceMap, Sources};

use super::{
    case::{Case, Side},
    link::link,
};

/// Findings that are still there when their patch was applied, and why.
const STAYS: [(&str, &str); 0] = [];

/// Both sides of a case, linked, and what differs.
struct Compared {
    sources: Sources,
    linked: Pair<(Schema, SourceMap)>,
    judged: Vec<Judged>,
}

impl Compared {
    /// With every promise in both directions; the first error if a side is no schema.
    fn of(old: &Side, new: &Side) -> Result<Self, String> {
        let mut sources = Sources::default();
        let mut link = |side| link(side, &mut sources).map_err(|error| error.message);
        let linked = Pair { old: link(old)?, new: link(new)? };
        let mut policy = Policy::default();
        policy.mode = Mode::Full;
        policy.promises = Surface::ALL.into();
        let schemas = Pair { old: &linked.old.0, new: &linked.new.0 };
        let judged = policy.judge(compare(schemas, &Scope::default()).expect("few pairs").findings);
        Ok(Self { sources, linked, judged })
    }

    fn diagnostic(&self, judged: &Judged) -> Diagnostic {
        let maps = Pair { old: &self.linked.old.1, new: &self.linked.new.1 };
        canread_report::diagnostic(judged, &self.sources, maps)
    }

    /// The new side with a patch applied.
    fn patched(&self, new: &Side, patch: &Patch) -> Side {
        let mut texts: BTreeMap<&str, String> = new.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        for edit in patch.edits.iter().rev() {
            let text = texts.get_mut(self.sources.file(edit.span.file).name()).expect("the patch is of the new side");
            text.replace_range(edit.span.range(), &edit.text);
        }
        new.iter().map(|(name, _)| (name.clone(), texts[name.as_str()].clone())).collect()
    }

    /// The finding of the same rule about the same thing.
    fn same(&self, judged: &Judged) -> Option<&Judged> {
        let finding = &judged.finding;
        self.judged.iter().find(|own| own.finding.rule == finding.rule && own.finding.symbol == finding.symbol)
    }
}

fn weights(judged: &Judged) -> BTreeMap<Claim, Severity> {
    judged.finding.claims.iter().map(|claim| (*claim, judged.finding.severity_of(*claim))).collect()
}

/// Nothing weighs more than before, and something less.
fn is_milder(before: &Judged, after: &Judged) -> bool {
    let (before, after) = (weights(before), weights(after));
    after.iter().all(|(claim, severity)| before.get(claim) >= Some(severity)) && before != after
}

/// A patch gives a schema again, and its finding is gone, or weighs less (a deletion whose number is reserved now).
#[test]
fn the_patches_of_all_cases_mend_them() {
    let (mut patches, mut wrong, mut staying) = (BTreeMap::<String, usize>::new(), Vec::new(), Vec::new());
    for case in Case::all() {
        let format = case.rule.split('/').next().expect("a rule has a format").to_owned();
        let compared = Compared::of(&case.old, &case.new).expect("a case is free of errors");
        for judged in &compared.judged {
            let Some(patch) = compared.diagnostic(judged).patch else { continue };
            *patches.entry(format.clone()).or_default() += 1;
            let new = compared.patched(&case.new, &patch);
            let name = format!("{}: {} {}", case.name(), judged.finding.rule.id, judged.finding.symbol);
            let stays = match Compared::of(&case.old, &new) {
                Err(error) => Some(error),
                Ok(after) => after.same(judged).filter(|left| !is_milder(judged, left)).map(|_| "it stays".into()),
            };
            if let Some(why) = stays {
                let is_listed = STAYS.iter().any(|(listed, _)| name == *listed);
                if is_listed { staying.push(name) } else { wrong.push(format!("{name}: {why}")) }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {patches:?} patches don't mend:\n{}", wrong.len(), wrong.join("\n"));
    assert!(patches["protobuf"] > 200 && patches["avro"] > 35, "only {patches:?} patches");
    assert_eq!(staying.len(), STAYS.len(), "listed, and mended: {staying:?}");
}
