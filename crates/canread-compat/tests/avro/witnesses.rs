//! Every Avro rule's witness, replayed with Python's fastavro and avro.

use std::io::Write;
use std::process::Stdio;

use canread_compat::{Direction, Witness};
use canread_testing::oracle;
use serde_json::{Value, json};

use crate::examples::avro_rules;

/// What the oracle says, a line for each library; `None` if there is no oracle here.
fn replay(lines: &[Value]) -> Option<Vec<Value>> {
    let mut command = oracle("replay_avro.py")?;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the oracle can be started");
    let mut input = child.stdin.take().expect("standard input is piped");
    let text = lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("the oracle ends");
    writer.join().expect("the writer does not panic").expect("the oracle reads all of its input");
    assert!(matches!(output.status.code(), Some(0 | 1)), "a line is no witness; see standard error");
    let text = String::from_utf8(output.stdout).expect("the oracle writes UTF-8");
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
