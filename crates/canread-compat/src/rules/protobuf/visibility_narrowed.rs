//! Only its own file may name a declaration that others could name.

use super::declaration::sort;
use crate::{is_local, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/visibility_narrowed",
    title: "message or enum is local now",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Other `.proto` files that name what is local do not compile. Visibility plays no part in data, nor in \
                generated code. What counts is what holds in the end: a move to edition 2024, where nested declarations \
                are local unless they say otherwise, narrows those. One finding stands \
                for everything in a file.",
    remedy: "Keep `export`, or have the file say `option features.default_symbol_visibility = EXPORT_ALL;`.",
    spec: "https://protobuf.dev/programming-guides/symbol_visibility/#syntax",
    example: Example {
        old: "edition = \"2024\";\nexport message M {\n  int32 id = 1;\n}\n",
        new: "edition = \"2024\";\nlocal message M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("a `.proto` file that imports the declaration, compiled with the new version"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::VisibilityChanged(pair) = change else { return None };
    if !is_local(pair.new) {
        return None;
    }
    let symbol = pair.old.name();
    let decls = pair.decls();
    let message = format!("{} `{symbol}` is local now: other files that name it do not compile", sort(pair.old));
    let finding = Finding::new(symbol, message)
        .old(decls.old.node, "other files could name it")
        .new_site(decls.new.node, "only this file can")
        .help("put `export` in front of it")
        .shape("export -> local")
        .cause(&*pair.new.module().name);
    Some(finding)
}
