//! Files under mode `none`, or with rules that are off: they are counted, and what is moved into them is told.

use serde_json::Value;

use crate::world::{Outcome, P3, World};

fn message(name: &str, ty: &str) -> String {
    format!("{P3}package {p};\nmessage {name} {{\n  {ty} id = 1;\n}}\n", p = name.to_lowercase())
}

/// `new` beside `old`, and a section of `canread.toml` for `new/internal`.
fn world(section: &str, files: &[(&str, &str, &str)]) -> World {
    let config = format!("version = 1\nagainst = \"old\"\n[[path]]\nglob = \"new/internal/**\"\n{section}");
    let world = World::with(&[("canread.toml", config)]);
    for (path, name, ty) in files {
        world.write(path, message(name, ty));
    }
    world
}

const NONE: &str = "mode = \"none\"\n";

/// The warnings about what was moved.
fn moved(outcome: &Outcome) -> Vec<&str> {
    outcome.out.lines().filter(|line| line.contains("[policy/moved_out]")).collect()
}

#[test]
fn files_under_mode_none_are_counted_in_every_report() {
    let files = [
        ("old/a.proto", "A", "int64"),
        ("new/a.proto", "A", "int64"),
        ("old/internal/b.proto", "B", "int64"),
        ("new/internal/b.proto", "B", "int32"),
        ("old/internal/c.proto", "C", "int64"),
        ("new/internal/c.proto", "C", "int64"),
    ];
    let world = world(NONE, &files);
    let line = "not checked: 2 files under mode none, such as `new/internal/b.proto`";
    for format in ["full", "concise", "github", "junit"] {
        let outcome = world.run(&format!("check new --format {format}"));
        let text = outcome.out.replace("&apos;", "'");
        assert!(outcome.code == Some(0) && text.contains(line), "{format}: {outcome}");
    }
    let plain =
        |text: &str| text.replace("<code>", "`").replace("</code>", "`").replace("\\_", "_").replace("<wbr>", "");
    for format in ["markdown", "html"] {
        let outcome = world.run(&format!("check new --format {format}"));
        assert!(plain(&outcome.out).contains(line), "{format}: {outcome}");
    }
    let json = |arguments: &str| -> Value { serde_json::from_str(&world.run(arguments).out).expect("JSON") };
    assert_eq!(json("check new --format json")["compared"]["unchecked"], 2);
    assert_eq!(json("check new --format sarif")["runs"][0]["properties"]["unchecked"], 2);
    assert!(world.run("check new --format junit").out.contains("<property name=\"unchecked\" value=\"2\"/>"));
    // A flag asks for more of the others: what is left out stays so.
    for flag in ["--mode backward", "--mode full-transitive"] {
        assert_eq!(json(&format!("check new --format json {flag}"))["compared"]["unchecked"], 2);
    }
    let variable = Outcome::of(world.command("check new").env("CANREAD_MODE", "full"));
    assert!(variable.code == Some(0) && variable.out.contains(line), "{variable}");
    let none = world.run("check new --mode none");
    assert!(none.out.contains("mode none: nothing is promised") && !none.out.contains("not checked"), "{none}");
    assert_eq!(json("check new --format json --mode none")["compared"]["unchecked"], 3);
    assert!(!world.run("diff old new").out.contains("not checked"));
}

#[test]
fn a_break_that_moves_into_mode_none_is_told_with_both_paths() {
    let files = [("old/pay/a.proto", "Order", "int64"), ("new/internal/a.proto", "Order", "int32")];
    let world = world(NONE, &files);
    insta::assert_snapshot!(world.run("check new"));
    assert_eq!(world.run("check new --fail-on warning").code, Some(1));
    // Unchanged, too: from now on nobody looks.
    world.write("new/internal/a.proto", message("Order", "int64"));
    let outcome = world.run("check new --format concise");
    assert_eq!(
        moved(&outcome),
        ["new/internal/a.proto:3:9: warning[policy/moved_out]: `order.Order` was in `old/pay/a.proto` and is in \
          `new/internal/a.proto` now, which has mode none"]
    );
    // In a history, it is the newest version that counts.
    world.write("older/internal/a.proto", message("Order", "int64"));
    let outcome = world.run("check new --against older --against old --format concise");
    assert_eq!(moved(&outcome).len(), 1, "{outcome}");
    let outcome = world.run("check new --against old --against older --format concise");
    assert!(moved(&outcome).is_empty(), "{outcome}");
}

