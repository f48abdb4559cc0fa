//! Which files are schemas.

use canread_model::Format;

/// What a file holds, told by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// Protobuf source, `.proto` (or `.PROTO`).
    Protobuf,
    /// A serialized `google.protobuf.FileDescriptorSet`: `.binpb`, `.desc` or `.pb`.
    ///
    /// These endings are used for any Protobuf data, so such a file is taken only when it is
    /// named by the user, never found in a directory.
    DescriptorSet,
    /// An Avro schema or protocol as JSON: `.avsc` or `.avpr`, or a `.json` file that holds one.
    Avro,
    /// An Avro protocol or schema as IDL, `.avdl`.
    AvroIdl,
}

impl FileKind {
    /// The kind of a file that was found in a directory.
    #[must_use]
    pub fn of_found(name: &str) -> Option<Self> {
        Self::of_ending(name.as_bytes())
    }

    /// As [`FileKind::of_found`], of a name that need not be UTF-8.
    pub(crate) fn of_ending(name: &[u8]) -> Option<Self> {
        let endings: [(&[u8], Self); 4] =
            [(b"proto", Self::Protobuf), (b"avsc", Self::Avro), (b"avpr", Self::Avro), (b"avdl", Self::AvroIdl)];
        endings.into_iter().find_map(|(ending, kind)| has_ending(name, ending).then_some(kind))
    }

    /// The kind of a file that IDL imports, which may have any name.
    pub(crate) fn of_idl_import(name: &str) -> Self {
        if has_ending(name.as_bytes(), b"avdl") { Self::AvroIdl } else { Self::Avro }
    }

    /// The format of the schemas in it.
    #[must_use]
    pub fn format(self) -> Format {
        match self {
            Self::Protobuf | Self::DescriptorSet => Format::Protobuf,
            Self::Avro | Self::AvroIdl => Format::Avro,
        }
    }

    /// The kind of a file that the user named.
    #[must_use]
    pub fn of_named(name: &str) -> Option<Self> {
        let descriptor_set = || {
            let endings: [&[u8]; 3] = [b"binpb", b"desc", b"pb"];
            endings.into_iter().any(|ending| has_ending(name.as_bytes(), ending)).then_some(Self::DescriptorSet)
        };
        let json = || is_json(name.as_bytes()).then_some(Self::Avro);
        Self::of_found(name).or_else(descriptor_set).or_else(json)
    }

    /// Whether the content is text.
    #[must_use]
    pub fn is_text(self) -> bool {
        match self {
            Self::Protobuf | Self::Avro | Self::AvroIdl => true,
            Self::DescriptorSet => false,
        }
    }
}

/// The endings of [`FileKind::of_found`], for messages.
pub(crate) const FOUND_ENDINGS: &str = ".proto, .avsc, .avpr or .avdl";
/// The endings of [`FileKind::of_named`], for messages.
pub(crate) const NAMED_ENDINGS: &str = ".proto, .binpb, .desc, .pb, .avsc, .avpr, .avdl and .json";

/// Whether only its content tells if a file that was found is a schema.
pub(crate) fn is_json(name: &[u8]) -> bool {
    has_ending(name, b"json")
}

/// Whether a name is that of a file that is a schema, may be one, or is counted because it could have been.
pub(crate) fn is_of_schemas(name: &[u8]) -> bool {
    FileKind::of_ending(name).is_some() || is_json(name) || has_unread_ending(name)
}

/// Whether a name has something before `.ending`, in small letters or large ones.
pub(crate) fn has_ending(name: &[u8], ending: &[u8]) -> bool {
    let Some((rest, end)) = name.len().checked_sub(ending.len()).and_then(|at| name.split_at_checked(at)) else {
        return false;
    };
    end.eq_ignore_ascii_case(ending) && rest.len() > 1 && rest.ends_with(b".")
}

/// What git keeps for itself is not even counted.
pub(crate) fn is_git_dir(directory: &[u8]) -> bool {
    directory == b".git"
}

/// Whether a name is that of a Protobuf source under an ending that is not read: `.protodevel` is one that Bazel's
/// `proto_library` takes.
pub(crate) fn has_unread_ending(name: &[u8]) -> bool {
    has_ending(name, b"protodevel")
}

/// Directories that hold no sources of the project unless git tracks them, told by their name alone: hidden ones and
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
