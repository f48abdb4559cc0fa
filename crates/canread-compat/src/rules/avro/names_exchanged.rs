//! Fields that both versions have are each an alias of another one, and readers do not agree on what that means.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/names_exchanged",
    title: "aliases exchange the names of fields",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "By the specification a reader's aliases stand for the writer's names, so that two fields of which each has \
                the other's name as an alias take each other's values. fastavro looks for the name first, and Python's avro \
                knows no aliases: there each keeps its own. Avro's Java library does either without a word, depending on \
                the order of the fields and on whether anything else differs, since it applies aliases twice; of three \
                fields in a circle it may give each a third one's. Its check of compatibility throws.",
    remedy: "Give each a name that neither version has, with one alias.",
    spec: told::ALIASES,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "net", "type": "long"}, {"name": "gross", "type": "long"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "gross", "type": "long", "aliases": ["net"]}, {"name": "net", "type": "long", "aliases": ["gross"]}]}"#,
    },
    witness: Witness::NotInBytes(
        "`{\"net\": 1, \"gross\": 2}`, which fastavro reads as that, and Avro's Java library as `{\"gross\": 1, \"net\": 2}`",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::NamesExchanged { names, is_alike } = &one.met else { return None };
    let direction = one.within.iter().next()?;
    let then = if *is_alike { "take one's value for another's, without an error" } else { "refuse it" };
    let who = told::reader(direction);
    let (first, others) = names.split_first()?;
    let others_told = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let what = format!("exchanges names with {others_told} by aliases: {who} may {then}");
    let (old, new) = match direction {
        Backward => ("written under this name", "has another one's name as an alias"),
        Forward => ("has another one's name as an alias", "written under this name"),
    };
    let help = match direction {
        Backward => "give each a name that neither version has, with one alias",
        Forward => "write other names as long as there are old readers",
    };
    let effect = if *is_alike { Effect::Reinterpreted } else { Effect::Error };
    Some(
        told(one, what, old, new)
            .help(help)
            .shape(format!("{first} <-> {}", others.join(", ")))
            .claim(Wire, direction, effect),
    )
}
