//! Words for a POSIX shell.

/// A word as a shell reads it: as it is if nothing in it means anything there, otherwise in quotes.
///
/// Source: POSIX.1-2017, "Shell Command Language", 2.2 "Quoting".
pub(super) fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,@%+=^~".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) && !text.starts_with('~') {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A word in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn what_means_something_to_a_shell_is_quoted() {
        for plain in ["merge-base:origin/main", "a.proto", "HEAD~2", "v1.0^"] {
            assert_eq!(word(plain), plain);
        }
        for (text, shown) in [("", "''"), ("a b", "'a b'"), ("~/x", "'~/x'"), ("git:tags/v*", "'git:tags/v*'")] {
            assert_eq!(word(text), shown);
        }
        assert_eq!(word("it's"), r"'it'\''s'");
    }
}
