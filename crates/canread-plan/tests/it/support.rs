//! Schemas from text, and plans as text.

use std::fmt::Write;

use canread_avro::schema::{LinkOptions, read};
use canread_plan::{Action, ActionId, Layout, LayoutError, Plan, Step};
use canread_syntax::{Diagnostic, Sources};

/// The layout of an `.avsc` text.
pub(crate) fn avro(text: &str) -> Layout {
    try_avro(text).expect("the schema has a layout")
}

pub(crate) fn try_avro(text: &str) -> Result<Layout, LayoutError> {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    Layout::of_root(&linked.schema)
}

/// A record `R` of some fields, as text.
pub(crate) fn record(fields: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#)
}

/// What a plan says, a line for each field; or why there is none.
pub(crate) fn plan(writer: &str, reader: &str) -> String {
    match Plan::resolve(avro(writer), avro(reader)) {
        Ok(plan) => {
            let mut text = String::new();
            action(&plan, plan.root(), 0, &mut text);
            for mismatch in plan.mismatches() {
                let _ = write!(text, "\nsome data: {mismatch}");
            }
            text
        }
        Err(mismatches) => {
            let lines: Vec<String> = mismatches.iter().map(|mismatch| format!("no plan: {mismatch}")).collect();
            lines.join("\n")
        }
    }
}

fn action(plan: &Plan, id: ActionId, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth + 1);
    match plan.action(id) {
        Action::Same(_) => text.push_str("same"),
        Action::Null => text.push_str("null"),
        Action::Promote(promotion) => drop(write!(text, "{promotion:?}")),
        Action::Symbols(symbols) => drop(write!(text, "symbols {symbols:?}")),
        Action::Record(steps) => {
            text.push_str("record");
            let names = &plan.reader().record(steps.record).fields;
            for step in &steps.steps {
                let _ = match step {
                    Step::Read { field, .. } => write!(text, "\n{indent}{}: ", names[*field as usize].name),
                    step => write!(text, "\n{indent}{step:?}"),
                };
                if let Step::Read { action: id, .. } = step {
                    action(plan, *id, depth + 1, text);
                }
            }
            for field in &steps.defaults {
                let field = &names[*field as usize];
                let _ = write!(text, "\n{indent}{}: default {:?}", field.name, field.default.as_ref().expect("one"));
            }
        }
        Action::List(item) => {
            text.push_str("list of ");
            action(plan, *item, depth + 1, text);
        }
        Action::Map(value) => {
            text.push_str("map of ");
            action(plan, *value, depth + 1, text);
        }
        Action::Branches(branches) => {
            text.push_str("branches");
            for (at, branch) in branches.iter().enumerate() {
                let _ = write!(text, "\n{indent}{at}: ");
                action(plan, *branch, depth + 1, text);
            }
        }
        Action::Into { branch, value } => {
            let _ = write!(text, "into {branch}: ");
            action(plan, *value, depth + 1, text);
        }
        Action::Refuse(at) => drop(write!(text, "refuse {at}")),
        other => drop(write!(text, "{other:?}")),
    }
}
