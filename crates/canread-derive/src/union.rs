//! An enum of values.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
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
    let markers = branches.iter().map(Field::marker);
    let schemas = branches.iter().map(|branch| branch.schema(input));
    let (shaped, list_item) = (heads.shaped(&quote!(__record::Shaped)), heads.shaped(&quote!(__record::ListItem)));
    let has_branches = heads.plain(&quote!(__record::Branches));
    let (encoding, decoding) = (encoding(&heads, &branches, &checked), decoding(&heads, &branches, &checked));
    Ok(quote! {
        #(#markers)*
        #checks
        #shaped {
            const SHAPE: __record::Shape = __record::Shape::Union(|| const {
                #checked
                &__record::UnionSchema { name: #name, branches: &[#(#schemas),*] }
            });
        }
        #list_item {}
        #has_branches {
            const BRANCHES: &'static [__record::FieldMeta] = &[#(<#ids as __record::Field>::META),*];
        }
        #encoding
        #decoding
    })
}

fn encoding(heads: &Implementations<'_>, branches: &[Field<'_>], checked: &TokenStream) -> TokenStream {
    let idents: Vec<_> = branches.iter().map(|branch| branch.ident).collect();
    let positions = (0_u32..).take(branches.len());
    let markers = branches.iter().map(|branch| &branch.marker);
    let values: Vec<_> = branches.iter().map(|branch| branch.value).collect();
    let write = branches.iter().map(|Field { ident, value, marker, .. }| {
        quote_spanned! {value.span()=>
            Self::#ident(value) => <#value as Encode>::encode::<__record::Present<#marker>, __W>(value, writer),
        }
    });
    let (encode, encode_union) = (heads.encode(&quote!(Encode)), heads.encode(&quote!(__record::EncodeUnion)));
    quote! {
        #encode {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<__F: __record::Field, __W: __record::Writer>(&self, writer: &mut __W) {
                writer.union::<__F, Self>(self);
            }
        }
        #encode_union {
            const HAS_TWINS_IN_AVRO: bool = __record::has_twins_in_avro(&[
                #((<#markers as __record::Field>::META, <#values as __record::Shaped>::SHAPE)),*
            ]);
            const HAS_MANY: bool = __record::has_many(&[#(<#values as __record::Shaped>::SHAPE),*]);
            #[inline]
            fn branch(&self) -> u32 {
                match self { #(Self::#idents(_) => #positions,)* }
            }
            #[inline]
            fn encode_branch<__W: __record::Writer>(&self, writer: &mut __W) {
                #checked
                match self { #(#write)* }
            }
        }
    }
}

fn decoding(heads: &Implementations<'_>, branches: &[Field<'_>], checked: &TokenStream) -> TokenStream {
    let first = branches
        .first()
        .map(|Field { ident, value, .. }| quote!(Self::#ident(<#value as Decode<'de>>::absent(format))));
    let first_bytes = branches.first().map(|Field { value, .. }| quote!(<#value as Decode<'de>>::ABSENT_BYTES));
    let has = branches
        .iter()
        .zip(0_u32..)
        .map(|(Field { marker, .. }, position)| quote!(id == __R::id::<#marker>(#position)));
    let read = branches.iter().zip(0_u32..).map(|(Field { ident, value, marker, .. }, position)| {
        quote_spanned! {value.span()=>
            if id == __R::id::<#marker>(#position) {
                if !reader.accepts::<#marker, #value>() {
                    return Ok(false);
                }
                if let Self::#ident(value) = self {
                    <#value as Decode<'de>>::decode::<__record::Present<#marker>, __R>(value, reader)?;
                } else {
                    reader.budget().allocate(<#value as Decode<'de>>::ABSENT_BYTES)?;
                    let mut value = <#value as Decode<'de>>::absent(__R::FORMAT);
                    <#value as Decode<'de>>::decode::<__record::Present<#marker>, __R>(&mut value, reader)?;
                    *self = Self::#ident(value);
                }
                return Ok(true);
            }
        }
    });
    let settle = branches.iter().map(
        |Field { ident, value, .. }| quote!(Self::#ident(value) => <#value as Decode<'de>>::settle(value, budget),),
    );
    let decode = heads.decode(&quote!(Decode));
    quote! {
        #decode {
            const ABSENT_BYTES: usize = #first_bytes;
            #[inline(always)]
            fn absent(format: __record::Format) -> Self {
                #first
            }
            #[inline(always)]
            fn decode<__F: __record::Field, __R: __record::Reader<'de>>(
                &mut self,
                reader: &mut __R,
            ) -> __record::Step<()> {
                reader.union::<__F, Self>(self)
            }
            #[inline]
            fn has_branch<__R: __record::Reader<'de>>(id: u32) -> bool {
                #(#has)||*
            }
            #[inline]
            fn decode_branch<__R: __record::Reader<'de>>(
                &mut self,
                id: u32,
                reader: &mut __R,
            ) -> __record::Step<bool> {
                #checked
                #(#read)*
                Ok(false)
            }
            #[inline]
            fn settle(&mut self, budget: &mut __record::Budget) -> __record::Step<()> {
                match self { #(#settle)* }
            }
        }
    }
}
