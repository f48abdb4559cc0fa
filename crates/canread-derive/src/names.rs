//! The names of a field or branch.

use syn::{Error, Ident, LitStr, Result, ext::IdentExt as _};

use crate::{
    attribute::{FieldAttribute, FieldRole},
    field::Field,
    name,
};

/// What a field or branch is called.
pub(crate) struct Names {
    /// Where a format has no other.
    pub(crate) own: LitStr,
    /// Whether it comes from the name in Rust.
    is_of_rust: bool,
    protobuf: Option<LitStr>,
    avro: Option<LitStr>,
}

impl Names {
    pub(crate) fn of(ident: &Ident, attribute: &FieldAttribute) -> Self {
        let of_format = |settings: &[crate::setting::Setting]| {
            settings.iter().find(|setting| setting.word == "name").and_then(|setting| setting.name.clone())
        };
        Self {
            own: attribute.name.clone().unwrap_or_else(|| LitStr::new(&field_name(ident), ident.span())),
            is_of_rust: attribute.name.is_none(),
            protobuf: of_format(&attribute.protobuf),
            avro: of_format(&attribute.avro),
        }
    }

    /// Checks the name, if a format has no other, and those that it had.
    pub(crate) fn check(&self, aliases: &[LitStr]) -> Result<()> {
        if self.protobuf.is_none() || self.avro.is_none() {
            let checked = name::short(&self.own);
            checked.map_err(|error| if self.is_of_rust { name::of_rust(&error) } else { error })?;
        }
        // Avro alone looks at former names.
        name::no_alias_of(&self.avro().value(), aliases)
    }

    fn protobuf(&self) -> &LitStr {
        self.protobuf.as_ref().unwrap_or(&self.own)
    }

    fn avro(&self) -> &LitStr {
        self.avro.as_ref().unwrap_or(&self.own)
    }
}

/// Errors of names that two fields have. The branches of a union have none in Avro.
pub(crate) fn twice(fields: &[Field<'_>], has_avro: bool) -> Vec<Error> {
    let written = |field: &&Field<'_>| matches!(field.role, FieldRole::Value | FieldRole::Union);
    let mut errors = Vec::new();
    for (index, field) in fields.iter().enumerate().filter(|(_, field)| written(field)) {
        let same = |of: fn(&Names) -> &LitStr| {
            let name = of(&field.names);
            let earlier =
                fields.iter().take(index).filter(written).find(|earlier| of(&earlier.names).value() == name.value());
            earlier.map(|earlier| (name, earlier.ident))
        };
        let avro = if has_avro { same(Names::avro).map(|found| (found, "Avro")) } else { None };
        if let Some(((name, earlier), format)) = same(Names::protobuf).map(|found| (found, "Protobuf")).or(avro) {
            let message = format!("`{earlier}` has the name `{}` in {format} already", name.value());
            errors.push(Error::new(name.span(), message));
        }
    }
    errors
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
