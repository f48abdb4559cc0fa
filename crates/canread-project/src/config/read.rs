//! What `canread.toml` says. Every mistake is found, each at its place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use canread_compat::{Severity, find_lint};
use canread_syntax::{Diagnostic, FileId, Sources, Span};
use toml::de::{DeTable, DeValue};

use super::table::{Problems, Table, Value, span};
use super::{Approval, Choices, Config, ConfigError, Date, Glob, Located, PathSection, VERSION, Word, Words};
use crate::git::nearest;

/// Keys of the file.
pub(super) const KEYS: &[&str] = &[
    "version",
    "mode",
    "promise",
    "fail-on",
    "allow-undecided",
    "against",
    "include",
    "exclude",
    "rules",
    "path",
    "allow",
];
/// Keys of a `[[path]]` section.
pub(super) const PATH_KEYS: &[&str] = &["glob", "mode", "promise", "fail-on", "allow-undecided", "rules"];
/// Keys of an `[[allow]]` section.
pub(super) const ALLOW_KEYS: &[&str] = &["fingerprint", "rule", "symbol", "file", "reason", "until"];

/// Digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 12;

/// What `against` may say.
const BASELINE: &str =
    "a baseline: a directory, `git:REF`, `git:tags/GLOB`, `git:A..B`, `merge-base:REF`, `lock` or `REF:PATH`";

/// Reads the file.
pub(super) fn config(name: &str, file: PathBuf, dir: PathBuf, bytes: Vec<u8>) -> Result<Config, Box<ConfigError>> {
    let mut sources = Sources::default();
    let id = sources.add(name, "config", bytes);
    if let Some(problem) = sources.unreadable(id).cloned() {
        let problem = Diagnostic { help: Some("save the file as UTF-8".to_owned()), ..problem };
        return Err(Box::new(ConfigError { sources, diagnostics: vec![problem] }));
    }
    let mut problems = Problems::default();
    let parsed = parse(sources.file(id).text(), &mut problems);
    if !problems.found.is_empty() {
        problems.found.sort_by_key(Diagnostic::span);
        return Err(Box::new(ConfigError { sources, diagnostics: problems.found }));
    }
    let Parsed { choices, paths, against, include, exclude, approvals } = parsed;
    Ok(Config { sources, file, dir, choices, paths, against, include, exclude, approvals })
}

#[derive(Default)]
struct Parsed {
    choices: Choices,
    paths: Vec<PathSection>,
    against: Option<Located<Vec<Located<String>>>>,
    include: Option<Located<Vec<String>>>,
    exclude: Option<Located<Vec<Glob>>>,
    approvals: Vec<Approval>,
}

fn parse(text: &str, problems: &mut Problems) -> Parsed {
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        for error in errors {
            let place = error.span().unwrap_or(0..0);
            let message = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
            problems.add(Diagnostic::error("config/syntax", message).at(span(place), ""));
        }
        return Parsed::default();
    }
    if !is_known_version(root.get_ref(), problems) {
        return Parsed::default();
    }
    let table = Table::with_keys(root.get_ref(), start(), KEYS, problems);
    Parsed {
        choices: choices(&table, problems),
        paths: paths(&table, problems),
        against: table.get("against").and_then(|value| against(value, problems)),
        include: table.get("include").and_then(|value| include(value, problems)),
        exclude: table.get("exclude").and_then(|value| exclude(value, problems)),
        approvals: approvals(&table, problems),
    }
}

/// The start of the file.
fn start() -> Span {
    Span::new(FileId(0), 0, 0)
}

/// Other versions may have other keys, so of a file of another version nothing else is said.
fn is_known_version(root: &DeTable<'_>, problems: &mut Problems) -> bool {
    let known = format!("this canread knows version {VERSION}");
    let Some(value) = root.get("version") else {
        let problem = Diagnostic::error("config/version", "the file does not say which version its form has");
        problems.add(problem.at(start(), "").help(format!("write `version = {VERSION}` at the top")));
        return false;
    };
    let place = span(value.span());
    let value = Value { value: value.get_ref(), span: place };
    let number = match value.value {
        DeValue::Integer(number) => number.as_str().parse::<i64>().ok(),
        _ => None,
    };
    if number == Some(VERSION) {
        return true;
    }
    let problem = match value.value {
        DeValue::Integer(number) => {
            Diagnostic::error("config/version", format!("version {} is not known", number.as_str()))
                .help("correct the number, or use a canread that knows this version")
        }
        _ => Diagnostic::error("config/version", format!("`version` is {}: expected a number", value.noun()))
            .help(format!("write `version = {VERSION}`")),
    };
    problems.add(problem.at(place, "").note(known));
    false
}

fn choices(table: &Table<'_, '_>, problems: &mut Problems) -> Choices {
    Choices {
        mode: word(table, "mode", problems),
        promise: table.get("promise").and_then(|value| words(value, "promise", problems)),
        fail_on: word(table, "fail-on", problems),
        allow_undecided: table.get("allow-undecided").and_then(|value| truth(value, "allow-undecided", problems)),
        rules: table.get("rules").map(|value| severities(value, problems)).unwrap_or_default(),
    }
}

