//! A finding or a problem as an article of the page.

use std::fmt::Write;

use canread_compat::{Judged, Pair};
use canread_syntax::{Diagnostic, SourceMap};

use super::text::{code, escaped, words};
use super::{patch, snippet};
use crate::excerpt::PLACES_MAX;
use crate::summary::counted;
use crate::{Run, Task, finding as found, full, patch::Patches, place, run::Level, unique};

pub(super) fn finding(
    judged: &Judged,
    maps: Pair<&SourceMap>,
    patches: &Patches<'_>,
    run: &Run<'_>,
    names: &mut unique::Names,
    page: &mut String,
) {
    let diagnostic = found::with_patch(judged, maps, patches);
    let (class, rule) = (Level::of(judged).as_str(), judged.finding.rule.id);
    let id = names.take(&judged.fingerprint);
    let _ = write!(
        page,
        "<article class=\"card {class}\" id=\"f-{id}\" data-level=\"{class}\" data-rule=\"{}\" aria-labelledby=\"t-{id}\">\n\
         <h3 id=\"t-{id}\"><span class=\"badge\">{class}</span> {}</h3>\n\
         <p class=\"meta\">{} <span>{}</span> <a href=\"#f-{id}\">{}</a></p>\n",
        escaped(rule),
        words(&diagnostic.message),
        code(rule),
        words(&full::effects(judged)),
        escaped(&judged.fingerprint)
    );
    let places = place::places(&judged.finding, maps);
    if places.old.is_none() && places.new.is_none() {
        let _ = writeln!(page, "<p class=\"origin\">{}</p>", code(place::version_of(judged, run)));
    } else {
        page.push_str("<div class=\"sides\">\n");
        // Where there is one version only, nobody asks which.
        let new = if run.task == Task::Lint { "" } else { "new" };
        for (role, place) in [("old", places.old), (new, places.new)] {
            if let Some((place, site)) = place {
                snippet::figure(place.name, &site.label, role, run, page);
            }
        }
        page.push_str("</div>\n");
    }
    explanation(&diagnostic, full::approval(judged, run).as_deref(), run, page);
    page.push_str("</article>\n");
}

pub(super) fn problem(diagnostic: &Diagnostic, run: &Run<'_>, names: &mut unique::Names, page: &mut String) {
    let class = diagnostic.severity.as_str();
    let id = names.take("problem");
    let _ = write!(
        page,
        "<article class=\"card {class}\" id=\"{id}\" aria-labelledby=\"t-{id}\">\n<h3 id=\"t-{id}\"><span \
         class=\"badge\">{class}</span> {}</h3>\n<p class=\"meta\">{}</p>\n",
        words(&diagnostic.message),
        code(diagnostic.code)
    );
    if !diagnostic.labels.is_empty() {
        page.push_str("<div class=\"sides\">\n");
        for label in diagnostic.labels.iter().take(PLACES_MAX) {
            snippet::figure(label.span, &label.text, "", run, page);
        }
        page.push_str("</div>\n");
        let more = diagnostic.labels.len().saturating_sub(PLACES_MAX);
        if more > 0 {
            let _ = writeln!(page, "<p>and {}</p>", counted(more, "more place"));
        }
    }
    explanation(diagnostic, None, run, page);
    page.push_str("</article>\n");
}

/// Reasons, the order of deployment, what to do, and the command that accepts it.
fn explanation(diagnostic: &Diagnostic, approval: Option<&str>, run: &Run<'_>, page: &mut String) {
    let has_help = diagnostic.help.is_some() || diagnostic.patch.is_some();
    if diagnostic.notes.is_empty() && !has_help && approval.is_none() {
        return;
    }
    page.push_str("<dl>\n");
    for note in &diagnostic.notes {
        let (term, note) = match note.strip_prefix(found::DEPLOY) {
            Some(rest) => ("Deploy", rest),
            None => ("Note", note.as_str()),
        };
        let _ = writeln!(page, "<dt>{term}</dt><dd>{}</dd>", words(note));
    }
    let patch = diagnostic.patch.as_ref();
    if let Some(help) = diagnostic.help.as_deref().or(patch.map(|patch| patch.title.as_str())) {
        let _ = writeln!(page, "<dt>Help</dt><dd>{}", words(help));
        if let Some(patch) = patch {
            patch::figures(patch, run, page);
        }
        page.push_str("</dd>\n");
    }
    if let Some(command) = approval {
        let _ = writeln!(page, "<dt>Approve</dt><dd>{}</dd>", code(command));
    }
    page.push_str("</dl>\n");
}
