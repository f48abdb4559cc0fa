//! What is not in a clone is an error with the next step, never a wrong comparison.

mod support;

use support::{World, check, outcome};

fn shop() -> Option<World> {
    let world = World::repository(&[("schemas/a.proto", "message A {}\n")])?;
    world.commit();
    Some(world)
}

#[test]
fn a_missing_name_brings_near_names() {
    let Some(world) = shop() else { return };
    world.git("branch release/2.0");
    assert_eq!(
        world.check("schemas", "git:mian"),
        "UnknownRevision: no branch, tag or commit is called `mian` (near names: `main`) => write `main` if that is meant"
    );
    assert_eq!(
        world.check("schemas", "merge-base:release/2.1"),
        "UnknownRevision: no branch, tag or commit is called `release/2.1` (near names: `release/2.0`) \
         => write `release/2.0` if that is meant"
    );
    assert_eq!(world.check("schemas", "git:zzz"), "UnknownRevision: no branch, tag or commit is called `zzz`");
    assert_eq!(world.check("schemas", "git:HEAD~5"), "UnknownRevision: `HEAD~5` leads past the first commit of `HEAD`");
}

#[test]
fn what_is_no_commit_is_a_usage_error() {
    let Some(world) = shop() else { return };
    for against in ["git:main..main", "git:^main", "git:HEAD:schemas/a.proto", "git:-x"] {
        let found = world.check("schemas", against);
        assert!(found.starts_with("Usage: "), "{against}: {found}");
    }
}

#[test]
fn a_branch_name_alone_is_recognised() {
    let Some(world) = shop() else { return };
    assert_eq!(
        world.check("schemas", "main"),
        "Unreadable: there is no file or directory `main` => `main` is a revision: write `merge-base:main` or `git:main`"
    );
    assert_eq!(
        world.check("schemas", "shemas"),
        "Unreadable: there is no file or directory `shemas` => is `schemas` meant?"
    );
}

#[test]
fn outside_of_a_repository_git_baselines_are_a_usage_error() {
    let world = World::with(&[("schemas/a.proto", "message A {}\n")]);
    for against in ["git:main", "merge-base:main"] {
        assert_eq!(
            world.check("schemas", against),
            "Usage: `schemas` is in no git repository => compare with a directory: `--against PATH`"
        );
    }
    assert!(world.check("schemas", "main:schemas").starts_with("Usage: the current directory is in no git repository"));
}

#[test]
fn a_repository_without_commits_says_so() {
    let Some(world) = World::repository(&[("schemas/a.proto", "message A {}\n")]) else { return };
    for against in ["merge-base:main", "git:HEAD", "git:main", "HEAD:schemas"] {
        let expected = "NoBaseline: HEAD names no commit: nothing was committed yet";
        assert_eq!(world.check("schemas", against), expected, "{against}");
    }
    assert!(world.check("schemas", "git:nope").starts_with("UnknownRevision: "));
}

#[test]
fn a_path_without_schemas_is_no_baseline_yet() {
    let Some(world) = World::repository(&[("README", "x"), ("docs/x.md", "x")]) else { return };
    let head = world.commit();
    world.write("docs/a.proto", "message A {}\n");
    world.write("schemas/a.proto", "message A {}\n");
    let short = &head[..7];
    assert_eq!(
        world.check("schemas", "git:HEAD"),
        format!(
            "NoBaseline: there is no `schemas` in HEAD (git:{short}) => if the schemas were moved, name their old path: `REF:PATH`"
        )
    );
    assert_eq!(
        world.check("docs", "git:HEAD"),
        format!(
            "NoBaseline: there are no schema files in `docs` at git:{short} \
             (files that end in .proto, .avsc, .avpr or .avdl are looked for, in this directory and below)"
        )
    );
}

#[test]
fn a_stale_branch_is_compared_with_where_it_began() {
    let Some(world) = shop() else { return };
    world.git("checkout --quiet -b stale");
    world.write("schemas/b.proto", "message B {}\n");
    world.commit();
    world.git("checkout --quiet main");
    world.write("schemas/a.proto", "message A { int32 id = 1; }\n");
    let base = world.git("rev-parse HEAD");
    world.commit();
    world.git("checkout --quiet stale");
    assert_eq!(world.check("schemas", "git:main"), "compared a.proto | a.proto b.proto, unchanged 0");
    assert_eq!(world.check("schemas", "merge-base:main"), "compared | b.proto, unchanged 1");
    let work = check(&world.project(), "schemas", "merge-base:main").expect("a comparison");
    assert_eq!(work.old.commit, Some(base));
    assert_eq!(world.check("schemas", "merge-base:HEAD"), "compared |, unchanged 2");
}

