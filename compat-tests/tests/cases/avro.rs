//! What the rules say about Avro against what Python's fastavro, and Avro's Java library, do with values of the cases.
//!
//! Of the two Python packages fastavro is the one that resolves schemas as the specification has it: `avro` knows no
//! aliases and no enum defaults, and compares full names.

use canread_compat::{Direction, Effect, Finding, Surface};
use serde_json::{Value, json};

use super::{
    case::{Case, Side},
    findings,
    soundness::hash,
};

/// What departs, and why.
const DEPARTURES: &[(&str, &str)] = &[
    (
        "avro/alias_ambiguous/branches backward",
        "fastavro takes either branch; Avro's Java library gives both the name of the alias, and refuses a union with it twice",
    ),
    (
        "avro/alias_ambiguous/name_of_another_field backward",
        "fastavro prefers a name to an alias; Avro's Java library refuses the data as soon as a field or a type differs",
    ),
    ("avro/logical_type_changed/added backward", PYTHON_DATES),
    ("avro/namespace_without_alias/enum_in_wider_union backward", FULL_NAMES),
    ("avro/namespace_without_alias/enum_into_union backward", FULL_NAMES),
    ("avro/namespace_without_alias/field_alias backward", FULL_NAMES),
    ("avro/namespace_without_alias/field_alias_and_default backward", FULL_NAMES),
    ("avro/namespace_without_alias/field_alias_of_the_old_reader forward", FULL_NAMES),
    ("avro/namespace_without_alias/fixed_in_reordered_union backward", FULL_NAMES),
    ("avro/namespace_without_alias/fixed_in_reordered_union forward", FULL_NAMES),
    ("avro/namespace_without_alias/record_beside_in_union backward", FULL_NAMES),
    ("avro/namespace_without_alias/symbol_added_in_union backward", FULL_NAMES),
    ("avro/names_exchanged/aliases_of_the_old_reader forward", NAMES_FIRST),
    ("avro/names_exchanged/moved_as_before backward", NAMES_FIRST),
    ("avro/names_exchanged/moved_as_before forward", NAMES_FIRST),
    ("avro/names_exchanged/three_fields backward", NAMES_FIRST),
    ("avro/names_exchanged/two_fields backward", NAMES_FIRST),
    ("avro/names_exchanged/two_fields_that_moved backward", NAMES_FIRST),
    ("avro/union_order_changed/enum_behind_a_namesake_with_a_default forward", FULL_NAMES),
];

/// What departs in Java, and why.
const JAVA_DEPARTURES: &[(&str, &str)] = &[
    (
        "avro/alias_ambiguous/name_of_another_field backward",
        "schemas that differ in aliases alone are equal to Java, which resolves nothing then; its check of compatibility \
         throws, and it refuses the data as soon as a field or a type differs",
    ),
    ("avro/alias_ambiguous/near_as_before backward", SAME_ALIAS),
    ("avro/alias_ambiguous/near_as_before forward", SAME_ALIAS),
    ("avro/alias_ambiguous/near_no_union forward", NO_RECORD_NAMES),
    ("avro/json_branch_renamed/alias forward", NO_RECORD_NAMES),
    ("avro/logical_type_changed/added backward", PYTHON_DATES),
    ("avro/namespace_changed/near_other_name backward", NO_RECORD_NAMES),
    ("avro/namespace_changed/near_other_name forward", NO_RECORD_NAMES),
    (
        "avro/names_exchanged/two_fields backward",
        "schemas that differ in aliases alone are equal to Java, and if another field is new, the aliases exchange the names twice",
    ),
    ("avro/type_renamed/record backward", NO_RECORD_NAMES),
    ("avro/type_renamed/record forward", NO_RECORD_NAMES),
    ("avro/type_renamed/root backward", NO_RECORD_NAMES),
    ("avro/type_renamed/root forward", NO_RECORD_NAMES),
    ("avro/union_order_changed/enum_behind_a_namesake_with_a_default backward", FULL_NAME_FIRST),
    ("avro/union_order_changed/no_union_before backward", FULL_NAME_FIRST),
    ("avro/union_order_changed/record_behind_a_namesake_that_drops backward", FULL_NAME_FIRST),
    ("avro/union_order_changed/record_behind_its_namesake backward", FULL_NAME_FIRST),
];

