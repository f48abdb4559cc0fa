//! A custom option, of which we don't know what it does, has another value.

use super::{
    options::{told, value_of},
    validation,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/custom_option_changed",
    title: "custom option changed",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "What a custom option does is up to whoever reads it: a code generator, a gateway, an access check. Neither \
                the wire nor JSON depends on it. So this is a note, for those who know the option. Options that we do \
                know (protovalidate, `google.api.http`) have rules of their own. One finding stands for all uses of an \
                option in a package that came, went or changed in the same way.",
    remedy: "Ask whoever reads the option.",
    spec: "https://protobuf.dev/programming-guides/proto2/#customoptions",
    example: Example {
        old: "syntax = \"proto3\";\nimport \"google/protobuf/descriptor.proto\";\nextend google.protobuf.FieldOptions {\n  string owner = 50000;\n}\nmessage M {\n  int32 id = 1 [(owner) = \"orders\"];\n}\n",
        new: "syntax = \"proto3\";\nimport \"google/protobuf/descriptor.proto\";\nextend google.protobuf.FieldOptions {\n  string owner = 50000;\n}\nmessage M {\n  int32 id = 1 [(owner) = \"billing\"];\n}\n",
    },
    witness: Witness::NotInBytes("whatever reads the option, run with both versions"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::OptionChanged { holder, path, old, new, nodes } = change else { return None };
    let is_known = *path == "(google.api.http)" || validation::OPTIONS.iter().any(|(known, _)| known == path);
    if !path.starts_with('(') || is_known {
        return None;
    }
    let symbol = holder.symbol();
    let words = Pair { old: told(old.as_deref()), new: told(new.as_deref()) };
    let place = holder.place();
    let how = match (old, new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let message = format!("option `{path}` of `{symbol}` was {} and is {}", words.old, words.new);
    let mut finding = Finding::new(&symbol, message)
        .help("ask whoever reads the option")
        .shape(format!("{path}: {:?} -> {:?}", old.as_deref().map(value_of), new.as_deref().map(value_of)))
        .cause(format!("{path} {how} in {}", holder.modules().old.namespace))
        .claim_as(Source, Backward, Effect::Meaning, Severity::Note);
    if let Some(node) = nodes.old.or(place.old) {
        finding = finding.old(node, words.old);
    }
    if let Some(node) = nodes.new.or(place.new) {
        finding = finding.new_site(node, words.new);
    }
    Some(finding)
}
