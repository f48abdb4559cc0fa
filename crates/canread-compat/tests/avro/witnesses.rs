//! Every Avro rule's witness, replayed with Python's fastavro and avro.

use canread_compat::{Direction, Witness};
use canread_testing::{ask, oracle};
use serde_json::{Value, json};

use crate::examples::avro_rules;

/// What the oracle says, a line for each library; `None` if there is no oracle here.
fn replay(lines: &[Value]) -> Option<Vec<Value>> {
    let mut command = oracle("replay_avro.py")?;
    let questions: Vec<String> = lines.iter().map(Value::to_string).collect();
    // Another code: a line is no witness.
    let text = ask(&mut command, &questions, &[0, 1]);
    Some(text.lines().map(|line| serde_json::from_str(line).expect("the oracle writes JSON")).collect())
}

/// Each rule claims the worst that a sound implementation does: where the two differ, one of them must show it.
#[test]
fn every_witness_shows_what_its_rule_claims() {
    let mut lines = Vec::new();
    for rule in avro_rules() {
        let Witness::Value { message, value, shows } = rule.witness else { continue };
        assert_eq!(message, "M", "{}", rule.id);
        let direction = if shows.direction == Direction::Backward { "backward" } else { "forward" };
        lines.push(json!({
            "id": rule.id, "old": rule.example.versions()[0], "new": rule.example.new, "value": value,
            "direction": direction, "surface": shows.surface.as_str(), "effect": shows.effect.as_str(),
        }));
    }
    let Some(verdicts) = replay(&lines) else { return };
    let is_shown = |id: &Value| verdicts.iter().any(|verdict| verdict["id"] == *id && verdict["holds"] == true);
    let wrong: Vec<&Value> = verdicts.iter().filter(|verdict| !is_shown(&verdict["id"])).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(verdicts.len() > lines.len(), "both libraries answer");
}
