//! A whole package is gone.

use super::declaration::Contents;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/package_deleted",
    title: "package deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Records of its messages cannot be read without them, calls to its services find no method, its extensions \
                become unknown fields. Where a field or method, of this package or another, named each of its \
                messages, their data is only inside of other records or of calls, which other rules look at; then \
                what is left is a warning, for a `google.protobuf.Any` and schema registries name messages too. One \
                finding stands for everything that was in the package. That another version of it (`v2` for `v1`) \
                appears does not help old data.",
    remedy: "Keep the package until no data of its messages and no caller of its services is left.",
    spec: "https://protobuf.dev/programming-guides/proto3/#packages",
    example: Example {
        old: "syntax = \"proto3\";\npackage shop.v1;\nmessage Order {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(Order) returns (Order);\n}\n",
        new: "syntax = \"proto3\";\npackage shop.v2;\nmessage Order {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(Order) returns (Order);\n}\n",
    },
    witness: Witness::NotInBytes(
        "the new schema has no message to read a record with: look up the old full name in it, or call an old method",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::NamespaceRemoved { name, decls, was_used } = change else { return None };
    let contents = Contents::of(decls.iter().copied());
    let mut finding = Finding::new(*name, format!("package `{name}` is gone, with {}", contents.words()))
        .help("keep the package until no data and no caller is left")
        .shape("deleted")
        .claim(Source, Backward, Effect::Error);
    if let Some(first) = decls.first() {
        finding = finding.old(first.module().node, "the package until now");
    }
    if contents.messages > 0 {
        let (effect, note) = if *was_used {
            (
                Effect::Meaning,
                "its messages were parts of others or of calls; an `Any` or a registry may know them by name",
            )
        } else {
            (Effect::Error, "new code cannot read records of its messages")
        };
        finding = finding.note(note).claim(Wire, Backward, effect).claim(Json, Backward, effect);
    }
    if contents.extensions > 0 {
        finding = finding
            .note("its extensions become unknown fields, which JSON refuses")
            .claim(Wire, Backward, Effect::Dropped)
            .claims([Claim::on(Json, Backward, Effect::Error)]);
    }
    if contents.services > 0 {
        finding = finding.note("calls of old clients find no method").claim(Rpc, Backward, Effect::Error);
    }
    Some(finding)
}
