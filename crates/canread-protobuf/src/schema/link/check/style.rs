//! The naming style that editions from 2024 on enforce.
//!
//! Source: "Style Guide" of the Protobuf documentation; protoc 35.

use canread_model::DeclId;
use canread_syntax::{Diagnostic, Span};

use crate::schema::ast::{EnumValue, Package};
use crate::schema::link::feature::{Features, NamingStyle};
use crate::schema::link::flat::{FieldNode, FlatKind};
use crate::schema::link::names::SymbolKind;
use crate::schema::link::{FieldRef, Linker};

/// How a name is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `TitleCase`
    Title,
    /// `lower_snake_case`
    LowerSnake,
    /// `UPPER_SNAKE_CASE`
    UpperSnake,
}

impl Style {
    fn as_str(self) -> &'static str {
        match self {
            Self::Title => "TitleCase",
            Self::LowerSnake => "lower_snake_case",
            Self::UpperSnake => "UPPER_SNAKE_CASE",
        }
    }

    fn fits(self, name: &str) -> bool {
        let starts_well = name.bytes().next().is_some_and(|first| match self {
            Self::LowerSnake => first.is_ascii_lowercase(),
            Self::Title | Self::UpperSnake => first.is_ascii_uppercase(),
        });
        let fits = |byte: u8| match self {
            Self::Title => byte.is_ascii_alphanumeric(),
            Self::LowerSnake => byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_',
            Self::UpperSnake => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_',
        };
        // An underscore stands between a word and a letter.
        let parts = name.split('_').skip(1);
        let has_good_underscores =
            parts.clone().all(|part| part.bytes().next().is_some_and(|first| first.is_ascii_alphabetic()));
        starts_well && name.bytes().all(fits) && has_good_underscores
    }
}

/// What accessors of a field are called besides the field's name.
const AFFIXES: [(&str, &str); 5] = [("has_", ""), ("get_", ""), ("set_", ""), ("clear_", ""), ("", "_value")];

impl<'a> Linker<'a> {
    fn check_name_style(&mut self, what: &str, name: &str, span: Span, style: Style) {
        if style.fits(name) {
            return;
        }
        let message = format!("the {what} name `{name}` is not in {}", style.as_str());
        self.report(
            Diagnostic::error("protobuf/naming_style", message)
                .at(span, "")
                .note("edition 2024 enforces the style guide; an underscore stands before a letter")
                .help("rename it, or opt out with `features.enforce_naming_style = STYLE_LEGACY`"),
        );
    }

    pub(super) fn check_package_style(&mut self, package: &Package<'a>, features: Features) {
        if !features.enforces_style() {
            return;
        }
        let wrong = package.name.parts().find(|part| !Style::LowerSnake.fits(part)).map(str::to_owned);
        if let Some(part) = wrong {
            self.check_name_style("package", &part, package.name.span, Style::LowerSnake);
        }
    }

    pub(super) fn check_decl_style(&mut self, id: DeclId, kind: &FlatKind<'_, 'a>, features: Features) {
        if !features.enforces_style() {
            return;
        }
        let what = match kind {
            FlatKind::Message(_) | FlatKind::Group(_) => "message",
            FlatKind::Enum(_) => "enum",
            FlatKind::Service(_) => "service",
            FlatKind::Extension { .. } => return,
        };
        let (name, span) = kind.name();
        self.check_name_style(what, &name, span, Style::Title);
        let FlatKind::Service(service) = kind else { return };
        for (at, method) in service.methods.iter().enumerate() {
            let declared = self.schema.decl(id).as_service().and_then(|service| service.methods.get(at));
            if declared.is_some_and(|declared| features.with(&declared.meta).enforces_style()) {
                self.check_name_style("method", method.name.text, method.name.span, Style::Title);
            }
        }
    }

    pub(super) fn check_field_style(&mut self, reference: FieldRef, node: FieldNode<'_, 'a>, features: Features) {
        if !features.enforces_style() {
            return;
        }
        let (name, span) = (node.name(), node.name_span());
        self.check_name_style("field", &name, span, Style::LowerSnake);
        if features.style < NamingStyle::Of2026 {
            return;
        }
        self.check_accessor("field", "descriptor", &name, span);
        if let FieldRef::Member(message, _) = reference {
            let other = AFFIXES.iter().find_map(|(prefix, suffix)| {
                let other = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
                self.has_field_or_oneof(message, other).then_some(other)
            });
            self.check_accessor("field", other.map_or("", |_| &name), &name, span);
        }
    }

    /// Names of 2026 must not be those of generated accessors.
    fn check_accessor(&mut self, what: &str, taken: &str, name: &str, span: Span) {
        if taken != name {
            return;
        }
        let message = format!("the {what} name `{name}` collides with generated code");
        self.report(
            Diagnostic::error("protobuf/naming_style", message)
                .at(span, "")
                .help("rename it, or opt out with `features.enforce_naming_style = STYLE2024`"),
        );
    }

    fn has_field_or_oneof(&self, message: DeclId, name: &str) -> bool {
        let path = self.paths[message.0 as usize];
        let path = self.names.id(name).and_then(|name| self.names.child(path, name));
        path.is_some_and(|path| {
            self.names.meanings(path).any(|symbol| matches!(symbol.kind, SymbolKind::Field | SymbolKind::Oneof))
        })
    }

    pub(super) fn check_oneof_style(&mut self, id: DeclId, features: Features) {
        let Some(record) = self.schema.decl(id).as_record() else { return };
        let oneofs: Vec<(String, Span, NamingStyle)> = record
            .oneofs
            .iter()
            .map(|oneof| (oneof.name.to_string(), self.name_span(oneof.node), features.with(&oneof.meta).style))
            .filter(|(_, _, style)| *style > NamingStyle::Legacy)
            .collect();
        for (name, span, style) in oneofs {
            self.check_name_style("oneof", &name, span, Style::LowerSnake);
            if style == NamingStyle::Of2026 {
                self.check_accessor("oneof", "descriptor", &name, span);
            }
        }
    }

    pub(super) fn check_value_style<'t>(
        &mut self,
        id: DeclId,
        values: impl Iterator<Item = &'t EnumValue<'a>>,
        features: Features,
    ) where
        'a: 't,
    {
        for (at, value) in values.enumerate() {
            let declared = self.schema.decl(id).as_enum().and_then(|declared| declared.values.get(at));
            if declared.is_some_and(|declared| features.with(&declared.meta).enforces_style()) {
                self.check_name_style("enum value", value.name.text, value.name.span, Style::UpperSnake);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Style::{self, LowerSnake, Title, UpperSnake};

    #[test]
    fn names_fit_the_style_that_protoc_accepts() {
        let cases: [(Style, &str, &str); 3] = [
            (Title, "Foo FOO F FooBAR Foo1 FOO1B FooB1r", "foo fooBar Foo_Bar Foo_1 _Foo Foo_"),
            (LowerSnake, "foo foo_bar foo1 foo1_bar foo_b1", "fooBar Foo _foo foo_ foo__bar foo_1 f_1a fOO"),
            (UpperSnake, "FOO FOO_BAR FOO1", "Foo _FOO FOO_ FOO__B FOO_1 FOO_1B"),
        ];
        for (style, good, bad) in cases {
            assert!(good.split(' ').all(|name| style.fits(name)), "{good}");
            assert!(!bad.split(' ').any(|name| style.fits(name)), "{bad}");
        }
    }
}
