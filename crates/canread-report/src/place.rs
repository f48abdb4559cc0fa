//! Where something stands, as each output needs it.

use canread_compat::{Finding, Pair, Site};
use canread_syntax::{Place, Position, SourceFile, SourceMap, Sources, Span};

/// The path of a file as people see it: with the version in front where the path alone would not be found on disk.
pub(crate) fn path(file: &SourceFile) -> String {
    let version = file.version();
    if version.starts_with("git:") { format!("{version}:{}", file.name()) } else { file.name().to_owned() }
}

/// Where the sites of a finding stand.
pub(crate) fn places<'f>(finding: &'f Finding, maps: Pair<&SourceMap>) -> Pair<Option<(Place, &'f Site)>> {
    let find = |site: &'f Option<Site>, map: &SourceMap| {
        let site = site.as_ref()?;
        Some((map.place(site.node.0)?, site))
    };
    Pair { old: find(&finding.old, maps.old), new: find(&finding.new, maps.new) }
}

/// Start and end of a span.
pub(crate) fn positions(sources: &Sources, span: Span) -> (Position, Position) {
    (sources.position(span), sources.end_position(span))
}
