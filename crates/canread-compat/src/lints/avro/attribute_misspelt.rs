//! An attribute, or a logical type, that is spelt nearly as one that readers know.

use canread_model::{Annotation, Decl, Field, Literal, Logical, LogicalKind, Method, Part};

use super::logical_type_ignored::KNOWN;
use crate::{Surface, Surface::Rpc, lints::prelude::*};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/attribute_misspelt",
        title: "attribute that is misspelt",
        formats: &[Format::Avro],
        claims: &[
            Claim::on(Wire, Backward, Effect::Meaning),
            Claim::on(Wire, Backward, Effect::Error),
            Claim::on(Wire, Backward, Effect::Reinterpreted),
            Claim::on(Wire, Forward, Effect::Meaning),
            Claim::on(Wire, Forward, Effect::Error),
            Claim::on(Wire, Forward, Effect::Reinterpreted),
            Claim::on(Rpc, Backward, Effect::Meaning),
            Claim::on(Rpc, Backward, Effect::Error),
            Claim::on(Rpc, Forward, Effect::Meaning),
            Claim::on(Rpc, Forward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "An attribute that readers do not know is a property of yours, and nobody says that it is not the one that \
                    was meant: a field with `defualt` has no default, and new readers refuse the data from before it; a \
                    decimal with `scael` has the scale 0, and its numbers are a hundred times as large. A logical type that \
                    nobody knows is the plain value. A message of a protocol with `one_way` is answered like any other, and \
                    one with `Errors` declares none. This speaks of names one or two letters off, where the attribute \
                    itself is not given.",
        remedy: "Correct the name, or give a property of yours one that is less alike.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-declaration",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "age", "type": "int", "defualt": 0}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "age", "type": "int", "default": 0}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("neither fastavro nor Avro's Java library looks at it, nor says so"),
    instead_of: None,
    look,
};

/// An attribute that may be meant.
#[derive(Clone, Copy)]
struct Attribute {
    name: &'static str,
    /// Where it is felt that there is none.
    surface: Surface,
    /// What it does to data that there is none.
    effect: Effect,
    /// Whether it can have a value.
    fits: fn(&Literal) -> bool,
}

const DEFAULT: Attribute = Attribute { name: "default", surface: Wire, effect: Effect::Error, fits: |_| true };
const SYMBOL: Attribute = Attribute { fits: is_text, ..DEFAULT };
const ALIASES: Attribute = Attribute { name: "aliases", fits: is_texts, ..DEFAULT };
const NAMESPACE: Attribute = Attribute { name: "namespace", surface: Wire, effect: Effect::Meaning, fits: is_text };
const LOGICAL_TYPE: Attribute = Attribute { name: "logicalType", ..NAMESPACE };
const SCALE: Attribute = Attribute { name: "scale", effect: Effect::Reinterpreted, fits: is_integer, ..NAMESPACE };
const MESSAGES: Attribute = Attribute { name: "messages", surface: Rpc, effect: Effect::Error, fits: is_object };
const ONE_WAY: Attribute = Attribute { name: "one-way", surface: Rpc, effect: Effect::Meaning, fits: is_true };
const ERRORS: Attribute = Attribute { name: "errors", fits: is_list, ..ONE_WAY };

fn is_text(value: &Literal) -> bool {
    matches!(value, Literal::String(_))
}

fn is_texts(value: &Literal) -> bool {
    matches!(value, Literal::List(items) if items.iter().all(is_text))
}

fn is_list(value: &Literal) -> bool {
    matches!(value, Literal::List(_))
}

fn is_object(value: &Literal) -> bool {
    matches!(value, Literal::Map(_))
}

fn is_true(value: &Literal) -> bool {
    matches!(value, Literal::Bool(true))
}

fn is_integer(value: &Literal) -> bool {
    matches!(value, Literal::Int(_))
}

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let mut owner = decl.full_name.to_string();
    // What fields are part of: the type, or a message of a protocol, whose parameters they are.
    let mut holder = owner.clone();
    let mut answer = None;
    let mut found = Vec::new();
    for part in decl.parts() {
        let (annotations, missing) = match part {
            Part::Method(method) => {
                holder = member(decl, &method.name);
                owner.clone_from(&holder);
                answer = method.returns.as_ref().map(|ty| ty.node);
                (&*method.meta.annotations, of_message(method))
            }
            Part::Field(field) => {
                owner = format!("{holder}.{}", field.name);
                (&*field.meta.annotations, of_field(field))
            }
            Part::Decl(decl) => (&*decl.meta.annotations, of_decl(decl)),
            Part::Type(ty) => {
                if answer == Some(ty.node) {
                    owner.clone_from(&holder);
                }
                found.extend(logical_type(&owner, ty));
                // The attributes of a fixed are those of its type.
                let named = if matches!(decl.kind, DeclKind::Fixed(_)) { of_decl(decl) } else { Vec::new() };
                (ty.annotations(), [named, of_type(ty)].concat())
            }
            _ => continue,
        };
        found.extend(annotations.iter().filter_map(|annotation| misspelt(&owner, annotation, &missing)));
    }
    found
}

