//! Every way to name a baseline in git, on repositories of every shape.

mod support;

use support::{World, check, outcome};

const ORDER: (&str, &str) = ("schemas/shop/order.proto", "import \"shop/money.proto\";\n");
const MONEY: (&str, &str) = ("schemas/shop/money.proto", "message Money {}\n");
const USER: (&str, &str) = ("schemas/shop/user.proto", "message User {}\n");

/// The shop, committed once.
fn shop() -> Option<World> {
    let world = World::repository(&[ORDER, MONEY, USER])?;
    world.commit();
    Some(world)
}

#[test]
fn an_unchanged_worktree_has_nothing_to_parse() {
    let Some(world) = shop() else { return };
    assert_eq!(world.check("schemas", "git:HEAD"), "compared |, unchanged 3");
}

#[test]
fn a_change_is_seen_with_all_that_imports_it() {
    let Some(world) = shop() else { return };
    world.write("schemas/shop/money.proto", "message Money { int32 cents = 1; }\n");
    assert_eq!(
        world.check("schemas", "git:HEAD"),
        "compared shop/money.proto shop/order.proto | shop/money.proto shop/order.proto, unchanged 1"
    );
    world.write("schemas/shop/money.proto", MONEY.1);
    world.write("schemas/shop/order.proto", "import \"shop/money.proto\";\nmessage Order {}\n");
    assert_eq!(
        world.check("schemas", "git:HEAD"),
        "compared shop/order.proto | shop/order.proto, imported shop/money.proto | shop/money.proto, unchanged 2"
    );
}

#[test]
fn labels_name_the_worktree_and_the_commit() {
    let Some(world) = shop() else { return };
    world.write("schemas/shop/user.proto", "message User { int32 id = 1; }\n");
    let work = check(&world.project(), "schemas", "git:HEAD").expect("a comparison");
    let head = world.git("rev-parse HEAD");
    assert_eq!((work.old.label.as_str(), work.new.label.as_str()), (&*format!("git:{}", &head[..7]), "worktree"));
    assert_eq!(work.old.commit.as_deref(), Some(head.as_str()));
    let shown: Vec<_> = work.sources.iter().map(|(_, file)| format!("{} {}", file.version(), file.name())).collect();
    let old = format!("git:{} schemas/shop/user.proto", &head[..7]);
    assert_eq!(shown, [old.as_str(), "worktree schemas/shop/user.proto"]);
}

#[test]
fn added_deleted_and_renamed_files_are_compared_on_their_side() {
    let Some(world) = shop() else { return };
    world.remove("schemas/shop/user.proto");
    world.write("schemas/shop/person.proto", USER.1);
    assert_eq!(world.check("schemas", "git:HEAD"), "compared shop/user.proto | shop/person.proto, unchanged 2");
}

#[test]
fn an_edit_of_equal_size_and_time_is_seen() {
    let Some(world) = shop() else { return };
    let path = world.path("schemas/shop/user.proto");
    let time = path.metadata().and_then(|metadata| metadata.modified()).expect("a time");
    world.write("schemas/shop/user.proto", "message Usex {}\n");
    let file = std::fs::File::options().write(true).open(&path).expect("the file");
    file.set_modified(time).expect("its time set back");
    assert_eq!(world.check("schemas", "git:HEAD"), "compared shop/user.proto | shop/user.proto, unchanged 2");
    world.git("update-index --assume-unchanged schemas/shop/user.proto");
    assert_eq!(world.check("schemas", "git:HEAD"), "compared shop/user.proto | shop/user.proto, unchanged 2");
}

#[test]
fn line_ends_that_git_converts_are_no_change() {
    let Some(world) = shop() else { return };
    world.git("config core.autocrlf true");
    world.write("schemas/shop/user.proto", "message User {}\r\n");
    world.git("add --all");
    assert_eq!(world.git("status --porcelain"), "");
    assert_eq!(world.check("schemas", "git:HEAD"), "compared |, unchanged 3");
    world.write("schemas/shop/user.proto", "message User { }\r\n");
    assert_eq!(world.check("schemas", "git:HEAD"), "compared shop/user.proto | shop/user.proto, unchanged 2");
}

#[test]
fn branches_tags_hashes_and_steps_are_revisions() {
    let Some(world) = shop() else { return };
    let first = world.git("rev-parse HEAD");
    world.git("tag light");
    world.git("tag --annotate heavy --message=x");
    world.git("tag --annotate heavier heavy --message=x");
    world.git("branch side/branch");
    world.write("schemas/shop/user.proto", "message User { int32 id = 1; }\n");
    world.commit();
    world.git("update-ref refs/remotes/origin/main HEAD~1");
    world.git("remote add origin ./elsewhere");
    world.git("branch --set-upstream-to=origin/main main");
    let changed = "compared shop/user.proto | shop/user.proto, unchanged 2";
    for revision in [
        "light",
        "heavy",
        "heavier",
        "side/branch",
        "HEAD~1",
        "HEAD^",
        "main@{upstream}",
        "main@{u}",
        &first,
        &first[..8],
    ] {
        assert_eq!(world.check("schemas", &format!("git:{revision}")), changed, "{revision}");
    }
    assert_eq!(world.check("schemas", "git:@"), "compared |, unchanged 3");
}

