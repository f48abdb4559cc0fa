//! Pipes, full disks and terminals; and equal runs give equal bytes.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::report_files::FORMATS;
use crate::world::{Outcome, P3, World, canread, here};

const SHOP: &str = "check schemas/shop/v2 --against schemas/shop/v1 --mode full --promise wire,rpc,json,source";

#[test]
fn equal_runs_give_equal_bytes_whatever_the_number_of_threads() {
    let corpora: Vec<_> = ["googleapis-2026-08", "googleapis-2025-08"]
        .iter()
        .filter_map(|name| canread_testing::corpus(&format!("protobuf/{name}")))
        .collect();
    let mut requests = vec![SHOP.split(' ').map(str::to_owned).collect::<Vec<_>>()];
    if let [new, old] = &corpora[..] {
        let path = |path: &std::path::Path| path.join("google/cloud").display().to_string();
        requests.push(
            ["check", &path(new), "--against", &path(old), "-I", &new.display().to_string()]
                .map(str::to_owned)
                .to_vec(),
        );
    }
    for request in requests {
        let first = reports(&request, "1");
        for threads in ["2", "2"] {
            let (again, reports) = reports(&request, threads);
            assert_eq!(again, first.0);
            for ((format, report), (_, expected)) in reports.iter().zip(&first.1) {
                assert!(report == expected, "{format} differs with {threads} threads");
            }
        }
    }
}

#[test]
fn two_snapshots_of_googleapis_have_the_same_findings_in_every_format() {
    let snapshot = |year: &str| canread_testing::corpus(&format!("protobuf/googleapis-{year}-08"));
    let (Some(old), Some(new)) = (snapshot("2025"), snapshot("2026")) else { return };
    let path = |path: &std::path::Path| path.display().to_string();
    let (outcome, reports) = reports(&["check".to_owned(), path(&new), "--against".to_owned(), path(&old)], "2");
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(1), ""), "{}", outcome.out);
    let report = |name: &str| &reports.iter().find(|(format, _)| *format == name).expect("a format").1;
    let json = |name: &str| -> serde_json::Value { serde_json::from_str(report(name)).expect("JSON") };
    let length = |value: &serde_json::Value| value.as_array().expect("an array").len();
    let count = length(&json("json")["findings"]);
    assert!(count > 100, "{count} findings");
    assert_eq!(length(&json("sarif")["runs"][0]["results"]), count);
    let starts = |name: &str, start: &str| report(name).lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(starts("jsonl", "{\"kind\":\"finding\""), count);
    assert_eq!(starts("full", "error[protobuf/") + starts("full", "warning[protobuf/"), count);
    assert_eq!(starts("html", "<article class=\"card "), count);
    let of_rules = |line: &&str| line.contains(": error[protobuf/") || line.contains(": warning[protobuf/");
    assert_eq!(report("concise").lines().filter(of_rules).count(), count);
    assert!(length(&json("gitlab")) == count && report("junit").matches("<testcase ").count() == count + 1);
    // Comments and annotations have limits, and say what they leave out.
    assert!(report("markdown").len() <= 65_536);
    assert!(report("github").lines().last().is_some_and(|last| last.contains("incompatible")), "{}", report("github"));
}

