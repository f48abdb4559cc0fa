//! The generics of a type, with what each implementation asks of them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, GenericParam, Generics, Lifetime, LifetimeParam, parse_quote};

/// The beginnings of implementations: `impl<...> Trait for Type<...> where ...`.
pub(crate) struct Implementations<'a> {
    input: &'a DeriveInput,
}

impl<'a> Implementations<'a> {
    pub(crate) fn of(input: &'a DeriveInput) -> Self {
        Self { input }
    }

    /// `impl Shaped for T`, or of another trait that every type parameter needs to be a `ListItem` for.
    pub(crate) fn shaped(&self, name: &TokenStream) -> TokenStream {
        self.head(name, self.input.generics.clone(), &quote!(ListItem))
    }

    /// `impl Encode for T`, or of another trait of writing.
    pub(crate) fn encode(&self, name: &TokenStream) -> TokenStream {
        self.head(name, self.input.generics.clone(), &quote!(Encode + ListItem))
    }

    /// `impl<'de> Decode<'de> for T`, or of another trait of reading. What the type borrows, the input outlives.
    pub(crate) fn decode(&self, name: &TokenStream) -> TokenStream {
        let mut generics = self.input.generics.clone();
        let mut input = LifetimeParam::new(Lifetime::new("'de", proc_macro2::Span::call_site()));
        input.bounds.extend(generics.lifetimes().map(|parameter| parameter.lifetime.clone()));
        generics.params.insert(0, GenericParam::Lifetime(input));
        self.head(&quote!(#name<'de>), generics, &quote!(Decode<'de> + ListItem))
    }

    fn head(&self, name: &TokenStream, mut generics: Generics, bounds: &TokenStream) -> TokenStream {
        let parameters: Vec<_> = generics.type_params().map(|parameter| parameter.ident.clone()).collect();
        if !parameters.is_empty() {
            let clause = generics.make_where_clause();
            clause.predicates.extend(
                parameters.iter().map(|parameter| -> syn::WherePredicate { parse_quote!(#parameter: #bounds) }),
            );
        }
        let ident = &self.input.ident;
        let (_, arguments, _) = self.input.generics.split_for_impl();
        let (parameters, _, clause) = generics.split_for_impl();
        quote!(#[automatically_derived] impl #parameters #name for #ident #arguments #clause)
    }
}
