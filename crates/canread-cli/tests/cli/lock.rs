//! A baseline that needs no repository.

use std::fs;

use insta::assert_snapshot;

use crate::world::{Outcome, P3, World, canread};

fn message(fields: &str) -> String {
    format!("{P3}import \"common/money.proto\";\nmessage Order {{\n{fields}}}\n")
}

const MONEY: &str = "syntax = \"proto3\";\nmessage Money { int64 units = 1; }\n";

/// Schemas that import from a directory of their own, locked.
fn locked() -> World {
    let world = World::with(&[
        ("s/a.proto", message("  int64 id = 1;\n  Money total = 2;\n")),
        ("s/u.avsc", r#"{"type": "record", "name": "U", "fields": [{"name": "id", "type": "long"}]}"#.to_owned()),
        ("s/v.json", r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#.to_owned()),
        ("s/package.json", "{}".to_owned()),
        ("third_party/common/money.proto", MONEY.to_owned()),
    ]);
    let outcome = world.run("lock s -I third_party");
    assert_eq!(outcome.to_string(), "locked: 3 schemas, and 1 file that they need, in canread.lock\nexit 0\n");
    world
}

#[test]
fn a_lock_is_text_that_a_review_can_read() {
    let world = locked();
    assert_snapshot!(fs::read_to_string(world.path("canread.lock")).expect("it was written"));
    let before = fs::read(world.path("canread.lock")).expect("it was written");
    assert_eq!(
        world.run("lock s -I third_party").out,
        "unchanged: 3 schemas, and 1 file that they need, in canread.lock\n"
    );
    assert_eq!(fs::read(world.path("canread.lock")).expect("it is there"), before);
}

#[test]
fn a_change_is_found_though_nothing_else_is_left_of_the_old_version() {
    let world = locked();
    let same = world.run("check s --against lock -I third_party --format concise");
    assert_eq!(same.code, Some(0), "{same}");
    world.write("s/a.proto", message("  int32 id = 1;\n  Money total = 2;\n"));
    world.write("s/u.avsc", r#"{"type": "record", "name": "U", "fields": [{"name": "id", "type": "int"}]}"#);
    world.write("third_party/common/money.proto", MONEY.replace("int64", "string"));
    assert_snapshot!(world.run("check s --against lock -I third_party"));
    let file = world.run("check s/u.avsc --against lock:canread.lock --format concise");
    assert_eq!((file.code, file.out.matches("error[").count()), (Some(1), 1), "{file}");
    let several = world.run("check s --against lock --against lock -I third_party --format concise");
    assert_eq!(several.code, Some(1), "{several}");
    let diff = world.run("diff lock s -I third_party --format concise");
    assert!(diff.out.contains("type was int64 and is int32"), "{diff}");
    // From another directory, and by the configuration.
    world.write("s/canread.toml", "version = 1\nagainst = \"lock:../canread.lock\"\ninclude = [\"../third_party\"]\n");
    let inside = Outcome::of(canread(&world.path("s")).args(["check", "--format", "concise"]));
    assert_eq!(inside.code, Some(1), "{inside}");
    assert_eq!(inside.out.matches("error[").count(), same_count(&world), "{inside}");
}

fn same_count(world: &World) -> usize {
    world.run("check s --against lock -I third_party --format concise").out.matches("error[").count()
}

#[test]
fn a_release_can_be_locked() {
    let Some(world) = World::repository(&[("s/a.proto", "syntax = \"proto3\";\nmessage A { int64 id = 1; }\n")]) else {
        return;
    };
    world.git("tag v1");
    world.write("s/a.proto", "syntax = \"proto3\";\nmessage A { int32 id = 1; }\n");
    assert_eq!(world.run("lock v1:s").code, Some(0));
    let outcome = world.run("check s --against lock --format concise");
    assert!(outcome.out.starts_with("s/a.proto:2:13: error[protobuf/field_type_changed]"), "{outcome}");
}

#[test]
fn whether_it_is_as_it_should_be_can_be_asked() {
    let world = locked();
    assert_eq!(world.run("lock s -I third_party --check").code, Some(0));
    world.write("s/a.proto", message("  int64 id = 1;\n"));
    let before = fs::read(world.path("canread.lock")).expect("it is there");
    world.run("lock s -I third_party --check").fails_with(1, &["the schemas are not what canread.lock holds"]);
    assert_eq!(fs::read(world.path("canread.lock")).expect("it is there"), before);
    world.run("lock -I third_party --check").fails_with(1, &["the schemas are not what canread.lock holds"]);
    assert_eq!(world.run("lock -I third_party").code, Some(0));
    assert_eq!(world.run("lock -I third_party --check").code, Some(0));
    assert_eq!(world.run("check s -I third_party --against lock").code, Some(0));
    world.run("lock s -I third_party --check --file other.lock").fails_with(1, &["there is no other.lock"]);
}

#[test]
fn what_is_no_baseline_is_no_verdict() {
    let world = locked();
    let with = |text: &str| {
        world.write("canread.lock", text);
        world.run("check s --against lock -I third_party")
    };
    let text = fs::read_to_string(world.path("canread.lock")).expect("it is there");
    with(&text.replace("int64 id", "int32 id")).fails_with(3, &["canread.lock:", "its SHA-256 is another one"]);
    with(&text.replace("\"version\": 1", "\"version\": 2"))
        .fails_with(3, &["canread.lock:2:14: this canread reads locks of version 1"]);
    with(&text.replace("\"role\"", "\"rule\"")).fails_with(3, &["`rule` is no key that is known here"]);
    with(&text.replace("\"schema\"", "\"scheme\""))
        .fails_with(3, &["`schema`, `import` or `configuration` was expected"]);
    let start = text.find("    {\n      \"path\": \"s/a.proto\"").expect("an entry");
    let entry = &text[start..start + text[start..].find("\n    }").expect("its end") + "\n    }".len()];
    with(&text.replace(entry, &format!("{entry},\n{entry}"))).fails_with(3, &["the file is there twice"]);
    with(&text.replace("\"roots\"", "<<<<<<<\n\"roots\""))
        .fails_with(3, &["canread.lock:3:", "git checkout REF -- canread.lock", "canread lock REF:PATH"]);
    // What would be no schema of the lock, and so a new one, which breaks nothing.
    let is_another = "`s/a.proto` is not what was locked";
    with(&text.replacen("\"schema\"", "\"import\"", 1)).fails_with(3, &[is_another]);
    with(&text.replace("\"s/a.proto\"", "\"t/a.proto\"")).fails_with(3, &["`t/a.proto` is not what was locked"]);
    with(&text.replace("\"roots\": [\"s\"]", "\"roots\": [\"s/none\"]"))
        .fails_with(3, &["the schema lies in none of `roots`"]);
    with(&text.replace("\"roots\": [\"s\"]", "\"roots\": []"))
        .fails_with(3, &["no directory or file is named that was locked"]);
    with(&text[..text.len() / 2]).fails_with(3, &["canread.lock:"]);
    with("").fails_with(3, &["canread.lock:1:1"]);
    with("{\"version\": 1, \"roots\": [\"s\"], \"files\": []}")
        .fails_with(3, &["there are no schema files in `s` of lock:canread.lock"]);
    world.write("canread.lock", &text);
    world.run("check . --against lock").fails_with(2, &["canread.lock does not hold all of `.`", "it holds `s`"]);
    world.run("check third_party --against lock").fails_with(2, &["does not hold all of `third_party`"]);
    world.run("check s --against lock:none.lock").fails_with(3, &["`none.lock` can't be read"]);
    fs::remove_file(world.path("canread.lock")).expect("it was there");
    world
        .run("check s --against lock")
        .fails_with(3, &["there is no canread.lock here or above", "`canread lock` writes one"]);
    world.run("check lock --against s").fails_with(2, &["`lock` can't be the new version"]);
    let outcome = world.run("lock s --check -I third_party");
    outcome.fails_with(1, &["there is no canread.lock", "write it: `canread lock`"]);
    assert!(!outcome.text().contains("see what changed"), "{outcome}");
}

#[test]
fn what_cannot_be_read_is_not_locked() {
    let world = locked();
    let before = fs::read(world.path("canread.lock")).expect("it is there");
    world.write("s/a.proto", "nonsense");
    world.run("lock s -I third_party").fails_with(3, &["s/a.proto:1:1"]);
    assert_eq!(fs::read(world.path("canread.lock")).expect("it is there"), before);
    world.write("d.binpb", b"\x0a\x09\x0a\x07a.proto");
    world.run("lock d.binpb --file d.lock").fails_with(2, &["`d.binpb` is a descriptor set"]);
}

#[test]
#[cfg(unix)]
fn a_lock_that_is_no_file_is_not_read() {
    let world = locked();
    assert!(std::process::Command::new("mkfifo").arg(world.path("pipe.lock")).status().expect("mkfifo runs").success());
    world.run("check s -I third_party --against lock:pipe.lock").fails_with(3, &["it is no regular file"]);
    world.run("lock s -I third_party --file /dev/full").fails_with(3, &["/dev/full can't be written"]);
}
