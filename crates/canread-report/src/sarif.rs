//! SARIF 2.1.0, for code scanning.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::{collections::BTreeMap, fmt::Write};

use canread_compat::{Description, Judged, Pair, Rule, find_lint};
use canread_syntax::{Diagnostic, Edit, Position, SourceMap, Span};
use serde_json::{Value, json};

use crate::{ComparedVersion, Run, Status, finding, lint_page, page, patch::Patches, place, printable};

/// The run as a SARIF log with one run, indented, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let shown: BTreeMap<&str, &Rule> =
        run.findings().map(|(judged, _)| (judged.finding.rule.id, judged.finding.rule)).collect();
    let shown: Vec<&Rule> = shown.into_values().collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "canread",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": shown.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": run.status != Status::Error,
                "toolExecutionNotifications":
                    run.diagnostics.iter().map(|diagnostic| notification(diagnostic, run)).collect::<Vec<_>>(),
            }],
            "results": results(run, &shown),
            "properties": properties(run),
        }],
    });
    let mut text = printable::json(serde_json::to_string_pretty(&log).expect("a JSON value has only string keys"));
    text.push('\n');
    text
}

/// What is said of the whole run.
fn properties(run: &Run<'_>) -> Value {
    let mut properties = json!({
        "status": run.status.as_str(),
        "mode": run.mode.as_str(),
        "promise": run.promises.iter().map(|surface| surface.as_str()).collect::<Vec<_>>(),
        "old": run.compared.old,
        "new": run.compared.new,
    });
    if !run.compared.unchecked.is_empty() {
        properties["unchecked"] = json!(run.compared.unchecked.len());
    }
    if run.compared.has_no_baseline {
        properties["has_no_baseline"] = json!(true);
    }
    if !run.compared.versions.is_empty() {
        let version = |version: &ComparedVersion| json!({"version": version.label, "same": version.same});
        properties["versions"] = run.compared.versions.iter().map(version).collect();
    }
    properties
}

fn descriptor(rule: &Rule) -> Value {
    let markdown = find_lint(rule.id).map_or_else(|| page::markdown(rule), lint_page::markdown);
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.rationale},
        "help": {"text": rule.remedy, "markdown": markdown},
        "helpUri": rule.spec,
    })
}

fn results(run: &Run<'_>, shown: &[&Rule]) -> Vec<Value> {
    let patches = Patches::of(run.sources);
    let findings = run.findings().map(|(judged, maps)| result(judged, maps, &patches, shown, run));
    findings.chain(run.changes().map(|(described, maps)| change(described, maps, run))).collect()
}

/// A change of `canread diff`: nothing to mend, so neither a rule nor a level.
fn change(described: &Description, maps: Pair<&SourceMap>, run: &Run<'_>) -> Value {
    json!({
        "kind": "informational",
        "level": "none",
        "message": {"text": format!("`{}`: {}", described.symbol, described.what)},
        "locations": [location(place::of_change(described, maps).map(|place| place.name), Some(&described.symbol), run)],
    })
}

fn result(judged: &Judged, maps: Pair<&SourceMap>, patches: &Patches<'_>, shown: &[&Rule], run: &Run<'_>) -> Value {
    let found = &judged.finding;
    let diagnostic = finding::words(judged, maps);
    let places = place::places(found, maps);
    let primary = places.new.or(places.old);
    let others = found.also.iter().map(|also| place::places_of_other(also, maps));
    let places_of_others = others.map(|places| places.new.or(places.old));
    let related = std::iter::once(places.new.and(places.old)).chain(places_of_others).flatten();
    let mut result = json!({
        "ruleId": found.rule.id,
        "ruleIndex": shown.iter().position(|rule| rule.id == found.rule.id),
        "level": judged.severity.as_str(),
        "message": {"text": sentences(&diagnostic.message, &diagnostic)},
        "locations": [location(primary.map(|(place, _)| place.name), Some(&found.symbol), run)],
        "relatedLocations": related.map(|(place, site)| {
            let mut location = location(Some(place.name), None, run);
            let version = run.sources.file(place.name.file).version();
            location["message"] = json!({"text": format!("{} ({version})", site.label)});
            location
        }).collect::<Vec<_>>(),
        "partialFingerprints": {"canread/v1": judged.fingerprint},
        "properties": {
            "surface": judged.surface.as_str(),
            "effect": judged.effect.as_str(),
            "proof": found.proof.as_str(),
            "directions": judged.directions.iter().map(|direction| direction.as_str()).collect::<Vec<_>>(),
        },
    });
    if let Some(against) = &judged.against {
        result["properties"]["against"] = json!(against);
        result["properties"]["also_against"] = json!(judged.also_against);
    }
    if let Some(allowed) = &judged.allowed {
        // Section 3.35: outside of the schemas, and reviewed.
        let justification = format!("{} (until {})", allowed.reason, allowed.until);
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": justification}]);
    }
    if let Some(patch) = patches.of_finding(judged, maps) {
        result["fixes"] = json!([fix(&patch, found.help.as_deref(), run)]);
    }
    result
}

