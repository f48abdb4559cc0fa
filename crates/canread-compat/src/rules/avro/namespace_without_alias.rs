//! A named type is in another namespace, at a place where Avro's Java library goes by full names.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/namespace_without_alias",
    title: "namespace changed where full names count",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Named types match by their names without the namespace, but Avro's Java library does not go by that \
                everywhere. It looks at the aliases of a record's fields only if the record has the writer's full \
                name; else the field is taken from its default, or missing. And if a union differs in anything, be it \
                the order, it finds an enum or fixed in it by the full name only, and refuses the data. fastavro \
                reads both, so it is a warning.",
    remedy: "Add the old full name to the aliases of the type.",
    spec: told::ALIASES,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", {"type": "enum", "name": "a.Unit", "symbols": ["KG"]}]}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", {"type": "enum", "name": "b.Unit", "symbols": ["KG", "G"]}]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"v": {"a.Unit": "KG"}}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::NamespaceMissed { decls, fields } = &one.met else { return None };
    let (old, new) = (decls.old.name(), decls.new.name());
    let what = match fields {
        Some(fields) => format!(
            "is called `{}` now by an alias, which Avro's Java library does not look at between `{old}` and `{new}`",
            fields.new.name
        ),
        None => format!(
            "has `{old}` in a union, and `{new}` now: as the unions differ, Avro's Java library looks for the full name"
        ),
    };
    let alias = told::alias(decls);
    let help = if alias.is_none() {
        "give one of the two types another name".to_owned()
    } else if one.within.backward {
        format!("add `\"aliases\": [\"{old}\"]` to `{new}`")
    } else {
        "keep the namespace as long as old readers read new data".to_owned()
    };
    let mut finding = told(one, what, "old namespace", "new namespace")
        .help(help)
        // What old readers do not find, no alias of the new version mends.
        .fix(alias.filter(|_| !one.within.forward))
        .shape(format!("{old} -> {new}"));
    for direction in one.within.iter() {
        let reader = fields.map(|fields| if direction == Backward { fields.new } else { fields.old });
        let is_dropped = reader.is_some_and(|field| field.default_value().is_some());
        let (effect, then) = match (is_dropped, fields) {
            (true, _) => (Effect::Dropped, "takes the default, and the value is lost"),
            (false, Some(_)) => (Effect::Error, "refuses every record"),
            (false, None) => (Effect::Error, "refuses it"),
        };
        finding = finding.note(format!("there {} {then}", told::reader(direction))).claim_as(
            Wire,
            direction,
            effect,
            Severity::Warning,
        );
    }
    Some(if fields.is_none() { told::only(finding, &format!("{old} or {new}")) } else { finding })
}
