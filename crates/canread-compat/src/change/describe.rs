//! A change in words, for the list of all changes.

use canread_model::{
    Annotation, DeclKind, EnumValue, Field, Format, Idempotency, Literal, Method, NodeId, Parameters, Presence, Record,
    RecordKind, Type, TypeKind, Utf8,
};

use super::resolution::sort as avro_sort;
use super::words::{counted, default_of, differing, short, streaming, type_name, type_names};
use super::{Change, FieldChange, FieldPair, MethodChange};
use crate::{
    DeclAt, Pair, Shape,
    finding::{field_symbol, method_symbol, value_symbol},
    is_local,
};

/// A change as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Description {
    /// What it is about, by full name.
    pub symbol: String,
    /// What happened to it; goes on after the symbol: `is gone`, `is now called ...`.
    pub what: String,
    /// Whether it came, went or stayed.
    pub fate: Fate,
    /// Where in the old version.
    pub old: Option<NodeId>,
    /// Where in the new version.
    pub new: Option<NodeId>,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there, and differs.
    Changed,
}

impl Description {
    fn new(symbol: impl Into<String>, what: impl Into<String>, old: Option<NodeId>, new: Option<NodeId>) -> Self {
        let fate = match (old, new) {
            (None, Some(_)) => Fate::Added,
            (Some(_), None) => Fate::Removed,
            _ => Fate::Changed,
        };
        Self { symbol: symbol.into(), what: what.into(), fate, old, new }
    }

    fn gone(symbol: impl Into<String>, what: impl Into<String>, old: NodeId) -> Self {
        Self::new(symbol, what, Some(old), None)
    }

    fn come(symbol: impl Into<String>, what: impl Into<String>, new: NodeId) -> Self {
        Self::new(symbol, what, None, Some(new))
    }

    fn both(symbol: impl Into<String>, what: impl Into<String>, nodes: Pair<NodeId>) -> Self {
        Self::new(symbol, what, Some(nodes.old), Some(nodes.new))
    }

    /// Of something that the old version has in a declaration.
    fn part(owner: Pair<DeclAt<'_>>, what: impl Into<String>, old: NodeId) -> Self {
        Self::both(owner.old.name(), what, Pair { old, new: owner.new.decl().node })
    }

    fn value(owner: DeclAt<'_>, value: Pair<&EnumValue>, what: impl Into<String>) -> Self {
        Self::both(value_symbol(owner, value.old), what, Pair { old: value.old.node, new: value.new.node })
    }

    fn pair(pair: Pair<DeclAt<'_>>, what: impl Into<String>) -> Self {
        let decls = pair.decls();
        Self::both(pair.old.name(), what, Pair { old: decls.old.node, new: decls.new.node })
    }
}

