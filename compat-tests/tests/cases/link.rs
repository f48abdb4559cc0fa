//! One version of a case as a schema, in the format that the suffix of its first file says.

use std::path::Path;

use canread_model::Schema;
use canread_syntax::{Diagnostic, FileId, SourceMap, Sources};

use super::case::Side;

/// Links a version, whose texts are added to `sources`.
///
/// # Errors
///
/// The first error, if it is no schema.
pub(crate) fn link(side: &Side, sources: &mut Sources) -> Result<(Schema, SourceMap), Box<Diagnostic>> {
    let mut add = |(name, text): &(String, String)| sources.add(name, "test", text.clone().into_bytes());
    let ids: Vec<FileId> = side.iter().map(&mut add).collect();
    let files: Vec<_> = side.iter().zip(ids).map(|((name, _), id)| (name.as_str(), id)).collect();
    let is_proto = |(name, _): &(&str, FileId)| Path::new(name).extension().is_some_and(|end| end == "proto");
    let (schema, map, diagnostics) = if files.iter().any(is_proto) {
        let options = canread_protobuf::schema::LinkOptions::default();
        let linked = canread_protobuf::schema::read(&files, sources, &options);
        (linked.schema, linked.map, linked.diagnostics)
    } else {
        let options = canread_avro::schema::LinkOptions::default();
        let linked = canread_avro::schema::read(&files, sources, &options);
        (linked.schema, linked.map, linked.diagnostics)
    };
    match diagnostics.into_iter().find(Diagnostic::is_error) {
        Some(error) => Err(Box::new(error)),
        None => Ok((schema, map)),
    }
}
