//! Which files a pattern names.

use gix::bstr::BStr;
use gix::glob::{wildmatch, wildmatch::Mode};

use crate::path::ancestors;

/// A pattern of paths from the directory of `canread.toml`: `*` and `?` stay in one part, `**` does not, and what
/// names a directory names everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    pattern: String,
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What was expected instead.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let pattern = text.strip_prefix("./").unwrap_or(text);
        let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
        if pattern.is_empty() || pattern.starts_with('/') || pattern.contains('\\') {
            return Err("a pattern of paths below the directory of this file, such as `legacy/**`");
        }
        if is_open(pattern) {
            return Err("a pattern whose `[` is closed, such as `v[12]/*.proto`");
        }
        if pattern.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err("a pattern whose parts are names, without `..` and empty ones");
        }
        Ok(Self { pattern: pattern.to_owned() })
    }

    /// Whether the pattern names a path, or a directory above it.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let pattern: &BStr = self.pattern.as_str().into();
        let is_match = |path: &str| wildmatch(pattern, path.into(), Mode::NO_MATCH_SLASH_LITERAL);
        ancestors(path).take_while(|path| !path.is_empty()).any(is_match)
    }

    /// As it is written, without what means nothing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.pattern
    }
}

/// Whether a list of characters is begun and not ended: it would match nothing.
fn is_open(pattern: &str) -> bool {
    let mut rest = pattern;
    while let Some((_, list)) = rest.split_once('[') {
        // A `]` that comes first is one of the list.
        let list = list.strip_prefix(['!', '^']).unwrap_or(list);
        let skipped = usize::from(list.starts_with(']'));
        match list.get(skipped..).and_then(|list| list.split_once(']')) {
            Some((_, behind)) => rest = behind,
            None => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::parse(pattern).expect("a pattern").matches(path)
    }

    #[test]
    fn a_star_stays_in_its_part_and_two_do_not() {
        assert!(matches("api/*.proto", "api/a.proto") && !matches("api/*.proto", "api/v1/a.proto"));
        assert!(matches("api/**", "api/v1/a.proto") && matches("**/v1/*.proto", "api/x/v1/a.proto"));
        assert!(matches("**/*_test.avsc", "a_test.avsc") && !matches("*.proto", "api/a.proto"));
        assert!(matches("v[12]/?.proto", "v2/a.proto") && !matches("v[12]/?.proto", "v3/a.proto"));
    }

    #[test]
    fn a_list_that_is_not_ended_is_no_pattern() {
        for pattern in ["s/[", "[]", "[!]", "a[b/c]d["] {
            assert!(Glob::parse(pattern).is_err(), "{pattern}");
        }
        assert!(matches("[]a]", "]") && matches("v[!1]", "v2") && !matches("v[!1]", "v1"));
    }

    #[test]
    fn a_directory_names_what_is_below_it() {
        for pattern in ["legacy", "legacy/", "./legacy", "l*"] {
            assert!(matches(pattern, "legacy/v1/a.proto"), "{pattern}");
        }
        assert!(!matches("legacy", "legacy2/a.proto") && !matches("legacy", "api/legacy/a.proto"));
    }

    #[test]
    fn patterns_that_lead_elsewhere_are_refused() {
        for pattern in ["", "/", "/abs", "../up", "a/../b", "a//b", "a\\b", "."] {
            assert!(Glob::parse(pattern).is_err(), "{pattern}");
        }
    }
}
