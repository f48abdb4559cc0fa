//! What may be asked for.

use canread_wire::Limits;

/// How messages are written as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    pub(super) indent: Option<usize>,
    pub(super) with_defaults: bool,
    pub(super) enums_as_numbers: bool,
    pub(super) original_names: bool,
    pub(super) limits: Limits,
}

impl WriteOptions {
    /// On one line, canonical.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            indent: None,
            with_defaults: false,
            enums_as_numbers: false,
            original_names: false,
            limits: Limits::strict(),
        }
    }

    /// Each value on a line of its own, with so many spaces for each level.
    #[must_use]
    pub const fn indented(self, spaces: usize) -> Self {
        Self { indent: Some(spaces), ..self }
    }

    /// Fields without presence are written if they are zero or empty, too: scalars of that kind, lists and maps, but no extensions.
    #[must_use]
    pub const fn with_defaults(self) -> Self {
        Self { with_defaults: true, ..self }
    }

    /// Symbols are written as their numbers.
    #[must_use]
    pub const fn enums_as_numbers(self) -> Self {
        Self { enums_as_numbers: true, ..self }
    }

    /// Fields have the names of the schema: `order_id` instead of `orderId`.
    #[must_use]
    pub const fn original_names(self) -> Self {
        Self { original_names: true, ..self }
    }

    /// What messages in `Any`, which are decoded to be written, may cost; and how deep messages may be.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl Default for WriteOptions {
    /// [`WriteOptions::new`].
    fn default() -> Self {
        Self::new()
    }
}

/// How messages are read from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    pub(super) ignores_unknown: bool,
    pub(super) limits: Limits,
}

impl ReadOptions {
    /// Everything must be known, within [`Limits::strict`].
    #[must_use]
    pub const fn new() -> Self {
        Self { ignores_unknown: false, limits: Limits::strict() }
    }

    /// Fields and symbols that the layout does not have are passed over.
    #[must_use]
    pub const fn ignoring_unknown(self) -> Self {
        Self { ignores_unknown: true, ..self }
    }

    /// What reading may cost.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl Default for ReadOptions {
    /// [`ReadOptions::new`].
    fn default() -> Self {
        Self::new()
    }
}
