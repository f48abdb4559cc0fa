//! Which files a file imports, without parsing it: for the import graph of thousands of files.

use std::borrow::Cow;

use canread_syntax::FileId;
use memchr::{memchr, memchr3, memmem};

use super::ast::ImportKind;
use super::lex::{Lexer, Token, TokenKind, append_decoded};

/// One import of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedImport<'a> {
    /// The path as written, escapes decoded.
    pub path: Cow<'a, str>,
    /// The word behind `import`.
    pub kind: ImportKind,
}

/// The imports of a file, in source order.
///
/// Input: the text of a `.proto` file. Output: of a file that [`parse`](super::parse()) takes without
/// errors, the imports that it finds too; of any other, what looks like imports.
///
/// ```
/// use canread::protobuf::schema::scan_imports;
///
/// let imports = scan_imports("import public \"a.proto\"; message M {} // import \"b.proto\";");
/// assert_eq!(imports[0].path, "a.proto");
/// assert_eq!(imports.len(), 1);
/// ```
#[must_use]
pub fn scan_imports(text: &str) -> Vec<ScannedImport<'_>> {
    let mut imports = Vec::new();
    let Some(last) = last_candidate(text.as_bytes()) else { return imports };
    let mut lexer = Lexer::new(FileId(0), text);
    let mut starts_statement = true;
    while lexer.offset() <= last {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::End => break,
            TokenKind::Symbol(b'{') => {
                let behind = block_end(text.as_bytes(), lexer.offset(), last);
                lexer.seek(behind);
                starts_statement = true;
            }
            TokenKind::Symbol(b';' | b'}') => starts_statement = true,
            TokenKind::Ident if starts_statement && word(text, token) == "import" => {
                imports.extend(import(text, &mut lexer));
                starts_statement = false;
            }
            _ => starts_statement = false,
        }
    }
    imports
}

/// The package of a file; `None` if it has none.
///
/// Input and output as for [`scan_imports`].
///
/// ```
/// use canread::protobuf::schema::scan_package;
///
/// assert_eq!(scan_package("// package no;\nsyntax = \"proto3\";\npackage shop . v1;").as_deref(), Some("shop.v1"));
/// assert_eq!(scan_package("message M { package p = 1; }"), None);
/// ```
#[must_use]
pub fn scan_package(text: &str) -> Option<String> {
    let mut lexer = Lexer::new(FileId(0), text);
    let mut starts_statement = true;
    loop {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::End => return None,
            TokenKind::Symbol(b'{') => {
                let behind = block_end(text.as_bytes(), lexer.offset(), text.len());
                lexer.seek(behind);
                starts_statement = true;
            }
            TokenKind::Symbol(b';' | b'}') => starts_statement = true,
            TokenKind::Ident if starts_statement && word(text, token) == "package" => {
                return Some(dotted(text, &mut lexer));
            }
            _ => starts_statement = false,
        }
    }
}

/// Identifiers and dots up to anything else.
fn dotted(text: &str, lexer: &mut Lexer<'_>) -> String {
    let mut name = String::new();
    loop {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::Ident | TokenKind::Symbol(b'.') => name.push_str(word(text, token)),
            _ => return name,
        }
    }
}

/// Reads on behind the word `import`, to the end of the path.
fn import<'a>(text: &'a str, lexer: &mut Lexer<'a>) -> Option<ScannedImport<'a>> {
    let mut behind = lexer.offset();
    let mut token = lexer.next_token();
    let kind = match word(text, token) {
        "public" => ImportKind::Public,
        "weak" => ImportKind::Weak,
        "option" => ImportKind::Option,
        _ => ImportKind::Plain,
    };
    if kind != ImportKind::Plain {
        token = lexer.next_token();
    }
    let mut value = Vec::new();
    let mut path = None;
    while token.kind == TokenKind::String {
        append_decoded(word(text, token), &mut value);
        path = Some(plain(text, token).filter(|_| path.is_none()));
        behind = lexer.offset();
        token = lexer.next_token();
    }
    // What follows the path belongs to the next statement, or is its `;`.
    lexer.seek(behind);
    let path = match path? {
        Some(plain) => Cow::Borrowed(plain),
        None => Cow::Owned(String::from_utf8(value).ok()?),
    };
    Some(ScannedImport { path, kind })
}

/// The value of a string literal without escapes.
fn plain(text: &str, token: Token) -> Option<&str> {
    super::lex::plain_contents(word(text, token))
}

fn word(text: &str, token: Token) -> &str {
    text.get(token.start as usize..token.end as usize).unwrap_or_default()
}

