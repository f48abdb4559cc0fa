//! What `buf.yaml` and `buf.work.yaml` say about modules.
//!
//! Source: <https://buf.build/docs/configuration/v2/buf-yaml/> and its v1 and v1beta1 siblings.
//! Only what says where files are is read; lint and breaking settings are buf's own.

use canread_syntax::{Diagnostic, FileId, Span};

use super::yaml::{self, Node, Value};
use crate::path::{join, normalise};

/// One module: an include root with the files below it, less those that are excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Module {
    /// Full path of the root.
    pub(crate) root: String,
    /// Full paths; if there are any, files elsewhere are no part of the module.
    pub(crate) includes: Vec<String>,
    /// Full paths of directories and files that are no part of the module.
    pub(crate) excludes: Vec<String>,
}

/// What one file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) modules: Vec<Module>,
    /// Full paths of a workspace's directories; each is a module, with a `buf.yaml` or without.
    pub(crate) directories: Vec<String>,
    /// Modules of a registry, which are not fetched.
    pub(crate) deps: Vec<String>,
}

/// One configuration file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) file: FileId,
    /// Full path of the directory that it lies in.
    pub(crate) dir: &'a str,
    pub(crate) is_workspace: bool,
}

/// Reads one file.
///
/// # Errors
///
/// A diagnostic at the place that is not understood.
pub(crate) fn read(source: Source<'_>) -> Result<Config, Box<Diagnostic>> {
    let root = yaml::parse(source.text).map_err(|error| {
        source.error(
            error.start,
            error.start,
            format!("this is not the YAML of a buf configuration: {}", error.message),
        )
    })?;
    let nothing = Node { value: Value::Map(Vec::new()), start: 0, end: 0 };
    let root = match root {
        Some(node) if !node.is_nothing() => node,
        _ => nothing,
    };
    if !matches!(root.value, Value::Map(_)) {
        return Err(source.wrong(&root, "a map of settings"));
    }
    let version = root.key("version").and_then(Node::text).unwrap_or("v1beta1");
    match (source.is_workspace, version) {
        (true, _) => source.workspace(&root),
        (false, "v1beta1" | "v1") => source.version_1(&root, version == "v1beta1"),
        (false, "v2") => source.version_2(&root),
        (false, _) => {
            let node = root.key("version").unwrap_or(&root);
            Err(source.wrong(node, "`v1beta1`, `v1` or `v2`"))
        }
    }
}

impl Source<'_> {
    fn workspace(&self, root: &Node) -> Result<Config, Box<Diagnostic>> {
        let directories = self.paths(root.key("directories"), self.dir)?;
        Ok(Config { directories, ..Config::default() })
    }

    /// In these versions a file describes the module that it lies in; `build.roots` (v1beta1 only)
    /// splits that into several. Excludes count from the directory of the file.
    fn version_1(&self, root: &Node, has_roots: bool) -> Result<Config, Box<Diagnostic>> {
        let build = root.key("build");
        let excludes = self.paths(build.and_then(|build| build.key("excludes")), self.dir)?;
        let mut roots = match build.and_then(|build| build.key("roots")).filter(|_| has_roots) {
            Some(roots) => self.paths(Some(roots), self.dir)?,
            None => Vec::new(),
        };
        if roots.is_empty() {
            roots.push(self.dir.to_owned());
        }
        let module = |root| Module { root, includes: Vec::new(), excludes: excludes.clone() };
        Ok(Config {
            modules: roots.into_iter().map(module).collect(),
            deps: self.texts(root.key("deps"))?,
            ..Config::default()
        })
    }

    /// Here one file describes every module of the workspace, with paths from the file's directory.
    fn version_2(&self, root: &Node) -> Result<Config, Box<Diagnostic>> {
        let mut modules = Vec::new();
        match root.key("modules").filter(|node| !node.is_nothing()) {
            None => modules.push(Module {
                root: self.dir.to_owned(),
                includes: Vec::new(),
                excludes: self.paths(root.key("excludes"), self.dir)?,
            }),
            Some(list) => {
                for item in self.items(list)? {
                    let root = match item.key("path") {
                        Some(path) => self.path(path, self.dir)?,
                        None => self.dir.to_owned(),
                    };
                    modules.push(Module {
                        root,
                        includes: self.paths(item.key("includes"), self.dir)?,
                        excludes: self.paths(item.key("excludes"), self.dir)?,
                    });
                }
            }
        }
        Ok(Config { modules, deps: self.texts(root.key("deps"))?, ..Config::default() })
    }

    fn items<'n>(&self, node: &'n Node) -> Result<&'n [Node], Box<Diagnostic>> {
        match &node.value {
            Value::List(items) => Ok(items),
            Value::Scalar(_) if node.is_nothing() => Ok(&[]),
            Value::Scalar(_) | Value::Map(_) => Err(self.wrong(node, "a list")),
        }
    }

    fn texts(&self, list: Option<&Node>) -> Result<Vec<String>, Box<Diagnostic>> {
        let Some(list) = list else { return Ok(Vec::new()) };
        let text = |item: &Node| item.text().map(str::to_owned).ok_or_else(|| self.wrong(item, "a text"));
        self.items(list)?.iter().map(text).collect()
    }

    fn paths(&self, list: Option<&Node>, base: &str) -> Result<Vec<String>, Box<Diagnostic>> {
        let Some(list) = list else { return Ok(Vec::new()) };
        self.items(list)?.iter().map(|item| self.path(item, base)).collect()
    }

    /// A path below the directory of the file; buf allows no other.
    fn path(&self, node: &Node, base: &str) -> Result<String, Box<Diagnostic>> {
        let text = node.text().ok_or_else(|| self.wrong(node, "a path"))?;
        let path = normalise(text);
        if text.starts_with('/') || path.starts_with("..") {
            return Err(self.wrong(node, "a path below the directory of this file"));
        }
        Ok(join(base, &path))
    }

    fn wrong(&self, node: &Node, expected: &str) -> Box<Diagnostic> {
        let found = match &node.value {
            Value::Scalar(text) => format!("`{text}`"),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        };
        self.error(node.start, node.end, format!("expected {expected}, found {found}"))
    }

    fn error(&self, start: usize, end: usize, message: String) -> Box<Diagnostic> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let error = Diagnostic::error("project/buf_config", message)
            .at(Span::new(self.file, offset(start), offset(end)), "")
            .help("correct the file, or name the include roots with `-I`, which leaves it unread");
        Box::new(error)
    }
}
