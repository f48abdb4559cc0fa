//! What readers take for a symbol that they do not know is another one.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/enum_default_changed",
    title: "enum default changed",
    formats: &[Format::Avro],
    claims: &[Claim::on(Wire, Backward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "The default stands in for symbols that a reader does not know: those of versions that are neither of \
                these two. When it changes, such data means something else to new readers; when it goes, they refuse \
                it.",
    remedy: "Keep the default.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#enums",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "NONE"], "default": "NONE"}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "NONE"], "default": "RED"}}]}"#,
    },
    witness: Witness::NotInBytes("a symbol of a third version: each of the two readers takes its own default for it"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::EnumDefaultChanged { defaults, new: declared } = &one.met else { return None };
    let old = &defaults.old?.name;
    let is_kept = declared.values.iter().any(|value| value.name == *old);
    let (what, new) = match defaults.new {
        Some(new) => (format!("takes `{}` for unknown symbols, where it took `{old}`", new.name), &*new.name),
        None => (format!("has no default any more, which was `{old}`: new readers refuse unknown symbols"), "none"),
    };
    let finding =
        told(one, what, "default until now", "default now").help("keep the default").shape(format!("{old} -> {new}"));
    // The old default may be no symbol any more.
    let finding = finding.fix(told::restored(one, "default").filter(|_| is_kept));
    one.within.backward.then_some(finding)
}
