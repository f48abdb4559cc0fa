//! Just enough of Protobuf's tokens to find where text can be put.

/// The value of the `syntax` or `edition` statement that a file starts with: `proto3`, `2023`; `proto2` without one.
///
/// Source: Protobuf, "Language Specification", `syntax` and `edition`.
pub(super) fn syntax(text: &str) -> &str {
    let mut tokens = Tokens { text: text.strip_prefix('\u{feff}').unwrap_or(text), at: 0 };
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some("syntax" | "edition"), Some("="), Some(value)) => value.trim_matches(['"', '\'']),
        _ => "proto2",
    }
}

/// Whether reserved names are identifiers rather than strings: in every edition.
pub(super) fn is_edition(text: &str) -> bool {
    syntax(text).starts_with(|first: char| first.is_ascii_digit())
}

/// The braces of the first body in a text: offsets of `{` and of the `}` that closes it.
/// Options in brackets, which may hold braces too, are passed over.
pub(super) fn body(text: &str) -> Option<(usize, usize)> {
    let mut tokens = Tokens { text, at: 0 };
    let (mut brackets, mut braces, mut open) = (0_usize, 0_usize, None);
    while let Some(token) = tokens.next() {
        let at = tokens.at - token.len();
        match token {
            "[" => brackets += 1,
            "]" => brackets = brackets.saturating_sub(1),
            "{" if brackets == 0 => {
                braces += 1;
                open = open.or(Some(at));
            }
            "}" if brackets == 0 => {
                braces = braces.checked_sub(1)?;
                if braces == 0 {
                    return Some((open?, at));
                }
            }
            _ => {}
        }
    }
    None
}

/// What a comment at the start of a text is long; 0 if there is none.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else if let Some(body) = text.strip_prefix("/*") {
        body.find("*/").map_or(text.len(), |end| end + 4)
    } else {
        0
    }
}

/// Whether the rest of a line holds nothing but spaces and comments that end in it.
pub(super) fn is_blank(line: &str) -> bool {
    let mut rest = line.trim_start();
    loop {
        match comment(rest) {
            0 => return rest.is_empty(),
            _ if rest.starts_with("/*") && !rest[2..].contains("*/") => return false,
            length => rest = rest[length..].trim_start(),
        }
    }
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The next word, string or other character.
    fn next(&mut self) -> Option<&'a str> {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest.len() - rest.trim_start().len();
            let skipped = if blank > 0 { blank } else { comment(rest) };
            if skipped == 0 {
                break;
            }
            self.at += skipped;
        }
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let length = match first {
            '"' | '\'' => string(rest, first),
            _ if is_word(first) => rest.find(|next| !is_word(next)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        self.at += length;
        Some(&rest[..length])
    }
}

/// The length of a string with its quotes; one that nothing closes ends with its line.
fn string(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '\n' => return at,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_is_the_first_statement() {
        for (text, expected) in [
            ("syntax = \"proto3\";", "proto3"),
            ("\u{feff}// edition = \"2023\";\n/* x */ syntax='proto2';", "proto2"),
            ("edition = \"2024\";", "2024"),
            ("message M { edition.E edition = 1; }\n  edition_x", "proto2"),
            ("", "proto2"),
        ] {
            assert_eq!(syntax(text), expected, "{text}");
        }
    }

    #[test]
    fn a_body_is_found_behind_options_and_comments() {
        for (text, expected) in [
            ("M {}", Some((2, 3))),
            (" = 1 [(o) = {a: 1}] { }", Some((20, 22))),
            (" /* { */ // {\n{ \"}\" '}' {} }", Some((14, 27))),
            ("M { option (o) = { a: [{}] }; }", Some((2, 30))),
            ("M { {", None),
            ("M }", None),
            ("M", None),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_is_blank_with_comments_that_end_in_it() {
        for (line, expected) in
            [("", true), ("  // x", true), (" /* a */ // b", true), (" /* a", false), ("/*/", false), (" x", false)]
        {
            assert_eq!(is_blank(line), expected, "{line}");
        }
    }
}
