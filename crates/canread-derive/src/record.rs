//! A struct with fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Error, FieldsNamed, Result};

use crate::{
    attribute::FieldRole,
    branch,
    check::Checks,
    code,
    concrete::depends,
    field::{self, Field},
    generics::Implementations,
    names,
    place::Spanned as _,
};

pub(crate) fn implementations(input: &DeriveInput, named: &FieldsNamed) -> Result<TokenStream> {
    let fields = read(named)?;
    code::all(fields.iter().filter(|field| holds_itself(field, input)).map(without_end))?;
    let (name, aliases) = code::names(input)?;
    let heads = Implementations::of(input).with_unions(&fields);
    let written: Vec<&Field<'_>> = fields.iter().filter(|field| field.is_written()).collect();
    let Checks { items: checks, statement: checked } = Checks::of(input, &heads, &written);
    let markers = written.iter().map(|field| field.marker(input));
    let schemas = written.iter().map(|field| field.schema(input));
    let (shaped, list_item) = (heads.shaped(&quote!(__canread::Shaped)), heads.shaped(&quote!(__canread::ListItem)));
    let encoding = encoding(&heads, &fields, &written, &checked);
    let decoding = decoding(input, &heads, &fields, &written);
    let decoding_fields = decoding_fields(&heads, &fields, &written, &checked);
    Ok(quote! {
        #(#markers)*
        #checks
        #shaped {
            const SHAPE: __canread::Shape = __canread::Shape::Record(|| const {
                #checked
                &__canread::RecordSchema { name: #name, aliases: &[#(#aliases),*], fields: &[#(#schemas),*] }
            });
        }
        #list_item {}
        #encoding
        #decoding
        #decoding_fields
    })
}

/// Whether there is a value of the record's own type in the field, whatever it is read from.
fn holds_itself(field: &Field<'_>, input: &DeriveInput) -> bool {
    field.is_written() && field.default.is_none() && branch::is_named(branch::unboxed(field.value), &input.ident)
}

fn without_end(field: &Field<'_>) -> Error {
    Error::new_spanned(
        field.value,
        "a record that has one of its own in each has no end: put it into an `Option`, a list or a map",
    )
}

fn read(named: &FieldsNamed) -> Result<Vec<Field<'_>>> {
    let mut errors = Vec::new();
    let mut fields = Vec::new();
    for (index, field) in named.named.iter().enumerate() {
        let Some(ident) = &field.ident else { continue };
        match Field::read(index, ident, &field.ty, &field.attrs) {
            Ok(field) => fields.push(field),
            Err(error) => errors.push(error),
        }
    }
    errors.extend(field::twice(&fields));
    errors.extend(names::twice(&fields, true));
    let bags = fields.iter().filter(|field| field.role == FieldRole::Unknown);
    errors.extend(bags.skip(1).map(|field| Error::new(field.ident.span(), "one field keeps what is not known")));
    code::all(errors)?;
    Ok(fields)
}

/// The fields by their numbers. A union, which has none, stays behind the field that it is behind in the type.
fn by_number<'a, 'f>(written: &[&'a Field<'f>]) -> Vec<&'a Field<'f>> {
    let mut before = 0;
    let mut keyed: Vec<(u32, &Field<'_>)> = written
        .iter()
        .map(|field| {
            before = if field.role == FieldRole::Value { field.number } else { before };
            (before, *field)
        })
        .collect();
    keyed.sort_by_key(|(number, _)| *number);
    keyed.into_iter().map(|(_, field)| field).collect()
}

fn encoding(
    heads: &Implementations<'_>,
    fields: &[Field<'_>],
    written: &[&Field<'_>],
    checked: &TokenStream,
) -> TokenStream {
    let writer = code::writer();
    let write = |field: &Field<'_>| {
        let Field { ident, value, marker, .. } = field;
        quote_spanned! {value.span()=>
            <#value as __canread::Encode>::encode::<#marker, __CanreadW>(&self.#ident, __canread_writer);
        }
    };
    let in_order = written.iter().map(|field| write(field));
    let backwards = by_number(written);
    let backwards = backwards.iter().rev().map(|field| write(field));
    let unknown: Vec<TokenStream> = fields
        .iter()
        .filter(|field| field.role == FieldRole::Unknown)
        .map(|Field { ident, value, .. }| {
            quote_spanned! {value.span()=>
                let __canread_unknown: &__canread::Unknown = &self.#ident;
                #writer::unknown(__canread_writer, __canread_unknown);
            }
        })
        .collect();
    let (encode, encode_fields) =
        (heads.encode(&quote!(__canread::Encode)), heads.encode(&quote!(__canread::EncodeFields)));
    quote! {
        #encode {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<__CanreadF: __canread::Field, __CanreadW: __canread::Writer>(
                &self,
                __canread_writer: &mut __CanreadW,
            ) {
                #writer::record::<__CanreadF, Self>(__canread_writer, self);
            }
        }
        #encode_fields {
            #[inline(always)]
            fn in_order<__CanreadW: __canread::Writer>(&self, __canread_writer: &mut __CanreadW) {
                #checked
                #(#in_order)*
                #(#unknown)*
            }
            #[inline(always)]
            fn back_to_front<__CanreadW: __canread::Writer>(&self, __canread_writer: &mut __CanreadW) {
                #checked
                #(#unknown)*
                #(#backwards)*
            }
        }
    }
}

