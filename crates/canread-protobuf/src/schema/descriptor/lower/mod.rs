//! Descriptors to the model: first to syntax trees, then through the linker.
//!
//! | file | does |
//! |---|---|
//! | `file`, `message`, `field`, `declaration` | descriptors to syntax trees |
//! | `types` | the messages, enums and extensions that options may need |
//! | `option`, `value` | option messages to option statements |
//! | `trail` | names the place in the set that a diagnostic means |
//! | `opaque` | keeps options that nothing in the set declares |

mod declaration;
mod field;
mod file;
mod message;
mod opaque;
mod option;
mod trail;
mod types;
mod value;

use canread_model::{Format, Schema};
use canread_syntax::{Diagnostic, SourceMap, Span};

use super::{FileDescriptorSet, ReadLimits};
use crate::schema::ast::Ident;
use crate::schema::link::{LinkOptions, Linked, NamedFile, link};
use opaque::Opaque;
use trail::Trail;
use types::Types;

/// Reads a schema from a descriptor set (`.binpb`, `.desc`), as `protoc --descriptor_set_out` writes it.
///
/// Input: the bytes; `name` is what messages call them, best the path of the file. Imports should be
/// in the set (protoc's `--include_imports`); well-known `google/protobuf/*.proto` files may be missing.
///
/// Output: what the linker makes of the files. No node has a place: a diagnostic says
/// in words which declaration of which file it means. An option that nothing in the
/// set declares is kept as an annotation with the path `#<field number>` and its
/// field, tag included, as value; a warning says so.
///
/// Errors are diagnostics: bytes that are no descriptor set, or ask for more than `limits` allow
/// (`protobuf/descriptor_set`), give an empty schema.
#[must_use]
pub fn read_descriptor_set(name: &str, bytes: &[u8], limits: ReadLimits, options: &LinkOptions) -> Linked {
    let set = match FileDescriptorSet::from_bytes(bytes, limits) {
        Ok(set) => set,
        Err(error) => {
            let error = Diagnostic::error("protobuf/descriptor_set", format!("`{name}`: {error}"))
                .help("`protoc --include_imports --descriptor_set_out=FILE` and `buf build -o FILE` write one");
            return Linked {
                schema: Schema::new(Format::Protobuf),
                map: SourceMap::default(),
                diagnostics: vec![error],
            };
        }
    };
    let types = Types::new(&set);
    let mut lowering = Lowering { types: &types, trail: Trail::default(), opaque: Vec::new(), diagnostics: Vec::new() };
    let files = set
        .file
        .iter()
        .map(|descriptor| NamedFile { name: &descriptor.name, text: "", file: lowering.file(descriptor) })
        .collect();
    let Lowering { trail, opaque, diagnostics, .. } = lowering;
    let mut linked = link(files, options);
    opaque::attach(&mut linked.schema, opaque);
    let found = diagnostics.into_iter().chain(std::mem::take(&mut linked.diagnostics));
    linked.diagnostics = found.map(|diagnostic| trail.explain(name, diagnostic)).collect();
    linked.map = SourceMap::default();
    linked
}

/// Turns the descriptors of one set into syntax trees.
struct Lowering<'a, 't> {
    types: &'t Types<'a>,
    trail: Trail<'a>,
    opaque: Vec<Opaque>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lowering<'a, '_> {
    /// The name of a declaration. A descriptor can hold any text there.
    fn name(&mut self, text: &'a str, span: Span) -> Ident<'a> {
        if !is_identifier(text) {
            self.damaged(span, format!("\"{}\" is no name: expected letters, digits and `_`", text.escape_debug()));
        }
        Ident { text, span }
    }

    /// Says that a descriptor holds what no schema can say.
    fn damaged(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error("protobuf/descriptor_set", message).at(span, ""));
    }
}

fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
