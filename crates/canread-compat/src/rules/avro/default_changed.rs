//! What stands in for a field that the data does not have is another value.

use super::told::{self, told};
use crate::{
    Met, TypeAt,
    change::{json, value_of},
    rule::prelude::*,
};

pub(super) const RULE: Rule = Rule {
    id: "avro/default_changed",
    title: "default changed",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A default stands in for the field in records that were written before the field was there. When it \
                changes, or goes, new readers see something else in the oldest data, or refuse it. Records of the \
                version before this one have the field, and are read as ever.",
    remedy: "Keep the default as long as there is data from before the field.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "unit", "type": "string", "default": "kg"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "unit", "type": "string", "default": "g"}]}"#,
    },
    witness: Witness::NotInBytes(
        "data from before both versions, which has no such field: each reader takes its own default",
    ),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::DefaultChanged(fields) = &one.met else { return None };
    let old = fields.old.default_value()?;
    let (what, shape) = match fields.new.default_value() {
        Some(new) => (
            format!(
                "had the default {} and has {}: data from before the field means something else now",
                json(old),
                json(new)
            ),
            format!("{} -> {}", shown(old), shown(new)),
        ),
        None => (
            format!("had the default {} and has none: new readers refuse data from before the field", json(old)),
            format!("{} -> none", shown(old)),
        ),
    };
    let finding = told(one, what, "default until now", "default now").help("keep the default").shape(shape);
    let name = |schema, field: &canread_model::Field| TypeAt { schema, ty: &field.ty }.name();
    let is_same_type = name(context.versions.old, fields.old) == name(context.versions.new, fields.new);
    let finding = finding.fix(told::restored(one, "default").filter(|_| is_same_type));
    one.within.backward.then_some(finding)
}

/// A default in the shape of a finding, which an empty text would leave out.
fn shown(value: &Literal) -> String {
    let text = value_of(value);
    if text.is_empty() { "\"\"".to_owned() } else { text }
}
