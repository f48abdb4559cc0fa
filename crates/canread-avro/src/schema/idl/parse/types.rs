//! Types where one is used.
//!
//! ```text
//! annotated = annotation* type
//! type      = "array" "<" annotated ">" | "map" "<" annotated ">" | "union" "{" annotated ("," annotated)* "}"
//!           | (primitive | logical | name) ["?"]
//! logical   = "date" | "time_ms" | "timestamp_ms" | "local_timestamp_ms" | "uuid"
//!           | "decimal" "(" precision ["," scale] ")"
//! ```
//!
//! Source: `fullType` in the grammar of Avro 1.12; "Logical Types" and "Complex Types" in "IDL Language".

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Span};

use super::super::super::ast::{Primitive, Property, Text, Type, TypeKind, Value, ValueKind};
use super::super::lex::{TokenKind, without_backticks};
use super::annotation::{FOR_FIELDS, Site};
use super::{Parse, Parser, Skip, TYPE_DEPTH_MAX};

/// The words for logical types: the primitive type below, and the logical type's name.
///
/// Source: "Logical Types" in "IDL Language".
const LOGICAL: [(&str, Primitive, &str); 5] = [
    ("date", Primitive::Int, "date"),
    ("time_ms", Primitive::Int, "time-millis"),
    ("timestamp_ms", Primitive::Long, "timestamp-millis"),
    ("local_timestamp_ms", Primitive::Long, "local-timestamp-millis"),
    ("uuid", Primitive::String, "uuid"),
];

/// A type as written. Where its `null` goes is not settled before its default is known.
#[derive(Debug, Clone)]
pub(super) struct Written<'a> {
    pub(super) ty: Type<'a>,
    /// The `?` behind it.
    pub(super) question: Option<Span>,
}

impl<'a> Written<'a> {
    /// The type, with the `null` that a `?` adds at one end.
    pub(super) fn settle(self, null_last: bool) -> Type<'a> {
        let Some(question) = self.question else { return self.ty };
        let span = self.ty.span.to(question);
        let null = Type { span: question, kind: TypeKind::Primitive(Primitive::Null), properties: Vec::new() };
        let branches = if null_last { vec![self.ty, null] } else { vec![null, self.ty] };
        Type { span, kind: TypeKind::Union(branches), properties: Vec::new() }
    }
}

/// An array, map or union whose end has not been read.
struct Open<'a> {
    start: u32,
    annotations: Vec<Property<'a>>,
    kind: OpenKind<'a>,
}

enum OpenKind<'a> {
    Array,
    Map,
    /// With the branches before the one that is being read.
    Union(Vec<Type<'a>>),
}

impl OpenKind<'_> {
    /// The symbol at the end, and what is said if something else stands there.
    fn close(&self) -> (u8, &'static str) {
        match self {
            Self::Array => (b'>', "after the type of the items"),
            Self::Map => (b'>', "after the type of the values"),
            Self::Union(_) => (b'}', "or `,` after the type"),
        }
    }
}

