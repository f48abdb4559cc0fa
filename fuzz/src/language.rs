//! The linkers, each behind the name of its language.

use canread_avro::schema as avro;
use canread_model::Schema;
use canread_protobuf::schema as protobuf;
use canread_syntax::{Diagnostic, FileId, SourceMap, Sources};

use crate::check_places;

/// What files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `.proto`.
    Protobuf,
    /// `.avsc`, `.avpr`, `.avdl`.
    Avro,
}

/// What a set of files says.
#[derive(Debug)]
pub struct Linked {
    /// The schema.
    pub schema: Schema,
    /// Where its nodes stand.
    pub map: SourceMap,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Language {
    /// What a file is called, where the input does not say so.
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Protobuf => "a.proto",
            Self::Avro => "a.avsc",
        }
    }

    /// Links files, with documentation, and adds their texts to `sources`. Every place in a diagnostic must be one.
    pub fn link(self, sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> Linked {
        let add = |(name, text): &(_, &str)| (*name, sources.add(*name, version, text.as_bytes().to_vec()));
        let ids: Vec<(&str, FileId)> = files.iter().map(add).collect();
        let linked = match self {
            Self::Protobuf => {
                let read = protobuf::read(&ids, sources, &protobuf::LinkOptions::default().with_docs(true));
                Linked { schema: read.schema, map: read.map, diagnostics: read.diagnostics }
            }
            Self::Avro => {
                let read = avro::read(&ids, sources, &avro::LinkOptions::default().with_docs(true));
                Linked { schema: read.schema, map: read.map, diagnostics: read.diagnostics }
            }
        };
        check_places(sources, &linked.diagnostics);
        linked
    }

    /// Links what may be a schema; `None` if it has errors.
    pub fn link_valid(self, sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> Option<Linked> {
        let linked = self.link(sources, version, files);
        let is_valid = sources.diagnostics().is_empty() && !linked.diagnostics.iter().any(Diagnostic::is_error);
        is_valid.then_some(linked)
    }
}
