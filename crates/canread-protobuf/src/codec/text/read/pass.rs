//! Values that nobody asked for: of reserved names, and of unknown ones where the caller wants that.

use super::super::lex::TokenKind;
use super::Parser;
use super::failure::Parsed;

impl Parser<'_> {
    /// Passes over what stands behind a name. Recurses as deep as the budget allows.
    pub(super) fn pass_value(&mut self) -> Parsed<()> {
        let has_colon = self.takes(":");
        if self.takes("[") {
            if !self.takes("]") {
                loop {
                    self.pass_one(has_colon)?;
                    if self.takes("]") {
                        break;
                    }
                    self.expect(",", "`,` or `]`")?;
                }
            }
            return Ok(());
        }
        self.pass_one(has_colon)
    }

    fn pass_one(&mut self, has_colon: bool) -> Parsed<()> {
        if self.token.is("{") || self.token.is("<") {
            return self.pass_message();
        }
        if !has_colon {
            return Err(self.unexpected("`:` or a message"));
        }
        if self.token.kind == TokenKind::String {
            while self.token.kind == TokenKind::String {
                self.advance();
            }
            return Ok(());
        }
        let has_sign = self.takes("-");
        match self.token.kind {
            TokenKind::Word | TokenKind::Decimal | TokenKind::Octal | TokenKind::Hexadecimal | TokenKind::Float => {
                self.advance();
                Ok(())
            }
            _ if has_sign => Err(self.unexpected("a number")),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn pass_message(&mut self) -> Parsed<()> {
        let close = self.open()?;
        self.budget.enter().map_err(|fault| self.stopped(fault))?;
        while !self.is_closed(close)? {
            self.name()?;
            self.pass_value()?;
            self.separator();
        }
        self.budget.leave();
        Ok(())
    }
}
