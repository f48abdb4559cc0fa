//! `diff`, `explain`, `rules`, help and usage errors.

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{Outcome, World, canread, here};

#[test]
fn diff_lists_every_change_and_finds_nothing_wrong_with_it() {
    assert_snapshot!(here("diff schemas/shop/v1 schemas/shop/v2"));
}

#[test]
fn diff_of_equal_versions_is_empty() {
    let world = World::pair("message M {}", "message M {}");
    assert!(world.run("diff old new").out.ends_with("\n0 changes\n"));
}

#[test]
fn diff_of_a_version_with_itself_is_a_usage_error() {
    assert_snapshot!(here("diff schemas/shop/v1 schemas/shop/v1"), @r"
    --- stderr
    error[project/same_version]: `schemas/shop/v1` is compared with itself
     |
     = note: both versions are read from one place, so nothing can have changed
    help: name the old version: `--against merge-base:REF`, `--against git:REF` or another directory

    exit 2
    ");
}

#[test]
fn explain_shows_the_page_of_a_rule() {
    assert_snapshot!("explain_text", here("explain protobuf/field_type_changed"));
    assert_snapshot!("explain_markdown", here("explain protobuf/field_type_changed --format markdown"));
}

#[test]
fn explain_takes_a_name_without_its_format() {
    assert_eq!(here("explain field_type_changed").out, here("explain protobuf/field_type_changed").out);
    assert_eq!(here("explain field_type_changed").code, Some(0));
}

#[test]
fn explain_has_a_page_for_what_a_report_says_beside_findings() {
    assert_snapshot!("explain_notice", here("explain policy/moved_out"));
    for notice in canread_report::NOTICES {
        for format in ["text", "markdown", "json"] {
            let outcome = here(&format!("explain {} --format {format}", notice.id));
            let words: String = outcome.out.split_whitespace().collect();
            let title: String = notice.title.split_whitespace().collect();
            assert!(outcome.code == Some(0) && words.contains(&title), "{outcome}");
        }
    }
    here("explain syntax/number").fails_with(2, &["what is wrong with a file"]);
}

/// Warnings and notes about approvals, paths and versions, wherever they are made.
#[test]
fn every_notice_has_a_page() {
    let mut pending = vec![canread_testing::workspace_root().join("crates")];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending
                .extend(std::fs::read_dir(&path).expect("it can be listed").map(|entry| entry.expect("it can").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") && path.to_string_lossy().contains("/src/") {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            for start in ["Diagnostic::warning(", "Diagnostic::new(Severity::Note,"] {
                for (_, rest) in text.match_indices(start).map(|(at, _)| text.split_at(at + start.len())) {
                    let code = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                    let code =
                        code.filter(|code| ["approval/", "policy/", "project/"].iter().any(|of| code.starts_with(of)));
                    seen.extend(code.map(str::to_owned));
                }
            }
        }
    }
    assert!(seen.len() >= 5, "{seen:?}");
    for code in seen {
        assert!(canread_report::notice(&code).is_some(), "`{code}` has no page");
    }
}

#[test]
fn explain_knows_what_was_meant() {
    assert_snapshot!(here("explain protobuf/field_type_chnaged"), @r"
    --- stderr
    error: there is no rule `protobuf/field_type_chnaged`
    help: is `protobuf/field_type_changed` meant? `canread rules` lists all of them
    exit 2
    ");
    assert_snapshot!(here("explain something/else/entirely"), @r"
    --- stderr
    error: there is no rule `something/else/entirely`
    help: `canread rules` lists all of them
    exit 2
    ");
}

#[test]
fn every_rule_can_be_listed_and_explained() {
    let list: Value = serde_json::from_str(&here("rules --format json").out).expect("the list is JSON");
    let list = list.as_array().expect("the list is an array");
    let text = here("rules").out;
    assert!(text.ends_with(&format!("\n{} rules; `canread explain RULE` shows one\n", list.len())), "{text}");
    for rule in list {
        let id = rule["id"].as_str().expect("a rule has an id");
        assert!(text.lines().any(|line| line.split(' ').next() == Some(id)), "{id} is not in the text");
        for key in ["title", "since", "rationale", "remedy", "spec"] {
            assert!(rule[key].as_str().is_some_and(|value| !value.is_empty()), "{id} has no {key}");
        }
        assert!(rule["claims"].as_array().is_some_and(|claims| !claims.is_empty()), "{id} claims nothing");
        assert!(rule["opt_in"].is_boolean() && rule["example"]["old"].is_string() && rule["formats"].is_array());
        let page = here(&format!("explain {id}"));
        assert_eq!(page.code, Some(0));
        assert!(page.out.starts_with(&format!("{id}: ")), "{}", page.out);
        let object: Value = serde_json::from_str(&here(&format!("explain {id} --format json")).out).expect("JSON");
        assert_eq!(&object, rule, "the page of a rule is its entry in the list");
    }
}

#[test]
fn the_long_help_is_worth_reading() {
    assert_snapshot!("help", here("--help"));
    assert_snapshot!("help_check", here("check --help"));
    assert_snapshot!("help_diff", here("diff --help"));
}

#[test]
fn no_arguments_show_what_there_is_and_fail() {
    let outcome = here("");
    assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""));
    assert!(outcome.err.contains("Commands:") && outcome.err.contains("check"), "{}", outcome.err);
}

#[test]
fn what_makes_no_sense_is_a_usage_error_with_the_next_step() {
    for (arguments, parts) in [
        ("--foo", &["unexpected argument '--foo'", "--help"][..]),
        ("chekc", &["unrecognized subcommand 'chekc'", "'check'"]),
        ("check", &["--against <BASELINE>"]),
        ("check a b --against c", &["unexpected argument 'b'", "tip: the old version is named by a flag: `--against"]),
        ("check --staged", &["unexpected argument '--staged'", "tip: what is staged is a path: `staged:.`"]),
        ("lint a --chached", &["unexpected argument '--chached'"]),
        (
            "check --against x --format yaml",
            &["invalid value 'yaml'", "full, concise, html, markdown, json, jsonl, sarif, junit, github, gitlab"],
        ),
        ("check --against x --promise wires", &["invalid value 'wires'", "'wire'"]),
        ("check --against x --fail-on never", &["invalid value 'never'"]),
        ("diff schemas/shop/v1", &["<NEW>"]),
        ("explain", &["<RULE>"]),
        ("explain lint/nope", &["there is no lint `lint/nope`", "`canread rules --lints`"]),
        ("check --against x --mode sideways", &["none, backward, forward, full"]),
        ("diff . git:v1", &["`git:v1` has no path", "the old version comes first"]),
        ("rules --format xml", &["invalid value 'xml'"]),
        ("check schemas --against git:", &["`git:` names no revision", "merge-base:REF"]),
        ("check schemas --against https://example.org/x", &["not read from the network"]),
        ("check README.md --against schemas", &["`README.md` is no schema file", ".proto"]),
        ("check git:HEAD --against schemas", &["has no path", "`REF:PATH`, such as `HEAD:.`"]),
        ("lint git:tags/v*", &["`git:tags/v*` has no path, so it can only be an old version"]),
        ("lint :schemas", &["`:schemas` names no revision", "`staged:schemas`", "`HEAD:schemas`"]),
        ("check schemas --against :schemas", &["`:schemas` names no revision", "merge-base:REF"]),
    ] {
        here(arguments).fails_with(2, parts);
    }
}

/// An empty variable in a script is an empty argument.
#[test]
fn an_empty_path_is_told_from_an_empty_baseline() {
    let world = World::pair("message M {}", "message M {}");
    let run = |arguments: &[&str]| Outcome::of(canread(&world.path("")).args(arguments));
    run(&["check", "", "--against", "old"]).fails_with(2, &["the path is empty", "`.`"]);
    run(&["check", "new", "--against", ""]).fails_with(2, &["the baseline is empty"]);
    run(&["lint", ""]).fails_with(2, &["the path is empty"]);
}

#[test]
fn what_is_no_path_is_told_what_it_may_be() {
    let Some(world) = World::repository(&[("a.proto", "syntax = \"proto3\";\n")]) else { return };
    for (arguments, parts) in [
        ("check HEAD --against git:HEAD", &["no file or directory `HEAD`", "is a revision", "`HEAD:.`"][..]),
        ("diff HEAD main", &["no file or directory `main`", "`main:.`"]),
        ("lint staged", &["no file or directory `staged`", "`staged:.`"]),
        ("fmt b/*.proto", &["no file or directory `b/*.proto`", "patterns mean nothing here"]),
        ("check --against old/*", &["no file or directory `old/*`", "patterns mean nothing here"]),
    ] {
        world.run(arguments).fails_with(3, parts);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(here("--version").out, format!("canread {}\n", env!("CARGO_PKG_VERSION")));
}
