//! New data may have a symbol that old readers do not know.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/enum_symbol_added",
    title: "enum symbol added",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Symbols are matched by name. A reader that finds one that it does not know takes the default of its \
                enum, and without one refuses the record. Only records that have the symbol are concerned. With a \
                default this was foreseen, and is a warning: the value is lost. One finding stands for all such \
                symbols of an enum. A reader of the JSON encoding that has no schema of the writer finds a text that is none of its \
                symbols, and knows no default for that.",
    remedy: "Give the enum a default before symbols are added, and update readers before writers.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED"]}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"color": "BLUE"}"#,
        shows: Claim::on(Wire, Forward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::SymbolAdded(symbol, default) = &one.met else { return None };
    if !one.within.forward {
        return None;
    }
    let (what, shape) = match default {
        Some(default) => (format!("is new: old readers take `{}` in its place", default.name), default.name.as_ref()),
        None => ("is new: old readers refuse new data that has it".to_owned(), "no default"),
    };
    let owner = one.symbol.rsplit_once('.').map_or("", |(owner, _)| owner);
    let mut finding = told(one, what, "no such symbol", "may be written")
        .help("give the enum a default before symbols are added, and update readers before writers")
        .shape(format!("+ {}, {shape}", symbol.name))
        .cause(owner)
        .claim(Json, Forward, Effect::Error);
    finding = if default.is_some() {
        finding.claim_as(Wire, Forward, Effect::Dropped, Severity::Warning)
    } else {
        finding.claim(Wire, Forward, Effect::Error)
    };
    Some(told::only(finding, &format!("`{}`", symbol.name)))
}
