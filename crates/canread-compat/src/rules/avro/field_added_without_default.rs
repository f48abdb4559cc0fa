//! A new reader needs a field that old data does not have.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/field_added_without_default",
    title: "field added without a default",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Json, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A reader takes a field that the writer did not write from its default. Without one, no record from \
                before the change can be read.",
    remedy: "Give the field a default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "age", "type": "int"}]}"#,
    },
    witness: Witness::Value { message: "M", value: r#"{"id": 1}"#, shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::FieldAdded(field) = &one.met else { return None };
    if field.default_value().is_some() || !one.within.backward {
        return None;
    }
    let finding =
        told(one, "is new and has no default: new readers refuse old data", "old data has no such field", "no default")
            .help("give it a default: `\"default\": …`")
            .shape("no default")
            .fix(
                told::zero(context.versions.new, &field.ty)
                    .map(|value| Fix::attribute(Attribute::Set { node: field.node, key: "default", value })),
            );
    Some(finding)
}
