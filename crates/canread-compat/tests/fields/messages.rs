//! What a person reads about each example.

use canread_compat::{Pair, Scope, compare, rules};

use crate::support::{findings, is_about_fields, schema};

#[test]
fn each_rule_says_what_changed_and_what_follows() {
    let mut found = String::new();
    for rule in rules().iter().filter(|rule| is_about_fields(rule)) {
        for finding in findings(rule.example.old, rule.example.new) {
            if finding.rule.id == rule.id {
                found.push_str(&finding.message);
                found.push('\n');
                break;
            }
        }
    }
    let expected = MESSAGES.join("\n") + "\n";
    assert_eq!(found, expected, "\n{found}");
}
#[test]
fn a_finding_names_the_changes_that_it_is_about() {
    let old = schema("syntax = \"proto3\"; message M { int64 a = 1; int64 b = 2; string c = 3; }");
    let new = schema("syntax = \"proto3\"; message M { int32 a = 1; int64 b = 2; string c = 3; string d = 4; }");
    let comparison = compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs");
    for finding in &comparison.findings {
        assert!(!finding.changes.is_empty(), "{finding:?}");
        for at in &finding.changes {
            assert_eq!(comparison.changes[*at].describe().symbol, finding.symbol);
        }
    }
    let mut told: Vec<usize> = comparison.findings.iter().flat_map(|finding| finding.changes.clone()).collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!((comparison.changes.len(), told.len()), (2, 2), "{:?}", comparison.findings);
}

const MESSAGES: &[&str] = &[
    "`M.retries` was 3 by default and is 5: absent, it has another value",
    "`M.note` is new: an old JSON reader refuses documents that have it",
    "`M.tag` was int32 and is repeated int32: an old reader of new data expects one value, and treats a packed run as an unknown field",
    "`M.note` became required: a new reader refuses old data without it",
    "`M.tag` was repeated string and is string: a new reader of old data keeps only the last value",
    "`M.note` is gone, its number and name are reserved",
    "`M.note` is gone and its name `note` is not reserved: JSON and text of old writers may be taken for a later field",
    "`M.note` is gone and its number 2 is not reserved: the next field with that number reads old data",
    "`M.voucher` moved out of oneof `payment`: an old reader of new data keeps either it or `card`",
    "`M.voucher` moved into oneof `payment`: a new reader of old data keeps either it or `card`",
    "`M.card` moved into the new oneof `payment`: its bytes stay as they are, generated code does not",
    "`M.total` is new, but JSON knew `M.total_cents` by that name: old documents are read as the new field",
    "number 2 of `M` was `email` and is `phone`, another field: `email` has number 3 now",
    "`M.item` was A and is B: data of the one is not data of the other",
    "`M.note` is called `remark` now: a rename, or another field on its number?",
    "`M.note` was number 1 and is 2: readers do not find it in the data of the other version",
    "`M.id` was int64 and is int32: a new reader of old data keeps only the low 32 bits",
    "`M.card` is an alternative to `voucher` in the new oneof `payment`: of several in old data only the last is kept",
    "`M.net` was `a` in JSON and is `b`: readers know another field by that key",
    "`M.stock` was repeated Stock and is map<string, int32>: a new reader of old data has no place for a part of each entry",
    "`M.stock` was map<string, int32> and is repeated Stock: an old reader of new data keeps the last of several items with one key, and not their order",
    "`M.line` stood behind its length and stands between tags now: a new reader of old data finds another wire type under the number, and treats the value as an unknown field",
    "`M.voucher` is new in oneof `payment`: an old reader finds no case set",
    "oneof `M.payment` is called `means` now",
    "`M.discount` can tell zero from absent now: a zero that an old writer meant looks unset",
    "`M.discount` can no longer tell zero from absent: a zero that was set looks unset",
    "`M.note` is no longer required: an old reader refuses new data without it",
    "`M.note` is new and required: a new reader refuses all old data",
    "`M.id` is gone, and was required: an old reader refuses every message without it",
    "`M.note` was unchecked text and is checked: a new reader of old data refuses bytes that are not UTF-8",
];
