//! Text to tokens, by the rules of Avro's IDL grammar.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`Lexer`]: blanks, symbols, stray characters |
//! | `comment` | comments, and which of them are documentation |
//! | `name` | names: parts in backticks, with dots and dashes between them |
//! | `number`, `string` | literals: where they end, whether they are well formed, their value |
//! | `problem` | what can be wrong below the grammar |

mod comment;
mod name;
mod number;
mod problem;
mod string;

use canread_syntax::{FileId, Span};

pub(super) use name::without_backticks;
pub(super) use number::{float_value, integer_value};
pub(super) use problem::{Problem, ProblemKind, shown};
pub(super) use string::decoded;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name with all of its dots, dashes and backticks. Keywords are names without backticks; so is `NaN`.
    Name,
    /// Decimal, octal or hexadecimal, sign and `L` included.
    Integer,
    /// With a point, an exponent or the letter of a type, or `-NaN` and the like; sign included.
    Float,
    /// Text in double quotes, quotes included.
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
/// Each byte is looked at a bounded number of times. What is wrong is kept in [`Lexer::problems`]
/// and never stops it.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    /// The documentation before the last token, and whatever other documentation stood there, in source order.
    pub(super) docs: Vec<Span>,
    pub(super) problems: Vec<Problem>,
}

#[cfg(test)]
thread_local! {
    /// How many tokens this thread's lexers cut, to prove that the time is linear.
    pub(super) static VISITED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Ends the text, as the end of the file does; what follows is not looked at.
///
/// Source: `idlFile` in the grammar (`Idl.g4`) of Avro 1.12: "end-of-file marker in older systems".
const SUBSTITUTE: u8 = 0x1a;

impl<'a> Lexer<'a> {
    /// Starts at the first byte behind a byte order mark.
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, at, docs: Vec::new(), problems: Vec::new() }
    }

    /// The token behind the last one, which stays the next. Its problems are told when it is taken.
    pub(super) fn peek_token(&self) -> Token {
        let mut ahead = Self { docs: Vec::new(), problems: Vec::new(), ..*self };
        ahead.next_token()
    }

    /// The next token, with blanks and comments before it skipped; documentation among them is in [`Lexer::docs`].
    pub(super) fn next_token(&mut self) -> Token {
        #[cfg(test)]
        VISITED.set(VISITED.get() + 1);
        let problems = self.problems.len();
        self.docs.clear();
        self.skip_blanks();
        let mut start = self.at;
        let kind = loop {
            match self.byte() {
                None | Some(SUBSTITUTE) => break TokenKind::End,
                Some(b'`' | b'_') => {
                    self.name();
                    break TokenKind::Name;
                }
                Some(b'"') => {
                    self.string();
                    break TokenKind::String;
                }
                Some(b'0'..=b'9' | b'.' | b'+' | b'-') if self.number_starts_here() => break self.number(),
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.name();
                    break TokenKind::Name;
                }
                Some(symbol @ b'!'..=b'~') => {
                    self.at += 1;
                    break TokenKind::Symbol(symbol);
                }
                Some(_) if self.char().is_some_and(name::may_start) => {
                    self.name();
                    break TokenKind::Name;
                }
                Some(_) => {
                    self.stray_character();
                    self.skip_blanks();
                    start = self.at;
                }
            }
        };
        Token { kind, bad: self.problems.len() > problems, start: offset(start), end: offset(self.at) }
    }

    /// Skips a character that may only stand in comments and strings.
    fn stray_character(&mut self) {
        let start = self.at;
        self.at += self.char().map_or(0, char::len_utf8);
        self.problem(ProblemKind::StrayCharacter, start, self.at);
    }

    /// The bytes from the current offset on.
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// The character at the current offset.
    fn char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, each as its kind's first letter and its text; the problems behind a `!`.
    fn tokens(text: &str) -> String {
        let mut lexer = Lexer::new(FileId(0), text);
        let mut shown = Vec::new();
        loop {
            let token = lexer.next_token();
            let kind = match token.kind {
                TokenKind::End => break,
                TokenKind::Name => "n",
                TokenKind::Integer => "i",
                TokenKind::Float => "f",
                TokenKind::String => "s",
                TokenKind::Symbol(_) => "",
            };
            shown.push(format!("{kind}{}", &text[token.start as usize..token.end as usize]));
        }
        shown.extend(lexer.problems.iter().map(|problem| format!("!{:?}", problem.kind)));
        shown.join(" ")
    }

    #[test]
    fn text_is_cut_by_the_grammar() {
        for (text, expected) in [
            ("record R{int a=-1;}", "nrecord nR { nint na = i-1 ; }"),
            ("@a.`b`-c.d(1)", "@ na.`b`-c.d ( i1 )"),
            ("a. b a- b a.1 a-1", "na . nb na - nb na f.1 na i-1"),
            ("a.`b", "na . n`b !UnclosedName"),
            ("`a b` c", "n`a b` nc !WrongName"),
            ("``", "n`` !WrongName"),
            ("array<string>? Протоколы 文字列 _a", "narray < nstring > ? nПротоколы n文字列 n_a"),
            ("NaN -NaN +Infinity -Infinity -Inf", "nNaN f-NaN f+Infinity f-Infinity - nInf"),
            (r#"{"k":1L}"#, r#"{ s"k" : i1L }"#),
            ("a /* b */ c // d\r e // f", "na nc ne"),
            ("a/**/b/***/c/** d */", "na nb nc"),
            ("\u{feff}a \u{1a} } \u{0}", "na"),
            ("a § b", "na nb !StrayCharacter"),
            ("a /* b", "na !UnclosedComment"),
            ("'a'", "' na '"),
        ] {
            assert_eq!((text, tokens(text).as_str()), (text, expected));
        }
    }

    #[test]
    fn documentation_stands_before_the_token_it_belongs_to() {
        let text = "/** one */ /* no */ /** two */ a /**/ b /***/ c";
        let mut lexer = Lexer::new(FileId(0), text);
        let mut docs = Vec::new();
        while lexer.next_token().kind != TokenKind::End {
            docs.push(lexer.docs.iter().map(|span| &text[span.range()]).collect::<Vec<_>>());
        }
        assert_eq!(docs, [vec!["/** one */", "/** two */"], vec![], vec!["/***/"]]);
    }
}
