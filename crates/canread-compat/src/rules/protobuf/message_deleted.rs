//! A message is gone.

use canread_model::RecordKind;

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/message_deleted",
    title: "message deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A message that no field and no method of another one named is a record of its own: it is what is stored, \
                queued or sent, and without it nobody can read that. A message that others named had its data inside \
                theirs, and what becomes of that is said about those fields and methods; one without fields had no \
                data at all. But a `google.protobuf.Any` or a schema registry may know it by name, so there is a \
                warning left.",
    remedy: "Keep the message, marked as deprecated, until no record of it is left.",
    spec: "https://protobuf.dev/programming-guides/proto3/#any",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nmessage Receipt {\n  int64 cents = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("the new schema has no message to read the record with: look up the old name in it"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRemoved { old, was_used } = change else { return None };
    // The message of a group goes with its field.
    let record = old.decl().as_record().filter(|record| record.kind != RecordKind::Group)?;
    let symbol = old.name();
    let (effect, what) = if !was_used {
        (Effect::Error, "nothing named it, so it was a record of its own, which new code cannot read")
    } else if record.fields.is_empty() {
        (Effect::Meaning, "it had no fields, but an `Any` or a registry may know it by name")
    } else {
        (Effect::Meaning, "its data was in other messages or in calls, but an `Any` or a registry may know it by name")
    };
    let finding = Finding::new(symbol, format!("message `{symbol}` is gone: {what}"))
        .old(old.decl().node, "a message until now")
        .help("keep it, marked as deprecated, until no record of it is left")
        .shape("deleted")
        .claim(Wire, Backward, effect)
        .claim(Json, Backward, effect)
        .claim(Source, Backward, Effect::Error);
    Some(finding)
}
