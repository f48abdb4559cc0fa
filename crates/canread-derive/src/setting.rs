//! The words of `protobuf(...)` and `avro(...)`.

use proc_macro2::Ident;
use syn::{
    LitInt, LitStr, Result, Token, parenthesized,
    parse::{Parse as _, ParseStream},
};

use crate::{
    attribute::{each, not_known, value},
    name,
    said::Said,
};

/// One word of `protobuf(...)` or `avro(...)`, and what it is set to.
pub(crate) struct Setting {
    pub(crate) word: Ident,
    pub(crate) number: Option<LitInt>,
    pub(crate) name: Option<LitStr>,
}

/// Words of both formats for a value that has several forms.
pub(crate) const FORMS: [&str; 7] = ["text", "bytes", "days", "seconds", "millis", "micros", "nanos"];

/// The same, with the form that is one of Avro alone: in Protobuf, `fixed` is a form of numbers and stands beside them.
const AVRO_FORMS: [&str; 8] = ["text", "bytes", "days", "seconds", "millis", "micros", "nanos", "fixed"];

/// All words of `protobuf(...)`.
pub(crate) fn protobuf(input: ParseStream<'_>) -> Result<Vec<Setting>> {
    let (settings, said) = group(input, Setting::protobuf)?;
    said.one_of(&FORMS, "a field says one form of its value")?;
    said.one_of(&["fixed", "zigzag"], "a number is written in one form: `fixed` or `zigzag`")?;
    said.one_of(&["key_fixed", "key_zigzag"], "a key is written in one form: `key_fixed` or `key_zigzag`")?;
    Ok(settings)
}

/// All words of `avro(...)`.
pub(crate) fn avro(input: ParseStream<'_>) -> Result<Vec<Setting>> {
    let (settings, said) = group(input, Setting::avro)?;
    said.one_of(&AVRO_FORMS, "a field says one form of its value")?;
    let name_of = |word: &'static str| settings.iter().filter(move |setting| setting.word == word);
    let aliases: Vec<LitStr> = name_of("type_alias").filter_map(|setting| setting.name.clone()).collect();
    if let Some(name) = name_of("type_name").find_map(|setting| setting.name.as_ref()) {
        name::no_alias_of(&name.value(), &aliases)?;
    }
    Ok(settings)
}

fn group(input: ParseStream<'_>, one: fn(ParseStream<'_>) -> Result<Setting>) -> Result<(Vec<Setting>, Said)> {
    let content;
    parenthesized!(content in input);
    let (mut settings, mut said) = (Vec::new(), Said::default());
    let mut type_aliases = Vec::new();
    each(&content, |input| {
        let setting: Setting = one(input)?;
        match &setting.name {
            Some(name) if setting.word == "type_alias" => {
                said.alias(&setting.word, &mut type_aliases, name.clone())?;
            }
            _ => said.once(&setting.word)?,
        }
        settings.push(setting);
        Ok(())
    })?;
    Ok((settings, said))
}

impl Setting {
    fn of(word: Ident) -> Self {
        Self { word, number: None, name: None }
    }

    fn protobuf(input: ParseStream<'_>) -> Result<Self> {
        let mut this = Self::of(Ident::parse(input)?);
        match this.word.to_string().as_str() {
            "number" => this.number = Some(value(input)?),
            "name" => this.name = Some(short_name(input)?),
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
        let mut this = Self::of(Ident::parse(input)?);
        match this.word.to_string().as_str() {
            "name" => this.name = Some(short_name(input)?),
            "type_name" => {
                let type_name = value(input)?;
                name::declared(&type_name)?;
                this.name = Some(type_name);
            }
            "type_alias" => {
                let type_alias = value(input)?;
                name::full(&type_alias)?;
                this.name = Some(type_alias);
            }
            "fixed" if input.peek(Token![=]) => this.number = Some(value(input)?),
            "fixed" => {}
            form if FORMS.contains(&form) => {}
            _ => {
                let known = "`name`, `type_name`, `type_alias`, `fixed`, `text`, `bytes`, `days`, `seconds`, `millis`, \
                             `micros` and `nanos`";
                return Err(not_known(&this.word, known));
            }
        }
        Ok(this)
    }
}

fn short_name(input: ParseStream<'_>) -> Result<LitStr> {
    let name = value(input)?;
    name::short(&name)?;
    Ok(name)
}
