//! A union has a branch that old readers do not know.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/union_branch_added",
    title: "union branch added",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Forward, Effect::Error), Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "An old reader resolves the branch that was written against its own type. Where nothing takes it, the \
                record is refused: not every record, only those that use the new branch.",
    remedy: "Give every reader the new schema before the first writer uses the branch.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", "string"]}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", "string", "long"]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"v": {"long": 5}}"#,
        shows: Claim::on(Wire, Forward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::BranchAdded(branch) = &one.met else { return None };
    if !one.within.forward {
        return None;
    }
    let name = branch.name();
    let what = format!("also takes {name}: old readers refuse new data that has it");
    let finding = told(one, what, "is not read", "may be written")
        .help("update readers before writers")
        .shape(format!("+ {name}"));
    Some(told::only(finding, &name))
}
