//! Which versions a changelog has, and which one each is compared with.

mod support;

use std::convert::Infallible;
use std::fmt::Write;

use canread_compat::Pair;
use canread_project::{Release, Releases, Request, Retired, Session, Wanted};
use support::{World, words};

const FILE: &str = "s/a.proto";

/// The hour of a commit, on one day.
fn at(hour: u32) -> String {
    format!("2026-01-31T{hour:02}:00:00+0000")
}

fn world() -> Option<World> {
    World::repository(&[("readme", ""), (FILE, "message M {}\n")])
}

/// A line for each version: its names, day and files, and the version that it is compared with. What is not wanted
/// stands in parentheses.
fn told(world: &World, tags: &str, from: Option<&str>, to: Option<&str>) -> String {
    let releases = world.project().releases(Wanted { path: "s", tags, from, to });
    let Releases { versions, without_schemas, .. } = match releases {
        Ok(releases) => releases,
        Err(error) => return format!("{:?}: {}", error.kind(), words(&error.to_diagnostic())),
    };
    let mut text = String::new();
    for version in &versions {
        let mut line = if version.names.is_empty() { "-".to_owned() } else { version.names.join("+") };
        let _ = write!(line, " {}", version.schemas);
        if let Some(since) = version.since {
            let _ = write!(line, " since {}", versions[since].names.join("+"));
        }
        let _ = if version.is_wanted { writeln!(text, "{line}") } else { writeln!(text, "({line})") };
    }
    if !without_schemas.is_empty() {
        let _ = writeln!(text, "without: {}", without_schemas.join(" "));
    }
    text
}

#[test]
fn versions_come_in_the_order_of_history_and_the_work_tree_is_last() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v2"]);
    world.release(&at(1), &["v1", "stable", "v1-final"]);
    world.write("s/b.proto", "message N {}\n");
    assert_eq!(told(&world, "*", None, None), "v2 1\nstable+v1+v1-final 1 since v2\n- 2 since stable+v1+v1-final\n");
    assert_eq!(told(&world, "v?", None, None), "v2 1\nv1 1 since v2\n- 2 since v1\n");
}

#[test]
fn the_day_is_that_of_the_commit_where_it_was_made() {
    let Some(world) = world() else { return };
    world.release("2025-12-31T23:30:00-0800", &["v1"]);
    world.release("2026-01-02T00:30:00+0900", &["v2"]);
    let releases = world.project().releases(Wanted { path: "s", tags: "v*", from: None, to: None }).expect("two tags");
    let days: Vec<String> =
        releases.versions.iter().map(|version| version.date.map(|day| day.to_string()).unwrap_or_default()).collect();
    assert_eq!(days, ["2025-12-31", "2026-01-02", ""]);
    let places: Vec<&str> = releases.versions.iter().map(|version| &*version.at).collect();
    assert_eq!(places, ["v1:s", "v2:s", "s"]);
}

#[test]
fn a_patch_of_an_old_line_is_compared_with_what_it_mends() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v1.0"]);
    world.git("branch old");
    world.release(&at(2), &["v2.0"]);
    world.git("checkout --quiet old");
    world.release(&at(3), &["v1.1"]);
    world.git("checkout --quiet main");
    assert_eq!(told(&world, "v*", None, None), "v1.0 1\nv2.0 1 since v1.0\nv1.1 1 since v1.0\n- 1 since v2.0\n");
    assert_eq!(told(&world, "v*", None, Some("v1.1")), "v1.0 1\nv1.1 1 since v1.0\n");
    assert_eq!(told(&world, "v*", Some("v1.1"), None), "(v1.0 1)\n(v2.0 1 since v1.0)\n- 1 since v2.0\n");
    // A fix that was merged back: the line of releases goes on from the release.
    world.git("merge --quiet --no-ff --message=merge old");
    world.release(&at(5), &["v3.0"]);
    assert_eq!(
        told(&world, "v*", None, Some("v3.0")),
        "v1.0 1\nv2.0 1 since v1.0\nv1.1 1 since v1.0\nv3.0 1 since v2.0\n"
    );
}

#[test]
fn releases_on_branches_of_their_own_follow_each_other() {
    let Some(world) = world() else { return };
    world.release(&at(1), &[]);
    for (hour, version) in [(2, "v1"), (3, "v2")] {
        world.git(&format!("checkout --quiet -b release-{version} main"));
        world.release(&at(hour), &[version]);
        world.git("checkout --quiet main");
        // At another time, or it might be the same commit.
        world.release(&at(hour + 10), &[]);
    }
    assert_eq!(told(&world, "v*", None, None), "v1 1\nv2 1 since v1\n- 1 since v2\n");
    assert_eq!(told(&world, "v*", Some("v1"), Some("v2")), "(v1 1)\nv2 1 since v1\n");
    assert_eq!(told(&world, "v*", None, Some("v2")), "v1 1\nv2 1 since v1\n");
}

