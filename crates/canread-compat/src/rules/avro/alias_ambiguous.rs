//! An alias of the reader makes two of the writer's names one.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/alias_ambiguous",
    title: "alias makes two names one",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Wire, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A reader takes what was written by its own names and their aliases. Where one of its fields takes two \
                of a record's, or one of its types two branches of a union, Avro's Java library refuses the schema of \
                the writer, and so all data, even if the reader has the other name too. fastavro takes the first of \
                two fields or fails, depending on their order, prefers a name to an alias, and takes both branches.",
    remedy: "Have an alias for one of the names only, and leave the other as it is, in a field or type of its own.",
    spec: told::ALIASES,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "home", "type": "string"}, {"name": "work", "type": "string"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "phone", "type": "string", "aliases": ["home", "work"]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"home": "1", "work": "2"}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::AliasAmbiguous { reader, written, is_union } = &one.met else { return None };
    let direction = one.within.iter().next()?;
    let who = told::reader(direction);
    let names = written.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let what = if *is_union {
        format!("has {names} as branches, which an alias makes one, `{reader}`: {who} has no way to choose")
    } else {
        format!("stands for {names} by an alias: {who} has no way to choose")
    };
    let (old, new) = match direction {
        Backward => ("written as more than one", "has the alias"),
        Forward => ("has the alias", "written as more than one"),
    };
    let help = match direction {
        Backward => "keep one of the aliases, and the other name as it is",
        Forward => "write only one of these names as long as there are old readers",
    };
    let finding = told(one, what, old, new).help(help).shape(format!("{} -> {reader}", written.join(", "))).claim(
        Wire,
        direction,
        Effect::Error,
    );
    Some(finding)
}
