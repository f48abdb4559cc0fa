//! The first step in a repository, and that what it writes works.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use crate::world::{Outcome, World};

/// A repository with a version of the shop in `schemas`.
fn shop() -> Option<World> {
    let world = World::repository(&[("README.md", "The shop.\n")])?;
    put(&world, "v1");
    world.commit();
    Some(world)
}

fn put(world: &World, version: &str) {
    let _ = fs::remove_dir_all(world.path("schemas"));
    let root = canread_testing::workspace_root().join("schemas/shop").join(version);
    let mut pending = vec![root.clone()];
    while let Some(dir) = pending.pop() {
        for child in fs::read_dir(dir).expect("the shop is there") {
            let path = child.expect("it can be listed").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let below = path.strip_prefix(&root).expect("below the root");
                world.write(format!("schemas/{}", below.display()), fs::read(&path).expect("it can be read"));
            }
        }
    }
}

#[test]
fn what_init_writes_makes_check_work() {
    let Some(world) = shop() else { return };
    assert_snapshot!(world.run("init --ci github,gitlab --hook"));
    assert_snapshot!("init_config", fs::read_to_string(world.path("canread.toml")).expect("it was written"));
    assert_snapshot!("init_github", fs::read_to_string(world.path(".github/workflows/canread.yml")).expect("written"));
    assert_snapshot!("init_gitlab", fs::read_to_string(world.path(".gitlab/canread.yml")).expect("written"));
    assert_eq!(world.run("check").code, Some(0));
    assert!(world.run("config show --origin").out.contains("merge-base:main"));
    // A branch with a break, seen from where it left main.
    world.commit_without_hooks();
    world.git("checkout --quiet -b topic");
    put(&world, "v2");
    let outcome = world.run("check");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    world.commit_without_hooks();
    assert_eq!(world.run("check").code, Some(1));
    put(&world, "v3");
    assert_eq!(world.run("check").code, Some(0));
}

/// A repository as a service checks it out, with every branch and tag of `origin` and none of its own, and the commands
/// of its job, but for those that install.
#[cfg(unix)]
struct Job {
    clone: World,
    commands: Vec<String>,
}

#[cfg(unix)]
impl Job {
    /// Source: actions/checkout v4 with `fetch-depth: 0`, `git-command-manager.ts`.
    fn of_github(origin: &World) -> Self {
        let clone = Self::checked_out(origin, "refs/pull/1/merge", "refs/remotes/pull/1/merge");
        let text = fs::read_to_string(clone.path(".github/workflows/canread.yml")).expect("it was committed");
        Self::new(clone, &text, "      - run: ")
    }

    /// Source: GitLab, `Ci::BuildRunnerPresenter`, with `GIT_DEPTH: 0`.
    fn of_gitlab(origin: &World) -> Self {
        let clone = Self::checked_out(origin, "refs/pipelines/1", "refs/pipelines/1");
        let text = fs::read_to_string(clone.path(".gitlab/canread.yml")).expect("it was committed");
        let (_, script) = text.split_once("  script:\n").expect("it has a script");
        Self::new(clone, script, "    - ")
    }

    fn checked_out(origin: &World, from: &str, to: &str) -> World {
        let clone = World::with::<&str, &str>(&[]);
        clone.git("init --quiet");
        clone.git(&format!("remote add origin file://{}", origin.path("").display()));
        clone.git(&format!(
            "fetch --quiet origin +refs/heads/*:refs/remotes/origin/* +refs/tags/*:refs/tags/* +{from}:{to}"
        ));
        clone.git(&format!("checkout --quiet --force {to}"));
        clone
    }

    fn new(clone: World, script: &str, start: &str) -> Self {
        let commands = script.lines().filter_map(|line| line.strip_prefix(start));
        let commands: Vec<String> =
            commands.filter(|command| !command.starts_with("cargo install ")).map(str::to_owned).collect();
        assert!(!commands.is_empty(), "{script}");
        Self { clone, commands }
    }

