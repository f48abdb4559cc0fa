//! What a name in a file means: innermost scope first, and the first part binds.
//!
//! Source: "Packages and name resolution" of the language guide; protoc where that leaves gaps. The scope
//! in which the first part of a dotted name is found decides, even if the rest is not found there; a
//! first part that can't hold names, and for types anything that is no type, is passed over.

use canread_model::{DeclId, ImportKind, Visibility};
use canread_syntax::{Diagnostic, Edit, Span};
use rustc_hash::FxHashSet;

use super::Linker;
use super::feature::SymbolVisibility;
use super::names::{PathId, ROOT, Symbol, SymbolKind};
use super::sight::Purpose;

/// What kind of thing a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Messages and enums: all else is passed over.
    Type,
    /// Anything; what it is, is looked at afterwards.
    Anything,
}

/// A name as it stands in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference<'n> {
    /// The name, perhaps with a leading dot.
    pub(super) name: &'n str,
    /// The innermost scope it is looked for in.
    pub(super) scope: PathId,
    pub(super) wanted: Wanted,
    pub(super) purpose: Purpose,
}

/// A name that means nothing, to be told of when all files are declared.
#[derive(Debug)]
pub(super) struct Unresolved {
    name: Box<str>,
    scope: PathId,
    wanted: Wanted,
    purpose: Purpose,
    span: Span,
    /// The file it stands in.
    viewer: u32,
}

impl Unresolved {
    pub(super) fn new(viewer: u32, reference: Reference<'_>, span: Span) -> Self {
        let Reference { name, scope, wanted, purpose } = reference;
        Self { name: name.into(), scope, wanted, purpose, span, viewer }
    }

    fn reference(&self) -> Reference<'_> {
        Reference { name: &self.name, scope: self.scope, wanted: self.wanted, purpose: self.purpose }
    }
}

/// Why a name means nothing, as far as a person can use it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Miss {
    /// It would mean this if the file that declares it were imported.
    pub(super) not_imported: Option<(PathId, u32)>,
    /// Its first part was found here, which hides further scopes.
    pub(super) bound_to: Option<PathId>,
}

