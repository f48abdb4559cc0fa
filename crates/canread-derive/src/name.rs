//! Which names formats have.
//!
//! ```text
//! name      = (letter | "_") (letter | digit | "_")*     letters and digits of ASCII
//! full name = name ("." name)*
//! ```
//!
//! Source: Protobuf, "Language Specification", "Identifiers"; Avro 1.12, "Names".

use syn::{Error, Ident, LitStr, Result, ext::IdentExt as _};

/// Names that Avro keeps for its own types. Source: Avro 1.12, "Names".
const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// Checks the name of a field, branch or symbol.
pub(crate) fn short(name: &LitStr) -> Result<()> {
    if is_name(&name.value()) {
        return Ok(());
    }
    Err(Error::new(name.span(), format!("{}: {RULE}", no_name(name))))
}

/// Checks the name of a type, with the package or namespace before it.
pub(crate) fn full(name: &LitStr) -> Result<()> {
    if name.value().split('.').all(is_name) {
        return Ok(());
    }
    Err(Error::new(name.span(), format!("{}: {RULE}; a dot stands between two names", no_name(name))))
}

/// Checks the name of a type that Avro declares.
pub(crate) fn declared(name: &LitStr) -> Result<()> {
    full(name)?;
    let value = name.value();
    let last = value.rsplit('.').next().unwrap_or_default();
    if PRIMITIVES.contains(&last) {
        return Err(Error::new(name.span(), format!("Avro keeps the name `{last}` for a type of its own")));
    }
    Ok(())
}

/// The name in Rust as a name of formats.
pub(crate) fn of_ident(ident: &Ident) -> Result<LitStr> {
    let name = LitStr::new(&ident.unraw().to_string(), ident.span());
    short(&name).map_err(|error| of_rust(&error))?;
    Ok(name)
}

/// Adds to an error of a name that comes from Rust what to do about it.
pub(crate) fn of_rust(error: &Error) -> Error {
    Error::new(error.span(), format!("{error}; `name = \"...\"` gives it one"))
}

/// An error at an alias that is the name itself.
pub(crate) fn no_alias_of(name: &str, aliases: &[LitStr]) -> Result<()> {
    match aliases.iter().find(|alias| alias.value() == name) {
        Some(alias) => Err(Error::new(alias.span(), format!("`{name}` is the name; an alias is a name that it had"))),
        None => Ok(()),
    }
}

fn no_name(name: &LitStr) -> String {
    match name.value().as_str() {
        "" => "an empty name is one in no format".to_owned(),
        name => format!("`{name}` is a name in no format"),
    }
}

const RULE: &str = "a letter or `_` comes first, then letters, digits and `_`";

fn is_name(name: &str) -> bool {
    let is_start = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    name.starts_with(is_start) && name.chars().all(|letter| is_start(letter) || letter.is_ascii_digit())
}
