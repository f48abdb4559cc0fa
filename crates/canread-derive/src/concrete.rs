//! The type of a field as it is written outside of its record.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{DeriveInput, GenericParam, Type};

/// Whether the type has no parameters but lifetimes, so that what is asked of it has one answer.
pub(crate) fn is_concrete(input: &DeriveInput) -> bool {
    input.generics.params.iter().all(|parameter| matches!(parameter, GenericParam::Lifetime(_)))
}

/// Whether the type of a field has a type parameter in it, or a parameter that is a constant.
pub(crate) fn depends(value: &Type, input: &DeriveInput) -> bool {
    let parameters: Vec<&Ident> = input
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    names_one_of(value.to_token_stream(), &parameters)
}

fn names_one_of(tokens: TokenStream, names: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        // `Self` has all parameters.
        TokenTree::Ident(name) => name == "Self" || names.contains(&&name),
        TokenTree::Group(group) => names_one_of(group.stream(), names),
        _ => false,
    })
}

/// The type of a field of a [concrete](is_concrete) type, for a constant beside the implementations: lifetimes of the type are
/// `'static` there, and `Self` has its name.
pub(crate) fn outside(value: &Type, input: &DeriveInput) -> TokenStream {
    let lifetimes: Vec<&Ident> = input.generics.lifetimes().map(|parameter| &parameter.lifetime.ident).collect();
    let own = &input.ident;
    let statics = lifetimes.iter().map(|_| quote!('static));
    let own = if lifetimes.is_empty() { quote!(#own) } else { quote!(#own<#(#statics),*>) };
    replace(value.to_token_stream(), &lifetimes, &own)
}

fn replace(tokens: TokenStream, lifetimes: &[&Ident], own: &TokenStream) -> TokenStream {
    let mut replaced = TokenStream::new();
    let mut is_lifetime = false;
    for token in tokens {
        let was_lifetime =
            std::mem::replace(&mut is_lifetime, matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '\''));
        match token {
            TokenTree::Ident(name) if was_lifetime && lifetimes.iter().any(|lifetime| **lifetime == name) => {
                replaced.extend([TokenTree::Ident(Ident::new("static", name.span()))]);
            }
            TokenTree::Ident(name) if !was_lifetime && name == "Self" => replaced.extend(own.clone()),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), lifetimes, own));
                inner.set_span(group.span());
                replaced.extend([TokenTree::Group(inner)]);
            }
            token => replaced.extend([token]),
        }
    }
    replaced
}
