//! The number of a field that a version of the history did without stands for another field.

use super::declaration::is_option;
use super::field;
use crate::history::is_same_name;
use crate::rules::retired::{all_claims, as_changed, mistaken, returned, told};
use crate::{Reused, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/retired_field_number_reused",
    title: "field number used again after it was retired",
    formats: &[Format::Protobuf],
    claims: all_claims!(Wire, Json),
    opt_in: false,
    since: "0.1.0",
    rationale: "The version before the new one does not have the number, so nothing looks wrong between the two. Data that \
                was written before the number was retired is still read by it, as the new field, and readers of that time \
                take new data for the old one. Of a field that was there all the time another name may be a rename; of one \
                that was gone in between it is another field, and so an error. The same name and type are the same field \
                again, and nothing is said.",
    remedy: "Give the field a number that no version of the history ever had, and reserve the retired one.",
    spec: "https://protobuf.dev/programming-guides/proto3/#consequences",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n  int64 stock = 2;\n}\n// next version\n\
              syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string sku = 1;\n  int32 shelf = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"stock": "5000000000"}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

const SAME_CAUSE: &[&str] = &[
    "protobuf/extension_became_field",
    "protobuf/extension_renamed",
    "protobuf/field_became_extension",
    "protobuf/field_became_repeated",
    "protobuf/field_became_singular",
    "protobuf/field_number_reused",
    "protobuf/field_refers_to_another_type",
    "protobuf/field_renamed",
    "protobuf/field_type_changed",
    "protobuf/list_became_map",
    "protobuf/map_became_list",
    "protobuf/message_encoding_changed",
];

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::FieldNumber(fields) = &one.what else { return None };
    // Schemas have the values of custom options, data has not.
    if is_option(fields.owner.old) || is_option(fields.owner.new) {
        return None;
    }
    let (old, new) = field::halves(fields);
    let names = field::type_names(fields);
    let number = new.number();
    let owner = field::message(fields.owner.new);
    let (was, is) = (format!("`{}` ({})", old.name(), names.old), format!("`{}` ({})", new.name(), names.new));
    let finding = told(one, &format!("number {number} of `{}`", owner.name()), &was, &is)
        .help(format!("give `{}` a number that was never used, and reserve {number}", new.name()))
        .shape(format!("{number}: {} {} -> {} {}", names.old, old.name(), names.new, new.name()))
        .speaks_for(SAME_CAUSE, &one.what.symbols());
    let finding = as_changed(finding, one, &RULE, &[Wire, Json, Source]);
    if is_same_name(fields) {
        // The same field in another type: as much of a break as that is.
        return finding.claims.iter().any(|claim| claim.surface == Wire).then_some(finding);
    }
    Some(mistaken(finding, Wire))
}
