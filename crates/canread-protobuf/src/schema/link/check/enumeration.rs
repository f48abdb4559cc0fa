//! Values of enums.

use canread_model::DeclId;
use canread_syntax::Diagnostic;
use rustc_hash::FxHashMap;

use super::is_true;
use super::json::all_differ;
use crate::schema::ast::{self, EnumItem, EnumValue};
use crate::schema::link::Linker;
use crate::schema::link::feature::Features;

impl<'a> Linker<'a> {
    pub(super) fn check_enum(&mut self, id: DeclId, declared: &ast::Enum<'a>, features: Features) {
        let values = || {
            declared.items.iter().filter_map(|item| match item {
                EnumItem::Value(value) => Some(value),
                EnumItem::Reserved(_) => None,
            })
        };
        let Some(first) = values().next() else {
            let message = format!("the enum `{}` has no values", declared.name.text);
            let error = Diagnostic::error("protobuf/empty_enum", message).at(declared.name.span, "no value inside");
            return self.report(error.help("add a value: `UNSPECIFIED = 0;`"));
        };
        if features.is_open
            && let Some(number) = first.number
            && number.value != 0
        {
            let message = format!("the first value of the open enum `{}` is not zero", declared.name.text);
            self.report(
                Diagnostic::error("protobuf/first_value_not_zero", message)
                    .at(number.span, "must be 0")
                    .note("an absent field of an open enum has the value 0")
                    .help("put a value with number 0 first"),
            );
        }
        self.check_allow_alias(id, values());
        let allow_alias = is_true(&self.schema.decl(id).meta, "allow_alias");
        self.check_enum_numbers(id, &declared.items, allow_alias);
        self.check_similar_values(declared.name.text, values());
        self.check_value_style(id, values(), features);
    }

    fn check_allow_alias<'t>(&mut self, id: DeclId, values: impl Iterator<Item = &'t EnumValue<'a>>)
    where
        'a: 't,
    {
        let meta = &self.schema.decl(id).meta;
        let Some(span) = self.annotation_span(meta, "allow_alias") else { return };
        let message = if is_true(meta, "allow_alias") {
            let mut seen = rustc_hash::FxHashSet::default();
            let mut numbers = values.filter_map(|value| value.number);
            if numbers.any(|number| !seen.insert(number.value)) {
                return;
            }
            "`allow_alias` is set, but no two values have the same number"
        } else {
            "`allow_alias = false` says nothing"
        };
        self.report(Diagnostic::error("protobuf/needless_allow_alias", message).at(span, "").help("remove the option"));
    }

    /// Generated code in many languages drops the enum's name from its values and changes their case.
    ///
    /// Source: protoc 35, which compares what is left.
    fn check_similar_values<'t>(&mut self, name: &str, values: impl Iterator<Item = &'t EnumValue<'a>> + Clone)
    where
        'a: 't,
    {
        let prefix: Vec<u8> = name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase()).collect();
        let stripped = |value: &'t EnumValue<'a>| pascal_letters(without_prefix(value.name.text, &prefix));
        if all_differ(values.clone().map(stripped)) {
            return;
        }
        let mut seen: FxHashMap<String, &EnumValue<'a>> = FxHashMap::default();
        for value in values {
            let first = *seen.entry(stripped(value).collect()).or_insert(value);
            let number = |value: &EnumValue<'a>| value.number.map(|number| number.value);
            if first.name.text != value.name.text && number(first) != number(value) {
                let (one, other) = (first.name, value.name);
                let message =
                    format!("the values `{}` and `{}` have the same name in generated code", one.text, other.text);
                self.report(
                    Diagnostic::error("protobuf/similar_values", message)
                        .at(other.span, "the second one")
                        .at(one.span, "the first one")
                        .note(format!("case and the prefix `{name}` are dropped"))
                        .help("rename one of them"),
                );
            }
        }
    }
}

/// The name without a prefix that is given in lower case and without underscores; all of it if nothing would be left.
fn without_prefix<'n>(name: &'n str, prefix: &[u8]) -> &'n str {
    let mut expected = prefix.iter();
    let mut rest = name;
    while !expected.as_slice().is_empty() {
        let Some(byte) = rest.bytes().next() else { return name };
        if byte != b'_' && expected.next() != Some(&byte.to_ascii_lowercase()) {
            return name;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    let rest = rest.trim_start_matches('_');
    if rest.is_empty() { name } else { rest }
}

fn pascal_letters(name: &str) -> impl Iterator<Item = char> {
    let mut starts_word = true;
    name.chars().filter_map(move |letter| {
        if letter == '_' {
            starts_word = true;
            return None;
        }
        let is_upper = std::mem::take(&mut starts_word);
        Some(if is_upper { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_dropped_whatever_their_case_and_underscores() {
        for (name, rest) in
            [("FOO_BAR_BAZ", "BAZ"), ("FOOBAR_BAZ", "BAZ"), ("FOO_BAR", "FOO_BAR"), ("FOO_QUX", "FOO_QUX")]
        {
            assert_eq!(without_prefix(name, b"foobar"), rest);
        }
        assert_eq!(pascal_letters("BAR_BAZ").collect::<String>(), "BarBaz");
        assert_eq!(pascal_letters("BARBAZ").collect::<String>(), "Barbaz");
    }
}
