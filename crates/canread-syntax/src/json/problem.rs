//! Every message about a JSON text.

use super::Member;
use super::lexer::{Token, TokenKind};
use crate::{Diagnostic, Edit, Severity, Span};

/// The number of errors after which a text is not read further; of warnings, as many are kept.
pub const ERRORS_MAX: usize = 100;

/// Further places of one repeated key that are shown.
const REPEATS_SHOWN: usize = 5;

/// Characters of the text that a message repeats.
const EXCERPT_MAX: usize = 32;

/// The diagnostics of one text, bounded.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
    /// While set, nothing is added: what comes follows from an error that was reported.
    pub(super) muted: bool,
}

impl Problems {
    pub(super) fn add(&mut self, problem: Diagnostic) {
        if self.muted {
            return;
        }
        let count = if problem.is_error() { &mut self.errors } else { &mut self.warnings };
        *count += 1;
        if *count <= ERRORS_MAX {
            self.list.push(problem);
        }
    }

    /// Whether there are too many errors to go on.
    pub(super) fn full(&self) -> bool {
        self.errors > ERRORS_MAX
    }

    /// All diagnostics in the order of the text; `end` is the place where reading stopped.
    pub(super) fn finish(mut self, end: Span) -> Vec<Diagnostic> {
        self.list.sort_by_key(|problem| problem.span().map(|span| span.start));
        if self.full() {
            let message = format!("more than {ERRORS_MAX} errors: the rest of the file was not read");
            self.list.push(Diagnostic::error("syntax/json_too_many_errors", message).at(end, "stopped here"));
        }
        if let Some(left_out @ 1..) = self.warnings.checked_sub(ERRORS_MAX) {
            let message = format!("{left_out} more objects repeat a key");
            self.list.push(Diagnostic::new(Severity::Note, "syntax/json_duplicate_key", message));
        }
        self.list
    }
}

/// A text from the file, short enough to stand in a message.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What a message calls a token.
fn found(token: &Token<'_>) -> String {
    match &token.kind {
        TokenKind::OpenObject => "`{`".to_owned(),
        TokenKind::CloseObject => "`}`".to_owned(),
        TokenKind::OpenArray => "`[`".to_owned(),
        TokenKind::CloseArray => "`]`".to_owned(),
        TokenKind::Colon => "`:`".to_owned(),
        TokenKind::Comma => "`,`".to_owned(),
        TokenKind::String { .. } | TokenKind::SingleQuoted(_) => "a string".to_owned(),
        TokenKind::Bare(text) => format!("`{}`", excerpt(text)),
        TokenKind::End => "the end of the file".to_owned(),
    }
}

/// Something else than what the grammar asks for at this place.
pub(super) fn unexpected(expected: &str, token: &Token<'_>) -> Diagnostic {
    Diagnostic::error("syntax/json_syntax", format!("expected {expected}, found {}", found(token))).at(token.span, "")
}

pub(super) fn utf16(start: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_utf16", "expected UTF-8 text, found what looks like UTF-16")
        .at(start, "")
        .help("save the file as UTF-8")
}

pub(super) fn empty(end: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_syntax", "expected a JSON value, found an empty file").at(end, "")
}

/// The text ends inside an array or object.
pub(super) fn unclosed(expected: &str, end: Span, open: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_unclosed", format!("expected {expected}, found the end of the file"))
        .at(end, "")
        .at(open, "never closed")
}

/// A bracket of the wrong kind.
pub(super) fn mismatched(expected: &str, token: &Token<'_>, open: Span) -> Diagnostic {
    unexpected(expected, token).at(open, "opened here")
}

pub(super) fn trailing_comma(comma: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_comma", "a comma is not allowed behind the last one")
        .at(comma, "")
        .help("remove the comma")
        .patch("remove the comma", vec![Edit { span: comma, text: String::new() }])
}

pub(super) fn extra_comma(expected: &str, comma: &Token<'_>) -> Diagnostic {
    let span = comma.span;
    Diagnostic { code: "syntax/json_comma", ..unexpected(expected, comma) }
        .help("remove the comma, or write what is missing before it")
        .patch("remove the comma", vec![Edit { span, text: String::new() }])
}

/// Two values beside each other; `behind` is the empty span behind the first.
pub(super) fn missing_comma(expected: &str, token: &Token<'_>, behind: Span) -> Diagnostic {
    Diagnostic { code: "syntax/json_comma", ..unexpected(expected, token) }
        .help("separate the two with a comma")
        .patch("add a comma", vec![Edit { span: behind, text: ",".to_owned() }])
}

/// A value directly behind its key; `behind` is the empty span behind the key.
pub(super) fn missing_colon(token: &Token<'_>, behind: Span) -> Diagnostic {
    let diagnostic = unexpected("`:` behind the key", token);
    match token.kind {
        TokenKind::Bare("=" | "=>") => {
            diagnostic.help("write `:`").patch("write `:`", vec![Edit { span: token.span, text: ":".to_owned() }])
        }
        TokenKind::Comma | TokenKind::CloseObject => diagnostic.help("a key needs a value: `\"key\": null`"),
        _ => diagnostic.patch("add a colon", vec![Edit { span: behind, text: ":".to_owned() }]),
    }
}

pub(super) fn single_quotes(span: Span, text: &str) -> Diagnostic {
    quotes(span, text, "strings need double quotes, found single ones")
}

pub(super) fn unquoted_key(span: Span, text: &str) -> Diagnostic {
    quotes(span, text, &format!("keys need double quotes, found `{}`", excerpt(text)))
}

