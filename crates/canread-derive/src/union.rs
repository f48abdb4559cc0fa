//! An enum of values.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{DataEnum, DeriveInput, Error, Fields, Result, Type, Variant};

use crate::{
    attribute::{self, FieldRole},
    branch,
    check::Checks,
    code,
    field::{self, Field},
    generics::Implementations,
    names,
    place::Spanned as _,
};

/// What a variant holds.
fn held(variant: &Variant) -> Result<&Type> {
    if let Fields::Unnamed(fields) = &variant.fields
        && let Some(field) = fields.unnamed.first()
        && fields.unnamed.len() == 1
    {
        attribute::only(&field.attrs, "", "what a branch holds; the branch has `field`")?;
        return Ok(&field.ty);
    }
    Err(Error::new_spanned(variant, "a branch of a union holds one value: `Name(Type)`"))
}

fn read(data: &DataEnum) -> Result<Vec<Field<'_>>> {
    let mut errors = Vec::new();
    let mut branches = Vec::new();
    for (index, variant) in data.variants.iter().enumerate() {
        let branch = held(variant).and_then(|value| {
            let mut branch = Field::read(index, &variant.ident, value, &variant.attrs)?;
            branch.claims.push(branch::check(value)?);
            Ok(branch)
        });
        match branch {
            Ok(branch) if branch.role != FieldRole::Value => {
                errors.push(Error::new(branch.ident.span(), "a branch of a union needs its number: `#[field(1)]`"));
            }
            Ok(branch) => {
                if let Some(alias) = branch.alias() {
                    let message = "a branch has no former names: Protobuf goes by its number, and Avro by its type";
                    errors.push(Error::new(alias.span(), message));
                }
                if let Some(default) = &branch.default {
                    errors.push(Error::new_spanned(default, "a branch of a union has no default"));
                }
                branches.push(branch);
            }
            Err(error) => errors.push(error),
        }
    }
    errors.extend(field::twice(&branches));
    errors.extend(names::twice(&branches, false));
    code::all(errors)?;
    Ok(branches)
}

pub(crate) fn implementations(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let branches = read(data)?;
    let name = code::union_name(input)?;
    let heads = Implementations::of(input);
    let all: Vec<&Field<'_>> = branches.iter().collect();
    let Checks { items: checks, statement: checked } = Checks::of(input, &heads, &all);
    let ids = branches.iter().map(|branch| &branch.marker);
    let markers = branches.iter().map(|branch| branch.marker(input));
    let schemas = branches.iter().map(|branch| branch.schema(input));
    let (shaped, list_item) = (heads.shaped(&quote!(__canread::Shaped)), heads.shaped(&quote!(__canread::ListItem)));
    let has_branches = heads.plain(&quote!(__canread::Branches));
    let (encoding, decoding) = (encoding(&heads, &branches, &checked), decoding(&heads, &branches, &checked));
    Ok(quote! {
        #(#markers)*
        #checks
        #shaped {
            const SHAPE: __canread::Shape = __canread::Shape::Union(|| const {
                #checked
                &__canread::UnionSchema { name: #name, branches: &[#(#schemas),*] }
            });
        }
        #list_item {}
        #has_branches {
            const BRANCHES: &'static [__canread::FieldMeta] = &[#(<#ids as __canread::Field>::META),*];
        }
        #encoding
        #decoding
    })
}

