//! What a string says.

use core::ops::Deref;

/// What a string says: a piece of the text, or what its escapes stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Text<'de, 's> {
    /// Nothing is escaped: it stands in the text.
    Borrowed(&'de str),
    /// It stands in the caller's scratch memory, until that is used again.
    Unescaped(&'s str),
}

#[expect(clippy::match_same_arms, reason = "each has a lifetime of its own")]
impl<'s, 'de: 's> Text<'de, 's> {
    /// The text, for as long as the scratch memory holds it.
    #[must_use]
    pub fn as_str(self) -> &'s str {
        match self {
            Self::Borrowed(text) => text,
            Self::Unescaped(text) => text,
        }
    }
}

#[expect(clippy::match_same_arms, reason = "each has a lifetime of its own")]
impl Deref for Text<'_, '_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Unescaped(text) => text,
        }
    }
}
