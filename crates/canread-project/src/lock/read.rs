//! From the text of a lock to its files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use canread_syntax::json::{self, Node};
use canread_syntax::{Diagnostic, FILE_BYTES_MAX, Sources, Span};

use super::{FILE_NAME, LockTree, LockedFile, Purpose, VERSION, sum};
use crate::kind::{is_buf_config, is_json};
use crate::path::{file_name, join, normalise, or_dot, split_top, strip};
use crate::{FileKind, ProjectError, Result, disk};

/// Reads a lock; `label` is what it is called.
pub(super) fn read(file: &Path, label: &str) -> Result<LockTree> {
    let cannot = |reason: &str| ProjectError::unreadable(format!("`{label}` can't be read: {reason}"));
    let bytes = bytes(file).map_err(|reason| cannot(&reason))?;
    let dir = file.parent().and_then(|dir| dir.canonicalize().ok()).as_deref().and_then(split_top);
    let Some((_, dir)) = dir else { return Err(cannot("the name of its directory is not UTF-8")) };
    let mut sources = Sources::default();
    let id = sources.add(label, "", bytes);
    let at = |span: Span, message: &str| {
        let position = sources.position(span);
        ProjectError::unreadable(format!("{label}:{}:{}: {message}", position.line, position.column))
            .note("`canread lock PATH` takes the schemas of today as released, whatever they break")
            .help(format!(
                "restore it: `git checkout REF -- {FILE_NAME}`, or lock what was released: `canread lock REF:PATH`"
            ))
    };
    let of = |problem: &Diagnostic| match problem.span() {
        Some(span) => at(span, &problem.message),
        None => cannot(&problem.message),
    };
    if let Some(problem) = sources.unreadable(id) {
        return Err(of(problem));
    }
    let parsed = json::parse(id, sources.file(id).text(), json::Limits::default());
    if let Some(problem) = parsed.diagnostics.first() {
        return Err(of(problem));
    }
    let Some(root) = parsed.document() else { return Err(cannot("it is no JSON")) };
    lock(root, &dir).map_err(|(span, message)| at(span, &message))
}

fn bytes(file: &Path) -> std::result::Result<Vec<u8>, String> {
    // Before it is opened: a pipe waits for somebody who writes.
    if fs::metadata(file).is_ok_and(|metadata| !metadata.is_file()) {
        return Err("it is no regular file".to_owned());
    }
    let file = fs::File::open(file).map_err(|error| disk::reason(&error))?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|error| disk::reason(&error))?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(format!("it has more than {FILE_BYTES_MAX} bytes"));
    }
    Ok(bytes)
}

type Problem = (Span, String);

fn lock(root: &Node<'_>, dir: &str) -> std::result::Result<LockTree, Problem> {
    let [version, roots, files] = members(root, ["version", "roots", "files"])?;
    if version.as_u64() != Some(VERSION) {
        return Err((version.span, format!("this canread reads locks of version {VERSION}")));
    }
    let roots_span = roots.span;
    let roots: Vec<String> = texts(roots)?.iter().map(|path| full(dir, path)).collect();
    if roots.is_empty() {
        return Err((roots_span, "no directory or file is named that was locked".to_owned()));
    }
    let mut found = BTreeMap::new();
    for file in files.as_array().ok_or((files.span, "a list was expected".to_owned()))? {
        let (path, locked) = locked(file, dir)?;
        let is_below = roots.iter().any(|root| strip(&path, root).is_some());
        if locked.purpose == Purpose::Schema && !is_below {
            return Err((file.span, "the schema lies in none of `roots`".to_owned()));
        }
        if found.insert(path, locked).is_some() {
            return Err((file.span, "the file is there twice".to_owned()));
        }
    }
    Ok(LockTree { files: Arc::new(found), roots })
}

fn locked(file: &Node<'_>, dir: &str) -> std::result::Result<(String, LockedFile), Problem> {
    let [path, role, digest, lines] = members(file, ["path", "role", "sha256", "lines"])?;
    let expected = |node: &Node<'_>, what: &str| (node.span, format!("{what} was expected"));
    let name = path.as_str().ok_or_else(|| expected(path, "a path"))?;
    let purpose = Purpose::ALL.into_iter().find(|purpose| role.as_str() == Some(purpose.as_str()));
    let purpose = purpose.ok_or_else(|| expected(role, "`schema`, `import` or `configuration`"))?;
    let is_known = match purpose {
        Purpose::Configuration => is_buf_config(file_name(name).as_bytes()),
        _ => FileKind::of_named(name).is_some_and(FileKind::is_text) || is_json(name.as_bytes()),
    };
    if !is_known {
        return Err(expected(path, "a schema file, or a configuration of buf"));
    }
    let text = texts(lines)?.join("\n").into_bytes();
    if digest.as_str() != Some(sum(purpose, name, &text).as_str()) {
        return Err((lines.span, format!("`{name}` is not what was locked: its SHA-256 is another one")));
    }
    Ok((full(dir, name), LockedFile { purpose, bytes: text.into() }))
}

/// The values of an object that has just these keys.
fn members<'n, 't, const COUNT: usize>(
    node: &'n Node<'t>,
    keys: [&str; COUNT],
) -> std::result::Result<[&'n Node<'t>; COUNT], Problem> {
    let object = node.as_object().ok_or((node.span, "an object was expected".to_owned()))?;
    if let Some(other) = object.iter().find(|member| !keys.contains(&&*member.key)) {
        return Err((other.key_span, format!("`{}` is no key that is known here", other.key)));
    }
    let mut found = [node; COUNT];
    for (value, key) in found.iter_mut().zip(keys) {
        *value = node.get(key).ok_or((node.span, format!("`{key}` is missing")))?;
    }
    Ok(found)
}

fn texts<'n>(node: &'n Node<'_>) -> std::result::Result<Vec<&'n str>, Problem> {
    let list = node.as_array().ok_or((node.span, "a list was expected".to_owned()))?;
    list.iter().map(|text| text.as_str().ok_or((text.span, "a text was expected".to_owned()))).collect()
}

fn full(dir: &str, path: &str) -> String {
    normalise(&join(dir, or_dot(path)))
}