fn quotes(span: Span, text: &str, message: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("syntax/json_quotes", message).at(span, "");
    // With a quote or a backslash inside, what was meant is not certain.
    if text.contains(['"', '\\', '\'']) || text.contains(char::is_control) {
        return diagnostic.help("write `\"` around it");
    }
    let quoted = format!("\"{text}\"");
    diagnostic
        .help(format!("write `{}`", excerpt(&quoted)))
        .patch("use double quotes", vec![Edit { span, text: quoted }])
}

/// Something behind the one value of a file.
pub(super) fn more_text(token: &Token<'_>) -> Diagnostic {
    let help = match token.kind {
        TokenKind::CloseArray | TokenKind::CloseObject => "every bracket is closed already: remove this one",
        TokenKind::Comma => "remove the comma",
        _ => "a file holds one value: put several into an array",
    };
    Diagnostic::error("syntax/json_more_text", format!("expected the end of the file, found {}", found(token)))
        .at(token.span, "")
        .help(help)
}

pub(super) fn comment(span: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_comment", "comments are not allowed in JSON")
        .at(span, "")
        .help("remove the comment, or keep it as a string under a key such as `doc` or `$comment`")
}

/// A character that looks like white space but is not.
pub(super) fn false_space(span: Span, first: char) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("syntax/json_space", format!("{} is not allowed here", code_point(first))).at(span, "");
    match first {
        '\0' => diagnostic.help("the file looks like binary data: schema files are text"),
        '\u{feff}' => diagnostic.help("a byte order mark stands only at the start of a file: remove it"),
        _ => diagnostic.help("remove the character; only space, tab and line break may stand between values"),
    }
}

pub(super) fn control_character(span: Span, control: u8) -> Diagnostic {
    let escaped = match control {
        b'\t' => "\\t".to_owned(),
        0x08 => "\\b".to_owned(),
        0x0c => "\\f".to_owned(),
        _ => format!("\\u{control:04x}"),
    };
    let message = format!("{} is not allowed in a string", code_point(char::from(control)));
    Diagnostic::error("syntax/json_control_character", message)
        .at(span, "")
        .help(format!("write `{escaped}`"))
        .patch("escape the character", vec![Edit { span, text: escaped }])
}

pub(super) fn unclosed_string(span: Span, at_end: bool) -> Diagnostic {
    let what = if at_end { "the end of the file" } else { "the end of the line" };
    Diagnostic::error("syntax/json_unclosed", format!("expected `\"` to close this string, found {what}"))
        .at(span, "")
        .help("close the string with `\"`; a line break in a string is `\\n`")
}

pub(super) fn unknown_escape(span: Span, next: char) -> Diagnostic {
    let name = if next.is_control() { code_point(next) } else { format!("`\\{next}`") };
    let message = match name.strip_prefix("U+") {
        Some(_) => format!("expected an escape behind `\\`, found {name}"),
        None => format!("the escape {name} is not allowed"),
    };
    let help = match next {
        '\'' => "write `'` without a backslash",
        'x' | 'U' => "write `\\u` and four hexadecimal digits",
        '0' => "write `\\u0000`",
        'a' => "write `\\u0007`",
        'v' => "write `\\u000b`",
        'e' => "write `\\u001b`",
        _ => {
            "escapes are `\\\"` `\\\\` `\\/` `\\b` `\\f` `\\n` `\\r` `\\t` and `\\u` with four hexadecimal digits; a backslash is `\\\\`"
        }
    };
    Diagnostic::error("syntax/json_escape", message).at(span, "").help(help)
}

pub(super) fn short_escape(span: Span) -> Diagnostic {
    Diagnostic::error("syntax/json_escape", "expected four hexadecimal digits behind `\\u`").at(span, "")
}

pub(super) fn lone_surrogate(span: Span, unit: u32) -> Diagnostic {
    let (half, other) = if unit < 0xdc00 { ("first", "second") } else { ("second", "first") };
    let message = format!("`\\u{unit:04x}` is the {half} half of a surrogate pair, the {other} half is missing");
    Diagnostic::error("syntax/json_surrogate", message)
        .at(span, "")
        .note("half a pair is no character, and JSON readers differ in what they make of it (RFC 8259, section 8.2)")
}

pub(super) fn too_deep(open: Span, depth_max: u8) -> Diagnostic {
    let message = format!("more than {depth_max} arrays and objects inside each other");
    Diagnostic::error("syntax/json_too_deep", message).at(open, "one too many")
}

pub(super) fn too_many_values(at: Span, values_max: usize) -> Diagnostic {
    let message = format!("more than {values_max} values in a file of this size");
    Diagnostic::error("syntax/json_too_many_values", message)
        .at(at, "one too many")
        .help("exclude the file if it is no schema, or split it")
}

pub(super) fn duplicate_key(first: &Member<'_>, again: &Member<'_>, more: &[&Member<'_>]) -> Diagnostic {
    let key = excerpt(&first.key.escape_debug().to_string());
    let message = format!("the key `{key}` is repeated in one object");
    let mut diagnostic = Diagnostic::warning("syntax/json_duplicate_key", message)
        .at(again.key_span, "repeated here")
        .at(first.key_span, "first here");
    for member in more.iter().take(REPEATS_SHOWN) {
        diagnostic = diagnostic.at(member.key_span, "repeated here");
    }
    if let Some(left_out @ 1..) = more.len().checked_sub(REPEATS_SHOWN) {
        diagnostic = diagnostic.note(format!("and {left_out} more times"));
    }
    diagnostic
        .note("most JSON readers use the last value, some the first, some refuse the file")
        .help("keep one of them")
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
