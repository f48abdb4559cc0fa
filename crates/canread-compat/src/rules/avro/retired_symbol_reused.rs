//! The name of an enum symbol that a version of the history did without is there again, at another place.

use super::told::SPEC;
use crate::rules::retired::{returned, told};
use crate::{DeclAt, Reused, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/retired_symbol_reused",
    title: "enum symbol used again after it was retired",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Meaning), Claim::on(Wire, Forward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Symbols are matched by name, and have nothing else. So nobody but people can tell whether a symbol that was \
                retired and is there again means what it meant: data of that time is read as the new one without an error. \
                That is a warning. Where it stands at its old place again, its deletion was undone, and nothing is said.",
    remedy: "Choose a symbol that no version of the history ever had, unless it means what it meant.",
    spec: SPEC,
    example: Example {
        old: "{\"type\": \"enum\", \"name\": \"M\", \"symbols\": [\"NEW\", \"HELD\", \"DONE\"]}\n// next version\n\
              {\"type\": \"enum\", \"name\": \"M\", \"symbols\": [\"NEW\", \"DONE\"], \"default\": \"NEW\"}\n",
        new: "{\"type\": \"enum\", \"name\": \"M\", \"symbols\": [\"NEW\", \"DONE\", \"HELD\"], \"default\": \"NEW\"}\n",
    },
    witness: Witness::NotInBytes(
        "a value that was written before the symbol was retired: only people know what it meant",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::EnumName(owner, values) = &one.what else { return None };
    let place = |at: Option<usize>| format!("symbol {}", at.map_or(0, |at| at + 1));
    let of = |owner: DeclAt<'_>| owner.schema.value_place(owner.id, &values.new.name);
    let (was, is) = (place(of(owner.old)), place(of(owner.new)));
    let finding = told(one, &format!("`{}` of `{}`", values.new.name, owner.new.name()), &was, &is)
        .help("choose a symbol that was never used, unless it means what it meant")
        .shape(format!("{}: {was} -> {is}", values.new.name));
    Some(finding)
}
