//! A name stands for another sort of type.

use super::told;
use crate::{change::avro_sort, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/type_kind_changed",
    title: "named type of another kind",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A record, an enum and a fixed do not match, whatever they are called.",
    remedy: "Give the new type a name of its own, and add a field of it with a default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": {"type": "enum", "name": "V", "symbols": ["A"]}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": {"type": "fixed", "name": "V", "size": 1}}]}"#,
    },
    witness: Witness::Value { message: "M", value: r#"{"v": "A"}"#, shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclKindChanged(decls) = change else { return None };
    let Pair { old, new } = decls.decls();
    let sorts = Pair { old: avro_sort(old), new: avro_sort(new) };
    let message =
        format!("`{}` was {} and is {}: no reader takes one for the other", old.full_name, sorts.old, sorts.new);
    let finding = Finding::new(decls.old.name(), message)
        .old(old.node, "until now")
        .new_site(new.node, "now")
        .help("give the new type a name of its own")
        .shape(format!("{} -> {}", sorts.old, sorts.new));
    Some(finding)
}
