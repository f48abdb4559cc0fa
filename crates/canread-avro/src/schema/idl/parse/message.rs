//! Messages of a protocol.
//!
//! ```text
//! message = ("void" | type) name "(" [parameter ("," parameter)*] ")" ["oneway" | "throws" name ("," name)*] ";"
//! ```
//!
//! Source: `messageDeclaration` in the grammar of Avro 1.12; "Defining RPC Messages" in "IDL Language".

use super::super::super::ast::{Field, Message, Primitive, Type, TypeKind};
use super::annotation::Site;
use super::named::Before;
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// A message, from its result on, at which the parser stands.
    pub(super) fn message(&mut self, before: Before<'a>) -> Parse<Message<'a>> {
        let Before { start, doc, annotations } = before;
        let properties = self.said(Site::Message, annotations).properties;
        let response = self.result()?;
        let name = self.name("the name of a message")?;
        let request = self.parameters()?;
        let (mut one_way, mut errors) = (None, Vec::new());
        if self.at_word("oneway") {
            one_way = Some(self.token_span());
            self.bump();
            self.check_one_way(&response);
        } else if self.at_word("throws") {
            self.bump();
            errors.push(self.error_name()?);
            while self.eat(b',') {
                errors.push(self.error_name()?);
            }
        }
        self.end_statement("the message");
        Ok(Message { span: self.span_from(start), name, doc, request, response, errors, one_way, properties })
    }

    fn result(&mut self) -> Parse<Type<'a>> {
        if self.at_word("void") {
            let span = self.token_span();
            self.bump();
            return Ok(Type { span, kind: TypeKind::Primitive(Primitive::Null), properties: Vec::new() });
        }
        Ok(self.written_type(Vec::new())?.settle(false))
    }

    fn parameters(&mut self) -> Parse<Vec<Field<'a>>> {
        let mut parameters = Vec::new();
        if self.at(b'{') {
            let help = "the declaration of a type starts with `record`, `error`, `enum` or `fixed`";
            return Err(self.expected_help("`(` after the name of the message", help));
        }
        self.expect(b'(', "after the name of the message")?;
        if !self.eat(b')') {
            parameters.push(self.parameter()?);
            while self.eat(b',') {
                parameters.push(self.parameter()?);
            }
            self.expect(b')', "or `,` after the parameter")?;
        }
        Ok(parameters)
    }

    fn error_name(&mut self) -> Parse<Type<'a>> {
        let name = self.name("the name of an error")?;
        Ok(Type { span: name.span, kind: TypeKind::Reference(name), properties: Vec::new() })
    }

    fn check_one_way(&mut self, response: &Type<'a>) {
        if !matches!(response.kind, TypeKind::Primitive(Primitive::Null) | TypeKind::Broken) {
            let message = "a one-way message has no result";
            self.forbid_help("avro/idl_one_way", response.span, message, "make the result `void`, or remove `oneway`");
        }
    }
}
