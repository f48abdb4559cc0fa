//! What is wrong with files, directories and names.

use insta::assert_snapshot;

use crate::world::{P3, World};

fn message(kind: &str) -> String {
    format!("{P3}message M {{\n  {kind} id = 1;\n}}\n")
}

#[test]
fn a_place_without_schemas_is_no_success() {
    let world = World::new_file(P3);
    world.mkdir("empty");
    world.write("other/readme.txt", "no schema");
    world.run("check empty --against old").fails_with(3, &["there are no schema files in `empty`", "end in .proto"]);
    world.run("check other --against old").fails_with(3, &["there are no schema files in `other`"]);
    world.run("check new --against empty").fails_with(3, &["there are no schema files in `empty`"]);
    world.run("diff empty new").fails_with(3, &["there are no schema files in `empty`"]);
}

#[test]
fn a_path_that_is_not_there_brings_the_nearest_one() {
    let world = World::new_file(P3);
    world.run("check neww --against old").fails_with(3, &["there is no file or directory `neww`", "is `new` meant?"]);
    world.run("check new --against olds").fails_with(3, &["is `old` meant?"]);
    world.run("check new/b.proto --against old").fails_with(3, &["is `a.proto` meant?"]);
    world.run("check new/a.proto/b --against old").fails_with(3, &["`new/a.proto/b`"]);
}

#[test]
fn files_and_directories_can_be_compared_with_each_other() {
    let world = World::pair(message("int64"), message("int32"));
    for arguments in [
        "new --against old",
        "new/a.proto --against old",
        "new --against old/a.proto",
        "new/a.proto --against old/a.proto",
        "./new/ --against ./new/../old/",
    ] {
        let outcome = world.run(&format!("check {arguments} --format concise"));
        assert_eq!(outcome.code, Some(1), "{arguments}: {}", outcome.text());
        assert!(outcome.out.starts_with("new/a.proto:3:3: error[protobuf/field_type_changed]"), "{}", outcome.out);
    }
}

#[test]
fn paths_that_lead_upwards_are_shown_as_they_were_given() {
    let world = World::pair(message("int64"), message("int32"));
    world.mkdir("deep/er");
    let mut command = crate::world::canread(&world.path("deep/er"));
    command.args(["check", "../../new", "--against", "../../old", "--format", "concise"]);
    let outcome = crate::world::Outcome::of(&mut command);
    assert!(outcome.out.starts_with("../../new/a.proto:3:3: error"), "{}", outcome.text());
}

