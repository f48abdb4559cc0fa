//! Another sort of declaration under the same name.

use super::declaration::sort;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/declaration_kind_changed",
    title: "declaration of another sort under the same name",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A message that became an enum, or a service that became a message, is a deletion beside an addition that \
                happens to have the name: records of the message cannot be read, calls of the service find no method. \
                What becomes of fields that name it is said about those fields.",
    remedy: "Keep the declaration, and give the new one a name of its own.",
    spec: "https://protobuf.dev/programming-guides/proto3/#updating",
    example: Example {
        old: "syntax = \"proto3\";\nmessage State {\n  int32 code = 1;\n}\nmessage M {\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("the new schema has no message of the old name to read a record with"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclKindChanged(pair) = change else { return None };
    let symbol = pair.old.name();
    let sorts = Pair { old: sort(pair.old), new: sort(pair.new) };
    let article = |sort: &str| if sort.starts_with(['a', 'e']) { "an" } else { "a" };
    let decls = pair.decls();
    let message =
        format!("`{symbol}` was {} {} and is {} {}", article(sorts.old), sorts.old, article(sorts.new), sorts.new);
    let mut finding = Finding::new(symbol, message)
        .old(decls.old.node, format!("{} {} until now", article(sorts.old), sorts.old))
        .new_site(decls.new.node, format!("{} {} now", article(sorts.new), sorts.new))
        .help(format!("keep the {}, and give the {} a name of its own", sorts.old, sorts.new))
        .shape(format!("{} -> {}", sorts.old, sorts.new))
        .claim(Source, Backward, Effect::Error);
    if decls.old.as_record().is_some() {
        finding = finding.claim(Wire, Backward, Effect::Error).claim(Json, Backward, Effect::Error);
    }
    if decls.old.as_service().is_some() {
        finding = finding.claim(Rpc, Backward, Effect::Error);
    }
    Some(finding)
}
