//! Which files are schemas.

/// What a file holds, told by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// Protobuf source, `.proto`.
    Protobuf,
    /// A serialized `google.protobuf.FileDescriptorSet`: `.binpb`, `.desc` or `.pb`.
    ///
    /// These endings are used for any Protobuf data, so such a file is taken only when it is
    /// named by the user, never found in a directory.
    DescriptorSet,
}

impl FileKind {
    /// The kind of a file that was found in a directory.
    #[must_use]
    pub fn of_found(name: &str) -> Option<Self> {
        has_ending(name.as_bytes(), b"proto").then_some(Self::Protobuf)
    }

    /// The kind of a file that the user named.
    #[must_use]
    pub fn of_named(name: &str) -> Option<Self> {
        let descriptor_set = || {
            let endings: [&[u8]; 3] = [b"binpb", b"desc", b"pb"];
            endings.into_iter().any(|ending| has_ending(name.as_bytes(), ending)).then_some(Self::DescriptorSet)
        };
        Self::of_found(name).or_else(descriptor_set)
    }

    /// Whether the content is text.
    #[must_use]
    pub fn is_text(self) -> bool {
        match self {
            Self::Protobuf => true,
            Self::DescriptorSet => false,
        }
    }
}

/// The endings of [`FileKind::of_named`], for messages.
pub(crate) const NAMED_ENDINGS: &str = ".proto, .binpb, .desc or .pb";

/// Whether a name has something before `.ending`.
pub(crate) fn has_ending(name: &[u8], ending: &[u8]) -> bool {
    name.strip_suffix(ending).is_some_and(|rest| rest.len() > 1 && rest.ends_with(b"."))
}

/// What git keeps for itself is not even counted.
pub(crate) fn is_git_dir(directory: &[u8]) -> bool {
    directory == b".git"
}

/// Directories that hold no sources of the project, told by their name alone: hidden ones and
/// `node_modules`. `target` or `build` are not among them: both are real package names.
pub(crate) fn is_passed_over(directory: &[u8]) -> bool {
    directory.starts_with(b".") || directory == b"node_modules"
}

/// The file that marks a directory of generated files (<https://bford.info/cachedir/>); cargo,
/// among others, writes it into `target`.
pub(crate) const CACHE_TAG: &str = "CACHEDIR.TAG";

/// Whether the content of a `CACHEDIR.TAG` is what the convention asks for.
pub(crate) fn is_cache_tag(content: &[u8]) -> bool {
    content.starts_with(b"Signature: 8a477f597d28d172789f06886806bc55")
}

/// The configuration files of buf that say where include roots are.
pub(crate) fn is_buf_config(name: &[u8]) -> bool {
    matches!(name, b"buf.yaml" | b"buf.work.yaml")
}
