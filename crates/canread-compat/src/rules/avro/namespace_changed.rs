//! A named type is in another namespace, which only some libraries look at.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/namespace_changed",
    title: "namespace changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Named types match by their names without the namespace, so data is read as before: a note. Some \
                libraries compare full names all the same, and generated code is in another package.",
    remedy: "Add the old full name to the aliases: then every library agrees.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#names",
    example: Example {
        old: r#"{"type": "record", "name": "M", "namespace": "shop", "fields": [{"name": "id", "type": "long"}]}"#,
        new: r#"{"type": "record", "name": "M", "namespace": "store", "fields": [{"name": "id", "type": "long"}]}"#,
    },
    witness: Witness::NotInBytes(
        "a library that compares full names, against the specification; generated code whose package is another one",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::NamespaceChanged { decls, found } = &one.met else { return None };
    let (old, new) = (decls.old.name(), decls.new.name());
    let alias = told::alias(decls);
    let help = match alias {
        Some(_) => format!("add `\"aliases\": [\"{old}\"]` for libraries that compare full names"),
        None => format!("the new version has `{old}` too: give one of the two another name"),
    };
    let mut finding =
        told(one, format!("is called `{new}` now; only the namespace differs"), "old namespace", "new namespace")
            .help(help)
            .fix(alias.filter(|_| !found.backward))
            .shape(format!("{old} -> {new}"))
            .claim(Source, Backward, Effect::Error);
    for direction in told::without(one.within, *found).iter() {
        finding = finding.claim_as(Wire, direction, Effect::Meaning, Severity::Note);
    }
    Some(finding)
}
