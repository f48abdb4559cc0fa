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
    ForeignLetter,
    StrayCharacter,
    UnclosedComment,
    NestedComment,
    UnclosedString,
    UnknownEscape,
    /// An escape with fewer hexadecimal digits than it needs.
    ShortEscape {
        digits: u8,
    },
    EscapeOutOfRange,
    NotOctal,
    NoHexadecimalDigit,
    FractionInBase,
    NoExponentDigit,
    SecondPoint,
    FloatSuffix,
    LetterAfterNumber,
    PointAfterName,
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
        let diagnostic = Diagnostic::error("protobuf/token", message).at(self.span, "");
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
            Self::ForeignLetter => (
                format!("the name `{found}` has letters other than ASCII ones"),
                Some("names consist of A-Z, a-z, 0-9 and _"),
            ),
            Self::StrayCharacter => stray_character(found),
            Self::UnclosedComment => ("this comment is never closed".into(), Some("end it with `*/`")),
            Self::NestedComment => (
                "`/*` inside a block comment".into(),
                Some("block comments don't nest: the next `*/` ends the comment; use `//` for the inner one"),
            ),
            Self::UnclosedString => (
                "this string has no closing quote on its line".into(),
                Some("close it, and continue it on the next line with another string: adjacent strings are joined"),
            ),
            _ => self.words_on_literals(found),
        }
    }

    fn words_on_literals(self, found: &str) -> (String, Option<&'static str>) {
        match self {
            Self::UnknownEscape => {
                (format!("unknown escape `{found}` in a string"), Some("write `\\\\` for a backslash"))
            }
            Self::ShortEscape { digits: 1 } => (
                format!("the escape `{found}` has no hexadecimal digit behind it"),
                Some("write `\\\\` for a backslash"),
            ),
            Self::ShortEscape { digits } => (
                format!("the escape `{found}` has fewer than the {digits} hexadecimal digits it needs"),
                Some("write `\\\\` for a backslash"),
            ),
            Self::EscapeOutOfRange => (format!("the escape `{found}` is beyond U+10FFFF, the last character"), None),
            Self::NotOctal => (
                format!("`{found}` starts with 0 and so is octal, but has a digit above 7"),
                Some("leave out the leading 0 if the number is decimal"),
            ),
            Self::NoHexadecimalDigit => (format!("`{found}` has no hexadecimal digit behind the `x`"), None),
            Self::FractionInBase => {
                (format!("`{found}` has a decimal point, but octal and hexadecimal numbers are integers"), None)
            }
            Self::NoExponentDigit => (format!("`{found}` has no digit in its exponent"), None),
            Self::SecondPoint => (format!("`{found}` has a point where its number should end"), None),
            Self::FloatSuffix => (format!("`{found}` ends with a letter"), Some("leave out the `f`")),
            Self::PointAfterName => (
                format!("the name before `{found}` runs into a number"),
                Some("names after a point start with a letter"),
            ),
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
        0x2018 | 0x2019 | 0x201a | 0x201c | 0x201d | 0x201e => "use the straight quotes ' or \"",
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
