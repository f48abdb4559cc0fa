//! One page that needs nothing else: no request, no font, and no script to be read.
//!
//! Everything is in the page as plain HTML; the script adds filters and nothing more. A content security policy
//! names style and script by their hashes, so that even markup that slipped through could do nothing. What comes from
//! schemas goes through `text::escaped` alone.

mod cards;
mod changelog;
mod patch;
mod snippet;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::summary::counted;
use crate::{Run, Status, Task, patch::Patches, place, run::Level, summary, unique};

pub use changelog::render as changelog;
use text::{code, escaped, words};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The run as an HTML document.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut page = String::new();
    head(&summary::totals(run), Some(SCRIPT), &mut page);
    page.push_str("<body>\n<a class=\"skip\" href=\"#content\">Skip to the findings</a>\n");
    verdict(run, &mut page);
    page.push_str("<main id=\"content\">\n");
    filter(run, &mut page);
    let mut names = unique::Names::default();
    problems(run, &mut names, &mut page);
    findings(run, &mut names, &mut page);
    changes(run, &mut page);
    if run.diagnostics.is_empty() && run.findings().next().is_none() && run.changes().next().is_none() {
        let _ = writeln!(page, "<p class=\"nothing\">{}</p>", words(nothing(run)));
    }
    page.push_str("</main>\n");
    let tool = concat!("canread ", env!("CARGO_PKG_VERSION"));
    let hint = match run.task {
        Task::Check | Task::Lint => " <code>canread explain RULE</code> tells what a rule looks for, and why.",
        Task::Diff => " <code>canread check</code> tells which changes break old data or old readers.",
    };
    let _ = writeln!(page, "<footer>{tool}.<span class=\"screen\">{hint}</span></footer>");
    let _ = write!(page, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    page
}

fn head(title: &str, script: Option<&str>, page: &mut String) {
    let script = script.map_or("'none'".to_owned(), |script| format!("'sha256-{}'", text::sha256(script)));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src {script}; img-src data:; base-uri 'none'; form-action \
         'none'",
        text::sha256(STYLE)
    );
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>canread: {}</title>\n<style>{STYLE}</style>\n</head>\n",
        escaped(title)
    );
}

/// The first thing that is seen: may it be deployed?
fn verdict(run: &Run<'_>, page: &mut String) {
    let (class, word) = match (run.status, run.task) {
        (Status::Error, _) => ("failed", "No verdict"),
        (_, Task::Diff) if run.changes().next().is_none() => ("neutral", "No changes"),
        (_, Task::Diff) => ("neutral", "Changes"),
        (Status::Incompatible, _) => ("bad", "Incompatible"),
        (Status::Undecided, _) => ("unsure", "Undecided"),
        // Green would say that something was compared.
        (Status::Compatible, _) if run.compared.has_no_baseline => ("neutral", "First version"),
        (Status::Compatible, _) => ("good", "Compatible"),
        (Status::Passed, _) => ("good", "Passed"),
        (Status::Failed, _) => ("bad", "Failed"),
    };
    let task = run.task.as_str();
    let against = if run.task == Task::Lint {
        String::new()
    } else {
        format!(" <span class=\"against\">against</span> {}", old_versions(run))
    };
    let _ = write!(
        page,
        "<header class=\"{class}\">\n<div class=\"inside\">\n<p class=\"tool\">canread {task}</p>\n<h1>{word}</h1>\n\
         <p class=\"versions\">{}{against}</p>\n",
        code(&run.compared.new)
    );
    page.push_str("<ul class=\"facts\">\n");
    let (totals, promise) = (summary::totals(run), summary::promise(run));
    let promise = promise.into_iter().chain(summary::last_only(run));
    // Which versions they are has just been said.
    let compared =
        std::iter::once(summary::counts(run)).chain(summary::passed_over(run)).chain(summary::unchecked(run));
    for fact in std::iter::once(totals).chain(promise).chain(compared) {
        let _ = writeln!(page, "<li>{}</li>", words(&fact));
    }
    page.push_str("</ul>\n</div>\n</header>\n");
}

