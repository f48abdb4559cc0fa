//! From two sides as the user names them to two linked schemas that can be compared.

mod outermost;
mod reading;

use std::collections::{HashMap, HashSet};

use canread_compat::{Comparison, Pair, Scope, TooManyPairs};
use canread_model::{DeclId, Format, Schema};
use canread_protobuf::schema::{
    self, LinkOptions,
    descriptor::{ReadLimits, read_descriptor_set},
};
use canread_report::Compared;
use canread_syntax::{Diagnostic, FileId, Severity, SourceMap, Sources};

use crate::avro;
use crate::path::or_dot;
use crate::places::Places;
use crate::roots::place;
use crate::tree::Tree;
use crate::{
    FileKind, Loaded, LoadedFile, LoadedSide, Project, ProjectError, Result, Role, Scanned, Skipped, Workload,
};

pub use reading::Reading;
pub(crate) use reading::{Input, ReadFile};

/// Which sides to compare, as the user names them.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "two texts that must not be swapped")]
pub struct Request<'a> {
    /// The new version: a path, or `REF:PATH`.
    pub new: &'a str,
    /// The old version: see [`Baseline`](crate::Baseline).
    pub old: &'a str,
}

/// Which of the two.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Version {
    Old,
    New,
}

/// Two versions, read and linked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Session {
    /// The texts of both versions.
    pub sources: Sources,
    /// What took part.
    pub compared: Compared,
    /// Everything that is wrong with single files, sorted by place. With an error among them there is no verdict.
    pub diagnostics: Vec<Diagnostic>,
    parts: Vec<Part>,
    places: Places,
}

/// The schemas of one format, in two versions.
#[derive(Debug)]
#[non_exhaustive]
pub struct Part {
    linked: Pair<Linked>,
    scope: Scope,
}

impl Part {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.linked.new.schema.format()
    }

    /// Where the nodes of both versions stand.
    #[must_use]
    pub fn maps(&self) -> Pair<&SourceMap> {
        Pair { old: &self.linked.old.map, new: &self.linked.new.map }
    }

    /// Compares the two versions.
    ///
    /// # Errors
    ///
    /// An error with the code `compare/too_many_pairs`, if that would take out of proportion to the schemas; then there
    /// is no verdict.
    pub fn compare(&self) -> std::result::Result<Comparison<'_>, Box<Diagnostic>> {
        let schemas = Pair { old: &self.linked.old.schema, new: &self.linked.new.schema };
        canread_compat::compare(schemas, &self.scope).map_err(|error| Box::new(too_many_pairs(&error, self.maps())))
    }
}

pub(crate) fn too_many_pairs(error: &TooManyPairs, maps: Pair<&SourceMap>) -> Diagnostic {
    let mut problem = Diagnostic::error("compare/too_many_pairs", error.to_string())
        .note("the comparison was given up, so nothing is known about the other changes either")
        .help("compare in steps: with a version in between, in which fewer fields name other types");
    for (place, label) in [
        (maps.new.place(error.nodes.new.0), "this one"),
        (maps.old.place(error.nodes.old.0), "beside this one, as it was"),
    ] {
        if let Some(place) = place {
            problem = problem.at(place.name, label);
        }
    }
    problem
}

