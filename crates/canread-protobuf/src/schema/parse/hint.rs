//! Guesses at what was meant. Only errors come here, so nothing needs to be fast, only linear.

use canread_syntax::FileId;
use strsim::levenshtein;

use super::super::lex::{Lexer, TokenKind};

/// The candidate that differs from `word` by at most two typing errors, and not in all its letters.
pub(super) fn closest(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
    const WORD_BYTES_MAX: usize = 24;
    if word.len() > WORD_BYTES_MAX {
        return None;
    }
    let near = candidates.iter().map(|&candidate| (levenshtein(word, candidate), candidate));
    let (distance, candidate) = near.min_by_key(|&(distance, _)| distance)?;
    (distance > 0 && distance <= 2 && distance * 2 <= candidate.len()).then_some(candidate)
}

/// In a file in which a `}` is missing: the `{` that probably lacks it, and the `}` that closes it by mistake.
///
/// That is the first `}` at the start of a line with less indentation than the line of its `{`.
pub(super) fn misplaced_brace(text: &str) -> Option<(u32, u32)> {
    let mut lexer = Lexer::new(FileId(0), text);
    let mut open = Vec::new();
    let mut line = (0, indentation(text));
    let mut scanned = 0;
    loop {
        let token = lexer.next_token();
        let start = token.start as usize;
        if let Some(end) = text.get(scanned..start).and_then(|passed| passed.rfind('\n')) {
            let line_start = scanned + end + 1;
            line = (line_start, indentation(text.get(line_start..).unwrap_or_default()));
        }
        scanned = start;
        let (line_start, indentation) = line;
        match token.kind {
            TokenKind::End => return None,
            TokenKind::Symbol(b'{') => open.push((token.start, indentation)),
            TokenKind::Symbol(b'}') => {
                let (opener, opener_indentation) = open.pop()?;
                if line_start + indentation == start && indentation < opener_indentation {
                    return Some((opener, token.start));
                }
            }
            _ => {}
        }
    }
}

/// How many blanks the text starts with.
fn indentation(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_guessed_from_at_most_two_errors() {
        let words = ["message", "enum", "service"];
        assert_eq!(closest("mesage", &words), Some("message"));
        assert_eq!(closest("Message", &words), Some("message"));
        assert_eq!(closest("enmu", &words), Some("enum"));
        assert_eq!(closest("class", &words), None);
        assert_eq!(closest("message", &words), None);
    }

    #[test]
    fn indentation_tells_which_brace_lacks_its_end() {
        let text = "message A {\n  message B {\n    int32 c = 1;\n}\n";
        let (open, close) = misplaced_brace(text).expect("one is misplaced");
        assert_eq!((&text[open as usize..=open as usize], open, close), ("{", 24, 43));
        assert_eq!(misplaced_brace("message A {\n"), None);
    }
}
