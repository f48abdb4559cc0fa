//! JSON, version 1: changes only by addition.

use serde::Serialize;

use super::{Changelog, Entry, Release};
use crate::printable;

/// The version of the form.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    mode: &'static str,
    promise: Vec<&'static str>,
    versions: Vec<Version<'a>>,
    without_schemas: &'a [String],
}

/// A version; without names, what is not released yet.
#[derive(Debug, Serialize)]
struct Version<'a> {
    names: &'a [String],
    date: Option<&'a str>,
    since: Option<&'a str>,
    schemas: usize,
    entries: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    kind: &'static str,
    file: &'a str,
    owner: &'a str,
    symbol: &'a str,
    what: &'a str,
    finding: Option<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    effect: &'static str,
    surface: &'static str,
    fingerprint: &'a str,
    reason: Option<&'a str>,
}

/// The changelog as one JSON object, indented, with a line end.
#[must_use]
pub fn render(changelog: &Changelog<'_>) -> String {
    let document = Document {
        version: VERSION,
        tool: concat!("canread ", env!("CARGO_PKG_VERSION")),
        mode: changelog.mode.as_str(),
        promise: changelog.promises.iter().map(|surface| surface.as_str()).collect(),
        versions: changelog.releases.iter().map(version).collect(),
        without_schemas: &changelog.without_schemas,
    };
    let mut text = printable::json(serde_json::to_string_pretty(&document).expect("a changelog has only string keys"));
    text.push('\n');
    text
}

fn version(release: &Release) -> Version<'_> {
    Version {
        names: &release.names,
        date: release.date.as_deref(),
        since: release.since.as_deref(),
        schemas: release.schemas,
        entries: release.entries.iter().map(line).collect(),
    }
}

fn line(entry: &Entry) -> Line<'_> {
    Line {
        kind: entry.kind.as_str(),
        file: &entry.under.file,
        owner: &entry.under.owner,
        symbol: &entry.symbol,
        what: &entry.what,
        finding: entry.found.as_ref().map(|found| Finding {
            rule: found.rule,
            severity: found.severity,
            effect: found.effect,
            surface: found.surface,
            fingerprint: &found.fingerprint,
            reason: found.reason.as_deref(),
        }),
    }
}
