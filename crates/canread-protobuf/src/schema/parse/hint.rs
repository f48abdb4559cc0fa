//! Guesses at what was meant. Only errors come here, so nothing needs to be fast, only linear.

use canread_syntax::FileId;

use super::super::lex::{Lexer, TokenKind};

/// The candidate that differs from `word` by at most two typing errors, and not in all its letters.
pub(super) fn closest(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
    const WORD_BYTES_MAX: usize = 24;
    if word.len() > WORD_BYTES_MAX {
        return None;
    }
    let near = candidates.iter().map(|&candidate| (distance(word, candidate), candidate));
    let (distance, candidate) = near.min_by_key(|&(distance, _)| distance)?;
    (distance > 0 && distance <= 2 && distance * 2 < candidate.len()).then_some(candidate)
}

/// How many letters have to be added, removed or replaced.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(b.bytes()) {
            let replaced = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// In a file in which a `}` is missing: the `{` that probably lacks it, and the `}` that closes it by mistake.
///
/// That is the first `}` at the start of a line with less indentation than the line of its `{`.
pub(super) fn misplaced_brace(text: &str) -> Option<(u32, u32)> {
    let mut lexer = Lexer::new(FileId(0), text);
    let mut open = Vec::new();
    let mut line = Line::default();
    loop {
        let token = lexer.next_token();
        line.go_to(text, token.start as usize);
        match token.kind {
            TokenKind::End => return None,
            TokenKind::Symbol(b'{') => open.push((token.start, line.indentation)),
            TokenKind::Symbol(b'}') => {
                let (opener, indentation) = open.pop()?;
                if line.starts_at(token.start as usize) && line.indentation < indentation {
                    return Some((opener, token.start));
                }
            }
            _ => {}
        }
    }
}

/// The line that a scan through the text has come to.
#[derive(Default)]
struct Line {
    start: usize,
    indentation: usize,
    scanned: usize,
}

impl Line {
    fn go_to(&mut self, text: &str, offset: usize) {
        let passed = text.get(self.scanned..offset).unwrap_or_default();
        let first = self.scanned == 0;
        self.scanned = offset;
        if let Some(end) = passed.rfind('\n') {
            self.start = offset - passed.len() + end + 1;
        } else if !first {
            return;
        }
        let line = text.get(self.start..).unwrap_or_default();
        self.indentation = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    }

    fn starts_at(&self, offset: usize) -> bool {
        self.start + self.indentation == offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_guessed_from_at_most_two_errors() {
        let words = ["message", "enum", "service"];
        assert_eq!(closest("mesage", &words), Some("message"));
        assert_eq!(closest("Message", &words), Some("message"));
        assert_eq!(closest("enmu", &words), None);
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