/// What one run prints, and its reports in every format.
fn reports(request: &[String], threads: &str) -> (Outcome, Vec<(&'static str, String)>) {
    let folder = tempfile::tempdir().expect("a temporary directory can be made");
    let file = |format: &str| folder.path().join(format);
    let mut command = canread(canread_testing::workspace_root());
    command.args(request).env("RAYON_NUM_THREADS", threads);
    for format in FORMATS {
        command.arg(format!("--format={format}={}", file(format).display()));
    }
    let outcome = Outcome::of(&mut command);
    assert!(matches!(outcome.code, Some(1 | 3)), "{}", outcome.err);
    let read = |format| (format, std::fs::read_to_string(file(format)).expect("each report was written"));
    let reports: Vec<_> = FORMATS.into_iter().map(read).collect();
    assert!(reports.iter().all(|(_, report)| !report.is_empty()));
    (outcome, reports)
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let mut command = canread(canread_testing::workspace_root());
    let command = command.args(SHOP.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("errors are text");
    assert_eq!((child.wait().expect("the command ends").code(), err.as_str()), (Some(1), ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_is_a_failure() {
    for arguments in
        [SHOP, "check schemas/shop/v3 --against schemas/shop/v1", "rules", "explain protobuf/field_deleted"]
    {
        let full = std::fs::File::create("/dev/full").expect("Linux has a full disk");
        let mut command = canread(canread_testing::workspace_root());
        let output = command.args(arguments.split(' ')).stdout(full).output().expect("the command runs");
        let outcome = Outcome::from(output);
        assert_eq!(outcome.code, Some(3), "{arguments}");
        assert!(outcome.err.starts_with("error: the report could not be written: "), "{}", outcome.err);
    }
}

#[test]
fn colour_is_for_those_who_ask_or_look() {
    let text = |arguments: &str, environment: &[(&str, &str)]| {
        let mut command = canread(canread_testing::workspace_root());
        command.args(arguments.split(' ')).envs(environment.iter().copied());
        Outcome::of(&mut command).out
    };
    let plain = here(SHOP).out;
    let is_coloured = |text: String| text.contains("\u{1b}[");
    assert!(!is_coloured(plain.clone()));
    assert!(is_coloured(text(&format!("{SHOP} --color always"), &[])));
    assert!(is_coloured(text(SHOP, &[("CLICOLOR_FORCE", "1")])));
    assert!(!is_coloured(text(SHOP, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")])));
    assert!(!is_coloured(text(&format!("{SHOP} --color never"), &[("CLICOLOR_FORCE", "1")])));
    // Nothing but colour differs.
    let coloured = text(&format!("{SHOP} --color always"), &[]);
    assert_eq!(without_escapes(&coloured), plain);
}

/// Without `ESC [ … letter`.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let end = part.find(|character: char| character.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        all + &part[end..]
    })
}

/// What a person sees on a terminal of 80 columns; `None`, said aloud, where no terminal can be had.
fn on_terminal(world: &World, arguments: &str, environment: &[(&str, &str)]) -> Option<String> {
    let binary = env!("CARGO_BIN_EXE_canread");
    let mut command = Command::new("script");
    command.current_dir(world.path("")).args(["--quiet", "--return", "--command"]);
    command.arg(format!("{binary} {arguments}")).arg("/dev/null").stdin(Stdio::null());
    command.env_remove("NO_COLOR").env_remove("CI").env("TERM", "xterm").env("COLUMNS", "80").env("LC_ALL", "C.UTF-8");
    let Ok(output) = command.envs(environment.iter().copied()).output() else {
        canread_testing::skip("`script` is not installed: nothing was shown on a terminal");
        return None;
    };
    Some(String::from_utf8(output.stdout).expect("a report is UTF-8").replace("\r\n", "\n"))
}

#[test]
fn a_terminal_gets_colour_lines_and_wrapped_words() {
    let text = |kind: &str| format!("{P3}message M {{\n  {kind} id = 1;\n}}\n");
    let world = World::pair(text("int64"), text("int32"));
    let arguments = "check new --against old";
    let Some(shown) = on_terminal(&world, arguments, &[]) else { return };
    assert!(shown.contains("\u{1b}[") && shown.contains("━━━━━"), "{shown:?}");
    let words = without_escapes(&shown);
    let notes = words.lines().filter(|line| line.contains("deploy:") || line.contains("effect:"));
    assert!(notes.clone().count() == 2 && notes.into_iter().all(|line| line.chars().count() <= 80), "{words}");
    // A short run shows no progress: nothing was written over.
    assert!(!shown.contains("\u{1b}[K") && !shown.contains("reading schemas"), "{shown:?}");
    let dumb = on_terminal(&world, arguments, &[("TERM", "dumb"), ("LC_ALL", "C")]).unwrap_or_default();
    assert!(!dumb.contains('\u{1b}') && !dumb.contains('━') && dumb.contains("^^^^^"), "{dumb:?}");
    assert!(!on_terminal(&world, arguments, &[("NO_COLOR", "1")]).unwrap_or_default().contains('\u{1b}'));
}