    fn run(&self) -> Outcome {
        let mut shell = Command::new("sh");
        shell.current_dir(self.clone.path("")).arg("-ec").arg(self.commands.join("\n")).env("PATH", with_canread());
        Outcome::of(shell.env("BASE", "main").env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"))
    }
}

/// Where commands are looked for, with the one that is tested before others.
fn with_canread() -> String {
    let canread = std::path::Path::new(env!("CARGO_BIN_EXE_canread"));
    let dir = canread.parent().expect("it lies in a directory").display();
    format!("{dir}:{}", std::env::var("PATH").unwrap_or_default())
}

/// Commits what `schemas` holds to a branch, while `main` goes on; as both services see it.
#[cfg(unix)]
fn propose(world: &World) {
    world.git("checkout --quiet -b topic main");
    world.write("README.md", "The shop, again.\n");
    world.commit();
    world.git("checkout --quiet main");
    world.write("schemas/later.proto", "syntax = \"proto3\";\nmessage Later {}\n");
    world.commit();
    world.git("merge --quiet --no-ff --message=merge topic");
    world.git("update-ref refs/pull/1/merge HEAD");
    world.git("update-ref refs/pipelines/1 topic");
    world.git("reset --quiet --hard HEAD~1");
}

#[test]
#[cfg(unix)]
fn what_init_writes_for_services_works_in_their_clones() {
    for (has_remote, configured, code_of_break) in [
        (false, None, 1),
        (true, None, 1),
        // What is configured later counts: here that nothing changed.
        (false, Some("git:HEAD"), 0),
        (false, Some("git:tags/v*"), 1),
    ] {
        for (version, code) in [("v2", code_of_break), ("v3", 0)] {
            let Some(world) = shop() else { return };
            world.git("tag v1");
            if has_remote {
                world.git("update-ref refs/remotes/origin/main HEAD");
            }
            assert_eq!(world.run("init --ci github,gitlab").code, Some(0));
            let text = fs::read_to_string(world.path("canread.toml")).expect("it was written");
            let written = if has_remote { "merge-base:origin/main" } else { "merge-base:main" };
            assert!(text.contains(&format!("against = \"{written}\"\n")), "{text}");
            world.write("canread.toml", text.replace(written, configured.unwrap_or(written)));
            world.commit();
            put(&world, version);
            propose(&world);
            for (service, job) in [("github", Job::of_github(&world)), ("gitlab", Job::of_gitlab(&world))] {
                let outcome = job.run();
                assert_eq!(outcome.code, Some(code), "{service}, {written}, {configured:?}, {version}: {outcome}");
                assert!(!outcome.text().contains("Later"), "{outcome}");
            }
        }
    }
}

/// A `canread.toml` that is there stays as it is, and what is written goes with it.
#[test]
#[cfg(unix)]
fn a_workflow_and_a_hook_can_be_added_later() {
    for (against, command) in
        [("against = \"git:v1\"\n", "canread check\n"), ("", "canread check --against \"merge-base:origin/$BASE\"\n")]
    {
        let Some(world) = shop() else { return };
        let config = format!("version = 1\n{against}");
        world.write("canread.toml", &config);
        let outcome = world.run("init --ci github,gitlab --hook");
        assert_eq!(outcome.code, Some(0), "{outcome}");
        assert!(outcome.out.starts_with("kept canread.toml\nwrote .github/"), "{outcome}");
        assert_eq!(fs::read_to_string(world.path("canread.toml")).expect("it is there"), config);
        let workflow = fs::read_to_string(world.path(".github/workflows/canread.yml")).expect("it was written");
        assert!(workflow.contains(command), "{workflow}");
        world.git("tag v1");
        world.commit_without_hooks();
        put(&world, "v2");
        world.git("config core.hooksPath /dev/null");
        propose(&world);
        for job in [Job::of_github(&world), Job::of_gitlab(&world)] {
            let outcome = job.run();
            assert_eq!(outcome.code, Some(1), "{outcome}");
        }
    }
    // That of a directory above counts here too.
    let Some(world) = shop() else { return };
    world.write("canread.toml", "version = 1\nagainst = \"git:HEAD\"\n");
    let mut below = world.command("init --ci github");
    let outcome = Outcome::of(below.current_dir(world.path("schemas")));
    assert_eq!(outcome.out, "kept ../canread.toml\nwrote .github/workflows/canread.yml\n");
    let workflow = fs::read_to_string(world.path(".github/workflows/canread.yml")).expect("it was written");
    assert!(workflow.ends_with("      - run: canread check\n        working-directory: \"schemas\"\n"), "{workflow}");
    let world = World::with(&[("canread.toml", "version = 1\nmdoe = \"full\"\n")]);
    world.run("init --hook").fails_with(2, &["is `mode` meant?"]);
}

#[test]
fn the_hook_stops_a_commit_that_breaks_and_lets_others_pass() {
    let Some(world) = shop() else { return };
    assert_eq!(world.run("init --hook").code, Some(0));
    let commit = || {
        world.git("add --all");
        let mut git = Command::new("git");
        git.current_dir(world.path("")).args(["-c", "user.name=n", "-c", "user.email=n@example.org"]);
        let output =
            git.args(["commit", "--quiet", "--message=step"]).env("PATH", with_canread()).output().expect("git runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    if cfg!(windows) {
        canread_testing::skip("the hook is tested where there are POSIX shells");
        return;
    }
    put(&world, "v3");
    let (is_well, text) = commit();
    assert!(is_well, "{text}");
    put(&world, "v2");
    let (is_well, text) = commit();
    assert!(!is_well && text.contains("error[protobuf/"), "{text}");
}

/// A repository with a schema, the hook in place, and what `git commit` with arguments comes to.
#[cfg(unix)]
struct Hooked(World);

#[cfg(unix)]
impl Hooked {
    const OLD: &str = "syntax = \"proto3\";\nmessage M { int64 a = 1; }\n";
    const BREAK: &str = "syntax = \"proto3\";\nmessage M { int32 a = 1; }\n";
    const FINE: &str = "syntax = \"proto3\";\nmessage M { int64 a = 1; int64 b = 2; }\n";

    fn new(dir: &str) -> Option<Self> {
        let world = World::repository(&[("api/a.proto", Self::OLD), ("b.proto", "syntax = \"proto3\";\n")])?;
        let mut init = world.command("init --hook");
        assert_eq!(Outcome::of(init.current_dir(world.path(dir))).code, Some(0));
        world.commit_without_hooks();
        Some(Self(world))
    }

    fn commit(&self, dir: &str, arguments: &str) -> Outcome {
        let mut git = Command::new("git");
        git.current_dir(self.0.path(dir)).args(["-c", "user.name=n", "-c", "user.email=n@example.org", "commit"]);
        git.args(["--quiet", "--message=step"]).args(arguments.split_whitespace()).env("PATH", with_canread());
        Outcome::of(git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null"))
    }

    #[track_caller]
    fn stops(&self, dir: &str, arguments: &str) {
        let outcome = self.commit(dir, arguments);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert!(outcome.err.contains("error[protobuf/field_type_changed]: `M.a`"), "{outcome}");
        assert!(outcome.err.contains(" --> staged:api/a.proto:2:"), "{outcome}");
    }

    #[track_caller]
    fn passes(&self, dir: &str, arguments: &str) {
        let outcome = self.commit(dir, arguments);
        assert_eq!(outcome.code, Some(0), "{outcome}");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_looks_at_what_is_committed() {
    for dir in ["", "api"] {
        // Staged is the break, and the work tree has it mended.
        let Some(hooked) = Hooked::new(dir) else { return };
        let Hooked(world) = &hooked;
        world.write("api/a.proto", Hooked::BREAK);
        world.git("add --all");
        world.write("api/a.proto", Hooked::FINE);
        hooked.stops(dir, "");
        hooked.stops("api", "");
        // The work tree has the break, and it is not staged.
        world.git("add --all");
        world.write("api/a.proto", Hooked::BREAK);
        hooked.passes(dir, "");
        // Nothing of a schema is committed.
        world.write("README.md", "M\n");
        world.git("add README.md");
        hooked.passes(dir, "");
        // Git makes an index for the commit alone.
        hooked.stops(dir, "--all");
        world.write("api/a.proto", Hooked::FINE);
        world.write("b.proto", "syntax = \"proto3\";\nmessage N {}\n");
        hooked.passes(dir, "--all");
        world.write("api/a.proto", Hooked::BREAK);
        world.git("add api/a.proto");
        world.write("b.proto", "syntax = \"proto3\";\n\nmessage N {}\n");
        hooked.passes("", "b.proto");
        hooked.stops("", "api/a.proto");
        hooked.stops("api", "a.proto");
        hooked.passes("", "--no-verify");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_works_in_linked_work_trees_and_before_the_first_commit() {
    let Some(hooked) = Hooked::new("") else { return };
    let Hooked(world) = &hooked;
    world.git("worktree add --quiet linked");
    world.write("linked/api/a.proto", Hooked::BREAK);
    hooked.stops("linked", "--all");
    world.git("-C linked add --all");
    hooked.stops("linked", "");
    world.write("linked/api/a.proto", Hooked::FINE);
    hooked.passes("linked", "--all");
    world.git("checkout --quiet --orphan fresh");
    hooked.passes("", "");
    // An approval counts for what is staged, and the command that is shown makes it.
    world.write("api/a.proto", Hooked::BREAK);
    world.git("add --all");
    let outcome = hooked.commit("", "");
    let (_, command) = outcome.err.split_once("= approve: canread ").expect("a command is shown");
    let command =
        command.lines().next().expect("a line").replace("\"...\"", "tested").replace("YYYY-MM-DD", "2099-12-31");
    assert!(command.contains("--path staged:. --against git:HEAD"), "{command}");
    world.write("api/a.proto", Hooked::OLD);
    let approved = world.run(&command);
    assert_eq!(approved.code, Some(0), "{approved}");
    hooked.passes("", "");
}

#[test]
fn nothing_is_overwritten_and_then_nothing_is_written() {
    let Some(world) = shop() else { return };
    world.write(".gitlab/canread.yml", "mine\n");
    world.run("init --ci gitlab").fails_with(2, &["`.gitlab/canread.yml` is there already", "nothing was written"]);
    assert!(!world.path("canread.toml").exists());
    assert_eq!(world.run("init").code, Some(0));
    world.write("canread.toml", "version = 1\n# mine\n");
    world.run("init").fails_with(2, &["`canread.toml` is there already", "`--ci` and `--hook` keep it"]);
    assert_eq!(fs::read_to_string(world.path("canread.toml")).expect("it is there"), "version = 1\n# mine\n");
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let Some(world) = shop() else { return };
    let outcome = world.run("init --dry-run --ci github --hook");
    assert_eq!(outcome.code, Some(0));
    for part in ["--- canread.toml\n", "--- .github/workflows/canread.yml\n", "fetch-depth: 0", "#!/bin/sh\n"] {
        assert!(outcome.out.contains(part), "no {part:?} in {outcome}");
    }
    assert!(!world.path("canread.toml").exists() && !world.path(".github").exists());
}

#[test]
fn below_the_root_what_is_written_runs_there() {
    let Some(world) = shop() else { return };
    let below = |arguments: &str| Outcome::of(world.command(arguments).current_dir(world.path("schemas")));
    assert_eq!(below("init --ci github,gitlab --hook").code, Some(0));
    let read = |path: &str| fs::read_to_string(world.path(path)).expect("it was written");
    assert!(read(".github/workflows/canread.yml").contains("        working-directory: \"schemas\"\n"));
    assert!(read(".gitlab/canread.yml").contains("    - \"cd 'schemas'\"\n"));
    assert!(read(".git/hooks/pre-commit").contains("cd 'schemas' || exit 1\n"));
    assert_eq!(below("check").code, Some(0));
}

#[test]
fn without_schemas_or_a_repository_the_next_step_is_said() {
    let empty = World::with::<&str, &str>(&[]);
    empty.run("init").fails_with(3, &["there are no schema files"]);
    let bare = World::with(&[("a.avsc", r#"{"type": "record", "name": "R", "fields": []}"#)]);
    bare.run("init --hook").fails_with(2, &["in no git repository", "git init"]);
    let outcome = bare.run("init");
    assert!(outcome.out.contains("canread check --against OLD"), "{outcome}");
    let text = fs::read_to_string(bare.path("canread.toml")).expect("it was written");
    assert!(text.contains("# Found: 1 Avro file here.\n") && text.contains("\n# against = "), "{text}");
    assert_eq!(bare.run("config show").code, Some(0));
}

/// Everything that is commented out may be taken in.
#[test]
fn the_examples_in_the_written_file_are_well() {
    let Some(world) = shop() else { return };
    assert_eq!(world.run("init").code, Some(0));
    let text = fs::read_to_string(world.path("canread.toml")).expect("it was written");
    let is_setting = |line: &str| line.starts_with("# [") || (line.starts_with("# ") && line.contains(" = "));
    let text: Vec<String> = text
        .lines()
        .map(|line| if is_setting(line) { line.trim_start_matches("# ").to_owned() } else { line.to_owned() })
        .collect();
    world.write("canread.toml", text.join("\n"));
    let outcome = world.run("config show");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    for key in
        ["rules protobuf/field_renamed", "path internal/** mode", "allow a3f8c21b9d04", "third_party", "**/testdata"]
    {
        assert!(outcome.out.contains(key), "no {key:?} in {outcome}");
    }
}

/// Source: TOML 1.0, "String"; git-check-ref-format(1) forbids neither quotes nor most other characters.
#[test]
#[cfg(unix)]
fn what_is_found_is_written_as_toml_whatever_its_name() {
    let Some(world) = World::repository(&[("a\n[rules]\nx/a.proto", "syntax = \"proto3\";\n")]) else { return };
    world.git("checkout --quiet -b a\"b");
    world.git("branch --quiet -D main");
    assert_eq!(world.run("init").code, Some(0));
    let text = fs::read_to_string(world.path("canread.toml")).expect("it was written");
    assert!(text.contains("against = \"merge-base:a\\\"b\"\n"), "{text}");
    assert_eq!(text.matches("\n[").count(), 0, "{text}");
    let shown = world.run("config show");
    assert!(shown.code == Some(0) && shown.out.contains("merge-base:a\"b"), "{shown}");
}

#[test]
#[cfg(unix)]
fn what_was_written_before_a_failure_is_said() {
    let Some(world) = shop() else { return };
    // A file where the directory of the workflow would be.
    world.write(".github", "mine\n");
    let outcome = world.run("init --ci github");
    outcome.fails_with(3, &["`.github/workflows/canread.yml` can't be written"]);
    assert_eq!(outcome.out, "wrote canread.toml\n");
}

#[test]
#[cfg(unix)]
fn a_hook_goes_where_git_looks_for_it() {
    use std::os::unix::fs::PermissionsExt;
    let Some(world) = shop() else { return };
    world.write("home/.gitconfig", "[core]\n\thooksPath = ~/hooks\n");
    let mut command = world.command("init --hook");
    assert_eq!(Outcome::of(command.env("HOME", world.path("home"))).code, Some(0));
    let hook = fs::metadata(world.path("home/hooks/pre-commit")).expect("it was written");
    assert_eq!(hook.permissions().mode() & 0o100, 0o100);
    assert!(!world.path(".git/hooks/pre-commit").exists());
    // That of the repository counts before that of the user.
    fs::remove_file(world.path("canread.toml")).expect("it was written");
    world.git("config core.hooksPath own");
    let mut command = world.command("init --hook");
    assert_eq!(Outcome::of(command.env("HOME", world.path("home"))).code, Some(0));
    assert!(world.path("own/pre-commit").exists());
}
