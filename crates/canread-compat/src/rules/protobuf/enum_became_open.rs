//! A closed enum is open now.

use super::enum_value::lost_number;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_became_open",
    title: "enum is open now",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A closed enum moves numbers without a name to the unknown fields, an open one keeps them as values. So \
                what old readers did not see in old data, new readers do. The other way, new writers may write \
                numbers that old readers then move to the unknown fields, and refuse in JSON; writers that stay with \
                the named values do no harm, so that is a warning. Where a required field has such a number, old readers refuse the message: an error.",
    remedy: "Have code handle values without a name. While old readers are around, write named values only.",
    spec: "https://protobuf.dev/programming-guides/enum/#definitions",
    example: Example {
        old: "edition = \"2023\";\nenum State {\n  option features.enum_type = CLOSED;\n  STATE_NEW = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "edition = \"2023\";\nenum State {\n  STATE_NEW = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": 7}"#,
        shows: Claim::on(Wire, Forward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::EnumOpennessChanged(pair) = change else { return None };
    if !pair.new.decl().as_enum()?.is_open {
        return None;
    }
    let symbol = pair.old.name();
    let message = format!(
        "`{symbol}` was closed and is open: numbers without a name are values now, and unknown fields for old readers"
    );
    let finding = Finding::new(symbol, message)
        .old(pair.old.decl().node, "closed until now")
        .new_site(pair.new.decl().node, "open now")
        .help("have new writers write named values only, while old readers are around")
        .shape("closed -> open")
        .claim(Wire, Backward, Effect::Meaning)
        .claim_as(Json, Forward, Effect::Error, Severity::Warning)
        .claim(Source, Backward, Effect::Error);
    Some(lost_number(finding, Forward, context.lost_number(Forward, *pair), Severity::Warning))
}
