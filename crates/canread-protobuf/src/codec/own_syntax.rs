//! How the language says what the schema of a Rust type is: its syntax, features, and imports.

use std::collections::BTreeSet;

use canread_model::{
    Annotation, DeclId, DeclKind, Dialect, Docs, Field, Format, Import, ImportKind, Literal, ModuleId, Presence,
    Schema, Type, TypeKind,
};

/// Files that are known by their names, and are said elsewhere.
pub(super) fn is_well_known(file: &str) -> bool {
    file.starts_with("google/protobuf/") || file.starts_with("google/type/")
}

/// The syntax of all files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Proto3,
    /// Edition 2023, in which fields have no presence unless they say so.
    Implicit,
    /// The same, in which fields have presence unless they say so.
    Explicit,
}

/// Adds it to the schema.
///
/// Source: Protobuf, "Feature Settings for Editions": edition 2023 has explicit presence, open enums and packed lists where nothing
/// else is said, and proto3 implicit presence.
pub(super) fn say(schema: &mut Schema) {
    let syntax = syntax(schema);
    if syntax != Syntax::Proto3 {
        let own: Vec<ModuleId> =
            schema.modules().filter(|(_, module)| !is_well_known(&module.name)).map(|(id, _)| id).collect();
        for module in own {
            let implicit = feature(schema, "features.field_presence", "IMPLICIT");
            let module = schema.module_mut(module);
            module.dialect = Dialect::Edition(2023);
            module.meta.annotations.extend((syntax == Syntax::Implicit).then_some(implicit));
        }
    }
    let decls: Vec<(DeclId, ModuleId)> = schema.decls().map(|(id, decl)| (id, decl.module)).collect();
    for (id, module) in decls {
        // What is known by its name is as its own file has it, in proto3.
        if !is_well_known(&schema.module(module).name) {
            match syntax {
                Syntax::Proto3 => say_defaults(schema, id),
                _ => say_closed(schema, id),
            }
            say_of_fields(schema, id, syntax);
        }
        import(schema, id);
    }
}

fn syntax(schema: &Schema) -> Syntax {
    let is_closed = |ty: &Type| {
        ty.target().is_some_and(|id| matches!(&schema.decl(id).kind, DeclKind::Enum(declared) if !declared.is_open))
    };
    let all = || schema.decls().filter_map(|(_, decl)| decl.as_record()).flat_map(|record| &record.fields);
    let has_closed =
        schema.decls().any(|(_, decl)| matches!(&decl.kind, DeclKind::Enum(declared) if !declared.is_open));
    if !has_closed && !all().any(|field| field.delimited) {
        return Syntax::Proto3;
    }
    // The values of a map are fields that nobody can say anything of, and one of a closed enum has presence.
    if all().any(|field| matches!(&field.ty.kind, TypeKind::Map(map) if is_closed(&map.value))) {
        return Syntax::Explicit;
    }
    Syntax::Implicit
}

fn feature(schema: &mut Schema, path: &str, value: &str) -> Annotation {
    option(schema, path, Literal::Symbol(value.into()))
}

fn option(schema: &mut Schema, path: &str, value: Literal) -> Annotation {
    Annotation { node: schema.node(), origin: Format::Protobuf, path: path.into(), value }
}

fn say_closed(schema: &mut Schema, id: DeclId) {
    if matches!(&schema.decl(id).kind, DeclKind::Enum(declared) if !declared.is_open) {
        let closed = feature(schema, "features.enum_type", "CLOSED");
        schema.decl_mut(id).meta.annotations.push(closed);
    }
}

/// proto3 has no defaults: what a field is without a value is a comment.
///
/// Source: Protobuf, "Language Guide (proto 3)", "Default Field Values".
fn say_defaults(schema: &mut Schema, id: DeclId) {
    let DeclKind::Record(record) = &mut schema.decl_mut(id).kind else { return };
    for field in &mut record.fields {
        let words = field.default_value().and_then(words);
        if let Some(words) = words {
            let leading = format!(" {words} if it is not there.");
            field.meta.docs = Some(Box::new(Docs { leading: Some(leading.into()), ..Docs::default() }));
        }
        field.preset = None;
    }
}

/// A default in a line of text.
fn words(default: &Literal) -> Option<String> {
    Some(match default {
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(text) => format!("{text:?}"),
        Literal::Bytes(bytes) => format!("\"{}\"", bytes.escape_ascii()),
        Literal::Symbol(name) => name.to_string(),
        _ => return None,
    })
}

fn say_of_fields(schema: &mut Schema, id: DeclId, syntax: Syntax) {
    let Some(record) = schema.decl(id).as_record() else { return };
    let said: Vec<Vec<(&str, Literal)>> = record.fields.iter().map(|field| options(schema, field, syntax)).collect();
    for (at, options) in said.into_iter().enumerate() {
        for (path, value) in options {
            let option = option(schema, path, value);
            if let DeclKind::Record(record) = &mut schema.decl_mut(id).kind
                && let Some(field) = record.fields.get_mut(at)
            {
                field.meta.annotations.push(option);
            }
        }
    }
}

/// What a field says of itself.
fn options(schema: &Schema, field: &Field, syntax: Syntax) -> Vec<(&'static str, Literal)> {
    let mut options = Vec::new();
    let symbol = |value: &str| Literal::Symbol(value.into());
    let is_plain = |ty: &Type| match &ty.kind {
        TypeKind::List(_) | TypeKind::Map(_) => false,
        TypeKind::Ref(id) => schema.decl(*id).as_record().is_none(),
        _ => true,
    };
    if field.oneof.is_none() && is_plain(&field.ty) {
        match (syntax, field.presence) {
            (Syntax::Implicit, Presence::Explicit) => options.push(("features.field_presence", symbol("EXPLICIT"))),
            (Syntax::Explicit, Presence::Implicit) => options.push(("features.field_presence", symbol("IMPLICIT"))),
            // proto3 has the word `optional`.
            _ => {}
        }
    }
    if let TypeKind::List(list) = &field.ty.kind
        && !list.packed
        && is_plain(&list.item)
        && !matches!(list.item.kind, TypeKind::String(_) | TypeKind::Bytes)
    {
        options.push(match syntax {
            Syntax::Proto3 => ("packed", Literal::Bool(false)),
            _ => ("features.repeated_field_encoding", symbol("EXPANDED")),
        });
    }
    if field.delimited {
        options.push(("features.message_encoding", symbol("DELIMITED")));
    }
    options
}

/// The file of a declaration imports the files of what it names.
fn import(schema: &mut Schema, id: DeclId) {
    let decl = schema.decl(id);
    let own = decl.module;
    let Some(record) = decl.as_record() else { return };
    let target = |ty: &Type| match &ty.kind {
        TypeKind::List(list) => list.item.target(),
        TypeKind::Map(map) => map.value.target(),
        _ => ty.target(),
    };
    let named: BTreeSet<ModuleId> =
        record.fields.iter().filter_map(|field| Some(schema.decl(target(&field.ty)?).module)).collect();
    for module in named.into_iter().filter(|module| *module != own) {
        let file = schema.module(module).name.clone();
        if schema.module(own).imports.iter().all(|import| import.target != file) {
            let node = schema.node();
            let import = Import { node, target: file, module: Some(module), alias: None, kind: ImportKind::Plain };
            schema.module_mut(own).imports.push(import);
        }
    }
}
