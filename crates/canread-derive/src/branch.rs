//! What a branch of a union holds: a value that is there, and that says itself what it is.
//!
//! Source: Avro 1.12, "Unions": "unions may not immediately contain other unions"; Protobuf, "Oneof": its fields have no labels.

use quote::quote;
use syn::{Error, GenericArgument, Ident, PathArguments, PathSegment, Result, Type};

use crate::{check::Claim, place::Spanned as _};

/// An error if the text of the type says that it is an `Option`; else the claim that it is none, and no union.
pub(crate) fn check(value: &Type) -> Result<Claim> {
    if is_option(value) {
        return Err(Error::new_spanned(
            value,
            "a branch of a union is no `Option`: put the union into one, or hold a record with the `Option` in it",
        ));
    }
    Ok(Claim {
        place: value.span(),
        condition: quote!(!::core::matches!(
            __canread_shape.kind(),
            __canread::Kind::Optional | __canread::Kind::Union
        )),
        message: "a branch of a union is no `Option` and no other union: hold a record that has it as a field",
    })
}

/// Whether it is an `Option`, or a `Box` of one.
fn is_option(value: &Type) -> bool {
    last(unboxed(value)).is_some_and(|last| last.ident == "Option" && !last.arguments.is_empty())
}

/// Whether its value is in a `Box`.
pub(crate) fn is_boxed(value: &Type) -> bool {
    boxed(value).is_some()
}

/// Whether the text of the type is that name, or `Self`.
pub(crate) fn is_named(value: &Type, name: &Ident) -> bool {
    matches!(value, Type::Path(path) if path.qself.is_none() && path.path.segments.len() == 1)
        && last(value).is_some_and(|last| last.ident == "Self" || last.ident == *name)
}

/// What is in a `Box`, or the type itself.
pub(crate) fn unboxed(value: &Type) -> &Type {
    boxed(value).map_or(value, unboxed)
}

fn boxed(value: &Type) -> Option<&Type> {
    match &last(value).filter(|last| last.ident == "Box")?.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        }),
        _ => None,
    }
}

/// The last part of the path that a type is; brackets and what a macro puts around it left out.
fn last(value: &Type) -> Option<&PathSegment> {
    match value {
        Type::Paren(inner) => last(&inner.elem),
        Type::Group(inner) => last(&inner.elem),
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}
