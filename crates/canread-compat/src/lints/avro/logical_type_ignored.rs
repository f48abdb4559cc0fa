//! A logical type that does not fit what it stands on is passed over by every reader, without a word.

use canread_model::{Annotation, Literal, Part};

use super::attribute_misspelt::is_misspelt;
use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/logical_type_ignored",
        title: "logical type that is ignored",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Backward, Effect::Meaning), Claim::on(Wire, Forward, Effect::Meaning)],
        since: "0.1.0",
        rationale: "Readers use the underlying type where a logical type is not valid: on another type than it is for, \
                    beside the type instead of in it, or a decimal whose scale exceeds its precision. So programs get a \
                    plain number or text today, and another class of values on the day when somebody corrects it.",
        remedy: "Put the logical type on the type that it is for, with attributes that are valid, or remove it.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#logical-types",
        example: Example {
            old: r#"{"type": "record", "name": "Event", "namespace": "shop", "fields": [{"name": "at", "type": {"type": "int", "logicalType": "timestamp-millis"}}]}"#,
            new: r#"{"type": "record", "name": "Event", "namespace": "shop", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("every reader gives the plain value, and tells nobody"),
    instead_of: Some("avro/logical_type"),
    look,
};

/// The logical types of the specification, and what they are for.
pub(super) const KNOWN: [(&str, &str); 14] = [
    ("big-decimal", "`bytes`"),
    ("date", "`int`"),
    ("decimal", "`bytes` or `fixed`, with a `precision` that fits and a `scale` of at most that"),
    ("duration", "a `fixed` of 12 bytes"),
    ("local-timestamp-micros", "`long`"),
    ("local-timestamp-millis", "`long`"),
    ("local-timestamp-nanos", "`long`"),
    ("time-micros", "`long`"),
    ("time-millis", "`int`"),
    ("timestamp-micros", "`long`"),
    ("timestamp-millis", "`long`"),
    ("timestamp-nanos", "`long`"),
    ("uuid", "`string` or a `fixed` of 16 bytes"),
    ("", "a name that is a text"),
];

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let mut owner = decl.full_name.to_string();
    let mut found = Vec::new();
    for part in decl.parts() {
        let (annotations, kind, why) = match part {
            Part::Field(field) => {
                owner = member(decl, &field.name);
                (&*field.meta.annotations, None, "it stands on the field, not in its type")
            }
            // What the reader took for a logical type is no annotation any more.
            Part::Type(ty) if ty.as_logical().is_none() => match ty.kind {
                TypeKind::Ref(_) => {
                    (ty.annotations(), None, "it stands on a name, whose type says itself what it means")
                }
                _ => (ty.annotations(), Some(&ty.kind), "it is not for this type"),
            },
            Part::Decl(decl) if decl.as_record().is_some() => (&*decl.meta.annotations, None, "it stands on a record"),
            Part::Decl(decl) if decl.as_enum().is_some() => (&*decl.meta.annotations, None, "it stands on an enum"),
            _ => continue,
        };
        let Some(annotation) = last(annotations, "logicalType") else { continue };
        let name = match &annotation.value {
            Literal::String(name) => &**name,
            _ => "",
        };
        let Some((_, base)) = KNOWN.iter().find(|(known, _)| *known == name) else { continue };
        let (annotation, why) = match kind {
            Some(TypeKind::Bytes | TypeKind::Fixed { .. }) if name == "decimal" => of_decimal(annotations, annotation),
            _ => (annotation, why),
        };
        let what = if name.is_empty() { "`logicalType`".to_owned() } else { format!("the logical type `{name}`") };
        let mut finding = Finding::new(&owner, format!("{what} of `{owner}` is ignored: {why}"));
        if name == "decimal"
            && let Some(written) = precision_misspelt(annotations)
        {
            finding = finding.help(format!("did you mean `precision` by `{written}`?"));
        }
        found.push(
            finding.new_site(annotation.node, "readers pass over it").note(format!("it is for {base}")).shape(name),
        );
    }
    found
}

/// What is wrong with a decimal that is none, though it stands on a type that it is for.
fn of_decimal<'a>(annotations: &'a [Annotation], name: &'a Annotation) -> (&'a Annotation, &'static str) {
    let Some(precision) = last(annotations, "precision") else { return (name, "it has no `precision`") };
    let digits = match precision.value {
        Literal::Int(digits) if digits > 0 => digits,
        _ => return (precision, "its precision is no positive integer"),
    };
    match last(annotations, "scale") {
        Some(scale) if !matches!(scale.value, Literal::Int(scale) if (0..=digits).contains(&scale)) => {
            (scale, "its scale is no integer from 0 to its precision")
        }
        _ => (precision, "its precision is more than the type holds"),
    }
}

/// The name of what may be meant for the precision where there is none.
fn precision_misspelt(annotations: &[Annotation]) -> Option<&str> {
    let mut names = annotations.iter().map(|annotation| &*annotation.path);
    if names.clone().any(|name| name == "precision") { None } else { names.find(|name| is_misspelt(name, "precision")) }
}

/// The last one counts, where a key stands twice.
fn last<'a>(annotations: &'a [Annotation], key: &str) -> Option<&'a Annotation> {
    annotations.iter().rfind(|annotation| &*annotation.path == key)
}