#[test]
fn a_file_that_keeps_the_name_by_which_it_is_imported_is_told_too() {
    let import = format!("{P3}package user;\nimport \"a.proto\";\nmessage User {{ order.Order order = 1; }}\n");
    let Some(world) = World::repository(&[
        ("api/a.proto", &message("Order", "int64")),
        ("api/user.proto", &import),
        ("canread.toml", "version = 1\n[[path]]\nglob = \"internal/**\"\nmode = \"none\"\n"),
    ]) else {
        return;
    };
    world.git("mv api internal");
    let outcome = world.run("check . --against git:HEAD --format concise");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let told = moved(&outcome);
    assert!(
        told.len() == 2 && told[0].contains("`api/a.proto` is `internal/a.proto` now, which has mode none"),
        "{outcome}"
    );
    assert!(outcome.out.contains("not checked: 2 files under mode none"), "{outcome}");
}

#[test]
fn a_break_that_moves_to_where_its_rule_is_off_is_told() {
    let files = [("old/pay/a.proto", "Order", "int64"), ("new/internal/a.proto", "Order", "int32")];
    let world = world("[path.rules]\n\"protobuf/field_type_changed\" = \"off\"\n", &files);
    insta::assert_snapshot!(world.run("check new"));
    let json: Value = serde_json::from_str(&world.run("check new --format json").out).expect("JSON");
    assert_eq!(json["compared"].get("unchecked"), None, "{json:#}");
    // Without the break there is nothing to tell: the other rules look.
    world.write("new/internal/a.proto", message("Order", "int64"));
    assert!(moved(&world.run("check new --format concise")).is_empty());
}

#[test]
fn a_type_of_avro_that_moves_into_mode_none_is_told() {
    let record =
        |ty: &str| format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": "{ty}"}}]}}"#);
    let world = world(NONE, &[]);
    world.write("old/r.avsc", record("long"));
    world.write("new/internal/r.avsc", record("int"));
    let outcome = world.run("check new");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.out.contains("`R` was in `old/r.avsc` and is in `new/internal/r.avsc` now"), "{outcome}");
    assert!(outcome.out.contains("1 finding is left out that would count in `old/r.avsc`"), "{outcome}");
    // A copy that stays is still checked.
    world.write("new/r.avsc", record("long"));
    world.write("new/internal/r.avsc", record("long"));
    let outcome = world.run("check new --format concise");
    assert!(moved(&outcome).is_empty(), "{outcome}");
}

#[test]
fn what_was_not_checked_before_or_is_checked_now_is_not_told() {
    for (old, new) in [
        ("old/internal/a.proto", "new/internal/b.proto"),
        ("old/internal/a.proto", "new/a.proto"),
        ("old/a.proto", "new/b.proto"),
    ] {
        let outcome = world(NONE, &[(old, "A", "int64"), (new, "A", "int64")]).run("check new --format concise");
        assert!(moved(&outcome).is_empty(), "{old} {new}: {outcome}");
    }
    let world = world(NONE, &[("old/a.proto", "A", "int64"), ("new/internal/a.proto", "A", "int32")]);
    // Without the file nothing is hidden.
    let outcome = world.run("check new --against old --no-config --format concise");
    assert!(outcome.code == Some(1) && moved(&outcome).is_empty(), "{outcome}");
    // Two files that the user names are one in two versions.
    let outcome = world.run("check new/internal/a.proto --against old/a.proto --format concise");
    assert!(moved(&outcome).is_empty(), "{outcome}");
}
