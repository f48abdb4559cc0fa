//! What a branch of a union holds: a value that is there, and that says itself what it is.
//!
//! Source: Avro 1.12, "Unions": "unions may not immediately contain other unions"; Protobuf, "Oneof": its fields have no labels.

use quote::quote;
use syn::{Error, GenericArgument, PathArguments, Result, Type};

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
    match value {
        Type::Paren(inner) => is_option(&inner.elem),
        Type::Group(inner) => is_option(&inner.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
            let holds_option = || {
                arguments
                    .args
                    .iter()
                    .any(|argument| matches!(argument, GenericArgument::Type(inner) if is_option(inner)))
            };
            last.ident == "Option" || (last.ident == "Box" && holds_option())
        }),
        _ => false,
    }
}

/// What is in a `Box`, or the type itself.
pub(crate) fn unboxed(value: &Type) -> &Type {
    let Type::Path(path) = value else { return value };
    let last = path.path.segments.last().filter(|last| last.ident == "Box");
    match last.map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => unboxed(inner),
            _ => value,
        },
        _ => value,
    }
}
