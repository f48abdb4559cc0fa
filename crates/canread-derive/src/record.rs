//! A struct with fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Error, FieldsNamed, Result};

use crate::{
    attribute::FieldRole,
    check::Checks,
    code,
    field::{self, Field},
    generics::Implementations,
    names,
    place::Spanned as _,
};

pub(crate) fn implementations(input: &DeriveInput, named: &FieldsNamed) -> Result<TokenStream> {
    let fields = read(named)?;
    let (name, aliases) = code::names(input)?;
    let heads = Implementations::of(input).with_unions(&fields);
    let written: Vec<&Field<'_>> = fields.iter().filter(|field| field.is_written()).collect();
    let Checks { items: checks, statement: checked } = Checks::of(input, &heads, &written);
    let markers = written.iter().map(|field| field.marker());
    let schemas = written.iter().map(|field| field.schema(input));
    let (shaped, list_item) = (heads.shaped(&quote!(__record::Shaped)), heads.shaped(&quote!(__record::ListItem)));
    let (encoding, decoding) =
        (encoding(&heads, &fields, &written, &checked), decoding(&heads, &fields, &written, &checked));
    Ok(quote! {
        #(#markers)*
        #checks
        #shaped {
            const SHAPE: __record::Shape = __record::Shape::Record(|| const {
                #checked
                &__record::RecordSchema { name: #name, aliases: &[#(#aliases),*], fields: &[#(#schemas),*] }
            });
        }
        #list_item {}
        #encoding
        #decoding
    })
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
    let write = |field: &Field<'_>| {
        let Field { ident, value, marker, .. } = field;
        quote_spanned!(value.span()=> <#value as Encode>::encode::<#marker, __W>(&self.#ident, writer);)
    };
    let in_order = written.iter().map(|field| write(field));
    let backwards = by_number(written);
    let backwards = backwards.iter().rev().map(|field| write(field));
    let unknown: Vec<TokenStream> = fields
        .iter()
        .filter(|field| field.role == FieldRole::Unknown)
        .map(|Field { ident, .. }| quote!(writer.unknown(&self.#ident);))
        .collect();
    let (encode, encode_fields) = (heads.encode(&quote!(Encode)), heads.encode(&quote!(__record::EncodeFields)));
    quote! {
        #encode {
            #[inline(always)]
            fn encode<__F: __record::Field, __W: __record::Writer>(&self, writer: &mut __W) {
                writer.record::<__F, Self>(self);
            }
        }
        #encode_fields {
            #[inline(always)]
            fn in_order<__W: __record::Writer>(&self, writer: &mut __W) {
                #checked
                #(#in_order)*
                #(#unknown)*
            }
            #[inline(always)]
            fn back_to_front<__W: __record::Writer>(&self, writer: &mut __W) {
                #checked
                #(#unknown)*
                #(#backwards)*
            }
        }
    }
}

fn decoding(
    heads: &Implementations<'_>,
    fields: &[Field<'_>],
    written: &[&Field<'_>],
    checked: &TokenStream,
) -> TokenStream {
    let absent = fields.iter().map(|field| {
        let Field { ident, value, .. } = field;
        match &field.default {
            Some(default) => quote_spanned!(value.span()=> #ident: #default),
            None if field.is_written() => quote_spanned!(value.span()=> #ident: <#value as Decode<'de>>::absent()),
            None => quote_spanned!(value.span()=> #ident: ::core::default::Default::default()),
        }
    });
    let absent_bytes = written
        .iter()
        .filter(|field| field.default.is_none())
        .map(|Field { value, .. }| quote!(+ <#value as Decode<'de>>::ABSENT_BYTES));
    let read = |field: &Field<'_>| {
        let Field { ident, value, marker, .. } = field;
        quote_spanned!(value.span()=> reader.field::<#marker, #value>(&mut self.#ident)?;)
    };
    let declared: Vec<TokenStream> = written.iter().map(|field| read(field)).collect();
    let sorted = by_number(written);
    let is_sorted = sorted.iter().zip(written).all(|(left, right)| std::ptr::eq(*left, *right));
    let sorted = sorted.iter().map(|field| read(field));
    let in_order = if is_sorted {
        quote!(#(#declared)*)
    } else {
        quote!(if __R::IS_POSITIONAL { #(#declared)* } else { #(#sorted)* })
    };
    let by_id = written.iter().map(|field| {
        let Field { ident, value, marker, .. } = field;
        quote!(if reader.field_by_id::<#marker, #value>(id, &mut self.#ident)? { return Ok(true); })
    });
    let settle = written.iter().map(|field| {
        let Field { ident, value, .. } = field;
        quote!(<#value as Decode<'de>>::settle(&mut self.#ident, budget)?;)
    });
    let unknown = fields.iter().find(|field| field.role == FieldRole::Unknown);
    let unknown = unknown.map_or_else(|| quote!(None), |Field { ident, .. }| quote!(Some(&mut self.#ident)));
    let (decode, decode_fields) = (heads.decode(&quote!(Decode)), heads.decode(&quote!(__record::DecodeFields)));
    quote! {
        #decode {
            const ABSENT_BYTES: usize = 0 #(#absent_bytes)*;
            #[inline(always)]
            fn absent() -> Self {
                Self { #(#absent),* }
            }
            #[inline(always)]
            fn decode<__F: __record::Field, __R: __record::Reader<'de>>(
                &mut self,
                reader: &mut __R,
            ) -> __record::Step<()> {
                reader.record::<__F, Self>(self)
            }
        }
        #decode_fields {
            #[inline(always)]
            fn in_order<__R: __record::Reader<'de>>(&mut self, reader: &mut __R) -> __record::Step<()> {
                #checked
                #in_order
                Ok(())
            }
            #[inline(always)]
            fn by_id<__R: __record::Reader<'de>>(&mut self, id: u32, reader: &mut __R) -> __record::Step<bool> {
                #checked
                #(#by_id)*
                Ok(false)
            }
            #[inline(always)]
            fn settle(&mut self, budget: &mut __record::Budget) -> __record::Step<()> {
                #(#settle)*
                Ok(())
            }
            #[inline(always)]
            fn unknown(&mut self) -> Option<&mut __record::Unknown> {
                #unknown
            }
        }
    }
}
