//! The well-known `google/protobuf/*.proto` files, which every schema may import without having them.
//!
//! They say the same as the files that come with protoc 35.1, without the comments; a test
//! compares descriptors. A file of the same name among the files that are read wins.

use canread_syntax::FileId;

use super::ast::NO_SPAN;
use super::link::NamedFile;
use super::parse;

/// One built-in file.
#[derive(Debug)]
pub struct BuiltIn {
    /// The name it is imported by.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl BuiltIn {
    /// The file as a syntax tree. Its nodes have places in no source file.
    #[must_use]
    pub fn read(&self) -> NamedFile<'static> {
        let parsed = parse(BUILT_IN, self.text);
        debug_assert_eq!(parsed.diagnostics, [], "built-in files are valid");
        NamedFile { name: self.name, text: self.text, file: parsed.file }
    }
}

/// Where spans of built-in files point to: nowhere.
pub(crate) const BUILT_IN: FileId = NO_SPAN.file;

/// The built-in file that an import means.
#[must_use]
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|file| file.name == name)
}

macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        &[$(BuiltIn { name: concat!("google/protobuf/", $path), text: include_str!($path) }),*]
    };
}

/// Every built-in file.
pub const ALL: &[BuiltIn] = built_in![
    "any.proto",
    "api.proto",
    "compiler/plugin.proto",
    "cpp_features.proto",
    "descriptor.proto",
    "duration.proto",
    "empty.proto",
    "field_mask.proto",
    "go_features.proto",
    "java_features.proto",
    "source_context.proto",
    "struct.proto",
    "timestamp.proto",
    "type.proto",
    "wrappers.proto",
];
