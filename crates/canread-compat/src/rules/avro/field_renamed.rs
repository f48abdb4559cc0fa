//! A field has another name, and not every reader has the alias.

use super::told::{self, told};
use crate::{Directions, Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/field_renamed",
    title: "field renamed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Fields are matched by name, or by an alias of the reader. Without the alias the old value is \
                skipped, and the field under its new name is taken from its default, or missing. An alias in the new \
                schema helps new readers only: old ones know nothing of it. The JSON encoding has the name itself. \
                That it was a rename is told by the place and the type; where both fields have defaults, so that nothing \
                is refused, it is a warning: one field may have gone and another one come.",
    remedy: "Add the old name to the new field's aliases, and keep old readers away from new data, or give the \
                old field a default before the rename.",
    spec: told::ALIASES,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "mail", "type": "string"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "email", "type": "string"}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"mail": "x"}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::FieldRenamed { fields, found } = &one.met else { return None };
    let lost = told::without(one.within, *found);
    let what = match (lost.backward, lost.forward) {
        (true, true) => "and no reader finds it by that",
        (true, false) => "and new readers do not find it in old data",
        (false, true) => "and old readers do not find it in new data",
        (false, false) => "which its readers have as an alias",
    };
    // Without an alias, and with a default on either side, it may as well be that one field went and another one came.
    let is_guess = [fields.old, fields.new].iter().all(|field| field.default_value().is_some())
        && !found.backward
        && !found.forward;
    let severity = if is_guess { Severity::Warning } else { Severity::Error };
    let mut finding = told(one, format!("is called `{}` now, {what}", fields.new.name), "old name", "new name")
        .shape(format!("{} -> {}", fields.old.name, fields.new.name))
        .claim_as(Json, Backward, Effect::Error, severity)
        .claim_as(Json, Forward, Effect::Error, severity)
        .claim(Source, Backward, Effect::Error);
    if lost != Directions::BOTH {
        finding = finding.aside(Json, "in JSON, no reader finds it");
    }
    if is_guess {
        // An alias would give one field the values of another one, if it was no rename.
        let help =
            format!("if it is the same field, add `\"aliases\": [\"{}\"]` to `{}`", fields.old.name, fields.new.name);
        finding = finding.help(help);
    } else if lost.backward {
        let alias = Fix::add_text(fields.new.node, "aliases", &fields.old.name);
        let help = format!("add `\"aliases\": [\"{}\"]` to `{}`", fields.old.name, fields.new.name);
        finding = finding.help(help).fix(alias);
    } else if lost.forward {
        finding = finding.help("give the old field a default in a version before this one");
    } else {
        finding = finding.help("keep the old name");
    }
    for direction in lost.iter() {
        let reader = if direction == Backward { fields.new } else { fields.old };
        let effect = if reader.default_value().is_some() { Effect::Dropped } else { Effect::Error };
        let then =
            if effect == Effect::Dropped { "takes the default, and the value is lost" } else { "refuses every record" };
        finding =
            finding.note(format!("{} {then}", told::reader(direction))).claim_as(Wire, direction, effect, severity);
    }
    Some(finding)
}
