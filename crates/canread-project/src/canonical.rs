//! The canonical form of files, and fingerprints of it.

use std::fmt::Write;

use canread_avro::schema::{canonical_form, canonical_form_of, fingerprint, print as avro_print};
use canread_model::{DeclKind, Format, ModuleId, Schema};
use canread_protobuf::schema::print::Printer;
use canread_syntax::Diagnostic;

use crate::Reading;

/// The canonical form of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Canonical {
    /// The file, as shown to users.
    pub file: String,
    /// What it is written in.
    pub format: Format,
    /// The forms in it, in the order of the file: one of a schema, one for each named type of a protocol.
    pub forms: Vec<Form>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Form {
    /// The named type or the module, where the file has several forms.
    pub name: Option<String>,
    /// The text, without a line end behind it.
    pub text: String,
}

/// How a form is made short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the three of the Avro specification")]
pub enum Digest {
    /// CRC-64-AVRO, of Avro schemas only.
    Crc64Avro,
    /// MD5.
    Md5,
    /// SHA-256.
    Sha256,
}

impl Reading {
    /// The canonical form of each file, in the order of their paths.
    ///
    /// * Avro: Parsing Canonical Form. A protocol has none of its own, but its named types do.
    /// * Protobuf: the text that the printer makes, without comments. The order of declarations is kept.
    ///
    /// # Errors
    ///
    /// What can't be said in the form: it would be that of another schema.
    pub fn canonical(&self) -> Result<Vec<Canonical>, Vec<Diagnostic>> {
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for (file, linked) in self.files() {
            let schema = &linked.schema;
            let format = schema.format();
            let forms = match format {
                Format::Avro => file.modules.iter().flat_map(|id| avro(schema, *id)).collect(),
                _ => protobuf(schema, &file.modules, &mut problems),
            };
            all.push(Canonical { file: self.sources.file(file.id).name().to_owned(), format, forms });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        all.sort_by(|one, two| one.file.cmp(&two.file));
        Ok(all)
    }
}

impl Form {
    /// The fingerprint in hexadecimal digits, over the text without a line end.
    ///
    /// That of CRC-64-AVRO is written as it stands in front of single objects, least significant byte first.
    ///
    /// Source: Avro 1.12, "Schema Fingerprints", "Single object encoding specification".
    #[must_use]
    pub fn fingerprint(&self, digest: Digest) -> String {
        match digest {
            Digest::Crc64Avro => hex(&fingerprint::crc64(&self.text).to_le_bytes()),
            Digest::Md5 => hex(&fingerprint::md5(&self.text)),
            Digest::Sha256 => hex(&fingerprint::sha256(&self.text)),
        }
    }
}

fn avro(schema: &Schema, module: ModuleId) -> Vec<Form> {
    if let Some(root) = avro_print::root(schema, module) {
        return vec![Form { name: None, text: canonical_form(schema, root) }];
    }
    let declared = schema.module(module).decls.iter().map(|id| (*id, schema.decl(*id)));
    let named = declared.filter(|(_, decl)| {
        decl.name.is_some() && matches!(decl.kind, DeclKind::Record(_) | DeclKind::Enum(_) | DeclKind::Fixed(_))
    });
    named
        .map(|(id, decl)| Form { name: Some(decl.full_name.to_string()), text: canonical_form_of(schema, id) })
        .collect()
}

fn protobuf(schema: &Schema, modules: &[ModuleId], problems: &mut Vec<Diagnostic>) -> Vec<Form> {
    let printer = Printer::new(schema);
    let mut text = |id: ModuleId| {
        let page = printer.module(id);
        problems.extend(page.diagnostics);
        page.text.trim_end().to_owned()
    };
    let name = |id: ModuleId| (modules.len() > 1).then(|| schema.module(id).name.to_string());
    modules.iter().map(|id| Form { name: name(*id), text: text(*id) }).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
