//! An open enum is closed now.

use super::enum_value::lost_number;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_became_closed",
    title: "enum is closed now",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Writers of an open enum may have written any number, if only by passing on what newer ones wrote. A closed \
                enum moves numbers without a name to the unknown fields: the field looks unset, repeated fields change \
                their order, and a parser of JSON refuses the number. A message that requires the field is refused.",
    remedy: "Keep the enum open.",
    spec: "https://protobuf.dev/programming-guides/enum/#definitions",
    example: Example {
        old: "edition = \"2023\";\nenum State {\n  STATE_NEW = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "edition = \"2023\";\nenum State {\n  option features.enum_type = CLOSED;\n  STATE_NEW = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": 7}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::EnumOpennessChanged(pair) = change else { return None };
    if pair.new.decl().as_enum()?.is_open {
        return None;
    }
    let symbol = pair.old.name();
    let message =
        format!("`{symbol}` was open and is closed: numbers without a name in old data become unknown fields");
    let finding = Finding::new(symbol, message)
        .old(pair.old.decl().node, "open until now")
        .new_site(pair.new.decl().node, "closed now")
        .note("a new reader of JSON refuses such numbers")
        .help("keep the enum open")
        .shape("open -> closed")
        .claim(Json, Backward, Effect::Error)
        .claim(Source, Backward, Effect::Error);
    Some(lost_number(finding, Backward, context.lost_number(Backward, *pair), Severity::Error))
}