fn word<T: Word>(table: &Table<'_, '_>, key: &str, problems: &mut Problems) -> Option<Located<T>> {
    of_word(table.get(key)?, key, problems)
}

fn of_word<T: Word>(value: Value<'_, '_>, key: &str, problems: &mut Problems) -> Option<Located<T>> {
    let text = value.text(key, &Words::of::<T>().to_string(), problems)?;
    chosen(&text, problems)
}

fn chosen<T: Word>(text: &Located<String>, problems: &mut Problems) -> Option<Located<T>> {
    match T::of_word(&text.value) {
        Ok(value) => Some(Located { value, span: text.span }),
        Err(message) => {
            let names = T::choices().into_iter().map(|(word, _)| word.to_owned());
            let near = nearest(&text.value.to_lowercase(), names);
            let problem = problems.bad_value(text.span, message);
            problem.help = near.map(|near| format!("is `{near}` meant?"));
            None
        }
    }
}

fn words<T: Word>(value: Value<'_, '_>, key: &str, problems: &mut Problems) -> Option<Located<Vec<T>>> {
    let texts = value.texts(key, &format!("words out of {}", Words::of::<T>()), problems)?;
    if texts.value.is_empty() && matches!(value.value, DeValue::Array(items) if items.is_empty()) {
        let problem = problems.bad_value(value.span, format!("`{key}` is empty"));
        problem.help = Some("to promise nothing, write `mode = \"none\"`".to_owned());
        return None;
    }
    let words = texts.value.iter().filter_map(|text| Some(chosen::<T>(text, problems)?.value)).collect();
    Some(Located { value: words, span: texts.span })
}

fn truth(value: Value<'_, '_>, key: &str, problems: &mut Problems) -> Option<Located<bool>> {
    let DeValue::Boolean(truth) = value.value else {
        problems.wrong_value(&value, key, &Words::of::<bool>().to_string());
        return None;
    };
    Some(Located { value: *truth, span: value.span })
}

fn severities(value: Value<'_, '_>, problems: &mut Problems) -> BTreeMap<String, Located<Option<Severity>>> {
    let DeValue::Table(table) = value.value else {
        problems.wrong_value(&value, "rules", "a section `[rules]`, with a rule and its severity on each line");
        return BTreeMap::new();
    };
    let mut severities = BTreeMap::new();
    for (key, value) in table {
        let id = key.get_ref();
        let value = Value { value: value.get_ref(), span: span(value.span()) };
        if canread_compat::rule(id).is_none() && find_lint(id).is_none() {
            problems.add(unknown_rule(id, span(key.span()), matches!(value.value, DeValue::Table(_))));
            continue;
        }
        if let Some(severity) = of_word(value, id, problems) {
            severities.insert(id.to_string(), severity);
        }
    }
    severities
}

fn unknown_rule(id: &str, place: Span, is_table: bool) -> Diagnostic {
    let error = Diagnostic::error("config/unknown_rule", format!("there is no rule `{id}`")).at(place, "");
    if is_table {
        // `protobuf.file_moved = "off"` without quotes is a table in a table.
        return error
            .help("a rule's id is written with a slash, in quotes: `\"protobuf/field_type_changed\" = \"error\"`");
    }
    error.help(rules_meant(id))
}

/// The next step where no rule has an id.
#[must_use]
pub fn rules_meant(id: &str) -> String {
    let near: Vec<String> = canread_compat::rules_near(id).iter().map(|id| format!("`{id}`")).collect();
    match &*near {
        [] => "`canread rules` lists all of them".to_owned(),
        near => format!("is {} meant? `canread rules` lists all of them", near.join(" or ")),
    }
}

/// The next step where no lint has an id.
#[must_use]
pub fn lints_meant(id: &str) -> String {
    let near: Vec<String> = canread_compat::lints_near(id).iter().map(|id| format!("`{id}`")).collect();
    match &*near {
        [] => "`canread rules --lints` lists all of them".to_owned(),
        near => format!("is {} meant? `canread rules --lints` lists all of them", near.join(" or ")),
    }
}

fn against(value: Value<'_, '_>, problems: &mut Problems) -> Option<Located<Vec<Located<String>>>> {
    let texts = match value.value {
        DeValue::Array(_) => value.texts("against", BASELINE, problems)?,
        DeValue::String(_) => Located { value: vec![value.text("against", BASELINE, problems)?], span: value.span },
        _ => {
            problems.wrong_value(&value, "against", &format!("{BASELINE}; or a list of them, the oldest first"));
            return None;
        }
    };
    if matches!(value.value, DeValue::Array(items) if items.is_empty()) {
        problems.bad_value(value.span, format!("`against` is an empty list: expected {BASELINE}"));
    }
    for text in texts.value.iter().filter(|text| text.value.is_empty()) {
        problems.bad_value(text.span, format!("`against` is empty: expected {BASELINE}"));
    }
    Some(texts)
}

