//! A new field has to pass something in between that does not know it and does not keep what it doesn't know.

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_dropped_by_intermediary",
    title: "field added behind an intermediary that drops unknown fields",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Forward, Effect::Dropped)],
    opt_in: true,
    since: "0.1.0",
    rationale: "A proxy, queue bridge or store that decodes messages and encodes them again, and was built with the old \
                schema, passes new fields on only if its runtime keeps unknown fields. Runtimes before Protobuf 3.5 do \
                not for proto3, and neither does anything that goes through JSON or through objects of its own. A \
                schema cannot tell whether such a thing is in the way, so this rule speaks only when it is asked to.",
    remedy: "Deploy the intermediaries first.",
    spec: "https://protobuf.dev/programming-guides/proto3/#unknowns",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n  string note = 2;\n}\n",
    },
    witness: Witness::NotInBytes(
        "a new record, decoded and encoded under the old schema without its unknown fields, then read under the new one",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::FieldAdded { owner, new } = change else { return None };
    let symbol = field_symbol(owner.new, new);
    let message = format!("`{symbol}` is new: an old intermediary that drops unknown fields does not pass it on");
    let finding = Finding::new(&symbol, message)
        .old(owner.old.decl().node, "old intermediaries know no such field")
        .new_site(new.node, "added here")
        .help("deploy the intermediaries first")
        .shape(new.number.map_or_else(String::new, |number| number.value.to_string()));
    Some(finding)
}
