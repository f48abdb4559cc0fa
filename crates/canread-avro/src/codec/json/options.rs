//! What may be asked for.

use canread_wire::Limits;

/// How values are written as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    pub(super) indent: Option<usize>,
    pub(super) limits: Limits,
}

impl WriteOptions {
    /// On one line.
    #[must_use]
    pub const fn new() -> Self {
        Self { indent: None, limits: Limits::strict() }
    }

    /// Each value on a line of its own, with so many spaces for each level.
    #[must_use]
    pub const fn indented(self, spaces: usize) -> Self {
        Self { indent: Some(spaces), ..self }
    }

    /// How deep values may be inside each other; nothing else of the limits counts here.
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

/// How values are read from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    pub(super) fills_defaults: bool,
    pub(super) limits: Limits,
}

impl ReadOptions {
    /// Every field must be there, within [`Limits::strict`].
    #[must_use]
    pub const fn new() -> Self {
        Self { fills_defaults: false, limits: Limits::strict() }
    }

    /// A field that is not there has its default, if the schema gives one.
    #[must_use]
    pub const fn filling_defaults(self) -> Self {
        Self { fills_defaults: true, ..self }
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