#[test]
fn from_and_to_may_be_any_revision() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v1"]);
    world.release(&at(2), &["other"]);
    world.release(&at(3), &["v2"]);
    world.release(&at(4), &[]);
    assert_eq!(told(&world, "v*", Some("other"), None), "(v1 1)\n(other 1 since v1)\nv2 1 since other\n- 1 since v2\n");
    assert_eq!(told(&world, "v*", Some("v1"), Some("HEAD")), "(v1 1)\nv2 1 since v1\n- 1 since v2\n");
    assert_eq!(told(&world, "v*", None, Some("HEAD~1")), "v1 1\nv2 1 since v1\n");
    assert_eq!(
        told(&world, "v*", Some("v2"), Some("v1")),
        "Usage: `v1` is older than `v2` => the older version is named by `--from`, the newer one by `--to`"
    );
    assert_eq!(told(&world, "v*", Some("v1"), Some("v1")), "");
    assert!(
        told(&world, "v*", Some("v9"), None).starts_with("UnknownRevision: no branch, tag or commit is called `v9`")
    );
    assert!(told(&world, "v*", None, Some("v1^{tree}")).starts_with("Usage: `v1^{tree}` names a tree"));
    assert!(told(&world, "w*", None, None).starts_with("UnknownRevision: no tag of a commit matches `w*`"));
}

#[test]
fn a_branch_that_is_called_like_a_tag_is_not_taken_for_it() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v1"]);
    world.write("s/b.proto", "message N {}\n");
    world.release(&at(2), &[]);
    world.git("branch v1");
    assert_eq!(told(&world, "v*", None, Some("HEAD")), "v1 1\n- 2 since v1\n");
}

#[test]
fn versions_from_before_there_were_schemas_are_left_out_and_later_ones_are_not() {
    let Some(world) = World::repository(&[("readme", "")]) else { return };
    world.release(&at(1), &["v1"]);
    world.release(&at(2), &["v2"]);
    world.write(FILE, "message M {}\n");
    world.release(&at(3), &["v3"]);
    assert_eq!(told(&world, "v*", None, Some("v3")), "v3 1\nwithout: v1 v2\n");
    assert_eq!(told(&world, "v*", Some("v1"), Some("v3")), "v3 1\nwithout: v2\n");
    assert_eq!(
        told(&world, "v*", None, Some("v2")),
        "NoBaseline: no version that is asked for has schemas at `s` (there are none at `v1`, `v2`)"
    );
    // A directory that was moved away is no time before the schemas.
    world.git("mv s t");
    world.release(&at(4), &["v4"]);
    let gone = told(&world, "v*", None, Some("v4"));
    assert!(gone.starts_with("NoBaseline: there is no `s` in v4") && gone.contains("came from has schemas"), "{gone}");
    assert!(told(&world, "v*", None, None).starts_with("NoBaseline: there is no `s` in v4"));
    assert_eq!(told(&world, "v[13]", None, Some("v3")), "v3 1\nwithout: v1\n");
}

#[test]
fn a_version_that_nothing_asked_for_came_from_is_not_opened() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v1.0"]);
    world.git("branch old");
    world.release(&at(2), &["v2.0"]);
    world.git("checkout --quiet old");
    world.git("mv s t");
    world.release(&at(3), &["v1.1"]);
    world.git("checkout --quiet main");
    world.release(&at(4), &["v2.1"]);
    assert!(told(&world, "v*", None, None).starts_with("NoBaseline: there is no `s` in v1.1"));
    let line = "(v1.0 1)\n(v2.0 1 since v1.0)\nv2.1 1 since v2.0\n";
    assert_eq!(told(&world, "v*", Some("v2.0"), Some("v2.1")), line);
}

#[test]
fn revisions_are_those_of_the_repository_that_holds_the_path() {
    let Some(world) = world() else { return };
    world.release(&at(1), &["v1"]);
    let Some(other) = World::repository(&[(FILE, "message M {}\n")]) else { return };
    other.release(&at(1), &["v1"]);
    let path = world.path("s");
    for project in [other.project(), World::new().project()] {
        let wanted = Wanted { path: path.to_str().expect("UTF-8"), tags: "v*", from: None, to: None };
        let error = project.releases(wanted).expect_err("another repository");
        assert!(error.to_string().contains("is not in the git repository of the current directory"), "{error}");
    }
    assert!(
        world.project().releases(Wanted { path: &path.to_string_lossy(), tags: "v*", from: None, to: None }).is_ok()
    );
}

