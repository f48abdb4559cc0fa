//! The file: a protocol, or declarations of types with a namespace and a main schema before them.
//!
//! ```text
//! file      = protocol | ["namespace" name ";"] ["schema" annotated ";"] (import | named)*
//! protocol  = [doc] annotation* "protocol" name "{" (import | named | message)* "}"
//! import    = "import" ("idl" | "protocol" | "schema") string ";"
//! named     = [doc] annotation* (record | enum | fixed)
//! ```
//!
//! Source: `idlFile` in the grammar of Avro 1.12.

use canread_syntax::{Diagnostic, Span};

use super::super::super::ast::{Body, File, Import, ImportKind, Protocol, Schema};
use super::super::lex::{TokenKind, offset};
use super::annotation::{Said, Site};
use super::named::Before;
use super::{Parse, Parser, Skip};

/// What has been read of a file.
#[derive(Default)]
struct Contents<'a> {
    imports: Vec<Import<'a>>,
    schema: Schema<'a>,
    protocol: Option<Protocol<'a>>,
    /// Where the last statement stands: nothing may precede a namespace, and only that a main schema.
    last: Option<Span>,
}

impl<'a> Parser<'a> {
    pub(super) fn file(&mut self) -> File<'a> {
        self.skip_token();
        self.reports.header = self.lexer.docs.first().copied();
        let mut contents = Contents::default();
        while !self.at_end() {
            let before = self.token.start;
            if self.file_statement(&mut contents).is_err() {
                self.skip_failed_statement(before);
            }
            if self.at(b'}') {
                self.unexpected(Diagnostic::error("avro/idl_syntax", "this `}` closes nothing"));
                self.skip_token();
            }
        }
        // Takes the end, so that documentation before it is noted.
        self.bump();
        let Contents { imports, schema, protocol, .. } = contents;
        let body = match protocol {
            Some(protocol) => Body::Protocol(protocol),
            None => Body::Schema(schema),
        };
        File { span: Span::new(self.id, 0, offset(self.text.len())), imports, body }
    }

    fn file_statement(&mut self, contents: &mut Contents<'a>) -> Parse<()> {
        let before = self.before();
        let start = before.start;
        if self.at_word("protocol") {
            self.check_alone(contents);
            let (protocol, imports) = self.protocol(before)?;
            contents.imports.extend(imports);
            contents.protocol.get_or_insert(protocol);
        } else if self.at_named_type() {
            self.check_beside(contents);
            let named = self.named_type(before)?;
            contents.schema.types.push(named);
        } else {
            self.plain_statement(&before, contents)?;
        }
        contents.last = Some(self.span_from(start));
        Ok(())
    }

    /// A statement that has neither documentation nor annotations.
    fn plain_statement(&mut self, before: &Before<'a>, contents: &mut Contents<'a>) -> Parse<()> {
        match self.word() {
            "namespace" | "schema" | "import" => {}
            _ => return Err(self.not_a_declaration("a declaration such as `protocol` or `record`")),
        }
        self.check_plain(before);
        self.check_beside(contents);
        match self.word() {
            "namespace" => self.namespace(contents),
            "schema" => self.main_schema(contents),
            _ => self.import(&mut contents.imports),
        }
    }

    /// Reports what stands before a statement that takes neither documentation nor annotations.
    fn check_plain(&mut self, before: &Before<'a>) {
        if let Some(doc) = &before.doc {
            self.reports.add_misplaced_doc(doc.span);
        }
        if let Some(first) = before.annotations.first() {
            let message = format!("a statement `{}` cannot be annotated", self.word());
            self.forbid("avro/idl_annotation", first.key.span, message);
        }
    }

    fn not_a_declaration(&mut self, what: &str) -> Skip {
        match self.word() {
            ";" => self.expected_help(what, "remove the `;`: nothing that ends with `}` needs one"),
            "}" if self.open_blocks.is_empty() => Skip,
            _ => self.expected(what),
        }
    }

    /// Reports a protocol that something stands beside.
    fn check_alone(&mut self, contents: &Contents<'a>) {
        let span = self.token_span();
        let message = match contents {
            Contents { protocol: Some(_), .. } => "a second protocol in one file",
            Contents { last: Some(_), .. } => "a protocol and something beside it in one file",
            _ => return,
        };
        let other = contents.last.unwrap_or(span);
        let diagnostic = Diagnostic::error("avro/idl_syntax", message).at(span, "").at(other, "the other one");
        self.reports.add(diagnostic.help("a protocol stands alone: types and imports stand inside its braces"));
    }

    /// Reports a statement that stands beside a protocol, once a file.
    fn check_beside(&mut self, contents: &Contents<'a>) {
        if let (Some(protocol), Some(last)) = (&contents.protocol, contents.last)
            && protocol.span == last
        {
            let diagnostic = Diagnostic::error("avro/idl_syntax", "a protocol and something beside it in one file")
                .at(self.token_span(), "")
                .at(protocol.name.span, "the protocol");
            self.reports.add(diagnostic.help("a protocol stands alone: types and imports stand inside its braces"));
        }
    }

    /// `namespace a.b;`
    fn namespace(&mut self, contents: &mut Contents<'a>) -> Parse<()> {
        let word = self.token_span();
        self.bump();
        let name = self.name("a namespace")?;
        self.end_statement("the namespace");
        self.check_first(word, "namespace", contents.schema.namespace.as_ref().map(|name| name.span), contents.last);
        contents.schema.namespace.get_or_insert(name);
        Ok(())
    }

    /// `schema type;`
    fn main_schema(&mut self, contents: &mut Contents<'a>) -> Parse<()> {
        let word = self.token_span();
        self.bump();
        let root = self.settled_type()?;
        self.end_statement("the schema");
        let namespace = contents.schema.namespace.as_ref().map(|name| name.span);
        let last =
            contents.last.filter(|last| !namespace.is_some_and(|name| name.start > last.start && name.end <= last.end));
        self.check_first(word, "schema", contents.schema.root.as_ref().map(|root| root.span), last);
        contents.schema.root.get_or_insert(root);
        Ok(())
    }

    /// Reports a statement that is the second of its kind, or comes too late.
    fn check_first(&mut self, word: Span, name: &str, first: Option<Span>, last: Option<Span>) {
        if let Some(first) = first {
            let diagnostic = Diagnostic::error("avro/idl_syntax", format!("a second statement `{name}`"));
            self.reports.add(diagnostic.at(word, "").at(first, "the first one").help("remove it"));
        } else if last.is_some() {
            let message = format!("the statement `{name}` comes too late");
            let help = "`namespace` is the first statement of a file, and `schema` the next";
            self.forbid_help("avro/idl_syntax", word, message, help);
        }
    }

    /// `import idl "a.avdl";`
    fn import(&mut self, imports: &mut Vec<Import<'a>>) -> Parse<()> {
        let start = self.token.start;
        self.bump();
        let kind = match self.word() {
            "idl" => ImportKind::Idl,
            "protocol" => ImportKind::Protocol,
            "schema" => ImportKind::Schema,
            _ => return Err(self.expected("`idl`, `protocol` or `schema` after `import`")),
        };
        self.bump();
        let path = self.string("the path of a file in double quotes")?;
        self.end_statement("the import");
        imports.push(Import { span: self.span_from(start), kind, path });
        Ok(())
    }

    /// A protocol, from its first word on; its imports are those of the file.
    fn protocol(&mut self, before: Before<'a>) -> Parse<(Protocol<'a>, Vec<Import<'a>>)> {
        let Before { start, doc, annotations } = before;
        let Said { namespace, properties, .. } = self.said(Site::Protocol, annotations);
        self.bump();
        let name = self.name("the name of the protocol")?;
        self.check_type_name(&name);
        let (mut imports, mut types, mut messages) = (Vec::new(), Vec::new(), Vec::new());
        self.block("after the name of the protocol", |parser| {
            let before = parser.before();
            if parser.at_named_type() {
                types.push(parser.named_type(before)?);
            } else if parser.at_word("import") {
                parser.check_plain(&before);
                parser.import(&mut imports)?;
            } else if parser.token.kind == TokenKind::Name {
                messages.push(parser.message(before)?);
            } else {
                return Err(parser.not_a_declaration("the declaration of a type or message"));
            }
            Ok(())
        })?;
        let protocol = Protocol { span: self.span_from(start), name, namespace, doc, types, messages, properties };
        Ok((protocol, imports))
    }
}