/// One version of the schemas of one format.
#[derive(Debug)]
pub(crate) struct Linked {
    pub(crate) schema: Schema,
    pub(crate) map: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// Finds and reads the files of both sides.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn load(project: &Project, request: Request<'_>) -> Result<Workload> {
        let new = project.open_named(request.new)?;
        let baseline = project.parse_baseline(request.old)?;
        let old = project.open_baseline(&baseline, &new)?;
        if is_same_place(&old, &new) {
            return Err(ProjectError::same_version(or_dot(&new.named_shown())));
        }
        let are_files = old.is_file && new.is_file;
        if are_files {
            of_one_format(&old, &new)?;
        }
        let mut work = project.compare(old, new, &scan)?;
        if are_files {
            under_one_name(&mut work);
        }
        Ok(work)
    }

    /// Reads, parses and links only the new side, where the old one holds no schemas yet. What keeps that one from
    /// being compared becomes a note; there is nothing to compare with, so no change is found.
    ///
    /// # Errors
    ///
    /// As [`Session::load`].
    pub fn without_baseline(project: &Project, new: &str, missing: &ProjectError) -> Result<Self> {
        let Loaded { mut sources, mut side, mut diagnostics, .. } = project.load(project.open_named(new)?, &scan)?;
        avro::level_names([&mut side.files]);
        diagnostics.extend_from_slice(sources.diagnostics());
        let aliases = forward_aliases(&side, &mut sources);
        let mut parts = Vec::new();
        for format in formats(&[&side]) {
            let mut linked = link(&side, format, &aliases, &sources);
            diagnostics.append(&mut problems(&side, &mut linked, Version::New, &sources));
            let linked = Pair { old: link_none(format, &sources), new: linked };
            parts.push(Part { linked, scope: Scope::default() });
        }
        diagnostics.sort_by_key(Diagnostic::span);
        let mut note = missing.to_diagnostic();
        note.severity = Severity::Note;
        diagnostics.insert(0, note.note("nothing was compared: the new version is the first one"));
        let passed_over = passed_over(&side.skipped);
        let places = Places::of(None, &side);
        let versions = Pair { old: "nothing".into(), new: side.label };
        let compared = Compared::new(side.schemas, 0, versions).passed_over(passed_over).without_baseline();
        Ok(Self { sources, compared, diagnostics, parts, places })
    }

    /// Parses and links both sides, each on a thread of its own, format by format.
    #[must_use]
    pub fn parse(workload: Workload) -> Self {
        let Workload { mut sources, mut old, mut new, unchanged, unchanged_packages, mut diagnostics, .. } = workload;
        avro::level_names([&mut old.files, &mut new.files]);
        diagnostics.extend_from_slice(sources.diagnostics());
        let aliases = Pair { old: forward_aliases(&old, &mut sources), new: forward_aliases(&new, &mut sources) };
        let mut parts = Vec::new();
        for format in formats(&[&old, &new]) {
            let (old_linked, new_linked) = rayon::join(
                || link(&old, format, &aliases.old, &sources),
                || link(&new, format, &aliases.new, &sources),
            );
            let mut linked = Pair { old: old_linked, new: new_linked };
            let mut of_old = problems(&old, &mut linked.old, Version::Old, &sources);
            of_old.retain(|problem| !avro::is_old_news(problem));
            let mut of_new = problems(&new, &mut linked.new, Version::New, &sources);
            diagnostics.extend(without_common_imports(of_old, &old, &mut of_new, &new));
            diagnostics.append(&mut of_new);
            let scope = scope(Pair { old: &old, new: &new }, format, linked.as_ref());
            parts.push(Part { linked, scope });
        }
        if !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(nothing_compared(&parts, unchanged));
        }
        for Part { linked, scope } in &mut parts {
            diagnostics.extend(ambiguous_names(linked.as_ref(), scope));
            scope.other_namespaces = unchanged_packages.iter().map(|package| package.as_str().into()).collect();
        }
        diagnostics.sort_by_key(Diagnostic::span);
        let passed_over = passed_over_of_both(&old.skipped, &new.skipped);
        let places = Places::of(Some(&old), &new);
        let versions = Pair { old: old.label, new: new.label };
        let compared = Compared::new(new.schemas, unchanged, versions).passed_over(passed_over);
        Self { sources, compared, diagnostics, parts, places }
    }

    /// Whether everything was understood, so that a comparison is a verdict.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Where the two versions lie.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// What is to be compared, format by format.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Whether a version is compared with itself: nothing can have changed, which is hardly what was asked.
pub(crate) fn is_same_place(old: &Tree, new: &Tree) -> bool {
    let (old_place, new_place) = (place(old), place(new));
    old.commit == new.commit && new_place.is_some() && old_place == new_place && old.named_path() == new.named_path()
}

