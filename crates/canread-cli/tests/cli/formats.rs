//! Every output format over four runs: with findings, with one that nobody can decide, with problems, with nothing.

use insta::assert_snapshot;

use crate::world::{Outcome, P3, World, here};

pub(crate) const RULES: &str = include_str!("../../../../compat-tests/imports/buf/validate/validate.proto");

/// Two versions with an error, a warning, and an expression that changed. Its names are markup in one format or another.
pub(crate) fn undecided() -> World {
    let text = |minimum: u8, kind: &str, name: &str| {
        format!(
            "{P3}import \"buf/validate/validate.proto\";\n\nmessage M {{\n  int32 x = 1 [(buf.validate.field).cel = \
             {{id: \"x\", expression: \"this > {minimum} || '</script>|`' == ''\"}}];\n  {kind} id = 2; // <!-- & %0A\n  \
             string s = 3 [json_name = \"{name}\"];\n}}\n"
        )
    };
    let old = text(1, "int64", "<b>|`*_@all_*`|</b>");
    let new = text(2, "int32", "</script><img src=x onerror=alert(1)>::error::%0A");
    let world = World::pair(old, new);
    world.write("lib/buf/validate/validate.proto", RULES);
    world
}

pub(crate) fn broken() -> World {
    World::new_file(format!("{P3}message M {{\n  int32 a = ;\n  Foo <b> = 2;\n}}\n"))
}

pub(crate) fn nothing() -> World {
    let text = format!("{P3}message M {{}}\n");
    World::pair(format!("{text}// old\n"), format!("{text}// new\n"))
}

/// The runs by name, in one format.
fn runs(format: &str) -> Vec<(&'static str, Outcome)> {
    let format = format!("--format {format}");
    vec![
        ("shop", here(&format!("check schemas/shop/v2 --against schemas/shop/v1 {format}"))),
        ("shop_diff", here(&format!("diff schemas/shop/v1 schemas/shop/v2 {format}"))),
        ("undecided", undecided().check(&format!("-I lib --promise wire,json --fail-on warning {format}"))),
        ("broken", broken().check(&format)),
        ("nothing", nothing().check(&format)),
    ]
}

/// As snapshots show a page: style and script are the same in all of them.
fn without_style_and_script(page: &str) -> String {
    ["style", "script"].iter().fold(page.to_owned(), |page, tag| {
        let (before, rest) = page.split_once(&format!("<{tag}>")).expect("a page has it");
        let (_, after) = rest.split_once(&format!("</{tag}>")).expect("it ends");
        format!("{before}<{tag}>…</{tag}>{after}")
    })
}

#[test]
fn every_format_says_what_the_run_has_to_say() {
    for format in ["jsonl", "junit", "github", "gitlab", "markdown"] {
        for (name, outcome) in runs(format) {
            assert_snapshot!(format!("{format}_{name}"), outcome);
        }
    }
    for (name, mut outcome) in runs("html") {
        // Hashes of style and script change with every improvement of the page.
        let policy = "content=\"default-src 'none'; ";
        assert!(outcome.out.contains(policy), "{}", outcome.out);
        let page = without_style_and_script(&outcome.out);
        outcome.out = page.split_inclusive('\n').filter(|line| !line.contains(policy)).collect();
        assert_snapshot!(format!("html_{name}"), outcome);
    }
}

#[test]
fn lines_of_json_are_what_the_json_report_holds() {
    for task in ["check schemas/shop/v2 --against schemas/shop/v1", "diff schemas/shop/v1 schemas/shop/v2"] {
        let report: serde_json::Value =
            serde_json::from_str(&here(&format!("{task} --format json")).out).expect("a report is JSON");
        let lines = here(&format!("{task} --format jsonl")).out;
        let mut lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let head = lines.next().expect("a first line");
        assert_eq!((&head["kind"], &head["status"]), (&"run".into(), &report["status"]));
        for (kind, list) in [("finding", "findings"), ("change", "changes"), ("diagnostic", "diagnostics")] {
            let elements = report[list].as_array().cloned().unwrap_or_default();
            assert_eq!(head[list].as_u64().unwrap_or(0), elements.len() as u64, "{list}");
            for mut element in elements {
                element["kind"] = kind.into();
                assert_eq!(lines.next(), Some(element));
            }
        }
        assert_eq!(lines.next(), None);
    }
}

