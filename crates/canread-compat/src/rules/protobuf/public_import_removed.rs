//! A file no longer passes on what another one declares.

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/public_import_removed",
    title: "public import removed",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Whoever imports a file sees what it imports publicly, too. Without the public import, other `.proto` files \
                that name those types through it no longer compile, nor does code that includes what was generated from \
                it. Nothing is said where the file still passes the types on, through another file or as its own.",
    remedy: "Keep the public import until every file imports what it names itself.",
    spec: "https://protobuf.dev/programming-guides/proto3/#importing",
    example: Example {
        old: "// file: shop/order.proto\nsyntax = \"proto3\";\npackage shop;\nimport public \"shop/line.proto\";\nmessage Order {\n  Line line = 1;\n}\n// file: shop/line.proto\nsyntax = \"proto3\";\npackage shop;\nmessage Line {\n  int32 id = 1;\n}\n",
        new: "// file: shop/order.proto\nsyntax = \"proto3\";\npackage shop;\nimport \"shop/line.proto\";\nmessage Order {\n  Line line = 1;\n}\n// file: shop/line.proto\nsyntax = \"proto3\";\npackage shop;\nmessage Line {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("a file that imports the one and names a type of the other"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::PublicImportRemoved { modules, import, lost } = change else { return None };
    let (file, target, name) = (&modules.new.name, &import.target, lost.name());
    let message = format!(
        "`{file}` no longer imports `{target}` publicly: files that reach `{name}` through it no longer compile"
    );
    let still = modules.new.imports.iter().find(|other| other.target == import.target);
    let finding = Finding::new(file.to_string(), message)
        .old(import.node, "passed on until now")
        .new_site(still.map_or(modules.new.node, |other| other.node), "not passed on now")
        .shape(format!("{target} -> none"))
        .cause(format!("{file}: {target}"))
        .help(format!("keep `import public \"{target}\";`"));
    Some(finding)
}