/// The word that its format has for a sort of declaration.
pub(crate) fn sort(decl: DeclAt<'_>) -> &'static str {
    match decl.decl().kind {
        DeclKind::Record(_) | DeclKind::Fixed(_) | DeclKind::Service(_) if decl.schema.format() == Format::Avro => {
            avro_sort(decl.decl())
        }
        DeclKind::Record(_) => "message",
        DeclKind::Union(_) => "union",
        DeclKind::Enum(_) => "enum",
        DeclKind::Alias(_) => "alias",
        DeclKind::Fixed(_) => "fixed type",
        DeclKind::Const(_) => "constant",
        DeclKind::Service(_) => "service",
        DeclKind::Extension(_) => "extension",
        DeclKind::Element(_) => "element",
        DeclKind::Group(_) => "group",
        _ => "declaration",
    }
}

impl Change<'_> {
    /// The change in words.
    #[must_use]
    pub fn describe(&self) -> Description {
        match self {
            Self::NamespaceRemoved { name, decls, .. } => {
                let what = format!("package is gone, with {}", counted(decls.len(), "declaration"));
                Description::new(*name, what, decls.first().map(|decl| decl.decl().node), None)
            }
            Self::NamespaceAdded { name, decls } => {
                let what = format!("package is new, with {}", counted(decls.len(), "declaration"));
                Description::new(*name, what, None, decls.first().map(|decl| decl.decl().node))
            }
            Self::NamespaceRenamed { name, decls } => {
                let declarations = counted(decls.len(), "declaration");
                let what = format!("package is now called `{}`, with {declarations}", name.new);
                let nodes = decls.first().map(|pair| pair.decls());
                Description::new(name.old, what, nodes.map(|pair| pair.old.node), nodes.map(|pair| pair.new.node))
            }
            Self::ExtendeeChanged(pair) => Description::pair(*pair, extendee(*pair)),
            Self::ExtensionRemoved { old, .. } | Self::DeclRemoved { old, .. } => decl_removed(*old),
            Self::ExtensionAdded { new, .. } | Self::DeclAdded { new } => decl_added(*new),
            Self::DeclRenamed(pair) => {
                Description::pair(*pair, format!("{} is now called `{}`", sort(pair.old), pair.new.name()))
            }
            Self::DeclMoved(pair) => {
                let modules = Pair { old: &pair.old.module().name, new: &pair.new.module().name };
                Description::pair(*pair, format!("{} moved from {} to {}", sort(pair.old), modules.old, modules.new))
            }
            Self::DeclKindChanged(pair) => {
                Description::pair(*pair, format!("was {} and is {}", article(sort(pair.old)), article(sort(pair.new))))
            }
            Self::RecordKindChanged(pair) => {
                let is_set = |record: &Record| record.kind == RecordKind::MessageSet;
                let is_set = pair.new.decl().as_record().is_some_and(is_set);
                Description::pair(*pair, either(is_set, "a plain message", "a message set"))
            }
            Self::VisibilityChanged(pair) => Description::pair(*pair, visibility(pair.new)),
            Self::NumbersUnreserved { owner, range, freed } => {
                Description::part(*owner, format!("no longer reserves {}", runs(freed)), range.node)
            }
            Self::NameUnreserved { owner, name } => {
                Description::part(*owner, format!("no longer reserves the name `{}`", name.name), name.node)
            }
            Self::ExtensionRangeShrunk { owner, range, lost } => {
                Description::part(*owner, format!("no longer has {} for extensions", runs(lost)), range.node)
            }
            Self::ExtensionDeclarationChanged { owner, number, old, new } => {
                let what = extension_declaration(*number, old, *new);
                let new = new.map_or(owner.new.decl().node, |declaration| declaration.node);
                Description::new(owner.old.name(), what, Some(old.node), Some(new))
            }
            Self::FieldAdded { owner, new } => field_added(owner.new, new),
            Self::FieldRemoved { owner, old } => field_removed(owner.old, old),
            Self::Field(fields, change) => field(fields, change),
            Self::OneofRenamed { owner, oneof } => {
                let what = format!("oneof is now called `{}`", oneof.new.name);
                let nodes = Pair { old: oneof.old.node, new: oneof.new.node };
                Description::both(crate::finding::member(owner.old, &oneof.old.name), what, nodes)
            }
            Self::EnumValueAdded { owner, new } => value_added(owner.new, new),
            Self::EnumValueRemoved { owner, old } => value_removed(owner.old, old),
            Self::EnumValueRenamed { owner, value } => {
                Description::value(owner.old, *value, format!("value is now called `{}`", value.new.name))
            }
            Self::EnumValueRenumbered { owner, value } => {
                let number = |value: &EnumValue| value.number.unwrap_or_default();
                let what = format!("number was {} and is {}", number(value.old), number(value.new));
                Description::value(owner.old, *value, what)
            }
            Self::EnumOpennessChanged(pair) => {
                let is_open = pair.new.decl().as_enum().is_some_and(|declared| declared.is_open);
                Description::pair(*pair, format!("enum {}", either(is_open, "closed", "open")))
            }
            Self::EnumDefaultChanged { owner, value } => {
                let what = format!("default was `{}` and is `{}`", value.old.name, value.new.name);
                Description::both(owner.old.name(), what, Pair { old: value.old.node, new: value.new.node })
            }
            Self::MethodAdded { owner, new } => method_added(owner.new, new),
            Self::MethodRemoved { owner, old } => method_removed(owner.old, old),
            Self::Method { owner, method: pair, change } => {
                let nodes = Pair { old: pair.old.node, new: pair.new.node };
                Description::both(method_symbol(owner.old, pair.old), method(*owner, *pair, change), nodes)
            }
            // Such a difference names a place in both versions, also where it is in one.
            Self::Resolution(one) => Description {
                fate: one.met.fate(),
                ..Description::new(one.symbol.as_str(), one.what(), one.nodes.old, one.nodes.new)
            },
            Self::Returned(one) => {
                let what = format!("is another one than it was until {}, and was gone in {}", one.last, one.gone);
                Description::both(one.what.symbols().new, what, one.what.nodes())
            }
            Self::PublicImportRemoved { modules, import, .. } => {
                let what = format!("no longer imports `{}` publicly", import.target);
                Description::both(&*modules.new.name, what, Pair { old: import.node, new: modules.new.node })
            }
            Self::OptionChanged { holder, path, old, new, nodes } => {
                let what = option(path, Pair { old: old.as_deref(), new: new.as_deref() });
                let place = holder.place();
                Description::new(holder.symbol(), what, nodes.old.or(place.old), nodes.new.or(place.new))
            }
        }
    }
}

