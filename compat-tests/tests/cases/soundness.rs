//! What the rules say against what Python's Protobuf does with values of the cases.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use canread_compat::{Change, Comparison, Finding, Pair, Proof, Scope, compare};
use serde_json::{Value, json};

use super::{
    case::{Case, Side},
    findings,
};

/// What a line of `soundness/departures.txt` begins with: six fields of a contradiction. A reason follows.
const KEY: [&str; 6] = ["case", "message", "surface", "direction", "kind", "effect"];

/// Of how many crossed pairs one is tried.
const STEP: u64 = 48;

/// As many pairs as are asked for by `CANREAD_SOUNDNESS_STEP=2` (half of all pairs, many minutes), or the usual part.
fn step() -> u64 {
    std::env::var("CANREAD_SOUNDNESS_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(STEP)
}

/// Stands between the names of two crossed cases.
const CROSS: char = '+';

/// Rules about what a validator says, which bytes do not show: their own tests do.
const ABOUT_VALIDATORS: &str = "protobuf/validation_";

/// Both ways: no value may be harmed in a way that no rule claims, and what a rule claims some value must show.
#[test]
fn no_value_contradicts_what_the_rules_say_about_the_wire_and_json() {
    let Some(python) = canread_testing::python() else { return };
    let (tried, contradictions) = examine(&python, &Case::of("protobuf"));
    assert!(tried["trials"].as_u64() > Some(10_000), "too few values were tried: {tried}");
    compare_with_departures(&contradictions, |case| !case.contains(CROSS));
}

/// Crossed pairs: the old version of one case against the new version of another, in which much differs at once.
///
/// They show what single changes do not: two rules that leave a change to each other. What counts is the verdict: no
/// value may be harmed where no error is claimed.
#[test]
fn no_value_is_harmed_on_the_wire_where_no_error_is_claimed_between_versions_of_different_cases() {
    let Some(python) = canread_testing::python() else { return };
    let (tried, mut contradictions) = examine(&python, &crossed(&Case::of("protobuf"), step()));
    assert!(tried["trials"].as_u64() > Some(50_000), "too few values were tried: {tried}");
    contradictions.retain(|found| {
        let is_on_wire = found["kind"] == "unsaid" && found["surface"] == "wire";
        is_on_wire && !found["why"].as_str().unwrap_or_default().contains("(error claimed")
    });
    compare_with_departures(&contradictions, |case| case.contains(CROSS));
}

/// What departs must stand in `soundness/departures.txt` with its reason; what stands there and departs no more must be
/// taken out.
fn compare_with_departures(contradictions: &[Value], is_meant: impl Fn(&str) -> bool) {
    let mut departures = departures();
    departures.retain(|key| is_meant(key.split(' ').next().unwrap_or_default()));
    let mut reached = BTreeSet::new();
    let mut unknown = Vec::new();
    for contradiction in contradictions {
        let key = KEY.map(|field| contradiction[field].as_str().unwrap_or_default()).join(" ");
        if departures.contains(&key) {
            reached.insert(key);
        } else {
            unknown.push(format!("{key}: {} {}", contradiction["why"], contradiction["value"]));
        }
    }
    assert!(unknown.is_empty(), "{} contradictions:\n{}", unknown.len(), unknown.join("\n"));
    let settled: Vec<_> = departures.difference(&reached).map(String::as_str).collect();
    assert!(settled.is_empty(), "these contradict no more; take them out:\n{}", settled.join("\n"));
}

/// The numbers of what was tried, and the contradictions.
fn examine(python: &Path, cases: &[Case]) -> (Value, Vec<Value>) {
    let questions: Vec<String> = cases.iter().map(|case| question(case).to_string()).collect();
    let mut answers = ask(python, &questions);
    let tried = answers.pop().expect("the script ends with the numbers of what it tried");
    (tried, answers)
}

/// About one of `step` pairs of versions of different cases with a message in common, always the same ones.
fn crossed(cases: &[Case], step: u64) -> Vec<Case> {
    let (old, new): (Vec<_>, Vec<_>) = cases.iter().map(|case| (messages(&case.old), messages(&case.new))).unzip();
    let mut crossed = Vec::new();
    for (one, old) in cases.iter().zip(&old) {
        for (two, new) in cases.iter().zip(&new) {
            let name = format!("{}{CROSS}{}", one.name(), two.name());
            let is_single = one.old.len() == 1 && two.new.len() == 1 && one.name() != two.name();
            if is_single && hash(&name).is_multiple_of(step) && !old.is_disjoint(new) {
                let (old, new) = (one.old.clone(), two.new.clone());
                crossed.push(Case { dir: two.dir.clone(), rule: name, earlier: Vec::new(), old, new });
            }
        }
    }
    crossed
}

/// The names of the messages of a version.
fn messages(side: &Side) -> BTreeSet<&str> {
    let lines = side.iter().flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| line.strip_prefix("message ")?.split(' ').next()).collect()
}

