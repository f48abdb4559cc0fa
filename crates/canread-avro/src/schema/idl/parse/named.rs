//! Declarations of records, errors, enums and fixeds.
//!
//! ```text
//! record = ("record" | "error") name "{" fields* "}"
//! enum   = "enum" name "{" [symbol ("," symbol)*] "}" ["=" name ";"]
//! symbol = [doc] annotation* name
//! fixed  = "fixed" name "(" size ")" ";"
//! ```
//!
//! Source: `namedSchemaDeclaration` in the grammar of Avro 1.12.

use super::super::super::ast::{Enum, Fixed, Head, Property, Record, Text, Type, TypeKind};
use super::annotation::{Said, Site};
use super::{Parse, Parser};

/// What stands before the first word of a declaration, and where the declaration starts.
pub(super) struct Before<'a> {
    pub(super) start: u32,
    pub(super) doc: Option<Text<'a>>,
    pub(super) annotations: Vec<Property<'a>>,
}

impl<'a> Parser<'a> {
    /// Documentation and annotations.
    pub(super) fn before(&mut self) -> Before<'a> {
        let start = self.token.start;
        let doc = self.doc();
        Before { start, doc, annotations: self.annotations() }
    }

    /// Whether the word at the token starts the declaration of a type.
    pub(super) fn at_named_type(&self) -> bool {
        matches!(self.word(), "record" | "error" | "enum" | "fixed")
    }

    /// The declaration of a type, from its first word on, at which the parser stands.
    pub(super) fn named_type(&mut self, before: Before<'a>) -> Parse<Type<'a>> {
        let Before { start, doc, annotations } = before;
        let word = self.word();
        let said = self.said(if word == "enum" { Site::Enum } else { Site::Named }, annotations);
        self.bump();
        let name = self.name("the name of the type")?;
        self.check_type_name(&name);
        let Said { namespace, aliases, properties, .. } = said;
        let head = Head { name, namespace, aliases, doc };
        let kind = match word {
            "enum" => self.enumeration(head)?,
            "fixed" => self.fixed(head)?,
            _ => self.record(head, word == "error")?,
        };
        Ok(Type { span: self.span_from(start), kind, properties })
    }

    /// Source: Avro Java refuses these names in IDL (`INVALID_TYPE_NAMES`), where they could not be used.
    pub(super) fn check_type_name(&mut self, name: &Text<'a>) {
        let last = name.text.rsplit('.').next().unwrap_or_default();
        if matches!(last, "date" | "time_ms" | "timestamp_ms" | "uuid") {
            let message = format!("the name `{last}` is taken by a type of the IDL");
            self.forbid("avro/idl_name", name.span, message);
        }
    }

    fn record(&mut self, head: Head<'a>, is_error: bool) -> Parse<TypeKind<'a>> {
        let mut fields = Vec::new();
        self.block("after the name of the record", |parser| parser.fields(&mut fields))?;
        Ok(TypeKind::Record(Box::new(Record { head, is_error, fields })))
    }

    fn enumeration(&mut self, head: Head<'a>) -> Parse<TypeKind<'a>> {
        let opener = self.token.start;
        self.expect(b'{', "after the name of the enum")?;
        self.open_blocks.push(opener);
        let mut symbols = Vec::new();
        let read = self.symbols(&mut symbols);
        if read.is_err() {
            self.skip_to_close(b'{', b'}', 1);
        }
        self.open_blocks.pop();
        let default = if read.is_ok() && self.eat(b'=') {
            let default = self.name("the symbol that is the default")?;
            self.end_statement("the default of the enum");
            Some(default)
        } else {
            None
        };
        Ok(TypeKind::Enum(Box::new(Enum { head, symbols, default })))
    }

    fn symbols(&mut self, symbols: &mut Vec<Text<'a>>) -> Parse<()> {
        if self.eat(b'}') {
            return Ok(());
        }
        loop {
            // Avro has no place for the documentation of a symbol.
            self.doc();
            let annotations = self.annotations();
            if let Some(first) = annotations.first() {
                let message = "Avro has no properties of enum symbols: this annotation is ignored";
                self.warn("avro/idl_annotation", first.key.span, message);
            }
            if self.at(b'}') {
                return Err(self.expected_help("a symbol", "remove the comma before it"));
            }
            symbols.push(self.name("a symbol")?);
            if !self.eat(b',') {
                return self.expect(b'}', "or `,` after the symbol");
            }
        }
    }

    fn fixed(&mut self, head: Head<'a>) -> Parse<TypeKind<'a>> {
        self.expect(b'(', "after the name of the fixed")?;
        let (size, _) = self.count("the size of a fixed")?;
        self.expect(b')', "after the size")?;
        self.end_statement("the fixed");
        Ok(TypeKind::Fixed(Box::new(Fixed { head, size })))
    }

    /// From `{` to `}`, with statements between them.
    pub(super) fn block(&mut self, place: &str, mut statement: impl FnMut(&mut Self) -> Parse<()>) -> Parse<()> {
        let opener = self.token.start;
        self.expect(b'{', place)?;
        self.open_blocks.push(opener);
        while !self.at(b'}') && !self.at_end() {
            let before = self.token.start;
            if statement(self).is_err() {
                self.skip_failed_statement(before);
            }
        }
        if self.at_end() {
            self.unclosed_block();
        } else {
            self.bump();
        }
        self.open_blocks.pop();
        Ok(())
    }
}
