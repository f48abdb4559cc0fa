//! Bytes to tokens, by the rules of protoc's tokenizer.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`Lexer`]: blanks, identifiers, symbols, stray characters |
//! | `comment` | comments, and which declaration each belongs to |
//! | `number`, `string` | literals: where they end, whether they are well formed, their value |
//! | `problem` | what can be wrong below the grammar |

mod comment;
mod number;
mod problem;
mod string;

use canread_syntax::{FileId, Span};

pub(super) use number::{Integer, float_value, integer_value};
pub(super) use problem::{Problem, ProblemKind, shown};
pub(super) use string::{append_decoded, plain_contents};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A letter or underscore, then letters, digits, underscores. Keywords are identifiers.
    Ident,
    /// Decimal, octal or hexadecimal; without a sign.
    Int,
    /// With a point or an exponent; without a sign.
    Float,
    /// One string literal, quotes included.
    String,
    /// Any other printable ASCII character.
    Symbol(u8),
    /// The end of the file.
    End,
}

/// A token: what it is and where. Its text is cut from the file when needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Whether a [`Problem`] lies in the token or right before it, so that what the grammar
    /// makes of it says nothing new.
    pub(super) bad: bool,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Token {
    pub(super) fn is_symbol(self, symbol: u8) -> bool {
        self.kind == TokenKind::Symbol(symbol)
    }
}

/// Cuts one file into tokens, from any offset on.
///
/// Each byte is looked at once. What is wrong is kept in [`Lexer::problems`]
/// and never stops it.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    pub(super) problems: Vec<Problem>,
}

#[cfg(test)]
thread_local! {
    /// How many tokens this thread's lexers cut, to prove that the time is linear.
    pub(super) static VISITED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

impl<'a> Lexer<'a> {
    /// Starts at the first byte behind a byte order mark.
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, at, problems: Vec::new() }
    }

    /// A lexer that continues here but keeps its problems for itself: for looking ahead.
    pub(super) fn ahead(&self) -> Self {
        Self { file: self.file, text: self.text, at: self.at, problems: Vec::new() }
    }

    /// The offset behind the last token.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Continues at another offset, which must be a character boundary.
    pub(super) fn seek(&mut self, offset: usize) {
        self.at = offset;
    }

    /// The bytes from the current offset on.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next token, with blanks and comments before it skipped.
    pub(super) fn next_token(&mut self) -> Token {
        let problems = self.problems.len();
        self.skip_blanks();
        self.cut(problems)
    }

    /// The token that starts at the current offset, where no blank or comment stands.
    ///
    /// `problems` is how many there were before the blanks in front of it.
    fn cut(&mut self, problems: usize) -> Token {
        #[cfg(test)]
        VISITED.set(VISITED.get() + 1);
        let mut start = self.at;
        let kind = loop {
            let Some(byte) = self.byte() else { break TokenKind::End };
            let class = CLASS[usize::from(byte)];
            if class & IDENT_START != 0 {
                self.identifier();
                break TokenKind::Ident;
            }
            match byte {
                b'0'..=b'9' => break self.number(),
                b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => break self.number(),
                b'"' | b'\'' => {
                    self.string(byte);
                    break TokenKind::String;
                }
                b'!'..=b'~' => {
                    self.at += 1;
                    break TokenKind::Symbol(byte);
                }
                _ => {
                    if self.stray_characters() {
                        break TokenKind::Ident;
                    }
                    self.skip_blanks();
                    start = self.at;
                }
            }
        };
        Token { kind, bad: self.problems.len() > problems, start: offset(start), end: offset(self.at) }
    }

    fn identifier(&mut self) {
        let start = self.at;
        self.at += self.rest().iter().take_while(|&&byte| CLASS[usize::from(byte)] & IDENT != 0).count();
        if self.byte().is_some_and(|byte| byte >= 0x80) {
            self.foreign_identifier(start);
        }
    }

    /// An identifier with letters that are not ASCII: taken whole, and reported once.
    fn foreign_identifier(&mut self, start: usize) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if end > 0 {
            self.at += end;
            self.problem(ProblemKind::ForeignLetter, start, self.at);
        }
    }

    /// Characters that may only stand in comments and strings. Returns whether they were letters,
    /// which then make up an identifier; all others are skipped.
    fn stray_characters(&mut self) -> bool {
        let start = self.at;
        self.foreign_identifier(start);
        if self.at > start {
            return true;
        }
        let rest = self.text.get(start..).unwrap_or_default();
        self.at += rest.chars().next().map_or(0, char::len_utf8);
        self.problem(ProblemKind::StrayCharacter, start, self.at);
        false
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn problem(&mut self, kind: ProblemKind, start: usize, end: usize) {
        self.problems.push(Problem { kind, span: self.span(start, end) });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, offset(start), offset(end))
    }
}

/// Files have at most `FILE_BYTES_MAX` bytes; [`super::parse()`] refuses larger ones.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

const BLANK: u8 = 1;
const IDENT_START: u8 = 2;
const IDENT: u8 = 4;

/// What each byte may be part of.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => BLANK,
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => IDENT_START | IDENT,
            b'0'..=b'9' => IDENT,
            _ => 0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut lexer = Lexer::new(FileId(0), text);
        let mut found = Vec::new();
        loop {
            let token = lexer.next_token();
            if token.kind == TokenKind::End {
                break;
            }
            found.push(format!("{:?} {}", token.kind, &text[token.start as usize..token.end as usize]));
        }
        found.extend(
            lexer
                .problems
                .iter()
                .map(|problem| format!("{:?} {}..{}", problem.kind, problem.span.start, problem.span.end)),
        );
        found
    }

    #[test]
    fn blanks_are_the_six_ascii_ones() {
        assert_eq!(tokens("a \t\r\n\u{b}\u{c}b"), ["Ident a", "Ident b"]);
        assert_eq!(tokens("a\u{a0}b"), ["Ident a", "Ident b", "StrayCharacter 1..3"]);
        assert_eq!(tokens("\u{1}a"), ["Ident a", "StrayCharacter 0..1"]);
    }

    #[test]
    fn a_byte_order_mark_is_skipped_at_the_start_only() {
        assert_eq!(tokens("\u{feff}a"), ["Ident a"]);
        assert_eq!(tokens(" \u{feff}a"), ["Ident a", "StrayCharacter 1..4"]);
    }

    #[test]
    fn a_name_with_letters_that_are_not_ascii_is_one_token_and_one_problem() {
        assert_eq!(tokens("größe=1"), ["Ident größe", "Symbol(61) =", "Int 1", "ForeignLetter 0..7"]);
        assert_eq!(tokens("é"), ["Ident é", "ForeignLetter 0..2"]);
    }

    #[test]
    fn a_point_before_a_digit_starts_a_number() {
        assert_eq!(tokens(".5"), ["Float .5"]);
        assert_eq!(tokens(".a"), ["Symbol(46) .", "Ident a"]);
        assert_eq!(tokens("a.5"), ["Ident a", "Float .5", "PointAfterName 1..3"]);
    }

    #[test]
    fn a_slash_that_starts_no_comment_is_a_symbol() {
        assert_eq!(tokens("a/b"), ["Ident a", "Symbol(47) /", "Ident b"]);
    }
}
