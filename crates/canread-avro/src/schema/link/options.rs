//! What the linker is asked for.

/// Which branch of a union a default may be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_enums, reason = "two rules are all that any version of the specification has had")]
pub enum DefaultRule {
    /// The first one. Source: Avro up to 1.11, "Unions".
    FirstBranch,
    /// The first one that fits. Source: Avro 1.12, "Records": "default values for union fields
    /// correspond to the first schema that matches in the union".
    #[default]
    AnyBranch,
}

/// What the linker is asked for.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LinkOptions {
    /// Whether `doc` is kept as documentation. Off by default: most checks don't read it.
    pub docs: bool,
    /// Which branch of a union a default may be for. By default any, with a
    /// warning where Avro up to 1.11 would refuse it.
    pub defaults: DefaultRule,
}

impl LinkOptions {
    /// Keeps `doc` as documentation, or not.
    #[must_use]
    pub fn with_docs(mut self, docs: bool) -> Self {
        self.docs = docs;
        self
    }

    /// Says which branch of a union a default may be for.
    #[must_use]
    pub fn with_defaults(mut self, defaults: DefaultRule) -> Self {
        self.defaults = defaults;
        self
    }

    /// Minor version of the specification whose rules apply.
    pub(super) fn minor(&self) -> u8 {
        match self.defaults {
            DefaultRule::FirstBranch => 11,
            DefaultRule::AnyBranch => 12,
        }
    }
}
