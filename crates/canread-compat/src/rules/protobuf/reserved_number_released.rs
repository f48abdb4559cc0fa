//! A number that was reserved is free again.

use crate::{change::runs, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/reserved_number_released",
    title: "reserved number released",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Backward, Effect::Meaning), Claim::on(Wire, Forward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Nothing happens yet. But the reservation was all that was left of the field or value that had the number, \
                and this is the last comparison that sees it: whoever takes the number next reads the data of the old \
                one, and no check will tell. Hence an error, as is the deletion that reserves nothing.",
    remedy: "Keep the reservation for ever; it costs nothing.",
    spec: "https://protobuf.dev/programming-guides/proto3/#consequences",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  reserved 2;\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "what is read wrongly is data from before the number was retired, under a schema that takes the number again",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::NumbersUnreserved { owner, range, freed } = change else { return None };
    let (symbol, runs) = (owner.old.name(), runs(freed));
    let what = if owner.old.decl().as_enum().is_some() { "value" } else { "field" };
    let is_one = matches!(freed[..], [(start, end)] if start == end);
    let (on, one) = if is_one { ("it", "the") } else { ("one of them", "a") };
    let message =
        format!("`{symbol}` no longer reserves {runs}: the next {what} on {on} reads data of {one} retired one");
    let new = owner.new;
    let is_for_extensions = freed.iter().any(|&run| new.schema.is_run_for_extensions(new.id, run));
    let fix = Fix::Reserve { owner: owner.new.decl().node, numbers: freed.clone(), names: Vec::new() };
    let finding = Finding::new(symbol, message)
        .old(range.node, "reserved until now")
        .new_site(owner.new.decl().node, "free here")
        .help(format!("add `reserved {runs};`"))
        .fix((!is_for_extensions).then_some(fix))
        .shape(format!("reserved {runs}"))
        .severity(Severity::Error);
    Some(finding)
}
