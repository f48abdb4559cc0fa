//! An extension is gone, or extends another message.

use super::{declaration::is_option, enum_value::both, field::FieldAt};
use crate::{DeclAt, change::type_names, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_deleted",
    title: "extension deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data knows an extension by the message that it extends and its number. Without the extension, what old data \
                has under the number is an unknown field, and JSON refuses it; and nothing keeps another extension from \
                taking the number. Where the message declares the number as reserved, the deletion was meant, and is a \
                note on the wire. Schemas, not data, have the values of custom options, so of those only code is said \
                to break.",
    remedy: "Keep the extension. If it must go, declare its number in the extended message as reserved.",
    spec: "https://protobuf.dev/programming-guides/extension_declarations/#reserved",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    match change {
        Change::ExtensionRemoved { owner, old } => deleted(*owner, *old),
        Change::ExtendeeChanged(pair) => moved(*pair),
        _ => None,
    }
}

fn deleted(message: Pair<DeclAt<'_>>, old: DeclAt<'_>) -> Option<Finding> {
    let extension = FieldAt { owner: old, field: &old.decl().as_extension()?.field };
    let (symbol, number) = (old.name(), extension.number());
    let extended = message.old.name();
    let finding = Finding::new(symbol, format!("extension `{symbol}` = {number} of `{extended}` is gone"))
        .old(old.decl().node, "old data has this extension")
        .shape(format!("{extended} {number}"))
        .claim(Source, Backward, Effect::Error);
    if is_option(old) {
        return Some(finding.help("keep the option: code that reads it does not compile"));
    }
    let is_reserved = is_declared_reserved(message.new, number);
    let severity = if is_reserved { Severity::Note } else { Severity::Error };
    let mut finding = finding
        .note("new readers have it among the unknown fields")
        .claim_as(Wire, Backward, Effect::Dropped, severity)
        .claim(Json, Backward, extension.read_as_json(message.new));
    if !is_reserved {
        finding = finding.help(format!("keep it, or declare {number} in `{extended}` as reserved"));
    }
    Some(finding)
}

/// Whether the extended message declares the number as one that must not be used again.
fn is_declared_reserved(message: DeclAt<'_>, number: i32) -> bool {
    let record = message.decl().as_record();
    let annotations =
        record.into_iter().flat_map(|record| &record.extension_ranges).flat_map(|range| &range.meta.annotations);
    let mut declarations = annotations.filter(|annotation| &*annotation.path == "declaration").map(|one| &one.value);
    declarations.any(|declaration| {
        declaration.field("number") == Some(&Literal::Int(number.into()))
            && declaration.field("reserved") == Some(&Literal::Bool(true))
    })
}

fn moved(pair: Pair<DeclAt<'_>>) -> Option<Finding> {
    let symbol = pair.old.name();
    let types = Pair { old: &pair.old.decl().as_extension()?.extendee, new: &pair.new.decl().as_extension()?.extendee };
    let names = type_names((pair.old.schema, types.old), (pair.new.schema, types.new));
    let finding =
        Finding::new(symbol, format!("extension `{symbol}` extended `{}` and extends `{}`", names.old, names.new))
            .old(pair.old.decl().node, format!("in data of `{}` until now", names.old))
            .new_site(pair.new.decl().node, format!("in data of `{}` now", names.new))
            .help("keep it, and declare another extension for the other message")
            .shape(format!("{} -> {}", names.old, names.new))
            .claim(Source, Backward, Effect::Error);
    if is_option(pair.old) {
        return Some(finding);
    }
    // To the message that has it now it is a new one, which old readers keep among the unknown fields.
    Some(finding.claim(Wire, Backward, Effect::Dropped).claims(both(Json, Effect::Error)))
}
