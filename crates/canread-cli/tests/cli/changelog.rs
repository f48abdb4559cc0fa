//! What each release changed: over tags of a repository, and over directories.

use insta::assert_snapshot;

use crate::foreign_readers::told;
use crate::world::{Outcome, P3, World, canread, here};

const SHOP: &str = "changelog schemas/shop/v1 schemas/shop/v2 schemas/shop/v3 schemas/shop/v4";

fn message(fields: &str) -> String {
    format!("{P3}message Order {{\n{fields}}}\n")
}

const ID: &str = "  int64 id = 1;\n";
const ID32: &str = "  int32 id = 1;\n";
const NOTE: &str = "  int64 id = 1;\n  string note = 2;\n";

/// Commits everything on a day, counted from 2026-01-01 in UTC, and tags it.
fn release(world: &World, day: u32, tags: &[&str]) {
    world.git("add --all");
    let date = format!("2026-01-{day:02}T12:00:00+0000");
    world.git_at(&date, "commit --quiet --allow-empty --message=step");
    for tag in tags {
        world.git(&format!("tag -a -m release {tag}"));
    }
}

/// A repository in which `s/a.proto` has each text in turn, released as `v1`, `v2` and so on, a day each.
fn released(texts: &[&str]) -> Option<World> {
    let world = World::repository(&[("readme", "")])?;
    for (day, text) in (1..).zip(texts) {
        world.write("s/a.proto", message(text));
        release(&world, day, &[&format!("v{day}")]);
    }
    Some(world)
}

/// What a run prints, which must be a changelog.
#[track_caller]
fn printed(outcome: Outcome) -> String {
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""), "{}", outcome.out);
    outcome.out
}

/// The headings of versions, and sentences that stand by themselves.
fn outline(text: &str) -> Vec<&str> {
    let is_part = |line: &&str| {
        line.starts_with("## ") || ["No schema", "There were", "Nothing"].iter().any(|start| line.starts_with(start))
    };
    text.lines().filter(is_part).collect()
}

#[test]
fn the_shop_from_version_to_version() {
    assert_snapshot!("shop", printed(here(SHOP)));
}

#[test]
fn tags_are_versions_and_the_work_tree_is_not_released() {
    let Some(world) = released(&[ID, NOTE, NOTE, ID32]) else { return };
    world.write("s/a.proto", message("  int32 id = 1;\n  bool gift = 3;\n"));
    let changelog = printed(world.run("changelog s"));
    assert_snapshot!(changelog);
    // Paths are those below what is named, wherever the command runs.
    let mut below = canread(&world.path("s"));
    assert_eq!(printed(Outcome::of(below.arg("changelog"))), changelog);
    assert_eq!(printed(Outcome::of(world.command("changelog").arg(world.path("s")))), changelog);
    assert_eq!(printed(world.run("changelog s/a.proto")), changelog);
}

#[test]
fn what_is_not_released_and_changes_nothing_is_no_version() {
    let Some(world) = released(&[ID, NOTE]) else { return };
    world.write("s/a.proto", message(NOTE) + "// a comment\n");
    assert_eq!(outline(&printed(world.run("changelog s"))), ["## v2 (2026-01-02)", "## v1 (2026-01-01)"]);
    let json = json(&world, "changelog s");
    assert_eq!(json["versions"].as_array().map(Vec::len), Some(2));
    assert_eq!(outline(&printed(world.run("changelog s --from v2"))), ["Nothing changed."]);
}

#[test]
fn versions_that_change_nothing_take_one_line() {
    let Some(world) = released(&[ID, ID, ID, NOTE, NOTE, NOTE, NOTE, NOTE, NOTE, NOTE, ID]) else { return };
    let text = printed(world.run("changelog s"));
    let expected = [
        "## v11 (2026-01-11)",
        "No schema changed in v10, v9, v8, v7, v6 and 1 more.",
        "## v4 (2026-01-04)",
        "No schema changed in v3 and v2.",
        "## v1 (2026-01-01)",
    ];
    assert_eq!(outline(&text), expected);
    // What it is compared with is the version right before, and not the last that changed something.
    assert!(text.contains("\nSince v10: 1 breaking.\n") && text.contains("\nSince v3: 1 change.\n"), "{text}");
}

