//! One version by itself: for what looks at schemas and compares nothing.

use std::collections::HashMap;

use canread_avro::schema::Syntax;
use canread_compat::Pair;
use canread_model::{Format, ModuleId};
use canread_protobuf::schema::wkt;
use canread_report::Compared;
use canread_syntax::{Diagnostic, FileId, Sources};

use super::{Linked, Version, descriptor_set, formats, forward_aliases, link, passed_over, problems, scan};
use crate::{FileKind, Loaded, Places, Project, Result, Role, avro};

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

impl Reading {
    /// Finds, reads, parses and links the files of one version: a path, or `REF:PATH`.
    ///
    /// # Errors
    ///
    /// Whatever keeps the run from starting; see [`ErrorKind`](crate::ErrorKind).
    pub fn load(project: &Project, named: &str) -> Result<Self> {
        let tree = project.open_named(named)?;
        let is_file = tree.is_file;
        let Loaded { mut sources, mut side, mut diagnostics, .. } = project.load(tree, &scan)?;
        avro::level_names([&mut side.files]);
        diagnostics.extend_from_slice(sources.diagnostics());
        let aliases = forward_aliases(&side, &mut sources);
        let is_on_disk = side.commit.is_none();
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
            let input = |name: &str, id, kind| Input { name: name.to_owned(), id, kind };
            let mut of_part: Vec<Input> = side.of(format).map(|file| input(&file.name, file.id, file.kind)).collect();
            if format == Format::Protobuf {
                of_part.extend(aliases.iter().map(|(name, id)| input(name, *id, FileKind::Protobuf)));
            }
            inputs.push(of_part);
            parts.push(linked);
        }
        diagnostics.sort_by_key(Diagnostic::span);
        let places = Places::of(None, &side);
        let passed_over = passed_over(&side.skipped);
        let versions = Pair { old: String::new(), new: side.label };
        let compared = Compared::new(side.schemas, 0, versions).passed_over(passed_over);
        Ok(Self { sources, diagnostics, compared, is_file, is_on_disk, places, parts, inputs, files })
    }

    /// Whether everything was understood.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Each file with the part that it is in.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&ReadFile, &Linked)> {
        self.files.iter().filter_map(|file| Some((file, self.parts.get(file.part)?)))
    }
}