/// The old version, or which ones a history has.
fn old_versions(run: &Run<'_>) -> String {
    let old = code(&run.compared.old);
    match &*run.compared.versions {
        [] | [_] => old,
        [first, ..] => format!("{} versions, from {} to {old}", run.compared.versions.len(), code(&first.label)),
    }
}

fn nothing(run: &Run<'_>) -> &'static str {
    match run.task {
        Task::Diff => "Nothing changed.",
        Task::Check if run.compared.has_no_baseline => "There is no old version yet: nothing was compared.",
        Task::Check => "Nothing found that breaks a promise.",
        Task::Lint => "Nothing found that bites later.",
    }
}

/// Of use only to the script, which shows it.
fn filter(run: &Run<'_>, page: &mut String) {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for (judged, _) in run.findings() {
        *rules.entry(judged.finding.rule.id).or_default() += 1;
    }
    if run.findings().count() < 2 {
        return;
    }
    page.push_str("<div class=\"filter\" id=\"filter\" role=\"search\" aria-label=\"Findings\" hidden>\n");
    page.push_str("<fieldset><legend>Show</legend>\n");
    for level in Level::ALL {
        let count = run.count_level(level);
        if count > 0 {
            let (class, title) = (level.as_str(), level.title(count));
            let _ = writeln!(
                page,
                "<label class=\"{class}\"><input type=\"checkbox\" value=\"{class}\" checked> {title}</label>"
            );
        }
    }
    page.push_str("</fieldset>\n<label class=\"field\">Rule <select id=\"rule\"><option value=\"\">all</option>\n");
    for (rule, count) in rules {
        let rule = escaped(rule);
        let _ = writeln!(page, "<option value=\"{rule}\">{rule} ({count})</option>");
    }
    page.push_str(
        "</select></label>\n<label class=\"field\">Text <input id=\"text\" type=\"search\" placeholder=\"name, file, \
         words\"></label>\n<output id=\"shown\"></output>\n</div>\n",
    );
}

fn problems(run: &Run<'_>, names: &mut unique::Names, page: &mut String) {
    if run.diagnostics.is_empty() {
        return;
    }
    let title = counted(run.diagnostics.len(), "problem");
    let _ = writeln!(page, "<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">{title}</h2>");
    for diagnostic in run.problems_worst_first() {
        cards::problem(diagnostic, run, names, page);
    }
    page.push_str("</section>\n");
}

/// A section a level, the worst first.
fn findings(run: &Run<'_>, names: &mut unique::Names, page: &mut String) {
    let patches = Patches::of(run.sources);
    let mut findings = run.worst_first();
    findings.sort_by_key(|(judged, _)| Level::of(judged));
    for section in findings.chunk_by(|(one, _), (two, _)| Level::of(one) == Level::of(two)) {
        let Some((first, _)) = section.first() else { continue };
        let level = Level::of(first);
        let class = level.as_str();
        let _ = writeln!(
            page,
            "<section class=\"findings\" aria-labelledby=\"{class}s\">\n<h2 id=\"{class}s\">{}</h2>",
            level.title(section.len())
        );
        for (judged, maps) in section {
            cards::finding(judged, *maps, &patches, run, names, page);
        }
        page.push_str("</section>\n");
    }
}

fn changes(run: &Run<'_>, page: &mut String) {
    let count = run.changes().count();
    if count == 0 {
        return;
    }
    let _ = write!(
        page,
        "<section aria-labelledby=\"changes\">\n<h2 id=\"changes\">{}</h2>\n<div class=\"scroll\" tabindex=\"0\" \
         role=\"region\" aria-labelledby=\"changes\">\n<table>\n<thead><tr><th scope=\"col\">Where</th><th \
         scope=\"col\">Which</th><th scope=\"col\">What</th></tr></thead>\n<tbody>\n",
        counted(count, "change")
    );
    for (change, maps) in run.changes() {
        let at = place::of_change(change, maps).map(|place| {
            let file = place::path(run.sources.file(place.name.file));
            format!("{file}:{}", run.sources.position(place.name).line)
        });
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            at.map(|at| code(&at)).unwrap_or_default(),
            code(&change.symbol),
            words(&change.what)
        );
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}
