//! Fields of records, and parameters of messages.
//!
//! ```text
//! fields    = [doc] annotated variable ("," variable)* ";"
//! parameter = [doc] annotated variable
//! variable  = [doc] annotation* name ["=" value]
//! ```
//!
//! Source: `fieldDeclaration` and `formalParameter` in the grammar of Avro 1.12.

use canread_syntax::Span;

use super::super::super::ast::{Field, Text, Type, TypeKind, Value, ValueKind};
use super::annotation::{Said, Site};
use super::types::Written;
use super::{Parse, Parser};

/// What belongs to one of the names behind a type.
struct Variable<'a> {
    doc: Option<Text<'a>>,
    said: Said<'a>,
    name: Text<'a>,
    default: Option<Value<'a>>,
    span: Span,
}

impl<'a> Parser<'a> {
    /// The fields of one declaration.
    pub(super) fn fields(&mut self, fields: &mut Vec<Field<'a>>) -> Parse<()> {
        let start = self.token.start;
        let doc = self.doc();
        let written = self.annotated_type()?;
        let mut variables = Vec::new();
        let read = loop {
            match self.variable("the name of a field") {
                Ok(variable) => variables.push(variable),
                Err(skip) => break Err(skip),
            }
            if !self.eat(b',') {
                break Ok(());
            }
        };
        self.declare(start, doc, written, variables, fields);
        read?;
        self.end_statement("the field");
        Ok(())
    }

    pub(super) fn parameter(&mut self) -> Parse<Field<'a>> {
        let start = self.token.start;
        let doc = self.doc();
        let written = self.annotated_type()?;
        let variable = self.variable("the name of a parameter")?;
        Ok(field(start, doc, written, variable))
    }

    fn variable(&mut self, what: &str) -> Parse<Variable<'a>> {
        let start = self.token.start;
        let doc = self.doc();
        let annotations = self.annotations();
        let said = self.said(Site::Field, annotations);
        let name = self.name(what)?;
        let default = if self.eat(b'=') { Some(self.value("a default")?) } else { None };
        Ok(Variable { doc, said, name, default, span: self.span_from(start) })
    }

    /// Makes a field of each variable: the last one gets the type, and those before copies.
    fn declare(
        &mut self,
        start: u32,
        doc: Option<Text<'a>>,
        written: Written<'a>,
        variables: Vec<Variable<'a>>,
        fields: &mut Vec<Field<'a>>,
    ) {
        let mut variables = variables.into_iter().peekable();
        let weight = if variables.len() > 1 { weight(&written.ty) + doc.as_ref().map_or(0, doc_weight) } else { 0 };
        let mut start = start;
        while let Some(variable) = variables.next() {
            let (span, name_span) = (variable.span, variable.name.span);
            if variables.peek().is_none() {
                fields.push(field(start, doc, written, variable));
                return;
            }
            let Some(left) = self.copies_left.checked_sub(weight) else {
                let message = "too many fields of one declaration share a large type";
                self.forbid_help("avro/idl_too_large", name_span, message, "declare a record for the type");
                return;
            };
            self.copies_left = left;
            fields.push(field(start, doc.clone(), written.clone(), variable));
            start = variables.peek().map_or(span.end, |next| next.span.start);
        }
    }
}

fn field<'a>(start: u32, doc: Option<Text<'a>>, written: Written<'a>, variable: Variable<'a>) -> Field<'a> {
    let Variable { doc: own_doc, said, name, default, span } = variable;
    let null_last = default.as_ref().is_some_and(|default| default.kind != ValueKind::Null);
    Field {
        span: Span { start, ..span },
        name,
        doc: own_doc.or(doc),
        ty: written.settle(null_last),
        default,
        order: said.order,
        aliases: said.aliases,
        properties: said.properties,
    }
}

/// How many types and properties a copy of the type has. Values of properties count by their own size.
fn weight(ty: &Type<'_>) -> usize {
    let inner = match &ty.kind {
        TypeKind::Array(inner) | TypeKind::Map(inner) => weight(inner),
        TypeKind::Union(branches) => branches.iter().map(weight).sum(),
        _ => 0,
    };
    let properties = ty.properties.iter().map(|property| {
        let span = property.key.span.to(property.value.span);
        1 + (span.end - span.start) as usize / 4
    });
    1 + inner + properties.sum::<usize>()
}

fn doc_weight(doc: &Text<'_>) -> usize {
    doc.text.len() / 64
}
