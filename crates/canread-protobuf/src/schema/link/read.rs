//! Texts to one schema, in one call.

use canread_syntax::{FileId, Sources};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::files::Input;
use super::{LinkOptions, Linked, run};

/// Reads `.proto` files into one schema: parses them, in parallel, and links them.
///
/// Input: for each file the name that others import it by and its text in
/// `sources`, each name once. Well-known `google/protobuf/*.proto` files may be missing.
///
/// Output and errors as for [`link`](super::link()), with the errors of the parser among them.
///
/// ```
/// use canread::protobuf::schema::{LinkOptions, read};
/// use canread::schema::Sources;
///
/// let mut sources = Sources::default();
/// let text = b"syntax = \"proto3\"; package shop; message Order { int64 id = 1; }";
/// let order = sources.add("protos/shop/order.proto", "worktree", text.to_vec());
///
/// let linked = read(&[("shop/order.proto", order)], &sources, &LinkOptions::default());
/// assert_eq!(linked.diagnostics, []);
/// assert!(linked.schema.find("shop.Order").is_some());
/// ```
#[must_use]
pub fn read(files: &[(&str, FileId)], sources: &Sources, options: &LinkOptions) -> Linked {
    let inputs = files.par_iter().map(|(name, id)| Input::of_text(name, *id, sources.file(*id).text())).collect();
    run(inputs, options)
}
