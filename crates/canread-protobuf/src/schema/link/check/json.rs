//! Names of fields in JSON.

use std::hash::Hasher as _;

use canread_model::{DeclId, Encoding, JsonFormat};
use canread_syntax::Diagnostic;
use rustc_hash::{FxHashMap, FxHasher};

use super::is_true;
use crate::schema::link::Linker;

impl Linker<'_> {
    /// Two fields of a message must not have one name in JSON: neither by default, nor with `json_name`.
    ///
    /// Where the JSON mapping is only best effort (proto2), a default name may collide; protoc
    /// warns of that, and it changes nothing here.
    ///
    /// Source: protoc 35, which compares the default names of all fields first, whatever names they are given.
    pub(super) fn check_json_names(&mut self, id: DeclId) {
        let decl = self.schema.decl(id);
        let Some(record) = decl.as_record() else { return };
        if record.fields.len() < 2 || is_true(&decl.meta, "deprecated_legacy_json_field_conflicts") {
            return;
        }
        let has_given = record.fields.iter().any(|field| field.name_in(Encoding::Json).is_some());
        let names = record.fields.iter().map(|field| json_letters(&field.name));
        if !has_given && all_differ(names) {
            return;
        }
        let mut errors = Vec::new();
        let is_best_effort = record.json_format == JsonFormat::BestEffort;
        let collision = |one: usize, other: usize, name: &str| {
            let (one, other) = (&record.fields[one], &record.fields[other]);
            let message = format!("the fields `{}` and `{}` have the same JSON name `{name}`", one.name, other.name);
            let error =
                Diagnostic::error("protobuf/same_json_name", message).at(self.name_span(other.node), "the second one");
            self.also_at(error, one.node, "the first one").help("rename one of them, or give it a `json_name`")
        };
        if !is_best_effort {
            let mut defaults: FxHashMap<String, usize> = FxHashMap::default();
            defaults.reserve(record.fields.len());
            for (at, field) in record.fields.iter().enumerate() {
                let name = json_name(&field.name);
                let first = *defaults.entry(name).or_insert(at);
                if first != at && record.fields[first].name != field.name {
                    errors.push(collision(first, at, &json_name(&field.name)));
                }
            }
        }
        if has_given {
            let mut names: FxHashMap<String, (usize, bool)> = FxHashMap::default();
            for (at, field) in record.fields.iter().enumerate() {
                let default = json_name(&field.name);
                let given = field.name_in(Encoding::Json).filter(|name| **name != default);
                let is_given = given.is_some();
                let name = given.map_or(default, str::to_owned);
                let (first, first_given) = *names.entry(name.clone()).or_insert((at, is_given));
                let both_default = !is_given && !first_given;
                let tolerated = is_best_effort && !(is_given && first_given);
                let same_name = record.fields[first].name == field.name;
                if first != at && !same_name && !both_default && !tolerated {
                    errors.push(collision(first, at, &name));
                }
            }
        }
        self.diagnostics.extend(errors);
    }
}

/// The name of a field in JSON unless it is given another.
fn json_name(field: &str) -> String {
    json_letters(field).collect()
}

/// Source: ProtoJSON, "Field names": lower camel case; protoc drops underscores and
/// puts what follows them in upper case.
fn json_letters(field: &str) -> impl Iterator<Item = char> {
    let mut after_underscore = false;
    field.chars().filter_map(move |letter| {
        if letter == '_' {
            after_underscore = true;
            return None;
        }
        let is_upper = std::mem::take(&mut after_underscore);
        Some(if is_upper { letter.to_ascii_uppercase() } else { letter })
    })
}

/// Whether no two names are the same, as far as hashes can tell: if not, it takes a closer look to know.
/// Nearly all declarations pass, and this way without a text for each name.
pub(super) fn all_differ<N: Iterator<Item = char>>(names: impl Iterator<Item = N>) -> bool {
    let hash = |name: N| {
        let mut hasher = FxHasher::default();
        name.for_each(|letter| hasher.write_u32(letter.into()));
        hasher.finish()
    };
    let mut hashes: Vec<u64> = names.map(hash).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}
