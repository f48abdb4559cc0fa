//! Every rule over every case.
//!
//! `CANREAD_BLESS=1 cargo test -p compat-tests` writes the reports and the table `RULES.md` anew: read the difference
//! before you commit it.

mod avro;
mod case;
mod findings;
mod link;
mod patches;
mod soundness;
mod table;

use std::{collections::BTreeMap, fs};

use canread_compat::{Severity, Surface, rules};

use case::Case;

/// How the name of a case's folder begins, if it is about silence.
const NEAR_MISS: &str = "near_";

/// How many cases of either sort each rule has at least: one alone shows an accident.
const CASES_MIN: usize = 2;

/// What other checkers take for a break of the wire and is none.
const FALSE_ALARMS: [&str; 13] = [
    "avro/namespace_changed/near_alias",
    "avro/type_changed/near_defined_elsewhere",
    "avro/type_renamed/near_aliases_on_both_sides",
    "avro/type_renamed/near_namespace_only",
    "protobuf/field_moved_into_existing_oneof/near_one_field_into_a_new_oneof",
    "protobuf/field_refers_to_another_type/near_identical_message_renamed",
    "protobuf/field_refers_to_another_type/near_message_moved_to_another_file_of_the_package",
    "protobuf/field_refers_to_another_type/near_message_moved_to_another_package",
    "protobuf/field_type_changed/near_map_as_its_entries",
    "protobuf/field_type_changed/near_proto2_to_an_edition_with_equal_features",
    "protobuf/field_type_changed/near_proto3_to_an_edition_with_equal_features",
    "protobuf/field_type_changed/near_same_type_renamed_message",
    "protobuf/field_left_oneof/near_oneof_renamed",
];

#[test]
fn every_case_gives_the_findings_that_its_report_lists() {
    let bless = std::env::var_os("CANREAD_BLESS").is_some();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let report = findings::report(&case);
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
        let speaks = findings::rules(&case).contains(case.rule.as_str());
        if speaks == case.is_near_miss() {
            wrong.push(format!("{}: the rule {}", case.name(), if speaks { "speaks" } else { "is silent" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_at_least_two_cases_that_fire_and_two_near_misses() {
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
        .filter(|(_, (firing, silent))| *firing < CASES_MIN || *silent < CASES_MIN)
        .map(|(rule, (firing, silent))| format!("{rule}: {firing} firing, {silent} silent"))
        .collect();
    assert!(lacking.is_empty(), "{} rules lack cases:\n{}", lacking.len(), lacking.join("\n"));
}

#[test]
fn no_rule_warns_about_the_wire_where_others_give_a_false_alarm() {
    let cases = Case::all();
    for name in FALSE_ALARMS {
        let case = cases.iter().find(|case| case.name() == name).unwrap_or_else(|| panic!("no case {name}"));
        for finding in findings::find(&case.old, &case.new) {
            let on_wire = finding.claims.iter().filter(|claim| matches!(claim.surface, Surface::Wire | Surface::Rpc));
            let worst = on_wire.map(|claim| finding.severity_of(*claim)).max().unwrap_or(Severity::Note);
            assert_eq!(worst, Severity::Note, "{name}: {} claims {:?}", finding.rule.id, finding.claims);
        }
    }
}

#[test]
fn no_rule_finds_anything_between_a_schema_and_itself() {
    for case in Case::all() {
        for (at, side) in case.versions().into_iter().enumerate() {
            let report = findings::against_itself(side);
            assert!(report.is_empty(), "{} (version {}) against itself:\n{report}", case.name(), at + 1);
        }
    }
}