fn decl_removed(old: DeclAt<'_>) -> Description {
    Description::gone(old.name(), format!("{} is gone{}", sort(old), extension(old)), old.decl().node)
}

fn decl_added(new: DeclAt<'_>) -> Description {
    Description::come(new.name(), format!("{} is new{}", sort(new), extension(new)), new.decl().node)
}

fn field_added(owner: DeclAt<'_>, new: &Field) -> Description {
    let what = format!("field is new: {}", field_words(owner, new));
    Description::come(field_symbol(owner, new), what, new.node)
}

fn field_removed(owner: DeclAt<'_>, old: &Field) -> Description {
    let what = format!("field is gone: {}", field_words(owner, old));
    Description::gone(field_symbol(owner, old), what, old.node)
}

fn value_added(owner: DeclAt<'_>, new: &EnumValue) -> Description {
    let what = format!("value is new, with number {}", new.number.unwrap_or_default());
    Description::come(value_symbol(owner, new), what, new.node)
}

fn value_removed(owner: DeclAt<'_>, old: &EnumValue) -> Description {
    let what = format!("value is gone, with number {}", old.number.unwrap_or_default());
    Description::gone(value_symbol(owner, old), what, old.node)
}

fn method_added(owner: DeclAt<'_>, new: &Method) -> Description {
    let what = format!("method is new: {}", method_words(owner, new));
    Description::come(method_symbol(owner, new), what, new.node)
}

fn method_removed(owner: DeclAt<'_>, old: &Method) -> Description {
    let what = format!("method is gone: {}", method_words(owner, old));
    Description::gone(method_symbol(owner, old), what, old.node)
}