/// Two files that the user names are one file in two versions, whatever they are called: that is no move to another file.
fn under_one_name(work: &mut Workload) {
    let compared = |file: &&LoadedFile| file.role == Role::Compared;
    let Some(new) = work.new.files.iter().find(compared) else { return };
    let (name, kind) = (new.name.clone(), new.kind);
    // The same schema may be IDL in one version and JSON in the other.
    let is_alike = |old: FileKind| old == kind || (old.format() == Format::Avro && kind.format() == Format::Avro);
    // If the old file imports one of the new one's name, both keep theirs.
    let is_taken = work.old.files.iter().any(|file| file.name == name || file.aliases.contains(&name));
    let old = work.old.files.iter_mut().find(|file| file.role == Role::Compared && is_alike(file.kind));
    if let Some(old) = old.filter(|_| !is_taken) {
        old.name = name;
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

/// The formats of the files that were loaded, in the order in which they are reported.
pub(crate) fn formats(sides: &[&LoadedSide]) -> Vec<Format> {
    let is_there = |format: &Format| sides.iter().any(|side| side.of(*format).next().is_some());
    [Format::Protobuf, Format::Avro].into_iter().filter(is_there).collect()
}

impl LoadedSide {
    pub(crate) fn of(&self, format: Format) -> impl Iterator<Item = &LoadedFile> {
        self.files.iter().filter(move |file| file.kind.format() == format)
    }
}

pub(crate) fn scan(kind: FileKind, text: &str) -> Scanned {
    match kind {
        FileKind::Protobuf | FileKind::DescriptorSet => scan_protobuf(text),
        FileKind::AvroIdl => Scanned { imports: avro::imports(text), ..Scanned::default() },
        FileKind::Avro => Scanned::default(),
    }
}

fn scan_protobuf(text: &str) -> Scanned {
    Scanned {
        imports: schema::scan_imports(text).into_iter().map(|import| import.path.into_owned()).collect(),
        package: schema::scan_package(text).unwrap_or_default(),
    }
}

/// What was passed over, with an example.
pub(crate) fn passed_over(skipped: &Skipped) -> Option<String> {
    let words = skipped.summary()?;
    Some(match skipped.examples.first() {
        Some(example) => format!("{words}, such as `{example}`"),
        None => words,
    })
}

/// What was passed over in the new version, and in the old one if it is not as much.
pub(crate) fn passed_over_of_both(old: &Skipped, new: &Skipped) -> Option<String> {
    let of_old = (old.summary() != new.summary()).then(|| passed_over(old)).flatten();
    let of_old = of_old.map(|words| format!("in the old version: {words}"));
    let both: Vec<String> = passed_over(new).into_iter().chain(of_old).collect();
    (!both.is_empty()).then(|| both.join("; "))
}

/// A run that compared nothing is no verdict.
fn nothing_compared(parts: &[Part], unchanged: usize) -> Option<Diagnostic> {
    let declares = |linked: &Linked| linked.schema.decls().next().is_some();
    let declares = |part: &Part| declares(&part.linked.old) || declares(&part.linked.new);
    let is_empty = unchanged == 0 && !parts.iter().any(declares);
    is_empty.then(no_declarations)
}

pub(crate) fn no_declarations() -> Diagnostic {
    Diagnostic::error("project/nothing_compared", "no schema of either version declares anything")
        .note("the files are empty, or hold nothing but comments, imports and options")
        .help("name the directory that holds the schemas")
}

/// Old declarations of which nothing tells what became of them: the new version declares the name in several files, none
/// of which is the old one's. (Files that declare one name and are needed together are an error of the linker; those
/// that are not are compared file by file.)
pub(crate) fn ambiguous_names(linked: Pair<&Linked>, scope: &Scope) -> Vec<Diagnostic> {
    let (old, new) = (&linked.old.schema, &linked.new.schema);
    let mut problems = Vec::new();
    for (_, decl) in old.decls() {
        if decl.parent.is_some() || decl.name.is_none() || scope.unchanged.old.contains(&decl.module) {
            continue;
        }
        let file = &old.module(decl.module).name;
        let ids: Vec<_> = new.find_all(&decl.full_name).collect();
        let found: Vec<_> = ids.iter().map(|id| new.decl(*id)).collect();
        if found.len() < 2 || found.iter().any(|decl| new.module(decl.module).name == *file) {
            continue;
        }
        // Generated Avro schemas repeat what they use: of copies, any will do.
        let text = |id: &DeclId| new.fingerprint_decl(*id);
        if new.format() == Format::Avro && ids.iter().all(|id| text(id) == text(&ids[0])) {
            continue;
        }
        let files: Vec<String> = found.iter().map(|decl| format!("\"{}\"", new.module(decl.module).name)).collect();
        let message = format!("`{}` of \"{file}\" could be that of {} now", decl.full_name, files.join(" or "));
        let mut problem = Diagnostic::error("project/ambiguous_name", message);
        for (decl, label) in found.iter().zip(["it could be this one", "or this one"]) {
            if let Some(place) = linked.new.map.place(decl.node.0) {
                problem = problem.at(place.name, label);
            }
        }
        problems.push(problem.help("declare the name once, or compare the trees that declare it in runs of their own"));
    }
    problems
}

/// Reads the files of one format. `also_known` are further files of Protobuf.
pub(crate) fn link(side: &LoadedSide, format: Format, also_known: &[(String, FileId)], sources: &Sources) -> Linked {
    if format == Format::Avro {
        return avro::link(side.of(format), sources);
    }
    if let Some((file, bytes)) = descriptor_set(side) {
        let name = sources.file(file.id).name();
        return read_descriptor_set(name, bytes, ReadLimits::default(), &LinkOptions::default()).into();
    }
    let named = side.of(format).map(|file| (file.name.as_str(), file.id));
    let files: Vec<_> = named.chain(also_known.iter().map(|(name, id)| (name.as_str(), *id))).collect();
    schema::read(&files, sources, &LinkOptions::default()).into()
}

/// No files of a format.
pub(crate) fn link_none(format: Format, sources: &Sources) -> Linked {
    match format {
        Format::Avro => avro::link(std::iter::empty(), sources),
        _ => schema::read(&[], sources, &LinkOptions::default()).into(),
    }
}

impl From<schema::Linked> for Linked {
    fn from(linked: schema::Linked) -> Self {
        Self { schema: linked.schema, map: linked.map, diagnostics: linked.diagnostics }
    }
}

/// What is wrong with the schemas of a side, in words that fit where its files come from.
///
/// A file that is no text has been complained about; what a reader made of its remains is no news.
pub(crate) fn problems(side: &LoadedSide, linked: &mut Linked, role: Version, sources: &Sources) -> Vec<Diagnostic> {
    let unreadable: HashSet<FileId> =
        sources.diagnostics().iter().filter_map(|problem| Some(problem.span()?.file)).collect();
    let mut problems = std::mem::take(&mut linked.diagnostics);
    problems.retain(|problem| problem.span().is_none_or(|span| !unreadable.contains(&span.file)));
    for problem in &mut problems {
        if problem.code == "protobuf/missing_import" {
            advise_on_import(problem, side, role, sources);
        }
        avro::advise(problem);
    }
    problems
}

/// The problems of the old version but for imports that the same file of the new version misses too: there it is said
/// that both do.
fn without_common_imports(
    old: Vec<Diagnostic>,
    old_side: &LoadedSide,
    new: &mut [Diagnostic],
    new_side: &LoadedSide,
) -> Vec<Diagnostic> {
    let mut missing: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (at, problem) in new.iter().enumerate().filter(|(_, problem)| problem.code == "protobuf/missing_import") {
        if let Some(name) = file_name(problem, new_side) {
            missing.entry((name, problem.message.clone())).or_default().push(at);
        }
    }
    let mut rest = Vec::new();
    for problem in old {
        let twin = (problem.code == "protobuf/missing_import")
            .then(|| missing.get_mut(&(file_name(&problem, old_side)?, problem.message.clone()))?.pop())
            .flatten();
        let Some(twin) = twin.and_then(|at| new.get_mut(at)).filter(|twin| twin.help == problem.help) else {
            rest.push(problem);
            continue;
        };
        for note in problem.notes {
            if !twin.notes.contains(&note) {
                twin.notes.push(note);
            }
        }
        twin.notes.push(format!("it is missing in both versions, {} and {}", old_side.label, new_side.label));
    }
    rest
}

/// What others import the file by that a problem stands in.
fn file_name<'a>(problem: &Diagnostic, side: &'a LoadedSide) -> Option<&'a str> {
    let id = problem.span()?.file;
    side.files.iter().find(|file| file.id == id).map(|file| file.name.as_str())
}

