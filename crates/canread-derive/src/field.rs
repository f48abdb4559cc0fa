//! One field of a record or branch of a union: checked, and as a type of its own.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{
    Attribute, DeriveInput, Error, Expr, Ident, LitInt, LitStr, Result, Type, ext::IdentExt as _, spanned::Spanned as _,
};

use crate::attribute::{self, FORMS, FieldAttribute, FieldRole, Setting};

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
    /// Where `group` stands.
    group: Option<Span>,
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
            group: None,
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
            let code = self.protobuf(setting)?;
            self.settings.push(code);
        }
        for setting in &attribute.avro {
            self.settings.push(avro(setting)?);
        }
        one_form(&attribute.protobuf)?;
        one_form(&attribute.avro)
    }

    fn protobuf(&mut self, setting: &Setting) -> Result<TokenStream> {
        Ok(match (setting.word.to_string().as_str(), &setting.number, &setting.name) {
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
            ("group", ..) if self.role == FieldRole::Union => {
                return Err(Error::new(setting.word.span(), "a oneof has fields of its own, and is no group"));
            }
            ("group", ..) => {
                self.group = Some(setting.word.span());
                quote!(.group())
            }
            ("unpacked", ..) => quote!(.unpacked()),
            _ => {
                let form = form(setting)?;
                quote!(.with_protobuf_representation(#form))
            }
        })
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
    pub(crate) fn schema(&self, input: &DeriveInput) -> TokenStream {
        let Self { marker, value, .. } = self;
        // Where a type is a parameter, all that is known of it here is that it has a schema.
        let default = self.default.as_ref().filter(|_| input.generics.type_params().next().is_none());
        let default = default.map(|default| {
            quote_spanned! {value.span()=>
                .with_default(|format| {
                    let default: #value = #default;
                    __record::constant::<#marker, #value>(format, &default)
                })
            }
        });
        // What does not fit together is said where the type of the field stands.
        quote_spanned! {value.span()=>
            __record::FieldSchema::new(<#marker as __record::Field>::META, <#value as __record::Shaped>::SHAPE) #default
        }
    }

    /// What can only be checked when the types are known: where the attribute stands.
    pub(crate) fn check(&self) -> TokenStream {
        let value = self.value;
        let Some(group) = self.group else { return quote!() };
        quote_spanned! {group=>
            const _: () = assert!(<#value as __record::Shaped>::SHAPE.may_be_group(), "only a record can be a group");
        }
    }
}

/// The checks of all fields. Where types are parameters they are made by `FieldSchema::new`, when the types are known.
pub(crate) fn checks<'f>(input: &DeriveInput, fields: impl IntoIterator<Item = &'f Field<'f>>) -> TokenStream {
    if input.generics.params.is_empty() { fields.into_iter().map(Field::check).collect() } else { quote!() }
}

fn avro(setting: &Setting) -> Result<TokenStream> {
    Ok(match (setting.word.to_string().as_str(), &setting.name) {
        ("name", Some(name)) => quote!(.with_avro_name(#name)),
        ("type_name", Some(name)) => quote!(.with_avro_type_name(#name)),
        _ => {
            let form = form(setting)?;
            quote!(.with_avro_representation(#form))
        }
    })
}

/// How the value is written that a word asks for.
fn form(setting: &Setting) -> Result<TokenStream> {
    let unit = |unit: &str| {
        let unit = Ident::new(unit, Span::call_site());
        quote!(__record::Representation::Count(__record::Unit::#unit))
    };
    Ok(match setting.word.to_string().as_str() {
        "text" => quote!(__record::Representation::Text),
        "bytes" => quote!(__record::Representation::Bytes),
        "days" => unit("Days"),
        "seconds" => unit("Seconds"),
        "millis" => unit("Millis"),
        "micros" => unit("Micros"),
        "nanos" => unit("Nanos"),
        _ => {
            let size: u32 = setting.number.as_ref().map_or(Ok(0), LitInt::base10_parse)?;
            quote!(__record::Representation::Fixed(#size))
        }
    })
}

/// A value has one form; `fixed` of Protobuf is a form of numbers and stands beside them.
fn one_form(settings: &[Setting]) -> Result<()> {
    let is_form = |setting: &&Setting| {
        let word = setting.word.to_string();
        FORMS.contains(&word.as_str())
    };
    match settings.iter().filter(is_form).nth(1) {
        Some(second) => Err(Error::new(second.word.span(), "a field says one form of its value")),
        None => Ok(()),
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
