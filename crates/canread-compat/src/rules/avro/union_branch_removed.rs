//! A union no longer has a branch that old data may use.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/union_branch_removed",
    title: "union branch removed",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Json, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader resolves the branch that was written against its own type. Where nothing takes it, the \
                record is refused: not every record, only those that used the branch.",
    remedy: "Keep the branch as long as there is data that uses it.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", "string", "long"]}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", "string"]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"v": {"long": 5}}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::BranchRemoved(branch) = &one.met else { return None };
    if !one.within.backward {
        return None;
    }
    let name = branch.name();
    let what = format!("no longer takes {name}: new readers refuse old data that has it");
    let finding = told(one, what, "may be written", "is not read").help("keep the branch").shape(format!("- {name}"));
    Some(told::only(finding, &name))
}