#[test]
fn histories_without_a_common_commit_have_no_merge_base() {
    let Some(world) = shop() else { return };
    world.git("checkout --quiet --orphan alone");
    world.commit();
    assert_eq!(
        world.check("schemas", "merge-base:main"),
        "UnknownRevision: HEAD and `main` have no commit in common => compare with the branch itself: `git:main`"
    );
}

/// A remote with `main` ahead of a branch `stale` by some commits, both some commits long.
fn remote() -> Option<World> {
    let world = World::repository(&[])?;
    world.git("init --quiet --initial-branch=main remote");
    for (branch, commits) in [("main", 4), ("stale", 3)] {
        if branch == "stale" {
            world.git_in("remote", "checkout --quiet -b stale");
        }
        for commit in 0..commits {
            world.write(&format!("remote/schemas/{branch}{commit}.proto"), "message A {}\n");
            world.git_in("remote", "add --all");
            world.git_in("remote", "commit --quiet --message=x");
        }
    }
    world.git_in("remote", "checkout --quiet main");
    world.write("remote/schemas/late.proto", "message A {}\n");
    world.git_in("remote", "add --all");
    world.git_in("remote", "commit --quiet --message=x");
    world.git_in("remote", "checkout --quiet stale");
    Some(world)
}

/// Runs the command that a message tells to run.
fn run_help(world: &World, dir: &str, message: &str) {
    let (_, command) = message.split_once("`git fetch").expect("a fetch line");
    let (arguments, _) = command.split_once('`').expect("its end");
    world.git_in(dir, &format!("fetch --quiet{arguments}"));
}

#[test]
fn a_shallow_clone_names_the_fetch_that_makes_it_work() {
    let Some(world) = remote() else { return };
    let url = format!("file://{}", world.path("remote").display());
    world.git(&format!("clone --quiet --depth=1 --branch=stale {url} clone"));
    let project = world.project_in("clone");
    let run = |against: &str| outcome(check(&project, "schemas", against));

    let missing = run("git:origin/main");
    assert_eq!(
        missing,
        "NotFetched: `origin/main` is not in this clone => fetch it first: \
         `git fetch --depth=1 origin main:refs/remotes/origin/main`"
    );
    run_help(&world, "clone", &missing);
    assert_eq!(run("git:origin/main"), "compared late.proto | stale0.proto stale1.proto stale2.proto, unchanged 4");

    let cut = run("merge-base:origin/main");
    assert!(cut.starts_with("NotFetched: the merge base of HEAD and `origin/main` is not certain"), "{cut}");
    assert!(cut.ends_with("=> fetch it first: `git fetch --unshallow origin`"), "{cut}");
    let step = run("git:HEAD~1");
    assert!(step.starts_with("NotFetched: "), "{step}");

    run_help(&world, "clone", &cut);
    assert_eq!(run("merge-base:origin/main"), "compared | stale0.proto stale1.proto stale2.proto, unchanged 4");
    assert_eq!(run("git:HEAD~1"), "compared | stale2.proto, unchanged 6");
}

#[test]
fn every_depth_gives_the_right_merge_base_or_none() {
    let Some(world) = remote() else { return };
    let url = format!("file://{}", world.path("remote").display());
    let right = world.git_in("remote", "merge-base main stale");
    let mut found = 0;
    for depth in 1..=8 {
        let clone = format!("clone{depth}");
        world.git(&format!("clone --quiet --no-single-branch --depth={depth} --branch=stale {url} {clone}"));
        match check(&world.project_in(&clone), "schemas", "merge-base:origin/main") {
            Ok(work) => {
                assert_eq!(work.old.commit.as_deref(), Some(right.as_str()), "depth {depth}");
                found += 1;
            }
            Err(error) => assert_eq!(error.kind(), canread_project::ErrorKind::NotFetched, "depth {depth}"),
        }
    }
    assert!(found >= 4, "deep enough clones know their merge base: {found}");
}