/// Aliases that both versions have.
const SAME_ALIAS: &str = "Java refuses a field's alias that is another field's name; both versions have it, so the lint speaks of it and no rule";
/// Records outside of unions, and in a union one that has the same fields.
const NO_RECORD_NAMES: &str = "Java's decoder does not compare the names of records; its check of compatibility does";
/// Unions.
const FULL_NAME_FIRST: &str = "Java looks for the full name before it takes what comes first; fastavro does not";
/// Dates beyond the year 9999.
const PYTHON_DATES: &str = "Python's dates end in the year 9999, so numbers beyond are refused and not read as moments";

/// Namespaces.
const FULL_NAMES: &str = "Avro's Java library goes by full names there; fastavro never looks at namespaces";

/// Aliases.
const NAMES_FIRST: &str =
    "fastavro looks for the name first, so that each value stays where it was; Java goes by the aliases";

/// Of how many crossed pairs one is tried.
const STEP: u64 = 24;

/// Values of a crossed pair.
const CROSSED_VALUES: u64 = 12;

/// One pair of versions in one direction.
struct Question {
    name: String,
    line: Value,
    claimed: Effect,
}

/// Both ways: no value may be harmed in a way that no rule claims, and what the rules claim some value must show.
#[test]
fn fastavro_does_with_values_of_the_avro_cases_what_the_rules_claim() {
    let cases = single_files();
    let questions = cases.iter().flat_map(|case| ask_about(&case.name(), &case.old, &case.new, None)).collect();
    let Some(answers) = answer(questions, "fastavro") else { return };
    hold(&answers, DEPARTURES);
}

#[test]
#[ignore = "asks Avro's Java library: `cargo xtask test --only avro-java`"]
fn java_does_with_values_of_the_avro_cases_what_the_rules_claim() {
    if !has_java() {
        return;
    }
    let cases = single_files();
    let questions = cases.iter().flat_map(|case| ask_about(&case.name(), &case.old, &case.new, None)).collect();
    let Some(answers) = answer(questions, "java") else { return };
    hold(&answers, JAVA_DEPARTURES);
}

/// Whether Java can be asked; says that it is skipped where not.
fn has_java() -> bool {
    let is_there = std::env::var_os("CANREAD_AVRO_JAVA").is_some();
    if !is_there {
        canread_testing::skip("no Avro library of Java, `cargo xtask test --only avro-java` fetches it");
    }
    is_there
}

/// Holds what was seen to what is claimed; what departs must be listed, and what is listed must depart.
fn hold(answers: &[(Question, Effect, String)], departures: &[(&str, &str)]) {
    let mut wrong: Vec<String> = Vec::new();
    let mut departed = Vec::new();
    for (question, seen, why) in answers {
        // What a default or a name means is not in the bytes.
        let is_as_claimed = *seen == question.claimed || (question.claimed == Effect::Meaning && *seen == Effect::Ok);
        if is_as_claimed {
            continue;
        }
        if departures.iter().any(|(name, _)| *name == question.name) {
            departed.push(&*question.name);
        } else {
            wrong.push(format!("{}: claimed {:?}, seen {seen:?}: {why}", question.name, question.claimed));
        }
    }
    let agree = departures.iter().filter(|(name, _)| !departed.contains(name));
    wrong.extend(agree.map(|(name, _)| format!("{name}: departs no more, take it out of the list")));
    assert!(wrong.is_empty(), "{} contradictions:\n{}", wrong.len(), wrong.join("\n"));
    assert!(answers.len() > 150, "only {} questions", answers.len());
}

#[test]
fn fastavro_harms_no_value_between_versions_of_different_avro_cases_where_nothing_as_bad_is_claimed() {
    let Some(answers) = answer(crossed(), "fastavro") else { return };
    hold_harmless(&answers);
}

#[test]
#[ignore = "asks Avro's Java library: `cargo xtask test --only avro-java`"]
fn java_harms_no_value_between_versions_of_different_avro_cases_where_nothing_as_bad_is_claimed() {
    if !has_java() {
        return;
    }
    let Some(answers) = answer(crossed(), "java") else { return };
    hold_harmless(&answers);
}

