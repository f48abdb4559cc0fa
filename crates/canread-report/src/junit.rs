//! JUnit XML, for the test reports of Jenkins, GitLab, and actions for GitHub.
//!
//! There is no one specification; this is what all of them show. Each finding is a test case, named by what is
//! called so in the schema and grouped by its rule: a class in Jenkins, a suite in GitLab. What fails the run is a failed
//! test, so an undecided finding is one too unless it is allowed; other findings are tests that passed, with their text as
//! output. A problem that keeps the run from a verdict is a test that could not be carried out. The run itself is a
//! test that passes when all was read and compared, so that a run without findings is no empty suite.
//!
//! GitLab takes the first of several cases with equal class and name, so all names differ. No `time` is written, for equal
//! runs give equal reports; `file` and `line` are shown by GitLab and used for annotations by actions, others pass over them.
//!
//! Sources: GitLab, "Unit test reports", section "JUnit XML format specification"; the JUnit plugin of Jenkins,
//! whose parser reads `name`, `classname`, and one `failure` or `error` a case.

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Severity, Span};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::{
    Run, Status, Style, Task, concise, counts_as_finding, finding, full, patch::Patches, place, printable, summary,
    unique,
};

/// The run as an XML document, indented, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let cases = cases(run);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    document(&mut writer, run, &cases).expect("memory can be written to");
    let mut text = String::from_utf8(writer.into_inner()).expect("only text was written");
    text.push('\n');
    text
}

/// One test.
struct Case {
    class: String,
    /// Printable, and no other's, when all cases are known.
    name: String,
    /// The file, and the line where it has one.
    place: Option<(String, Option<usize>)>,
    outcome: Outcome,
}

