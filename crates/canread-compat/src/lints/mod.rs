//! What one version of a schema says that is harmless today, and makes a later, ordinary change a break, or loses data
//! now. A lint's file is `<format>/<name>.rs`, and its id is `lint/<format>/<name>`.
//!
//! Each is about data, with the effect that it warns of; how a schema looks is nobody's business here.

mod avro;
mod protobuf;
mod seen;
mod twins;

use std::{collections::BTreeSet, sync::OnceLock};

use canread_model::{Decl, DeclId, Field, Module, ModuleId, Schema};

use crate::{Finding, Rule, Severity};
use seen::Seen;

/// What lints import.
mod prelude {
    pub(super) use super::{Lint, Shows, Subject, fields, member, seen::Seen, twins::twins};
    pub(super) use crate::{
        Claim,
        Direction::{Backward, Forward},
        Effect, Finding, Severity,
        Surface::{Json, Source, Wire},
        rule::{Example, Rule},
    };
    pub(super) use canread_model::{DeclKind, Format, Type, TypeKind};
}

/// One thing to look for in one version of a schema.
#[derive(Debug)]
pub struct Lint {
    /// What is said of it, as of any rule: the claims are what comes of it, the example has a schema in which it is found
    /// (`old`) and the same one mended (`new`). It looks at no change.
    pub rule: Rule,
    /// How much a finding matters by default.
    pub severity: Severity,
    /// What shows that it matters.
    pub shows: Shows,
    /// The code of a warning that the reader of the format gives within what is found, and that says the same.
    pub instead_of: Option<&'static str>,
    /// Looks at one thing. Pure; knows no policy.
    pub(crate) look: fn(Subject<'_>, &Seen<'_>) -> Vec<Finding>,
}

/// What shows that a lint matters.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "lints are written as constants")]
pub enum Shows {
    /// An ordinary change: it breaks the schema in which the lint is found, and not, or less, the one that is mended.
    Later {
        /// The rule that speaks then.
        rule: &'static str,
        /// The schema of the example after the change.
        bad: &'static str,
        /// The mended one after the same change.
        good: &'static str,
    },
    /// What happens without any change of the schema, or outside of it.
    Now(&'static str),
}

/// What a lint is asked about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// A file.
    Module(&'a Module),
    /// A declaration, nested ones each by itself.
    Decl(DeclId, &'a Decl),
}

impl<'a> Subject<'a> {
    /// The declaration, if it is one.
    fn decl(self) -> Option<&'a Decl> {
        match self {
            Self::Decl(_, decl) => Some(decl),
            Self::Module(_) => None,
        }
    }
}

/// Every lint, ordered by id.
#[must_use]
pub fn all() -> &'static [&'static Lint] {
    static ALL: OnceLock<Vec<&'static Lint>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut lints = [avro::LINTS, protobuf::LINTS].concat();
        lints.sort_by_key(|lint| lint.rule.id);
        lints
    })
}

/// The lint under an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Lint> {
    all().iter().copied().find(|lint| lint.rule.id == id)
}

/// Asks every lint of the format about some modules of a schema, and what is declared in them.
///
/// The schema must be free of errors. Takes time in proportion to its size.
#[must_use]
pub fn lint(schema: &Schema, modules: &BTreeSet<ModuleId>) -> Vec<Finding> {
    let seen = Seen::of(schema);
    let of_format: Vec<&'static Lint> =
        all().iter().copied().filter(|lint| lint.rule.formats.contains(&schema.format())).collect();
    let files = schema.modules().filter(|(id, _)| modules.contains(id)).map(|(_, module)| Subject::Module(module));
    let decls = schema.decls().filter(|(_, decl)| modules.contains(&decl.module));
    let subjects = files.chain(decls.map(|(id, decl)| Subject::Decl(id, decl)));
    let mut findings = Vec::new();
    for subject in subjects {
        for lint in &of_format {
            findings.extend((lint.look)(subject, &seen).into_iter().map(|finding| named(finding, lint)));
        }
    }
    findings
}

fn named(mut finding: Finding, lint: &'static Lint) -> Finding {
    finding.rule = &lint.rule;
    if finding.claims.is_empty() {
        finding.claims = lint.rule.claims.to_vec();
    }
    finding.help.get_or_insert_with(|| advice(lint.rule.remedy));
    debug_assert!(finding.claims.iter().all(|claim| lint.rule.claims.contains(claim)), "{} claims more", lint.rule.id);
    finding.severity = Some(lint.severity);
    finding
}

/// A sentence of a page as a help: lower-case, and without a full stop.
fn advice(remedy: &str) -> String {
    let mut characters = remedy.trim_end_matches('.').chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// The fields that a declaration brings: of a record, or the one of an extension.
fn fields(decl: &Decl) -> &[Field] {
    match (decl.as_record(), decl.as_extension()) {
        (Some(record), _) => &record.fields,
        (_, Some(extension)) => std::slice::from_ref(&extension.field),
        _ => &[],
    }
}

/// The symbol of a member of a declaration: `shop.v1.Order.id`. An extension has its own name.
fn member(owner: &Decl, name: &str) -> String {
    if owner.as_extension().is_some() { owner.full_name.to_string() } else { format!("{}.{name}", owner.full_name) }
}
