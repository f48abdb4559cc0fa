//! A record, enum or fixed has another name, and not every reader has the alias.

use super::told::{self, told};
use crate::{Met, change::avro_sort, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/type_renamed",
    title: "named type renamed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Records, enums and fixed match by their name without the namespace, or by an alias of the reader. \
                Else the reader refuses all data, though the bytes would be the same. An alias in the new schema \
                helps new readers only. fastavro and Avro's Python library compare the names of records wherever they \
                stand, as Java's check of compatibility does (`SchemaCompatibility`). Java's decoder compares those of \
                enums and fixed; of records it does not, and in a union it takes the one of the same full name, or else \
                one whose fields it can read.",
    remedy: "Add the old full name to the aliases of the new type.",
    spec: told::ALIASES,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "line", "type": {"type": "record", "name": "Line", "fields": [{"name": "n", "type": "int"}]}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "line", "type": {"type": "record", "name": "Item", "fields": [{"name": "n", "type": "int"}]}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"line": {"n": 1}}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::TypeRenamed { decls, found } = &one.met else { return None };
    let lost = told::without(one.within, *found);
    let (old, new) = (decls.old.name(), decls.new.name());
    let who = match (lost.backward, lost.forward) {
        (true, true) => "no reader takes one for the other",
        (true, false) => "new readers refuse old data",
        (false, true) => "old readers refuse new data",
        (false, false) => return None,
    };
    let help = if found.backward {
        "keep the name as long as old readers read new data".to_owned()
    } else {
        format!("add `\"aliases\": [\"{old}\"]` to `{new}`")
    };
    let finding = told(one, format!("is called `{new}` now, and {who}"), "old name", "new name")
        .help(help)
        .fix(told::alias(decls).filter(|_| !found.backward))
        .shape(format!("{} {old} -> {new}", avro_sort(decls.old.decl())))
        .claims(lost.iter().map(|direction| Claim::on(Wire, direction, Effect::Error)))
        .claim(Source, Backward, Effect::Error);
    Some(finding)
}
