//! The text of the attributes, read into what they say.

use proc_macro2::Span;
use syn::{
    Attribute, Error, Expr, Ident, LitInt, LitStr, Result, Token, parenthesized,
    parse::{Parse, ParseStream},
};

/// `#[record(...)]`.
#[derive(Default)]
pub(crate) struct RecordAttribute {
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
}

/// `#[field(...)]`.
#[derive(Default)]
pub(crate) struct FieldAttribute {
    pub(crate) number: Option<LitInt>,
    pub(crate) role: FieldRole,
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<Expr>,
    pub(crate) protobuf: Vec<Setting>,
    pub(crate) avro: Vec<Setting>,
}

/// What a field is there for.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldRole {
    /// A value with a number.
    #[default]
    Value,
    /// A union whose branches have the numbers.
    Union,
    /// Fields that are not known.
    Unknown,
    /// In no format.
    Skip,
}

/// One word of `protobuf(...)` or `avro(...)`, and what it is set to.
pub(crate) struct Setting {
    pub(crate) word: Ident,
    pub(crate) number: Option<LitInt>,
    pub(crate) name: Option<LitStr>,
}

/// `#[symbol(...)]`.
#[derive(Default)]
pub(crate) struct SymbolAttribute {
    pub(crate) number: Option<(i32, Span)>,
    pub(crate) is_other: bool,
    pub(crate) is_default: bool,
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
}

/// Calls `one` for each part between commas.
fn each(input: ParseStream<'_>, mut one: impl FnMut(ParseStream<'_>) -> Result<()>) -> Result<()> {
    while !input.is_empty() {
        one(input)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// What is behind `=`.
fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn not_known(word: &Ident, known: &str) -> Error {
    Error::new(word.span(), format!("`{word}` is not known here; known are {known}"))
}

impl Parse for RecordAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::default();
        each(input, |input| {
            let word: Ident = input.parse()?;
            match word.to_string().as_str() {
                "name" => this.name = Some(value(input)?),
                "alias" => this.aliases.push(value(input)?),
                _ => return Err(not_known(&word, "`name` and `alias`")),
            }
            Ok(())
        })?;
        Ok(this)
    }
}

impl Parse for FieldAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::default();
        each(input, |input| {
            if input.peek(LitInt) {
                this.number = Some(input.parse()?);
                return Ok(());
            }
            let word = input.call(syn::ext::IdentExt::parse_any)?;
            this.word(&word, input)
        })?;
        Ok(this)
    }
}

impl FieldAttribute {
    fn word(&mut self, word: &Ident, input: ParseStream<'_>) -> Result<()> {
        match word.to_string().as_str() {
            "union" => self.role = FieldRole::Union,
            "unknown" => self.role = FieldRole::Unknown,
            "skip" => self.role = FieldRole::Skip,
            "name" => self.name = Some(value(input)?),
            "alias" => self.aliases.push(value(input)?),
            "default" => self.default = Some(value(input)?),
            "protobuf" => {
                let content;
                parenthesized!(content in input);
                each(&content, |input| {
                    self.protobuf.push(Setting::protobuf(input)?);
                    Ok(())
                })?;
            }
            "avro" => {
                let content;
                parenthesized!(content in input);
                each(&content, |input| {
                    self.avro.push(Setting::avro(input)?);
                    Ok(())
                })?;
            }
            _ => {
                let known =
                    "a number, `union`, `unknown`, `skip`, `name`, `alias`, `default`, `protobuf(...)` and `avro(...)`";
                return Err(not_known(word, known));
            }
        }
        Ok(())
    }
}

/// Words of both formats for a value that has several forms.
pub(crate) const FORMS: [&str; 7] = ["text", "bytes", "days", "seconds", "millis", "micros", "nanos"];

impl Setting {
    fn of(word: Ident) -> Self {
        Self { word, number: None, name: None }
    }

    fn protobuf(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::of(input.parse()?);
        match this.word.to_string().as_str() {
            "number" => this.number = Some(value(input)?),
            "name" => this.name = Some(value(input)?),
            "fixed" | "zigzag" | "key_fixed" | "key_zigzag" | "group" | "unpacked" => {}
            form if FORMS.contains(&form) => {}
            _ => {
                let known = "`number`, `name`, `fixed`, `zigzag`, `key_fixed`, `key_zigzag`, `group`, `unpacked`, \
                             `text`, `bytes`, `days`, `seconds`, `millis`, `micros` and `nanos`";
                return Err(not_known(&this.word, known));
            }
        }
        Ok(this)
    }

    fn avro(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::of(input.parse()?);
        match this.word.to_string().as_str() {
            "name" | "type_name" => this.name = Some(value(input)?),
            "fixed" if input.peek(Token![=]) => this.number = Some(value(input)?),
            "fixed" => {}
            form if FORMS.contains(&form) => {}
            _ => {
                let known = "`name`, `type_name`, `fixed`, `text`, `bytes`, `days`, `seconds`, `millis`, `micros` and \
                             `nanos`";
                return Err(not_known(&this.word, known));
            }
        }
        Ok(this)
    }
}

impl Parse for SymbolAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::default();
        each(input, |input| {
            if input.peek(LitInt) || input.peek(Token![-]) {
                let minus: Option<Token![-]> = input.parse()?;
                let literal: LitInt = input.parse()?;
                let number: i64 = literal.base10_parse()?;
                let number = if minus.is_some() { number.checked_neg() } else { Some(number) };
                let number = number.and_then(|number| i32::try_from(number).ok());
                let number = number.ok_or_else(|| Error::new(literal.span(), "a symbol's number has 32 bits"))?;
                this.number = Some((number, literal.span()));
                return Ok(());
            }
            let word: Ident = input.parse()?;
            match word.to_string().as_str() {
                "other" => this.is_other = true,
                "default" => this.is_default = true,
                "name" => this.name = Some(value(input)?),
                "alias" => this.aliases.push(value(input)?),
                _ => return Err(not_known(&word, "a number, `other`, `default`, `name` and `alias`")),
            }
            Ok(())
        })?;
        Ok(this)
    }
}

/// The one attribute of that name, read; `None` if there is none.
pub(crate) fn find<T: Parse>(attributes: &[Attribute], name: &str) -> Result<Option<T>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        if found.is_some() {
            return Err(Error::new_spanned(attribute, format!("`{name}` is said once")));
        }
        found = Some(attribute.parse_args()?);
    }
    Ok(found)
}
