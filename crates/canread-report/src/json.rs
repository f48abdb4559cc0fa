//! Report JSON, version 1. Other tools read it, so it changes only by addition.

use canread_compat::{Also, Claim, Judged, Pair, Site};
use canread_syntax::{Diagnostic, Place, SourceMap, Sources, Span};
use serde::Serialize;

use crate::{Run, Task, finding, patch::Patches, place, printable};

/// The version of the report's form.
const VERSION: u32 = 1;

/// The whole report.
#[derive(Debug, Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    findings: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change<'a>>>,
    diagnostics: Vec<Problem<'a>>,
}

/// What is said of the whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Header<'a> {
    version: u32,
    tool: &'static str,
    status: &'static str,
    mode: &'static str,
    promise: Vec<&'static str>,
    fail_on: &'static str,
    compared: Compared<'a>,
}

#[derive(Debug, Serialize)]
struct Compared<'a> {
    schemas: usize,
    unchanged: usize,
    old: &'a str,
    new: &'a str,
    passed_over: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unchecked: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    has_no_baseline: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<Version<'a>>,
}

/// An old version of a history, and others that hold the same.
#[derive(Debug, Serialize)]
struct Version<'a> {
    version: &'a str,
    same: &'a [String],
}

#[derive(Debug, Serialize)]
pub(crate) struct Finding<'a> {
    rule: &'static str,
    format: &'static str,
    directions: Vec<&'static str>,
    surface: &'static str,
    effect: &'static str,
    severity: &'static str,
    proof: &'static str,
    symbol: &'a str,
    message: String,
    notes: Vec<String>,
    help: Option<&'a str>,
    fix: Option<Fix<'a>>,
    old: Option<Location<'a>>,
    new: Option<Location<'a>>,
    also: Vec<&'a str>,
    also_at: Vec<AlsoAt<'a>>,
    claims: Vec<ClaimJson>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    also_against: Option<&'a [String]>,
    allowed: Option<Allowed<'a>>,
    witness: Option<()>,
}

/// The approval of a finding that does not count.
#[derive(Debug, Serialize)]
struct Allowed<'a> {
    reason: &'a str,
    until: &'a str,
}

/// Where another one of a group stands; in the order of `also`.
#[derive(Debug, Serialize)]
struct AlsoAt<'a> {
    old: Option<Location<'a>>,
    new: Option<Location<'a>>,
}

#[derive(Debug, Serialize)]
struct ClaimJson {
    surface: &'static str,
    direction: &'static str,
    effect: &'static str,
    broken: bool,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    title: String,
    edits: Vec<Edit<'a>>,
}

#[derive(Debug, Serialize)]
struct Edit<'a> {
    at: Location<'a>,
    text: String,
}

/// A place in a text.
#[derive(Debug, Serialize)]
struct Location<'a> {
    file: &'a str,
    version: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Change<'a> {
    symbol: &'a str,
    what: &'a str,
    old: Option<Location<'a>>,
    new: Option<Location<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    notes: &'a [String],
    help: Option<&'a str>,
    locations: Vec<Location<'a>>,
}

/// The run as one JSON object, indented, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let patches = Patches::of(run.sources);
    let report = Report {
        header: header(run),
        findings: run.findings().map(|(judged, maps)| finding_json(judged, maps, &patches, run)).collect(),
        changes: (run.task == Task::Diff).then(|| changes(run).collect()),
        diagnostics: run.diagnostics.iter().map(|diagnostic| problem(diagnostic, run.sources)).collect(),
    };
    let mut text = printable::json(serde_json::to_string_pretty(&report).expect("a report has only string keys"));
    text.push('\n');
    text
}

