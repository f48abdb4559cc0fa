//! What git's index holds, as a version: `staged:PATH`.

mod support;

use support::{World, check, outcome};

const OLD: &str = "message A {}\n";
const BREAK: &str = "message A { int32 a = 1; }\n";

fn shop() -> Option<World> {
    let world = World::repository(&[("schemas/a.proto", OLD), ("schemas/b.proto", "import \"a.proto\";\n")])?;
    world.commit();
    Some(world)
}

const UNCHANGED: &str = "compared |, unchanged 2";
const CHANGED: &str = "compared a.proto b.proto | a.proto b.proto, unchanged 0";

#[test]
fn what_is_staged_counts_and_not_what_lies_in_the_work_tree() {
    let Some(world) = shop() else { return };
    assert_eq!(world.check("staged:schemas", "git:HEAD"), UNCHANGED);
    world.write("schemas/a.proto", BREAK);
    assert_eq!(world.check("staged:schemas", "git:HEAD"), UNCHANGED, "a break that is not staged");
    world.git("add --all");
    world.write("schemas/a.proto", OLD);
    assert_eq!(world.check("staged:schemas", "git:HEAD"), CHANGED, "a break that is staged, and mended since");
    assert_eq!(world.check("schemas", "git:HEAD"), UNCHANGED);
    // Files that are gone on one side alone.
    world.git("reset --quiet");
    world.remove("schemas/b.proto");
    assert_eq!(world.check("staged:schemas", "git:HEAD"), UNCHANGED);
    world.git("rm --quiet --cached schemas/b.proto");
    world.write("schemas/b.proto", "");
    assert_eq!(world.check("staged:schemas", "git:HEAD"), "compared b.proto |, imported a.proto |, unchanged 1");
}

#[test]
fn it_has_a_name_and_no_commit() {
    let Some(world) = shop() else { return };
    world.write("schemas/a.proto", BREAK);
    world.git("add --all");
    let work = check(&world.project(), "staged:schemas", "git:HEAD").expect("a comparison");
    assert_eq!((work.new.label.as_str(), work.new.commit.as_deref()), ("staged", None));
    let work = check(&world.project(), "schemas", "staged:schemas").expect("a comparison");
    assert_eq!((work.old.label.as_str(), work.new.label.as_str()), ("staged", "worktree"));
}

#[test]
fn a_path_starts_at_the_top_or_here() {
    let Some(world) = shop() else { return };
    world.write("schemas/a.proto", BREAK);
    world.git("add --all");
    for path in ["staged:schemas", "staged:./schemas", "staged:", "staged:."] {
        assert!(world.check(path, "git:HEAD").ends_with("unchanged 0"), "{path}");
    }
    assert_eq!(world.check("staged:schemas/a.proto", "git:HEAD"), "compared a.proto | a.proto, unchanged 0");
    let below = world.project_in("schemas");
    for path in ["staged:.", "staged:schemas", "staged:../schemas"] {
        assert_eq!(outcome(check(&below, path, "git:HEAD")), CHANGED, "{path}");
    }
    world.write("new/c.proto", OLD);
    assert_eq!(
        world.check("staged:new", "git:HEAD"),
        "Unreadable: there is no `new` that is staged (it is in the work tree: `git add` stages it) \
         => paths start at the top of the repository; those that start with `./`, here"
    );
    assert!(world.check("staged:../x", "git:HEAD").starts_with("Usage: "));
    assert!(World::with(&[("a.proto", OLD)]).check("staged:.", "git:HEAD").starts_with("Usage: "));
}

#[test]
fn imports_and_module_files_are_those_that_are_staged() {
    let Some(world) = World::repository(&[
        ("buf.yaml", "version: v2\nmodules:\n  - path: api\n  - path: lib\n"),
        ("api/a.proto", "import \"l.proto\";\n"),
        ("lib/l.proto", "message L {}\n"),
    ]) else {
        return;
    };
    world.commit();
    world.write("lib/l.proto", "message L { int32 a = 1; }\n");
    let of_api = "compared a.proto | a.proto, imported l.proto | l.proto, unchanged 0";
    assert_eq!(world.check("api", "git:HEAD"), of_api);
    assert_eq!(world.check("staged:api", "git:HEAD"), "compared |, unchanged 1");
    world.git("add --all");
    world.write("buf.yaml", "version: v2\nmodules:\n  - path: api\n");
    assert_eq!(world.check("staged:api", "git:HEAD"), of_api);
    let project = || world.project().include("lib");
    assert_eq!(outcome(check(&project(), "staged:api", "git:HEAD")), of_api);
}

#[test]
fn a_merge_that_is_not_finished_has_nothing_to_commit() {
    let Some(world) = shop() else { return };
    world.git("checkout --quiet -b topic");
    world.write("schemas/a.proto", BREAK);
    world.commit();
    world.git("checkout --quiet main");
    world.write("schemas/a.proto", "message Other {}\n");
    world.commit();
    world.git("read-tree -m main~1 main topic");
    let found = world.check("staged:schemas", "git:HEAD");
    assert!(found.starts_with("Unreadable: a merge is not finished: `schemas/a.proto` ("), "{found}");
    assert!(found.ends_with("=> resolve what is in conflict, and stage it: `git add FILE`"), "{found}");
    world.git("add --all");
    assert_eq!(world.check("staged:schemas", "git:HEAD"), UNCHANGED);
}

