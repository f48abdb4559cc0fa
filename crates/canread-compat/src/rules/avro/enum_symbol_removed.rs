//! Old data may have a symbol that new readers do not know.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/enum_symbol_removed",
    title: "enum symbol removed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Symbols are matched by name. A reader that finds one that it does not know takes the default of its \
                enum, and without one refuses the record. Only records that have the symbol are concerned. With a \
                default this was foreseen, and is a warning: the value is lost. One finding stands for all such \
                symbols of an enum. A reader of the JSON encoding that has no schema of the writer finds a text that is none of its \
                symbols, and knows no default for that.",
    remedy: "Keep the symbol as long as there is data that has it, or give the enum a default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED"]}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"color": "BLUE"}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::SymbolRemoved(symbol, default) = &one.met else { return None };
    if !one.within.backward {
        return None;
    }
    let (what, shape) = match default {
        Some(default) => (format!("is gone: new readers take `{}` in its place", default.name), default.name.as_ref()),
        None => ("is gone: new readers refuse old data that has it".to_owned(), "no default"),
    };
    let owner = one.symbol.rsplit_once('.').map_or("", |(owner, _)| owner);
    let mut finding = told(one, what, "may be written", "no such symbol")
        .help("keep the symbol, or give the enum a default")
        .shape(format!("- {}, {shape}", symbol.name))
        .cause(owner)
        .fix(one.nodes.new.map(|node| Fix::add_text(node, "symbols", &symbol.name)))
        .claim(Json, Backward, Effect::Error)
        .claim(Source, Backward, Effect::Error);
    finding = if default.is_some() {
        finding.claim_as(Wire, Backward, Effect::Dropped, Severity::Warning)
    } else {
        finding.claim(Wire, Backward, Effect::Error)
    };
    Some(told::only(finding, &format!("`{}`", symbol.name)))
}
