//! One field of a record or branch of a union: checked, and as a type of its own.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Error, Ident, LitInt, LitStr, Result, Type};

use crate::{
    attribute::{self, FieldAttribute, FieldRole},
    borrowed,
    check::Claim,
    concrete::{depends, is_concrete},
    names::Names,
    place::Spanned as _,
    setting::Setting,
};

/// The highest number that Protobuf has room for.
const NUMBER_MAX: u32 = 536_870_911;

/// One field of a record or branch of a union.
pub(crate) struct Field<'a> {
    /// The field or variant.
    pub(crate) ident: &'a Ident,
    pub(crate) value: &'a Type,
    pub(crate) role: FieldRole,
    /// Where it says its role.
    pub(crate) role_place: Span,
    pub(crate) default: Option<TokenStream>,
    /// The number in Protobuf; 0 for one that has none.
    pub(crate) number: u32,
    /// Where the number stands.
    pub(crate) number_span: Span,
    /// The name of the type that stands for the field.
    pub(crate) marker: Ident,
    /// What the attribute says of the type.
    pub(crate) claims: Vec<Claim>,
    pub(crate) names: Names,
    aliases: Vec<LitStr>,
    settings: Vec<TokenStream>,
}

impl<'a> Field<'a> {
    /// Reads and checks the attribute.
    pub(crate) fn read(index: usize, ident: &'a Ident, value: &'a Type, attributes: &[Attribute]) -> Result<Self> {
        attribute::only(attributes, "field", "a field or branch, which has `field`")?;
        let attribute = attribute::find::<FieldAttribute>(attributes, "field")?.ok_or_else(|| {
            Error::new(ident.span(), "a field needs its number: `#[field(1)]`; `#[field(skip)]` leaves it out")
        })?;
        let mut this = Self {
            ident,
            value,
            role: attribute.role,
            role_place: attribute.said.place("union").unwrap_or_else(|| ident.span()),
            default: attribute.default.clone(),
            number: 0,
            number_span: ident.span(),
            marker: format_ident!("__CanreadField{index}"),
            claims: Vec::new(),
            names: Names::of(ident, &attribute),
            aliases: attribute.aliases.clone(),
            settings: Vec::new(),
        };
        match &attribute.number {
            None if attribute.role == FieldRole::Value => {
                return Err(Error::new(ident.span(), "a field needs its number: `#[field(1)]`"));
            }
            Some(number) => this.set_number(number)?,
            None => {}
        }
        this.settings(&attribute)?;
        if this.is_written() {
            this.names.check(&this.aliases)?;
            borrowed::check(value)?;
        }
        Ok(this)
    }

