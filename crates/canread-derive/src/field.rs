//! One field of a record or branch of a union: checked, and as a type of its own.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, Error, Expr, Ident, LitInt, LitStr, Result, Type, ext::IdentExt as _};

use crate::attribute::{self, FieldAttribute, FieldRole};

/// The highest number that Protobuf has room for.
const NUMBER_MAX: u32 = 536_870_911;

/// One field of a record or branch of a union.
pub(crate) struct Field<'a> {
    /// The field or variant.
    pub(crate) ident: &'a Ident,
    pub(crate) value: &'a Type,
    pub(crate) role: FieldRole,
    pub(crate) default: Option<Expr>,
    /// The number in Protobuf; 0 for one that has none.
    pub(crate) number: u32,
    /// Where the number stands.
    pub(crate) number_span: Span,
    /// The name of the type that stands for the field.
    pub(crate) marker: Ident,
    name: LitStr,
    aliases: Vec<LitStr>,
    settings: Vec<TokenStream>,
}

impl<'a> Field<'a> {
    /// Reads and checks the attribute.
    pub(crate) fn read(index: usize, ident: &'a Ident, value: &'a Type, attributes: &[Attribute]) -> Result<Self> {
        let attribute = attribute::find::<FieldAttribute>(attributes, "field")?.ok_or_else(|| {
            Error::new(ident.span(), "a field needs its number: `#[field(1)]`; `#[field(skip)]` leaves it out")
        })?;
        let name = attribute.name.clone().unwrap_or_else(|| LitStr::new(&field_name(ident), ident.span()));
        let mut this = Self {
            ident,
            value,
            role: attribute.role,
            default: attribute.default.clone(),
            number: 0,
            number_span: ident.span(),
            marker: format_ident!("Field{index}"),
            name,
            aliases: attribute.aliases.clone(),
            settings: Vec::new(),
        };
        match (attribute.role, &attribute.number) {
            (FieldRole::Value, None) => {
                return Err(Error::new(ident.span(), "a field needs its number: `#[field(1)]`"));
            }
            (FieldRole::Value, Some(number)) => this.set_number(number)?,
            (_, Some(number)) => {
                return Err(Error::new(number.span(), "a field with a number is no union, unknown or skip"));
            }
            (_, None) => {}
        }
        this.settings(&attribute)?;
        Ok(this)
    }

    fn set_number(&mut self, literal: &LitInt) -> Result<()> {
        let number: u32 = literal.base10_parse()?;
        if number == 0 || number > NUMBER_MAX {
            return Err(Error::new(literal.span(), format!("field numbers are 1 to {NUMBER_MAX}")));
        }
        if (19_000..=19_999).contains(&number) {
            return Err(Error::new(literal.span(), "Protobuf keeps the field numbers 19000 to 19999 for itself"));
        }
        self.number = number;
        self.number_span = literal.span();
        Ok(())
    }

    fn settings(&mut self, attribute: &FieldAttribute) -> Result<()> {
        if self.role == FieldRole::Union {
            self.settings.push(quote!(.oneof()));
        }
        if attribute.default.is_some() {
            // What a reader assumes without the field is the default, so that a zero has to be said.
            self.settings.push(quote!(.explicit()));
        }
        for setting in &attribute.protobuf {
            let code = match (setting.word.to_string().as_str(), &setting.number, &setting.name) {
                ("number", Some(_), _) if self.role != FieldRole::Value => {
                    return Err(Error::new(setting.word.span(), "the branches of a union have the numbers"));
                }
                ("number", Some(number), _) => {
                    self.set_number(number)?;
                    quote!()
                }
                ("name", _, Some(name)) => quote!(.with_protobuf_name(#name)),
                ("fixed", ..) => quote!(.with_form(__record::Form::Fixed)),
                ("zigzag", ..) => quote!(.with_form(__record::Form::ZigZag)),
                ("key_fixed", ..) => quote!(.with_key_form(__record::Form::Fixed)),
                ("key_zigzag", ..) => quote!(.with_key_form(__record::Form::ZigZag)),
                ("group", ..) => quote!(.group()),
                _ => quote!(.unpacked()),
            };
            self.settings.push(code);
        }
        if let Some(name) = &attribute.avro_name {
            self.settings.push(quote!(.with_avro_name(#name)));
        }
        Ok(())
    }

    /// Whether it stands in any format.
    pub(crate) fn is_written(&self) -> bool {
        matches!(self.role, FieldRole::Value | FieldRole::Union)
    }

    /// The type that stands for the field.
    pub(crate) fn marker(&self) -> TokenStream {
        let Self { marker, name, number, aliases, settings, .. } = self;
        let aliases = if aliases.is_empty() { quote!() } else { quote!(.with_aliases(&[#(#aliases),*])) };
        quote! {
            struct #marker;
            impl __record::Field for #marker {
                const META: __record::FieldMeta = __record::FieldMeta::new(#name, #number) #aliases #(#settings)*;
            }
        }
    }

    /// The schema of the field.
    pub(crate) fn schema(&self) -> TokenStream {
        let Self { marker, value, .. } = self;
        quote! {
            __record::FieldSchema {
                meta: <#marker as __record::Field>::META,
                shape: <#value as __record::Shaped>::SHAPE,
            }
        }
    }
}

/// The name of a field, or of a branch as a field: `CreditCard` is `credit_card`.
fn field_name(ident: &Ident) -> String {
    let written = ident.unraw().to_string();
    if !written.starts_with(char::is_uppercase) {
        return written;
    }
    let mut name = String::new();
    for letter in written.chars() {
        if letter.is_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// Errors of numbers that two fields have.
pub(crate) fn twice(fields: &[Field<'_>]) -> Vec<Error> {
    let mut errors = Vec::new();
    for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.role == FieldRole::Value) {
        let mut earlier = fields.iter().take(index).filter(|earlier| earlier.role == FieldRole::Value);
        if let Some(earlier) = earlier.find(|earlier| earlier.number == field.number) {
            let message = format!("`{}` has the number {} already", earlier.ident, field.number);
            errors.push(Error::new(field.number_span, message));
        }
    }
    errors
}
