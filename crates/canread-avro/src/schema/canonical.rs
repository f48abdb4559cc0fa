//! Parsing Canonical Form: the text that two schemas share if no data tells them apart.
//!
//! Source: Avro 1.12, "Transforming into Parsing Canonical Form".

use canread_model::{DeclId, DeclKind, Schema, Type, TypeKind};
use rustc_hash::FxHashSet;

use super::kind_name;
use super::print::JsonText;

/// The Parsing Canonical Form of a type.
///
/// Names are full; a named type is declared where it comes first. All but what data depends on is left out: logical
/// types, defaults, aliases, documentation and properties.
///
/// ```
/// use canread::avro::schema::{LinkOptions, canonical_form, print, read};
/// use canread::schema::Sources;
///
/// let mut sources = Sources::default();
/// let text = br#"{"type": "fixed", "namespace": "a", "name": "Md5", "doc": "a hash", "size": 16}"#;
/// let file = sources.add("md5.avsc", "worktree", text.to_vec());
/// let schema = read(&[("md5.avsc", file)], &sources, &LinkOptions::default()).schema;
///
/// let (module, _) = schema.modules().next().expect("there is one file");
/// let root = print::root(&schema, module).expect("the file is a schema");
/// assert_eq!(canonical_form(&schema, root), r#"{"name":"a.Md5","type":"fixed","size":16}"#);
/// ```
#[must_use]
pub fn canonical_form(schema: &Schema, ty: &Type) -> String {
    write(schema, Step::Type(ty))
}

/// As [`canonical_form`], of a named type.
#[must_use]
pub fn canonical_form_of(schema: &Schema, declared: DeclId) -> String {
    write(schema, Step::Reference(declared))
}

enum Step<'s> {
    Open(char),
    Close(char),
    Key(&'static str),
    Text(&'s str),
    Number(u32),
    Type(&'s Type),
    Reference(DeclId),
}

/// Keeps a stack of its own: named types lead to one another without end.
fn write<'s>(schema: &'s Schema, first: Step<'s>) -> String {
    let mut text = JsonText::compact();
    let mut declared: FxHashSet<&str> = FxHashSet::default();
    let mut stack = vec![first];
    let mut next = Vec::new();
    while let Some(step) = stack.pop() {
        match step {
            Step::Open(bracket) => text.open(bracket),
            Step::Close(bracket) => text.close(bracket),
            Step::Key(key) => text.key(key),
            Step::Text(value) => text.string(value),
            Step::Number(number) => text.raw(&number.to_string()),
            Step::Type(ty) => steps_of_type(ty, &mut next),
            Step::Reference(id) => {
                let decl = schema.decl(id);
                if decl.name.is_some() && !declared.insert(&decl.full_name) {
                    text.string(&decl.full_name);
                } else {
                    steps_of_decl(&decl.full_name, &decl.kind, &mut next);
                }
            }
        }
        stack.extend(next.drain(..).rev());
    }
    text.finish()
}

fn steps_of_type<'s>(ty: &'s Type, next: &mut Vec<Step<'s>>) {
    match &ty.kind {
        TypeKind::Nullable(inner) => {
            next.push(Step::Open('['));
            let arms = [Step::Text("null"), Step::Type(inner)];
            if ty.is_null_last() {
                next.extend(arms.into_iter().rev());
            } else {
                next.extend(arms);
            }
            next.push(Step::Close(']'));
        }
        TypeKind::List(list) => next.extend(holder("array", "items", &list.item)),
        TypeKind::Map(map) => next.extend(holder("map", "values", &map.value)),
        TypeKind::Ref(id) => next.push(Step::Reference(*id)),
        TypeKind::Unresolved(name) => next.push(Step::Text(name)),
        kind => next.push(Step::Text(kind_name(kind))),
    }
}

fn holder<'s>(kind: &'static str, key: &'static str, held: &'s Type) -> [Step<'s>; 6] {
    [Step::Open('{'), Step::Key("type"), Step::Text(kind), Step::Key(key), Step::Type(held), Step::Close('}')]
}

fn steps_of_decl<'s>(full_name: &'s str, kind: &'s DeclKind, next: &mut Vec<Step<'s>>) {
    if let DeclKind::Union(union) = kind {
        next.push(Step::Open('['));
        next.extend(union.arms.iter().map(|arm| Step::Type(&arm.ty)));
        next.push(Step::Close(']'));
        return;
    }
    next.extend([Step::Open('{'), Step::Key("name"), Step::Text(full_name), Step::Key("type")]);
    match kind {
        DeclKind::Enum(declared) => {
            next.extend([Step::Text("enum"), Step::Key("symbols"), Step::Open('[')]);
            next.extend(declared.values.iter().map(|value| Step::Text(&value.name)));
            next.push(Step::Close(']'));
        }
        DeclKind::Fixed(fixed) => {
            next.extend([Step::Text("fixed"), Step::Key("size"), Step::Number(fixed.size)]);
        }
        DeclKind::Record(record) => {
            next.extend([Step::Text("record"), Step::Key("fields"), Step::Open('[')]);
            for field in &record.fields {
                next.extend([Step::Open('{'), Step::Key("name"), Step::Text(&field.name)]);
                next.extend([Step::Key("type"), Step::Type(&field.ty), Step::Close('}')]);
            }
            next.push(Step::Close(']'));
        }
        _ => next.push(Step::Text("null")),
    }
    next.push(Step::Close('}'));
}
