//! JSON tags a value of a union with the full name of its type, which is another one.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/json_branch_renamed",
    title: "union branch has another name in JSON",
    formats: &[Format::Avro],
    claims: &[Claim::on(Json, Backward, Effect::Error), Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "In the JSON encoding a value of a union is an object whose only key is the type's full name. A \
                reader does not find another name among its branches; aliases and the rule about names without \
                namespace are for schemas, not for this text.",
    remedy: "Keep full names of types that unions hold, as long as data is in the JSON encoding.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#json-encoding",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", {"type": "record", "name": "a.Line", "fields": [{"name": "n", "type": "int"}]}]}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", {"type": "record", "name": "b.Line", "fields": [{"name": "n", "type": "int"}]}]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"v": {"a.Line": {"n": 1}}}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::BranchRenamed(decls) = &one.met else { return None };
    let (old, new) = (decls.old.name(), decls.new.name());
    let finding = told(one, format!("tagged JSON with `{old}` and looks for `{new}`"), "tag until now", "tag now")
        .help("keep the full name where data is in the JSON encoding")
        .shape(format!("{old} -> {new}"))
        .claims(one.within.iter().map(|direction| Claim::on(Json, direction, Effect::Error)));
    Some(told::only(finding, &format!("{old} or {new}")))
}
