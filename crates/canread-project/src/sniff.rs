//! JSON files that are schemas: told by what they hold, since their names say nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use gix::ObjectId;
use rayon::prelude::*;

use crate::limits::ByteBudget;
use crate::listing::problem::is_lfs_pointer;
use crate::listing::{Content, Entry};
use crate::reader::{ReadProblem, Reader};
use crate::tree::Tree;
use crate::{FileKind, Limits, Result};

/// How large a file may be to be looked into. The largest schema of datahub has 0.3 MB.
const LOOK_BYTES_MAX: u64 = 4 << 20;

/// What looks into files of commits told, by git's names for their contents: in a history, most are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looks(Arc<Mutex<HashMap<ObjectId, Look>>>);

/// What a look into a file told.
#[derive(Debug, Clone, Copy)]
enum Look {
    Schema,
    NoSchema,
    TooLarge,
    /// What Git LFS leaves in place of a file.
    Pointer,
    /// The run stops anyway.
    None,
}

/// A look, or why there is none.
type Looked = std::result::Result<Look, ReadProblem>;

/// Makes entries of the candidates that hold an Avro schema or protocol; the others are passed over. One that can't be read is a
/// problem of the version: nobody knows that it is no schema.
///
/// # Errors
///
/// `LimitExceeded`, and `NotFetched` for a file that nobody can look into.
pub(crate) fn sniff(tree: &mut Tree, limits: &Limits, known: &Looks) -> Result<()> {
    let candidates = std::mem::take(&mut tree.listing.candidates);
    limits.check_files(candidates.len(), crate::path::or_dot(&tree.shown))?;
    let tree_read: &Tree = tree;
    let budget = ByteBudget::new(limits);
    let looks: Vec<Result<Looked>> = candidates
        .par_iter()
        .with_min_len(16)
        .map_init(
            || (Reader::new(tree_read), Vec::new()),
            |(reader, bytes), entry| {
                if let Some(look) = known.find(&entry.content) {
                    return Ok(Ok(look));
                }
                let looked = look(reader, bytes, entry, &budget)?;
                if let Ok(look) = &looked {
                    known.add(&entry.content, *look);
                }
                Ok(looked)
            },
        )
        .collect();
    budget.check()?;
    let mut others = Vec::new();
    for (entry, looked) in candidates.into_iter().zip(looks) {
        let path = tree.shown_path(&entry);
        let skipped = &mut tree.listing.skipped;
        match looked? {
            Ok(Look::Schema) => tree.listing.entries.push(entry),
            Ok(Look::NoSchema) => others.push(path),
            Ok(Look::TooLarge) => {
                skipped.large_json += 1;
                skipped.example(|| path);
            }
            Ok(Look::Pointer) => {
                skipped.pointer_json += 1;
                skipped.example(|| path);
            }
            Ok(Look::None) => {}
            Err(problem) => tree.listing.problems.push(problem.of(&path)),
        }
    }
    // Who has no schemas that are JSON does not wonder what became of `package.json`.
    let tells_json =
        tree.listing.entries.is_empty() || tree.listing.entries.iter().any(|entry| entry.kind == FileKind::Avro);
    let skipped = &mut tree.listing.skipped;
    skipped.tells_json = tells_json;
    skipped.other_json = others.len();
    if tells_json {
        for path in others {
            skipped.example(|| path);
        }
    } else {
        skipped.untold_json = others.into_iter().next();
    }
    tree.listing.sort();
    Ok(())
}

impl Looks {
    fn find(&self, content: &Content) -> Option<Look> {
        let Content::Git { id, .. } = content else { return None };
        self.0.lock().ok()?.get(id).copied()
    }

    fn add(&self, content: &Content, look: Look) {
        if let (Content::Git { id, .. }, Ok(mut known)) = (content, self.0.lock()) {
            known.insert(*id, look);
        }
    }
}

fn look(reader: &Reader<'_>, bytes: &mut Vec<u8>, entry: &Entry, budget: &ByteBudget) -> Result<Looked> {
    if reader.size(&entry.content).is_some_and(|size| size > LOOK_BYTES_MAX) {
        return Ok(Ok(Look::TooLarge));
    }
    Ok(match reader.read_into(&entry.content, bytes) {
        // The run stops, and says so once every thread has noticed.
        Ok(()) if !budget.spend(bytes.len()) => Ok(Look::None),
        Ok(()) if is_lfs_pointer(bytes) => Ok(Look::Pointer),
        Ok(()) if holds_avro(bytes) => Ok(Look::Schema),
        Ok(()) => Ok(Look::NoSchema),
        Err(ReadProblem::TooLarge(_)) => Ok(Look::TooLarge),
        Err(problem) => Err(problem.of_one_file()?),
    })
}

