//! The canonical form: one text for one content.
//!
//! Two schemas have the same canonical form if and only if no rule about data
//! or calls can tell them apart. The text leaves out
//!
//! - text positions and documentation,
//! - the layout of files: names of modules, imports, which module a declaration stands in,
//! - orders that say nothing: of declarations, of annotations under different
//!   paths, of methods, of fields that data finds by number or name, of enum
//!   values, of map entries in values,
//! - how a thing was said, where the model holds what it means: Protobuf
//!   syntaxes, editions and features, runs of reserved numbers cut in two.
//!
//! Everything else is in it, with references by full name. An anonymous
//! declaration follows the named one that it is part of, and stands in it as
//! `#1`, `#2`… in the order of first mention. So no depth or cycle of anonymous
//! declarations needs a stack or a special case.
//!
//! The promise holds for schemas in which [`Schema::problems`] finds nothing.
//!
//! # Grammar
//!
//! Words are separated by one space; lists shown on lines of their own stand so
//! in the text, indented by two spaces a level, up to 16 levels. `TEXT` is in double quotes with
//! `\"`, `\\`, `\t`, `\n`, `\r` and `\u{…}` for other control characters.
//!
//! ```text
//! schema     = "(canread 1" FORMAT ")" module* scope*
//! module     = "(module" TEXT ("(language" TEXT TEXT ")")* annotation* ")"
//! scope      = decl anonymous*
//! decl       = "(" KIND (TEXT | "#0") head body ")"
//! anonymous  = "(" KIND "#" N head body ")"
//! head       = DIALECT? ("(in" TEXT ")")? VISIBILITY? also* constraint* annotation*
//! also       = "(also" TEXT ")"
//! annotation = "(annotation" FORMAT TEXT literal ")"
//! ref        = SPACE? (TEXT | "#" N)
//!
//! body of
//!   record    = KIND? "abstract"? "mixed"? "ordered"? "json-best-effort"? set* reserved*
//!               ("closed" | "open" | "(extra" type ")")? from? extensions* oneof* field*
//!               particle? open-content? attribute-group* any-attribute?
//!   union     = "exactly-one"? STYLE arm*
//!   enum      = ("open" | "closed") BASE "allow-alias"? "json-best-effort"? ("(default" TEXT ")")?
//!               ("(first" TEXT ")")? reserved* from? value*
//!   alias     = set? type from?
//!   fixed     = N type
//!   const     = type literal
//!   service   = ("(base" ref ")")? method*
//!   extension = "(of" type ")" field
//!   element   = preset? "abstract"? set* type ("(substitutes" ref ")")* identity*
//!   group     = occurs? field* particle? attribute-group* any-attribute?
//!
//! field      = "(field" TEXT (N "auto"?)? PRESENCE preset? ("(oneof" TEXT ")")? "delimited"? also*
//!              ("(wire" ENCODING TEXT? N? ")")* ("(namespace" TEXT ")")? ROLE? occurs? ORDER? VISIBILITY?
//!              annotation* type ")"
//! arm        = "(arm" TEXT? (N "auto"?)? preset? annotation* type ")"
//! value      = "(value" TEXT (N "auto"?)? ("(literal" literal ")")? also* annotation* ")"
//! method     = "(method" TEXT FLAG* annotation* takes* ("(returns" type ")")? throws* ")"
//! preset     = "(" ("default" | "fixed") literal ")"
//! reserved   = "(reserved" (N N | TEXT) ")"
//! extensions = "(extensions" N N annotation* ")"
//! oneof      = "(oneof" TEXT annotation* ")"
//! from       = "(from" METHOD type* ")"
//! set        = "(" ("block" | "final") METHOD+ ")"
//! occurs     = "(occurs" N (N | "_") ")"
//! particle   = "(" ("sequence" | "choice" | "all") occurs? particle* ")"
//!            | "(at" N occurs? ")" | "(group" ref occurs? ")" | "(any" wildcard occurs? ")"
//! wildcard   = ("(" ("only" | "not") TEXT* ")")? PROCESS ("(except" TEXT+ ")")?
//! identity   = "(" ("unique" | "key" | "keyref") TEXT ("(to" TEXT ")")? TEXT TEXT* ")"
//!
//! type       = "(" KIND PARAMETER* "null-last"? logical? constraint* annotation* type* ("(rest" type ")")?
//!              throw* ("(reply" type ")")? ")"
//! logical    = "(logical" TEXT KIND PARAMETER* ")"
//! constraint = "(" KIND PARAMETER* ")"
//! literal    = "null" | "true" | "false" | N | TEXT | "(float" ("nan" | HEX) ")" | "(number" TEXT ")"
//!            | "(bytes" HEX ")" | "(symbol" TEXT ")" | "(list" literal* ")" | "(map" entry* ")"
//! entry      = "(" ("field" | "extension" | "any") TEXT literal ")" | "(entry" literal literal ")"
//! ```

