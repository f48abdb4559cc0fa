//! A finding in the terms of the one diagnostic model.

use std::fmt::Write;

use canread_compat::{Also, Judged, Pair};
use canread_syntax::{Diagnostic, Severity, SourceMap, Sources};

use crate::{deploy, patch, place};

/// How many further symbols of a group are named before they are only counted.
const NAMED_SYMBOLS_MAX: usize = 5;

/// What the note about the order of deployment starts with.
pub(crate) const DEPLOY: &str = "deploy: ";

/// The finding as a diagnostic: both places, the reasons, the order of deployment, what to do instead.
#[must_use]
pub fn diagnostic(judged: &Judged, sources: &Sources, maps: Pair<&SourceMap>) -> Diagnostic {
    let finding = &judged.finding;
    let mut diagnostic = Diagnostic::new(severity(judged.severity), finding.rule.id, message(judged));
    let places = place::places(finding, maps);
    for (place, site) in [places.new, places.old].into_iter().flatten() {
        diagnostic = diagnostic.at(place.name, &site.label);
    }
    diagnostic.notes.clone_from(&finding.notes);
    if !finding.also.is_empty() {
        diagnostic = diagnostic.note(format!("the same holds for {}", also(&finding.also)));
    }
    if let Some(sentence) = deploy::sentence(judged) {
        diagnostic = diagnostic.note(format!("{DEPLOY}{sentence}"));
    }
    diagnostic.help.clone_from(&finding.help);
    diagnostic.patch = finding.fix.as_ref().and_then(|fix| patch::of(fix, sources, maps));
    diagnostic
}

/// The finding's sentence, with the size of its group.
pub(crate) fn message(judged: &Judged) -> String {
    let finding = &judged.finding;
    match finding.also.len() {
        0 => finding.message.clone(),
        more => format!("{} (and {more} more with the same cause)", finding.message),
    }
}

fn also(others: &[Also]) -> String {
    let named = others.iter().take(NAMED_SYMBOLS_MAX).map(|also| format!("`{}`", also.symbol));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if others.len() > NAMED_SYMBOLS_MAX {
        let _ = write!(text, " and {} more", others.len() - NAMED_SYMBOLS_MAX);
    }
    text
}

/// The same level in the words of diagnostics.
pub(crate) fn severity(severity: canread_compat::Severity) -> Severity {
    match severity {
        canread_compat::Severity::Note => Severity::Note,
        canread_compat::Severity::Warning => Severity::Warning,
        canread_compat::Severity::Error => Severity::Error,
    }
}
