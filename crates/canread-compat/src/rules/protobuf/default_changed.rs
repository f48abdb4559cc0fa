//! What a reader takes for an absent field changed.

use super::{field, restore};
use crate::{FieldPair, change::default_of, compare::Absent, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/default_changed",
    title: "default value changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Defaults are not in the data: each reader puts in its own. The same bytes now mean one value to old \
                readers and another to new ones, and nobody gets an error. That is worse than a warning, so it is an \
                error here. A type that data survives takes its own zero for an absent value, unless it has the old \
                default as well: `true` is 1, and a value of an enum is its number.",
    remedy: "Keep the default, and add a field with the new one.",
    spec: "https://protobuf.dev/programming-guides/proto2/#default",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  optional int32 retries = 1 [default = 3];\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  optional int32 retries = 1 [default = 5];\n}\n",
    },
    witness: Witness::Value { message: "M", value: "{}", shows: Claim::on(Wire, Backward, Effect::Meaning) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::Default) = field::kept(change)? else { return None };
    let (old, new) = field::halves(fields);
    let is_required = fields.old.presence == Presence::Required && fields.new.presence == Presence::Required;
    let is_alike = old.slot().kind.is_like(new.slot().kind);
    // Where one type can't hold values of the other there is no same default; that is for the rule about types.
    if is_required || !(is_alike || is_comparable(fields)) {
        return None;
    }
    let symbol = old.symbol();
    let values = Pair {
        old: default_of(fields.owner.old.schema, fields.old),
        new: default_of(fields.owner.new.schema, fields.new),
    };
    let message =
        format!("`{symbol}` was {} by default and is {}: absent, it has another value", values.old, values.new);
    let finding = Finding::new(&symbol, message)
        .old(fields.old.node, format!("{} by default until now", values.old))
        .new_site(fields.new.node, format!("{} by default now", values.new))
        .shape(format!("{} -> {}", values.old, values.new))
        .fix(if is_alike { restore::field_default(fields) } else { restore::field_type(fields) })
        .help("keep the default, or add a new field")
        .severity(Severity::Error);
    Some(finding)
}

/// Whether an absent value of the one type is a value of the other too.
fn is_comparable(fields: &FieldPair<'_>) -> bool {
    let absent = (Absent::of(fields.owner.old, fields.old), Absent::of(fields.owner.new, fields.new));
    matches!(absent, (Some(old), Some(new)) if old.is_comparable(&new))
}