    fn set_number(&mut self, literal: &LitInt) -> Result<()> {
        let number = literal.base10_parse().ok().filter(|number| (1..=NUMBER_MAX).contains(number));
        let number =
            number.ok_or_else(|| Error::new(literal.span(), format!("field numbers are 1 to {NUMBER_MAX}")))?;
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
            let code = self.avro(setting)?;
            self.settings.push(code);
        }
        let type_aliases = attribute.avro.iter().filter(|setting| setting.word == "type_alias");
        let type_aliases: Vec<&LitStr> = type_aliases.filter_map(|setting| setting.name.as_ref()).collect();
        if !type_aliases.is_empty() {
            self.settings.push(quote!(.with_avro_type_aliases(&[#(#type_aliases),*])));
        }
        Ok(())
    }

    fn claim(&mut self, word: &Ident, condition: TokenStream, message: &'static str) {
        self.claims.push(Claim { place: word.span(), condition, message });
    }

    fn protobuf(&mut self, setting: &Setting) -> Result<TokenStream> {
        let word = &setting.word;
        Ok(match (word.to_string().as_str(), &setting.number, &setting.name) {
            ("number", Some(_), _) if self.role != FieldRole::Value => {
                return Err(Error::new(word.span(), "the branches of a union have the numbers"));
            }
            ("number", Some(number), _) => {
                self.set_number(number)?;
                quote!()
            }
            ("name", _, Some(name)) => quote!(.with_protobuf_name(#name)),
            ("fixed", ..) => {
                let message = "only a number of `i32`, `i64`, `u32` or `u64` is `fixed`";
                self.claim(word, quote!(__canread::Shape::has_form(__canread_shape, __canread_meta)), message);
                quote!(.with_form(__canread::Form::Fixed))
            }
            ("zigzag", ..) => {
                let message = "only a number with a sign, of `i32` or `i64`, is `zigzag`";
                self.claim(word, quote!(__canread::Shape::has_form(__canread_shape, __canread_meta)), message);
                quote!(.with_form(__canread::Form::ZigZag))
            }
            ("key_fixed", ..) => {
                let message = "only keys of a map that are `i32`, `i64`, `u32` or `u64` are `key_fixed`";
                self.claim(word, quote!(__canread::Shape::has_key_form(__canread_shape, __canread_meta)), message);
                quote!(.with_key_form(__canread::Form::Fixed))
            }
            ("key_zigzag", ..) => {
                let message = "only keys of a map that are numbers with a sign, `i32` or `i64`, are `key_zigzag`";
                self.claim(word, quote!(__canread::Shape::has_key_form(__canread_shape, __canread_meta)), message);
                quote!(.with_key_form(__canread::Form::ZigZag))
            }
            ("group", ..) if self.role == FieldRole::Union => {
                return Err(Error::new(word.span(), "a oneof has fields of its own, and is no group"));
            }
            ("group", ..) => {
                self.claim(
                    word,
                    quote!(__canread::Shape::may_be_group(__canread_shape)),
                    "only a record can be a group",
                );
                quote!(.group())
            }
            ("unpacked", ..) => {
                let message = "only a list of numbers, truth values or symbols can be `unpacked`";
                self.claim(word, quote!(__canread::Shape::may_be_unpacked(__canread_shape, __canread_meta)), message);
                quote!(.unpacked())
            }
            _ => {
                let condition =
                    quote!(__canread::Shape::has_way(__canread_shape, __canread::Format::Protobuf, __canread_meta));
                self.claim(word, condition, "the type of this field has no such form in Protobuf");
                let form = form(setting)?;
                quote!(.with_protobuf_representation(#form))
            }
        })
    }

    fn avro(&mut self, setting: &Setting) -> Result<TokenStream> {
        let word = &setting.word;
        Ok(match (word.to_string().as_str(), &setting.name) {
            ("name", Some(name)) => quote!(.with_avro_name(#name)),
            ("type_name", Some(name)) => {
                let message = "only what is a `fixed` of Avro, as `[u8; 16]` is, has a `type_name`";
                self.claim(word, quote!(__canread::Shape::is_named_in_avro(__canread_shape, __canread_meta)), message);
                quote!(.with_avro_type_name(#name))
            }
            ("type_alias", _) => {
                let message = "only what is a `fixed` of Avro, as `[u8; 16]` is, has a `type_alias`";
                self.claim(word, quote!(__canread::Shape::is_named_in_avro(__canread_shape, __canread_meta)), message);
                // All of a field are one setting.
                quote!()
            }
            _ => {
                let condition =
                    quote!(__canread::Shape::has_way(__canread_shape, __canread::Format::Avro, __canread_meta));
                self.claim(word, condition, "the type of this field has no such form in Avro");
                let form = form(setting)?;
                quote!(.with_avro_representation(#form))
            }
        })
    }

    /// The first of the names that it had.
    pub(crate) fn alias(&self) -> Option<&LitStr> {
        self.aliases.first()
    }

    /// Whether it stands in any format.
    pub(crate) fn is_written(&self) -> bool {
        matches!(self.role, FieldRole::Value | FieldRole::Union)
    }

    /// The type that stands for the field.
    pub(crate) fn marker(&self, input: &DeriveInput) -> TokenStream {
        let Self { marker, names: Names { own: name, .. }, number, aliases, settings, .. } = self;
        let aliases = if aliases.is_empty() { quote!() } else { quote!(.with_aliases(&[#(#aliases),*])) };
        let mark = if matches!(input.data, Data::Enum(_)) { "::" } else { "." };
        let place = format!("::{}{mark}{}", input.ident, self.ident);
        quote! {
            struct #marker;
            impl __canread::Field for #marker {
                const META: __canread::FieldMeta = __canread::FieldMeta::new(#name, #number)
                    .declared_at(::core::concat!(::core::module_path!(), #place))
                    #aliases #(#settings)*;
            }
        }
    }

    /// The schema of the field.
    pub(crate) fn schema(&self, input: &DeriveInput) -> TokenStream {
        let Self { marker, value, .. } = self;
        // Where a type is a parameter, all that is known of it here is that it has a schema.
        let default = self.default.as_ref().filter(|_| is_concrete(input) || !depends(value, input));
        let default = default.map(|default| {
            quote_spanned! {value.span()=>
                .with_default(|__canread_format| {
                    let __canread_default: #value = #default;
                    __canread::constant::<#marker, #value>(__canread_format, &__canread_default)
                })
            }
        });
        // What does not fit together is said where the type of the field stands.
        quote_spanned! {value.span()=>
            __canread::FieldSchema::new(<#marker as __canread::Field>::META, <#value as __canread::Shaped>::SHAPE)
                #default
        }
    }
}

/// How the value is written that a word asks for.
fn form(setting: &Setting) -> Result<TokenStream> {
    let unit = |unit: &str| {
        let unit = Ident::new(unit, Span::call_site());
        quote!(__canread::Representation::Count(__canread::Unit::#unit))
    };
    Ok(match setting.word.to_string().as_str() {
        "text" => quote!(__canread::Representation::Text),
        "bytes" => quote!(__canread::Representation::Bytes),
        "days" => unit("Days"),
        "seconds" => unit("Seconds"),
        "millis" => unit("Millis"),
        "micros" => unit("Micros"),
        "nanos" => unit("Nanos"),
        _ => {
            let size: u32 = setting.number.as_ref().map_or(Ok(0), LitInt::base10_parse)?;
            if let Some(literal) = setting.number.as_ref().filter(|_| size == 0) {
                return Err(Error::new(
                    literal.span(),
                    "a `fixed` has 1 byte at least; without a size it has as many as it needs",
                ));
            }
            quote!(__canread::Representation::Fixed(#size))
        }
    })
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
