//! What people see.

mod support;

use canread_compat::Pair;
use canread_report::{Compared, Run, Status, Style, Task, full, json};
use canread_syntax::{Diagnostic, SourceMap, Sources, Span};
use insta::assert_snapshot;
use support::Compare;

const P3: &str = "syntax = \"proto3\";\n";

fn message(body: &str) -> String {
    format!("{P3}message M {{\n{body}}}\n")
}

#[test]
fn a_finding_shows_both_places_reasons_order_and_patch() {
    let compare = Compare::by_default(&message("  int64 id = 1;\n"), &message("  int32 id = 1;\n"));
    assert_snapshot!(compare.full());
}

#[test]
fn the_effect_on_every_promised_surface_is_named() {
    let compare = Compare::texts(&message("  bytes id = 1;\n"), &message("  string id = 1;\n"));
    let full = compare.full();
    assert!(
        full.contains("= effect: error on wire, reinterpreted on json, error on source; see `canread explain"),
        "{full}"
    );
}

#[test]
fn text_in_lines_of_windows_looks_like_any_other() {
    let windows = |text: String| text.replace('\n', "\r\n");
    let (old, new) = (message("  int64 id = 1;\n  int32 b = 2;\n"), message("  int32 id = 1;\n"));
    let unix = Compare::by_default(&old, &new).full();
    assert_eq!(Compare::by_default(&windows(old), &windows(new)).full(), unix);
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_place() {
    let filler: Vec<_> = (20_000..40_000).map(|number| format!("string f{number} = {number};")).collect();
    let text =
        |kind: &str| format!("{P3}message M {{ {} {kind} id = 1; {}}}\n", filler.join(" "), "; ".repeat(100_000));
    let full = Compare::by_default(&text("int64"), &text("int32")).full();
    assert!(full.len() < 2_000, "{} bytes", full.len());
    assert!(full.contains("--> a.proto:2:"), "{full}");
    assert!(full.contains("read as int32 now: `...") && full.contains("int32 id = 1; ; ;"), "{full}");
}

#[test]
fn schema_text_cannot_steer_the_terminal() {
    let nasty = "\u{1b}[31m\u{9b}2J\u{202e}\u{7}";
    let text = |kind: &str| format!("{P3}message M {{\n  /* {nasty} */ {kind} id = 1; // {nasty}\n}}\n");
    let compare = Compare::by_default(&text("int64"), &text("int32"));
    let is_harmless = |text: &str| !text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}');
    let run = compare.run();
    for text in [
        compare.full(),
        canread_report::concise::render(&run),
        canread_report::html::render(&run),
        canread_report::markdown::render(&run),
        json::render(&run),
        canread_report::jsonl::render(&run),
        canread_report::sarif::render(&run),
        canread_report::junit::render(&run),
        canread_report::github::render(&run),
        canread_report::gitlab::render(&run),
    ] {
        assert!(is_harmless(&text), "{text:?}");
    }
    let full = compare.full();
    assert!(full.contains("a.proto:3:20") && full.contains("/* ?[31m¿2J\u{fffd}? */ int32 id"), "{full}");
}

/// A run that failed with these problems.
fn failed(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let run = Run {
        task: Task::Check,
        sources,
        status: Status::Error,
        mode: canread_compat::Mode::Backward,
        promises: &std::collections::BTreeSet::new(),
        fail_on: canread_compat::Severity::Error,
        compared: &Compared::new(2, 0, Pair { old: "old".into(), new: "new".into() }),
        sections: Vec::new(),
        diagnostics,
        approve_with: None,
    };
    full::render(&run, Style::default())
}