#[test]
fn what_is_only_announced_is_passed_over_and_counted() {
    let Some(world) = shop() else { return };
    world.write("schemas/c.proto", OLD);
    world.write("schemas/notes.txt", OLD);
    world.write("elsewhere/d.proto", OLD);
    world.git("add --intent-to-add .");
    let work = check(&world.project(), "staged:schemas", "git:HEAD").expect("a comparison");
    assert_eq!(work.new.skipped.summary().as_deref(), Some("1 file that is announced to git and not staged"));
    assert_eq!(work.new.skipped.examples, ["schemas/c.proto"]);
    assert_eq!(outcome(Ok(work)), UNCHANGED);
    let found = world.check("staged:elsewhere", "git:HEAD");
    assert!(found.starts_with("Unreadable: there is no `elsewhere` that is staged"), "{found}");
}

/// Source: git-commit(1): with `--all` or paths, hooks see another index, which `GIT_INDEX_FILE` names.
#[test]
fn git_says_which_index_counts() {
    let Some(world) = shop() else { return };
    world.write("schemas/a.proto", BREAK);
    std::fs::copy(world.path(".git/index"), world.path(".git/kept")).expect("a copy");
    world.git("add --all");
    std::fs::copy(world.path(".git/index"), world.path("outside")).expect("a copy");
    let with = |dir: &str, file: &str| {
        outcome(check(&world.project_in(dir).index_file(Some(file.into())), "staged:schemas", "git:HEAD"))
    };
    assert_eq!(with("", ".git/index"), CHANGED);
    let kept = world.path(".git/kept").display().to_string();
    for (dir, file) in [("", ".git/kept"), ("schemas", ".git/kept"), ("", &kept), ("schemas", &kept)] {
        assert_eq!(with(dir, file), UNCHANGED, "{file} from {dir}");
    }
    world.git("reset --quiet");
    assert_eq!(with("", "outside"), CHANGED);
    // The hook of one repository may look at another.
    world.git("init --quiet other");
    world.git_in("other", "add --all");
    let other = world.path("other/.git/index").display().to_string();
    assert_eq!(with("", &other), UNCHANGED);
    // An index that is not there is empty, as it is for git.
    assert!(with("", ".git/nothing").starts_with("Unreadable: there is no `schemas` that is staged"));
}

#[test]
fn every_form_of_an_index_is_read() {
    for step in [
        "update-index --split-index",
        "update-index --index-version 4",
        "sparse-checkout set --cone --sparse-index api",
    ] {
        let files =
            [("api/a.proto", "import \"lib/deep/l.proto\";\n"), ("lib/deep/l.proto", "x"), ("lib/m.proto", "y")];
        let Some(world) = World::repository(&files) else { return };
        world.commit();
        world.git(step);
        assert_eq!(world.check("staged:", "git:HEAD"), "compared |, unchanged 3", "{step}");
        world.write("api/a.proto", "import \"lib/deep/l.proto\"; \n");
        world.git("add api");
        let expected = "compared api/a.proto | api/a.proto, imported lib/deep/l.proto | lib/deep/l.proto, unchanged 2";
        assert_eq!(world.check("staged:", "git:HEAD"), expected, "{step}");
    }
    let Some(world) = shop() else { return };
    world.write(".git/index", "DIRC");
    let found = world.check("staged:schemas", "git:HEAD");
    assert!(found.starts_with("Unreadable: the index of the git repository can't be read"), "{found}");
    world.git("worktree prune");
    world.remove(".git/index");
    assert!(world.check("staged:schemas", "git:HEAD").starts_with("Unreadable: there is no `schemas` that is staged"));
}

#[test]
fn linked_work_trees_and_submodules_have_their_own() {
    let Some(world) = shop() else { return };
    world.git("worktree add --quiet linked");
    world.write("linked/schemas/a.proto", BREAK);
    world.git_in("linked", "add --all");
    assert_eq!(outcome(check(&world.project_in("linked"), "staged:schemas", "git:HEAD")), CHANGED);
    assert_eq!(world.check("staged:schemas", "git:HEAD"), UNCHANGED);

    let Some(world) = World::repository(&[]) else { return };
    world.git("init --quiet --initial-branch=main part");
    world.write("part/p.proto", OLD);
    world.git_in("part", "add --all");
    world.git_in("part", "commit --quiet --message=x");
    world.git("init --quiet --initial-branch=main whole");
    world.write("whole/schemas/a.proto", OLD);
    world.git_in("whole", "submodule --quiet add ../part schemas/part");
    world.git_in("whole", "add --all");
    world.git_in("whole", "commit --quiet --message=x");
    world.write("whole/schemas/part/p.proto", BREAK);
    world.git_in("whole/schemas/part", "commit --quiet --all --message=x");
    let whole = || world.project_in("whole");
    assert_eq!(outcome(check(&whole(), "staged:schemas", "git:HEAD")), "compared |, unchanged 2");
    world.git_in("whole", "add --all");
    let expected = "compared part/p.proto | part/p.proto, unchanged 1";
    assert_eq!(outcome(check(&whole(), "staged:schemas", "git:HEAD")), expected);
    // Inside of the submodule the index is its own.
    world.write("whole/schemas/part/p.proto", OLD);
    world.git_in("whole/schemas/part", "add --all");
    let part = world.project_in("whole/schemas/part");
    assert_eq!(outcome(check(&part, "staged:", "git:HEAD")), "compared p.proto | p.proto, unchanged 0");
}
