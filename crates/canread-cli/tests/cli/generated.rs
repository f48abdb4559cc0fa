//! Completions, manual pages, the JSON Schema.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use insta::assert_snapshot;

use crate::world::{World, here};

#[test]
fn the_help_of_every_verb_is_worth_reading() {
    for verb in [
        "changelog",
        "canonical",
        "fmt",
        "lint",
        "lock",
        "init",
        "approve",
        "config",
        "config show",
        "completions",
        "man",
    ] {
        assert_snapshot!(format!("help_{}", verb.replace(' ', "_")), here(&format!("{verb} --help")));
    }
}

#[test]
fn every_shell_has_completions() {
    let mut text = String::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = here(&format!("completions {shell}"));
        assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
        assert!(outcome.out.contains("approve") && outcome.out.contains("against"), "{shell}");
        let _ = writeln!(text, "{shell}: {}", outcome.out.lines().find(|line| !line.is_empty()).unwrap_or_default());
    }
    assert_snapshot!(text);
    here("completions tcsh").fails_with(2, &["invalid value 'tcsh'"]);
}

#[test]
fn bash_takes_its_completions() {
    let mut bash = Command::new("bash");
    let script = here("completions bash").out;
    let script = format!(
        "{script}\nCOMP_WORDS=(canread co) COMP_CWORD=1\n_canread canread co canread\necho \"${{COMPREPLY[@]}}\""
    );
    let Ok(output) = bash.args(["--norc", "-c", &script]).output() else {
        canread_testing::skip("bash is not installed: its completions are not tried");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "config completions\n");
}

#[test]
fn each_command_has_a_manual_page() {
    let page = here("man").out;
    assert!(page.contains(".TH canread 1"), "{page}");
    let world = World::with::<&str, &str>(&[]);
    assert_eq!(world.run("man --dir man").out, "17 pages written to man\n");
    let mut names: Vec<String> = fs::read_dir(world.path("man"))
        .expect("it was made")
        .map(|page| page.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_snapshot!(names.join("\n"));
    let check = fs::read_to_string(world.path("man/canread-check.1")).expect("it was written");
    let headings: Vec<&str> = check.lines().filter(|line| line.starts_with(".SH") || line.starts_with(".TH")).collect();
    assert_snapshot!("man_check", headings.join("\n"));
    assert!(check.contains("merge\\-base:origin/main"), "{check}");
}

#[test]
fn the_schema_is_the_one_of_the_repository() {
    let file = canread_testing::workspace_root().join("crates/canread-project/canread.schema.json");
    assert_eq!(here("config schema").out, fs::read_to_string(file).expect("it is there"));
}

/// What `init` writes, and a file with every key, are well by the JSON Schema too.
#[test]
fn files_that_are_read_are_well_by_the_schema() {
    let Some(python) = canread_testing::python() else { return };
    let world = World::with(&[
        ("a.avsc", r#"{"type": "record", "name": "R", "fields": []}"#),
        ("validate.py", VALIDATE),
        ("all/canread.toml", ALL),
        ("wrong/canread.toml", "version = 1\nmdoe = 1\n"),
    ]);
    assert_eq!(world.run("init").code, Some(0));
    world.write("schema.json", here("config schema").out);
    let run = |file: &str| {
        let mut command = Command::new(&python);
        let output = command.current_dir(world.path("")).args(["validate.py", file]).output().expect("Python runs");
        String::from_utf8_lossy(&output.stdout).trim().to_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    assert_eq!(world.run("config show --config all/canread.toml").code, Some(0));
    assert_eq!(run("canread.toml"), "valid");
    assert_eq!(run("all/canread.toml"), "valid");
    assert_eq!(world.run("config show --config wrong/canread.toml").code, Some(2));
    assert!(run("wrong/canread.toml").contains("'mdoe' was unexpected"), "{}", run("wrong/canread.toml"));
}

const VALIDATE: &str = "\
import datetime, json, sys, tomllib
import jsonschema
schema = json.load(open('schema.json'))
jsonschema.Draft202012Validator.check_schema(schema)
def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
value = plain(tomllib.load(open(sys.argv[1], 'rb')))
errors = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]
print('; '.join(errors) or 'valid')
";

const ALL: &str = r#"
version = 1
mode = "full"
promise = ["wire", "rpc", "json", "source"]
fail-on = "note"
allow-undecided = true
against = "git:HEAD"
include = ["."]
exclude = ["x/**"]
[rules]
"protobuf/field_renamed" = "off"
"lint/avro/enum_without_default" = "note"
[[path]]
glob = "y"
mode = "none"
promise = ["wire"]
fail-on = "warning"
allow-undecided = false
rules = { "protobuf/field_renamed" = "error" }
[[allow]]
fingerprint = "0123456789ab"
rule = "protobuf/field_renamed"
symbol = "M.f"
file = "a.proto"
reason = "because"
until = 2026-12-31
"#;
