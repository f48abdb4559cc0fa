//! Which names of named types match.
//!
//! Source: Avro 1.12, "Schema Resolution" (records, enums and fixed: "(unqualified) names match") and "Aliases" (the reader's
//! aliases stand for names of the writer's schema).

/// How well a name of the writer fits a type of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// By nothing: the reader's type has no name.
    Nameless,
    /// By the last part of the name alone.
    Unqualified,
    /// By an alias of the reader.
    Alias,
    /// By the full name.
    Full,
}

/// How a name of the writer fits a type of the reader; `None` if it does not. A reader's type without a name, as those of
/// programs are, takes any; its aliases are what it is called where its schema is written down, and those it takes first.
pub(super) fn fit(writer: &str, reader: &str, aliases: &[Box<str>]) -> Option<Fit> {
    if writer == reader {
        Some(Fit::Full)
    } else if aliases.iter().any(|alias| **alias == *writer) {
        Some(Fit::Alias)
    } else if !reader.is_empty() {
        (unqualified(writer) == unqualified(reader)).then_some(Fit::Unqualified)
    } else if aliases.iter().any(|alias| unqualified(alias) == unqualified(writer)) {
        Some(Fit::Unqualified)
    } else {
        Some(Fit::Nameless)
    }
}

pub(super) fn unqualified(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}
