//! Just enough of Protobuf's tokens to find where text can be put.

use std::ops::Range;

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

/// What stands behind a name and `=`: the number, with its sign.
pub(super) fn number(text: &str) -> Option<Range<usize>> {
    let mut tokens = Tokens { text, at: 0 };
    if tokens.next() != Some("=") {
        return None;
    }
    let first = tokens.next()?;
    let start = tokens.at - first.len();
    if first == "-" {
        tokens.next()?;
    }
    Some(start..tokens.at)
}

/// How long the label at the start of a field is, with the space behind it; 0 without one.
pub(super) fn label(text: &str) -> usize {
    let mut tokens = Tokens { text, at: 0 };
    match tokens.next() {
        Some("optional" | "required" | "repeated") => text.len() - text[tokens.at..].trim_start().len(),
        _ => 0,
    }
}

/// The words `stream` of a method with the space behind them, of the request and the response: empty where it could
/// stand. The text starts behind the method's name.
pub(super) fn streams(text: &str) -> Option<[Range<usize>; 2]> {
    let mut tokens = Tokens { text, at: 0 };
    let mut one = || {
        while tokens.next()? != "(" {}
        let start = tokens.at;
        let is_stream = tokens.next()? == "stream";
        let end = tokens.at + text[tokens.at..].len() - text[tokens.at..].trim_start().len();
        Some(if is_stream { start..end } else { start..start })
    };
    Some([one()?, one()?])
}

/// The options in brackets behind a number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// Where the brackets are, with the space before them; or where they could be.
    pub(super) start: usize,
    end: usize,
    /// The settings between commas.
    pub(super) settings: Vec<Range<usize>>,
}

/// The options of a field. The text starts behind the field's name.
pub(super) fn options(text: &str) -> Option<Options> {
    let start = number(text)?.end;
    let mut tokens = Tokens { text, at: start };
    if tokens.next() != Some("[") {
        return Some(Options { start, end: start, settings: Vec::new() });
    }
    let (mut settings, mut depth) = (Vec::new(), 0_usize);
    let mut setting: Option<Range<usize>> = None;
    while let Some(token) = tokens.next() {
        match token {
            "," | "]" if depth == 0 => {
                settings.extend(setting.take());
                if token == "]" {
                    return Some(Options { start, end: tokens.at, settings });
                }
                continue;
            }
            "[" | "{" | "<" => depth += 1,
            "]" | "}" | ">" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        let first = setting.map_or(tokens.at - token.len(), |setting| setting.start);
        setting = Some(first..tokens.at);
    }
    None
}

impl Options {
    /// The same in a text that starts so much further ahead.
    pub(super) fn moved(mut self, by: usize) -> Self {
        self.start += by;
        self.end += by;
        for setting in &mut self.settings {
            *setting = setting.start + by..setting.end + by;
        }
        self
    }

    /// Which of the settings sets the option of this name.
    pub(super) fn setting(&self, text: &str, name: &str) -> Option<usize> {
        self.settings.iter().position(|setting| {
            let mut tokens = Tokens { text: &text[setting.clone()], at: 0 };
            let mut own = String::new();
            while let Some(token) = tokens.next().filter(|token| *token != "=") {
                own.push_str(token);
            }
            own == name
        })
    }

    /// What has to go for one of the settings to be gone.
    pub(super) fn without(&self, setting: usize) -> Option<Range<usize>> {
        let own = self.settings.get(setting)?;
        if self.settings.len() == 1 {
            return Some(self.start..self.end);
        }
        Some(match setting.checked_sub(1) {
            Some(before) => self.settings.get(before)?.end..own.end,
            None => own.start..self.settings.get(1)?.start,
        })
    }
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
    fn the_parts_of_a_field_are_found_between_comments() {
        let part = |text: &str, range: Option<Range<usize>>| range.and_then(|range| text.get(range).map(str::to_owned));
        for (text, expected) in [
            (" = 7;", Some("7")),
            ("/* = 3 */ =// 4\n0x1F [a = 1];", Some("0x1F")),
            (" = - 1;", Some("- 1")),
            (" 7;", None),
            (" =", None),
        ] {
            assert_eq!(part(text, number(text)).as_deref(), expected, "{text}");
        }
        for (text, expected) in
            [("optional  int32 ", 10), ("repeated/**/.A ", 8), ("optional_.A ", 0), ("map<a, b>", 0), ("", 0)]
        {
            assert_eq!(label(text), expected, "{text}");
        }
        for (text, expected) in [
            ("(stream A) returns ( B );", ["stream ", ""]),
            ("/* ( */ (A) returns (stream  .B) { option (o) = 1; }", ["", "stream  "]),
        ] {
            let found = streams(text).map(|ranges| ranges.map(|range| text[range].to_owned()));
            assert_eq!(found, Some(expected.map(str::to_owned)), "{text}");
        }
        assert_eq!(streams("(A) returns"), None);
    }

    #[test]
    fn settings_are_told_apart() {
        let text = " = 1 [deprecated = true, default = \"a, ]b\", (my . o).p = {a: [1, 2], b <c: 3, d: 4>} /* , */];";
        let found = options(text).expect("the options are complete");
        let settings: Vec<&str> = found.settings.iter().map(|setting| &text[setting.clone()]).collect();
        let expected = ["deprecated = true", "default = \"a, ]b\"", "(my . o).p = {a: [1, 2], b <c: 3, d: 4>}"];
        assert_eq!(settings, expected);
        assert_eq!(found.setting(text, "(my.o).p"), Some(2));
        assert_eq!(found.setting(text, "true"), None);
        let without = |setting| {
            let mut text = text.to_owned();
            text.replace_range(found.without(setting).expect("it is there"), "");
            text
        };
        assert!(without(0).starts_with(" = 1 [default"), "{}", without(0));
        assert!(without(1).starts_with(" = 1 [deprecated = true, (my"), "{}", without(1));
        assert!(without(2).ends_with("]b\" /* , */];"), "{}", without(2));
        let one = " = 1 [a = 1];";
        let only = options(one).and_then(|options| options.without(0)).expect("it is there");
        assert_eq!(&one[only], " [a = 1]");
        for text in [" = 1 [a = 1", " = 1 [a = }]", ""] {
            assert_eq!(options(text), None, "{text}");
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
