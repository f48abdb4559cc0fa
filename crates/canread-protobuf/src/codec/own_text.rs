//! The `.proto` files that a Rust type is.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use canread_model::{DeclKind, Schema};
use canread_record::Shaped;
use canread_syntax::Sources;

use super::own_schema::schema_of;
use super::own_syntax::is_well_known;
use crate::schema::print::Printer;
use crate::schema::{LinkOptions, read};

/// A file of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// The name that others import it by, with `/`: `shop/v1.proto`. `schema.proto` where there is no package.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What a type is that no `.proto` file can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFileError {
    name: String,
    reason: String,
}

impl SchemaFileError {
    /// The file that would have been wrong.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for SchemaFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the type has no `{}`: {}", self.name, self.reason)
    }
}

impl Error for SchemaFileError {}

/// The `.proto` files that a type is: that of its own package first, then those of other packages that it names.
///
/// Write them down when the program is built or tested, and `canread check` compares the type with what it was. They
/// are proto3, or edition 2023 if the type has a closed enumeration or a group. Only an edition has defaults, so that a check of proto3 files
/// sees none that changes. `google/protobuf/*.proto` come with
/// every compiler, and `google/type/*.proto` from googleapis: they are imported, and not among these. So a type with
/// a date, a time of day, a local time or a decimal needs googleapis among the include roots of `canread check`,
/// unless its fields say another form, as `protobuf(text)`. What [`schema_of`](super::schema_of) leaves out is not in
/// them either.
///
/// # Errors
///
/// What the language does not allow, though the bytes are well: two types of one name, such as two uses of a generic type; two
/// enumerations of a package that have a symbol of one name; an open enumeration without a zero. The text is read again before it is given
/// away, so that nothing else is found first by a compiler.
///
/// ```
/// use canread::Record;
///
/// #[derive(Record)]
/// #[record(name = "shop.Order")]
/// struct Order {
///     #[field(1)]
///     id: i64,
///     #[field(2)]
///     note: Option<String>,
/// }
///
/// let files = canread::protobuf::schema_files::<Order>()?;
/// assert_eq!(files[0].name, "shop.proto");
/// assert_eq!(files[0].text, r#"syntax = "proto3";
///
/// package shop;
///
/// message Order {
///   int64 id = 1;
///   optional string note = 2;
/// }
/// "#);
/// # Ok::<(), canread::protobuf::SchemaFileError>(())
/// ```
pub fn schema_files<T: Shaped>() -> Result<Vec<SchemaFile>, SchemaFileError> {
    let schema = schema_of::<T>();
    let printer = Printer::new(&schema);
    let mut files = Vec::new();
    for (id, module) in schema.modules() {
        let text = printer.module(id);
        if let Some(diagnostic) = text.diagnostics.first() {
            return Err(SchemaFileError { name: module.name.to_string(), reason: diagnostic.message.clone() });
        }
        files.push(SchemaFile { name: module.name.to_string(), text: text.text });
    }
    check(&files).map_err(|error| symbol_of_two(&schema).unwrap_or(error))?;
    files.retain(|file| !is_well_known(&file.name));
    Ok(files)
}

/// A symbol that two enumerations of a file have.
///
/// Source: protoc, descriptor.cc: "enum values use C++ scoping rules, meaning that enum values are siblings of their type".
fn symbol_of_two(schema: &Schema) -> Option<SchemaFileError> {
    let mut owners = HashMap::new();
    for (_, decl) in schema.decls() {
        let DeclKind::Enum(declared) = &decl.kind else { continue };
        for symbol in &declared.values {
            let owner = *owners.entry((decl.module, &symbol.name)).or_insert(&decl.full_name);
            if *owner != decl.full_name {
                let (name, other, symbol) = (&schema.module(decl.module).name, &decl.full_name, &symbol.name);
                let reason = format!(
                    "the enumerations `{owner}` and `{other}` both have the symbol `{symbol}`, and a package has one of a name; \
                     `symbol(0, name = \"...\")` gives one of them another"
                );
                return Some(SchemaFileError { name: name.to_string(), reason });
            }
        }
    }
    None
}

/// Reads the files as any other.
fn check(files: &[SchemaFile]) -> Result<(), SchemaFileError> {
    let mut sources = Sources::default();
    // Those that come with every compiler are known without their text.
    let own = files.iter().filter(|file| !file.name.starts_with("google/protobuf/"));
    let added: Vec<_> =
        own.map(|file| (&*file.name, sources.add(&file.name, "type", file.text.clone().into_bytes()))).collect();
    let linked = read(&added, &sources, &LinkOptions::default());
    let Some(error) = linked.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) else { return Ok(()) };
    let file = error.labels.first().map(|label| label.span.file);
    let name = added.iter().find(|(_, id)| Some(*id) == file).map_or("", |(name, _)| name);
    Err(SchemaFileError { name: name.to_owned(), reason: error.message.clone() })
}
