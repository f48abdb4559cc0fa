//! Services and methods.

use super::super::ast::{Method, MethodType, OptionDecl, Service};
use super::super::lex::TokenKind;
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// From the word `service` on.
    pub(super) fn service(&mut self) -> Parse<Box<Service<'a>>> {
        let start = self.token.start;
        self.bump();
        let name = self.ident("a service name")?;
        let (mut options, mut methods) = (Vec::new(), Vec::new());
        let comments = self.block("after the service's name", |parser| {
            match parser.word() {
                ";" => parser.finish_nothing(),
                "option" => options.push(parser.option_statement()?),
                "rpc" => methods.push(parser.method()?),
                _ => return Err(parser.expected("`rpc` or `option`")),
            }
            Ok(())
        })?;
        let span = self.span_from(start);
        Ok(Box::new(Service { name, options: options.into(), methods: methods.into(), span, comments }))
    }

    fn method(&mut self) -> Parse<Method<'a>> {
        let start = self.token.start;
        self.bump();
        let name = self.ident("a method name")?;
        let input = self.method_type("after the method's name")?;
        if !self.eat_word("returns") {
            return Err(self.expected("`returns`"));
        }
        let output = self.method_type("after `returns`")?;
        let mut options = Vec::new();
        let has_block = self.at(b'{');
        let comments = if has_block {
            self.block("", |parser| parser.method_statement(&mut options))?
        } else {
            self.end_statement("the method")
        };
        Ok(Method { name, input, output, options: options.into(), has_block, span: self.span_from(start), comments })
    }

    fn method_statement(&mut self, options: &mut Vec<OptionDecl<'a>>) -> Parse<()> {
        match self.word() {
            ";" => self.finish_nothing(),
            "option" => options.push(self.option_statement()?),
            _ => return Err(self.expected("`option`")),
        }
        Ok(())
    }

    /// `(shop.Order)` or `(stream shop.Order)`
    fn method_type(&mut self, place: &str) -> Parse<MethodType<'a>> {
        self.expect(b'(', place)?;
        let stream = self.token_span();
        let stream = (self.token.kind == TokenKind::Ident && self.eat_word("stream")).then_some(stream);
        let name = self.message_name()?;
        self.expect(b')', "after the message's name")?;
        Ok(MethodType { name, stream })
    }
}