impl<'a> Parser<'a> {
    /// A type with its annotations, in a place where `null` comes first.
    pub(super) fn settled_type(&mut self) -> Parse<Type<'a>> {
        Ok(self.annotated_type()?.settle(false))
    }

    /// A type with its annotations.
    pub(super) fn annotated_type(&mut self) -> Parse<Written<'a>> {
        let annotations = self.annotations();
        self.written_type(annotations)
    }

    /// A type behind its annotations. Types inside it are read without recursion.
    pub(super) fn written_type(&mut self, annotations: Vec<Property<'a>>) -> Parse<Written<'a>> {
        let mut open = Vec::new();
        let read = self.types(&mut open, annotations);
        if read.is_err() && !open.is_empty() {
            // What is left of a union has braces of its own, which close nothing else.
            let unions = open.iter().filter(|open| matches!(open.kind, OpenKind::Union(_))).count();
            self.skip_to_close(b'{', b'}', unions);
        }
        read
    }

    fn types(&mut self, open: &mut Vec<Open<'a>>, mut annotations: Vec<Property<'a>>) -> Parse<Written<'a>> {
        loop {
            if let Some(kind) = self.opened() {
                if open.len() == TYPE_DEPTH_MAX {
                    return Err(self.too_deep("types", TYPE_DEPTH_MAX));
                }
                open.push(Open { start: self.token.start, annotations, kind });
                self.bump();
                self.bump();
            } else if let Some(outermost) = self.close_all(open, annotations)? {
                return Ok(outermost);
            }
            annotations = self.annotations();
        }
    }

    /// A type without others inside, and the ends of those that end behind it. Returns the outermost
    /// one, or `None` if a branch of a union follows.
    fn close_all(&mut self, open: &mut Vec<Open<'a>>, annotations: Vec<Property<'a>>) -> Parse<Option<Written<'a>>> {
        let mut written = self.leaf(annotations)?;
        while let Some(last) = open.last_mut() {
            if let OpenKind::Union(branches) = &mut last.kind
                && self.at(b',')
            {
                branches.push(written.settle(false));
                self.bump();
                return Ok(None);
            }
            let (close, place) = last.kind.close();
            self.expect(close, place)?;
            if let Some(last) = open.pop() {
                written = Written { ty: self.closed(last, written.settle(false)), question: None };
            }
            if self.at(b'?') {
                let help = "only names may be followed by `?`: write `union { null, … }`";
                return Err(self.expected_help("a name after the type", help));
            }
        }
        Ok(Some(written))
    }

    /// What the words at the token open, if types stand inside it. If the symbol that opens it is not there, a
    /// word such as `array` is the name of a type.
    fn opened(&self) -> Option<OpenKind<'a>> {
        match self.word() {
            "array" if self.opens(b'<') => Some(OpenKind::Array),
            "map" if self.opens(b'<') => Some(OpenKind::Map),
            "union" if self.opens(b'{') => Some(OpenKind::Union(Vec::new())),
            _ => None,
        }
    }

    /// Whether the symbol stands behind the token.
    fn opens(&self, symbol: u8) -> bool {
        self.lexer.peek_token().is_symbol(symbol)
    }

    /// An array, map or union that has ended, with the last type inside it.
    fn closed(&mut self, open: Open<'a>, inner: Type<'a>) -> Type<'a> {
        let span = self.span_from(open.start);
        let kind = match open.kind {
            OpenKind::Array => TypeKind::Array(Box::new(inner)),
            OpenKind::Map => TypeKind::Map(Box::new(inner)),
            OpenKind::Union(mut branches) => {
                branches.push(inner);
                TypeKind::Union(branches)
            }
        };
        let mut ty = Type { span, kind, properties: Vec::new() };
        self.annotate(&mut ty, open.annotations);
        ty
    }

    /// A type without others inside.
    fn leaf(&mut self, annotations: Vec<Property<'a>>) -> Parse<Written<'a>> {
        if self.token.kind != TokenKind::Name {
            return Err(self.expected("a type"));
        }
        let mut ty = self.simple_type()?;
        self.annotate(&mut ty, annotations);
        let question = self.at(b'?').then(|| self.token_span());
        self.eat(b'?');
        Ok(Written { ty, question })
    }

    /// Gives a type what the annotations before it say.
    fn annotate(&mut self, ty: &mut Type<'a>, annotations: Vec<Property<'a>>) {
        let Some(first) = annotations.first().map(|annotation| annotation.key.span) else { return };
        match ty.kind {
            TypeKind::Reference(_) => self.reference_is_annotated(first, ty.span),
            TypeKind::Union(_) => {
                // Those that are not allowed on a type are not allowed here, in Avro Java as well.
                let said = self.said(Site::Type, annotations);
                if let Some(first) = said.properties.first() {
                    let message = "a union has no properties: this annotation is ignored";
                    self.warn_help("avro/idl_annotation", first.key.span, message, FOR_FIELDS);
                }
            }
            _ => {
                let said = self.said(Site::Type, annotations);
                self.add_properties(&mut ty.properties, said.properties);
            }
        }
    }

    /// Source: Avro Java, "Type references may not be annotated"; "with the exception of type references" in
    /// "Annotations for Ordering and Namespaces".
    fn reference_is_annotated(&mut self, annotation: Span, name: Span) {
        let diagnostic = Diagnostic::error("avro/idl_annotation", "the use of a named type cannot be annotated")
            .at(annotation, "")
            .at(name, "the named type");
        self.reports
            .add(diagnostic.help("annotate the type where it is declared, or put this before the field's name"));
    }

    pub(super) fn too_deep(&mut self, what: &str, depth_max: usize) -> Skip {
        let message = format!("{what} stand more than {depth_max} levels deep");
        self.unexpected(Diagnostic::error("avro/idl_too_deep", message))
    }

    /// A name or a word for a type.
    fn simple_type(&mut self) -> Parse<Type<'a>> {
        let (word, span) = (self.word(), self.token_span());
        let typed = |kind, properties| Type { span, kind, properties };
        if let Some(primitive) = Primitive::named(word) {
            self.bump();
            return Ok(typed(TypeKind::Primitive(primitive), Vec::new()));
        }
        if let Some((_, primitive, logical)) = LOGICAL.into_iter().find(|(name, ..)| *name == word) {
            self.bump();
            let properties = vec![property("logicalType", ValueKind::String(Cow::Borrowed(logical)), span)];
            return Ok(typed(TypeKind::Primitive(primitive), properties));
        }
        match word {
            "decimal" if self.opens(b'(') => self.decimal(),
            "void" => Err(self.expected_help("a type", "only messages have the result `void`; the type is `null`")),
            _ => {
                self.bump();
                Ok(typed(TypeKind::Reference(Text { text: without_backticks(word), span }), Vec::new()))
            }
        }
    }

    /// `decimal(precision, scale)`
    fn decimal(&mut self) -> Parse<Type<'a>> {
        let word = self.token_span();
        self.bump();
        self.bump();
        let (precision, precision_span) = self.count("the precision of a decimal")?;
        let (scale, scale_span) =
            if self.eat(b',') { self.count("the scale of a decimal")? } else { (Some(0), self.token_span().before()) };
        self.expect(b')', "after the numbers of a decimal")?;
        let span = self.span_from(word.start);
        if let (Some(precision), Some(scale)) = (precision, scale) {
            self.check_decimal((precision, precision_span), (scale, scale_span));
        }
        let number = |value: Option<u32>| ValueKind::Number(value.unwrap_or_default().to_string().into());
        let mut properties = vec![property("logicalType", ValueKind::String(Cow::Borrowed("decimal")), word)];
        // What is wrong and reported makes plain bytes: nobody says it again.
        if precision.is_some() && scale.is_some() {
            properties.push(property("precision", number(precision), precision_span));
            properties.push(property("scale", number(scale), scale_span));
        } else {
            properties.clear();
        }
        Ok(Type { span, kind: TypeKind::Primitive(Primitive::Bytes), properties })
    }

    /// Source: "Decimal" in the specification of Avro 1.12.
    fn check_decimal(&mut self, (precision, precision_span): (u32, Span), (scale, scale_span): (u32, Span)) {
        if precision == 0 {
            self.forbid("avro/idl_number", precision_span, "the precision of a decimal is at least 1");
        } else if scale > precision {
            let message = format!("the scale of a decimal, {scale}, exceeds its precision, {precision}");
            self.forbid("avro/idl_number", scale_span, message);
        }
    }
}

/// A property that a word stands for, at the place of the word.
fn property<'a>(key: &'static str, kind: ValueKind<'a>, span: Span) -> Property<'a> {
    Property { key: Text { text: Cow::Borrowed(key), span }, value: Value { span, kind } }
}
