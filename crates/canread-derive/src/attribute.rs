//! The text of the attributes, read into what they say.

use proc_macro2::{Span, TokenStream};
use syn::{
    Attribute, Error, Ident, LitInt, LitStr, Path, Result, Token,
    ext::IdentExt as _,
    parse::{Parse, ParseStream},
};

use crate::{
    default, name,
    said::{NUMBER, Said},
    setting::{self, Setting},
};

/// `#[record(...)]`.
#[derive(Default)]
pub(crate) struct RecordAttribute {
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    /// Where the crate `canread` is.
    pub(crate) home: Option<Path>,
}

/// `#[field(...)]`.
#[derive(Default)]
pub(crate) struct FieldAttribute {
    pub(crate) number: Option<LitInt>,
    pub(crate) role: FieldRole,
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<TokenStream>,
    pub(crate) protobuf: Vec<Setting>,
    pub(crate) avro: Vec<Setting>,
    pub(crate) said: Said,
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
pub(crate) fn each(input: ParseStream<'_>, mut one: impl FnMut(ParseStream<'_>) -> Result<()>) -> Result<()> {
    while !input.is_empty() {
        one(input)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// What is behind `=`.
pub(crate) fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

pub(crate) fn not_known(word: &Ident, known: &str) -> Error {
    Error::new(word.span(), format!("`{word}` is not known here; known are {known}"))
}

impl Parse for RecordAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut this, mut said) = (Self::default(), Said::default());
        each(input, |input| {
            let word = input.call(Ident::parse_any)?;
            match word.to_string().as_str() {
                "name" => {
                    said.once(&word)?;
                    this.name = Some(value(input)?);
                }
                "alias" => said.alias(&word, &mut this.aliases, value(input)?)?,
                "crate" => {
                    said.once(&word)?;
                    input.parse::<Token![=]>()?;
                    this.home = Some(input.call(Path::parse_mod_style)?);
                }
                _ => return Err(not_known(&word, "`name`, `alias` and `crate`")),
            }
            Ok(())
        })?;
        this.aliases.iter().try_for_each(name::full)?;
        Ok(this)
    }
}

impl Parse for FieldAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::default();
        each(input, |input| {
            if input.peek(LitInt) {
                let number: LitInt = input.parse()?;
                this.said.number(number.span())?;
                this.number = Some(number);
                return Ok(());
            }
            let word = input.call(Ident::parse_any);
            let word = word.map_err(|error| Error::new(error.span(), format!("known here are {FIELD_WORDS}")))?;
            this.word(&word, input)
        })?;
        this.aliases.iter().try_for_each(name::short)?;
        let said = &this.said;
        said.one_of(
            &[NUMBER, "union", "unknown", "skip"],
            "a field says one of these: a number, `union`, `unknown`, `skip`",
        )?;
        said.alone("unknown", &[], "a field that keeps what is not known says nothing else")?;
        said.alone("skip", &["default"], "a field that is in no format says nothing else but `default`")?;
        Ok(this)
    }
}

const FIELD_WORDS: &str =
    "a number, `union`, `unknown`, `skip`, `name`, `alias`, `default`, `protobuf(...)` and `avro(...)`";

impl FieldAttribute {
    fn word(&mut self, word: &Ident, input: ParseStream<'_>) -> Result<()> {
        let text = word.to_string();
        match text.as_str() {
            "alias" => return self.said.alias(word, &mut self.aliases, value(input)?),
            "union" | "unknown" | "skip" | "name" | "default" | "protobuf" | "avro" => self.said.once(word)?,
            _ => return Err(not_known(word, FIELD_WORDS)),
        }
        match text.as_str() {
            "union" => self.role = FieldRole::Union,
            "unknown" => self.role = FieldRole::Unknown,
            "skip" => self.role = FieldRole::Skip,
            "name" => self.name = Some(value(input)?),
            "default" => {
                input.parse::<Token![=]>()?;
                self.default = Some(default::expression(input)?);
            }
            "protobuf" => self.protobuf = setting::protobuf(input)?,
            _ => self.avro = setting::avro(input)?,
        }
        Ok(())
    }
}

impl Parse for SymbolAttribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut this, mut said) = (Self::default(), Said::default());
        each(input, |input| {
            if input.peek(LitInt) || input.peek(Token![-]) {
                let (number, span) = symbol_number(input)?;
                said.number(span)?;
                this.number = Some((number, span));
                return Ok(());
            }
            let word: Ident = input.parse()?;
            match word.to_string().as_str() {
                "other" => this.is_other = true,
                "default" => this.is_default = true,
                "name" => this.name = Some(value(input)?),
                "alias" => return said.alias(&word, &mut this.aliases, value(input)?),
                _ => return Err(not_known(&word, "a number, `other`, `default`, `name` and `alias`")),
            }
            said.once(&word)
        })?;
        this.name.iter().chain(&this.aliases).try_for_each(name::short)?;
        said.alone("other", &[], "what keeps other numbers is no symbol, and says nothing else")?;
        Ok(this)
    }
}

fn symbol_number(input: ParseStream<'_>) -> Result<(i32, Span)> {
    let minus: Option<Token![-]> = input.parse()?;
    let literal: LitInt = input.parse()?;
    let number = literal.base10_parse::<i64>().ok();
    let number = if minus.is_some() { number.and_then(i64::checked_neg) } else { number };
    let number = number.and_then(|number| i32::try_from(number).ok());
    let number = number.ok_or_else(|| Error::new(literal.span(), "a symbol's number has 32 bits"))?;
    Ok((number, literal.span()))
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

/// An error at an attribute of the derive that says nothing where it stands.
pub(crate) fn only(attributes: &[Attribute], here: &str, place: &str) -> Result<()> {
    let names = ["record", "field", "symbol"];
    for name in names.into_iter().filter(|name| *name != here) {
        if let Some(misplaced) = attributes.iter().find(|attribute| attribute.path().is_ident(name)) {
            return Err(Error::new_spanned(misplaced, format!("`{name}` says nothing on {place}")));
        }
    }
    Ok(())
}
