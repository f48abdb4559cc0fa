//! Avro in a run: what IDL imports, what files are called, and advice that fits files on disk.

use canread_avro::schema::{self, LinkOptions, Syntax, idl};
use canread_model::Format;
use canread_syntax::{Diagnostic, FileId, Sources};

use crate::link::Linked;
use crate::{FileKind, LoadedFile};

/// The paths that a text of IDL imports.
pub(crate) fn imports(text: &str) -> Vec<String> {
    let file = idl::parse(FileId(0), text).file;
    let imports = file.into_iter().flat_map(|file| file.imports);
    imports.map(|import| import.path.text.into_owned()).collect()
}

/// Gives files whose names lead out of the directory of their side (`../common/money.avdl`) names that don't. The linker
/// resolves paths by names alone, and can't follow one above the first directory.
///
/// All sides of a run are given together, so that equal names stay equal.
pub(crate) fn level_names<const SIDES: usize>(mut sides: [&mut Vec<LoadedFile>; SIDES]) {
    let mut files: Vec<&mut LoadedFile> = sides.iter_mut().flat_map(|files| files.iter_mut()).collect();
    files.retain(|file| file.kind.format() == Format::Avro);
    let most = files.iter().map(|file| ups(&file.name)).max().unwrap_or(0);
    for file in files {
        let count = ups(&file.name);
        file.name = format!("{}{}", "_/".repeat(most - count), &file.name[count * UP.len()..]);
    }
}

const UP: &str = "../";

/// How many directories a name leads upwards.
fn ups(name: &str) -> usize {
    let mut rest = name;
    while let Some(next) = rest.strip_prefix(UP) {
        rest = next;
    }
    (name.len() - rest.len()) / UP.len()
}

/// Reads Avro files.
pub(crate) fn link<'a>(files: impl Iterator<Item = &'a LoadedFile>, sources: &Sources) -> Linked {
    let syntax = |kind| if kind == FileKind::AvroIdl { Syntax::Idl } else { Syntax::Json };
    let files: Vec<_> = files.map(|file| (file.name.as_str(), file.id, syntax(file.kind))).collect();
    let linked = schema::read_as(&files, sources, &LinkOptions::default());
    Linked { schema: linked.schema, map: linked.map, diagnostics: linked.diagnostics }
}

/// Whether a problem of the old version is no news beside the new one: that schemas which have nothing to do with each
/// other declare one name there too.
pub(crate) fn is_old_news(problem: &Diagnostic) -> bool {
    !problem.is_error() && problem.code == "avro/redefined_type"
}

/// Says what to do in the words of the command.
pub(crate) fn advise(problem: &mut Diagnostic) {
    let help = match problem.code {
        "avro/missing_import" => "the path is relative to the directory of this file, and has to stay in the project",
        "avro/redefined_type" => {
            "if the files are versions of one schema, compare them with each other: `canread check NEW --against OLD`; \
             else give each a name of its own, or make them the same"
        }
        _ => return,
    };
    problem.help = Some(help.to_owned());
}
