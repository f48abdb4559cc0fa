//! What `canread init` writes.

use std::collections::BTreeMap;
use std::fmt::Write;

use canread_project::config::quoted;

use crate::commands::shell::quoted as shell;

/// `canread.toml`, with what was found and what else can be said.
pub(super) fn config(found: &BTreeMap<(&'static str, String), usize>, branch: Option<&str>) -> String {
    let mut text = String::from("# What this project promises about its schemas. `canread check` reads this file.\n");
    let places = found.iter().map(|((format, dir), count)| {
        let files = if *count == 1 { "file" } else { "files" };
        let place = if dir == "." { "here".to_owned() } else { format!("in {}/", comment(dir)) };
        format!("{count} {format} {files} {place}")
    });
    let _ = writeln!(text, "# Found: {}.", places.collect::<Vec<_>>().join(", "));
    text.push_str(
        "# What is in effect: `canread config show --origin`. Every key: `canread config schema`.\nversion = 1\n\n",
    );
    if let Some(branch) = branch {
        text.push_str("# The old version, if `--against` names none: what a branch had when it left this one.\n");
        let _ = writeln!(text, "against = {}\n", quoted(&format!("merge-base:{branch}")));
    } else {
        text.push_str(
            "# The old version, if `--against` names none: a directory, `git:REF`, `merge-base:REF`, `lock`, `REF:PATH`;\n\
             # or several: `git:tags/GLOB`, `git:A..B`, or a list of old versions, the oldest first.\n",
        );
        text.push_str("# against = \"../last-release/schemas\"\n\n");
    }
    text.push_str(REST);
    text
}

const REST: &str = r#"# Which directions must hold.
#   backward: new readers must read old data (deploy readers first)
#   forward:  old readers must read new data (deploy writers first)
#   full:     both
mode = "backward"

# What is promised to others.
#   wire: the bytes; rpc: calls; json: the JSON mapping; source: generated code
promise = ["wire", "rpc"]

# From which severity on findings fail the run: "error", "warning" or "note".
fail-on = "error"

# Files that are not compared, from this directory: `*` stays in one part of a path, `**` does not.
# exclude = ["**/testdata"]

# Directories in which imports are found. Without it they are inferred.
# include = ["third_party"]

# Single rules: "off", "note", "warning" or "error". `canread rules` lists them.
# [rules]
# "protobuf/field_renamed" = "error"

# Some files have it otherwise; of two sections that set one thing, the later one counts.
# [[path]]
# glob = "internal/**"
# mode = "none"

# Breaks that were accepted, each for a while: `canread approve` writes such sections.
# [[allow]]
# fingerprint = "a3f8c21b9d04"
# reason = "no consumer is left"
# until = 2026-12-31
"#;

/// What brings the command: this version of it, so that what a gate lets through does not change from day to day.
const INSTALL: &str = concat!("cargo install --locked canread-cli@", env!("CARGO_PKG_VERSION"));

/// A workflow that checks pull requests. `below` is the directory of `canread.toml` in the repository; unless that names
/// the old version, it is where a branch left its base.
pub(super) fn github(below: &str, is_configured: bool) -> String {
    let dir = if below.is_empty() { String::new() } else { format!("        working-directory: {}\n", yaml(below)) };
    let check = if is_configured {
        format!("      # The old version is `against` of canread.toml.\n      - run: canread check\n{dir}")
    } else {
        format!(
            "      - run: canread check --against \"merge-base:origin/$BASE\"\n{dir}        env:\n          BASE: ${{{{ github.base_ref }}}}\n"
        )
    };
    format!(
        "name: canread\n\
         on: pull_request\n\
         permissions:\n  contents: read\n\
         jobs:\n  schemas:\n    runs-on: ubuntu-latest\n    steps:\n\
         \x20     - uses: actions/checkout@v4\n        with:\n\
         \x20         # The old version is read from git: the history back to where the branch left its base is needed.\n\
         \x20         fetch-depth: 0\n\
         \x20     - run: {INSTALL}\n{check}"
    )
}

/// A job that checks merge requests, as [`github()`] has it.
///
/// Source: GitLab, `Ci::BuildRunnerPresenter`: of a pipeline with a depth only its own commits are fetched, and without
/// one every branch, as `origin/NAME`, and every tag.
pub(super) fn gitlab(below: &str, is_configured: bool) -> String {
    let cd =
        if below.is_empty() { String::new() } else { format!("    - {}\n", yaml(&format!("cd {}", shell(below)))) };
    let check = if is_configured {
        format!("{cd}    # The old version is `against` of canread.toml.\n    - canread check\n")
    } else {
        format!(
            "    - git fetch origin \"$CI_MERGE_REQUEST_TARGET_BRANCH_NAME\"\n{cd}    - canread check --against merge-base:FETCH_HEAD\n"
        )
    };
    format!(
        "canread:\n  image: rust:1\n  rules:\n    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n  variables:\n\
         \x20   # The old version is read from git: the history back to where the branch left its base is needed.\n\
         \x20   GIT_DEPTH: 0\n  script:\n    - {INSTALL}\n{check}"
    )
}

/// How the job comes into the pipeline.
pub(super) const GITLAB_NEXT: &str = "next: add to .gitlab-ci.yml\n  include:\n    - local: .gitlab/canread.yml";

/// Files that a verdict may depend on, as patterns of git: those of `.pre-commit-hooks.yaml`.
///
/// Source: gitglossary(7), "pathspec".
const CONCERNS: &str = "':(icase)*.proto' ':(icase)*.avsc' ':(icase)*.avpr' ':(icase)*.avdl' ':(icase)*.json' \
                        '*canread.toml' '*canread.lock' '*buf.yaml' '*buf.work.yaml'";

const HOOKED: &str = "canread check staged:. --against git:HEAD --allow-missing-baseline";

/// The line that does the same in a hook that is there already.
pub(super) fn hook_line(below: &str) -> String {
    let cd = if below.is_empty() { String::new() } else { format!("cd {} && ", shell(below)) };
    format!("({cd}{HOOKED}) || exit 1")
}

/// A hook that checks what is about to be committed.
pub(super) fn hook(below: &str) -> String {
    let cd = if below.is_empty() { String::new() } else { format!("cd {} || exit 1\n", shell(below)) };
    format!(
        "#!/bin/sh\n# Written by `canread init --hook`: what is staged against the last commit, where that concerns schemas.\n\
         # `git commit --no-verify` goes without.\ngit diff --cached --quiet -- {CONCERNS} && exit 0\n\
         {cd}exec {HOOKED}\n"
    )
}

/// A YAML scalar in quotes.
///
/// Source: YAML 1.2, "Double-Quoted Style".
fn yaml(text: &str) -> String {
    let mut scalar = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => scalar.extend(['\\', character]),
            '\n' => scalar.push_str("\\n"),
            control if control.is_control() => {
                let _ = write!(scalar, "\\u{:04X}", u32::from(control));
            }
            other => scalar.push(other),
        }
    }
    scalar + "\""
}

/// A name in a comment of one line.
fn comment(name: &str) -> String {
    let escape = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    name.chars().map(escape).collect()
}
