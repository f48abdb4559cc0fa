//! An option that only code generators read has another value.

use canread_model::Module;

use super::options::{told, value_of};
use crate::{compare::option_value, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/codegen_option_changed",
    title: "option for generated code changed",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Packages, prefixes, class names and string types of generated code come from these options, so code that \
                uses it does not compile, or does not find it. Data is not affected. To set an option to what holds \
                without it is no change. One finding stands for all files of a package that change the same one \
                option, or for all options that a file changes.",
    remedy: "Keep the option, or change the code together with it.",
    spec: "https://protobuf.dev/programming-guides/proto3/#options",
    example: Example {
        old: "syntax = \"proto3\";\npackage shop;\noption go_package = \"example.org/shop\";\nmessage M {\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\npackage shop;\noption go_package = \"example.org/store\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("code that imports what is generated, compiled with the new version"),
    check,
};

/// Options that code generators read, with what holds where they are not set; `None` where that depends on names.
///
/// Source: `google/protobuf/descriptor.proto`, `FileOptions` and `FieldOptions`.
const OPTIONS: [(&str, Option<&str>); 24] = [
    ("go_package", None),
    ("java_package", None),
    ("java_outer_classname", None),
    ("java_multiple_files", Some("false")),
    ("java_string_check_utf8", Some("false")),
    ("java_generic_services", Some("false")),
    ("cc_generic_services", Some("false")),
    ("py_generic_services", Some("false")),
    ("php_generic_services", Some("false")),
    ("cc_enable_arenas", Some("true")),
    ("optimize_for", Some("SPEED")),
    ("objc_class_prefix", Some("")),
    ("csharp_namespace", None),
    ("swift_prefix", Some("")),
    ("php_class_prefix", Some("")),
    ("php_namespace", None),
    ("php_metadata_namespace", None),
    ("ruby_package", None),
    ("ctype", Some("STRING")),
    ("jstype", Some("JS_NORMAL")),
    ("lazy", Some("false")),
    ("unverified_lazy", Some("false")),
    ("weak", Some("false")),
    ("map_entry", Some("false")),
];

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::OptionChanged { holder, path, old, new, nodes } = change else { return None };
    let modules = holder.modules();
    let default =
        if path.starts_with("features.(") { None } else { OPTIONS.iter().find(|(option, _)| option == path)?.1 };
    let values = effective(path, default, modules, Pair { old: old.as_deref(), new: new.as_deref() });
    if values.old == values.new {
        return None;
    }
    let symbol = holder.symbol();
    let words = Pair { old: told(old.as_deref()), new: told(new.as_deref()) };
    let place = holder.place();
    let mut finding = Finding::new(
        &symbol,
        format!(
            "`{path}` of `{symbol}` was {} and is {}: code that uses what is generated breaks",
            words.old, words.new
        ),
    )
    .help("keep the option, or change the code together with it")
    .shape(format!("{path}: {:?} -> {:?}", values.old, values.new))
    .cause(if is_one_of_many(holder) {
        format!("options of {symbol}")
    } else {
        format!("{path} in {}", modules.old.namespace)
    });
    if let Some(node) = nodes.old.or(place.old) {
        finding = finding.old(node, words.old);
    }
    if let Some(node) = nodes.new.or(place.new) {
        finding = finding.new_site(node, words.new);
    }
    if let (Some(old), Some(new)) = (nodes.old, nodes.new) {
        finding = finding.fix(Fix::restore(Part::Whole, old, new));
    }
    Some(finding)
}

/// What generators take for the values of an option in both versions.
fn effective(
    path: &str,
    default: Option<&str>,
    modules: Pair<&Module>,
    values: Pair<Option<&Literal>>,
) -> Pair<Option<String>> {
    let package = |module: &Module| (path == "java_package").then(|| module.namespace.to_string());
    let of = |value: Option<&Literal>, module| {
        value.map(value_of).or_else(|| default.map(str::to_owned)).or_else(|| package(module))
    };
    Pair { old: of(values.old, modules.old), new: of(values.new, modules.new) }
}

/// Whether the option hangs on a file that changes others of these, too.
fn is_one_of_many(holder: &Holder<'_>) -> bool {
    let Holder::Module(modules) = holder else { return false };
    let differs = |(path, default): &&(&str, Option<&str>)| {
        let (old, new) = (option_value(&modules.old.meta, path), option_value(&modules.new.meta, path));
        let values = effective(path, *default, *modules, Pair { old: old.as_deref(), new: new.as_deref() });
        values.old != values.new
    };
    OPTIONS.iter().filter(differs).nth(1).is_some()
}