/// FNV-1a: the choice of pairs must not depend on which other cases there are.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The contradictions that are known, without their reasons.
fn departures() -> BTreeSet<String> {
    let path = folder().join("departures.txt");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let key = |line: &str| {
        let (key, reason) = line.split_once(": ").unwrap_or_else(|| panic!("a departure without a reason: {line}"));
        assert!(!reason.is_empty() && key.split(' ').count() == KEY.len(), "not `key: reason`: {line}");
        key.to_owned()
    };
    lines.map(key).collect()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("soundness")
}

/// Asks the script; each line of the answer is an object.
fn ask(python: &Path, questions: &[String]) -> Vec<Value> {
    let mut command = Command::new(python);
    // What protoc warns about is of no interest, unless something went wrong.
    command.arg(folder().join("soundness.py")).env("PYTHONDONTWRITEBYTECODE", "1").stderr(Stdio::piped());
    let text = canread_testing::ask(&mut command, questions, &[0]);
    text.lines().map(|line| serde_json::from_str(line).expect("the script writes JSON")).collect()
}

fn question(case: &Case) -> Value {
    let schemas = (findings::schema(&case.old), findings::schema(&case.new));
    let comparison = compare(Pair { old: &schemas.0, new: &schemas.1 }, &Scope::default()).expect("few pairs");
    json!({
        "case": if case.rule.contains(CROSS) { case.rule.clone() } else { case.name() },
        "old": texts(&case.old),
        "new": texts(&case.new),
        "renamed": renamed(&comparison),
        "claims": claims(&comparison),
    })
}

fn texts(side: &Side) -> Value {
    side.iter().map(|(name, text)| (name.clone(), json!(text))).collect()
}

/// Declarations that have another full name now.
fn renamed(comparison: &Comparison<'_>) -> Vec<[String; 2]> {
    let pairs = comparison.changes.iter().flat_map(|change| match change {
        Change::DeclRenamed(pair) => std::slice::from_ref(pair),
        Change::NamespaceRenamed { decls, .. } => decls.as_slice(),
        _ => &[],
    });
    pairs.map(|pair| [pair.old.name().to_owned(), pair.new.name().to_owned()]).collect()
}

/// What the rules claim that nobody has to ask for by name. What is undecided is about validators as well.
fn claims(comparison: &Comparison<'_>) -> Vec<Value> {
    let is_in_bytes = |finding: &&Finding| !finding.rule.opt_in && !finding.rule.id.starts_with(ABOUT_VALIDATORS);
    let is_decided = |finding: &&Finding| finding.proof != Proof::Undecided;
    let findings = comparison.findings.iter().filter(is_in_bytes).filter(is_decided);
    let claims = findings.flat_map(|finding| finding.claims.iter().map(move |claim| (finding, claim)));
    claims
        .map(|(finding, claim)| {
            let symbols: Vec<&String> =
                std::iter::once(&finding.symbol).chain(finding.also.iter().map(|also| &also.symbol)).collect();
            json!({
                "rule": finding.rule.id,
                "symbols": symbols,
                "surface": claim.surface.as_str(),
                "direction": claim.direction.as_str(),
                "effect": claim.effect.as_str(),
                "severity": finding.severity_of(*claim).as_str(),
            })
        })
        .collect()
}