fn encoding(heads: &Implementations<'_>, branches: &[Field<'_>], checked: &TokenStream) -> TokenStream {
    let writer = code::writer();
    let idents: Vec<_> = branches.iter().map(|branch| branch.ident).collect();
    let positions = (0_u32..).take(branches.len());
    let markers = branches.iter().map(|branch| &branch.marker);
    let values: Vec<_> = branches.iter().map(|branch| branch.value).collect();
    let named_twins = named_twins(&values);
    let write = branches.iter().map(|Field { ident, value, marker, .. }| {
        quote_spanned! {value.span()=>
            Self::#ident(__canread_value) =>
                <#value as __canread::Encode>::encode::<__canread::Present<#marker>, __CanreadW>(
                    __canread_value,
                    __canread_writer,
                ),
        }
    });
    let (encode, encode_union) =
        (heads.encode(&quote!(__canread::Encode)), heads.encode(&quote!(__canread::EncodeUnion)));
    quote! {
        #encode {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<__CanreadF: __canread::Field, __CanreadW: __canread::Writer>(
                &self,
                __canread_writer: &mut __CanreadW,
            ) {
                #writer::union::<__CanreadF, Self>(__canread_writer, self);
            }
        }
        #encode_union {
            const HAS_TWINS_IN_AVRO: ::core::primitive::bool = __canread::has_twins_in_avro(&[
                #((<#markers as __canread::Field>::META, <#values as __canread::Shaped>::SHAPE)),*
            ]) #(|| #named_twins)*;
            const HAS_MANY: ::core::primitive::bool = __canread::has_many(&[#(<#values as __canread::Shaped>::SHAPE),*]);
            #[inline]
            fn branch(&self) -> ::core::primitive::u32 {
                match self { #(Self::#idents(_) => #positions,)* }
            }
            #[inline]
            fn encode_branch<__CanreadW: __canread::Writer>(&self, __canread_writer: &mut __CanreadW) {
                #checked
                match self { #(#write)* }
            }
        }
    }
}

/// Of each type that is a branch twice, whether it is one that Avro tells by its name alone.
fn named_twins(values: &[&Type]) -> Vec<TokenStream> {
    let mut seen = HashSet::new();
    let twice = values.iter().filter(|value| !seen.insert(branch::unboxed(value).to_token_stream().to_string()));
    let is_named = |value: &&Type| {
        quote!(::core::matches!(
            <#value as __canread::Shaped>::SHAPE.kind(),
            __canread::Kind::Record | __canread::Kind::Enumeration
        ))
    };
    twice.map(is_named).collect()
}

fn decoding(heads: &Implementations<'_>, branches: &[Field<'_>], checked: &TokenStream) -> TokenStream {
    let reader = code::reader();
    let values: Vec<_> = branches.iter().map(|Field { value, .. }| code::decode_of(value)).collect();
    // What is in a box may hold the union itself, and would have no end as what is there while nothing is read.
    let all = || branches.iter().zip(&values);
    let first = all().find(|(Field { value, .. }, _)| !branch::is_boxed(value)).or_else(|| all().next());
    let absent = first.map(|(Field { ident, .. }, value)| quote!(Self::#ident(#value::absent(__canread_format))));
    let (markers, types) = (branches.iter().map(|branch| &branch.marker), branches.iter().map(|branch| branch.value));
    let absent_bytes = first.map(|(_, value)| quote!(#value::ABSENT_BYTES));
    let has_defaults = first.map(|(_, value)| quote!(#value::HAS_DEFAULTS));
    let default_bytes = first.map(|(Field { ident, .. }, value)| {
        quote!(Self::#ident(__canread_value) => #value::default_bytes(__canread_value, __canread_format))
    });
    let numbered = branches.iter().zip(&values).zip(0_u32..);
    let is_branch = numbered
        .clone()
        .map(|((Field { marker, .. }, _), position)| quote!(__canread_id == #reader::id::<#marker>(#position)));
    let read = numbered.map(|((Field { ident, value: ty, marker, .. }, value), position)| {
        quote_spanned! {ty.span()=>
            if __canread_id == #reader::id::<#marker>(#position) {
                if !#reader::accepts::<#marker, #ty>(__canread_reader) {
                    return ::core::result::Result::Ok(false);
                }
                if let Self::#ident(__canread_value) = self {
                    #value::decode::<__canread::Present<#marker>, __CanreadR>(__canread_value, __canread_reader)?;
                } else {
                    __canread::Budget::allocate(#reader::budget(__canread_reader), #value::ABSENT_BYTES)?;
                    let mut __canread_value = #value::absent(#reader::FORMAT);
                    __canread::spend_defaults(&__canread_value, #reader::FORMAT, #reader::budget(__canread_reader))?;
                    #value::decode::<__canread::Present<#marker>, __CanreadR>(&mut __canread_value, __canread_reader)?;
                    *self = Self::#ident(__canread_value);
                }
                return ::core::result::Result::Ok(true);
            }
        }
    });
    let settle = branches.iter().zip(&values).map(|(Field { ident, .. }, value)| {
        quote!(Self::#ident(__canread_value) => #value::settle(__canread_value, __canread_budget),)
    });
    let decode = heads.decode(&quote!(__canread::Decode));
    quote! {
        #decode {
            const ABSENT_BYTES: ::core::primitive::usize = #absent_bytes;
            const HAS_DEFAULTS: ::core::primitive::bool = #has_defaults;
            const HAS_MERGED_BRANCH: ::core::primitive::bool = __canread::has_merged_branch(&[
                #((<#markers as __canread::Field>::META, <#types as __canread::Shaped>::SHAPE)),*
            ]);
            #[inline(always)]
            fn absent(__canread_format: __canread::Format) -> Self {
                #absent
            }
            #[inline]
            fn default_bytes(&self, __canread_format: __canread::Format) -> ::core::primitive::usize {
                match self {
                    #default_bytes,
                    #[allow(unreachable_patterns)]
                    _ => 0,
                }
            }
            #[inline(always)]
            fn decode<__CanreadF: __canread::Field, __CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<()> {
                #reader::union::<__CanreadF, Self>(__canread_reader, self)
            }
            #[inline]
            fn has_branch<__CanreadR: __canread::Reader<'__canread_de>>(
                __canread_id: ::core::primitive::u32,
            ) -> ::core::primitive::bool {
                #(#is_branch)||*
            }
            #[inline]
            fn decode_branch<__CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_id: ::core::primitive::u32,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<::core::primitive::bool> {
                #checked
                #(#read)*
                ::core::result::Result::Ok(false)
            }
            #[inline]
            fn settle(&mut self, __canread_budget: &mut __canread::Budget) -> __canread::Step<()> {
                match self { #(#settle)* }
            }
        }
    }
}
