//! Directories and files on disk, the odd ones too.

mod support;

use canread_project::{ErrorKind, FileKind, History, Limits, Role};
use support::{World, check, line, outcome, scan};

#[test]
fn equal_directories_have_nothing_to_parse() {
    let world = World::with(&[("v1/shop/a.proto", "x"), ("v2/shop/a.proto", "x"), ("v2/shop/b.proto", "x")]);
    assert_eq!(world.check("v1", "v1"), "compared |, unchanged 1");
    assert_eq!(world.check("v2", "v1"), "compared | shop/b.proto, unchanged 1");
}

#[test]
fn nothing_and_no_schemas_are_errors() {
    let world = World::with(&[
        ("v1/a.proto", ""),
        ("docs/readme.md", ""),
        ("docs/.hid.proto", ""),
        ("docs/node_modules/m.proto", ""),
    ]);
    assert_eq!(
        world.check("docs", "v1"),
        "Unreadable: there are no schema files in `docs` (files that end in .proto, .avsc, .avpr or .avdl are looked for, in this directory and \
         below) (passed over: 1 hidden file, 1 hidden or generated directory (such as `docs/.hid.proto`, `docs/node_modules`))"
    );
    assert!(world.check("v1", "docs").starts_with("NoBaseline: "));
    assert_eq!(world.check("v2", "v1"), "Unreadable: there is no file or directory `v2` => is `v1` meant?");
    assert!(world.check("docs/readme.md", "v1").starts_with("Usage: `docs/readme.md` is no schema file"));
}

#[test]
fn absolute_paths_don_t_show() {
    let world = World::with(&[("in/v1/a.proto", "x"), ("in/v2/a.proto", "y"), ("cwd/x", "")]);
    let absolute = |path: &str| world.path(path).to_str().expect("UTF-8").to_owned();
    let work = check(&world.project_in("cwd"), &absolute("in/v2"), &absolute("in/v1")).expect("a comparison");
    let shown: Vec<_> = work.sources.iter().map(|(_, file)| (file.version(), file.name())).collect();
    assert_eq!(shown, [("../in/v1", "../in/v1/a.proto"), ("../in/v2", "../in/v2/a.proto")]);
    let work = check(&world.project(), &absolute("in/v2"), "in/v1").expect("a comparison");
    assert_eq!(work.new.label, "in/v2");
}

#[test]
fn a_descriptor_set_is_taken_only_by_name() {
    let world = World::with(&[("v1/a.proto", ""), ("v1/image.binpb", "\x0a"), ("v1/image.pb", "\x0b")]);
    let work = check(&world.project(), "v1/image.binpb", "v1/image.pb").expect("a comparison");
    assert_eq!(work.new.files[0].kind, FileKind::DescriptorSet);
    assert_eq!(work.new.files[0].bytes.as_deref(), Some(&b"\x0a"[..]));
    assert_eq!(work.new.files[0].role, Role::Compared);
    assert_eq!(world.check("v1", "v1"), "compared |, unchanged 1");
}

#[test]
fn generated_directories_are_told_by_their_tag() {
    let tag = "Signature: 8a477f597d28d172789f06886806bc55\n";
    let world = World::with(&[
        ("s/target/real.proto", ""),
        ("s/out/CACHEDIR.TAG", tag),
        ("s/out/copy.proto", ""),
        ("s/build/b.proto", ""),
    ]);
    let work = check(&world.project(), "s", "s").expect("a comparison");
    assert_eq!((work.unchanged, work.new.skipped.examples.clone()), (2, vec!["s/out".to_owned()]));
}

#[test]
fn one_side_can_be_loaded_alone() {
    let world = World::with(&[("s/a.proto", "import \"b.proto\";"), ("s/b.proto", "")]);
    let project = world.project();
    let loaded = project.load(project.open_named("s").expect("a tree"), &scan).expect("a side");
    let roles: Vec<_> = loaded.side.files.iter().map(|file| (file.name.as_str(), file.role)).collect();
    assert_eq!(roles, [("a.proto", Role::Compared), ("b.proto", Role::Compared)]);
}

#[test]
fn limits_stop_a_run() {
    let world = World::with(&[("s/a.proto", "0123456789"), ("s/b.proto", "0123456789"), ("s/d/e/f/c.proto", "")]);
    let with = |set: fn(&mut Limits)| {
        let mut limits = Limits::default();
        set(&mut limits);
        outcome(check(&world.project().limits(limits), "s", "s"))
    };
    assert!(with(|limits| limits.files_max = 3).starts_with("LimitExceeded: s has more than the 3 files"));
    assert!(
        with(|limits| limits.bytes_max = 19).starts_with("LimitExceeded: the schema files have more than the 19 bytes")
    );
    assert!(
        with(|limits| limits.depth_max = 2).starts_with("LimitExceeded: directories in s are nested more than 2 deep")
    );
    assert_eq!(with(|_| {}), "compared |, unchanged 3");
}

#[test]
fn limits_hold_for_what_is_only_looked_into() {
    let world = World::with(&[("s/a.proto", "01"), ("s/a.json", "{\"0123456789\": 1}"), ("s/b.json", "[0123456789]")]);
    let mut limits = Limits::default();
    limits.bytes_max = 19;
    let opened = world.project().limits(limits).open_named("s").map(|_| ());
    let error = opened.expect_err("more than it may read").to_string();
    assert!(error.contains("more than the 19 bytes"), "{error}");
}

