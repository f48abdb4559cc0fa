//! Which of the three sorts of types it is, and what is around the implementations.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Error, Fields, LitStr, Path, Result, Type, ext::IdentExt as _};

use crate::{
    attribute::{self, RecordAttribute},
    enumeration, name,
    place::Spanned as _,
    record, union,
};

/// Where the traits are that the derive implements.
pub(crate) struct Home {
    /// The crate, unless the type says another.
    pub(crate) root: TokenStream,
    /// The module of the crate.
    pub(crate) module: TokenStream,
}

/// All implementations for the type, or what is wrong with it.
///
/// They stand where names of the user's are seen: each name of theirs begins with `__canread` or is an absolute path.
pub(crate) fn implementations(input: &DeriveInput, path: &Home) -> TokenStream {
    match home(input, path).and_then(|path| Ok((path, inner(input)?))) {
        Ok((path, code)) => {
            let allowed = has_deprecated(input).then(|| quote!(#[allow(deprecated)]));
            quote! {
                #allowed
                const _: () = {
                    use #path as __canread;
                    #code
                };
            }
        }
        Err(error) => error.into_compile_error(),
    }
}

/// The path of the traits: the one given, unless the type says where the crate is.
fn home(input: &DeriveInput, path: &Home) -> Result<TokenStream> {
    attribute::only(&input.attrs, "record", "a type, which has `record`")?;
    let attribute: RecordAttribute = attribute::find(&input.attrs, "record")?.unwrap_or_default();
    let Home { root, module } = path;
    let root = attribute.home.map_or_else(|| root.clone(), Path::into_token_stream);
    Ok(quote!(#root #module))
}

/// Whether a part of the type is not to be used any more. Its codec still does.
fn has_deprecated(input: &DeriveInput) -> bool {
    let is_deprecated = |attributes: &[Attribute]| attributes.iter().any(|found| found.path().is_ident("deprecated"));
    let parts = match &input.data {
        Data::Struct(data) => data.fields.iter().any(|field| is_deprecated(&field.attrs)),
        Data::Enum(data) => data.variants.iter().any(|variant| is_deprecated(&variant.attrs)),
        Data::Union(_) => false,
    };
    parts || is_deprecated(&input.attrs)
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
    let name = name_of(input, attribute.name, name::declared)?;
    name::no_alias_of(&name.value(), &attribute.aliases)?;
    Ok((name, attribute.aliases))
}

/// What a union is called: the message of Protobuf that it is where it has a number of its own.
pub(crate) fn union_name(input: &DeriveInput) -> Result<LitStr> {
    let attribute: RecordAttribute = attribute::find(&input.attrs, "record")?.unwrap_or_default();
    if let Some(alias) = attribute.aliases.first() {
        let message = "a union has no former names: Protobuf goes by numbers, and Avro's unions have no name";
        return Err(Error::new(alias.span(), message));
    }
    name_of(input, attribute.name, name::full)
}

fn name_of(input: &DeriveInput, said: Option<LitStr>, check: fn(&LitStr) -> Result<()>) -> Result<LitStr> {
    if let Some(name) = said {
        check(&name)?;
        return Ok(name);
    }
    let own = LitStr::new(&input.ident.unraw().to_string(), input.ident.span());
    check(&own).map_err(|error| name::of_rust(&error))?;
    Ok(own)
}

/// The reader of a function that reads, for functions of its trait: a method of that name might be the user's.
pub(crate) fn reader() -> TokenStream {
    quote!(<__CanreadR as __canread::Reader<'__canread_de>>)
}

/// The writer of a function that writes.
pub(crate) fn writer() -> TokenStream {
    quote!(<__CanreadW as __canread::Writer>)
}

/// The trait that reads values of the type.
pub(crate) fn decode_of(value: &Type) -> TokenStream {
    quote_spanned!(value.span()=> <#value as __canread::Decode<'__canread_de>>)
}

/// All errors as one.
pub(crate) fn all(errors: impl IntoIterator<Item = Error>) -> Result<()> {
    let mut errors = errors.into_iter();
    let Some(mut first) = errors.next() else { return Ok(()) };
    errors.for_each(|error| first.combine(error));
    Err(first)
}
