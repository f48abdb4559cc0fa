//! Enums.

use super::super::ast::{CommentsId, Enum, EnumItem, EnumValue, Visibility};
use super::field::Assigned;
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// From the word `enum` on; `start` is where the declaration starts.
    pub(super) fn enumeration(&mut self, visibility: Option<Visibility>, start: u32) -> Parse<Box<Enum<'a>>> {
        self.bump();
        let name = self.ident("an enum name")?;
        let (mut options, mut items) = (Vec::new(), Vec::new());
        let comments = self.block("after the enum's name", |parser| {
            match parser.word() {
                ";" => parser.finish_nothing(),
                "option" => options.push(parser.option_statement()?),
                "reserved" => items.push(EnumItem::Reserved(parser.reserved(true)?)),
                _ => items.push(EnumItem::Value(parser.enum_value()?)),
            }
            Ok(())
        })?;
        let span = self.span_from(start);
        Ok(Box::new(Enum { name, visibility, options: options.into(), items: items.into(), span, comments }))
    }

    fn enum_value(&mut self) -> Parse<EnumValue<'a>> {
        let start = self.token.start;
        let name = self.ident("the name of an enum value")?;
        let (number, (options, comments)) = match self.assigned_number(name, "a number", true)? {
            Assigned::Number(number) => (number, self.options_and_end("the enum value")),
            Assigned::Nothing => (None, (Box::default(), CommentsId::NONE)),
        };
        Ok(EnumValue { name, number, options, span: self.span_from(start), comments })
    }
}
