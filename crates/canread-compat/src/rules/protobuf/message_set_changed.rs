//! A message has, or no longer has, the wire format of message sets.

use canread_model::RecordKind;

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/message_set_changed",
    title: "message set wire format changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Source, Backward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A message set writes each extension as a group that holds its number and its bytes; a plain message writes \
                the number as the field number. Readers of plain messages have what a message set wrote among the \
                unknown fields. Readers of message sets find in a plain message what they look for: the group is one \
                more way to write an extension.",
    remedy: "Keep `message_set_wire_format` as it is. Never add it to a new message: it is there for old data only.",
    spec: "https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  option message_set_wire_format = true;\n  extensions 4 to max;\n}\nmessage Note {\n  optional string text = 1;\n  extend M {\n    optional Note note = 100;\n  }\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 4 to 1000;\n}\nmessage Note {\n  optional string text = 1;\n  extend M {\n    optional Note note = 100;\n  }\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[Note.note]": {"text": "fragile"}}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::RecordKindChanged(pair) = change else { return None };
    let symbol = pair.old.name();
    let decls = pair.decls();
    let is_set = decls.new.as_record()?.kind == RecordKind::MessageSet;
    let (words, direction, who) = if is_set {
        (["a plain message", "a message set"], Forward, "old readers do not find its extensions in new data")
    } else {
        (["a message set", "a plain message"], Backward, "new readers do not find its extensions in old data")
    };
    let message = format!("`{symbol}` was {} and is {}: {who}", words[0], words[1]);
    let finding = Finding::new(symbol, message)
        .old(decls.old.node, words[0])
        .new_site(decls.new.node, words[1])
        .help("keep `message_set_wire_format` as it was")
        .shape(format!("{} -> {}", words[0], words[1]))
        .claim(Wire, direction, Effect::Dropped)
        .claim(Source, Backward, Effect::Meaning);
    Some(finding)
}