impl Linker<'_> {
    /// What a name means in the file that is being linked.
    pub(super) fn resolve(&self, reference: Reference<'_>) -> Result<Symbol, Miss> {
        let mut miss = Miss::default();
        if let Some(absolute) = reference.name.strip_prefix('.') {
            let found = self.descend(ROOT, absolute).and_then(|path| self.visible(path, reference.purpose, &mut miss));
            return found.ok_or(miss);
        }
        let (first, rest) = match reference.name.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (reference.name, None),
        };
        let Some(first) = self.names.id(first) else { return Err(miss) };
        let mut scope = reference.scope;
        loop {
            if let Some(path) = self.names.child(scope, first)
                && let Some(symbol) = self.visible(path, reference.purpose, &mut miss)
            {
                match rest {
                    None if reference.wanted == Wanted::Anything || symbol.kind.is_type() => return Ok(symbol),
                    Some(rest) if symbol.kind.is_scope() => {
                        let found = self.descend(path, rest);
                        let found = found.and_then(|path| self.visible(path, reference.purpose, &mut miss));
                        miss.bound_to = Some(path);
                        return found.ok_or(miss);
                    }
                    _ => {}
                }
            }
            if scope == ROOT {
                return Err(miss);
            }
            scope = self.names.parent(scope);
        }
    }

    /// The full name `scope.rest`, if anything has it.
    pub(super) fn descend(&self, scope: PathId, rest: &str) -> Option<PathId> {
        rest.split('.').try_fold(scope, |path, part| self.names.child(path, self.names.id(part)?))
    }

    /// The meaning of a full name that the file which is being linked can see.
    fn visible(&self, path: PathId, purpose: Purpose, miss: &mut Miss) -> Option<Symbol> {
        let seen = self.names.meanings(path).find(|symbol| match symbol.kind {
            SymbolKind::Package => self.sight.sees_package(path, purpose),
            _ => self.sight.sees_file(symbol.file, purpose),
        });
        if seen.is_none()
            && miss.not_imported.is_none()
            && let Some(symbol) = self.names.first(path)
        {
            miss.not_imported = Some((path, symbol.file));
        }
        seen.copied()
    }

    /// Tells of names that mean nothing, now that every file is declared.
    pub(super) fn tell_unresolved(&mut self) {
        let mut misses_import = (u32::MAX, false);
        for unresolved in std::mem::take(&mut self.unresolved) {
            self.look_from(unresolved.viewer);
            if misses_import.0 != unresolved.viewer {
                misses_import = (unresolved.viewer, self.misses_import(unresolved.viewer));
            }
            let reference = unresolved.reference();
            // A file that was linked too early has broken imports, and an error that says so.
            let Err(miss) = self.resolve(reference) else { continue };
            if misses_import.1 && self.may_be_imported(miss) {
                // The missing import has an error already, of which this is a consequence.
                continue;
            }
            let error = self.unresolved_error(reference, unresolved.span, miss);
            self.diagnostics.push(error);
        }
    }

    /// Whether a file has an import that names no file, or sees one that imports such a file publicly.
    fn misses_import(&self, viewer: u32) -> bool {
        let files = &self.files;
        if files[viewer as usize].imports.iter().any(|edge| edge.target.is_none()) {
            return true;
        }
        let mut seen = FxHashSet::from_iter([viewer]);
        let mut open: Vec<u32> = files[viewer as usize].imports.iter().filter_map(|edge| edge.target).collect();
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            for edge in files[at as usize].imports.iter().filter(|edge| edge.kind == ImportKind::Public) {
                match edge.target {
                    Some(target) => open.push(target),
                    None => return true,
                }
            }
        }
        false
    }

    /// Whether a file that is missing could declare the name: into a package others declare, into a type they don't.
    fn may_be_imported(&self, miss: Miss) -> bool {
        miss.bound_to.is_none_or(|path| self.names.meanings(path).all(|symbol| symbol.kind == SymbolKind::Package))
    }

    fn unresolved_error(&self, reference: Reference<'_>, span: Span, miss: Miss) -> Diagnostic {
        let name = reference.name;
        if let Some((path, file)) = miss.not_imported {
            return self.not_imported(name, span, path, file);
        }
        let error = match reference.purpose {
            Purpose::Types => Diagnostic::error("protobuf/unknown_name", format!("`{name}` is not declared")),
            Purpose::Options => Diagnostic::error("protobuf/unknown_option", format!("there is no option `({name})`")),
        };
        if let Some(path) = miss.bound_to {
            let bound = self.names.text(path);
            let rest = name.split_once('.').map_or("", |(_, rest)| rest);
            return error
                .at(span, format!("means `{bound}.{rest}`, which does not exist"))
                .note("the first part of a name decides: it is looked for in the innermost scope first")
                .help(format!("to start from the outermost scope, write `.{name}`"));
        }
        let error = error.at(span, "not found in this scope or any around it");
        match self.suggestion(reference) {
            Some(help) => error.help(help),
            None => error,
        }
    }

    fn not_imported(&self, name: &str, span: Span, path: PathId, file: u32) -> Diagnostic {
        let here = &self.files[self.current as usize];
        let there = &self.files[file as usize].name;
        let full_name = self.names.text(path);
        let message = format!("`{name}` is declared in a file that is not imported");
        let error = Diagnostic::error("protobuf/not_imported", message)
            .at(span, format!("`{full_name}` stands in \"{there}\""))
            .help(format!("add `import \"{there}\";`"));
        if here.imports.iter().any(|edge| edge.target == Some(file)) {
            return error.note("an `import option` lends names to options only");
        }
        let text = format!("\nimport \"{there}\";");
        error.patch("import the file", vec![Edit { span: here.import_place, text }])
    }

    /// What else the name may have meant. Looks at every name there is, so it is done a limited number of times.
    fn suggestion(&self, reference: Reference<'_>) -> Option<String> {
        if !self.may_suggest() {
            return None;
        }
        let last = reference.name.rsplit('.').next().unwrap_or_default();
        let fits = |symbol: &Symbol| reference.wanted == Wanted::Anything || symbol.kind.is_type();
        if let Some(id) = self.names.id(last) {
            let found = self.names.ending_in(id).find(|(_, symbol)| fits(symbol));
            if let Some((path, symbol)) = found {
                let file = &self.files[symbol.file as usize].name;
                return Some(format!("`{}` in \"{file}\" has that name", self.names.text(path)));
            }
        }
        let scopes =
            std::iter::successors(Some(reference.scope), |scope| (*scope != ROOT).then(|| self.names.parent(*scope)));
        let near = scopes.flat_map(|scope| self.names.members(scope)).filter(|(_, symbol)| fits(symbol));
        let near = near.map(|(path, _)| self.names.last(path)).find(|known| is_near(known, last))?;
        Some(format!("did you mean `{near}`?"))
    }

    /// Suggestions look at all there is, so there is a limited number of them.
    pub(super) fn may_suggest(&self) -> bool {
        let left = self.suggestions_left.get();
        self.suggestions_left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether the file that is being linked may use a declaration, as edition 2024 has it.
    pub(super) fn may_use(&self, id: DeclId) -> bool {
        let decl = self.schema.decl(id);
        let file = decl.module.0;
        let has_visibility = decl.as_record().is_some() || decl.as_enum().is_some();
        if file == self.current || !has_visibility {
            return true;
        }
        match decl.visibility {
            Visibility::Export => true,
            Visibility::Local => false,
            _ => match self.default_visibility.get(file as usize).copied().flatten() {
                Some(SymbolVisibility::LocalAll | SymbolVisibility::Strict) => false,
                Some(SymbolVisibility::ExportTopLevel) => decl.parent.is_none(),
                _ => true,
            },
        }
    }

    /// The error for a declaration that its own file keeps to itself.
    pub(super) fn not_visible(&self, id: DeclId, span: Span) -> Diagnostic {
        let decl = self.schema.decl(id);
        let there = &self.files[decl.module.0 as usize].name;
        let why = if decl.visibility == Visibility::Local {
            "it is marked `local`".to_owned()
        } else {
            format!("\"{there}\" keeps such declarations local unless they are marked `export`")
        };
        let message = format!("`{}` can only be used in \"{there}\"", decl.full_name);
        let error = Diagnostic::error("protobuf/not_visible", message).at(span, why);
        self.also_at(error, decl.node, "declared here").help("mark it `export` in its file")
    }
}

/// Whether one identifier is the other with one letter changed, added, left out or swapped, or in other case.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    if one.len().abs_diff(other.len()) > 1 || one.len().min(other.len()) < 3 {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count();
    let (one, other) = (&one[start..], &other[start..]);
    let tail = |at: usize, bytes: &'_ [u8]| bytes.get(at..).unwrap_or_default().to_ascii_lowercase();
    let swapped = one.len() == other.len()
        && one.len() >= 2
        && one[0].eq_ignore_ascii_case(&other[1])
        && one[1].eq_ignore_ascii_case(&other[0])
        && tail(2, one) == tail(2, other);
    swapped
        || (one.len() == other.len() && tail(1, one) == tail(1, other))
        || (one.len() > other.len() && tail(1, one) == tail(0, other))
        || (one.len() < other.len() && tail(0, one) == tail(1, other))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_slip_of_the_keyboard_is_near() {
        for near in ["order", "Ordre", "Oder", "Orrder", "Orbit"] {
            assert_eq!(is_near(near, "Order"), near != "Orbit", "{near}");
        }
    }
}