/// Whether a text is an Avro schema or protocol as JSON, or a union in which the first named type is one: an object with
/// the attributes that the specification asks for. It need not be JSON to its end: one with a mistake is a schema with a mistake.
///
/// Source: Avro 1.12, "Complex Types", "Protocol Declaration".
fn holds_avro(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut object = Attributes::default();
    let mut depth = 0_usize;
    // Attributes stand at this depth: in the object, or in those of the list.
    let mut level = 1;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'[' if depth == 0 => {
                level = 2;
                depth = 1;
            }
            b'{' | b'[' => {
                depth += 1;
                if depth == level {
                    object = Attributes::default();
                }
            }
            b'}' | b']' => {
                if depth == level && object.are_of_avro() {
                    return true;
                }
                depth = depth.saturating_sub(1);
            }
            b'"' => {
                let (string, behind) = string(text, at);
                at = behind;
                if depth == level {
                    at = object.read(string, text, at);
                }
            }
            _ if depth == 0 && !byte.is_ascii_whitespace() => return false,
            _ => {}
        }
    }
    object.are_of_avro()
}

/// The attributes of an object, as far as they tell what it is.
#[derive(Default)]
struct Attributes<'t> {
    kind: &'t [u8],
    keys: BTreeSet<&'t [u8]>,
}

impl<'t> Attributes<'t> {
    /// Notes a key, and the value if that is a string; gives the offset from which to read on.
    fn read(&mut self, key: &'t [u8], text: &'t [u8], at: usize) -> usize {
        let Some(value) = after_blanks(text, at).filter(|at| text[*at] == b':') else { return at };
        let value = after_blanks(text, value + 1).filter(|at| text[*at] == b'"').map(|at| string(text, at + 1));
        let tells = match key {
            b"type" => {
                self.kind = value.map_or(b"", |(string, _)| string);
                false
            }
            b"name" | b"protocol" => value.is_some(),
            b"fields" | b"symbols" | b"size" | b"types" | b"messages" => true,
            _ => false,
        };
        if tells {
            self.keys.insert(key);
        }
        value.map_or(at, |(_, behind)| behind)
    }

    fn are_of_avro(&self) -> bool {
        let has = |key: &str| self.keys.contains(key.as_bytes());
        let has_body = match self.kind {
            b"record" | b"error" => has("fields"),
            b"enum" => has("symbols"),
            b"fixed" => has("size"),
            _ => false,
        };
        (has_body && has("name")) || (has("protocol") && (has("types") || has("messages")))
    }
}

/// The string that starts behind its quote, as written, and the offset behind it.
fn string(text: &[u8], start: usize) -> (&[u8], usize) {
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return (&text[start..at], at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    (&text[start..], text.len())
}

fn after_blanks(text: &[u8], from: usize) -> Option<usize> {
    (from..text.len()).find(|at| !text[*at].is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::holds_avro;

    #[test]
    fn schemas_are_told_by_their_attributes() {
        for (text, expected) in [
            (r#"{"type": "record", "name": "A", "fields": []}"#, true),
            (r#"{"fields": [{"name": "x", "type": "int"}], "name" : "A", "type" : "record"}"#, true),
            (r#"["null", {"type": "enum", "name": "E", "symbols": []}]"#, true),
            (r#"{"protocol": "P", "messages": {}}"#, true),
            (r#"{"type": "fixed", "name": "F", "size": 4, "#, true),
            (r#"{"type": "record", "name": "A", "fields": [}"#, true),
            ("\u{feff}{\"type\":\"error\",\"name\":\"A\",\"fields\":[]}", true),
            (r#"{"type": "object", "name": "A", "fields": []}"#, false),
            (r#"{"a": {"type": "record", "name": "A", "fields": []}}"#, false),
            (r#"{"name": "p", "type": "module", "size": 1}"#, false),
            (r#"[[{"type": "record", "name": "A", "fields": []}]]"#, false),
            (r#""string""#, false),
            ("\"\\", false),
            ("", false),
            ("]]}}{", false),
        ] {
            assert_eq!(holds_avro(text.as_bytes()), expected, "{text}");
        }
    }
}
