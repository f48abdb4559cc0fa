//! What the linker says of small files, most of which break one rule each; and that protoc has the same verdict.
//!
//! Cases stand in `link_cases/*.txt`. A line `=== title` starts one, `--- path` starts a file of it, and
//! what stands behind `--- said` is written by this test when `CANREAD_BLESS=1` is set. Read the diff then.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::{Diagnostic, Label, Sources};

/// One case: files, of which the first one is linked, and what is said of them.
#[derive(Debug)]
struct Case {
    title: String,
    files: Vec<(String, String)>,
    said: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/link_cases")
}

/// Every file of cases, in the order of their names.
fn case_files() -> Vec<(PathBuf, Vec<Case>)> {
    let entries = fs::read_dir(folder()).expect("the cases can be listed");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the cases can be listed").path()).collect();
    paths.sort();
    let cases = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("cases are text");
        (path, cases(&text))
    };
    paths.into_iter().map(cases).collect()
}

fn cases(text: &str) -> Vec<Case> {
    let case = |text: &str| {
        let mut parts = text.split("\n--- ");
        let title = parts.next().expect("a split gives something").trim().to_owned();
        let part = |part: &str| {
            let (name, text) = part.split_once('\n').expect("a path has a line of its own");
            (name.to_owned(), format!("{}\n", text.trim_end()))
        };
        let mut files: Vec<_> = parts.map(part).collect();
        let (last, said) = files.pop().expect("a case ends with what is said");
        assert_eq!(last, "said", "in case {title}");
        Case { title, files, said }
    };
    format!("\n{text}").split("\n=== ").skip(1).map(case).collect()
}

/// What the linker says of a case's files.
fn said(case: &Case) -> String {
    let mut sources = Sources::default();
    let files: Vec<_> = case
        .files
        .iter()
        .map(|(name, text)| (name.as_str(), sources.add(name.as_str(), "", text.clone().into_bytes())))
        .collect();
    let linked = read(&files, &sources, &LinkOptions::default());
    let mut said = String::new();
    for diagnostic in &linked.diagnostics {
        render(&mut said, &sources, diagnostic);
    }
    if said.is_empty() { "nothing\n".to_owned() } else { said }
}

fn render(said: &mut String, sources: &Sources, diagnostic: &Diagnostic) {
    let Diagnostic { code, severity, message, labels, notes, help, patch } = diagnostic;
    let mut line = |text: String| writeln!(said, "{}", text.trim_end()).expect("text can be written");
    line(format!("{} {code}: {message}", severity.as_str()));
    for Label { span, text } in labels {
        let (start, end) = (sources.position(*span), sources.end_position(*span));
        let name = sources.file(span.file).name();
        line(format!("  {name}:{}:{}-{} {text}", start.line, start.column, end.column));
    }
    for note in notes {
        line(format!("  note: {note}"));
    }
    if let Some(help) = help {
        line(format!("  help: {help}"));
    }
    for edit in patch.iter().flat_map(|patch| &patch.edits) {
        line(format!("  patch: {:?} at {:?}", edit.text, sources.position(edit.span)));
    }
}

#[test]
fn each_broken_rule_is_said_once_where_it_is_broken() {
    let bless = std::env::var_os("CANREAD_BLESS").is_some();
    for (path, cases) in case_files() {
        let mut text = String::new();
        for case in &cases {
            let said = said(case);
            if !bless {
                assert_eq!(said, case.said, "{}: {}\n{:#?}", path.display(), case.title, case.files);
            }
            writeln!(text, "=== {}", case.title).expect("text can be written");
            for (name, content) in &case.files {
                write!(text, "--- {name}\n{content}").expect("text can be written");
            }
            write!(text, "--- said\n{said}\n").expect("text can be written");
        }
        if bless {
            fs::write(path, text).expect("cases can be written");
        }
    }
}

/// Runs protoc on `a.proto` in each folder given, in a fork of one process, and says `ok` or `error` for each.
const VERDICTS: &str = r#"
import os, sys
from grpc_tools import protoc
import grpc_tools
well_known = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
for folder in sys.stdin.read().split("\n"):
    child = os.fork()
    if child == 0:
        os._exit(protoc.main(["protoc", "-I" + folder, "-I" + well_known, "-o" + os.devnull, "a.proto"]))
    status = os.waitpid(child, 0)[1]
    print("ok" if status == 0 else "crash" if os.WIFSIGNALED(status) else "error", flush=True)
"#;

#[test]
fn protoc_has_the_same_verdict() {
    let Some(python) = canread_testing::python() else { return };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("link_cases");
    let mut ours = Vec::new();
    let mut folders = Vec::new();
    for (path, cases) in case_files() {
        for (at, case) in cases.iter().enumerate() {
            let folder = root.join(path.file_stem().expect("cases have names")).join(at.to_string());
            for (name, text) in &case.files {
                let file = folder.join(name);
                fs::create_dir_all(file.parent().expect("files stand in folders")).expect("folders can be made");
                fs::write(file, text).expect("files can be written");
            }
            let verdict = if case.said.lines().any(|line| line.starts_with("error ")) { "error" } else { "ok" };
            ours.push(format!("{verdict} {} {}", path.display(), case.title));
            folders.push(folder.to_str().expect("UTF-8 paths").to_owned());
        }
    }
    let verdicts = run(&python, &folders.join("\n"));
    assert_eq!(verdicts.lines().count(), ours.len());
    // protoc crashes on some broken options; that is no acceptance either.
    let agrees = |own: &str, theirs: &str| own.starts_with(if theirs == "crash" { "error" } else { theirs });
    let differing: Vec<_> = ours.iter().zip(verdicts.lines()).filter(|(own, theirs)| !agrees(own, theirs)).collect();
    assert!(differing.is_empty(), "ours, and protoc's: {differing:#?}");
}

fn run(python: &Path, input: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut command = Command::new(python);
    command.args(["-c", VERDICTS]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("Python starts");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    String::from_utf8(output.stdout).expect("verdicts are text")
}
