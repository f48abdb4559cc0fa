//! The name of a field that a version of the history did without stands for another field in JSON.

use super::field;
use crate::rules::retired::{mistaken, returned, told};
use crate::{Reused, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/retired_field_name_reused",
    title: "field name used again after it was retired",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Backward, Effect::Meaning), Claim::on(Json, Forward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "JSON, text format and field masks know a field by its name. A name that was retired and comes back with \
                another number is another field, but finds the documents that were written for the old one, and readers \
                of that time take it for theirs. The version before the new one does not have the name, so nothing looks \
                wrong between the two. On the wire, which has numbers only, nothing happens.",
    remedy: "Choose a name that no version of the history ever had, and reserve the retired one. If it is the same field \
             again, give it its number back.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved-field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n  int32 total = 2;\n}\n// next version\n\
              syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n  reserved 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n  reserved 2;\n  int32 total = 3;\n}\n",
    },
    witness: Witness::NotInBytes(
        "a document of the first version, which the new one reads without an error: only people know that `total` was \
         in cents then",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::FieldName(fields) = &one.what else { return None };
    let (old, new) = field::halves(fields);
    let name = crate::json_name(new.owner, new.field);
    let known_by = format!("`{name}` of `{}` in JSON", new.owner.name());
    let (was, is) = (format!("number {}", old.number()), format!("number {}", new.number()));
    let finding = told(one, &known_by, &was, &is)
        .help(format!("choose a name that was never used, or give it number {} again", old.number()))
        .shape(format!("{name}: {} {} -> {} {}", old.type_name(), old.number(), new.type_name(), new.number()))
        .speaks_for(&["protobuf/field_name_reused"], &one.what.symbols());
    Some(mistaken(finding, Json))
}