/// What is said of the whole run.
pub(crate) fn header<'a>(run: &'a Run<'_>) -> Header<'a> {
    Header {
        version: VERSION,
        tool: concat!("canread ", env!("CARGO_PKG_VERSION")),
        status: run.status.as_str(),
        mode: run.mode.as_str(),
        promise: run.promises.iter().map(|surface| surface.as_str()).collect(),
        fail_on: run.fail_on.as_str(),
        compared: Compared {
            schemas: run.compared.schemas,
            unchanged: run.compared.unchanged,
            old: &run.compared.old,
            new: &run.compared.new,
            passed_over: run.compared.passed_over.as_deref(),
            unchecked: Some(run.compared.unchecked.len()).filter(|count| *count > 0),
            has_no_baseline: run.compared.has_no_baseline,
            versions: run
                .compared
                .versions
                .iter()
                .map(|version| Version { version: &version.label, same: &version.same })
                .collect(),
        },
    }
}

pub(crate) fn finding_json<'a>(
    judged: &'a Judged,
    maps: Pair<&SourceMap>,
    patches: &Patches<'_>,
    run: &'a Run<'_>,
) -> Finding<'a> {
    let found = &judged.finding;
    let places = place::places(found, maps);
    let diagnostic = finding::words(judged, maps);
    Finding {
        rule: found.rule.id,
        format: found.rule.formats.first().map_or("", |format| format.as_str()),
        directions: judged.directions.iter().map(|direction| direction.as_str()).collect(),
        surface: judged.surface.as_str(),
        effect: judged.effect.as_str(),
        severity: judged.severity.as_str(),
        proof: found.proof.as_str(),
        symbol: &found.symbol,
        message: diagnostic.message,
        notes: diagnostic.notes,
        help: found.help.as_deref(),
        fix: patches.of_finding(judged, maps).map(|patch| Fix {
            title: patch.title,
            edits: patch
                .edits
                .into_iter()
                .map(|edit| Edit { at: location(run.sources, edit.span, None), text: edit.text })
                .collect(),
        }),
        old: site(places.old, run),
        new: site(places.new, run),
        also: found.also.iter().map(|also| &*also.symbol).collect(),
        also_at: found.also.iter().map(|also| also_at(also, maps, run)).collect(),
        claims: found.claims.iter().map(|claim| claim_json(*claim, judged)).collect(),
        fingerprint: &judged.fingerprint,
        against: judged.against.as_deref(),
        also_against: judged.against.is_some().then_some(&judged.also_against),
        allowed: judged.allowed.as_ref().map(|of| Allowed { reason: &of.reason, until: &of.until }),
        witness: None,
    }
}

fn also_at<'a>(also: &'a Also, maps: Pair<&SourceMap>, run: &'a Run<'_>) -> AlsoAt<'a> {
    let places = place::places_of_other(also, maps);
    AlsoAt { old: site(places.old, run), new: site(places.new, run) }
}

fn site<'a>(place: Option<(Place, &'a Site)>, run: &'a Run<'_>) -> Option<Location<'a>> {
    place.map(|(place, site)| location(run.sources, place.name, Some(&site.label)))
}

fn claim_json(claim: Claim, judged: &Judged) -> ClaimJson {
    ClaimJson {
        surface: claim.surface.as_str(),
        direction: claim.direction.as_str(),
        effect: claim.effect.as_str(),
        broken: judged.broken.contains(&claim),
    }
}

fn location<'a>(sources: &'a Sources, span: Span, label: Option<&'a str>) -> Location<'a> {
    let file = sources.file(span.file);
    let (start, end) = place::positions(sources, span);
    Location {
        file: file.name(),
        version: file.version(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: label.filter(|label| !label.is_empty()),
    }
}

pub(crate) fn changes<'a>(run: &'a Run<'_>) -> impl Iterator<Item = Change<'a>> {
    let place = move |place: Option<Place>| place.map(|place| location(run.sources, place.name, None));
    let change = move |(change, maps): (&'a canread_compat::Description, Pair<&SourceMap>)| Change {
        symbol: &change.symbol,
        what: &change.what,
        old: place(change.old.and_then(|node| maps.old.place(node.0))),
        new: place(change.new.and_then(|node| maps.new.place(node.0))),
    };
    run.changes().map(change)
}

pub(crate) fn problem<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Problem<'a> {
    Problem {
        code: diagnostic.code,
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        locations: diagnostic.labels.iter().map(|label| location(sources, label.span, Some(&label.text))).collect(),
    }
}