/// Says where an import was looked for, and how to have it looked for elsewhere.
fn advise_on_import(problem: &mut Diagnostic, side: &LoadedSide, role: Version, sources: &Sources) {
    if descriptor_set(side).is_some() {
        problem.notes = vec!["a descriptor set is read by itself: nothing is looked for beside it".to_owned()];
        problem.help = Some(
            "make the set again with all that its files import: `protoc --include_imports --descriptor_set_out=FILE`, or \
             `buf build -o FILE`"
                .to_owned(),
        );
        return;
    }
    let roots: Vec<String> = side.include_roots.iter().map(|root| format!("`{}`", or_dot(root))).collect();
    let places = match roots.len() {
        0 => format!("`{}` and the directories that hold it", or_dot(&side.shown)),
        _ => roots.join(", "),
    };
    problem.notes = vec![format!("looked for it below {places}")];
    if !side.buf_dependencies.is_empty() {
        let dependencies = side.buf_dependencies.join("`, `");
        problem.notes.push(format!("buf.yaml depends on `{dependencies}`, and nothing is fetched from a registry"));
    }
    let elsewhere = imported(problem, sources).and_then(|import| side.found_elsewhere.get(import));
    let Some(elsewhere) = elsewhere.map(|root| or_dot(root)) else {
        if let Some(dir) = imported(problem, sources).and_then(|import| side.found_below.get(import)) {
            let roots = side.include_roots.iter().chain([dir]).map(|root| format!("-I {}", or_dot(root)));
            let roots = roots.collect::<Vec<_>>().join(" ");
            problem.notes.push(format!("the repository has a file of that path below `{}`", or_dot(dir)));
            problem.help = Some(format!("name the directory that the import starts at: `{roots}`"));
            return;
        }
        problem.help = Some("name the directory that the import starts at: `-I DIR`".into());
        return;
    };
    let (this, other) = match role {
        Version::Old => ("old", "new"),
        Version::New => ("new", "old"),
    };
    problem.notes.push(format!(
        "`-I {elsewhere}` has it, but belongs to the {other} version, and the {this} one is not read with it"
    ));
    problem.help = Some(match role {
        Version::Old => format!(
            "name the include root of the old version: `--against-include DIR` (`--against-include {elsewhere}`, if \
             both versions import from there)"
        ),
        Version::New => {
            format!(
                "name the include root of the new version, and say whose this one is: `-I DIR --against-include {elsewhere}`"
            )
        }
    });
}

