//! Files laid out, and what is never done to them.

use std::fs;

use insta::assert_snapshot;

use crate::world::{P3, World};

const USER: &str = r#"{"type":"record","name":"User","number":1.50e3, "fields":[
 {"name":"id","type":"long","doc":"\u0041"},{"type":["null","string"],"name":"mail","default":null},
 {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}}]}"#;

const SLOPPY: &str = "// A licence.\n\nsyntax='proto3'; package shop;\n/* A message. */ message M{ // that
  map < string,int32 > counts=0x2; M next = 1 [deprecated=true]; // the next\n}\n";

fn read(world: &World, path: &str) -> String {
    fs::read_to_string(world.path(path)).expect("it is there")
}

#[test]
fn files_are_laid_out_once_and_then_left_alone() {
    let world = World::with(&[("user.avsc", USER), ("a.proto", SLOPPY), ("i.avdl", "protocol P {}")]);
    assert_snapshot!("fmt_check", world.run("fmt --check"));
    assert_snapshot!("fmt_diff", world.run("fmt --diff"));
    assert_eq!((read(&world, "user.avsc").as_str(), read(&world, "a.proto").as_str()), (USER, SLOPPY));
    let form = world.run("canonical .").out;
    assert_snapshot!("fmt_changes", world.run("fmt"));
    assert_snapshot!("fmt_avro", read(&world, "user.avsc"));
    assert_snapshot!("fmt_protobuf", read(&world, "a.proto"));
    assert_eq!(world.run("canonical .").out, form);
    let modified = |path: &str| fs::metadata(world.path(path)).and_then(|file| file.modified()).expect("it is there");
    let before = (modified("user.avsc"), modified("a.proto"));
    assert_snapshot!("fmt_again", world.run("fmt"));
    assert_eq!(before, (modified("user.avsc"), modified("a.proto")));
    assert_eq!(world.run("fmt --check").code, Some(0));
}

#[test]
fn a_comment_that_would_be_lost_keeps_its_file_as_it_is() {
    for (text, words) in [
        (format!("{P3}// why\nimport \"b.proto\";\nmessage M {{ B b = 1; }}\n"), "why"),
        (format!("{P3}message M {{\n  int32 a = 1 [/* so */ deprecated = true];\n}}\n"), "so"),
        (format!("{P3}message M {{\n  reserved 2; // gone in May\n}}\n"), "gone in May"),
    ] {
        let world = World::with(&[("a.proto", text.as_str()), ("b.proto", "syntax = \"proto3\"; message B { }")]);
        let outcome = world.run("fmt");
        outcome.fails_with(
            3,
            &[
                "`a.proto` has a comment that would be lost",
                "it is at a.proto:",
                words,
                "changed: b.proto",
                "1 file refused",
            ],
        );
        assert_eq!(read(&world, "a.proto"), text);
    }
}

#[test]
fn nothing_is_written_if_anything_cannot_be_read() {
    let world = World::with(&[("a.proto", SLOPPY), ("bad.avsc", "{"), ("c.proto", "import \"none.proto\";")]);
    world.run("fmt").fails_with(3, &["bad.avsc:1:", "none.proto"]);
    assert_eq!(read(&world, "a.proto"), SLOPPY);
    world.run("fmt none").fails_with(3, &["`none`"]);
    world.run("fmt --check bad.avsc").fails_with(3, &["bad.avsc:1:"]);
}

#[test]
fn a_commit_is_not_written() {
    let Some(world) = World::repository(&[("a.proto", SLOPPY)]) else { return };
    world.run("fmt HEAD:a.proto").fails_with(2, &["is in a commit, or staged for one"]);
    world.run("fmt staged:a.proto").fails_with(2, &["`staged:a.proto` is in a commit"]);
    assert_eq!(read(&world, "a.proto"), SLOPPY);
}

#[test]
fn paths_from_below_a_directory_are_found_again() {
    let world = World::with(&[("s/shop/a.proto", SLOPPY), ("s/user.json", USER), ("t/x.avsc", USER)]);
    let outcome = world.run("fmt s t/x.avsc ./t");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(read(&world, "s/shop/a.proto").starts_with("// A licence.\n\nsyntax = \"proto3\";\n"));
    assert_eq!(read(&world, "s/user.json"), USER);
    assert_eq!(world.run("fmt s/user.json").code, Some(0));
    assert_eq!(read(&world, "s/user.json"), read(&world, "t/x.avsc"));
}

#[test]
fn a_file_that_several_paths_name_counts_once() {
    let fine = format!("{P3}\nmessage M {{}}\n");
    let lossy = format!("{P3}// why\nimport \"fine.proto\";\nmessage N {{ M m = 1; }}\n");
    let world = World::with(&[("s/a.proto", SLOPPY), ("s/fine.proto", &fine), ("s/lossy.proto", &lossy)]);
    world.write("s/user.json", USER);
    let once = world.run("fmt --check s s/user.json");
    let twice = world.run("fmt --check s s/user.json ./s s/a.proto s/fine.proto s/lossy.proto");
    assert_eq!(once, twice);
    assert!(once.out.ends_with("2 files would change, 1 file laid out well, 1 file refused\n"), "{once}");
}

#[test]
fn what_is_wrong_in_one_version_is_in_no_new_one() {
    let world = World::with(&[("a.proto", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")]);
    for verb in ["fmt", "canonical"] {
        let outcome = world.run(&format!("{verb} ."));
        outcome.fails_with(3, &["`a.proto` is a pointer of Git LFS"]);
        assert!(!outcome.text().contains("version, "), "{outcome}");
    }
    let Some(world) = World::repository(&[("a.proto", "version https://git-lfs.github.com/spec/v1\n")]) else { return };
    world.run("canonical HEAD:a.proto").fails_with(3, &["this is in git:"]);
}

#[test]
fn a_file_that_is_named_and_not_laid_out_is_no_success() {
    let world = World::with(&[("a.proto", SLOPPY), ("i.avdl", "protocol P {}")]);
    for arguments in ["fmt --check i.avdl", "fmt i.avdl", "fmt a.proto i.avdl"] {
        world.run(arguments).fails_with(2, &["`i.avdl` is of a kind that is not laid out"]);
    }
    assert_eq!(std::fs::read_to_string(world.path("a.proto")).expect("it is there"), SLOPPY);
}