mod constraint;
mod decl;
mod field;
mod literal;
mod order;
mod record;
mod text;
mod types;
mod words;

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{DeclId, Fingerprint, Format, Literal, Module, Schema, SymbolSpace};
use text::Text;

impl Schema {
    /// The canonical form of the whole schema: equal for equal content, whatever
    /// the files, the order and the documentation.
    ///
    /// The grammar is at the top of `canonical/mod.rs`; its version is the first
    /// number in the text.
    ///
    /// ```
    /// use canread::schema::model::{Alias, Decl, DeclKind, Dialect, Format, Int, Module, Schema, Type, TypeKind};
    ///
    /// let mut schema = Schema::new(Format::Thrift);
    /// let module = Module::new(schema.node(), "shop.thrift", "shop", Dialect::Thrift);
    /// let module = schema.add_module(module);
    /// let id = Alias::new(Type::new(schema.node(), TypeKind::Int(Int::I64)));
    /// let id = Decl::new(schema.node(), module, "Id", "shop.Id", DeclKind::Alias(id));
    /// schema.add_decl(id);
    ///
    /// assert_eq!(schema.canonical(), "(canread 1 thrift)\n(alias \"shop.Id\" apache (int 64 signed native))\n");
    /// ```
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = Text::kept();
        write_schema(self, &mut text);
        text.into_string()
    }

    /// The canonical form of one declaration and the anonymous ones in it.
    ///
    /// Declarations that it refers to, and those nested in it, are in it by name
    /// only; options of its module are not in it.
    #[must_use]
    pub fn canonical_decl(&self, id: DeclId) -> String {
        let mut text = Text::kept();
        write_decl(self, id, &mut text);
        text.into_string()
    }

    /// The SHA-256 of [`Schema::canonical`], made without the text.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut text = Text::hashed();
        write_schema(self, &mut text);
        Fingerprint::from_bytes(text.into_hash())
    }

    /// The SHA-256 of [`Schema::canonical_decl`], made without the text.
    #[must_use]
    pub fn fingerprint_decl(&self, id: DeclId) -> Fingerprint {
        let mut text = Text::hashed();
        write_decl(self, id, &mut text);
        Fingerprint::from_bytes(text.into_hash())
    }
}

/// Whether two values are the same one.
pub(crate) fn same(one: &Literal, two: &Literal) -> bool {
    literal::to_string(one) == literal::to_string(two)
}

/// Writes declarations of one schema to one text.
struct Canon<'a, 't> {
    schema: &'a Schema,
    text: &'t mut Text,
    /// Numbers of the anonymous declarations of the scope that is being written.
    labels: FxHashMap<DeclId, u32>,
    /// Those of them that were mentioned, in that order.
    mentioned: Vec<DeclId>,
    /// Empty but while a type is written; kept for its room.
    type_steps: Vec<types::Step<'a>>,
}

impl<'a, 't> Canon<'a, 't> {
    fn new(schema: &'a Schema, text: &'t mut Text) -> Self {
        Self { schema, text, labels: FxHashMap::default(), mentioned: Vec::new(), type_steps: Vec::new() }
    }

