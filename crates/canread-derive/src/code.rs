//! Which of the three sorts of types it is, and what is around the implementations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, LitStr, Result, ext::IdentExt as _};

use crate::{
    attribute::{self, RecordAttribute},
    enumeration, record, union,
};

/// All implementations for the type, or what is wrong with it.
pub(crate) fn implementations(input: &DeriveInput, path: &TokenStream) -> TokenStream {
    match inner(input) {
        Ok(code) => quote! {
            const _: () = {
                use #path as __record;
                use __record::{Decode, Encode, ListItem, Reader as _, Writer as _};
                #code
            };
        },
        Err(error) => error.into_compile_error(),
    }
}

fn inner(input: &DeriveInput) -> Result<TokenStream> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => record::implementations(input, fields),
            _ => Err(Error::new(input.ident.span(), "a record has named fields: `struct Name { ... }`")),
        },
        Data::Enum(data) if data.variants.is_empty() => {
            Err(Error::new(input.ident.span(), "an enumeration has at least one symbol"))
        }
        Data::Enum(data) => {
            let is_symbol = |variant: &syn::Variant| {
                variant.fields.is_empty() || variant.attrs.iter().any(|attribute| attribute.path().is_ident("symbol"))
            };
            if data.variants.iter().any(is_symbol) {
                enumeration::implementations(input, data)
            } else {
                union::implementations(input, data)
            }
        }
        Data::Union(_) => Err(Error::new(input.ident.span(), "a `union` of Rust is no record; take an enum")),
    }
}

/// What the type is called, and was.
pub(crate) fn names(input: &DeriveInput) -> Result<(LitStr, Vec<LitStr>)> {
    let attribute: RecordAttribute = attribute::find(&input.attrs, "record")?.unwrap_or_default();
    let own = || LitStr::new(&input.ident.unraw().to_string(), input.ident.span());
    Ok((attribute.name.unwrap_or_else(own), attribute.aliases))
}

/// All errors as one.
pub(crate) fn all(errors: impl IntoIterator<Item = Error>) -> Result<()> {
    let mut errors = errors.into_iter();
    let Some(mut first) = errors.next() else { return Ok(()) };
    errors.for_each(|error| first.combine(error));
    Err(first)
}