#[test]
fn the_first_problems_of_a_file_are_shown_and_the_others_counted() {
    let mut sources = Sources::default();
    let file = sources.add("a.proto", "new", b"a b c d e f g h i j k l m n".to_vec());
    let other = sources.add("b.proto", "old", b"a".to_vec());
    let problem = |file, at| Diagnostic::error("x/y", format!("wrong {at}")).at(Span::new(file, at, at + 1), "here");
    let mut problems: Vec<_> = (0..13).map(|at| problem(file, at * 2)).collect();
    problems.push(problem(other, 0));
    let shown = failed(&sources, &problems);
    assert!(shown.contains("wrong 18") && !shown.contains("wrong 20") && shown.contains("b.proto:1:1"), "{shown}");
    let end = shown.split("\n\n").last().unwrap_or_default();
    assert_snapshot!(end, @r"
    read 2 schema files: new against old
    14 errors, 1 of them in the old version: nothing was compared, so there is no verdict
    ");
    assert!(shown.contains("11 problems shown, 3 more are not; `--format concise` lists them all"), "{shown}");
}

#[test]
fn a_problem_with_very_many_places_shows_some() {
    let mut sources = Sources::default();
    let file = sources.add("a.proto", "new", "x\n".repeat(100).into_bytes());
    let places = (0..100).map(|at| Span::new(file, at * 2, at * 2 + 1));
    let problem = places.fold(Diagnostic::error("x/y", "a circle"), |problem, span| problem.at(span, "here"));
    let shown = failed(&sources, &[problem]);
    assert!(shown.contains("and 90 more places"), "{shown}");
    assert_eq!(shown.matches("^ here").count() + shown.matches("- here").count(), 10);
}

#[test]
fn a_finding_without_a_text_says_in_which_version_it_is() {
    let mut compare = Compare::by_default(&message("  int64 id = 1;\n"), &message("  int32 id = 1;\n"));
    compare.linked.old.map = SourceMap::default();
    compare.linked.new.map = SourceMap::default();
    let run = compare.run();
    assert!(compare.full().contains("--> new\n"), "{}", compare.full());
    assert!(canread_report::concise::render(&run).starts_with("new: error[protobuf/field_type_changed]: `M.id`"));
    let sarif: serde_json::Value = serde_json::from_str(&canread_report::sarif::render(&run)).expect("it is JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "M.id");
}

#[test]
fn what_is_gone_without_a_text_is_of_the_version_that_it_is_against() {
    let mut compare = Compare::by_default(&message("  int64 id = 1;\n"), &message(""));
    compare.linked.old.map = SourceMap::default();
    compare.linked.new.map = SourceMap::default();
    for judged in &mut compare.judged {
        (judged.finding.new, judged.against) = (None, Some("v1".into()));
    }
    let run = compare.run();
    let concise = canread_report::concise::render(&run);
    assert!(!compare.judged.is_empty() && concise.starts_with("v1: "), "{concise}");
    assert!(compare.full().contains("--> v1\n"), "{}", compare.full());
    assert!(canread_report::markdown::render(&run).contains("| <code>v1</code> |"));
    assert!(canread_report::github::render(&run).contains(" file=v1,"));
    assert!(canread_report::gitlab::render(&run).contains("\"path\": \"v1\""));
    assert!(canread_report::html::render(&run).contains("<p class=\"origin\"><code>v1</code></p>"));
}

#[test]
fn tests_of_two_long_names_have_two_names() {
    let text = |kind: &str| {
        let (start, end) = ("s".repeat(800), "e".repeat(400));
        let message = |middle: &str| format!("message {start}{middle}{end} {{ {kind} id = 1; }}\n");
        format!("{P3}{}{}", message("one"), message("two"))
    };
    let compare = Compare::by_default(&text("int64"), &text("int32"));
    assert_eq!(compare.judged.len(), 2);
    let report = canread_report::junit::render(&compare.run());
    let names: std::collections::BTreeSet<&str> =
        report.split("<testcase ").skip(1).filter_map(|case| case.split('"').nth(3)).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn running_text_is_wrapped_on_a_terminal_only() {
    let compare = Compare::by_default(&message("  int64 id = 1;\n"), &message("  int32 id = 1;\n"));
    let narrow = full::render(&compare.run(), Style { width: Some(60), ..Style::default() });
    let notes = narrow.lines().filter(|line| line.contains("= ") && !line.contains(" |"));
    assert!(notes.clone().count() > 0 && notes.into_iter().all(|line| line.chars().count() <= 60), "{narrow}");
    assert!(compare.full().lines().any(|line| line.contains("= deploy: ") && line.len() > 80));
}
