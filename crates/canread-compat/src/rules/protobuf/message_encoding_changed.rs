//! A message stands between tags, and stood behind its length before; or the reverse.

use super::{field, restore};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/message_encoding_changed",
    title: "message encoding changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A group, or a field with `message_encoding = DELIMITED`, stands between a start and an end tag; other \
                messages stand behind their length. The wire types differ, so a reader of the one form keeps the other \
                among the unknown fields, and finds no message.",
    remedy: "Keep the encoding, or add a field under a new number.",
    spec: "https://protobuf.dev/editions/features/#message_encoding",
    example: Example {
        old: "edition = \"2023\";\nmessage Line {\n  string sku = 1;\n}\nmessage M {\n  Line line = 1;\n}\n",
        new: "edition = \"2023\";\nmessage Line {\n  string sku = 1;\n}\nmessage M {\n  Line line = 1 [features.message_encoding = DELIMITED];\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"line": {"sku": "apple"}}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::Delimited) = field::kept(change)? else { return None };
    let slots = field::slots(fields);
    if !slots.old.kind.is_like(slots.new.kind) || slots.old.is_many() != slots.new.is_many() {
        // The rules about types and lists speak, with the encoding in mind.
        return None;
    }
    let symbol = field::halves(fields).0.symbol();
    let word = |is_delimited| if is_delimited { "between tags" } else { "behind its length" };
    let words = Pair { old: word(fields.old.delimited), new: word(fields.new.delimited) };
    let verdict = field::verdict(fields);
    let finding = field::told(symbol, &format!("stood {} and stands {} now", words.old, words.new), verdict)
        .old(fields.old.node, format!("written {} until now", words.old))
        .new_site(fields.new.node, format!("read {} now", words.new))
        .shape(format!("{} -> {}", words.old, words.new))
        .fix(restore::field_option(fields, "features.message_encoding"))
        .help("keep the encoding, or add a new field")
        .claims(verdict.claims().filter(|claim| claim.surface == Wire));
    Some(finding)
}
