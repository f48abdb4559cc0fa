//! The name of a field that a version of the history did without has values of another type.

use super::told::SPEC;
use crate::rules::retired::{all_claims, as_changed, returned, told};
use canread_model::{DeclKind, LogicalKind};

use crate::{Pair, Reused, TypeAt, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/retired_field_reused",
    title: "field name used again after it was retired",
    formats: &[Format::Avro],
    claims: all_claims!(Wire, Json),
    opt_in: false,
    since: "0.1.0",
    rationale: "Fields are matched by name, or by an alias of the reader. A field that comes back under a retired name, or \
                that has one as an alias, finds the data of that time again, and that is of another type. The version \
                before the new one does not have the name, so nothing looks wrong between the two. What happens is what \
                the rules say about such a change of type. The same type is the same field again.",
    remedy: "Choose a name that no version of the history ever had, and leave the retired one out of the aliases.",
    spec: SPEC,
    example: Example {
        old: "{\"type\": \"record\", \"name\": \"M\", \"fields\": [{\"name\": \"id\", \"type\": \"int\"}, \
              {\"name\": \"note\", \"type\": \"string\", \"default\": \"\"}]}\n// next version\n\
              {\"type\": \"record\", \"name\": \"M\", \"fields\": [{\"name\": \"id\", \"type\": \"int\"}]}\n",
        new: "{\"type\": \"record\", \"name\": \"M\", \"fields\": [{\"name\": \"id\", \"type\": \"int\"}, \
              {\"name\": \"note\", \"type\": \"long\", \"default\": 0}]}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": 1, "note": "x"}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

const SAME_CAUSE: &[&str] = &[
    "avro/decimal_precision_changed",
    "avro/decimal_scale_changed",
    "avro/fixed_size_changed",
    "avro/logical_type_changed",
    "avro/type_changed",
    "avro/type_kind_changed",
];

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::FieldName(fields) = &one.what else { return None };
    let Pair { old: was, new: is } = type_names(&Pair {
        old: TypeAt { schema: fields.owner.old.schema, ty: &fields.old.ty },
        new: TypeAt { schema: fields.owner.new.schema, ty: &fields.new.ty },
    });
    let name = &fields.old.name;
    let known_by = format!("`{name}` of `{}`", fields.owner.new.name());
    let now = if *name == fields.new.name { is.clone() } else { format!("an alias of `{}`, {is},", fields.new.name) };
    let finding = told(one, &known_by, &was, &now)
        .help("choose a name that was never used")
        .shape(format!("{name}: {was} -> {} {is}", fields.new.name))
        .speaks_for(SAME_CAUSE, &one.what.symbols());
    let finding = as_changed(finding, one, &RULE, &[Wire, Json, Source]);
    finding.claims.iter().any(|claim| claim.surface == Wire).then_some(finding)
}

/// How many symbols an enum may have that are compared for a message: many fields may name it.
const SYMBOLS_MAX: usize = 32;

/// Both types as they are written; where that is the same, with what differs: `long (timestamp-millis)`.
fn type_names(types: &Pair<TypeAt<'_>>) -> Pair<String> {
    let names = Pair { old: types.old.name(), new: types.new.name() };
    if names.old != names.new {
        return names;
    }
    let all = Pair { old: details(types.old), new: details(types.new) };
    let with = |name: &str, own: &[String], others: &[String]| {
        let own: Vec<&str> = own.iter().filter(|one| !others.contains(one)).map(String::as_str).collect();
        if own.is_empty() { name.to_owned() } else { format!("{name} ({})", own.join(", ")) }
    };
    Pair { old: with(&names.old, &all.old, &all.new), new: with(&names.new, &all.new, &all.old) }
}

/// What a type has besides its name: logical types, sizes, symbols.
fn details(ty: TypeAt<'_>) -> Vec<String> {
    let mut details = Vec::new();
    for leaf in ty.leaves() {
        match leaf.named().map(|decl| &decl.decl().kind) {
            Some(DeclKind::Fixed(fixed)) => details.push(format!("{} bytes", fixed.size)),
            Some(DeclKind::Enum(declared)) if declared.values.len() > SYMBOLS_MAX => {
                details.push(format!("{} symbols", declared.values.len()));
            }
            Some(DeclKind::Enum(declared)) => {
                details.extend(declared.values.iter().map(|value| value.name.to_string()));
            }
            _ => {}
        }
        let Some(logical) = leaf.physical().as_logical() else { continue };
        details.push(match logical.kind {
            LogicalKind::Decimal { precision, scale } => {
                format!("decimal of {precision} digits, {scale} behind the point")
            }
            _ => logical.name.to_string(),
        });
    }
    details
}
