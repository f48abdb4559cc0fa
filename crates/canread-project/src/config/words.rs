//! The values that settings may have: the same words for the file, the environment and flags.

use canread_compat::{Mode, Severity, Surface};

/// Something that is chosen by a word.
pub trait Word: Sized + Copy {
    /// What is chosen, as a noun: `mode`.
    const NOUN: &'static str;

    /// Every choice with its word.
    fn choices() -> Vec<(&'static str, Self)>;

    /// The choice that a word names.
    ///
    /// # Errors
    ///
    /// One sentence that says what there is to choose from.
    fn of_word(word: &str) -> Result<Self, String> {
        let choices = Self::choices();
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        found.ok_or_else(|| format!("`{word}` is no {}: expected {}", Self::NOUN, Words::of::<Self>()))
    }

    /// The choice that a flag or a variable names. People bring words from elsewhere, such as `BACKWARD_TRANSITIVE`, so
    /// neither case nor `_` in the place of `-` matters. The file has one spelling, the one that its JSON Schema has.
    ///
    /// # Errors
    ///
    /// As [`Word::of_word`].
    fn typed(text: &str) -> Result<Self, String> {
        let text = text.trim();
        Self::of_word(&text.to_lowercase().replace('_', "-")).or_else(|_| Self::of_word(text))
    }
}

/// A list of words as a sentence shows it: `` `a`, `b` or `c` ``.
#[derive(Debug)]
pub struct Words(Vec<&'static str>);

impl Words {
    /// The words of everything that can be chosen.
    #[must_use]
    pub fn of<T: Word>() -> Self {
        Self(T::choices().into_iter().map(|(word, _)| word).collect())
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let last = self.0.len().saturating_sub(1);
        for (at, word) in self.0.iter().enumerate() {
            let before = match at {
                0 => "",
                _ if at == last => " or ",
                _ => ", ",
            };
            write!(f, "{before}`{word}`")?;
        }
        Ok(())
    }
}

impl Word for Mode {
    const NOUN: &'static str = "mode";

    fn choices() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|mode| (mode.as_str(), mode)).to_vec()
    }
}

impl Word for Surface {
    const NOUN: &'static str = "promise";

    fn choices() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|surface| (surface.as_str(), surface)).to_vec()
    }
}

impl Word for Severity {
    const NOUN: &'static str = "severity";

    fn choices() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|severity| (severity.as_str(), severity)).to_vec()
    }
}

/// The severity of a rule, or `off`.
impl Word for Option<Severity> {
    const NOUN: &'static str = "severity of a rule";

    fn choices() -> Vec<(&'static str, Self)> {
        let severities = Severity::ALL.map(|severity| (severity.as_str(), Some(severity)));
        std::iter::once(("off", None)).chain(severities).collect()
    }
}

impl Word for bool {
    const NOUN: &'static str = "truth value";

    fn choices() -> Vec<(&'static str, Self)> {
        vec![("true", true), ("false", false)]
    }
}