fn visibility(new: DeclAt<'_>) -> &'static str {
    if is_local(new) {
        "was for every file and is only for its own"
    } else {
        "was only for its own file and is for every file"
    }
}

fn extendee(pair: Pair<DeclAt<'_>>) -> String {
    match (pair.old.decl().as_extension(), pair.new.decl().as_extension()) {
        (Some(old), Some(new)) => {
            let names = type_names((pair.old.schema, &old.extendee), (pair.new.schema, &new.extendee));
            format!("extended {} and extends {}", names.old, names.new)
        }
        _ => "extended another message".into(),
    }
}

fn extension_declaration(number: i64, was: &Annotation, is: Option<&Annotation>) -> String {
    match is {
        Some(is) => {
            let (old, new) = differing(&was.value, &is.value);
            format!("declared extension {number} as {old} and declares it as {new}")
        }
        None => format!("no longer declares extension {number}, which was {}", short(&was.value)),
    }
}

fn method(owner: Pair<DeclAt<'_>>, method: Pair<&Method>, change: &MethodChange) -> String {
    match change {
        MethodChange::Request(_) => {
            let (old, new) = names(owner, method, taken, request);
            format!("took {old} and takes {new}")
        }
        MethodChange::Response(_) => {
            let (old, new) = names(owner, method, |method| method.returns.as_ref(), response);
            format!("returned {old} and returns {new}")
        }
        MethodChange::Streaming => format!("was {} and is {}", streaming(method.old), streaming(method.new)),
        MethodChange::Idempotency => format!(
            "idempotency level was {} and is {}",
            idempotency(method.old.idempotency),
            idempotency(method.new.idempotency)
        ),
    }
}

fn option(path: &str, values: Pair<Option<&Literal>>) -> String {
    match (values.old, values.new) {
        (Some(old), Some(new)) => {
            let (old, new) = differing(old, new);
            format!("option `{path}` was {old} and is {new}")
        }
        (Some(old), None) => format!("option `{path}` is gone: it was {}", short(old)),
        (None, Some(new)) => format!("option `{path}` is new: {}", short(new)),
        (None, None) => format!("option `{path}` is as it was"),
    }
}

fn field(fields: &FieldPair<'_>, change: &FieldChange) -> Description {
    let FieldPair { owner, old, new } = fields;
    let what = match change {
        FieldChange::Number => {
            let number = |field: &Field| field.number.map_or(0, |number| number.value);
            format!("number was {} and is {}", number(old), number(new))
        }
        FieldChange::Place if fields.is_extension().new => format!("field is the extension `{}` now", owner.new.name()),
        FieldChange::Place => format!("extension is the field `{}` now", new.name),
        FieldChange::Name => format!("field is now called `{}`", new.name),
        FieldChange::JsonName => format!(
            "name in JSON was `{}` and is `{}`",
            crate::json_name(owner.old, old),
            crate::json_name(owner.new, new)
        ),
        FieldChange::Type | FieldChange::Target(_) | FieldChange::Cardinality => {
            let names = type_names((owner.old.schema, &old.ty), (owner.new.schema, &new.ty));
            format!("type was {} and is {}", names.old, names.new)
        }
        FieldChange::Presence => format!("presence was {} and is {}", presence(old.presence), presence(new.presence)),
        FieldChange::Default => format!(
            "default value was {} and is {}",
            default_of(owner.old.schema, old),
            default_of(owner.new.schema, new)
        ),
        FieldChange::Oneof => format!("was in {} and is in {}", oneof(owner.old, old), oneof(owner.new, new)),
        FieldChange::Delimited => either(new.delimited, "behind its length", "between tags"),
        FieldChange::Utf8 => either(is_checked(new), "text of any bytes", "text that must be UTF-8"),
        FieldChange::Packed => either(Shape::of(&new.ty).packed, "expanded", "packed"),
    };
    let is_about_type = matches!(change, FieldChange::Type | FieldChange::Target(_) | FieldChange::Cardinality);
    let node = |field: &Field| if is_about_type { field.ty.node } else { field.node };
    Description::new(field_symbol(owner.old, old), what, Some(node(old)), Some(node(new)))
}

/// `was one and is two`, if it is the second now; the reverse otherwise.
fn either(is_second: bool, first: &str, second: &str) -> String {
    let (old, new) = if is_second { (first, second) } else { (second, first) };
    format!("was {old} and is {new}")
}

/// Whether text must be UTF-8, in the value or the key of a map.
fn is_checked(field: &Field) -> bool {
    let shape = Shape::of(&field.ty);
    let mut types = shape.key.into_iter().chain([shape.element]);
    types.any(|ty| matches!(ty.kind, TypeKind::String(Utf8::Verified)))
}

/// The oneof of a field.
fn oneof(owner: DeclAt<'_>, field: &Field) -> String {
    let oneofs = owner.decl().as_record().map_or(&[][..], |record| &record.oneofs);
    let own = field.oneof.and_then(|at| oneofs.get(at as usize));
    own.map_or_else(|| "no oneof".into(), |own| format!("oneof `{}`", own.name))
}

/// Type and number of a field.
fn field_words(owner: DeclAt<'_>, field: &Field) -> String {
    let number = field.number.map_or(0, |number| number.value);
    format!("{}, number {number}", type_name(owner.schema, &field.ty))
}

/// What an extension is, behind a colon; nothing of other declarations.
fn extension(decl: DeclAt<'_>) -> String {
    let extension = decl.decl().as_extension();
    extension.map_or_else(String::new, |own| {
        format!(": {} of {}", field_words(decl, &own.field), type_name(decl.schema, &own.extendee))
    })
}

fn method_words(owner: DeclAt<'_>, method: &Method) -> String {
    format!("takes {}, returns {}, {}", request(owner, method), response(owner, method), streaming(method))
}

fn request(owner: DeclAt<'_>, method: &Method) -> String {
    match &method.parameters {
        Parameters::Message(ty) => type_name(owner.schema, ty),
        _ => "a list of parameters".into(),
    }
}

fn response(owner: DeclAt<'_>, method: &Method) -> String {
    method.returns.as_ref().map_or_else(|| "nothing".into(), |ty| type_name(owner.schema, ty))
}

/// The message of a method in both versions, in words that tell the two apart.
fn names(
    owner: Pair<DeclAt<'_>>,
    method: Pair<&Method>,
    message: impl Fn(&Method) -> Option<&Type>,
    otherwise: impl Fn(DeclAt<'_>, &Method) -> String,
) -> (String, String) {
    match (message(method.old), message(method.new)) {
        (Some(old), Some(new)) => {
            let names = type_names((owner.old.schema, old), (owner.new.schema, new));
            (names.old, names.new)
        }
        _ => (otherwise(owner.old, method.old), otherwise(owner.new, method.new)),
    }
}

/// The message that a method takes.
fn taken(method: &Method) -> Option<&Type> {
    match &method.parameters {
        Parameters::Message(ty) => Some(ty),
        _ => None,
    }
}

fn idempotency(level: Idempotency) -> &'static str {
    match level {
        Idempotency::NoSideEffects => "without side effects",
        Idempotency::Idempotent => "idempotent",
        _ => "unknown",
    }
}

/// `a message`, `an enum`.
fn article(noun: &str) -> String {
    format!("{} {noun}", if noun.starts_with(['a', 'e']) { "an" } else { "a" })
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Explicit => "explicit",
        Presence::Implicit => "implicit",
        _ => "default",
    }
}

/// Inclusive runs of numbers: `4, 7 to 9`.
pub(crate) fn runs(runs: &[(i64, i64)]) -> String {
    let run = |(start, end): &(i64, i64)| if start == end { start.to_string() } else { format!("{start} to {end}") };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
