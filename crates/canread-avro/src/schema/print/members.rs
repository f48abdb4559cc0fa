//! The members of each kind of object, in the order in which people write them.

use canread_model::{
    Annotation, Decl, DeclId, DeclKind, Field, Literal, LogicalKind, Meta, Method, Parameters, RecordKind, SortOrder,
    Type,
};

/// Something that is to be written.
#[derive(Debug)]
pub(super) enum Step<'s> {
    /// A bracket that opens an array or object.
    Open(char),
    /// A bracket that closes one.
    Close(char),
    Key(&'s str),
    Text(&'s str),
    Number(u32),
    True,
    /// A value, and the type that it is of where that is known.
    Literal(&'s Literal, Option<&'s Type>),
    /// From here on, names without dots are in this namespace.
    Namespace(&'s str),
    Type(&'s Type),
    Declaration(DeclId),
    Declarations(Vec<DeclId>),
    Field(&'s Field),
    Protocol(DeclId),
    Method(&'s Method),
}

type Steps<'s> = Vec<Step<'s>>;

/// What a declaration is called behind `type`.
pub(super) fn kind(decl: &Decl) -> &'static str {
    match &decl.kind {
        DeclKind::Record(record) if record.kind == RecordKind::Error => "error",
        DeclKind::Enum(_) => "enum",
        DeclKind::Fixed(_) => "fixed",
        _ => "record",
    }
}

/// What a declaration says behind its name.
pub(super) fn declaration<'s>(decl: &'s Decl, next: &mut Steps<'s>) {
    doc(&decl.meta, next);
    texts("aliases", &decl.aliases, next);
    match &decl.kind {
        DeclKind::Record(record) => {
            annotations(&decl.meta.annotations, next);
            next.extend([Step::Key("fields"), Step::Open('[')]);
            next.extend(record.fields.iter().map(Step::Field));
            next.push(Step::Close(']'));
        }
        DeclKind::Enum(declared) => {
            annotations(&decl.meta.annotations, next);
            next.extend([Step::Key("symbols"), Step::Open('[')]);
            next.extend(declared.values.iter().map(|value| Step::Text(&value.name)));
            next.push(Step::Close(']'));
            if let Some(default) = declared.default.and_then(|at| declared.values.get(at as usize)) {
                next.extend([Step::Key("default"), Step::Text(&default.name)]);
            }
        }
        DeclKind::Fixed(fixed) => {
            next.extend([Step::Key("size"), Step::Number(fixed.size)]);
            annotations(&decl.meta.annotations, next);
            properties_of_type(&fixed.ty, next);
        }
        _ => {}
    }
}

/// An array or map.
pub(super) fn holder<'s>(kind: &'static str, key: &'static str, held: &'s Type, ty: &'s Type, next: &mut Steps<'s>) {
    next.extend([Step::Open('{'), Step::Key("type"), Step::Text(kind), Step::Key(key), Step::Type(held)]);
    properties_of_type(ty, next);
    next.push(Step::Close('}'));
}

/// The logical type of a type, and its annotations.
pub(super) fn properties_of_type<'s>(ty: &'s Type, next: &mut Steps<'s>) {
    if let Some(logical) = ty.as_logical() {
        next.extend([Step::Key("logicalType"), Step::Text(&logical.name)]);
        if let LogicalKind::Decimal { precision, scale } = logical.kind {
            next.extend([Step::Key("precision"), Step::Number(precision)]);
            if scale != 0 {
                next.extend([Step::Key("scale"), Step::Number(scale.unsigned_abs())]);
            }
        }
    }
    annotations(ty.annotations(), next);
}

pub(super) fn annotations<'s>(annotations: &'s [Annotation], next: &mut Steps<'s>) {
    for annotation in annotations {
        next.extend([Step::Key(&annotation.path), Step::Literal(&annotation.value, None)]);
    }
}

pub(super) fn doc<'s>(meta: &'s Meta, next: &mut Steps<'s>) {
    if let Some(text) = meta.docs.as_ref().and_then(|docs| docs.leading.as_deref()) {
        next.extend([Step::Key("doc"), Step::Text(text)]);
    }
}

fn texts<'s>(key: &'static str, texts: &'s [Box<str>], next: &mut Steps<'s>) {
    if !texts.is_empty() {
        next.extend([Step::Key(key), Step::Open('[')]);
        next.extend(texts.iter().map(|text| Step::Text(text)));
        next.push(Step::Close(']'));
    }
}

pub(super) fn field<'s>(field: &'s Field, next: &mut Steps<'s>) {
    next.extend([
        Step::Open('{'),
        Step::Key("name"),
        Step::Text(&field.name),
        Step::Key("type"),
        Step::Type(&field.ty),
    ]);
    doc(&field.meta, next);
    if let Some(default) = field.default_value() {
        next.extend([Step::Key("default"), Step::Literal(default, Some(&field.ty))]);
    }
    let order = match field.sort_order {
        SortOrder::Descending => Some("descending"),
        SortOrder::Ignore => Some("ignore"),
        _ => None,
    };
    if let Some(order) = order {
        next.extend([Step::Key("order"), Step::Text(order)]);
    }
    texts("aliases", &field.aliases, next);
    annotations(&field.meta.annotations, next);
    next.push(Step::Close('}'));
}

pub(super) fn method<'s>(method: &'s Method, next: &mut Steps<'s>) {
    next.push(Step::Open('{'));
    doc(&method.meta, next);
    next.extend([Step::Key("request"), Step::Open('[')]);
    if let Parameters::Fields(fields) = &method.parameters {
        next.extend(fields.iter().map(Step::Field));
    }
    next.push(Step::Close(']'));
    next.push(Step::Key("response"));
    next.push(method.returns.as_ref().map_or(Step::Text("null"), Step::Type));
    if !method.throws.is_empty() {
        next.extend([Step::Key("errors"), Step::Open('[')]);
        next.extend(method.throws.iter().map(|error| Step::Type(&error.ty)));
        next.push(Step::Close(']'));
    }
    if method.is_oneway {
        next.extend([Step::Key("one-way"), Step::True]);
    }
    annotations(&method.meta.annotations, next);
    next.push(Step::Close('}'));
}
