//! Annotations: `@name(value)`, and what each says where it stands.
//!
//! Source: "Annotations for Ordering and Namespaces" in "IDL Language" of Avro 1.12; which properties
//! are reserved where, the `…_RESERVED` sets of `Schema` and `Protocol` in Avro Java.

use std::collections::HashMap;
use std::mem;

use canread_syntax::Diagnostic;

use super::super::super::ast::{Order, Property, Text, Value, ValueKind};
use super::super::lex::shown;
use super::{Parse, Parser};

/// What helps where an annotation before a type is meant for a field.
pub(super) const FOR_FIELDS: &str = "an annotation of a field stands between its type and its name";

/// What annotations stand before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    Protocol,
    /// The declaration of a record, error or fixed.
    Named,
    Enum,
    /// A field or parameter: between its type and its name.
    Field,
    /// The use of a type.
    Type,
    Message,
}

impl Site {
    /// Properties that say in JSON what the IDL has its own words for.
    fn reserved(self) -> &'static [&'static str] {
        const SCHEMA: [&str; 11] =
            ["aliases", "doc", "fields", "items", "name", "namespace", "size", "symbols", "type", "values", "default"];
        match self {
            Self::Protocol => &["doc", "errors", "messages", "namespace", "protocol", "types"],
            Self::Enum => &SCHEMA,
            Self::Named | Self::Type => SCHEMA.split_last().map_or(&[], |(_, schema)| schema),
            Self::Field => &["aliases", "default", "doc", "name", "order", "type"],
            Self::Message => &["doc", "errors", "one-way", "request", "response"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Protocol => "a protocol",
            Self::Named | Self::Type => "a type",
            Self::Enum => "an enum",
            Self::Field => "a field",
            Self::Message => "a message",
        }
    }
}

/// What the annotations of one place say.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    pub(super) namespace: Option<Text<'a>>,
    pub(super) aliases: Vec<Text<'a>>,
    pub(super) order: Option<Order>,
    /// Everything else.
    pub(super) properties: Vec<Property<'a>>,
}

impl<'a> Parser<'a> {
    /// The annotations at the token. One that can't be read is reported, and left out.
    pub(super) fn annotations(&mut self) -> Vec<Property<'a>> {
        let mut annotations = Vec::new();
        while self.at(b'@') {
            let mut opened = false;
            match self.annotation(&mut opened) {
                Ok(annotation) => annotations.push(annotation),
                Err(_) if opened => self.skip_to_close(b'(', b')', 1),
                Err(_) => {}
            }
        }
        annotations
    }

    fn annotation(&mut self, opened: &mut bool) -> Parse<Property<'a>> {
        self.bump();
        let key = self.name("the name of an annotation")?;
        self.expect(b'(', "after the name of the annotation")?;
        *opened = true;
        let value = self.value("a JSON value")?;
        self.expect(b')', "after the value of the annotation")?;
        Ok(Property { key, value })
    }

    /// Tells annotations apart that say something Avro knows from those that are properties.
    pub(super) fn said(&mut self, site: Site, annotations: Vec<Property<'a>>) -> Said<'a> {
        let mut said = Said::default();
        let is_named = matches!(site, Site::Named | Site::Enum);
        let mut properties = Vec::new();
        for annotation in annotations {
            match &*annotation.key.text {
                "namespace" if is_named || site == Site::Protocol => {
                    said.namespace = self.text_said(annotation).or(said.namespace);
                }
                "aliases" if is_named || site == Site::Field => {
                    self.aliases_said(annotation, &mut said.aliases);
                }
                "order" if site == Site::Field => said.order = self.order_said(annotation).or(said.order),
                name @ ("aliases" | "namespace") if site == Site::Type => {
                    let message = format!("`@{name}` is not allowed before the use of a type");
                    let help = match name {
                        "aliases" => FOR_FIELDS,
                        _ => "put it before the declaration of the type",
                    };
                    self.forbid_help("avro/idl_annotation", annotation.key.span, message, help);
                }
                name if site.reserved().contains(&name) => {
                    let message =
                        format!("`@{name}` is not allowed on {}: the IDL has its own words for that", site.name());
                    self.forbid("avro/idl_annotation", annotation.key.span, message);
                }
                _ => properties.push(annotation),
            }
        }
        self.add_properties(&mut said.properties, properties);
        said
    }

    fn text_said(&mut self, annotation: Property<'a>) -> Option<Text<'a>> {
        let span = annotation.value.span;
        match annotation.value.kind {
            ValueKind::String(text) => Some(Text { text, span }),
            other => {
                let message = format!("`@{}` takes a string, not {}", annotation.key.text, other.name());
                self.forbid("avro/idl_annotation", span, message);
                None
            }
        }
    }

    fn aliases_said(&mut self, annotation: Property<'a>, aliases: &mut Vec<Text<'a>>) {
        let ValueKind::Array(elements) = annotation.value.kind else {
            let message = format!("`@aliases` takes an array of strings, not {}", annotation.value.kind.name());
            return self.forbid_help("avro/idl_annotation", annotation.value.span, message, "put it in `[` and `]`");
        };
        aliases.clear();
        for Value { kind, span } in elements {
            if let ValueKind::String(text) = kind {
                aliases.push(Text { text, span });
            } else {
                let message = format!("`@aliases` takes an array of strings; {} is none", kind.name());
                self.forbid("avro/idl_annotation", span, message);
            }
        }
    }

    fn order_said(&mut self, annotation: Property<'a>) -> Option<Order> {
        let Text { text, span } = self.text_said(annotation)?;
        let order = Order::ALL.into_iter().find(|order| text.eq_ignore_ascii_case(order.as_str()));
        if order.is_none() {
            let message = format!("\"{}\" is no order", shown(&text));
            let help = "the orders are \"ascending\", \"descending\" and \"ignore\"";
            self.forbid_help("avro/idl_annotation", span, message, help);
        }
        order
    }

    /// Adds properties from annotations to those that words such as `date` have set.
    ///
    /// Of a repeated annotation the last one counts, as in Avro Java; that is a warning.
    pub(super) fn add_properties(&mut self, properties: &mut Vec<Property<'a>>, added: Vec<Property<'a>>) {
        if properties.is_empty() && added.len() < 2 {
            properties.extend(added);
            return;
        }
        let from_words = properties.len();
        let mut places: HashMap<_, _> =
            properties.iter().enumerate().map(|(index, property)| (property.key.text.clone(), index)).collect();
        for property in added {
            let index = *places.entry(property.key.text.clone()).or_insert(properties.len());
            let Some(before) = properties.get_mut(index) else {
                properties.push(property);
                continue;
            };
            let (span, name) = (property.key.span, property.key.text.clone());
            if index < from_words {
                let message = format!("`@{name}` repeats what the word for the type says");
                self.reports.add(
                    Diagnostic::error("avro/idl_annotation", message).at(span, "").at(before.key.span, "said here"),
                );
            } else {
                let ignored = mem::replace(before, property).key.span;
                let message = format!("`@{name}` is repeated: this one is ignored");
                let warning = Diagnostic::warning("avro/idl_annotation", message);
                self.reports.add(warning.at(ignored, "").at(span, "this one counts"));
            }
        }
    }
}
