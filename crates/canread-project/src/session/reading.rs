//! One version by itself: for what looks at schemas and compares nothing.

use std::collections::{HashMap, HashSet};

use canread_avro::schema::Syntax;
use canread_compat::Pair;
use canread_model::{Format, ModuleId};
use canread_protobuf::schema::wkt;
use canread_report::Compared;
use canread_syntax::{Diagnostic, FileId, Sources};

use crate::link::{Linked, descriptor_set, formats, forward_aliases, link, scan};
use crate::lock::Purpose;
use crate::path::{join, normalise};
use crate::problems::{Version, problems};
use crate::roots::place;
use crate::side::shown_of;
use crate::tree::Tree;
use crate::{Entry, FileKind, Loaded, Places, Project, Result, Role, Skipped, avro};

/// One version of schemas, read and linked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The texts.
    pub sources: Sources,
    /// Everything that is wrong with single files, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read; there is no old version.
    pub compared: Compared,
    /// Whether the user named a file, and no directory.
    pub is_file: bool,
    /// Whether the files lie on disk as they were read, and in no commit.
    pub is_on_disk: bool,
    /// Where the version lies, or would if it were checked out.
    pub(crate) place: Option<ReadPlace>,
    /// What is no schema that was found, and was read beside them: `buf.yaml` and the like.
    pub(crate) configurations: Vec<FileId>,
    /// Where the files lie.
    pub places: Places,
    pub(crate) parts: Vec<Linked>,
    /// What each part was read from, files that are only imported among it.
    pub(crate) inputs: Vec<Vec<Input>>,
    pub(crate) files: Vec<ReadFile>,
}

/// A text under the name by which others import it.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) id: FileId,
    kind: FileKind,
    /// It stands for another one under a second name.
    is_alias: bool,
}

impl Input {
    /// What Avro is written in.
    pub(crate) fn syntax(&self) -> Syntax {
        if self.kind == FileKind::AvroIdl { Syntax::Idl } else { Syntax::Json }
    }
}

/// A file that the user named, or that lies in a directory that was named.
#[derive(Debug, Clone)]
pub(crate) struct ReadFile {
    pub(crate) id: FileId,
    pub(crate) kind: FileKind,
    /// Which of the parts it is in.
    pub(crate) part: usize,
    /// What it declares: several modules only of a descriptor set.
    pub(crate) modules: Vec<ModuleId>,
}

/// Where a version lies.
#[derive(Debug, Clone)]
pub(crate) struct ReadPlace {
    /// The full path on disk of what the user named.
    pub(crate) named: String,
    /// The directory of that, as users see it and in full.
    shown: String,
    dir: String,
}

impl ReadPlace {
    fn of(tree: &Tree) -> Option<Self> {
        let dir = place(tree)?;
        let name = tree.entries().first().filter(|_| tree.is_file).map_or("", Entry::path);
        Some(Self { named: join(&dir, name), shown: tree.shown.clone(), dir })
    }

    /// The full path of a file as users see it.
    pub(crate) fn full(&self, shown: &str) -> String {
        normalise(&join(&self.dir, &shown_of("", &self.shown, shown)))
    }
}

impl Reading {
    /// Finds, reads, parses and links the files of one version: a path, `REF:PATH` or `staged:PATH`.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn load(project: &Project, named: &str) -> Result<Self> {
        let tree = project.open_named(named)?;
        let (is_file, is_on_disk, place) = (tree.is_file, tree.is_on_disk(), ReadPlace::of(&tree));
        let Loaded { mut sources, mut side, mut diagnostics, .. } = project.load(tree, &scan)?;
        avro::level_names([&mut side.files]);
        diagnostics.extend_from_slice(sources.diagnostics());
        let schemas: HashSet<FileId> = side.files.iter().map(|file| file.id).collect();
        let configurations = sources.iter().map(|(id, _)| id).filter(|id| !schemas.contains(id)).collect();
        let aliases = forward_aliases(&side, &mut sources);
        let (mut parts, mut inputs, mut files) = (Vec::new(), Vec::new(), Vec::new());
        let is_set = descriptor_set(&side).is_some();
        for format in formats(&[&side]) {
            let mut linked = link(&side, format, &aliases, &sources);
            diagnostics.append(&mut problems(&side, &mut linked, Version::New, &sources));
            let modules_by_name: HashMap<&str, ModuleId> =
                linked.schema.modules().map(|(id, module)| (&*module.name, id)).collect();
            for file in side.of(format).filter(|file| file.role == Role::Compared) {
                let of_set = || linked.schema.modules().filter(|(_, module)| wkt::find(&module.name).is_none());
                let modules = if is_set {
                    of_set().map(|(id, _)| id).collect()
                } else {
                    modules_by_name.get(file.name.as_str()).copied().into_iter().collect()
                };
                files.push(ReadFile { id: file.id, kind: file.kind, part: parts.len(), modules });
            }
            let input = |name: &str, id, kind, is_alias| Input { name: name.to_owned(), id, kind, is_alias };
            let mut of_part: Vec<Input> =
                side.of(format).map(|file| input(&file.name, file.id, file.kind, false)).collect();
            if format == Format::Protobuf {
                of_part.extend(aliases.iter().map(|(name, id)| input(name, *id, FileKind::Protobuf, true)));
            }
            inputs.push(of_part);
            parts.push(linked);
        }
        diagnostics.sort_by_key(Diagnostic::span);
        let places = Places::of(None, &side);
        let passed_over = Skipped::of_all([], &side.skipped);
        let versions = Pair { old: String::new(), new: side.label };
        let compared = Compared::new(side.schemas, 0, versions).passed_over(passed_over);
        Ok(Self {
            sources,
            diagnostics,
            compared,
            is_file,
            is_on_disk,
            place,
            configurations,
            places,
            parts,
            inputs,
            files,
        })
    }

    /// Whether everything was understood.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Every text that was read, with what it is for; none for what is no text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (FileId, Option<Purpose>)> {
        let named: HashSet<FileId> = self.files.iter().map(|file| file.id).collect();
        let purpose = move |input: &Input| {
            let purpose = if named.contains(&input.id) { Purpose::Schema } else { Purpose::Import };
            (input.id, input.kind.is_text().then_some(purpose))
        };
        let of_files = self.inputs.iter().flatten().filter(|input| !input.is_alias).map(purpose);
        of_files.chain(self.configurations.iter().map(|id| (*id, Some(Purpose::Configuration))))
    }

    /// Each file with the part that it is in.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&ReadFile, &Linked)> {
        self.files.iter().filter_map(|file| Some((file, self.parts.get(file.part)?)))
    }
}
