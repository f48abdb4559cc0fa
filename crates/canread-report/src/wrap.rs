//! Running text in lines of a width.

/// The words of a text in lines of at most `width` characters, as far as the words allow. Line ends of the text stay,
/// and what is between two backticks, to be copied, stays on one line.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| paragraph(line, width)).collect()
}

fn paragraph(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in words(text) {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length < room => {
                line.push(' ');
                line.push_str(word);
                room -= length + 1;
            }
            _ => {
                lines.push(word.to_owned());
                room = width.saturating_sub(length);
            }
        }
    }
    lines
}

/// Parts between spaces that are outside of backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let parts = text.split(move |character: char| {
        is_quoted ^= character == '`';
        !is_quoted && character.is_whitespace()
    });
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_end_between_words() {
        assert_eq!(lines("one two  three", 9), ["one two", "three"]);
        assert_eq!(lines("one two", 7), ["one two"]);
        assert_eq!(lines("one two", 6), ["one", "two"]);
        assert_eq!(lines("a-very-long-word b", 4), ["a-very-long-word", "b"]);
        assert_eq!(lines("größe ab", 8), ["größe ab"]);
        assert_eq!(lines("one\ntwo", 20), ["one", "two"]);
        assert_eq!(lines("see `a b c`, d", 5), ["see", "`a b c`,", "d"]);
        assert_eq!(lines("", 4), Vec::<String>::new());
    }
}