/// Two versions with so many fields, each of which changed its type and its name.
pub(crate) fn many(fields: usize) -> World {
    let text = |kind: &str, name: &str| {
        let fields: Vec<_> = (1..=fields).map(|number| format!("  {kind} {name}{number} = {number};\n")).collect();
        format!("{P3}message M {{\n{}}}\n", fields.concat())
    };
    World::pair(text("int64", "a"), text("string", "b"))
}

#[test]
fn a_comment_stays_within_what_github_takes_and_counts_the_rest() {
    let outcome = many(3000).check("--format markdown");
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.out.len() <= 65_536, "{} bytes", outcome.out.len());
    assert!(outcome.out.len() > 60_000, "the room is used: {} bytes", outcome.out.len());
    assert!(outcome.out.starts_with("<!-- canread: report -->\n"));
    let last = outcome.out.lines().last().unwrap_or_default();
    assert!(last.contains("left out of the tables") && last.contains("`--format html=FILE`"), "{last}");
    let opened = outcome.out.matches("<details>").count();
    assert!(opened > 10 && opened == outcome.out.matches("</details>").count());
    assert_eq!(outcome.out.matches("```").count(), 2 * opened);
}

#[test]
fn annotations_start_with_the_worst_and_leave_room_for_the_totals() {
    let outcome = here("diff schemas/shop/v1 schemas/shop/v2 --format github");
    let notices = outcome.out.lines().filter(|line| line.starts_with("::notice ")).count();
    assert_eq!(notices, 10, "{}", outcome.out);
    assert!(outcome.out.lines().last().is_some_and(|line| line.contains("notes without an annotation")));
    let check = undecided().check("-I lib --promise wire,json --format github").out;
    let levels: Vec<&str> = check.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(levels, ["::error", "::error", "::warning", "::notice"], "{check}");
}

#[test]
fn an_undecided_finding_is_a_failed_test_unless_it_is_allowed() {
    let world = undecided();
    let cases = |flags: &str| {
        let report = world.check(&format!("-I lib --format junit {flags}")).out;
        let undecided = report.split("<testcase ").find(|case| case.contains("(undecided)")).map(str::to_owned);
        undecided.expect("the finding is a case").contains("<failure ")
    };
    assert!(cases("") && cases("--fail-on error") && !cases("--allow-undecided"));
}

#[test]
fn a_code_quality_report_has_what_gitlab_documents() {
    let world = many(50);
    for (report, count) in [
        (world.check("--format gitlab").out, 50),
        (broken().check("--format gitlab").out, 2),
        (nothing().check("--format gitlab").out, 0),
    ] {
        let entries: Vec<serde_json::Value> = serde_json::from_str(&report).expect("an array");
        assert_eq!(entries.len(), count, "{report}");
        let mut fingerprints = std::collections::BTreeSet::new();
        for entry in &entries {
            for key in ["description", "check_name", "fingerprint"] {
                assert!(entry[key].as_str().is_some_and(|text| !text.is_empty()), "{entry}");
            }
            let severities = ["info", "minor", "major", "critical", "blocker"];
            assert!(entry["severity"].as_str().is_some_and(|severity| severities.contains(&severity)), "{entry}");
            // GitLab shows nothing for a path that starts with `./`.
            let path = entry["location"]["path"].as_str().unwrap_or_default();
            assert!(path.starts_with("new/") || path.starts_with("old/"), "{entry}");
            assert!(entry["location"]["lines"]["begin"].as_u64() >= Some(1), "{entry}");
            assert!(fingerprints.insert(entry["fingerprint"].to_string()), "{entry}");
        }
    }
}
