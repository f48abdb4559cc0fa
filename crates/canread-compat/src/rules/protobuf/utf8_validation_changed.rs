//! Text is checked to be UTF-8, and was not before; or the reverse.

use canread_model::Field;

use super::{convert, field};
use crate::{Shape, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/utf8_validation_changed",
    title: "text is checked on one side only",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Wire, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "proto3, and editions unless `utf8_validation = NONE` is set, refuse a message whose text is not UTF-8. \
                proto2 writers let such text pass. So readers that begin to check refuse old data, and old readers that \
                check refuse the data of writers that no longer do. It matters only where text that is not UTF-8 is \
                really written, which a field of type `bytes` would say. One finding stands for all fields of a file that do not set it \
                themselves.",
    remedy: "Keep the setting. When moving from proto2 to an edition, keep `features.utf8_validation = NONE`.",
    spec: "https://protobuf.dev/editions/features/#utf8_validation",
    example: Example {
        old: "edition = \"2023\";\nmessage M {\n  string note = 1 [features.utf8_validation = NONE];\n}\n",
        new: "edition = \"2023\";\nmessage M {\n  string note = 1;\n}\n",
    },
    witness: Witness::Bytes { message: "M", bytes: "0a02c328", shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::Utf8) = field::kept(change)? else { return None };
    let slots = field::slots(fields);
    if !slots.old.kind.is_like(slots.new.kind) || slots.old.is_many() != slots.new.is_many() {
        return None;
    }
    // A key of another type is a matter of the type.
    let keys = (Shape::of(&fields.old.ty).key, Shape::of(&fields.new.ty).key);
    if let (Some(old), Some(new)) = keys
        && std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind)
    {
        return None;
    }
    let verdict = convert::Verdict::of(slots);
    let is_checked = convert::read(slots.old, slots.new).wire.0 == Effect::Error;
    let words = if is_checked { ("unchecked", "checked") } else { ("checked", "unchecked") };
    let finding =
        field::told(field::halves(fields).0.symbol(), &format!("was {} text and is {}", words.0, words.1), verdict)
            .old(fields.old.node, format!("{} until now", words.0))
            .new_site(fields.new.node, format!("{} now", words.1))
            .shape(format!("{} -> {}", words.0, words.1))
            .help("keep the setting of `features.utf8_validation`")
            .claims(verdict.claims().filter(|claim| claim.surface == Wire));
    // What a field does not set itself comes from its file, which has changed for all of its fields.
    let sets = |field: &Field| field.meta.annotations.iter().any(|one| one.path.starts_with("features"));
    let files = Pair { old: fields.owner.old.module(), new: fields.owner.new.module() };
    let is_of_the_file = !sets(fields.old) && !sets(fields.new);
    Some(if is_of_the_file {
        finding.cause(format!("{} -> {}: {}", files.old.name, files.new.name, words.1))
    } else {
        finding
    })
}
