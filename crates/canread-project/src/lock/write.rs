//! From schemas that were read to the text of a lock.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::{Purpose, VERSION, sum};
use crate::path::{or_dot, split_top};
use crate::side::shown_of;
use crate::{ProjectError, Reading, Result};

/// A lock that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lock {
    /// What goes into the file.
    pub text: String,
    /// What is in it.
    pub files: LockedFiles,
}

/// How many files of each purpose a lock holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct LockedFiles {
    /// Schemas.
    pub schemas: usize,
    /// What they import from elsewhere, and where that is said to be found.
    pub others: usize,
}

impl Lock {
    /// Everything that was read, as a lock in a directory. Equal schemas make equal texts.
    ///
    /// # Errors
    ///
    /// `Usage` for a descriptor set, which is no text, and for what lies in no directory, as in a bare repository.
    pub fn of(readings: &[Reading], dir: &Path) -> Result<Self> {
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let no_text = || ProjectError::usage("the directory of the lock has a name that is not UTF-8");
        let (_, dir) = split_top(&dir).ok_or_else(no_text)?;
        let mut files: BTreeMap<String, (Purpose, &str)> = BTreeMap::new();
        let mut roots: Vec<String> = Vec::new();
        for reading in readings {
            let Some(place) = &reading.place else {
                return Err(ProjectError::usage("a bare repository has no directories that a lock could name"));
            };
            roots.push(or_dot(&shown_of("", &dir, &place.named)).to_owned());
            for (id, is_schema) in reading.texts() {
                let file = reading.sources.file(id);
                let Some(is_schema) = is_schema else {
                    return Err(ProjectError::usage(format!("`{}` is a descriptor set, and no text", file.name()))
                        .help("lock the files that it was made of, or keep it and compare with it: `--against FILE`"));
                };
                let path = shown_of("", &dir, &place.full(file.name()));
                let purpose = files.entry(path).or_insert((is_schema, file.text()));
                if is_schema == Purpose::Schema {
                    purpose.0 = is_schema;
                }
            }
        }
        roots.sort();
        roots.dedup();
        let schemas = files.values().filter(|(purpose, _)| *purpose == Purpose::Schema).count();
        let others = files.len() - schemas;
        Ok(Self { text: text(&roots, &files), files: LockedFiles { schemas, others } })
    }
}

fn text(roots: &[String], files: &BTreeMap<String, (Purpose, &str)>) -> String {
    let roots: Vec<String> = roots.iter().map(|root| quoted(root)).collect();
    let mut out = format!("{{\n  \"version\": {VERSION},\n  \"roots\": [{}],\n  \"files\": [", roots.join(", "));
    for (at, (path, (purpose, text))) in files.iter().enumerate() {
        let lines: Vec<String> = text.split('\n').map(|line| format!("        {}", quoted(line))).collect();
        let _ = write!(
            out,
            "{}\n    {{\n      \"path\": {},\n      \"role\": \"{}\",\n      \"sha256\": \"{}\",\n      \"lines\": [\n{}\n      ]\n    }}",
            if at > 0 { "," } else { "" },
            quoted(path),
            purpose.as_str(),
            sum(*purpose, path, text.as_bytes()),
            lines.join(",\n")
        );
    }
    out.push_str("\n  ]\n}\n");
    out
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
