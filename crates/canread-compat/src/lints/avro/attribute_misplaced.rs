//! An attribute of a field that stands in its type, or on a named type that has no such attribute.

use canread_model::{Annotation, Decl, Field, Literal, Part, SortOrder};

use super::attribute_misspelt::is_misspelt;
use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/attribute_misplaced",
        title: "attribute at a place where it has no effect",
        formats: &[Format::Avro],
        claims: &[
            Claim::on(Wire, Backward, Effect::Meaning),
            Claim::on(Wire, Backward, Effect::Error),
            Claim::on(Wire, Forward, Effect::Meaning),
            Claim::on(Wire, Forward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "A default, aliases and a sort order belong to a field. In its type they are properties of yours: new readers \
                    refuse data from before a field whose default stands there, and do not find a renamed field by such \
                    aliases. In IDL an annotation before the type is one of the type, and one before the field's name is one of \
                    the field. The default of an enum is for symbols that a reader does not know; a record or a fixed has none.",
        remedy: "Give it to the field: beside `type` in JSON, between the type and the name in IDL, where a default is `= value` \
                 behind the name.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-record",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "age", "type": {"type": "int", "default": 0}}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "age", "type": "int", "default": 0}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("neither fastavro nor Avro's Java library looks at it there, nor says so"),
    instead_of: None,
    look,
};

/// An attribute of fields.
#[derive(Clone, Copy)]
struct Attribute {
    name: &'static str,
    /// What comes of it that the field has none.
    effect: Effect,
    /// Whether it can have a value.
    fits: fn(&Literal) -> bool,
    /// Whether the field has it.
    is_given: fn(&Field) -> bool,
}

const DEFAULT: Attribute = Attribute {
    name: "default",
    effect: Effect::Error,
    fits: |_| true,
    is_given: |field| field.default_value().is_some(),
};

const ATTRIBUTES: [Attribute; 3] = [
    DEFAULT,
    Attribute {
        name: "aliases",
        effect: Effect::Error,
        fits: |value| matches!(value, Literal::List(items) if items.iter().all(|item| matches!(item, Literal::String(_)))),
        is_given: |field| !field.aliases.is_empty(),
    },
    Attribute {
        name: "order",
        effect: Effect::Meaning,
        fits: |value| {
            let Literal::String(text) = value else { return false };
            ["ascending", "descending", "ignore"].iter().any(|order| text.eq_ignore_ascii_case(order))
        },
        is_given: |field| field.sort_order != SortOrder::default(),
    },
];

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    // A union of several types is a declaration without a name: what holds it says whose type it is.
    let mut owner = seen.holders.get(&id).cloned().unwrap_or_else(|| decl.full_name.to_string());
    let mut holder = owner.clone();
    let mut field = seen.fields.get(&id).copied();
    let mut found = Vec::new();
    for part in decl.parts() {
        match part {
            Part::Method(method) => holder = member(decl, &method.name),
            Part::Field(one) => {
                owner = format!("{holder}.{}", one.name);
                field = Some(one);
            }
            Part::Decl(decl) if decl.as_record().is_some() => found.extend(of_named(decl, &decl.meta.annotations)),
            // The attributes of a fixed are those of its type.
            Part::Type(ty) if matches!(decl.kind, DeclKind::Fixed(_)) => found.extend(of_named(decl, ty.annotations())),
            Part::Type(ty) => {
                let Some(field) = field else { continue };
                let missing = ATTRIBUTES.iter().filter(|attribute| !(attribute.is_given)(field));
                found.extend(missing.filter_map(|attribute| misplaced(&owner, ty.annotations(), attribute)));
            }
            _ => {}
        }
    }
    found
}

/// What stands in the type of a field and is meant for the field.
fn misplaced(owner: &str, annotations: &[Annotation], attribute: &Attribute) -> Option<Finding> {
    let is_meant = |annotation: &&Annotation| {
        (attribute.fits)(&annotation.value)
            && (&*annotation.path == attribute.name || is_misspelt(&annotation.path, attribute.name))
    };
    let annotation = annotations.iter().find(is_meant)?;
    let help = match attribute.name {
        "default" => {
            "give it to the field: `\"default\"` beside `\"type\"`, in IDL `= value` behind the name".to_owned()
        }
        name => format!("give it to the field: `\"{name}\"` beside `\"type\"`, in IDL `@{name}` before the name"),
    };
    let message = format!("`{owner}` has `{}` in its type, where it has no effect", annotation.path);
    Some(finding(owner, message, annotation, attribute.effect).help(help))
}

/// The default of a named type that is no enum.
fn of_named(decl: &Decl, annotations: &[Annotation]) -> Option<Finding> {
    let annotation = annotations.iter().find(|annotation| &*annotation.path == DEFAULT.name)?;
    let sort = if decl.as_record().is_some() { "a record" } else { "a fixed" };
    let message = format!("`{}` has `default`, and {sort} has none", decl.full_name);
    let help = "give a default to the fields that have this type";
    Some(finding(&decl.full_name, message, annotation, DEFAULT.effect).help(help))
}

fn finding(owner: &str, message: String, annotation: &Annotation, effect: Effect) -> Finding {
    Finding::new(owner, message)
        .new_site(annotation.node, "readers pass over it here")
        .shape(&*annotation.path)
        .claims([Backward, Forward].map(|direction| Claim::on(Wire, direction, effect)))
}