#[test]
fn a_part_of_the_history_is_one_release_or_several() {
    let Some(world) = released(&[ID, NOTE, ID32]) else { return };
    let part = |arguments: &str| {
        let text = printed(world.run(&format!("changelog s {arguments}")));
        outline(&text).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(part("--from v1 --to v2"), ["## v2 (2026-01-02)"]);
    assert_eq!(part("--from v1"), ["## v3 (2026-01-03)", "## v2 (2026-01-02)"]);
    assert_eq!(part("--to v2"), ["## v2 (2026-01-02)", "## v1 (2026-01-01)"]);
    world.write("s/a.proto", message("  int32 id = 1;\n  bool gift = 3;\n"));
    assert_eq!(part("--from v3 --to HEAD"), ["Nothing changed."]);
    assert_eq!(part("--from v3"), ["## Unreleased"]);
    world.commit();
    assert_eq!(part("--from v3 --to HEAD"), ["## Unreleased"]);
    assert_eq!(part("--tags v[13] --to v3"), ["## v3 (2026-01-03)", "## v1 (2026-01-01)"]);
    world.run("changelog s --from v3 --to v1").fails_with(2, &["`v1` is older than `v3`"]);
    world
        .run("changelog s --tags w*")
        .fails_with(3, &["no tag of a commit matches `w*`", "the tags are `v3`, `v2`, `v1`"]);
    world.run("changelog s --from w1").fails_with(3, &["no branch, tag or commit is called `w1`"]);
}

#[test]
fn what_was_retired_in_an_older_version_is_no_safe_addition() {
    let Some(world) = released(&[NOTE, ID, ID, "  int64 id = 1;\n  string gift_text = 2;\n", ID]) else { return };
    let text = printed(world.run("changelog s --to v4"));
    let section = text.split("\nNo schema changed").next().unwrap_or_default();
    assert!(section.contains("### Breaking changes") && !section.contains("### Added"), "{text}");
    assert!(section.contains("number 2 of `Order` was `note` (string) until git:v1 ("), "{text}");
    // Also where only the last release is asked for, and in a mode that compares with every version.
    for arguments in ["--from v3", "--mode backward-transitive"] {
        let text = printed(world.run(&format!("changelog s --to v4 {arguments}")));
        assert!(text.contains(section.trim_end().split_once("## v4").expect("a heading").1), "{arguments}: {text}");
    }
    // What older versions did is told there, and not again.
    let later = printed(world.run("changelog s --from v4 --to v5 --mode backward-transitive"));
    assert_eq!(later.matches("protobuf/").count(), 1, "{later}");
}

#[test]
fn versions_before_the_first_that_retires_something_need_not_be_looked_through() {
    let Some(world) = released(&[ID, ID, NOTE, ID, "  int64 id = 1;\n  string gift_text = 2;\n"]) else { return };
    let text = printed(world.run("changelog s --to v5"));
    assert!(
        text.contains("number 2 of `Order` was `note` (string) until git:v3 (")
            && text.contains(", is not in git:v4 ("),
        "{text}"
    );
    // What comes back as it was is an addition like others.
    world.write("s/a.proto", message(NOTE));
    world.git("tag -d v5");
    release(&world, 6, &["v6"]);
    let text = printed(world.run("changelog s --from v4 --to v6"));
    assert!(text.contains("Since v4: 1 change.") && text.contains("### Added"), "{text}");
}

#[test]
fn each_entry_of_json_has_all_that_the_text_has() {
    let Some(world) = released(&[NOTE, ID32]) else { return };
    let json = json(&world, "changelog s --to v2");
    assert_eq!(
        (&json["version"], &json["mode"], &json["promise"]),
        (&1.into(), &"backward".into(), &serde_json::json!(["wire", "rpc"]))
    );
    let versions = json["versions"].as_array().expect("a list");
    let head = |at: usize| {
        let keys = ["names", "date", "since", "schemas"];
        keys.map(|key| versions[at][key].clone())
    };
    assert_eq!(serde_json::json!(head(0)), serde_json::json!([["v2"], "2026-01-02", "v1", 1]));
    assert_eq!(serde_json::json!(head(1)), serde_json::json!([["v1"], "2026-01-01", null, 1]));
    let narrowed = &versions[0]["entries"][0];
    assert_snapshot!(serde_json::to_string_pretty(narrowed).expect("JSON"));
}

/// The published schema allows no key that it does not describe, so that a new one has to be described there.
#[test]
fn changelogs_are_valid_under_the_published_schema() {
    let Some(mut oracle) = canread_testing::oracle("json_schema_check.py") else { return };
    let Some(world) = World::repository(&[("readme", "")]) else { return };
    release(&world, 1, &["v0"]);
    for (day, text) in [(2, ID), (3, NOTE), (4, NOTE), (5, ID32)] {
        world.write("s/a.proto", message(text));
        release(&world, day, &[&format!("v{day}")]);
    }
    world.write("s/a.proto", message("  int32 id = 1;\n  bool gift = 2;\n"));
    let approved = json(&world, "changelog s --to v5")["versions"][0]["entries"][0]["finding"]["fingerprint"].clone();
    let section = format!("[[allow]]\nfingerprint = {approved}\nreason = \"r\"\nuntil = 2026-01-31\n");
    world.write("allowed.toml", format!("version = 1\n{section}"));
    let changelogs = [
        here(&format!("{SHOP} --mode full-transitive --promise wire,rpc,json,source --format json")),
        here("changelog schemas/shop-avro/v1 schemas/shop-avro/v2 --format json"),
        world.run("changelog s --format json"),
        world.run("changelog s --format json --config allowed.toml"),
        world.run("changelog s --format json --mode none"),
        world.run("changelog s --format json --from v5 --to v5"),
    ];
    let changelogs = changelogs.map(printed);
    assert!(changelogs[3].contains("\"reason\": \"r\"") && changelogs[2].contains("\"v0\""));
    let mut unknown: serde_json::Value = serde_json::from_str(&changelogs[2]).expect("JSON");
    unknown["versions"][0]["entries"][0]["other"] = true.into();
    let folder = tempfile::tempdir().expect("a temporary directory can be made");
    oracle.arg(canread_testing::workspace_root().join("crates/canread-report/changelog.schema.json"));
    for (at, changelog) in changelogs.into_iter().chain([unknown.to_string()]).enumerate() {
        let path = folder.path().join(format!("{at}.json"));
        std::fs::write(&path, changelog).expect("a file can be written");
        oracle.arg(path);
    }
    let output = oracle.output().expect("the oracle runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("documents 7, valid 6, invalid 1") && text.contains("'other' was unexpected"), "{text}");
}

#[test]
fn the_policy_is_that_of_check() {
    let Some(world) = released(&[NOTE, ID32]) else { return };
    let titles = |arguments: &str| {
        let text = printed(world.run(&format!("changelog s --to v2 {arguments}")));
        text.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(titles(""), ["Breaking changes"]);
    assert_eq!(titles("--mode none"), ["Removed", "Changed"]);
    assert!(printed(world.run("changelog s --to v2 --mode none")).contains("nothing counts as breaking"));
    let settings = "version = 1\n[rules]\n\"protobuf/field_type_changed\" = \"warning\"\n";
    world.write("canread.toml", settings);
    assert_eq!(titles(""), ["Breaking changes", "Warnings"]);
    assert_eq!(titles("--no-config"), ["Breaking changes"]);
    world.write("canread.toml", "version = 1\n[[path]]\nglob = \"s/**\"\nmode = \"none\"\n");
    assert_eq!(titles(""), ["Removed", "Changed"]);
    world.run("changelog s --enable no/such_rule").fails_with(2, &["there is no rule `no/such_rule`"]);
    world.write("canread.toml", "version = 1\nmdoe = \"full\"\n");
    world.run("changelog s").fails_with(2, &["mdoe"]);
}

#[test]
fn what_was_approved_is_shown_as_such_whatever_day_it_is() {
    let Some(world) = released(&[ID, ID32]) else { return };
    let fingerprint =
        json(&world, "changelog s --to v2")["versions"][0]["entries"][0]["finding"]["fingerprint"].clone();
    let approval =
        format!("[[allow]]\nfingerprint = {fingerprint}\nreason = \"no *one* is left\"\nuntil = 2026-01-31\n");
    world.write("canread.toml", format!("version = 1\n{approval}"));
    let today = printed(world.run("changelog s --to v2"));
    assert!(today.contains("\nSince v1: 1 allowed.\n\n### Allowed\n"), "{today}");
    assert!(
        today.contains(
            "low 32 bits (allowed until 2026-01-31): no &#42;one&#42; is left (`protobuf/field_type_changed`)"
        ),
        "{today}"
    );
    for day in ["2020-01-01", "2030-01-01"] {
        assert_eq!(printed(world.run(&format!("changelog s --to v2 --today {day}"))), today);
    }
    // Also where older versions are looked through.
    world.write("s/a.proto", message(ID));
    world.commit();
    world.write("s/a.proto", message(ID32));
    release(&world, 9, &["v3"]);
    world.git("tag -d v1");
    world.git("tag v0 HEAD~3");
    assert!(printed(world.run("changelog s --to v3")).contains("### Allowed"));
}

#[test]
fn a_version_that_cannot_be_understood_leaves_no_changelog() {
    let Some(world) = released(&[ID, "  int64 id = ;\n", ID]) else { return };
    world.write("changelog.md", "as it was\n");
    for arguments in ["", "--to v2", "--format markdown=changelog.md --format json", "--format html"] {
        let outcome = world.run(&format!("changelog s {arguments}"));
        outcome.fails_with(
            3,
            &["s/a.proto:3:14", "`v2` could not be compared with `v1`: there is no changelog", "`--tags`"],
        );
        assert_eq!(outcome.out, "");
    }
    assert_eq!(std::fs::read_to_string(world.path("changelog.md")).expect("it is there"), "as it was\n");
    assert_eq!(
        outline(&printed(world.run("changelog s --tags v[13]"))),
        ["No schema changed in v3.", "## v1 (2026-01-01)"]
    );
    world.write("s/a.proto", "message {");
    world
        .run("changelog s --from v3")
        .fails_with(3, &["s/a.proto:1:9", "the work tree could not be compared with `v3`"]);
}

#[test]
fn tags_from_before_the_schemas_are_named_at_the_end() {
    let Some(world) = World::repository(&[("readme", "")]) else { return };
    release(&world, 1, &["v0.1"]);
    release(&world, 2, &["v0.2", "v0.2-final"]);
    world.write("s/a.proto", message(ID));
    release(&world, 3, &["v1.0", "v1"]);
    let text = printed(world.run("changelog s"));
    assert_eq!(outline(&text), ["## v1, v1.0 (2026-01-03)", "There were no schemas yet in v0.2 and v0.1."]);
    assert_eq!(json(&world, "changelog s")["without_schemas"], serde_json::json!(["v0.2", "v0.1"]));
    world.git("mv s t");
    release(&world, 4, &["v2"]);
    world.run("changelog s").fails_with(3, &["there is no `s` in v2"]);
}

#[test]
fn each_version_has_imports_of_its_own() {
    let Some(world) = World::repository(&[("readme", "")]) else { return };
    let money = |kind: &str| format!("{P3}message Money {{\n  {kind} cents = 1;\n}}\n");
    world.write("s/a.proto", format!("{P3}import \"money.proto\";\nmessage Order {{\n  Money total = 1;\n}}\n"));
    for (day, kind) in [(1, "int64"), (2, "int32"), (3, "int64")] {
        world.write("lib/money.proto", money(kind));
        release(&world, day, &[&format!("v{day}")]);
    }
    let text = printed(world.run("changelog s -I lib"));
    assert_eq!(outline(&text), ["## v3 (2026-01-03)", "## v2 (2026-01-02)", "## v1 (2026-01-01)"]);
    assert!(text.contains("**`Money`** in `lib/money.proto`\n\n- `Money.cents` was int64 and is int32"), "{text}");
    world.run("changelog s -I none").fails_with(2, &["names no directory"]);
}

#[test]
fn equal_runs_give_equal_bytes_whatever_the_number_of_threads() {
    for format in ["markdown", "html", "json"] {
        let with = |threads: &str| {
            let mut command = canread(canread_testing::workspace_root());
            command.args(SHOP.split(' ')).args(["--format", format]).env("RAYON_NUM_THREADS", threads);
            printed(Outcome::of(&mut command))
        };
        assert_eq!(with("1"), with("4"));
    }
}

#[test]
fn versions_may_be_named_one_by_one() {
    let Some(world) = released(&[ID, NOTE]) else { return };
    let text = printed(world.run("changelog v1:s v2:s s"));
    assert_eq!(outline(&text), ["No schema changed in s.", "## v2:s", "## v1:s"]);
    for flag in ["--tags v*", "--from v1", "--to v1"] {
        let parts = ["is about tags, and the versions are named one by one"];
        world.run(&format!("changelog v1:s v2:s {flag}")).fails_with(2, &parts);
    }
    world.run("changelog s s").fails_with(2, &["is compared with itself"]);
    world.run("changelog v1:s nowhere").fails_with(3, &["there is no file or directory `nowhere`"]);
    let outside = World::with(&[("s/a.proto", "message M {}")]);
    outside.run("changelog s").fails_with(2, &["`s` is in no git repository", "canread changelog v1 v2 v3"]);
}

#[test]
fn several_formats_of_schemas_are_one_changelog() {
    let avro = |fields: &str| format!(r#"{{"type": "record", "name": "shop.User", "fields": [{fields}]}}"#);
    let (name, age) = (r#"{"name": "name", "type": "string"}"#, r#"{"name": "age", "type": "int"}"#);
    let world = World::with(&[
        ("v1/a.proto", message(ID)),
        ("v1/user.avsc", avro(name)),
        ("v2/a.proto", message(NOTE)),
        ("v2/user.avsc", avro(&format!("{name}, {age}"))),
        ("v3/a.proto", message(NOTE)),
        ("v3/user.avsc", avro(age)),
    ]);
    assert_snapshot!(printed(world.run("changelog v1 v2 v3")));
}

#[test]
fn many_changelogs_of_one_run_go_to_files() {
    let Some(world) = released(&[ID, ID32]) else { return };
    let outcome = world.run("changelog s --format markdown=a.md --format html=a.html --format json=a.json");
    assert_eq!(printed(outcome), "2 versions, 1 breaking change\n");
    for (format, file) in [("markdown", "a.md"), ("html", "a.html"), ("json", "a.json")] {
        let written = std::fs::read_to_string(world.path(file)).expect("it was written");
        assert_eq!(written, printed(world.run(&format!("changelog s --format {format}"))));
    }
    world.run("changelog s --format html --format json").fails_with(2, &["`--format json=FILE`"]);
    world.run("changelog s --format sarif").fails_with(2, &["invalid value 'sarif'", "markdown, html, json"]);
    world.run("changelog s --format json=none/a.json").fails_with(3, &["could not be written to `none/a.json`"]);
}

/// What a run says in JSON.
fn json(world: &World, arguments: &str) -> serde_json::Value {
    serde_json::from_str(&printed(world.run(&format!("{arguments} --format json")))).expect("a changelog is JSON")
}

/// Versions, files and names that are markup.
fn odd() -> Option<World> {
    let text = |kind: &str, name: &str| {
        format!("{P3}message M {{\n  {kind} id = 1;\n  string s = 3 [json_name = \"{name}\"];\n}}\n")
    };
    let world = World::repository(&[("s/a`b <i> & c.proto", &text("int64", "<b>|`*_@all_*`|</b>"))])?;
    world.git("tag v1<b>&\"x\"");
    world.write("s/a`b <i> & c.proto", text("int32", "</script><img src=x onerror=alert(1)>"));
    release(&world, 2, &["v2_a_", "v2|`code`"]);
    Some(world)
}

#[test]
fn names_of_others_are_no_markup() {
    let Some(world) = odd() else { return };
    let markdown = printed(world.run("changelog s --promise wire,json"));
    assert_snapshot!(without_dates_and_hashes(&markdown));
    let html = printed(world.run("changelog s --promise wire,json --format html"));
    for markup in ["<b>", "<i>", "<img", "<script"] {
        assert!(!html.contains(markup), "{html}");
    }
}

/// The first version of a world is committed now.
fn without_dates_and_hashes(text: &str) -> String {
    let lines =
        text.lines().map(|line| if line.starts_with("## v1") { line.split(" (").next().unwrap_or(line) } else { line });
    lines.fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn the_page_is_readable_in_a_browser_and_asks_for_nothing() {
    let Some(browser) = canread_testing::browser() else { return };
    let Some(mut oracle) = canread_testing::oracle("html_read.py") else { return };
    let Some(odd) = odd() else { return };
    oracle.arg(browser);
    let nothing = released(&[ID]).map(|world| world.run("changelog s --from v1 --format html"));
    let pages = [
        ("shop", here(&format!("{SHOP} --format html")), 8),
        ("odd", odd.run("changelog s --promise wire,json --format html"), 1),
        ("nothing", nothing.expect("git is installed"), 0),
    ];
    let pages = pages.map(|(name, outcome, articles)| (name, printed(outcome), articles));
    let reports: Vec<(&str, String)> = pages.iter().map(|(name, page, _)| (*name, page.clone())).collect();
    for ((name, _, articles), told) in pages.iter().zip(told(oracle, "html", &reports)) {
        assert_eq!(told["heading"], "Schema changelog", "{name}");
        assert_eq!((&told["articles"], &told["visible"]), (&(*articles).into(), &(*articles).into()), "{name}: {told}");
        for key in ["requests", "console", "too_wide", "pale", "unnamed"] {
            assert_eq!(told[key], serde_json::json!([]), "{name}: {key}");
        }
    }
}

#[test]
fn what_can_be_done_about_a_broken_version_depends_on_how_it_is_named() {
    let world = World::pair("syntax = \"proto3\";\nmessage A {}\n", "nonsense");
    let outcome = world.run("changelog old new");
    outcome.fails_with(3, &["`new` could not be compared with `old`: there is no changelog", "new/a.proto:1:1"]);
    assert!(!outcome.err.contains("--tags"), "{outcome}");
}
