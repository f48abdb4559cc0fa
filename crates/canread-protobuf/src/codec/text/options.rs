//! What a caller may ask for.

use canread_wire::Limits;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct WriteOptions {
    pub(super) is_single_line: bool,
    pub(super) is_ascii: bool,
    pub(super) has_unknown: bool,
    pub(super) has_any_urls_only: bool,
    pub(super) limits: Limits,
}

impl WriteOptions {
    /// Indented by two spaces a level, text as UTF-8, `Any` written out, without what the layout does not have.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            is_single_line: false,
            is_ascii: false,
            has_unknown: false,
            has_any_urls_only: false,
            limits: Limits::strict(),
        }
    }

    /// All in one line, fields apart by a space.
    #[must_use]
    pub const fn single_line(self) -> Self {
        Self { is_single_line: true, ..self }
    }

    /// Octal escapes for all of a text that is not ASCII, as bytes have them.
    #[must_use]
    pub const fn ascii(self) -> Self {
        Self { is_ascii: true, ..self }
    }

    /// Fields that the layout does not have too, by number: for people, since nobody can read them back.
    #[must_use]
    pub const fn with_unknown(self) -> Self {
        Self { has_unknown: true, ..self }
    }

    /// `Any` as `type_url` and `value`, even where the layout has the message.
    #[must_use]
    pub const fn without_any_expansion(self) -> Self {
        Self { has_any_urls_only: true, ..self }
    }

    /// What messages in `Any`, which are decoded to be written, may cost; and how deep messages may be.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    pub(super) limits: Limits,
    pub(super) ignores_unknown: bool,
}

impl ReadOptions {
    /// Within [`Limits::strict`]; a name that the message does not have is an error.
    #[must_use]
    pub const fn new() -> Self {
        Self { limits: Limits::strict(), ignores_unknown: false }
    }

    /// With other limits.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Names of fields and extensions that the message does not have are passed over with their values.
    #[must_use]
    pub const fn ignoring_unknown(self) -> Self {
        Self { ignores_unknown: true, ..self }
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self::new()
    }
}
