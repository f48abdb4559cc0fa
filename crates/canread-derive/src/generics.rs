//! The generics of a type, with what each implementation asks of them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, GenericParam, Generics, Lifetime, LifetimeParam, Type, parse_quote};

use crate::{attribute::FieldRole, concrete::depends, field::Field};

/// The beginnings of implementations: `impl<...> Trait for Type<...> where ...`.
pub(crate) struct Implementations<'a> {
    input: &'a DeriveInput,
    /// Types that are unions if the parameters are what they should be.
    unions: Vec<&'a Type>,
}

impl<'a> Implementations<'a> {
    pub(crate) fn of(input: &'a DeriveInput) -> Self {
        Self { input, unions: Vec::new() }
    }

    /// The same, where fields that are oneofs ask of the parameters to make unions of their types.
    pub(crate) fn with_unions(mut self, fields: &[Field<'a>]) -> Self {
        let unions = fields.iter().filter(|field| field.role == FieldRole::Union).map(|field| field.value);
        self.unions = unions.filter(|union| depends(union, self.input)).collect();
        self
    }

    /// `impl Trait for T`, that asks nothing of the parameters.
    pub(crate) fn plain(&self, name: &TokenStream) -> TokenStream {
        let ident = &self.input.ident;
        let (parameters, arguments, clause) = self.input.generics.split_for_impl();
        quote!(#[automatically_derived] impl #parameters #name for #ident #arguments #clause)
    }

    /// `impl Shaped for T`, or of another trait that every type parameter needs to be a `ListItem` for.
    pub(crate) fn shaped(&self, name: &TokenStream) -> TokenStream {
        self.head(name, self.input.generics.clone(), &quote!(__canread::ListItem))
    }

    /// `impl Encode for T`, or of another trait of writing.
    pub(crate) fn encode(&self, name: &TokenStream) -> TokenStream {
        self.head(name, self.input.generics.clone(), &quote!(__canread::Encode + __canread::ListItem))
    }

    /// `impl<'de> Decode<'de> for T`, or of another trait of reading. What the type borrows, the input outlives.
    pub(crate) fn decode(&self, name: &TokenStream) -> TokenStream {
        let mut generics = self.input.generics.clone();
        let mut input = LifetimeParam::new(Lifetime::new("'__canread_de", proc_macro2::Span::call_site()));
        input.bounds.extend(generics.lifetimes().map(|parameter| parameter.lifetime.clone()));
        generics.params.insert(0, GenericParam::Lifetime(input));
        self.head(
            &quote!(#name<'__canread_de>),
            generics,
            &quote!(__canread::Decode<'__canread_de> + __canread::ListItem),
        )
    }

    fn head(&self, name: &TokenStream, mut generics: Generics, bounds: &TokenStream) -> TokenStream {
        let parameters: Vec<_> = generics.type_params().map(|parameter| parameter.ident.clone()).collect();
        if !parameters.is_empty() {
            let clause = generics.make_where_clause();
            clause.predicates.extend(
                parameters.iter().map(|parameter| -> syn::WherePredicate { parse_quote!(#parameter: #bounds) }),
            );
        }
        if !self.unions.is_empty() {
            let unions =
                self.unions.iter().map(|union| -> syn::WherePredicate { parse_quote!(#union: __canread::Branches) });
            generics.make_where_clause().predicates.extend(unions);
        }
        let ident = &self.input.ident;
        let (_, arguments, _) = self.input.generics.split_for_impl();
        let (parameters, _, clause) = generics.split_for_impl();
        quote!(#[automatically_derived] impl #parameters #name for #ident #arguments #clause)
    }
}