    /// Writes a declaration, and after it the anonymous ones that are part of it.
    fn scope(&mut self, id: DeclId) {
        self.labels.clear();
        self.mentioned.clear();
        self.label(id);
        let mut written = 0;
        while let Some(id) = self.mentioned.get(written).copied() {
            self.decl(self.schema.decl(id), self.labels[&id]);
            written += 1;
        }
    }

    /// Writes what another declaration is known by.
    fn reference(&mut self, id: DeclId) {
        let decl = self.schema.decl(id);
        if let Some(space) = decl::space(&decl.kind) {
            self.text.word(space);
        }
        if decl.name.is_some() {
            self.text.quoted(&decl.full_name);
        } else {
            let label = self.label(id);
            self.text.label(label);
        }
    }

    fn label(&mut self, id: DeclId) -> u32 {
        let next = u32::try_from(self.mentioned.len()).expect("a schema has fewer than 2^32 declarations");
        *self.labels.entry(id).or_insert_with(|| {
            self.mentioned.push(id);
            next
        })
    }
}

fn write_schema(schema: &Schema, text: &mut Text) {
    write_format(schema.format(), text);
    let modules: BTreeSet<String> = schema.modules().filter_map(|(_, module)| module_text(schema, module)).collect();
    for module in modules {
        text.written(&module);
    }
    for id in named(schema) {
        Canon::new(schema, text).scope(id);
    }
    for root in anonymous_roots(schema) {
        text.written(&root);
    }
}

fn write_decl(schema: &Schema, id: DeclId, text: &mut Text) {
    write_format(schema.format(), text);
    Canon::new(schema, text).scope(id);
}

fn write_format(format: Format, text: &mut Text) {
    text.open("canread 1");
    text.word(format.as_str());
    text.close();
}

/// What a module says besides its declarations, if anything.
fn module_text(schema: &Schema, module: &Module) -> Option<String> {
    if module.lang_namespaces.is_empty() && module.meta.annotations.is_empty() {
        return None;
    }
    let mut text = Text::kept();
    text.open("module");
    text.quoted(&module.namespace);
    for (language, namespace) in order::by(&module.lang_namespaces, Ord::cmp) {
        text.start("language");
        text.quoted(language);
        text.quoted(namespace);
        text.end();
    }
    Canon::new(schema, &mut text).annotations(&module.meta.annotations);
    text.close();
    Some(text.into_string())
}

/// Named declarations by full name. A name that is taken twice, which a reader
/// reports as an error, is ordered by what it declares.
fn named(schema: &Schema) -> Vec<DeclId> {
    let name = |id: DeclId| {
        let decl = schema.decl(id);
        (&*decl.full_name, SymbolSpace::of(&decl.kind))
    };
    let mut ids: Vec<DeclId> = schema.decls().filter(|(_, decl)| decl.name.is_some()).map(|(id, _)| id).collect();
    ids.sort_by(|one, two| name(*one).cmp(&name(*two)));
    for taken in ids.chunk_by_mut(|one, two| name(*one) == name(*two)).filter(|ids| ids.len() > 1) {
        taken.sort_by_cached_key(|id| schema.canonical_decl(*id));
    }
    ids
}

/// Texts of the anonymous declarations that are part of no other: the roots of their modules.
fn anonymous_roots(schema: &Schema) -> Vec<String> {
    let anonymous: Vec<DeclId> = schema.decls().filter(|(_, decl)| decl.name.is_none()).map(|(id, _)| id).collect();
    if anonymous.is_empty() {
        return Vec::new();
    }
    let used: FxHashSet<DeclId> = schema.decls().flat_map(|(_, decl)| decl.references()).collect();
    let mut roots: Vec<String> = anonymous
        .into_iter()
        .filter(|id| !used.contains(id))
        .map(|id| {
            let mut text = Text::kept();
            Canon::new(schema, &mut text).scope(id);
            text.into_string()
        })
        .collect();
    roots.sort_unstable();
    roots
}
