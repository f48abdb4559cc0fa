//! Imports of IDL: which file is meant, and the messages that it brings.
//!
//! Source: Avro 1.12, "IDL Language", "Imports". Types need no import here: all files see each other's names.

use std::iter;

use canread_model::{DeclId, Method, ModuleId};
use canread_syntax::Diagnostic;
use rustc_hash::{FxHashMap, FxHashSet};

use super::define::Scope;
use super::{Files, Linker, declare};
use crate::schema::ast::{Body, File, ImportKind, Message, Protocol};
use crate::schema::idl::import_path;

/// Files and messages that imports may bring to all protocols together. A protocol has the messages of
/// every file that it imports, directly or not, so that a row of imports brings the square of its length.
const BROUGHT_MAX: usize = 200_000;

/// An import of one file: how it is meant, and the index of the file that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    kind: ImportKind,
    pub(super) target: Option<usize>,
}

impl<'t> Linker<'t> {
    /// Finds the file of every import.
    pub(super) fn resolve_imports(&mut self, files: Files<'t, '_>) {
        let by_name: FxHashMap<&str, usize> =
            files.iter().enumerate().rev().map(|(at, (name, _))| (*name, at)).collect();
        for (at, (name, file)) in files.iter().enumerate() {
            let mut edges = Vec::new();
            let imports = file.as_ref().map_or(&[][..], |file| &file.imports);
            for (index, import) in imports.iter().enumerate() {
                let target = import_path(name, &import.path.text).and_then(|path| by_name.get(&*path).copied());
                if target.is_none() {
                    let message = format!("no file \"{}\" was read", import.path.text.escape_debug());
                    let error = Diagnostic::error("avro/missing_import", message).at(import.path.span, "");
                    self.report(error.help("read it together with this file; the path is relative to this file"));
                }
                self.schema.module_mut(module(at)).imports[index].module = target.map(module);
                edges.push(Edge { kind: import.kind, target });
            }
            self.imports.push(edges);
        }
    }

    /// The messages that a protocol has from its imports, made anew as its own. Its own ones, and
    /// later imports, come before those of the same name.
    pub(super) fn imported_methods<'a: 't>(
        &mut self,
        at: usize,
        own: &Protocol<'_>,
        files: Files<'t, 'a>,
        scope: &Scope,
        id: DeclId,
    ) -> Vec<Method> {
        let order = match self.imported_protocols(at, files) {
            Ok(order) if order.is_empty() => return Vec::new(),
            Ok(order) => order,
            Err(TooMany) => return self.too_many(own),
        };
        let messages: Vec<(usize, &'t Message<'a>)> =
            order.into_iter().flat_map(|(from, protocol)| iter::repeat(from).zip(&protocol.messages)).collect();
        let mut taken: FxHashSet<&str> = own.messages.iter().map(|message| &*message.name.text).collect();
        let mut kept: Vec<_> =
            messages.into_iter().rev().filter(|(_, message)| taken.insert(&message.name.text)).collect();
        kept.reverse();
        if self.spend(kept.len()).is_err() {
            return self.too_many(own);
        }
        // What is wrong with them is told where they stand.
        self.is_copying = true;
        let methods = kept.into_iter().enumerate().map(|(index, (from, message))| {
            let namespace = files[from].1.as_ref().map_or_else(|| "".into(), declare::namespace_of);
            let scope = Scope { sight: module(from), namespace, ..scope.clone() };
            self.method(message, id, index, &scope)
        });
        let methods = methods.collect();
        self.is_copying = false;
        methods
    }

    fn too_many(&mut self, own: &Protocol<'_>) -> Vec<Method> {
        let message = "the imports of all protocols bring too many messages";
        let error = Diagnostic::error("avro/too_many_messages", message).at(own.name.span, "");
        let error = error.note(format!("at most {BROUGHT_MAX} files and messages, each counted for every protocol"));
        self.report(error.help("read fewer protocols at once"));
        Vec::new()
    }

    fn spend(&mut self, count: usize) -> Result<(), TooMany> {
        let left = self.imports_left.checked_sub(count);
        self.imports_left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(TooMany)
    }

    /// Imported protocols, each once and behind those that it imports itself.
    fn imported_protocols<'a: 't>(&mut self, at: usize, files: Files<'t, 'a>) -> Imported<'t, 'a> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::from_iter([at]);
        // Files on the way, each with the number of its imports that have been followed.
        let mut open = vec![(at, 0)];
        while let Some((file, followed)) = open.last_mut() {
            let file = *file;
            let edge = self.imports.get(file).and_then(|edges| edges.get(*followed)).copied();
            *followed += 1;
            if let Some(edge) = edge {
                self.spend(1)?;
                if let Edge { kind: ImportKind::Idl | ImportKind::Protocol, target: Some(target) } = edge
                    && seen.insert(target)
                {
                    open.push((target, 0));
                }
                continue;
            }
            open.pop();
            let protocol = protocol(files[file].1.as_ref()).filter(|_| file != at);
            found.extend(protocol.map(|protocol| (file, protocol)));
        }
        Ok(found)
    }
}

/// The bound of what imports may bring has been reached.
struct TooMany;

/// Protocols with the indexes of their files.
type Imported<'t, 'a> = Result<Vec<(usize, &'t Protocol<'a>)>, TooMany>;

/// How much imports may bring.
pub(super) fn budget() -> usize {
    BROUGHT_MAX
}

/// The module of a file: modules are made in the order of the files.
pub(super) fn module(at: usize) -> ModuleId {
    ModuleId(u32::try_from(at).expect("a schema has fewer than 2^32 modules"))
}

fn protocol<'t, 'a>(file: Option<&'t File<'a>>) -> Option<&'t Protocol<'a>> {
    match &file?.body {
        Body::Protocol(protocol) => Some(protocol),
        Body::Schema(_) => None,
    }
}
