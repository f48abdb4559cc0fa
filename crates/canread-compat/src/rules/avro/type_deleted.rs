//! A named type, or what a file stood for, is gone.

use canread_model::DeclKind;

use super::told::{self, told};
use crate::{Met, change::avro_sort, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/type_deleted",
    title: "type deleted",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A type that no other one used is a schema of its own: data of it is what is stored, queued or sent, and \
                no new reader has a schema to resolve it against. A type that others used had its data inside theirs: \
                what becomes of that is said there, and its own deletion is one for source code alone.",
    remedy: "Keep the type until no data of it is left.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"protocol": "P", "types": [{"type": "record", "name": "Order", "fields": []}, {"type": "record", "name": "Receipt", "fields": [{"name": "cents", "type": "long"}]}]}"#,
        new: r#"{"protocol": "P", "types": [{"type": "record", "name": "Order", "fields": []}]}"#,
    },
    witness: Witness::NotInBytes("the new version has no schema to read the data with: look up the old name in it"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (finding, is_own) = match change {
        Change::DeclRemoved { old, was_used } if !matches!(old.decl().kind, DeclKind::Service(_)) => {
            let (symbol, sort) = (old.name(), avro_sort(old.decl()));
            let what = if *was_used {
                "its data was inside that of others, where it is said what becomes of it"
            } else {
                "no other type used it, so it was a schema of its own, whose data no new reader can read"
            };
            let finding = Finding::new(symbol, format!("{sort} `{symbol}` is gone: {what}"));
            (finding.old(old.decl().node, format!("this {sort} until now")), !was_used)
        }
        _ => {
            let one = told::resolution(change)?;
            let Met::RootRemoved(root) = &one.met else { return None };
            let what = format!("is gone, and no new reader can read data of its {}", root.name());
            (told(one, what, "the schema until now", ""), true)
        }
    };
    let finding =
        finding.help("keep it until no data of it is left").shape("deleted").claim(Source, Backward, Effect::Error);
    Some(if is_own {
        finding.claim(Wire, Backward, Effect::Error).claim(Json, Backward, Effect::Error)
    } else {
        finding
    })
}
