//! What can be wrong below the grammar, and how it is said.

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Span};

/// Something wrong with a character, a literal or a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Problem {
    pub(in super::super) kind: ProblemKind,
    pub(in super::super) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum ProblemKind {
    StrayCharacter,
    UnclosedComment,
    /// A backtick that nothing closes on its line.
    UnclosedName,
    /// Something between backticks that is no name.
    WrongName,
    UnclosedString,
    ControlCharacter,
    UnknownEscape,
    ShortEscape,
    LoneSurrogate,
    NotOctal,
    NoHexadecimalDigit,
    NoExponentDigit,
    NoBinaryExponent,
    SecondPoint,
    UnderscoreInNumber,
    LetterAfterNumber,
    PlusBeforeInteger,
}

impl Problem {
    /// Whether text that was meant as something else, perhaps a closing brace, is lost in the token.
    pub(in super::super) fn swallows(self) -> bool {
        matches!(self.kind, ProblemKind::UnclosedComment | ProblemKind::UnclosedString)
    }

    /// The problem as told to a person; `text` is the file.
    pub(in super::super) fn diagnostic(self, text: &str) -> Diagnostic {
        let found = text.get(self.span.range()).unwrap_or_default();
        let (message, help) = self.kind.words(&shown(found));
        let diagnostic = Diagnostic::error("avro/idl_token", message).at(self.span, "");
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl ProblemKind {
    /// Message and help.
    fn words(self, found: &str) -> (String, Option<&'static str>) {
        match self {
            Self::StrayCharacter => stray_character(found),
            Self::UnclosedComment => ("this comment is never closed".into(), Some("end it with `*/`")),
            Self::UnclosedName => ("this backtick is never closed".into(), Some("end the name with a backtick")),
            Self::WrongName => (
                format!("{found} is not a name in backticks"),
                Some("each part of a name stands in its own backticks: a letter or _, then letters, digits and _"),
            ),
            Self::UnclosedString => ("this string has no closing quote on its line".into(), Some("close it with `\"`")),
            Self::ControlCharacter => {
                let code = found.chars().next().map_or(0, u32::from);
                (format!("the control character U+{code:04X} in a string"), Some("write it as an escape such as `\\t`"))
            }
            _ => self.words_on_literals(found),
        }
    }

    fn words_on_literals(self, found: &str) -> (String, Option<&'static str>) {
        match self {
            Self::UnknownEscape => {
                (format!("unknown escape `{found}` in a string"), Some("write `\\\\` for a backslash"))
            }
            Self::ShortEscape => (
                format!("the escape `{found}` has fewer than the 4 hexadecimal digits it needs"),
                Some("write `\\\\` for a backslash"),
            ),
            Self::LoneSurrogate => (
                format!("the escape `{found}` is half of a surrogate pair and names no character"),
                Some("write the character itself, or both halves"),
            ),
            Self::NotOctal => (
                format!("`{found}` starts with 0 and so is octal, but has a digit above 7"),
                Some("leave out the leading 0 if the number is decimal"),
            ),
            Self::NoHexadecimalDigit => (format!("`{found}` has no hexadecimal digit behind the `x`"), None),
            Self::NoExponentDigit => (format!("`{found}` has no digit in its exponent"), None),
            Self::NoBinaryExponent => {
                (format!("`{found}` is hexadecimal with a point, but has no exponent"), Some("add one, such as `p0`"))
            }
            Self::SecondPoint => (format!("`{found}` has a point where its number should end"), None),
            Self::UnderscoreInNumber => (format!("`{found}` has an underscore in a number"), Some("leave it out")),
            Self::PlusBeforeInteger => (format!("`{found}` has a plus sign before an integer"), Some("leave it out")),
            _ => (
                format!("the number `{found}` runs into a letter"),
                Some("names start with a letter; between a number and a name stands a blank"),
            ),
        }
    }
}

fn stray_character(found: &str) -> (String, Option<&'static str>) {
    let code = found.chars().next().map_or(0, u32::from);
    let help = match code {
        0x2018 | 0x2019 | 0x201a | 0x201c | 0x201d | 0x201e => "use the straight quote \"",
        0xa0 | 0x2000..=0x200f | 0x2028..=0x202f | 0x2060 | 0x3000 | 0xfeff => "use a plain space, or nothing",
        0x2010..=0x2015 | 0x2212 => "use the plain hyphen -",
        _ => "such characters are allowed in comments and strings only",
    };
    (format!("the character U+{code:04X} is not allowed here"), Some(help))
}

/// Text of the file as messages show it: its start, if it is long.
pub(in super::super) fn shown(text: &str) -> Cow<'_, str> {
    const CHARACTERS_MAX: usize = 32;
    match text.char_indices().nth(CHARACTERS_MAX) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