#[test]
fn another_path_at_a_revision_is_named_after_the_colon() {
    let Some(world) = shop() else { return };
    world.git("mv schemas protos");
    let same = "compared |, unchanged 3";
    assert_eq!(world.check("protos", "HEAD:schemas"), same);
    assert_eq!(world.check("protos", "HEAD:./schemas/"), same);
    assert_eq!(outcome(check(&world.project_in("protos"), ".", "HEAD:../schemas")), same);
    assert_eq!(world.check("HEAD:schemas", "HEAD:schemas"), same);
    assert_eq!(
        world.check("protos", "git:HEAD").split(" => ").next().map(|text| text.split(" (git:").next().unwrap_or(text)),
        Some("NoBaseline: there is no `protos` in HEAD")
    );
    assert!(world.check("protos", "HEAD:../x").starts_with("Usage: `../x`"), "{}", world.check("protos", "HEAD:../x"));
}

#[test]
fn a_single_file_is_compared_with_its_imports() {
    let Some(world) = shop() else { return };
    world.write("schemas/shop/money.proto", "message Money { int32 cents = 1; }\n");
    let expected =
        "compared shop/order.proto | shop/order.proto, imported shop/money.proto | shop/money.proto, unchanged 0";
    assert_eq!(world.check("schemas/shop/order.proto", "git:HEAD"), expected);
    assert_eq!(world.check("schemas/shop/order.proto", "HEAD:schemas/shop/order.proto"), expected);
}

#[test]
fn a_subdirectory_finds_imports_above_it_on_both_sides() {
    let files = [("schemas/a/a.proto", "import \"b/b.proto\";\n"), ("schemas/b/b.proto", "message B {}\n")];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    world.write("schemas/b/b.proto", "message B { int32 id = 1; }\n");
    let work = check(&world.project(), "schemas/a", "git:HEAD").expect("a comparison");
    let shown: Vec<_> = work.sources.iter().map(|(_, file)| file.name()).collect();
    assert_eq!(shown, ["schemas/a/a.proto", "schemas/b/b.proto", "schemas/a/a.proto", "schemas/b/b.proto"]);
    assert_eq!(outcome(Ok(work)), "compared a/a.proto | a/a.proto, imported b/b.proto | b/b.proto, unchanged 0");
}

#[test]
fn packed_objects_and_refs_with_deltas_are_read() {
    let long = (0..2000).map(|n| format!("// line {n}")).collect::<Vec<_>>().join("\n") + "\n";
    let Some(world) = World::repository(&[("schemas/a.proto", &long)]) else { return };
    world.commit();
    for change in ["one", "two", "three"] {
        world.write("schemas/a.proto", &format!("{long}// {change}\n"));
        world.commit();
    }
    world.git("tag --annotate v1.0 --message=x");
    world.git("gc --quiet --aggressive");
    world.git("pack-refs --all");
    let work = check(&world.project(), "schemas", "git:v1.0~3").expect("a comparison");
    let texts: Vec<_> = work.sources.iter().map(|(_, file)| file.text().to_owned()).collect();
    assert_eq!(texts, [long.clone(), format!("{long}// three\n")]);
}

#[test]
fn linked_worktrees_bare_repositories_and_borrowed_objects_are_read() {
    let Some(world) = shop() else { return };
    world.git("worktree add --quiet linked -b linked");
    world.write("linked/schemas/shop/user.proto", "message User { int32 id = 1; }\n");
    let changed = "compared shop/user.proto | shop/user.proto, unchanged 2";
    assert_eq!(outcome(check(&world.project_in("linked"), "schemas", "git:main")), changed);

    world.git("clone --quiet --bare . bare.git");
    let bare = world.project_in("bare.git");
    assert_eq!(outcome(check(&bare, "main:schemas", "HEAD:schemas")), "compared |, unchanged 3");
    let new = world.path("linked/schemas");
    let against = outcome(check(&bare, new.to_str().expect("UTF-8"), "main:schemas"));
    assert_eq!(against, changed);

    world.git("clone --quiet --shared . borrowed");
    assert_eq!(outcome(check(&world.project_in("borrowed"), "schemas", "git:HEAD")), "compared |, unchanged 3");
}

#[test]
fn repositories_of_sha256_are_read() {
    let Some(world) = World::repository(&[]) else { return };
    world.git("init --quiet --object-format=sha256 new");
    world.write("new/schemas/a.proto", "message A {}\n");
    world.git_in("new", "add --all");
    world.git_in("new", "commit --quiet --message=x");
    assert_eq!(outcome(check(&world.project_in("new"), "schemas", "git:HEAD")), "compared |, unchanged 1");
    world.write("new/schemas/a.proto", "message B {}\n");
    assert_eq!(
        outcome(check(&world.project_in("new"), "schemas", "git:HEAD")),
        "compared a.proto | a.proto, unchanged 0"
    );
}