enum Outcome {
    /// With what it has to say.
    Passed(String),
    /// `kind` is the severity or the code, `text` all that is known.
    Failed { kind: &'static str, message: String, text: String },
    /// The same for what could not be carried out.
    Error { kind: &'static str, message: String, text: String },
}

fn cases(run: &Run<'_>) -> Vec<Case> {
    let mut cases: Vec<Case> = run.diagnostics.iter().map(|diagnostic| problem(diagnostic, run)).collect();
    let has_error = cases.iter().any(|case| matches!(case.outcome, Outcome::Error { .. }));
    // What is no error has its own case; a run that failed without one still must not look well.
    if run.status != Status::Error || !has_error {
        cases.insert(0, whole(run));
    }
    let patches = Patches::of(run.sources);
    for (judged, maps) in run.worst_first() {
        let message = finding::message(judged);
        let text = full::finding(judged, maps, &patches, run, Style::default()).trim_end().to_owned();
        let kind = judged.severity.as_str();
        let is_failure = run.task != Task::Diff && judged.fails;
        let span = finding::words(judged, maps).span();
        cases.push(Case {
            class: class(judged.finding.rule.id),
            name: judged.finding.symbol.clone(),
            place: span.map(|span| place(span, run)),
            outcome: if is_failure { Outcome::Failed { kind, message, text } } else { Outcome::Passed(text) },
        });
    }
    let mut names = unique::Names::default();
    for case in &mut cases {
        // As it is written: two long names may be one when their middles are gone. The class ends where the name starts,
        // for what is printable holds no line end.
        let name = names.take(&format!("{}\n{}", case.class, allowed(&printable::line(&case.name))));
        case.name = name.split_once('\n').map_or(String::new(), |(_, name)| name.to_owned());
    }
    cases
}

/// The run as a case of its own.
fn whole(run: &Run<'_>) -> Case {
    let mut text = String::new();
    if run.task == Task::Diff {
        concise::changes(run, &mut text);
    }
    text.push_str(summary::summary(run).trim_end());
    let outcome = if run.status == Status::Error {
        Outcome::Error { kind: run.status.as_str(), message: summary::totals(run), text }
    } else {
        Outcome::Passed(text)
    };
    let name = if run.task == Task::Lint { "the schemas are read" } else { "both versions are read and compared" };
    Case { class: "canread".into(), name: name.into(), place: None, outcome }
}

fn problem(diagnostic: &Diagnostic, run: &Run<'_>) -> Case {
    let text = full::diagnostic(diagnostic, run.sources, Style::default()).trim_end().to_owned();
    let (kind, message) = (diagnostic.code, diagnostic.message.clone());
    let file = diagnostic.span().map(|span| format!("{}: ", place::path(run.sources.file(span.file))));
    Case {
        class: class(diagnostic.code),
        name: format!("{}{message}", file.unwrap_or_default()).replace('\n', " "),
        place: diagnostic.span().map(|span| place(span, run)),
        outcome: match diagnostic.severity {
            Severity::Error => Outcome::Error { kind, message, text },
            _ if counts_as_finding(diagnostic, run.fail_on) => Outcome::Failed { kind, message, text },
            _ => Outcome::Passed(text),
        },
    }
}

/// A rule or a code as a class: Jenkins takes what is before the last dot for the package.
fn class(id: &str) -> String {
    id.replace('/', ".")
}

fn place(span: Span, run: &Run<'_>) -> (String, Option<usize>) {
    let line = place::positions_on_disk(run, span).map(|(start, _)| start.line);
    (run.sources.file(span.file).name().to_owned(), line)
}

fn document(writer: &mut Writer<Vec<u8>>, run: &Run<'_>, cases: &[Case]) -> std::io::Result<()> {
    let count = |is: fn(&Outcome) -> bool| cases.iter().filter(|case| is(&case.outcome)).count().to_string();
    let tests = cases.len().to_string();
    let failures = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
    let errors = count(|outcome| matches!(outcome, Outcome::Error { .. }));
    let counts = [("tests", &*tests), ("failures", &*failures), ("errors", &*errors)];
    let name = format!("canread {}", run.task.as_str());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = writer.create_element("testsuites").with_attribute(("name", "canread")).with_attributes(counts);
    suites.write_inner_content(|writer| {
        let suite = writer.create_element("testsuite").with_attribute(("name", &*name)).with_attributes(counts);
        suite.write_inner_content(|writer| {
            properties(writer, run)?;
            cases.iter().try_for_each(|case| testcase(writer, case))
        })?;
        Ok(())
    })?;
    Ok(())
}

fn properties(writer: &mut Writer<Vec<u8>>, run: &Run<'_>) -> std::io::Result<()> {
    let promise: Vec<&str> = run.promises.iter().map(|surface| surface.as_str()).collect();
    let promise = promise.join(",");
    let mut all = vec![
        ("status", run.status.as_str()),
        ("old", &*run.compared.old),
        ("new", &*run.compared.new),
        ("mode", run.mode.as_str()),
        ("promise", &*promise),
    ];
    let versions: Vec<&str> = run.compared.versions.iter().map(|version| &*version.label).collect();
    let versions = versions.join(",");
    if !versions.is_empty() {
        all.push(("versions", &*versions));
    }
    let unchecked = run.compared.unchecked.len().to_string();
    if unchecked != "0" {
        all.push(("unchecked", &*unchecked));
    }
    if run.compared.has_no_baseline {
        all.push(("has_no_baseline", "true"));
    }
    writer.create_element("properties").write_inner_content(|writer| {
        for (name, value) in all {
            let property = writer.create_element("property").with_attribute(("name", name));
            property.with_attribute(("value", &*allowed(&printable::line(value)))).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn testcase(writer: &mut Writer<Vec<u8>>, case: &Case) -> std::io::Result<()> {
    let mut element = writer.create_element("testcase").with_attribute(("classname", &*case.class));
    element = element.with_attribute(("name", &*case.name));
    if let Some((file, line)) = &case.place {
        element = element.with_attribute(("file", &*allowed(&printable::line(file))));
        if let Some(line) = line {
            element = element.with_attribute(("line", &*line.to_string()));
        }
    }
    element.write_inner_content(|writer| {
        let (name, kind, message, text) = match &case.outcome {
            Outcome::Passed(text) => {
                writer.create_element("system-out").write_text_content(BytesText::new(&allowed(text)))?;
                return Ok(());
            }
            Outcome::Failed { kind, message, text } => ("failure", kind, message, text),
            Outcome::Error { kind, message, text } => ("error", kind, message, text),
        };
        let element = writer.create_element(name).with_attribute(("type", *kind));
        let element = element.with_attribute(("message", &*allowed(&printable::line(message))));
        element.write_text_content(BytesText::new(&allowed(text)))?;
        Ok(())
    })?;
    Ok(())
}

/// Text without characters that no XML document can hold, not even as a reference.
///
/// Source: XML 1.0, production 2, `Char`.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let mark = |character| if is_allowed(character) { character } else { char::REPLACEMENT_CHARACTER };
    Cow::Owned(text.chars().map(mark).collect())
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn characters_that_xml_cannot_hold_are_replaced() {
        assert_eq!(allowed("a\0b\u{b}c\u{ffff}d\u{1f600}\n\t"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{1f600}\n\t");
    }
}
