//! Texts to one schema, in one call.

use canread_syntax::{FileId, Sources};

use super::{LinkOptions, Linked, run};
use crate::schema::{idl, parse};

/// Reads Avro files into one schema: parses them and links them.
///
/// Input: for each file its name and its text in `sources`, each name once. A name that ends with `.avdl` is that of IDL,
/// whose imports have to be among the files.
///
/// Output and errors as for [`link`](super::link()), with the errors of the
/// parser among them. A file that could not be parsed is an empty module.
///
/// ```
/// use canread::avro::schema::{LinkOptions, read};
/// use canread::schema::Sources;
///
/// let mut sources = Sources::default();
/// let text = br#"{"type": "record", "name": "shop.Order", "fields": [{"name": "id", "type": "long"}]}"#;
/// let order = sources.add("order.avsc", "worktree", text.to_vec());
///
/// let linked = read(&[("order.avsc", order)], &sources, &LinkOptions::default());
/// assert_eq!(linked.diagnostics, []);
/// assert!(linked.schema.find("shop.Order").is_some());
/// ```
#[must_use]
pub fn read(files: &[(&str, FileId)], sources: &Sources, options: &LinkOptions) -> Linked {
    let is_idl = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "avdl");
    let syntax = |name: &str| if is_idl(name) { Syntax::Idl } else { Syntax::Json };
    let files: Vec<_> = files.iter().map(|(name, id)| (*name, *id, syntax(name))).collect();
    read_as(&files, sources, options)
}

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a schema is written as JSON or as IDL")]
pub enum Syntax {
    /// A schema or protocol as JSON: `.avsc`, `.avpr`.
    Json,
    /// A schema or protocol as IDL: `.avdl`.
    Idl,
}

/// As [`read`], of files whose names need not tell what they are written in.
#[must_use]
pub fn read_as(files: &[(&str, FileId, Syntax)], sources: &Sources, options: &LinkOptions) -> Linked {
    let mut diagnostics = Vec::new();
    let mut trees = Vec::with_capacity(files.len());
    for (name, id, syntax) in files {
        // What is no UTF-8 has no text to be read, and `sources` says so itself.
        if sources.unreadable(*id).is_some() {
            trees.push((*name, None));
            continue;
        }
        let parse = match syntax {
            Syntax::Json => parse,
            Syntax::Idl => idl::parse,
        };
        let parsed = parse(*id, sources.file(*id).text());
        diagnostics.extend(parsed.diagnostics);
        trees.push((*name, parsed.file));
    }
    run(&trees, diagnostics, options)
}
