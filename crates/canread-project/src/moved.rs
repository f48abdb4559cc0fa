//! What lies in another file now.

use std::collections::{BTreeMap, HashMap};

use canread_compat::{Pair, Scope};
use canread_syntax::{Sources, Span};

use crate::Places;
use crate::link::Linked;
use crate::side::Side;

/// A schema file of a version, parsed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// As others import it; of Avro, its path from the directory of the version.
    name: String,
    /// As users see it.
    pub(crate) shown: String,
}

/// The schema files of a version.
pub(crate) fn listed(side: &Side) -> Vec<Listed> {
    let files = side.files.iter().zip(&side.resolution.names).filter(|(file, _)| file.is_schema);
    files.map(|(file, name)| Listed { name: name.clone(), shown: file.shown.clone() }).collect()
}

/// What one file declared and another one does now; both as users see them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved<'a> {
    /// The file of the old version.
    pub old: &'a str,
    /// That of the new one.
    pub new: &'a str,
    /// What is declared there, in source order; empty of a file that is the same and was not parsed.
    pub symbols: Vec<&'a str>,
    /// Where the first of them stands.
    pub place: Option<Span>,
}

/// Two versions of the schemas of one format.
pub(crate) type Compared<'a> = (Pair<&'a Linked>, &'a Scope);

/// Everything that lies elsewhere than it did, by file. Of a name that several files declare now, it is enough that one is
/// the old one.
pub(crate) fn moved<'a>(
    files: Pair<&'a [Listed]>,
    parts: impl Iterator<Item = Compared<'a>>,
    sources: &'a Sources,
    places: &Places,
) -> Vec<Moved<'a>> {
    if places.are_files() {
        return Vec::new();
    }
    let is_same = |old: &str, new: &str| places.in_old(old) == places.in_new(new);
    let mut found: BTreeMap<(&str, &str), Moved<'_>> = BTreeMap::new();
    let by_name: HashMap<&str, &str> = files.new.iter().map(|file| (&*file.name, &*file.shown)).collect();
    for file in files.old {
        let Some(new) = by_name.get(&*file.name).filter(|new| !is_same(&file.shown, new)) else { continue };
        let moved = Moved { old: &file.shown, new, symbols: Vec::new(), place: None };
        found.insert((&file.shown, new), moved);
    }
    for (linked, scope) in parts {
        let (old, new) = (&linked.old.schema, &linked.new.schema);
        for (_, decl) in old.decls() {
            if decl.parent.is_some() || decl.name.is_none() || scope.unchanged.old.contains(&decl.module) {
                continue;
            }
            let Some(before) = linked.old.map.place(decl.node.0) else { continue };
            let before = sources.file(before.name.file).name();
            let now = new.find_all(&decl.full_name).filter_map(|id| linked.new.map.place(new.decl(id).node.0));
            let now: Vec<(&str, Span)> = now.map(|place| (sources.file(place.name.file).name(), place.name)).collect();
            if now.iter().any(|(now, _)| is_same(before, now)) {
                continue;
            }
            for (now, place) in now {
                let moved = Moved { old: before, new: now, symbols: Vec::new(), place: None };
                let moved = found.entry((before, now)).or_insert(moved);
                moved.symbols.push(&decl.full_name);
                moved.place = moved.place.or(Some(place));
            }
        }
    }
    found.into_values().collect()
}