/// What a field does not say.
fn of_field(field: &Field) -> Vec<Attribute> {
    absent([(DEFAULT, field.default_value().is_none()), (ALIASES, field.aliases.is_empty())])
}

/// What a message of a protocol does not say.
fn of_message(method: &Method) -> Vec<Attribute> {
    absent([(ONE_WAY, !method.is_oneway), (ERRORS, method.throws.is_empty())])
}

/// What a named type or a protocol does not say.
fn of_decl(decl: &Decl) -> Vec<Attribute> {
    if let Some(service) = decl.as_service() {
        return absent([(NAMESPACE, true), (MESSAGES, service.methods.is_empty())]);
    }
    let is_enum = decl.as_enum().is_some();
    let is_named = is_enum || decl.as_record().is_some() || matches!(decl.kind, DeclKind::Fixed(_));
    let has_no_default = decl.as_enum().is_some_and(|declared| declared.default.is_none());
    absent([(SYMBOL, has_no_default), (ALIASES, is_named && decl.aliases.is_empty()), (NAMESPACE, is_named)])
}

/// What a type does not say: that it is a logical one, or of which scale. Where a precision is missing, there is no
/// decimal, of which [`super::logical_type_ignored`] speaks.
fn of_type(ty: &Type) -> Vec<Attribute> {
    let has_name = ty.annotations().iter().any(|annotation| &*annotation.path == LOGICAL_TYPE.name);
    let has_no_scale = matches!(ty.as_logical(), Some(Logical { kind: LogicalKind::Decimal { scale: 0, .. }, .. }));
    absent([(SCALE, has_no_scale), (LOGICAL_TYPE, ty.as_logical().is_none() && !has_name)])
}

fn absent<const N: usize>(attributes: [(Attribute, bool); N]) -> Vec<Attribute> {
    attributes.into_iter().filter(|(_, is_absent)| *is_absent).map(|(attribute, _)| attribute).collect()
}

/// An attribute that is meant for one of those that are missing.
fn misspelt(owner: &str, annotation: &Annotation, missing: &[Attribute]) -> Option<Finding> {
    let is_meant =
        |attribute: &&Attribute| (attribute.fits)(&annotation.value) && is_misspelt(&annotation.path, attribute.name);
    let meant = missing.iter().find(is_meant)?;
    let message = format!("`{owner}` has `{}`, which readers do not know", annotation.path);
    Some(
        finding(owner, message, meant.name, (meant.surface, meant.effect))
            .new_site(annotation.node, "readers pass over it")
            .shape(&*annotation.path),
    )
}

/// A logical type that is meant for a known one.
fn logical_type(owner: &str, ty: &Type) -> Option<Finding> {
    let Logical { kind: LogicalKind::Unknown, name } = ty.as_logical()? else { return None };
    let (known, _) = KNOWN.iter().find(|(known, _)| is_misspelt(name, known))?;
    let message = format!("`{owner}` has the logical type `{name}`, which readers do not know");
    Some(
        finding(owner, message, known, (Wire, Effect::Meaning))
            .new_site(ty.node, "readers give the plain value")
            .shape(&**name),
    )
}

fn finding(owner: &str, message: String, known: &str, (surface, effect): (Surface, Effect)) -> Finding {
    Finding::new(owner, message)
        .help(format!("did you mean `{known}`?"))
        .claims([Backward, Forward].map(|direction| Claim::on(surface, direction, effect)))
}

/// Whether a name is another one in other letters or with other marks between words, or a slip away from it.
pub(super) fn is_misspelt(name: &str, known: &str) -> bool {
    if known.is_empty() || name == known || name.len().abs_diff(known.len()) > 2 {
        return false;
    }
    bare(name) == bare(known) || is_slip(name, known)
}

/// The letters and digits alone.
fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether a name is another one with a letter or two that are wrong, missing or too many, or with letters swapped.
fn is_slip(name: &str, known: &str) -> bool {
    // Of a short word, one or two other letters make another word, as two more letters do of any: `rescale`, `nodefault`.
    let slips_max = match known.len() {
        0..5 => return false,
        5..7 => 1,
        _ if name.contains(known) => 1,
        _ => 2,
    };
    let slips = strsim::levenshtein(name, known);
    slips <= slips_max || (slips == 2 && sorted(name) == sorted(known))
}

fn sorted(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}