#[test]
fn a_path_outside_of_a_repository_is_a_usage_error() {
    let world = World::with(&[(FILE, "message M {}\n")]);
    assert_eq!(
        told(&world, "v*", None, None),
        "Usage: `s` is in no git repository => name directories instead, the oldest first: `canread changelog v1 v2 v3`"
    );
}

/// A repository of releases `v1`, `v2` and so on, each with a message of these fields.
fn released<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<World> {
    let world = World::repository(&[])?;
    for (number, text) in (1..).zip(texts) {
        world.write(FILE, &format!("syntax = \"proto3\";\nmessage M {{ {text} }}\n"));
        world.release(&format!("2026-01-01T{:02}:{:02}:00+0000", number / 60, number % 60), &[&format!("v{number}")]);
    }
    Some(world)
}

/// For each release that is asked for: the others that it has to be compared with beside the one that it came from. And
/// how many pairs were opened besides.
fn looked_through(world: &World, from: Option<&str>, to: &str) -> (Vec<String>, usize) {
    let project = world.project();
    let releases = project.releases(Wanted { path: "s", tags: "v*", from, to: Some(to) }).expect("tags");
    let versions = &releases.versions;
    let session = |versions: Pair<&Release>| {
        let request = Request { new: &versions.new.at, old: &versions.old.at };
        Session::parse(Session::load(&project, request).expect("both are there"))
    };
    let mut retired = Retired::of(versions);
    let (mut read, mut opened) = (Vec::new(), 0);
    for (at, new) in versions.iter().enumerate().filter(|(_, version)| version.is_wanted) {
        let Some(old) = new.since.map(|since| &versions[since]) else { continue };
        let both = session(Pair { old, new });
        let Ok(used) = retired.used_again(at, &both, |pair| {
            opened += 1;
            Ok::<_, Infallible>(session(pair))
        });
        retired.note(at, &both);
        if !used.is_empty() {
            let names: Vec<&str> = used.iter().map(|release| &*release.names[0]).collect();
            read.push(format!("{}: {}", new.names[0], names.join(" ")));
        }
    }
    (read, opened)
}

#[test]
fn a_release_is_compared_with_older_ones_only_where_it_uses_what_they_took_away() {
    // Each takes one number away and has a new one; the last but one has one of them again.
    let fields =
        |at: u32| (at..at + 4).map(|number| format!("int32 f{number} = {number};")).collect::<Vec<_>>().concat();
    let mut texts: Vec<String> = (1..=20).map(fields).collect();
    texts.push(format!("{} string other = 7;", fields(20)));
    texts.push(format!("{} string other = 7;", fields(21)));
    let Some(world) = released(texts.iter().map(String::as_str)) else { return };
    assert_eq!(looked_through(&world, None, "v22"), (vec!["v21: v7 v8 v20".to_owned()], 0));
    // What is not asked for is read once, and only if something is new.
    assert_eq!(looked_through(&world, Some("v18"), "v22"), (vec!["v21: v7 v8 v20".to_owned()], 17));
    world.write(FILE, "syntax = \"proto3\";\nmessage M { string other = 7; }\n");
    world.release("2026-01-02T00:00:00+0000", &["v23"]);
    assert_eq!(looked_through(&world, Some("v22"), "v23"), (vec![], 0));
}

#[test]
fn what_another_line_of_releases_took_away_says_nothing_about_this_one() {
    let Some(world) = released(["int32 a = 1; int32 b = 2;"]) else { return };
    let release = |hour, text: &str, name: &str| {
        world.write(FILE, &format!("syntax = \"proto3\";\nmessage M {{ {text} }}\n"));
        world.release(&at(hour), &[name]);
    };
    world.git("branch old");
    release(2, "int32 a = 1;", "v2");
    world.git("checkout --quiet old");
    release(3, "int32 b = 2;", "v1.1");
    release(4, "int32 b = 2; string c = 1;", "v1.2");
    world.git("checkout --quiet main");
    release(5, "int32 a = 1; string c = 2;", "v3");
    release(6, "int32 a = 1;", "v4");
    release(7, "int32 a = 1; bool d = 2; string c = 3;", "v5");
    let (read, opened) = looked_through(&world, None, "v5");
    assert_eq!((read, opened), (vec!["v3: v1 v2".to_owned(), "v5: v1 v2 v3 v4".to_owned()], 0));
    assert_eq!(looked_through(&world, None, "v1.2").0, ["v1.2: v1 v1.1"]);
}
