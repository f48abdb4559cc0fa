//! A finding in the terms of the one diagnostic model.

use std::fmt::Write;

use canread_compat::{Finding, Judged, Pair};
use canread_syntax::{Diagnostic, Severity, SourceMap, Sources};

use crate::{deploy, patch::Patches, place};

/// How many further symbols of a group are named before they are only counted.
const NAMED_SYMBOLS_MAX: usize = 5;

/// How many further versions are named before they are only counted.
const NAMED_VERSIONS_MAX: usize = 5;

/// What the note about the order of deployment starts with.
pub(crate) const DEPLOY: &str = "deploy: ";

/// What the note with the reason of an approval starts with.
pub(crate) const ALLOWED: &str = "allowed: ";

/// The finding as a diagnostic: both places, the reasons, the order of deployment, what to do instead.
#[must_use]
pub fn diagnostic(judged: &Judged, sources: &Sources, maps: Pair<&SourceMap>) -> Diagnostic {
    with_patch(judged, maps, &Patches::of(sources))
}

/// The same, for one report of many findings.
pub(crate) fn with_patch(judged: &Judged, maps: Pair<&SourceMap>, patches: &Patches<'_>) -> Diagnostic {
    let mut diagnostic = words(judged, maps);
    diagnostic.patch = patches.of_finding(judged, maps);
    diagnostic
}

/// The same without the change of the text.
pub(crate) fn words(judged: &Judged, maps: Pair<&SourceMap>) -> Diagnostic {
    let finding = &judged.finding;
    // What somebody accepted is shown, and shouts no more.
    let level = if judged.allowed.is_some() { Severity::Note } else { severity(judged.severity) };
    let mut diagnostic = Diagnostic::new(level, finding.rule.id, message(judged));
    let places = place::places(finding, maps);
    for (place, site) in [places.new, places.old].into_iter().flatten() {
        diagnostic = diagnostic.at(place.name, &site.label);
    }
    diagnostic.notes.clone_from(&finding.notes);
    let others = unnamed(finding);
    if !others.is_empty() {
        diagnostic = diagnostic.note(format!("the same holds for {}", also(&others)));
    }
    if let Some(allowed) = &judged.allowed {
        diagnostic = diagnostic.note(format!("{ALLOWED}{}", allowed.reason));
    }
    if let Some(against) = &judged.against {
        diagnostic = diagnostic.note(against_versions(against, &judged.also_against));
    }
    if let Some(sentence) = deploy::sentence(judged) {
        diagnostic = diagnostic.note(format!("{DEPLOY}{sentence}"));
    }
    diagnostic.help.clone_from(&finding.help);
    diagnostic
}

/// The old versions of a history that a finding holds against.
fn against_versions(newest: &str, others: &[String]) -> String {
    if others.is_empty() {
        return format!("against {newest}");
    }
    let named = others.get(..NAMED_VERSIONS_MAX).unwrap_or(others);
    let more = others.len() - named.len();
    let more = if more > 0 { format!(" and {more} older ones") } else { String::new() };
    format!("against {newest}; also against {}{more}", named.join(", "))
}

/// The finding's sentence, with the size of its group, whether it is decided, and whether it is allowed.
pub(crate) fn message(judged: &Judged) -> String {
    let finding = &judged.finding;
    let mut message = finding.message.clone();
    let more = unnamed(finding).len();
    if more > 0 {
        let _ = write!(message, " (and {more} more with the same cause)");
    }
    if judged.is_undecided() {
        message.push_str(" (undecided)");
    }
    if let Some(allowed) = &judged.allowed {
        let _ = write!(message, " (allowed until {})", allowed.until);
    }
    message
}

/// The same where nothing else is said of the finding: with the version of a history that it holds against.
pub(crate) fn line(judged: &Judged) -> String {
    let mut line = message(judged);
    if let Some(against) = &judged.against {
        let _ = write!(line, "; against {against}");
        if !judged.also_against.is_empty() {
            let _ = write!(line, " and {} more", judged.also_against.len());
        }
    }
    line
}

/// The others of a group that the finding's own sentence does not name: of two values that exchanged their numbers it
/// names both.
fn unnamed(finding: &Finding) -> Vec<&str> {
    let is_named = |symbol: &str| {
        let (scope, name) = symbol.rsplit_once('.').unwrap_or(("", symbol));
        finding.symbol.strip_prefix(scope).is_some_and(|rest| rest.rfind('.') == Some(0))
            && finding.message.contains(&format!("`{name}`"))
    };
    finding.also.iter().map(|also| &*also.symbol).filter(|symbol| !is_named(symbol)).collect()
}

fn also(symbols: &[&str]) -> String {
    let named = symbols.iter().take(NAMED_SYMBOLS_MAX).map(|symbol| format!("`{symbol}`"));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if symbols.len() > NAMED_SYMBOLS_MAX {
        let _ = write!(text, " and {} more", symbols.len() - NAMED_SYMBOLS_MAX);
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