#[test]
fn names_of_files_cannot_fake_lines_or_steer_the_terminal() {
    let names = ["a b.proto", "c:d.proto", "e\nerror: f.proto", "g\u{1b}[31m\u{9b}2J.proto", "h\u{202e}otorp.proto"];
    let files: Vec<_> = names.iter().map(|name| (format!("new/{name}"), "message")).collect();
    let world = World::with(&files);
    world.write("old/a.proto", P3);
    let outcome = world.check("--format concise");
    assert_snapshot!(outcome, @r"
    new/a b.proto:1:8: error[protobuf/syntax]: expected a message name, found the end of the file
    new/c:d.proto:1:8: error[protobuf/syntax]: expected a message name, found the end of the file
    new/e\nerror: f.proto:1:8: error[protobuf/syntax]: expected a message name, found the end of the file
    new/g\u{1b}[31m\u{9b}2J.proto:1:8: error[protobuf/syntax]: expected a message name, found the end of the file
    new/h\u{202e}otorp.proto:1:8: error[protobuf/syntax]: expected a message name, found the end of the file
    read 5 schema files: new against old
    5 errors: nothing was compared, so there is no verdict
    exit 3
    ");
    for format in ["full", "json", "sarif"] {
        let text = world.check(&format!("--format {format}")).text();
        assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{format}: {text:?}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let world = World::new_file("");
    sparse(&world, "new/a.proto", 300 << 20);
    world.check("").fails_with(3, &["new/a.proto", "more than the 268435456"]);
}

/// Their first 256 MiB are equal, and nobody knows about the rest.
#[test]
fn two_files_over_the_limit_are_not_equal() {
    let world = World::pair("", "");
    sparse(&world, "old/a.proto", 300 << 20);
    sparse(&world, "new/a.proto", 400 << 20);
    world.check("").fails_with(3, &["more than the 268435456"]);
}

fn sparse(world: &World, path: &str, size: u64) {
    let file = std::fs::File::create(world.path(path)).expect("a file can be made");
    file.set_len(size).expect("a file may have holes");
}

const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n";

#[test]
fn a_pointer_of_git_lfs_is_no_schema() {
    World::pair(message("int32"), POINTER).check("").fails_with(
        3,
        &["`new/a.proto` is a pointer of Git LFS", "`git lfs pull`", "in the new version, new", "1 error"],
    );
    let Some(world) = World::repository(&[("s/a.proto", POINTER)]) else { return };
    world.write("s/a.proto", message("int32"));
    world
        .run("check s --against git:HEAD")
        .fails_with(3, &["`s/a.proto` is a pointer of Git LFS", "in the old version, git:", "`--against PATH`"]);
}

#[test]
fn a_version_that_is_compared_with_itself_is_a_usage_error() {
    let world = World::new_file(message("int32"));
    for arguments in ["new --against new", "new --against ./new/", "new/a.proto --against new/a.proto"] {
        let parts = ["error[project/same_version]", "is compared with itself", "`--against merge-base:REF`"];
        world.run(&format!("check {arguments}")).fails_with(2, &parts);
    }
    world.run("check new/a.proto --against new/a.proto").fails_with(2, &["`new/a.proto` is compared"]);
    world.run("diff new new --format json").fails_with(2, &["\"status\": \"error\"", "project/same_version"]);
    assert!(!world.check("").text().contains("is compared with itself"));
}

#[test]
fn blanks_in_paths_are_nothing_special() {
    let world = World::with(&[("a b/c d.proto", message("int64")), ("e f/c d.proto", message("int32"))]);
    let mut command = world.command("check");
    command.args(["e f", "--against", "a b", "--format", "concise"]);
    let outcome = crate::world::Outcome::of(&mut command);
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.starts_with("e f/c d.proto:3:3: error"), "{}", outcome.out);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;

    use super::*;
    use crate::world::Outcome;

    #[test]
    fn a_loop_of_links_is_an_error() {
        let world = World::new_file(P3);
        symlink("../new", world.path("new/again")).expect("links can be made");
        world.check("").fails_with(3, &["`new/again` leads back to a directory above it", "remove the link"]);
        let world = World::new_file(P3);
        symlink("b.proto", world.path("new/b.proto")).expect("links can be made");
        world.check("").fails_with(3, &["new/b.proto"]);
    }

    #[test]
    fn a_link_to_nothing_is_an_error() {
        let world = World::new_file(P3);
        symlink("nowhere.proto", world.path("new/b.proto")).expect("links can be made");
        world.check("").fails_with(3, &["the symbolic link `new/b.proto` leads to nothing"]);
    }

    #[test]
    fn a_pipe_with_the_name_of_a_schema_does_not_block() {
        let world = World::new_file(P3);
        let made = std::process::Command::new("mkfifo").arg(world.path("new/b.proto")).status();
        if !made.is_ok_and(|status| status.success()) {
            canread_testing::skip("mkfifo is not installed: no pipe was read");
            return;
        }
        world.check("").fails_with(3, &["`new/b.proto` can't be read: it is no regular file"]);
    }

    #[test]
    fn a_file_that_may_not_be_read_is_named() {
        let world = World::new_file(format!("{P3}message M {{}}\n"));
        std::fs::set_permissions(world.path("."), PermissionsExt::from_mode(0o755)).expect("modes can be set");
        std::fs::set_permissions(world.path("new/a.proto"), PermissionsExt::from_mode(0o000))
            .expect("modes can be set");
        let mut command = world.command("check new --against old");
        if std::fs::read(world.path("new/a.proto")).is_ok() {
            // The superuser may read everything, so somebody else has to run the command.
            command.uid(65_534);
        }
        match command.output() {
            Ok(output) => Outcome::from(output).fails_with(
                3,
                &["`new/a.proto` can't be read: permission denied", "in the new version, new", "let canread read it"],
            ),
            Err(error) => canread_testing::skip(&format!("the command cannot be run by another user: {error}")),
        }
    }

    #[test]
    fn names_that_are_not_utf8_are_an_error() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let world = World::new_file(P3);
        let odd = OsStr::from_bytes(b"b\xff.proto");
        if std::fs::write(world.path("new").join(odd), message("int32")).is_err() {
            canread_testing::skip("the file system refuses names that are not UTF-8");
            return;
        }
        world.check("").fails_with(3, &["is not UTF-8", "in the new version, new", "rename the file"]);
        for (new, old) in [(OsStr::from_bytes(b"new/b\xff.proto"), OsStr::new("old")), (OsStr::new("new"), odd)] {
            let mut command = world.command("check");
            Outcome::of(command.arg(new).arg("--against").arg(old)).fails_with(2, &["UTF-8"]);
        }
    }
}

#[test]
fn a_name_that_an_unchanged_file_of_the_package_declares_too_is_said() {
    let file = |field: &str| format!("{P3}package p;\nmessage M {{ {field} a = 1; }}\n");
    let world = World::with(&[("old/x.proto", file("int32")), ("new/x.proto", file("int32"))]);
    world.write("new/n.proto", file("string"));
    let outcome = world.check("--format concise");
    let warning =
        "new/x.proto:3:9: warning[protobuf/duplicate_name]: `p.M` declared in both \"n.proto\" and \"x.proto\"";
    assert!(outcome.out.starts_with(warning), "{outcome}");
    // Where one file needs both, no program can hold them.
    world.write("new/u.proto", format!("{P3}package u;\nimport \"x.proto\";\nimport \"n.proto\";\n"));
    world.check("").fails_with(3, &["protobuf/duplicate_name", "give the files packages of their own"]);
}

#[test]
fn places_can_be_opened_from_where_the_command_runs() {
    let world = World::pair(format!("{P3}message M {{ int64 a = 1; }}"), format!("{P3}message M {{ int32 a = 1; }}"));
    world.mkdir("elsewhere");
    let absolute = |path: &str| world.path(path).to_str().expect("UTF-8").to_owned();
    let mut command = crate::world::canread(&world.path("elsewhere"));
    command.args(["check", &absolute("new"), "--against", &absolute("old"), "--format", "concise"]);
    let outcome = crate::world::Outcome::of(&mut command);
    assert!(outcome.out.starts_with("../new/a.proto:2:13: error"), "{outcome}");
}

#[test]
fn a_well_known_type_that_becomes_a_file_is_compared_with_the_one_that_is_built_in() {
    let user = "import \"google/protobuf/timestamp.proto\";\nmessage M { google.protobuf.Timestamp at = 1; }";
    let world = World::with(&[("old/a.proto", format!("{P3}{user}")), ("new/a.proto", format!("{P3}{user}"))]);
    let file = |nanos: &str| {
        format!("{P3}package google.protobuf;\nmessage Timestamp {{ int64 seconds = 1; {nanos} nanos = 2; }}")
    };
    let path = "new/google/protobuf/timestamp.proto";
    world.write(path, file("string"));
    let outcome = world.check("--format concise");
    let finding =
        format!("{path}:3:40: error[protobuf/field_type_changed]: `google.protobuf.Timestamp.nanos` was int32");
    assert!(outcome.code == Some(1) && outcome.out.contains(&finding), "{outcome}");
    world.write(path, file("int32"));
    assert_eq!(world.check("").code, Some(0));
}