fn include(value: Value<'_, '_>, problems: &mut Problems) -> Option<Located<Vec<String>>> {
    let texts = value.texts("include", "directories, as seen from this file", problems)?;
    Some(Located { value: texts.value.into_iter().map(|text| text.value).collect(), span: texts.span })
}

fn exclude(value: Value<'_, '_>, problems: &mut Problems) -> Option<Located<Vec<Glob>>> {
    let texts = value.texts("exclude", "patterns of paths, such as `legacy/**`", problems)?;
    let globs = texts.value.iter().filter_map(|text| glob(text, "exclude", problems)).collect();
    Some(Located { value: globs, span: texts.span })
}

fn glob(text: &Located<String>, key: &str, problems: &mut Problems) -> Option<Glob> {
    Glob::parse(&text.value)
        .map_err(|expected| {
            problems.bad_value(text.span, format!("`{key}` is `{}`: expected {expected}", text.value));
        })
        .ok()
}

fn paths(table: &Table<'_, '_>, problems: &mut Problems) -> Vec<PathSection> {
    let Some(value) = table.get("path") else { return Vec::new() };
    let mut paths = Vec::new();
    for (entries, place) in value.sections("path", problems) {
        let table = Table::with_keys(entries, place, PATH_KEYS, problems);
        let choices = choices(&table, problems);
        let glob = table.needed("glob", "a `[[path]]` section", problems).and_then(|value| {
            let text = value.text("glob", "a pattern of paths, such as `legacy/**`", problems)?;
            Some(Located { value: glob(&text, "glob", problems)?, span: text.span })
        });
        paths.extend(glob.map(|glob| PathSection { glob, choices }));
    }
    paths
}

fn approvals(table: &Table<'_, '_>, problems: &mut Problems) -> Vec<Approval> {
    let Some(value) = table.get("allow") else { return Vec::new() };
    let mut approvals: Vec<Approval> = Vec::new();
    let mut firsts: BTreeMap<String, Span> = BTreeMap::new();
    for (entries, place) in value.sections("allow", problems) {
        let Some(approval) = approval(entries, place, problems) else { continue };
        let Located { value: fingerprint, span } = &approval.fingerprint;
        let first = *firsts.entry(fingerprint.clone()).or_insert(*span);
        if first != *span {
            let problem = Diagnostic::error("config/approved_twice", format!("`{fingerprint}` is approved twice"));
            problems.add(problem.at(*span, "").at(first, "the first time").help("keep one of them"));
        }
        approvals.push(approval);
    }
    approvals
}

fn approval(entries: &DeTable<'_>, place: Span, problems: &mut Problems) -> Option<Approval> {
    let table = Table::with_keys(entries, place, ALLOW_KEYS, problems);
    let of = "an `[[allow]]` section";
    let fingerprint = table.needed("fingerprint", of, problems).and_then(|value| fingerprint(value, problems));
    let until = table.needed("until", of, problems).and_then(|value| until(value, problems));
    let reason = table.needed("reason", of, problems).and_then(|value| {
        let text = value.text("reason", "a sentence that says why", problems)?;
        if text.value.trim().is_empty() {
            problems.bad_value(text.span, "the reason is empty: an approval says why");
            return None;
        }
        Some(text)
    });
    let mut text = |key| table.get(key).and_then(|value: Value<'_, '_>| value.text(key, "a text", problems));
    let (symbol, file, rule) = (text("symbol"), text("file"), text("rule"));
    if let Some(rule) = rule.as_ref().filter(|rule| canread_compat::rule(&rule.value).is_none()) {
        problems.add(unknown_rule(&rule.value, rule.span, false));
    }
    Some(Approval { fingerprint: fingerprint?, rule, symbol, file, reason: reason?, until: until? })
}

fn fingerprint(value: Value<'_, '_>, problems: &mut Problems) -> Option<Located<String>> {
    let expected = "the 12 hexadecimal digits that a finding is shown with";
    let text = value.text("fingerprint", expected, problems)?;
    if !is_fingerprint(&text.value) {
        problems.bad_value(text.span, format!("`{}` is no fingerprint: expected {expected}", text.value));
        return None;
    }
    Some(text)
}

/// Whether a text has the form of a fingerprint.
pub(super) fn is_fingerprint(text: &str) -> bool {
    text.len() == FINGERPRINT_DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn until(value: Value<'_, '_>, problems: &mut Problems) -> Option<Located<Date>> {
    let date = match value.value {
        DeValue::Datetime(date) if date.time.is_none() && date.offset.is_none() => {
            date.date.and_then(|date| Date::new(date.year, date.month, date.day))
        }
        // Tools that know no dates write them as texts.
        DeValue::String(text) => Date::parse(text),
        _ => None,
    };
    let Some(value) = date.map(|date| Located { value: date, span: value.span }) else {
        problems.wrong_value(&value, "until", "a day, such as 2026-12-31");
        return None;
    };
    Some(value)
}
