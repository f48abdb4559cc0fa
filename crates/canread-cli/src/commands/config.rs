//! `canread config`: the settings in effect, and the form of the file.

use std::fmt::Write;

use canread_project::config::{Glob, SCHEMA};

use crate::{
    args::{self, Color, ConfigArgs, Show},
    exit, output,
    settings::{Flags, Origin, Settings, origin},
};

pub(crate) fn config(command: &args::Config, config: &ConfigArgs, color: Color) -> u8 {
    match command {
        args::Config::Show(args) => show(args, config, color),
        args::Config::Schema => output::print(SCHEMA, exit::COMPATIBLE),
    }
}

fn show(args: &Show, config: &ConfigArgs, color: Color) -> u8 {
    let flags = Flags { policy: Some(&args.policy), input: Some(&args.input), against: &args.against };
    match Settings::load(config, &flags) {
        Ok(settings) => output::print(&text(&rows(&settings), args.origin), exit::COMPATIBLE),
        Err(error) => {
            output::complain(&error.diagnostics, &error.sources, color);
            exit::USAGE
        }
    }
}

/// A setting as it is shown.
struct Row {
    key: String,
    value: String,
    origin: Origin,
}

fn rows(settings: &Settings) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String, origin: Origin| rows.push(Row { key: key.to_owned(), value, origin });
    let (mode, promise, fail_on) = (settings.mode(), settings.promise(), settings.fail_on());
    let allow = settings.allow_undecided();
    let promises: Vec<&str> = promise.value.iter().map(|surface| surface.as_str()).collect();
    add("mode", mode.value.as_str().to_owned(), mode.origin);
    add("promise", promises.join(","), promise.origin);
    add("fail-on", fail_on.value.as_str().to_owned(), fail_on.origin);
    add("allow-undecided", allow.value.to_string(), allow.origin);
    match &settings.against {
        Some(against) => add("against", against.value.join(", "), against.origin.clone()),
        None => add("against", "-".to_owned(), Origin::Default),
    }
    let roots: Vec<_> = settings.include.value.iter().map(|root| root.to_string_lossy().into_owned()).collect();
    add("include", or_dash(&roots.join(",")), settings.include.origin.clone());
    let roots: Vec<_> = settings.against_include.iter().map(|root| root.to_string_lossy().into_owned()).collect();
    let flag = |is_given: bool, flag| if is_given { Origin::Flag(flag) } else { Origin::Default };
    add("against-include", or_dash(&roots.join(",")), flag(!roots.is_empty(), "--against-include"));
    let enabled = settings.enabled();
    add("enable", or_dash(&enabled.join(",")), flag(!enabled.is_empty(), "--enable"));
    let Some(config) = &settings.config else {
        add("exclude", "-".to_owned(), Origin::Default);
        return rows;
    };
    match &config.exclude {
        Some(exclude) => {
            let globs: Vec<&str> = exclude.value.iter().map(Glob::as_str).collect();
            add("exclude", or_dash(&globs.join(",")), origin(config, exclude.span));
        }
        None => add("exclude", "-".to_owned(), Origin::Default),
    }
    let severity = |severity: Option<canread_compat::Severity>| severity.map_or("off", |severity| severity.as_str());
    for (id, chosen) in &config.choices.rules {
        add(&format!("rules {id}"), severity(chosen.value).to_owned(), origin(config, chosen.span));
    }
    for section in &config.paths {
        let of = |key: &str| format!("path {} {key}", section.glob.value.as_str());
        let choices = &section.choices;
        if let Some(mode) = &choices.mode {
            add(&of("mode"), mode.value.as_str().to_owned(), origin(config, mode.span));
        }
        if let Some(promise) = &choices.promise {
            let promises: Vec<&str> = promise.value.iter().map(|surface| surface.as_str()).collect();
            add(&of("promise"), promises.join(","), origin(config, promise.span));
        }
        if let Some(fail_on) = &choices.fail_on {
            add(&of("fail-on"), fail_on.value.as_str().to_owned(), origin(config, fail_on.span));
        }
        if let Some(allow) = &choices.allow_undecided {
            add(&of("allow-undecided"), allow.value.to_string(), origin(config, allow.span));
        }
        for (id, chosen) in &choices.rules {
            add(&of(&format!("rules {id}")), severity(chosen.value).to_owned(), origin(config, chosen.span));
        }
    }
    for approval in &config.approvals {
        let key = format!("allow {}", approval.fingerprint.value);
        add(&key, format!("until {}", approval.until.value), origin(config, approval.fingerprint.span));
    }
    rows
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

fn text(rows: &[Row], with_origin: bool) -> String {
    let width = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (keys, values) = (width(|row| &row.key), width(|row| &row.value));
    let mut text = String::new();
    for Row { key, value, origin } in rows {
        let _ = if with_origin {
            writeln!(text, "{key:keys$}  {value:values$}  {origin}")
        } else {
            writeln!(text, "{key:keys$}  {value}")
        };
    }
    text
}
