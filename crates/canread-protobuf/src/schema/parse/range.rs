//! `reserved` and `extensions`.

use canread_syntax::Diagnostic;

use super::super::ast::{Extensions, NumberRange, RangeEnd, Reserved, ReservedName};
use super::super::lex::{TokenKind, shown};
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// From the word `extensions` on.
    pub(super) fn extensions(&mut self) -> Parse<Box<Extensions<'a>>> {
        let start = self.token.start;
        self.bump();
        let mut ranges = Vec::new();
        loop {
            ranges.extend(self.range("a field number", false)?);
            if !self.eat(b',') {
                break;
            }
        }
        let (options, comments) = self.options_and_end("the extension ranges");
        Ok(Box::new(Extensions { ranges: ranges.into(), options, span: self.span_from(start), comments }))
    }

    /// From the word `reserved` on. Numbers of enums have a sign.
    pub(super) fn reserved(&mut self, in_enum: bool) -> Parse<Box<Reserved<'a>>> {
        let start = self.token.start;
        self.bump();
        let (mut ranges, mut names) = (Vec::new(), Vec::new());
        let first = self.token.kind;
        let mut what = "a number or a name";
        loop {
            match first {
                TokenKind::String => names.push(self.quoted_name()?),
                TokenKind::Ident => names.push(self.bare_name()?),
                _ => ranges.extend(self.range(what, in_enum)?),
            }
            what = "another number (names need a `reserved` of their own)";
            if !self.eat(b',') {
                break;
            }
        }
        let comments = self.end_statement("the reserved names or numbers");
        let span = self.span_from(start);
        Ok(Box::new(Reserved { ranges: ranges.into(), names: names.into(), span, comments }))
    }

    fn quoted_name(&mut self) -> Parse<ReservedName<'a>> {
        let (name, span) = self.string("another name in quotes (numbers need a `reserved` of their own)")?;
        if self.version.is_edition() {
            self.forbid("protobuf/syntax", span, "reserved names have no quotes in editions", "remove the quotes");
        }
        Ok(ReservedName { name, quoted: true, span })
    }

    fn bare_name(&mut self) -> Parse<ReservedName<'a>> {
        let name = self.ident("another name (numbers need a `reserved` of their own)")?;
        if !self.version.is_edition() {
            let message = format!("the reserved name `{}` has no quotes", shown(name.text));
            let help = format!("write \"{}\": only editions do without", shown(name.text));
            self.reports.add(Diagnostic::error("protobuf/syntax", message).at(name.span, "").help(help));
        }
        Ok(ReservedName { name: name.text.into(), quoted: false, span: name.span })
    }

    /// `5`, `5 to 9` or `5 to max`. `None` stands for a range with a number that has been reported.
    fn range(&mut self, what: &str, signed: bool) -> Parse<Option<NumberRange>> {
        let start = self.token.start;
        let first = self.number(what, signed)?;
        let end = if !self.eat_word("to") {
            first.map(|number| RangeEnd::Inclusive(number.value))
        } else if self.eat_word("max") {
            Some(RangeEnd::Max)
        } else {
            self.number("a number or `max` after `to`", signed)?.map(|number| RangeEnd::Inclusive(number.value))
        };
        let span = self.span_from(start);
        Ok(first.zip(end).map(|(first, end)| NumberRange { start: first.value, end, span }))
    }
}
