//! From the texts of one version to its schemas, format by format.

use canread_model::{Format, Schema};
use canread_protobuf::schema::{
    self, LinkOptions,
    descriptor::{ReadLimits, read_descriptor_set},
};
use canread_syntax::{Diagnostic, FileId, SourceMap, Sources};

use crate::avro;
use crate::{FileKind, LoadedFile, LoadedSide, Scanned};

/// One version of the schemas of one format.
#[derive(Debug)]
pub(crate) struct Linked {
    pub(crate) schema: Schema,
    pub(crate) map: SourceMap,
    pub(crate) diagnostics: Vec<Diagnostic>,
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

/// A file that others import by a second name: under that name stands a file that makes the first one visible,
/// so that what it declares is declared once.
pub(crate) fn forward_aliases(side: &LoadedSide, sources: &mut Sources) -> Vec<(String, FileId)> {
    let mut forwarding = Vec::new();
    for file in &side.files {
        for alias in &file.aliases {
            forwarding.push((alias.clone(), forward_alias(alias, &file.name, &side.label, sources)));
        }
    }
    forwarding
}

/// The file that stands under an alias of one.
pub(crate) fn forward_alias(alias: &str, name: &str, label: &str, sources: &mut Sources) -> FileId {
    sources.add(alias, label, format!("import public \"{}\";", escaped(name)).into_bytes())
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
pub(crate) fn descriptor_set(side: &LoadedSide) -> Option<(&LoadedFile, &[u8])> {
    side.files.iter().find_map(|file| Some((file, file.bytes.as_deref()?)))
}
