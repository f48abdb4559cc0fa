//! Every rule over every case.
//!
//! `CANREAD_BLESS=1 cargo test -p compat-tests` writes the reports anew: read the difference before you commit it.

mod case;
mod findings;

use std::{collections::BTreeMap, fs};

use canread_compat::rules;

use case::Case;

/// What a case's folder is named after, if it is about silence.
const NEAR_MISS: &str = "near_";

#[test]
fn every_case_gives_the_findings_that_its_report_lists() {
    let bless = std::env::var_os("CANREAD_BLESS").is_some();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let report = findings::report(&case.old, &case.new);
        if bless {
            fs::write(case.dir.join("report.txt"), &report).expect("the case's folder can be written");
        } else if fs::read_to_string(case.dir.join("report.txt")).unwrap_or_default() != report {
            wrong.push(format!("{} gives\n{report}", case.name()));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ from their report.txt:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_rule_that_a_folder_is_named_after_speaks_in_its_cases_and_is_silent_in_its_near_misses() {
    let mut wrong = Vec::new();
    for case in Case::all() {
        let speaks = findings::rules(&case.old, &case.new).contains(case.rule.as_str());
        if speaks == case.is_near_miss() {
            wrong.push(format!("{}: the rule {}", case.name(), if speaks { "speaks" } else { "is silent" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_cases_that_fire_and_near_misses() {
    let mut counts: BTreeMap<String, (usize, usize)> =
        rules().iter().map(|rule| (rule.id.to_owned(), (0, 0))).collect();
    for case in Case::all() {
        let Some((firing, silent)) = counts.get_mut(&case.rule) else {
            panic!("{} is named after no rule", case.name());
        };
        *if case.is_near_miss() { silent } else { firing } += 1;
    }
    let lacking: Vec<String> = counts
        .iter()
        .filter(|(_, (firing, silent))| *firing == 0 || *silent == 0)
        .map(|(rule, (firing, silent))| format!("{rule}: {firing} firing, {silent} silent"))
        .collect();
    assert!(lacking.is_empty(), "{} rules lack cases:\n{}", lacking.len(), lacking.join("\n"));
}

#[test]
fn no_rule_finds_anything_between_a_schema_and_itself() {
    for case in Case::all() {
        for (which, side) in [("old", &case.old), ("new", &case.new)] {
            let report = findings::report(side, side);
            assert!(report.is_empty(), "{} ({which}) against itself:\n{report}", case.name());
        }
    }
}
