//! An enum of symbols.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DataEnum, DeriveInput, Error, Fields, Ident, LitStr, Result, Type, Variant};

use crate::{
    attribute::{self, SymbolAttribute},
    code,
    generics::Implementations,
    name,
    place::Spanned as _,
};

/// A variant with a number.
struct Symbol<'a> {
    ident: &'a Ident,
    number: i32,
    name: LitStr,
    aliases: Vec<LitStr>,
}

/// All variants.
struct Symbols<'a> {
    all: Vec<Symbol<'a>>,
    /// What a field has that is not there; the first symbol if none says so.
    default: Option<&'a Ident>,
    /// The variant that keeps numbers without a symbol, and the type of them.
    other: Option<(&'a Ident, &'a Type)>,
}

fn read(data: &DataEnum) -> Result<Symbols<'_>> {
    let mut symbols = Symbols { all: Vec::new(), default: None, other: None };
    let errors: Vec<Error> = data.variants.iter().filter_map(|variant| symbols.add(variant).err()).collect();
    code::all(errors)?;
    Ok(symbols)
}

impl<'a> Symbols<'a> {
    fn add(&mut self, variant: &'a Variant) -> Result<()> {
        let ident = &variant.ident;
        attribute::only(&variant.attrs, "symbol", "a variant of an enumeration, which has `symbol`")?;
        let attribute = attribute::find::<SymbolAttribute>(&variant.attrs, "symbol")?
            .ok_or_else(|| Error::new(ident.span(), "a symbol needs its number: `#[symbol(0)]`"))?;
        if attribute.is_other {
            let held = match &variant.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
                _ => None,
            };
            let Some(held) = held else {
                return Err(Error::new(ident.span(), format!("what keeps other numbers is `{ident}(i32)`")));
            };
            if self.other.replace((ident, &held.ty)).is_some() {
                return Err(Error::new(ident.span(), "one variant keeps other numbers"));
            }
            return Ok(());
        }
        if !variant.fields.is_empty() {
            return Err(Error::new_spanned(&variant.fields, "a symbol holds nothing; a union has `#[field(N)]`"));
        }
        let (number, span) =
            attribute.number.ok_or_else(|| Error::new(ident.span(), "a symbol needs its number: `#[symbol(0)]`"))?;
        if let Some(earlier) = self.all.iter().find(|symbol| symbol.number == number) {
            return Err(Error::new(span, format!("`{}` has the number {number} already", earlier.ident)));
        }
        if attribute.is_default && self.default.replace(ident).is_some() {
            return Err(Error::new(ident.span(), "one symbol is the default"));
        }
        let name = match attribute.name {
            Some(name) => name,
            None => name::of_ident(ident)?,
        };
        if let Some(earlier) = self.all.iter().find(|symbol| symbol.name.value() == name.value()) {
            return Err(Error::new(
                name.span(),
                format!("`{}` has the name `{}` already", earlier.ident, name.value()),
            ));
        }
        name::no_alias_of(&name.value(), &attribute.aliases)?;
        self.all.push(Symbol { ident, number, name, aliases: attribute.aliases });
        Ok(())
    }
}

pub(crate) fn implementations(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let Symbols { all: symbols, default, other } = read(data)?;
    let Some(first) = symbols.first() else {
        return Err(Error::new(input.ident.span(), "an enumeration has at least one symbol"));
    };
    let says_default = default.is_some();
    let default = default.unwrap_or(first.ident);
    let (name, aliases) = code::names(input)?;
    let idents: Vec<&Ident> = symbols.iter().map(|symbol| symbol.ident).collect();
    let numbers: Vec<i32> = symbols.iter().map(|symbol| symbol.number).collect();
    let positions: Vec<u32> = (0..).take(symbols.len()).collect();
    let schemas = symbols.iter().map(|Symbol { name, aliases, number, .. }| {
        quote!(__canread::SymbolSchema { name: #name, aliases: &[#(#aliases),*], number: #number })
    });
    let default_number = symbols.iter().find(|symbol| symbol.ident == default).map(|symbol| symbol.number);
    let is_open = other.is_some();
    let (option, some, none) =
        (quote!(::core::option::Option), quote!(::core::option::Option::Some), quote!(::core::option::Option::None));
    // What it holds is a number: that it is another type is said where the type stands.
    let other_number = other.map(|(other, ty)| {
        quote_spanned! {ty.span()=>
            Self::#other(__canread_number) => {
                let __canread_number: &::core::primitive::i32 = __canread_number;
                *__canread_number
            }
        }
    });
    let other_position = other.map(|(other, _)| quote!(Self::#other(_) => #none,));
    let from_other = other
        .map_or_else(|| none.clone(), |(other, ty)| quote_spanned!(ty.span()=> #some(Self::#other(__canread_number))));
    let implementations = traits(input, default);
    let heads = Implementations::of(input);
    let enumeration = heads.shaped(&quote!(__canread::Enumeration));
    Ok(quote! {
        #enumeration {
            const SCHEMA: __canread::EnumerationSchema = __canread::EnumerationSchema {
                name: #name,
                aliases: &[#(#aliases),*],
                symbols: &[#(#schemas),*],
                default: #default_number,
                says_default: #says_default,
                is_open: #is_open,
            };
            #[inline]
            fn number(&self) -> ::core::primitive::i32 {
                match self { #(Self::#idents => #numbers,)* #other_number }
            }
            #[inline]
            fn position(&self) -> #option<::core::primitive::u32> {
                match self { #(Self::#idents => #some(#positions),)* #other_position }
            }
            #[inline]
            fn from_number(__canread_number: ::core::primitive::i32) -> #option<Self> {
                match __canread_number { #(#numbers => #some(Self::#idents),)* _ => #from_other }
            }
            #[inline]
            fn from_position(__canread_position: ::core::primitive::u32) -> #option<Self> {
                match __canread_position { #(#positions => #some(Self::#idents),)* _ => #none }
            }
        }
        #implementations
    })
}

fn traits(input: &DeriveInput, default: &Ident) -> TokenStream {
    let heads = Implementations::of(input);
    let (shaped, list_item) = (heads.shaped(&quote!(__canread::Shaped)), heads.shaped(&quote!(__canread::ListItem)));
    let (encode, decode) = (heads.encode(&quote!(__canread::Encode)), heads.decode(&quote!(__canread::Decode)));
    let (reader, writer) = (code::reader(), code::writer());
    quote! {
        #shaped {
            const SHAPE: __canread::Shape =
                __canread::Shape::Enumeration(&<Self as __canread::Enumeration>::SCHEMA);
        }
        #list_item {}
        #encode {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<__CanreadF: __canread::Field, __CanreadW: __canread::Writer>(
                &self,
                __canread_writer: &mut __CanreadW,
            ) {
                #writer::symbol::<__CanreadF, Self>(__canread_writer, self);
            }
        }
        #decode {
            #[inline(always)]
            fn absent(_: __canread::Format) -> Self {
                Self::#default
            }
            #[inline(always)]
            fn decode<__CanreadF: __canread::Field, __CanreadR: __canread::Reader<'__canread_de>>(
                &mut self,
                __canread_reader: &mut __CanreadR,
            ) -> __canread::Step<()> {
                let __canread_symbol = #reader::symbol::<__CanreadF, Self>(__canread_reader)?;
                if let ::core::option::Option::Some(__canread_symbol) = __canread_symbol {
                    *self = __canread_symbol;
                }
                ::core::result::Result::Ok(())
            }
        }
    }
}