#[test]
fn files_that_a_sparse_checkout_left_out_are_no_deletions() {
    for index in ["", " --sparse-index"] {
        let files =
            [("schemas/a/a.proto", "import \"b/b.proto\";"), ("schemas/b/b.proto", "x"), ("schemas/b/c/d.proto", "y")];
        let Some(world) = World::repository(&files) else { return };
        world.commit();
        world.git(&format!("sparse-checkout set --cone{index} schemas/a"));
        assert!(!world.path("schemas/b").exists());
        assert_eq!(world.check("schemas", "git:HEAD"), "compared |, unchanged 3");
        world.write("schemas/a/a.proto", "import \"b/b.proto\";\n");
        let expected = "compared a/a.proto | a/a.proto, imported b/b.proto | b/b.proto, unchanged 2";
        assert_eq!(world.check("schemas", "git:HEAD"), expected, "{index}");
    }
}

#[test]
fn submodules_are_read_where_they_are_checked_out() {
    let Some(world) = World::repository(&[]) else { return };
    world.git("init --quiet --initial-branch=main part");
    world.write("part/p.proto", "message P {}\n");
    world.git_in("part", "add --all");
    world.git_in("part", "commit --quiet --message=x");
    world.git("init --quiet --initial-branch=main whole");
    world.write("whole/schemas/a.proto", "message A {}\n");
    world.git_in("whole", "submodule --quiet add ../part schemas/part");
    world.git_in("whole", "add --all");
    world.git_in("whole", "commit --quiet --message=x");
    world.write("whole/schemas/part/p.proto", "message P { int32 id = 1; }\n");
    let whole = world.project_in("whole");
    assert_eq!(outcome(check(&whole, "schemas", "git:HEAD")), "compared part/p.proto | part/p.proto, unchanged 1");

    world.git("clone --quiet whole without");
    let work = check(&world.project_in("without"), "schemas", "git:HEAD").expect("a comparison");
    assert_eq!(work.old.skipped.summary().as_deref(), Some("1 submodule not checked out"));
}

#[test]
fn links_in_a_commit_are_followed_as_on_disk() {
    if !cfg!(unix) {
        return;
    }
    let Some(world) = shop() else { return };
    link_all(&world);
    world.commit();
    assert_eq!(world.check("linked", "git:HEAD"), "compared |, unchanged 4");
    world.git("clone --quiet --bare . bare.git");
    assert_eq!(outcome(check(&world.project_in("bare.git"), "main:linked", "main:linked")), "compared |, unchanged 4");
}

#[cfg(unix)]
fn link_all(world: &World) {
    world.write("linked/own.proto", "message Own {}\n");
    support::link(world, "../schemas", "linked/dir");
}

#[cfg(not(unix))]
fn link_all(_: &World) {}

#[test]
fn files_that_ignore_rules_name_count_if_git_tracks_them() {
    let Some(world) = shop() else { return };
    world.write(".gitignore", "build/\nscratch*.proto\n");
    world.write("schemas/build/tracked.proto", "message T {}\n");
    world.git("add --force schemas/build/tracked.proto");
    world.commit();
    world.write("schemas/build/generated.proto", "message {\n");
    world.write("schemas/other/build/generated.proto", "message {\n");
    world.write("schemas/scratch1.proto", "message {\n");
    let work = check(&world.project(), "schemas", "git:HEAD").expect("a comparison");
    assert_eq!(work.new.skipped.summary().as_deref(), Some("3 ignored by .gitignore"));
    assert_eq!(
        work.new.skipped.examples,
        ["schemas/build/generated.proto", "schemas/other/build", "schemas/scratch1.proto"]
    );
    assert_eq!(outcome(Ok(work)), "compared |, unchanged 4");
    // What the user names is read, ignored or not.
    assert!(world.check("schemas/other/build", "schemas").starts_with("compared "));
}

#[test]
fn where_a_branch_left_a_branch_that_only_the_remote_has() {
    let Some(world) = shop() else { return };
    world.git("checkout --quiet -b topic");
    world.write("schemas/shop/user.proto", "message User { int32 id = 1; }\n");
    world.commit();
    let expected = world.check("schemas", "merge-base:main");
    assert_eq!(expected, "compared shop/user.proto | shop/user.proto, unchanged 2");
    for remote in ["origin", "fork"] {
        world.git(&format!("remote add {remote} nowhere"));
    }
    world.git("update-ref refs/remotes/origin/main main");
    world.git("branch --quiet -D main");
    assert_eq!(world.check("schemas", "merge-base:main"), expected);
    // A revision is what git takes for one; and of two remotes neither is meant.
    for baseline in ["git:main", "main:schemas", "merge-base:other"] {
        assert!(world.check("schemas", baseline).starts_with("UnknownRevision"), "{baseline}");
    }
    world.git("update-ref refs/remotes/fork/main HEAD");
    assert!(world.check("schemas", "merge-base:main").starts_with("UnknownRevision"));
    // One of its own counts first.
    world.git("branch --quiet main HEAD");
    assert_eq!(world.check("schemas", "merge-base:main"), "compared |, unchanged 3");
}
