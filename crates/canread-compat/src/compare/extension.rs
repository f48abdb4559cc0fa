//! The extensions of a message: fields that other declarations add to it.

use std::collections::BTreeMap;

use canread_model::{DeclId, Schema};
use rustc_hash::FxHashMap;

/// The extensions of one version by extended message and number, which is how data knows them.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    by_message: FxHashMap<DeclId, BTreeMap<i32, DeclId>>,
}

impl Extensions {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut extensions = Self::default();
        for (id, decl) in schema.decls() {
            let Some(extension) = decl.as_extension() else { continue };
            if let (Some(message), Some(number)) = (extension.extendee.target(), extension.field.number) {
                // Of two with one number (an error that was reported) the first one counts.
                extensions.by_message.entry(message).or_default().entry(number.value).or_insert(id);
            }
        }
        extensions
    }

    /// How many one message has.
    pub(super) fn count(&self, message: DeclId) -> usize {
        self.by_message.get(&message).map_or(0, BTreeMap::len)
    }

    /// Those of one message, by number.
    pub(super) fn of_message(&self, message: DeclId) -> impl Iterator<Item = (i32, DeclId)> {
        self.by_message.get(&message).into_iter().flatten().map(|(&number, &id)| (number, id))
    }
}
