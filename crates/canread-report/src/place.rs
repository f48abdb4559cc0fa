//! Where something stands, as each output needs it.

use std::borrow::Cow;

use canread_compat::{Also, Description, Finding, Judged, Pair, Site};
use canread_syntax::{Place, Position, SourceFile, SourceMap, Sources, Span};

use crate::{Run, printable};

/// The path of a file as people see it, on one line: with the version in front where the path alone would not be found on disk.
pub(crate) fn path(file: &SourceFile) -> String {
    let version = file.version();
    let name = printable::line(file.name());
    if is_on_disk(file) { name.into_owned() } else { format!("{}:{name}", printable::line(version)) }
}

/// The path of a file from the top of its repository, for those who look for it there; as people see it, if it is elsewhere.
pub(crate) fn from_top<'f>(file: &'f SourceFile, run: &Run<'_>) -> Cow<'f, str> {
    let (name, below) = (file.name(), &*run.compared.below);
    if below.is_empty() || name.starts_with('/') || name.contains(":/") || name.contains(":\\") {
        return Cow::Borrowed(name);
    }
    let mut parts: Vec<&str> = below.split('/').collect();
    for part in name.split('/') {
        match part {
            ".." if parts.pop().is_none() => return Cow::Borrowed(name),
            "." | ".." => {}
            part => parts.push(part),
        }
    }
    Cow::Owned(parts.join("/"))
}

/// Whether a file can be opened by its path: it is of no revision and of no lock, and not what git's index holds.
pub(crate) fn is_on_disk(file: &SourceFile) -> bool {
    let version = file.version();
    version != "staged" && !["git:", "lock:"].iter().any(|store| version.starts_with(store))
}

/// The version in which something without a text stands: the new one, unless it is only in the old one. Of a history
/// that is the version that the finding is against.
pub(crate) fn version_of<'r>(judged: &'r Judged, run: &Run<'r>) -> &'r str {
    let is_gone = judged.finding.new.is_none() && judged.finding.old.is_some();
    if is_gone { judged.against.as_deref().unwrap_or(&run.compared.old) } else { &run.compared.new }
}

/// Where the sites of a finding stand.
pub(crate) fn places<'f>(finding: &'f Finding, maps: Pair<&SourceMap>) -> Pair<Option<(Place, &'f Site)>> {
    sites(Pair { old: &finding.old, new: &finding.new }, maps)
}

/// Where the sites of another one of a group stand.
pub(crate) fn places_of_other<'f>(also: &'f Also, maps: Pair<&SourceMap>) -> Pair<Option<(Place, &'f Site)>> {
    sites(Pair { old: &also.old, new: &also.new }, maps)
}

/// Where a change stands: in the new version, unless it is only in the old one.
pub(crate) fn of_change(change: &Description, maps: Pair<&SourceMap>) -> Option<Place> {
    let new = change.new.and_then(|node| maps.new.place(node.0));
    new.or_else(|| maps.old.place(change.old?.0))
}

fn sites<'f>(sites: Pair<&'f Option<Site>>, maps: Pair<&SourceMap>) -> Pair<Option<(Place, &'f Site)>> {
    let find = |site: &'f Option<Site>, map: &SourceMap| {
        let site = site.as_ref()?;
        Some((map.place(site.node.0)?, site))
    };
    Pair { old: find(sites.old, maps.old), new: find(sites.new, maps.new) }
}

/// Start and end of a span where whoever opens the file finds them. None in what was only in an old version, if that
/// came from git or a lock: its lines are not those of the file of today.
pub(crate) fn positions_on_disk(run: &Run<'_>, span: Span) -> Option<(Position, Position)> {
    let file = run.sources.file(span.file);
    let is_there = file.version() == run.compared.new || is_on_disk(file);
    is_there.then(|| positions(run.sources, span))
}

/// Start and end of a span.
pub(crate) fn positions(sources: &Sources, span: Span) -> (Position, Position) {
    (sources.position(span), sources.end_position(span))
}

/// `path:line:column: `, as editors and `grep` have it.
pub(crate) fn prefix(sources: &Sources, span: Span) -> String {
    let position = sources.position(span);
    format!("{}:{}:{}: ", path(sources.file(span.file)), position.line, position.column)
}
