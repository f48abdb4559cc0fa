//! `--format FORMAT=FILE`: many reports of one run, each where it was wanted.

use std::fs;

use crate::world::{P3, World};

pub(crate) const FORMATS: [&str; 10] =
    ["full", "concise", "html", "markdown", "json", "jsonl", "sarif", "junit", "github", "gitlab"];

fn world() -> World {
    let text = |kind: &str| format!("{P3}message M {{\n  {kind} id = 1;\n}}\n");
    World::pair(text("int64"), text("int32"))
}

fn read(world: &World, path: &str) -> String {
    fs::read_to_string(world.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn one_run_makes_every_report_and_each_is_what_would_have_been_printed() {
    let world = world();
    let all: Vec<String> = FORMATS.iter().map(|format| format!("--format {format}=out.{format}")).collect();
    let outcome = world.check(&format!("{} --format concise", all.join(" ")));
    assert_eq!((outcome.code, &*outcome.err), (Some(1), ""));
    assert_eq!(outcome.out, world.check("--format concise").out);
    for format in FORMATS {
        let printed = world.check(&format!("--format {format}"));
        assert_eq!(read(&world, &format!("out.{format}")), printed.out, "{format}");
    }
}

#[test]
fn a_log_still_says_what_happened_if_all_reports_go_to_files() {
    let world = world();
    let outcome = world.check("--format html=report.html");
    assert_eq!(
        (outcome.code, &*outcome.out),
        (
            Some(1),
            "checked 1 schema file: new against old\nmode backward: new readers must read old data (wire, rpc)\n1 error: \
             incompatible\n"
        )
    );
    world.write("new/a.proto", "message");
    let broken = world.check("--format html=report.html");
    assert_eq!(broken.code, Some(3));
    assert!(broken.out.starts_with("new/a.proto:1:8: error[protobuf/syntax]: "), "{}", broken.out);
    assert!(broken.out.ends_with(": nothing was compared, so there is no verdict\n"), "{}", broken.out);
    assert!(read(&world, "report.html").contains("No verdict"));
}

#[test]
fn a_run_that_could_not_start_replaces_the_report_of_an_earlier_one() {
    let world = world();
    for format in FORMATS {
        let path = format!("out.{format}");
        world.check(&format!("--format {format}={path}"));
        let before = read(&world, &path);
        let outcome = world.run(&format!("check nowhere --against old --format {format}={path}"));
        outcome.fails_with(3, &["there is no file or directory `nowhere`", "there is no verdict"]);
        let after = read(&world, &path);
        assert_ne!(after, before, "{format}");
        assert!(after.contains("nowhere") && !after.contains("field_type_changed"), "{format}: {after}");
    }
}

#[test]
fn two_reports_do_not_share_a_place() {
    let world = world();
    world.check("--format json --format full").fails_with(
        2,
        &["`--format json` and `--format full` both print their report", "help: ", "`--format full=FILE`"],
    );
    world.check("--format json --format json=-").fails_with(2, &["both print their report"]);
    world.check("--format json=a --format html=b --format jsonl=a").fails_with(2, &["both write to `a`"]);
    world.check("--format json=b --format html=./b").fails_with(2, &["both write to `./b`"]);
    let absolute = world.path("b");
    let outcome = world.check(&format!("--format json=b --format html={}", absolute.display()));
    outcome.fails_with(2, &["both write to `"]);
    world.check("--format json=").fails_with(2, &["names no file"]);
    world.check("--format htlm=a").fails_with(2, &["'htlm'", "html"]);
    world.run("diff old new --format json --format full").fails_with(2, &["both print their report"]);
    assert!(!world.path("a").exists() && !world.path("b").exists(), "nothing was run");
}

#[test]
fn a_file_that_cannot_be_written_is_a_failure_whatever_the_verdict() {
    let world = world();
    world.mkdir("folder");
    for (path, reason) in [("none/report", "No such file or directory"), ("folder", "directory")] {
        for task in ["check new --against old", "check new --against old --exit-zero", "diff old new"] {
            let outcome = world.run(&format!("{task} --format json={path} --format html=other.html --format concise"));
            assert_eq!(outcome.code, Some(3), "{task}");
            let start = format!("error: the json report could not be written to `{path}`: ");
            assert!(outcome.err.starts_with(&start), "{}", outcome.err);
            assert!(cfg!(windows) || outcome.err.contains(reason), "{}", outcome.err);
            assert!(outcome.out.contains("a.proto:3:"), "what can be printed is printed: {}", outcome.out);
            assert!(read(&world, "other.html").ends_with("</html>\n"), "the others are written");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_that_is_full_is_a_failure_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let outcome = world().check("--format json=/dev/full");
    outcome.fails_with(3, &["error: the json report could not be written to `/dev/full`: No space left on device"]);
    assert!(fs::metadata("/dev/full").expect("it is there").file_type().is_char_device());
}

#[test]
fn no_report_is_written_over_what_is_judged() {
    let world =
        World::pair(format!("{P3}message M {{ int64 id = 1; }}\n"), format!("{P3}message M {{ int64 id = 1; }}\n"));
    for file in ["new/a.proto", "canread.toml", "x/A.AVSC", "canread.lock"] {
        let before = std::fs::read(world.path("new/a.proto")).expect("it is there");
        world.check(&format!("--format json={file}")).fails_with(2, &[&format!("would be written over `{file}`")]);
        assert_eq!(std::fs::read(world.path("new/a.proto")).expect("it is there"), before);
    }
}
