//! The test messages, read from their `.proto` files.

use std::fs;
use std::path::Path;

use canread_plan::Layout;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::{Diagnostic, Sources};

/// All messages that the runner may ask about.
pub(crate) struct Messages(Layout);

impl Messages {
    /// Reads all `.proto` files in `google/protobuf/` of a folder. The well-known ones that they import are built in.
    ///
    /// # Errors
    ///
    /// A file can't be read, or is no valid schema.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let files = folder.join("google/protobuf");
        let entries = fs::read_dir(&files).map_err(|error| format!("{}: {error}", files.display()))?;
        let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "proto"));
        names.sort();
        let names: Vec<String> = names.iter().map(|name| format!("google/protobuf/{name}")).collect();
        let mut sources = Sources::default();
        let mut inputs = Vec::new();
        for name in &names {
            let path = folder.join(name);
            let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            inputs.push((name.as_str(), sources.add(name.as_str(), "conformance", text)));
        }
        let linked = read(&inputs, &sources, &LinkOptions::default());
        if let Some(problem) = linked.diagnostics.iter().find(|diagnostic| Diagnostic::is_error(diagnostic)) {
            return Err(format!("{problem:?}"));
        }
        let (root, _) = linked
            .schema
            .decls()
            .find(|(_, decl)| decl.as_record().is_some())
            .ok_or_else(|| format!("{} has no messages", files.display()))?;
        Layout::of_all(&linked.schema, root).map(Self).map_err(|error| error.to_string())
    }

    /// The layout of a message, by its full name.
    pub(crate) fn layout(&self, name: &str) -> Option<Layout> {
        Some(self.0.rooted_at(self.0.record_by_name(name)?))
    }
}