/// The message with everything else that is said in words: viewers of SARIF show nothing more.
fn sentences(message: &str, diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let all = std::iter::once(message.to_owned()).chain(diagnostic.notes.iter().cloned()).chain(help);
    all.collect::<Vec<_>>().join("; ")
}

fn fix(patch: &canread_syntax::Patch, help: Option<&str>, run: &Run<'_>) -> Value {
    let of_files = patch.edits.chunk_by(|one, two| one.span.file == two.span.file);
    let changes: Vec<Value> = of_files.map(|edits| artifact_change(edits, run)).collect();
    json!({"description": {"text": help.unwrap_or(&patch.title)}, "artifactChanges": changes})
}

/// Edits of one file.
fn artifact_change(edits: &[Edit], run: &Run<'_>) -> Value {
    let replacements: Vec<Value> = edits
        .iter()
        .map(|edit| {
            let region = region(place::positions(run.sources, edit.span));
            json!({"deletedRegion": region, "insertedContent": {"text": edit.text}})
        })
        .collect();
    let file = edits.first().map(|edit| place::from_top(run.sources.file(edit.span.file), run)).unwrap_or_default();
    json!({"artifactLocation": {"uri": uri(&file)}, "replacements": replacements})
}

/// Where in the text, as far as there is one, and what is called so. Without a region it is the whole file (section
/// 3.29.4).
fn location(span: Option<Span>, symbol: Option<&str>, run: &Run<'_>) -> Value {
    let mut location = json!({});
    if let Some(span) = span {
        let physical = &mut location["physicalLocation"];
        *physical = json!({"artifactLocation": {"uri": uri(&place::from_top(run.sources.file(span.file), run))}});
        if let Some(positions) = place::positions_on_disk(run, span) {
            physical["region"] = region(positions);
        }
    }
    if let Some(symbol) = symbol {
        location["logicalLocations"] = json!([{"fullyQualifiedName": symbol}]);
    }
    location
}

fn region((start, end): (Position, Position)) -> Value {
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn notification(diagnostic: &Diagnostic, run: &Run<'_>) -> Value {
    json!({
        "descriptor": {"id": diagnostic.code},
        "level": diagnostic.severity.as_str(),
        "message": {"text": sentences(&diagnostic.message, diagnostic)},
        "locations": diagnostic.labels.iter().map(|label| location(Some(label.span), None, run)).collect::<Vec<_>>(),
    })
}

/// A path as a relative URI reference: everything but unreserved characters and `/` is percent-encoded.
///
/// Source: RFC 3986, sections 2.3 and 4.2.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_relative_reference_whatever_is_in_it() {
        for (path, expected) in [
            ("a/b.proto", "a/b.proto"),
            ("../a_b-c~d.proto", "../a_b-c~d.proto"),
            ("with space.proto", "with%20space.proto"),
            ("a:b.proto", "a%3Ab.proto"),
            ("line\nend#x?y%41.proto", "line%0Aend%23x%3Fy%2541.proto"),
            ("größe.proto", "gr%C3%B6%C3%9Fe.proto"),
        ] {
            assert_eq!(uri(path), expected, "{path}");
        }
    }
}
