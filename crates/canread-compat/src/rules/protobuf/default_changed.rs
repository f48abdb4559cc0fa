//! What a reader takes for an absent field changed.

use super::convert::Kind;
use super::field::{self, FieldAt};
use crate::{compare::first_value, rule::prelude::*};

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
                error here.",
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
    // Values of another type have another default in any case; that is for the rule about types.
    if is_required || !old.slot().kind.is_like(new.slot().kind) {
        return None;
    }
    let symbol = old.symbol();
    let values = Pair { old: default_text(old), new: default_text(new) };
    let message =
        format!("`{symbol}` was {} by default and is {}: absent, it has another value", values.old, values.new);
    let finding = Finding::new(&symbol, message)
        .old(fields.old.node, format!("{} by default until now", values.old))
        .new_site(fields.new.node, format!("{} by default now", values.new))
        .shape(format!("{} -> {}", values.old, values.new))
        .fix(Fix::Restore { old: fields.old.node, new: fields.new.node })
        .help("keep the default, or add a new field")
        .severity(Severity::Error);
    Some(finding)
}

/// The default as the text has it; without one it is what the type says.
fn default_text(at: FieldAt<'_>) -> String {
    match at.field.default_value() {
        None => implied(at).to_owned(),
        Some(Literal::String(text)) => format!("{text:?}"),
        Some(Literal::Bytes(bytes)) => format!("\"{}\"", bytes.escape_ascii()),
        Some(Literal::Bool(value)) => value.to_string(),
        Some(Literal::Int(value)) => value.to_string(),
        Some(Literal::Float(value)) => value.to_string(),
        Some(Literal::Symbol(name)) => name.to_string(),
        Some(other) => format!("{other:?}"),
    }
}

/// What an absent field has if nothing is said.
///
/// Source: Protobuf, "Language Guide (proto 2)", "Default Field Values".
fn implied(at: FieldAt<'_>) -> &str {
    match at.slot().kind {
        Kind::Enum(_) => first_value(at.owner, at.field).unwrap_or("its first value"),
        Kind::String(_) | Kind::Bytes => "empty",
        Kind::Bool => "false",
        _ => "0",
    }
}
