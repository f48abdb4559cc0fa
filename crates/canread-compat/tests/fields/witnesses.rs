//! Every rule's witness, replayed with Python's Protobuf.

use canread_compat::{Direction, Surface, Witness, rules};
use canread_model::Format;
use canread_testing::{ask, oracle};
use serde_json::{Value, json};

/// What the oracle says about each line; `None` if there is no oracle here.
pub(crate) fn replay(lines: &[Value]) -> Option<Vec<Value>> {
    let mut command = oracle("replay_witness.py")?;
    let questions: Vec<String> = lines.iter().map(Value::to_string).collect();
    // Another code: a line is no witness.
    let text = ask(&mut command, &questions, &[0, 1]);
    let verdicts: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("the oracle writes JSON")).collect();
    assert_eq!(verdicts.len(), lines.len(), "the oracle answers every line");
    Some(verdicts)
}

#[test]
fn every_witness_shows_what_its_rule_claims() {
    let mut lines = Vec::new();
    for rule in rules().iter().filter(|rule| rule.formats.contains(&Format::Protobuf)) {
        let (message, shows, key, data) = match rule.witness {
            Witness::Value { message, value, shows } => (message, shows, "value", value),
            Witness::Bytes { message, bytes, shows } => (message, shows, "bytes", bytes),
            Witness::NotInBytes(_) => continue,
        };
        assert!(rule.claims.contains(&shows), "{} does not claim what its witness shows", rule.id);
        assert!(matches!(shows.surface, Surface::Wire | Surface::Json), "{}", rule.id);
        let direction = if shows.direction == Direction::Backward { "backward" } else { "forward" };
        lines.push(json!({
            "id": rule.id, "old": rule.example.versions()[0], "new": rule.example.new, "message": message, key: data,
            "direction": direction, "surface": shows.surface.as_str(), "effect": shows.effect.as_str(),
        }));
    }
    let Some(verdicts) = replay(&lines) else { return };
    let wrong: Vec<&Value> = verdicts.iter().filter(|verdict| verdict["holds"] != true).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
