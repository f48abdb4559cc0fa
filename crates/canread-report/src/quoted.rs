//! Sentences of findings and problems quote names and text to be typed between backticks.

/// A part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Words of ours, or text without a partner for its backtick.
    Words(&'a str),
    /// What stands between two backticks.
    Code(&'a str),
}

/// The parts of a sentence that are not empty.
pub(crate) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, quoted)) = rest.split_once('`') {
        let Some((code, after)) = quoted.split_once('`') else { break };
        parts.extend([Part::Words(words), Part::Code(code)]);
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts.retain(|part| !matches!(part, Part::Words("") | Part::Code("")));
    parts
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn what_is_between_two_backticks_is_code() {
        use Part::{Code, Words};
        assert_eq!(parts("`a` was b and is `c`"), [Code("a"), Words(" was b and is "), Code("c")]);
        assert_eq!(parts("one ` alone"), [Words("one ` alone")]);
        assert_eq!(parts("`a` and `b"), [Code("a"), Words(" and `b")]);
        assert_eq!(parts("``"), []);
    }
}
