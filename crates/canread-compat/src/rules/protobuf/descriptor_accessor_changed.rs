//! Generated messages have, or no longer have, the standard accessor of their descriptor.

use super::options::told;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/descriptor_accessor_changed",
    title: "standard descriptor accessor changed",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "`no_standard_descriptor_accessor` takes `descriptor()` from the generated C++ class, so that a field can \
                have that name. Code that calls the one or the other does not compile. Data is not affected.",
    remedy: "Keep the option as it is.",
    spec: "https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  option no_standard_descriptor_accessor = true;\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("C++ code that calls `M::descriptor()`, compiled with the new version"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::OptionChanged { holder: Holder::Decl(decls), path, old, new, .. } = change else { return None };
    let is_set = |value: Option<&Literal>| value == Some(&Literal::Bool(true));
    let is_same = is_set(old.as_deref()) == is_set(new.as_deref());
    if *path != "no_standard_descriptor_accessor" || is_same {
        return None;
    }
    let symbol = decls.old.name();
    let nodes = decls.decls();
    let message = format!("`{path}` of `{symbol}` was {} and is {}", told(old.as_deref()), told(new.as_deref()));
    let finding = Finding::new(symbol, message)
        .old(nodes.old.node, told(old.as_deref()))
        .new_site(nodes.new.node, told(new.as_deref()))
        .help("keep the option as it was")
        .shape(format!("{} -> {}", is_set(old.as_deref()), is_set(new.as_deref())));
    Some(finding)
}