/// The offset of the last word `import` that can start a statement: only blanks, the end of a
/// statement or of a comment stand before it on its line. Behind it no import follows.
fn last_candidate(text: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"import";
    let candidates = memmem::find_iter(text, WORD).filter(|&at| {
        let after = text.get(at + WORD.len()).copied().unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)).count();
        let before = before.get(..at - blanks).unwrap_or_default();
        !after.is_ascii_alphanumeric()
            && after != b'_'
            && (before.ends_with(b"*/") || matches!(before, [] | [.., b'\n' | b';' | b'}' | 0xbf]))
    });
    // Forwards, because the search backwards is the slower one by far.
    candidates.last()
}

/// The offset behind the `}` that closes the block in which `at` stands, or any offset beyond `last`.
fn block_end(text: &[u8], mut at: usize, last: usize) -> usize {
    let mut depth = 1_usize;
    while at <= last {
        let rest = text.get(at..).unwrap_or_default();
        let Some(found) = rest.iter().position(|&byte| STOPS[usize::from(byte)]) else { return text.len() };
        at += found + 1;
        let rest = text.get(at..).unwrap_or_default();
        match text.get(at - 1) {
            Some(b'{') => depth += 1,
            Some(b'}') if depth == 1 => return at,
            Some(b'}') => depth -= 1,
            Some(&quote @ (b'"' | b'\'')) => at += string_length(rest, quote),
            _ => at += comment_length(rest),
        }
    }
    text.len()
}

/// Bytes between the opening quote and behind the closing one, or to the end of the line.
fn string_length(rest: &[u8], quote: u8) -> usize {
    let mut at = 0;
    loop {
        let rest = rest.get(at..).unwrap_or_default();
        let Some(found) = memchr3(quote, b'\\', b'\n', rest) else { return at + rest.len() };
        at += found + 1;
        match rest.get(found) {
            Some(b'\\') if rest.get(found + 1).is_some_and(|&escaped| escaped != b'\n') => at += 1,
            Some(b'\\') => {}
            _ => return at,
        }
    }
}

/// Bytes of a comment behind its first slash; none if it is no comment.
fn comment_length(rest: &[u8]) -> usize {
    match rest {
        [b'/', ..] => memchr(b'\n', rest).unwrap_or(rest.len()),
        [b'*', inner @ ..] => memmem::find(inner, b"*/").map_or(rest.len(), |end| end + 3),
        _ => 0,
    }
}

/// The bytes that [`block_end`] has to look at.
static STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let stops = b"{}\"'/";
    let mut index = 0;
    while index < stops.len() {
        table[stops[index] as usize] = true;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// The paths that the scanner finds, which are those that the parser finds.
    fn paths(text: &str) -> Vec<String> {
        let parsed = parse(FileId(0), text);
        assert_eq!(parsed.diagnostics, [], "{text}");
        let parsed: Vec<_> = parsed.file.imports.iter().map(|import| (import.path.to_string(), import.kind)).collect();
        let scanned: Vec<_> =
            scan_imports(text).into_iter().map(|import| (import.path.into_owned(), import.kind)).collect();
        assert_eq!(scanned, parsed, "{text}");
        scanned.into_iter().map(|(path, _)| path).collect()
    }

    #[test]
    fn imports_stand_anywhere_at_the_top_level() {
        assert_eq!(paths("import'a';import\"b\";message M{}import/**/\"c\";\timport\n\"d\";"), ["a", "b", "c", "d"]);
        assert_eq!(paths("\u{feff}import \"a\"; /* x */ import weak \"b\"; import public \"c\";"), ["a", "b", "c"]);
        assert_eq!(paths("edition = \"2024\"; import option 'a' \"b\\x2ec\";"), ["ab.c"]);
    }

    #[test]
    fn what_only_looks_like_an_import_is_none() {
        assert!(
            paths("// import \"a\";\n/* \nimport \"b\";\n*/ option java_package = \"\\\"; import 'c';\";").is_empty()
        );
        assert!(paths("package import; message import { message import { optional .import import = 1; } }").is_empty());
        assert!(paths("option (o) = { \nimport: \"a}\" // }\n x: '\\\\' /* { */ }; message M {}\n").is_empty());
    }

    #[test]
    fn broken_texts_end() {
        for text in
            ["import", "import \"a", "{ \" \\", "import public", "message { /*\nimport 'a';", "import \"\\xff\";"]
        {
            assert!(scan_imports(text).len() <= 1, "{text}");
        }
    }
}
