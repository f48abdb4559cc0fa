//! The GitHub action and the pre-commit hook, run here.

use std::fs;
use std::process::Command;

use crate::world::{Outcome, P3, World};

/// The script of the only step of `action.yml`.
fn script() -> String {
    let action = fs::read_to_string(canread_testing::workspace_root().join("action.yml")).expect("it is there");
    let (_, script) = action.split_once("      run: |\n").expect("one step has a script");
    let lines = script.lines().map(|line| line.strip_prefix("        ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// Runs the script with variables, beside a `canread` that notes its arguments; gives the exit code.
#[cfg(unix)]
fn run(world: &World, variables: &[(&str, &str)]) -> i32 {
    use std::os::unix::fs::PermissionsExt;
    world.write("canread", STUB);
    fs::set_permissions(world.path("canread"), fs::Permissions::from_mode(0o755)).expect("it can be changed");
    world.write("step.sh", script());
    // As GitHub runs a step whose `shell` is `bash`.
    let mut bash = Command::new("bash");
    bash.current_dir(world.path("")).args(["--noprofile", "--norc", "-e", "-o", "pipefail", "step.sh"]).env_clear();
    bash.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in [
        ("SCHEMAS", "."),
        ("COMMAND", "./canread"),
        ("SARIF", "canread.sarif"),
        ("DIRECTORY", "."),
        ("AGAINST", ""),
        ("BASE_REF", ""),
        ("GITHUB_STEP_SUMMARY", "summary"),
        ("GITHUB_OUTPUT", "output"),
    ] {
        bash.env(name, value);
    }
    bash.envs(variables.iter().copied());
    bash.output().expect("bash runs").status.code().expect("it ends by itself")
}

/// Stands for the command: writes what it is asked to write, and has `STUB_AGAINST` configured.
const STUB: &str = r##"#!/bin/sh
if [ "$1 $2" = "config show" ]; then
  printf 'mode             backward\nagainst          %s\nagainst-include  lib\n' "${STUB_AGAINST:--}"
  exit
fi
printf '%s\n' "$@" > arguments
if [ -n "${STUB_SILENT:-}" ]; then exit 2; fi
for argument in "$@"; do
  case "$argument" in
    markdown=*) echo "# a report" > "${argument#markdown=}" ;;
    sarif=*) echo "{}" > "${argument#sarif=}" ;;
  esac
done
exit "${STUB_CODE:-0}"
"##;

#[cfg(unix)]
#[test]
fn the_action_lets_a_first_version_pass_if_it_is_told_to() {
    let world = World::with(&[("summary", ""), ("output", "")]);
    let arguments = |first: &str| {
        run(&world, &[("BASE_REF", "main"), ("FIRST", first)]);
        fs::read_to_string(world.path("arguments")).expect("it was written")
    };
    assert!(arguments("true").contains("--allow-missing-baseline\n"));
    for first in ["", "false", "; rm -r ."] {
        assert!(!arguments(first).contains("--allow-missing-baseline"), "{first}");
    }
}

#[cfg(unix)]
#[test]
fn the_action_runs_once_and_leaves_a_summary_outputs_and_sarif() {
    let world = World::with(&[("summary", "before\n"), ("output", "")]);
    let read = |path: &str| fs::read_to_string(world.path(path)).expect("it was written");
    assert_eq!(run(&world, &[("BASE_REF", "main"), ("STUB_CODE", "1")]), 1);
    let arguments = read("arguments");
    let arguments: Vec<&str> = arguments.lines().collect();
    assert_eq!(arguments[..2], ["check", "--against=merge-base:origin/main"]);
    assert_eq!(arguments[arguments.len() - 2..], ["--", "."]);
    assert_eq!(arguments.iter().filter(|argument| **argument == "--format").count(), 3);
    let has_report = |name: &str| arguments.iter().any(|argument| argument.starts_with(name));
    assert!(arguments.contains(&"github") && has_report("sarif=/") && has_report("markdown=/"), "{arguments:?}");
    assert_eq!(read("summary"), "before\n# a report\n");
    assert_eq!(read("output"), "exit-code=1\nsarif=canread.sarif\n");
}

#[cfg(unix)]
#[test]
fn the_action_passes_the_exit_code_on_and_never_an_old_report() {
    let world = World::with(&[("summary", ""), ("output", ""), ("canread.sarif", "{\"of\": \"yesterday\"}")]);
    let read = |path: &str| fs::read_to_string(world.path(path)).expect("it was written");
    assert_eq!(run(&world, &[("STUB_SILENT", "1")]), 2);
    assert_eq!(read("output"), "exit-code=2\nsarif=\n");
    assert!(read("summary").contains("exit code 2 and without a report"));
    assert_eq!(run(&world, &[("AGAINST", "git:$(touch injected)"), ("SCHEMAS", "a dir; touch injected")]), 0);
    let arguments = read("arguments");
    assert!(arguments.starts_with("check\n--against=git:$(touch injected)\n"), "{arguments}");
    assert!(arguments.ends_with("--\na dir; touch injected\n"), "{arguments}");
    assert!(!world.path("injected").exists());
    assert_eq!(run(&world, &[]), 0);
    assert!(!read("arguments").contains("--against"), "canread.toml says which");
}

/// An input counts before the configuration, and that before the base of the pull request.
#[cfg(unix)]
#[test]
fn the_action_takes_the_old_version_that_is_configured() {
    let world = World::with(&[("summary", ""), ("output", "")]);
    let against = |variables: &[(&str, &str)]| {
        run(&world, &[&[("BASE_REF", "main")], variables].concat());
        let arguments = fs::read_to_string(world.path("arguments")).expect("it was written");
        arguments.split_once("--against=").map(|(_, rest)| rest.lines().next().unwrap_or("").to_owned())
    };
    let configured = ("STUB_AGAINST", "git:tags/v*, git:v9");
    assert_eq!(against(&[configured]), None);
    assert_eq!(against(&[configured, ("AGAINST", "git:v1")]).as_deref(), Some("git:v1"));
    assert_eq!(against(&[]).as_deref(), Some("merge-base:origin/main"));
}

/// A run that says nothing and ends with 0 is none: the path was no path, say.
#[cfg(unix)]
#[test]
fn the_action_never_ends_without_a_word() {
    let world = World::with(&[("summary", ""), ("output", ""), ("m.proto", P3)]);
    let read = |path: &str| fs::read_to_string(world.path(path)).expect("it is there");
    let after = |variables: &[(&str, &str)]| {
        world.write("summary", "");
        world.write("output", "");
        let code = run(&world, &[&[("BASE_REF", "main")], variables].concat());
        (code, read("summary"), read("output"))
    };
    let (code, summary, output) = after(&[("COMMAND", "./nothing-of-this-name")]);
    assert!(
        code == 127 && summary.contains("exit code 127") && output.starts_with("exit-code=127\n"),
        "{summary}{output}"
    );
    let command = ("COMMAND", env!("CARGO_BIN_EXE_canread"));
    let (code, summary, output) = after(&[command, ("CANREAD_MODE", "bogus")]);
    assert!(code == 2 && !summary.is_empty() && output.starts_with("exit-code=2\n"), "{summary}{output}");
    let (code, summary, _) = after(&[command, ("SCHEMAS", "--help")]);
    assert!(code == 3 && !summary.is_empty(), "{code} {summary}");
    let (code, summary, _) = after(&[("STUB_SILENT", "0")]);
    assert!(code == 2 && summary.contains("without a report"), "{code} {summary}");
    // What the report is called may be a mistake too.
    let (code, summary, output) = after(&[("SARIF", "m.proto")]);
    assert!(
        code == 2 && summary.contains("not written to `m.proto`") && output.ends_with("sarif=\n"),
        "{summary}{output}"
    );
    assert_eq!(read("m.proto"), P3);
    let (code, _, output) = after(&[("SARIF", "no/such/dir.sarif")]);
    assert!(code == 3 && output.ends_with("sarif=\n"), "{output}");
    let (code, _, output) = after(&[("DIRECTORY", "svc/"), ("SARIF", "out.sarif")]);
    assert!(code == 0 && output.ends_with("sarif=svc/out.sarif\n"), "{output}");
}

#[cfg(unix)]
#[test]
fn the_action_takes_an_old_version_from_each_line() {
    let world = World::with(&[("summary", ""), ("output", "")]);
    run(&world, &[("AGAINST", "git:v1\nthe first\n\ngit:tags/v2.*\n"), ("BASE_REF", "main")]);
    let arguments = fs::read_to_string(world.path("arguments")).expect("it was written");
    let start = "check\n--against=git:v1\n--against=the first\n--against=git:tags/v2.*\n--format\n";
    assert!(arguments.starts_with(start), "{arguments}");
}

#[cfg(unix)]
#[test]
fn the_action_reports_what_the_command_finds() {
    let old = format!("{P3}message M {{ int64 f = 1; }}\n");
    let Some(world) = World::repository(&[("a.proto", old.as_str()), ("summary", ""), ("output", "")]) else { return };
    world.git("update-ref refs/remotes/origin/main HEAD");
    world.write("a.proto", format!("{P3}message M {{ int32 f = 1; }}\n"));
    let read = |path: &str| fs::read_to_string(world.path(path)).expect("it was written");
    let command = ("COMMAND", env!("CARGO_BIN_EXE_canread"));
    assert_eq!(run(&world, &[command, ("BASE_REF", "main")]), 1);
    assert!(read("summary").contains("canread: report") && read("summary").contains("protobuf/field_type_changed"));
    let sarif: serde_json::Value = serde_json::from_str(&read("canread.sarif")).expect("SARIF is JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "protobuf/field_type_changed");
    assert_eq!(read("output"), "exit-code=1\nsarif=canread.sarif\n");
    // What is configured: the commit itself, in which nothing is broken yet; and a configuration that is none.
    world.commit();
    assert_eq!(run(&world, &[command, ("BASE_REF", "main")]), 1);
    world.write("canread.toml", "version = 1\nagainst = \"git:HEAD\"\n");
    assert_eq!(run(&world, &[command, ("BASE_REF", "main")]), 0);
    world.write("canread.toml", "version = 9\n");
    assert_eq!(run(&world, &[command, ("BASE_REF", "main")]), 2);
}

/// Every input is used, and every variable of the script comes from the step.
#[test]
fn the_action_uses_its_inputs() {
    let action = fs::read_to_string(canread_testing::workspace_root().join("action.yml")).expect("it is there");
    let (inputs, rest) = action.split_once("\noutputs:").expect("it has outputs");
    let names = inputs.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    for name in names.filter(|name| !name.starts_with(' ')) {
        assert!(rest.contains(&format!("${{{{ inputs.{name} }}}}")), "{name} is not used");
    }
    assert!(!script().contains("${{"), "text that is put into a script is run");
}

#[test]
fn the_pre_commit_hook_stops_a_break() {
    let Some(python) = canread_testing::python() else { return };
    let has_it = Command::new(&python).args(["-m", "pre_commit", "--version"]).output();
    if !has_it.is_ok_and(|output| output.status.success()) {
        canread_testing::skip("pre-commit is not installed beside the oracles: its hook is not tried");
        return;
    }
    let hooks =
        fs::read_to_string(canread_testing::workspace_root().join(".pre-commit-hooks.yaml")).expect("it is there");
    let Some(hooks) = World::repository(&[(".pre-commit-hooks.yaml", hooks.as_str())]) else { return };
    let old = format!("{P3}message M {{ int64 f = 1; }}\n");
    let Some(world) = World::repository(&[("a.proto", old.as_str())]) else { return };
    let canread = std::path::Path::new(env!("CARGO_BIN_EXE_canread")).parent().expect("it lies in a directory");
    let try_repo = || {
        let path = format!("{}:{}", canread.display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new(&python);
        command.current_dir(world.path("")).args(["-m", "pre_commit", "try-repo"]).arg(hooks.path(""));
        command.args(["canread-check", "--all-files", "--verbose"]).env("PATH", path);
        command.env("PRE_COMMIT_HOME", hooks.path(".cache")).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().expect("Python runs");
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (is_well, text) = try_repo();
    assert!(is_well && text.contains("no findings: compatible"), "{text}");
    world.write("a.proto", format!("{P3}message M {{ int32 f = 1; }}\n"));
    let (is_well, text) = try_repo();
    assert!(!is_well && text.contains("error[protobuf/field_type_changed]"), "{text}");
    // What is deleted is in no list of files.
    world.write("b.proto", P3);
    world.git("add --all");
    world.git("rm --quiet --force a.proto");
    let (is_well, text) = try_repo();
    assert!(!is_well && text.contains("error[protobuf/message_deleted]"), "{text}");
}

/// Annotations are attached to files as the repository has them, wherever canread runs.
#[test]
fn services_get_paths_from_the_top_of_the_repository() {
    let old = format!("{P3}message M {{ int64 f = 1; }}\n");
    let files = [("svc/s/m.proto", old.as_str()), ("lib/l.proto", P3)];
    let Some(world) = World::repository(&files) else { return };
    world.write("svc/s/m.proto", old.replace("int64", "int32"));
    world.write("lib/l.proto", format!("{P3}message L {{}} oops\n"));
    let in_svc = |arguments: &str| {
        let mut command = world.command(arguments);
        Outcome::of(command.current_dir(world.path("svc"))).out
    };
    for (format, path) in [
        ("github", "file=svc/s/m.proto,"),
        ("gitlab", "\"path\": \"svc/s/m.proto\""),
        ("sarif", "\"uri\": \"svc/s/m.proto\""),
        ("concise", "\ns/m.proto:"),
        ("json", "\"file\": \"s/m.proto\""),
    ] {
        let out = format!("\n{}", in_svc(&format!("check s --against git:HEAD --format {format}")));
        assert!(out.contains(path), "{format}: {out}");
    }
    assert!(in_svc("check ../lib --against git:HEAD --format github").contains("file=lib/l.proto,"));
    assert!(in_svc("lint ../lib --format github").contains("file=lib/l.proto,"));
    assert!(in_svc("check HEAD:svc/s --against git:HEAD~0 --format github").contains("is compared with itself"));
}