/// The old version of one case against the new version of another, in which much differs at once.
fn crossed() -> Vec<Question> {
    let cases = single_files();
    let mut questions = Vec::new();
    for one in &cases {
        for two in &cases {
            let name = format!("{}+{}", one.name(), two.name());
            if hash(&name).is_multiple_of(STEP) {
                questions.extend(ask_about(&name, &one.old, &two.new, Some(CROSSED_VALUES)));
            }
        }
    }
    questions
}

/// Holds that nothing came to harm where no error is claimed.
fn hold_harmless(answers: &[(Question, Effect, String)]) {
    let wrong: Vec<String> = answers
        .iter()
        .filter(|(question, seen, _)| is_harm(&question.line, *seen) && question.claimed <= Effect::Meaning)
        .map(|(question, seen, why)| format!("{}: claimed {:?}, seen {seen:?}: {why}", question.name, question.claimed))
        .collect();
    assert!(wrong.is_empty(), "{} contradictions:\n{}", wrong.len(), wrong.join("\n"));
    assert!(answers.len() > 300, "only {} questions", answers.len());
}

/// Rules that claim what Avro's Java and C# libraries do with JSON, which refuse names that are missing or that they do not
/// know; fastavro takes defaults and passes over the others.
const STRICTER_IN_JSON: [&str; 3] = ["avro/field_deleted", "avro/field_renamed", "avro/json_field_added"];

/// fastavro knows no records of the sort `error` in JSON.
const NOT_IN_JSON: &str = "avro/type_kind_changed/near_record_to_error";

/// Python's integers have no width.
const NO_WIDTH: &str = "fastavro's JSON reader takes a long for an int";
/// A value that the script writes on goes into the first branch that takes a Python number.
const FIRST_BRANCH: &str = "the script has no tag to say which branch a Python number is of";
/// The same for records.
const ALIKE: &str = "the script has no tag to say which of two records with the same fields a Python dict is";
/// As many letters as bytes.
const AS_LONG: &str = "the symbol happens to have as many letters as the fixed has bytes";

/// UUIDs in a fixed.
const NO_UUID: &str = "fastavro knows UUIDs in strings only, and gives the bytes";
/// UUIDs.
const SAME_TEXT: &str = "to the script a UUID is its text, whatever other logical type the text has";

/// What departs in JSON, and why.
const JSON_DEPARTURES: [(&str, &str); 16] = [
    ("avro/alias_ambiguous/branches backward", ALIKE),
    ("avro/logical_type_changed/added backward", PYTHON_DATES),
    ("avro/logical_type_changed/date_to_timestamp forward", NO_WIDTH),
    ("avro/logical_type_changed/fixed_to_uuid backward", NO_UUID),
    ("avro/logical_type_changed/fixed_to_uuid forward", NO_UUID),
    ("avro/logical_type_changed/own_to_uuid forward", SAME_TEXT),
    ("avro/type_changed/bytes_to_string forward", "no text of the script has a character beyond 255"),
    ("avro/type_changed/int_to_long_for_old_readers forward", NO_WIDTH),
    ("avro/type_changed/long_to_int backward", NO_WIDTH),
    ("avro/type_kind_changed/enum_to_fixed backward", AS_LONG),
    ("avro/type_kind_changed/near_other_name backward", AS_LONG),
    ("avro/union_branch_added/near_promoted forward", FIRST_BRANCH),
    ("avro/union_order_changed/double_before_long_in_a_map backward", FIRST_BRANCH),
    ("avro/union_order_changed/double_before_long_in_a_map forward", FIRST_BRANCH),
    ("avro/union_order_changed/float_before_long backward", FIRST_BRANCH),
    ("avro/union_order_changed/float_before_long forward", FIRST_BRANCH),
];

