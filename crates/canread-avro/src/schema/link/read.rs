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
/// use canread_avro::schema::{LinkOptions, read};
/// use canread_syntax::Sources;
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
    let mut diagnostics = Vec::new();
    let mut trees = Vec::with_capacity(files.len());
    for (name, id) in files {
        // What is no UTF-8 has no text to be read, and `sources` says so itself.
        if sources.unreadable(*id).is_some() {
            trees.push((*name, None));
            continue;
        }
        let is_idl = name.rsplit_once('.').is_some_and(|(_, ending)| ending == "avdl");
        let parsed = if is_idl { idl::parse } else { parse }(*id, sources.file(*id).text());
        diagnostics.extend(parsed.diagnostics);
        trees.push((*name, parsed.file));
    }
    run(&trees, diagnostics, options)
}
