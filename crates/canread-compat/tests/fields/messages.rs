//! What a person reads about each example.

use canread_compat::rules;

use crate::support::{findings, is_about_fields};

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

const MESSAGES: &[&str] = &[];
