//! What was said between two brackets, so that nothing is said twice.

use proc_macro2::{Ident, Span};
use syn::{Error, LitStr, Result};

/// The words of an attribute or group, in their order.
#[derive(Default)]
pub(crate) struct Said {
    parts: Vec<(String, Span)>,
}

impl Said {
    /// Takes a word that may be there once.
    pub(crate) fn once(&mut self, word: &Ident) -> Result<()> {
        self.part(word.to_string(), word.span())
    }

    /// Takes the number that stands for itself.
    pub(crate) fn number(&mut self, span: Span) -> Result<()> {
        if self.parts.iter().any(|(earlier, _)| earlier == NUMBER) {
            return Err(Error::new(span, "the number is said already"));
        }
        self.parts.push((NUMBER.to_owned(), span));
        Ok(())
    }

    /// Takes another name that it had.
    pub(crate) fn alias(&mut self, word: &Ident, aliases: &mut Vec<LitStr>, alias: LitStr) -> Result<()> {
        if aliases.iter().any(|earlier| earlier.value() == alias.value()) {
            return Err(Error::new(alias.span(), format!("the alias `{}` is said already", alias.value())));
        }
        self.parts.push((word.to_string(), word.span()));
        aliases.push(alias);
        Ok(())
    }

    fn part(&mut self, word: String, span: Span) -> Result<()> {
        if self.parts.iter().any(|(earlier, _)| *earlier == word) {
            return Err(Error::new(span, format!("`{word}` is said already")));
        }
        self.parts.push((word, span));
        Ok(())
    }

    /// An error at the second of two words that say different things of one matter.
    pub(crate) fn one_of(&self, matter: &[&str], message: &str) -> Result<()> {
        let mut found = self.parts.iter().filter(|(word, _)| matter.contains(&word.as_str()));
        match found.nth(1) {
            Some((_, span)) => Err(Error::new(*span, message)),
            None => Ok(()),
        }
    }

    /// An error at what stands beside a word that has its say alone, but for the words that may stand there.
    pub(crate) fn alone(&self, word: &str, beside: &[&str], message: &str) -> Result<()> {
        if !self.has(word) {
            return Ok(());
        }
        match self.parts.iter().find(|(other, _)| other != word && !beside.contains(&other.as_str())) {
            Some((_, span)) => Err(Error::new(*span, message)),
            None => Ok(()),
        }
    }

    /// Where a word stands.
    pub(crate) fn place(&self, word: &str) -> Option<Span> {
        self.parts.iter().find(|(said, _)| said == word).map(|(_, span)| *span)
    }

    fn has(&self, word: &str) -> bool {
        self.place(word).is_some()
    }
}

/// What stands for the number, which is no word.
pub(crate) const NUMBER: &str = "a number";
