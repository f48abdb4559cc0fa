//! What stands without quotes: numbers, `true`, `false`, `null`, and what JSON does not have.

use super::number::{self, Fault};
use super::{Kind, Number};
use crate::{Diagnostic, Edit, Span};

/// The value that a bare text is, if JSON has it.
pub(super) fn value(text: &str) -> Option<Kind<'_>> {
    match text {
        "null" => Some(Kind::Null),
        "true" => Some(Kind::Bool(true)),
        "false" => Some(Kind::Bool(false)),
        _ => Number::new(text).map(Kind::Number),
    }
}

/// Says why a bare text is no value.
pub(super) fn explain(text: &str, span: Span) -> Diagnostic {
    if let Some(word) = meant_word(text) {
        return error(
            "syntax/json_word",
            span,
            format!("expected `{word}`, found `{}`", super::problem::excerpt(text)),
        )
        .help(format!("did you mean `{word}`?"))
        .patch(format!("write `{word}`"), vec![Edit { span, text: word.to_owned() }]);
    }
    if names_no_number(text) {
        return error("syntax/json_number", span, format!("`{text}` is not allowed: JSON has no such number"))
            .help("write `null`, or a string that the reader of this file knows");
    }
    let like_a_number = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    if like_a_number && let Err(fault) = number::check(text) {
        return explain_number(text, span, fault);
    }
    error("syntax/json_word", span, format!("expected a value, found `{}`", super::problem::excerpt(text)))
        .help("text needs double quotes")
}

/// The word of JSON that a bare text was meant to be: in other letters, of another language, or cut off.
fn meant_word(text: &str) -> Option<&'static str> {
    let words = ["true", "false", "null"];
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "none" | "nil" | "undefined" => Some("null"),
        "t" | "f" | "n" => None,
        _ => words.into_iter().find(|word| word.starts_with(&lower)),
    }
}

fn names_no_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    ["nan", "inf", "infinity"].iter().any(|name| unsigned.eq_ignore_ascii_case(name))
}

fn explain_number(text: &str, span: Span, fault: Fault) -> Diagnostic {
    let (at, length, message, help) = match fault {
        Fault::LeadingZeros(at) => {
            let zeros = text.bytes().skip(at).take_while(|&byte| byte == b'0').count();
            (
                at,
                zeros,
                "a number must not start with zeros".to_owned(),
                "remove the zeros in front; JSON has no octal numbers",
            )
        }
        Fault::NoDigit(0) if text.starts_with('+') => {
            (0, 1, "a number must not start with `+`".to_owned(), "remove the `+`")
        }
        Fault::NoDigit(at) => {
            let found = text.get(at..).and_then(|rest| rest.chars().next());
            let (length, found) =
                found.map_or((0, String::new()), |next| (next.len_utf8(), format!(", found `{next}`")));
            let place = if at == 0 { "at the start of" } else { "in" };
            (at, length, format!("expected a digit {place} this number{found}"), "a number is `-12`, `0.5` or `1.5e-7`")
        }
        Fault::Excess(at) => {
            let next = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            let help = match next {
                'x' | 'X' | 'o' | 'O' | 'b' | 'B' => "JSON has decimal numbers only",
                '_' => "JSON has no separators inside numbers: remove the `_`",
                _ => "a number is `-12`, `0.5` or `1.5e-7`; text needs double quotes",
            };
            (at, next.len_utf8(), format!("`{next}` is not allowed in a number"), help)
        }
    };
    let marked = part(span, at, length);
    let diagnostic = error("syntax/json_number", marked, message).help(help);
    match mended(text, fault) {
        Some(number) => diagnostic.patch(format!("write `{number}`"), vec![Edit { span, text: number }]),
        None => diagnostic,
    }
}

/// The number that was meant, where that is beyond doubt.
///
/// Not so for leading zeros: other languages read `010` as eight.
fn mended(text: &str, fault: Fault) -> Option<String> {
    let number = match fault {
        Fault::NoDigit(0) => match text.strip_prefix('+') {
            Some(unsigned) => unsigned.to_owned(),
            None => format!("0{text}"),
        },
        Fault::NoDigit(1) => format!("-0{}", text.strip_prefix("-.").map(|rest| format!(".{rest}"))?),
        Fault::NoDigit(at) if text.get(..at)?.ends_with('.') => format!("{}0{}", text.get(..at)?, text.get(at..)?),
        _ => return None,
    };
    Number::new(&number).is_some().then_some(number)
}

#[expect(clippy::cast_possible_truncation, reason = "texts are at most FILE_BYTES_MAX bytes")]
fn part(span: Span, at: usize, length: usize) -> Span {
    let start = span.start + at as u32;
    Span::new(span.file, start, start + length as u32)
}

fn error(code: &'static str, span: Span, message: String) -> Diagnostic {
    Diagnostic::error(code, message).at(span, "")
}
