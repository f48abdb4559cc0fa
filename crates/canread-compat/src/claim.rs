//! The axes of a verdict: who reads whose data, through which surface, and what happens to it.

/// Who reads whose data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "there are two versions, so two directions")]
pub enum Direction {
    /// A new reader, old data.
    Backward,
    /// An old reader, new data.
    Forward,
}

impl Direction {
    /// The word used in reports and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        }
    }

    /// The direction as a sentence, since people mix the words up.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Backward => "new readers must read old data",
            Self::Forward => "old readers must read new data",
        }
    }
}

/// Where a change is felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Surface {
    /// The bytes of the format itself.
    Wire,
    /// Calls: methods, their paths, their streams.
    Rpc,
    /// The format's JSON mapping, and other uses of its names as text.
    Json,
    /// Code generated from the schema.
    Source,
}

impl Surface {
    /// Every surface, the ones that hurt most first.
    pub const ALL: [Self; 4] = [Self::Wire, Self::Rpc, Self::Json, Self::Source];

    /// The word used in reports and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Rpc => "rpc",
            Self::Json => "json",
            Self::Source => "source",
        }
    }
}

/// What happens to data.
///
/// The order is that of harm: a value that silently becomes another is worse than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Effect {
    /// The same value arrives.
    Ok,
    /// The same bytes, but another default, presence or name.
    Meaning,
    /// The value is left out: it goes to unknown fields, or a default appears in its place.
    Dropped,
    /// The value is rounded or cut.
    Lossy,
    /// Decoding, validation or the call fails.
    Error,
    /// Another value arrives, without an error.
    Reinterpreted,
}

impl Effect {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Meaning => "meaning",
            Self::Dropped => "dropped",
            Self::Lossy => "lossy",
            Self::Error => "error",
            Self::Reinterpreted => "reinterpreted",
        }
    }
}

/// One statement of a rule: through this surface, in this direction, this happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claim {
    /// Where it is felt.
    pub surface: Surface,
    /// Who reads whose data.
    pub direction: Direction,
    /// What happens.
    pub effect: Effect,
}

impl Claim {
    /// `effect` on `surface`, in one direction.
    #[must_use]
    pub const fn on(surface: Surface, direction: Direction, effect: Effect) -> Self {
        Self { surface, direction, effect }
    }

    /// Where, and for whom: all but what happens.
    #[must_use]
    pub const fn at(self) -> (Surface, Direction) {
        (self.surface, self.direction)
    }
}