/// JSON is read without the schema of the writer, as a text of names.
#[test]
fn fastavro_does_with_json_of_the_avro_cases_what_the_rules_claim() {
    let cases: Vec<Case> = single_files().into_iter().filter(|case| case.name() != NOT_IN_JSON).collect();
    let ask = |case: &Case| ask_about_surface(Surface::Json, &case.name(), &case.old, &case.new, None);
    let Some(answers) = answer(cases.iter().flat_map(ask).collect(), "fastavro") else { return };
    let is_stricter = |name: &str| {
        let case =
            cases.iter().find(|case| name.starts_with(&format!("{} ", case.name()))).expect("it was asked about");
        findings::rules(case).iter().any(|rule| STRICTER_IN_JSON.contains(rule))
    };
    let mut wrong: Vec<String> = Vec::new();
    let mut departed = 0;
    for (question, seen, why) in &answers {
        let is_as_claimed = *seen == question.claimed
            || (question.claimed == Effect::Error && *seen < Effect::Error && is_stricter(&question.name));
        if is_as_claimed {
            continue;
        }
        if JSON_DEPARTURES.iter().any(|(name, _)| *name == question.name) {
            departed += 1;
        } else {
            wrong.push(format!("{}: claimed {:?}, seen {seen:?}: {why}", question.name, question.claimed));
        }
    }
    assert!(wrong.is_empty(), "{} contradictions:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(departed, JSON_DEPARTURES.len(), "a departure departs no more: take it out");
    assert!(answers.len() > 150, "only {} questions", answers.len());
}

/// Whether something came to harm. That an old reader drops a field which it never knew is none; where a field with a
/// default went too, the script takes the two for one that was renamed.
fn is_harm(line: &Value, seen: Effect) -> bool {
    seen > Effect::Dropped || (seen == Effect::Dropped && line["direction"] == Direction::Backward.as_str())
}

/// The cases that are schemas; a protocol is none that values are written with.
fn single_files() -> Vec<Case> {
    let mut cases = Case::of("avro");
    cases.retain(|case| [&case.old, &case.new].iter().all(|side| side.len() == 1 && side[0].0 == "test.avsc"));
    cases
}

/// Both directions on the wire.
fn ask_about(name: &str, old: &Side, new: &Side, values: Option<u64>) -> Vec<Question> {
    ask_about_surface(Surface::Wire, name, old, new, values)
}

/// Both directions.
fn ask_about_surface(surface: Surface, name: &str, old: &Side, new: &Side, values: Option<u64>) -> Vec<Question> {
    let found = findings::find(old, new);
    let question = |direction: Direction| {
        let mut line =
            json!({ "old": old[0].1, "new": new[0].1, "direction": direction.as_str(), "surface": surface.as_str() });
        if let Some(values) = values {
            line["values"] = values.into();
        }
        Question { name: format!("{name} {}", direction.as_str()), line, claimed: worst(&found, surface, direction) }
    };
    [Direction::Backward, Direction::Forward].map(question).into()
}

/// The worst that is claimed of a surface.
fn worst(found: &[Finding], surface: Surface, direction: Direction) -> Effect {
    let claims = found.iter().flat_map(|finding| &finding.claims);
    let meant = claims.filter(|claim| claim.surface == surface && claim.direction == direction);
    meant.map(|claim| claim.effect).max().unwrap_or(Effect::Ok)
}

/// What a library does at worst, and why; `None` if there is no oracle here.
fn answer(questions: Vec<Question>, library: &str) -> Option<Vec<(Question, Effect, String)>> {
    let mut command = canread_testing::oracle("replay_avro.py")?;
    if library != "java" {
        command.env_remove("CANREAD_AVRO_JAVA");
    }
    let lines: Vec<String> = questions.iter().map(|question| question.line.to_string()).collect();
    // Another code: no values could be made of a case.
    let text = canread_testing::ask(&mut command, &lines, &[0]);
    let answers = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("the oracle writes JSON"));
    let by_library: Vec<Value> = answers.filter(|answer| answer["library"] == library).collect();
    assert_eq!(by_library.len(), questions.len(), "every question is answered");
    let effect = |word: &Value| {
        let all = [Effect::Ok, Effect::Meaning, Effect::Dropped, Effect::Lossy, Effect::Error, Effect::Reinterpreted];
        all.into_iter().find(|effect| *word == effect.as_str()).expect("the oracle knows the same effects")
    };
    let pairs = questions.into_iter().zip(by_library);
    Some(pairs.map(|(question, answer)| (question, effect(&answer["effect"]), answer["why"].to_string())).collect())
}
