//! A declaration is in another file.

use canread_model::{ImportKind, Module, Schema};
use rustc_hash::FxHashSet;

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/file_moved",
    title: "declaration moved to another file",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data does not know files. Generated code does in languages that include or import by file (C++, Python, \
                Ruby, PHP, JavaScript), and so do other `.proto` files that import it. Where the old file is still \
                there and publicly imports the new one, both go on as before, and nothing is said. One finding stands \
                for everything that moved between the same two files.",
    remedy: "Leave a file in the old place that has nothing but `import public` of the new one.",
    spec: "https://protobuf.dev/programming-guides/proto3/#importing",
    example: Example {
        old: "// file: shop/order.proto\nsyntax = \"proto3\";\npackage shop;\nmessage Order {\n  int32 id = 1;\n}\n",
        new: "// file: shop/orders/order.proto\nsyntax = \"proto3\";\npackage shop;\nmessage Order {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("code that includes what was generated from the old file"),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::DeclMoved(pair) = change else { return None };
    let files = Pair { old: &*pair.old.module().name, new: &*pair.new.module().name };
    if is_forwarded(context.versions.new, files) {
        return None;
    }
    let decls = pair.decls();
    let symbol = pair.old.name();
    let message = format!(
        "`{symbol}` moved from `{}` to `{}`: what includes or imports the old file does not find it",
        files.old, files.new
    );
    let finding = Finding::new(symbol, message)
        .old(decls.old.node, "in this file until now")
        .new_site(decls.new.node, "in this one now")
        .help(format!("leave `{}` in place, with `import public \"{}\";`", files.old, files.new))
        .shape(format!("{} -> {}", files.old, files.new))
        .cause(format!("{} -> {}", files.old, files.new));
    Some(finding)
}

/// Whether whoever imports the old file sees the new one: through public imports, however many.
fn is_forwarded(schema: &Schema, files: Pair<&str>) -> bool {
    let Some((_, start)) = schema.modules().find(|(_, module)| &*module.name == files.old) else { return false };
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut pending: Vec<&Module> = vec![start];
    while let Some(module) = pending.pop() {
        let public = module.imports.iter().filter(|import| import.kind == ImportKind::Public);
        for target in public.filter_map(|import| Some(schema.module(import.module?))) {
            if &*target.name == files.new {
                return true;
            }
            if seen.insert(&target.name) {
                pending.push(target);
            }
        }
    }
    false
}
