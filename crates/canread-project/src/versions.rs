//! Whether two sides are two versions of one thing.

use canread_model::Format;

use crate::roots::place;
use crate::tree::{Store, Tree};
use crate::{FileKind, LoadedFile, LoadedSide, ProjectError, Result, Role};

/// Whether a version is compared with itself: nothing can have changed, which is hardly what was asked.
pub(crate) fn is_same_place(old: &Tree, new: &Tree) -> bool {
    if matches!(old.store, Store::Lock(_)) {
        return false;
    }
    let (old_place, new_place) = (place(old), place(new));
    old.is_on_disk() == new.is_on_disk()
        && old.commit == new.commit
        && new_place.is_some()
        && old_place == new_place
        && old.named_path() == new.named_path()
}

/// Two files that the user names are one file in two versions, whatever they are called: that is no move to another file.
pub(crate) fn under_one_name(old: &mut LoadedSide, new: &LoadedSide) {
    let is_compared = |file: &LoadedFile| file.role == Role::Compared;
    let Some(new) = new.files.iter().find(|file| is_compared(file)) else { return };
    let (name, kind) = (&new.name, new.kind);
    // The same schema may be IDL in one version and JSON in the other.
    let is_alike = |old: FileKind| old == kind || (old.format() == Format::Avro && kind.format() == Format::Avro);
    // If the old file imports one of the new one's name, both keep theirs.
    let is_taken = old.files.iter().any(|file| file.name == *name || file.aliases.contains(name));
    let old = old.files.iter_mut().find(|file| is_compared(file) && is_alike(file.kind));
    if let Some(old) = old.filter(|_| !is_taken) {
        old.name.clone_from(name);
    }
}

/// Two files of two formats are no two versions of anything.
pub(crate) fn of_one_format(old: &Tree, new: &Tree) -> Result<()> {
    let format = |tree: &Tree| tree.entries().first().map(|entry| entry.kind().format());
    let (Some(old_format), Some(new_format)) = (format(old), format(new)) else { return Ok(()) };
    if old_format == new_format {
        return Ok(());
    }
    let shown = |tree: &Tree| tree.entries().first().map_or_else(String::new, |entry| tree.shown_path(entry));
    let (old_name, new_name) = (noun(old_format), noun(new_format));
    Err(ProjectError::usage(format!("`{}` is {old_name}, and `{}` is {new_name}", shown(old), shown(new)))
        .help("compare two versions of one schema"))
}

/// What a format is called in text.
fn noun(format: Format) -> &'static str {
    match format {
        Format::Protobuf => "Protobuf",
        Format::Avro => "Avro",
        other => other.as_str(),
    }
}