#[test]
fn limits_hold_for_the_number_of_old_versions() {
    let world = World::with(&[("v1/a.proto", ""), ("v2/a.proto", ""), ("v3/a.proto", "")]);
    let mut limits = Limits::default();
    limits.versions_max = 1;
    let against = ["v1".to_owned(), "v2".to_owned()];
    let loaded = History::load(&world.project().limits(limits), "v3", &against).map(|_| ());
    let error = loaded.expect_err("too many versions");
    assert_eq!(error.kind(), ErrorKind::LimitExceeded);
    assert!(error.to_string().contains("2 versions, and 1 are allowed"), "{error}");
    let none = History::load(&world.project(), "v3", &[]).map(|_| ()).expect_err("nothing to compare with");
    assert_eq!(none.kind(), ErrorKind::Usage);
}

#[test]
fn text_that_is_not_utf8_is_kept_for_the_reader_to_refuse() {
    let world = World::with(&[("v1/a.proto", "x")]);
    world.write("v2/a.proto", "");
    std::fs::write(world.path("v2/a.proto"), b"\xff\xfe").expect("a file");
    let work = check(&world.project(), "v2", "v1").expect("a comparison");
    let codes: Vec<_> = work.sources.diagnostics().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["syntax/not_utf8"]);
}

#[test]
fn a_file_that_can_t_be_read_is_an_error_not_a_gap() {
    let world = World::with(&[("v1/a.proto", ""), ("v1/b.proto", ""), ("v2/a.proto", ""), ("v2/b.proto", "")]);
    let project = world.project();
    let (old, new) = (project.open_named("v1").expect("a tree"), project.open_named("v2").expect("a tree"));
    world.remove("v2/b.proto");
    assert_eq!(
        outcome(project.compare(old, new, &scan)),
        "compared b.proto |, unchanged 1\nproject/unreadable `v2/b.proto` can't be read: no such file or directory \
         (this is in the new version, v2) => restore the file or let canread read it; if it is no schema, compare a \
         directory without it"
    );
}

#[test]
fn deep_trees_are_listed() {
    let world = World::new();
    let path = format!("s/{}a.proto", "d/".repeat(200));
    world.write(&path, "");
    assert_eq!(world.check("s", "s"), "compared |, unchanged 1");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;
    use crate::support::link;

    #[test]
    fn links_inside_are_followed() {
        let world = World::with(&[("s/real/a.proto", ""), ("s/b.proto", "")]);
        link(&world, "real", "s/linked");
        link(&world, "b.proto", "s/c.proto");
        assert_eq!(world.check("s", "s"), "compared |, unchanged 4");
    }

    #[test]
    fn loops_dangling_links_and_links_outside_are_errors() {
        let world = World::with(&[("s/a.proto", ""), ("cwd/s/d/b.proto", ""), ("outside/x.proto", "")]);
        link(&world, "..", "cwd/s/d/loop");
        link(&world, "self", "cwd/s/self");
        link(&world, "gone.proto", "cwd/s/dangling.proto");
        link(&world, world.path("outside"), "cwd/s/out");
        link(&world, world.path("outside/x.proto"), "cwd/s/out.proto");
        link(&world, "nothing", "cwd/s/other");
        let work = check(&world.project_in("cwd"), "s", "s").expect("a comparison");
        let mut found: Vec<String> =
            work.diagnostics.iter().map(|d| line(d).split(" => ").next().unwrap_or_default().to_owned()).collect();
        found.sort();
        assert_eq!(
            found,
            [
                "project/link_outside the symbolic link `s/out.proto` leads outside the project, and is not followed",
                "project/link_outside the symbolic link `s/out` leads outside the project, and is not followed",
                "project/symlink_loop the symbolic link `s/d/loop` leads back to a directory above it",
                "project/symlink_loop the symbolic link `s/self` leads back to a directory above it",
                "project/unreadable the symbolic link `s/dangling.proto` leads to nothing",
            ]
            .map(|text| format!("{text} (this is in both versions, s and s)"))
        );
    }

    #[test]
    fn names_that_are_not_utf8_and_odd_files_are_errors() {
        let world = World::with(&[("s/a.proto", "")]);
        let name = std::ffi::OsString::from_vec(b"b\xff.proto".to_vec());
        std::fs::write(world.path("s").join(name), "").expect("a file");
        std::os::unix::net::UnixListener::bind(world.path("s/socket.proto")).expect("a socket");
        let work = check(&world.project(), "s", "s").expect("a comparison");
        let found: Vec<String> = work.diagnostics.iter().map(|d| d.message.clone()).collect();
        assert_eq!(
            found,
            ["`s/socket.proto` can't be read: it is no regular file", "the name of `s/b\u{fffd}.proto` is not UTF-8"]
        );
    }
}

#[test]
fn what_git_tracks_takes_part_wherever_it_lies_and_alike_in_both_versions() {
    let hidden = [("s/.api/a.proto", "1"), ("s/node_modules/m/b.proto", "1"), ("s/C.PROTO", "1"), ("s/d.proto", "")];
    let Some(world) = World::repository(&hidden) else { return };
    world.commit();
    for (path, _) in &hidden[..3] {
        world.write(path, "2");
    }
    world.write("s/.api/untracked.proto", "");
    world.write("s/.cache/x.proto", "");
    world.write("s/t.protodevel", "");
    let names = ".api/a.proto C.PROTO node_modules/m/b.proto";
    assert_eq!(world.check("s", "git:HEAD"), format!("compared {names} | {names}, unchanged 1"));
    let skipped = world.project().open_named("s").expect("schemas").skipped().clone();
    assert_eq!(
        skipped.summary().as_deref(),
        Some("1 hidden file, 1 file that ends in .protodevel, 1 hidden or generated directory")
    );
    assert_eq!(skipped.examples, ["s/.api/untracked.proto", "s/.cache", "s/t.protodevel"]);
}