fn decoding(
    input: &DeriveInput,
    heads: &Implementations<'_>,
    fields: &[Field<'_>],
    written: &[&Field<'_>],
) -> TokenStream {
    let (reader, decode) = (code::reader(), heads.decode(&quote!(__canread::Decode)));
    let absent = fields.iter().map(|field| {
        let Field { ident, value, marker, .. } = field;
        let absent = code::decode_of(value);
        match &field.default {
            Some(default) if field.is_written() => quote_spanned! {value.span()=>
                #ident: if __canread::Shape::has_default_in(
                    &<#value as __canread::Shaped>::SHAPE,
                    __canread_format,
                    &<#marker as __canread::Field>::META,
                ) {
                    #default
                } else {
                    #absent::absent(__canread_format)
                }
            },
            Some(default) => quote_spanned!(value.span()=> #ident: #default),
            None if field.is_written() => quote_spanned!(value.span()=> #ident: #absent::absent(__canread_format)),
            None => quote_spanned!(value.span()=> #ident: ::core::default::Default::default()),
        }
    });
    let default_bytes = default_bytes(input, written);
    quote! {
        #decode {
            #default_bytes
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn absent(__canread_format: __canread::Format) -> Self {
                Self { #(#absent),* }
            }
            #[inline(always)]
            fn decode<__CanreadF: __canread::Field, __CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<()> {
                #reader::record::<__CanreadF, Self>(__canread_reader, self)
            }
        }
    }
}

/// What a record that is read holds before its first byte: in itself, and in what the defaults of its fields hold.
fn default_bytes(input: &DeriveInput, written: &[&Field<'_>]) -> TokenStream {
    let without_default = written.iter().filter(|field| field.default.is_none());
    let counted: Vec<_> = without_default.clone().map(|Field { value, .. }| code::decode_of(value)).collect();
    let idents = without_default.map(|Field { ident, .. }| ident);
    let measured: Vec<_> =
        written.iter().filter(|field| field.default.is_some() && !depends(field.value, input)).collect();
    let measured_values = measured.iter().map(|Field { value, .. }| value);
    let measured_bytes = measured.iter().map(|Field { ident, value, marker, .. }| {
        quote_spanned! {value.span()=>
            if __canread::Shape::has_default_in(
                &<#value as __canread::Shaped>::SHAPE,
                __canread_format,
                &<#marker as __canread::Field>::META,
            ) {
                __canread_bytes = __canread_bytes.saturating_add(__canread::held::<#marker, #value>(&self.#ident));
            }
        }
    });
    quote! {
        const ABSENT_BYTES: ::core::primitive::usize = 0 #(+ #counted::ABSENT_BYTES)*;
        const HAS_DEFAULTS: ::core::primitive::bool = false
            #(|| __canread::may_hold(&<#measured_values as __canread::Shaped>::SHAPE))*
            #(|| #counted::HAS_DEFAULTS)*;
        #[inline]
        fn default_bytes(&self, __canread_format: __canread::Format) -> ::core::primitive::usize {
            let mut __canread_bytes = 0_usize;
            #(#measured_bytes)*
            #(
                __canread_bytes =
                    __canread_bytes.saturating_add(#counted::default_bytes(&self.#idents, __canread_format));
            )*
            __canread_bytes
        }
    }
}

fn decoding_fields(
    heads: &Implementations<'_>,
    fields: &[Field<'_>],
    written: &[&Field<'_>],
    checked: &TokenStream,
) -> TokenStream {
    let (reader, decode_fields) = (code::reader(), heads.decode(&quote!(__canread::DecodeFields)));
    let read = |field: &Field<'_>| {
        let Field { ident, value, marker, .. } = field;
        quote_spanned!(value.span()=> #reader::field::<#marker, #value>(__canread_reader, &mut self.#ident)?;)
    };
    let declared: Vec<TokenStream> = written.iter().map(|field| read(field)).collect();
    let sorted = by_number(written);
    let is_sorted = sorted.iter().zip(written).all(|(left, right)| std::ptr::eq(*left, *right));
    let sorted = sorted.iter().map(|field| read(field));
    let in_order = if is_sorted {
        quote!(#(#declared)*)
    } else {
        quote!(if #reader::IS_POSITIONAL { #(#declared)* } else { #(#sorted)* })
    };
    let by_id = written.iter().map(|field| {
        let Field { ident, value, marker, .. } = field;
        quote! {
            if #reader::field_by_id::<#marker, #value>(__canread_reader, __canread_id, &mut self.#ident)? {
                return ::core::result::Result::Ok(true);
            }
        }
    });
    let settle = written.iter().map(|Field { ident, value, .. }| {
        let settle = code::decode_of(value);
        quote!(#settle::settle(&mut self.#ident, __canread_budget)?;)
    });
    let unknown = fields.iter().find(|field| field.role == FieldRole::Unknown);
    let unknown = unknown.map_or_else(
        || quote!(::core::option::Option::None),
        |Field { ident, value, .. }| quote_spanned!(value.span()=> ::core::option::Option::Some(&mut self.#ident)),
    );
    quote! {
        #decode_fields {
            #[inline(always)]
            fn in_order<__CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<()> {
                #checked
                #in_order
                ::core::result::Result::Ok(())
            }
            #[inline(always)]
            fn by_id<__CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_id: ::core::primitive::u32,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<::core::primitive::bool> {
                #checked
                #(#by_id)*
                ::core::result::Result::Ok(false)
            }
            #[inline(always)]
            fn settle(&mut self, __canread_budget: &mut __canread::Budget) -> __canread::Step<()> {
                #(#settle)*
                ::core::result::Result::Ok(())
            }
            #[inline(always)]
            fn unknown(&mut self) -> ::core::option::Option<&mut __canread::Unknown> {
                #unknown
            }
        }
    }
}