/// The import that a problem points at, between its quotes.
fn imported<'a>(problem: &Diagnostic, sources: &'a Sources) -> Option<&'a str> {
    let span = problem.span()?;
    let text = sources.file(span.file).text().get(span.start as usize..span.end as usize)?;
    Some(text.trim_matches(['"', '\'']))
}

/// A file that others import by a second name: under that name stands a file that makes the first one visible,
/// so that what it declares is declared once.
pub(crate) fn forward_aliases(side: &LoadedSide, sources: &mut Sources) -> Vec<(String, FileId)> {
    let mut forwarding = Vec::new();
    for file in &side.files {
        for alias in &file.aliases {
            let text = format!("import public \"{}\";", escaped(&file.name)).into_bytes();
            forwarding.push((alias.clone(), sources.add(alias.as_str(), side.label.as_str(), text)));
        }
    }
    forwarding
}

/// A name as it stands in a Protobuf string.
fn escaped(name: &str) -> String {
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f);
    let mut bytes = Vec::with_capacity(name.len());
    for byte in name.bytes() {
        if is_plain(byte) {
            bytes.push(byte);
        } else {
            bytes.extend_from_slice(format!("\\{byte:03o}").as_bytes());
        }
    }
    String::from_utf8(bytes).expect("only ASCII was replaced, by ASCII")
}

/// The descriptor set, if that is what the user named; it stands alone then.
fn descriptor_set(side: &LoadedSide) -> Option<(&LoadedFile, &[u8])> {
    side.files.iter().find_map(|file| Some((file, file.bytes.as_deref()?)))
}

/// Leaves out the modules that are only there because others import them, unless they changed: data of the schemas holds
/// what they declare. An import that is on one side only was taken up or dropped by the schemas, and is no declaration
/// that is new or gone. Of a descriptor set, whose files are all on a par, the well-known modules are left out.
pub(crate) fn scope(sides: Pair<&LoadedSide>, format: Format, linked: Pair<&Linked>) -> Scope {
    let mut scope = Scope::default();
    for (side, other_side, linked, other, unchanged) in [
        (sides.old, sides.new, linked.old, linked.new, &mut scope.unchanged.old),
        (sides.new, sides.old, linked.new, linked.old, &mut scope.unchanged.new),
    ] {
        let is_compared = |file: &&LoadedFile| file.role == Role::Compared || file.is_changed;
        let compared: HashMap<&str, Role> =
            side.of(format).filter(is_compared).map(|file| (file.name.as_str(), file.role)).collect();
        let is_set = descriptor_set(side).is_some();
        let in_both: HashSet<_> = linked
            .schema
            .decls()
            .filter(|(_, decl)| {
                decl.parent.is_none() && decl.name.is_some() && other.schema.find(&decl.full_name).is_some()
            })
            .map(|(_, decl)| decl.module)
            .collect();
        // A well-known type of the one version that is a file of the other one may say something else there.
        let replaces_built_in = |name: &str| {
            schema::wkt::find(name).is_some()
                && other_side.of(format).any(|file| file.name == name && file.is_changed)
                && side.of(format).all(|file| file.name != name)
        };
        let is_left_out = |id, name: &str| match compared.get(name) {
            _ if is_set => schema::wkt::find(name).is_some(),
            Some(Role::Compared) => false,
            Some(Role::Imported) => !in_both.contains(&id),
            None => !replaces_built_in(name),
        };
        let others = linked.schema.modules().filter(|(id, module)| is_left_out(*id, &module.name));
        unchanged.extend(others.map(|(id, _)| id));
    }
    scope
}
