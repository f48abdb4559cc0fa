//! Names of fields, extensions and URLs.
//!
//! ```text
//! name = word | "[" word ("." word)* "]" | "[" url "/" word ("." word)* "]"
//! ```
//!
//! Source: Protobuf, "Text Format Language Specification", section "Field Names".

use std::borrow::Cow;

use super::super::error::ReadErrorKind;
use super::super::lex::TokenKind;
use super::Parser;
use super::failure::{Failure, Parsed};

/// What stands before a value.
pub(super) struct Name<'a> {
    /// As it is in a layout: with brackets, if it has some, and no space.
    pub(super) text: Cow<'a, str>,
    /// The byte at which it begins.
    pub(super) at: usize,
    /// Where in the text the name of the message begins, if this is the URL of one.
    pub(super) url: Option<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn name(&mut self) -> Parsed<Name<'a>> {
        if self.token.is("[") {
            return self.bracketed();
        }
        if self.token.kind != TokenKind::Word {
            return Err(self.unexpected("the name of a field"));
        }
        let word = self.advance();
        Ok(Name { text: word.text.into(), at: word.at, url: None })
    }

    fn bracketed(&mut self) -> Parsed<Name<'a>> {
        let open = self.advance();
        let (start, mut end) = (open.at, open.end());
        // As long as nothing stands between its parts, it is a piece of the text.
        let mut apart: Option<String> = None;
        let mut held = 0_usize;
        let mut url = None;
        // Whether a part has to come.
        let mut is_open = true;
        loop {
            let token = self.token;
            match token.kind {
                TokenKind::End | TokenKind::String | TokenKind::Bad(_) => return Err(self.unexpected("`]`")),
                TokenKind::Sign if matches!(token.text, "[" | "{" | "}" | "<" | ">" | ":") => {
                    return Err(self.unexpected("a name or `]`"));
                }
                _ => {}
            }
            let is_end = token.is("]");
            let is_between = token.is("/") || token.is(".");
            if token.at != end && !(is_open || is_end || is_between) {
                // Two words are not one.
                return Err(self.unexpected("`.`, `/` or `]`"));
            }
            if token.at != end && apart.is_none() {
                held = end.saturating_sub(start);
                self.scratch.hold(held).map_err(|fault| self.stopped(fault))?;
                apart = Some(self.text.get(start..end).unwrap_or_default().to_owned());
            }
            if let Some(apart) = &mut apart {
                // Doubling is counted too.
                let more = token.text.len().saturating_mul(2);
                self.scratch.hold(more).map_err(|fault| self.stopped(fault))?;
                held = held.saturating_add(more);
                apart.push_str(token.text);
            }
            if (is_end || is_between) && is_open {
                return Err(self.unexpected("a name"));
            }
            if token.is("/") {
                url = Some(apart.as_ref().map_or(token.end().saturating_sub(start), String::len));
            }
            is_open = is_between;
            end = token.end();
            self.advance();
            if is_end {
                break;
            }
        }
        self.scratch.release(held);
        let text = apart.map_or_else(|| self.text.get(start..end).unwrap_or_default().into(), Cow::Owned);
        let name = Name { text, at: start, url };
        if name.is_plain() {
            Ok(name)
        } else {
            Err(Failure::at(ReadErrorKind::Unexpected { expected: "a name" }, &name.text, start))
        }
    }
}

impl Name<'_> {
    /// The URL without its brackets, and the name of the message at its end.
    pub(super) fn url(&self) -> Option<(&str, &str)> {
        let end = self.text.len().checked_sub(1)?;
        Some((self.text.get(1..end)?, self.text.get(self.url?..end)?))
    }

    /// Whether the name of the extension or message is one: words with points between them.
    fn is_plain(&self) -> bool {
        let end = self.text.len().saturating_sub(1);
        let name = self.text.get(self.url.unwrap_or(1)..end).unwrap_or_default();
        let is_word = |word: &str| {
            !word.starts_with(|first: char| first.is_ascii_digit())
                && !word.is_empty()
                && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
        };
        name.split('.').all(is_word)
    }
}