/// `main` merges an old release branch, so that a truncated history shows a common ancestor that
/// is not the best one.
#[test]
fn an_older_common_commit_is_not_taken_for_the_merge_base() {
    let Some(world) = World::repository(&[]) else { return };
    world.git("init --quiet --initial-branch=main remote");
    let commit = |name: &str| {
        world.write(&format!("remote/schemas/{name}.proto"), "message A {}\n");
        world.git_in("remote", "add --all");
        world.git_in("remote", &format!("commit --quiet --message={name}"));
    };
    commit("root");
    world.git_in("remote", "branch old");
    for name in ["a", "b", "c", "d"] {
        commit(name);
    }
    world.git_in("remote", "branch topic");
    for name in ["e", "f", "g"] {
        commit(name);
    }
    world.git_in("remote", "merge --quiet --no-ff --message=m old");
    world.git_in("remote", "checkout --quiet topic");
    commit("t");
    world.git_in("remote", "merge --quiet --no-ff --message=m old");
    let right = world.git_in("remote", "merge-base main topic");
    let url = format!("file://{}", world.path("remote").display());
    for depth in 1..=10 {
        let clone = format!("clone{depth}");
        world.git(&format!("clone --quiet --no-single-branch --depth={depth} --branch=topic {url} {clone}"));
        if let Ok(work) = check(&world.project_in(&clone), "schemas", "merge-base:origin/main") {
            assert_eq!(work.old.commit.as_deref(), Some(right.as_str()), "depth {depth}");
        }
    }
}

#[test]
fn a_hash_that_is_not_here_names_its_fetch() {
    let Some(world) = remote() else { return };
    let url = format!("file://{}", world.path("remote").display());
    let hash = world.git_in("remote", "rev-parse main~1");
    world.git_in("remote", "config uploadpack.allowAnySHA1InWant true");
    world.git(&format!("clone --quiet --depth=1 --branch=stale {url} clone"));
    let project = world.project_in("clone");
    let against = format!("git:{hash}");
    let missing = outcome(check(&project, "schemas", &against));
    assert!(missing.starts_with("NotFetched: "), "{missing}");
    assert!(missing.ends_with(&format!("`git fetch --depth=1 origin {hash}`")), "{missing}");
    run_help(&world, "clone", &missing);
    assert!(outcome(check(&project, "schemas", &against)).starts_with("compared "));
}

#[test]
fn a_partial_clone_names_the_fetch_that_completes_it() {
    let Some(world) = remote() else { return };
    let url = format!("file://{}", world.path("remote").display());
    for text in ["message Old {}\n", "message New {}\n"] {
        world.write("remote/schemas/main0.proto", text);
        world.git_in("remote", "add --all");
        world.git_in("remote", "commit --quiet --message=x");
    }
    world.git_in("remote", "config uploadpack.allowFilter true");
    world.git_in("remote", "config uploadpack.allowAnySHA1InWant true");
    for filter in ["blob:none", "tree:0"] {
        let clone = format!("clone-{}", &filter[..4]);
        world.git(&format!("clone --quiet --filter={filter} --branch=stale {url} {clone}"));
        let project = world.project_in(&clone);
        let missing = outcome(check(&project, "schemas", "git:HEAD~1"));
        assert!(missing.contains("is not in this clone"), "{missing}");
        assert!(missing.contains("project/not_fetched") || missing.starts_with("NotFetched"), "{missing}");
        run_help(&world, &clone, &missing);
        assert_eq!(
            outcome(check(&project, "schemas", "git:HEAD~1")),
            "compared main0.proto | main0.proto, unchanged 6"
        );
    }
}

#[test]
fn a_damaged_repository_is_unreadable() {
    let Some(world) = shop() else { return };
    let tree = world.git("rev-parse HEAD:schemas");
    let object = world.path(&format!(".git/objects/{}/{}", &tree[..2], &tree[2..]));
    std::fs::remove_file(&object).expect("a loose object");
    std::fs::write(&object, b"not zlib").expect("damage");
    let found = world.check("schemas", "git:HEAD");
    assert!(found.starts_with("Unreadable: "), "{found}");
    std::fs::write(world.path(".git/HEAD"), "").expect("damage");
    let found = world.check("schemas", "git:HEAD");
    assert!(found.starts_with("Unreadable: ") || found.starts_with("Usage: "), "{found}");
}
