//! What versions took away, noted once along their line, so that a later one need not look through all of them.
//!
//! ```text
//! a version beside the one that it came from ─ note ─→ numbers and names that it took away
//! a later version beside the one before it ─ used_again ─→ the versions that took away what it has
//! ```
//!
//! This only says where to look: whether anything is harmed is for the [`Ledger`](super::Ledger) to say. So where it can't
//! be told without the later version which type is meant by a name, more is noted than was taken away.

use std::collections::BTreeSet;

use canread_model::{Decl, Format, NodeId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Step,
    ledger::{Found, Key, Names, Thing, Version, each, extensions, member},
};
use crate::{DeclAt, Pair};

/// What data knows something by, whatever it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Known {
    Number(i64),
    Name(Box<str>),
    /// Everything: another type may be meant since then.
    All,
}

/// Numbers and names that versions took away, by the version that has them no more.
///
/// Versions are numbered by whoever notes them.
#[derive(Debug, Default)]
pub struct Retirements {
    /// By the name of a declaration, as far as older versions may know it by that, and by what data knows.
    by_owner: FxHashMap<Box<str>, FxHashMap<Known, BTreeSet<usize>>>,
}

impl Retirements {
    /// Notes what a version took away from the one that it came from, which is the old one of the two.
    pub fn note(&mut self, version: usize, schemas: Pair<&Schema>) {
        let Pair { old, new } = schemas;
        let extensions = extensions(new);
        let appeared: FxHashSet<&str> = match new.format() {
            Format::Avro => {
                let is_new = |decl: &&Decl| old.find(&decl.full_name).is_none();
                new.decls().map(|(_, decl)| decl).filter(is_new).map(|decl| loose(new, &decl.full_name)).collect()
            }
            _ => FxHashSet::default(),
        };
        for (id, _) in old.decls() {
            each(DeclAt { id, schema: old }, |names, key, _| {
                let owner = loose(old, names.full);
                // Readers know only the name of a field, and no alias of the writer's.
                let key = match key {
                    Key::FieldName(names) => Key::FieldName(names.into_iter().take(1).collect()),
                    key => key,
                };
                let has = |id| member(DeclAt { id, schema: new }, &key, &extensions).is_some();
                let mut owners = new.find_all(names.full).peekable();
                if owners.peek().is_none() || !owners.all(has) || appeared.contains(owner) {
                    for known in known(&key) {
                        self.add(owner, known, version);
                    }
                }
            });
        }
        // A version that calls a type by several names finds one that is new before one that it is meant to find.
        let mut appeared: Vec<&str> = appeared.into_iter().collect();
        appeared.sort_unstable();
        for owner in appeared {
            self.add(owner, Known::All, version);
        }
    }

    fn add(&mut self, owner: &str, known: Known, version: usize) {
        let of_owner = match self.by_owner.get_mut(owner) {
            Some(of_owner) => of_owner,
            None => self.by_owner.entry(owner.into()).or_default(),
        };
        of_owner.entry(known).or_default().insert(version);
    }

    /// The versions that took away something that the new version of a step has and the old one has not, or has under
    /// another name.
    #[must_use]
    pub fn used_again(&self, step: &Step<'_>) -> BTreeSet<usize> {
        let mut versions = BTreeSet::new();
        for (names, key) in introduced(step) {
            let schema = step.schemas.new;
            let own = loose(schema, names.full);
            let aliases: Vec<&str> = names.aliases.iter().map(|alias| loose(schema, alias)).collect();
            let is_alone = aliases.iter().all(|alias| *alias == own);
            for of_owner in std::iter::once(own).chain(aliases).filter_map(|owner| self.by_owner.get(owner)) {
                let all = (!is_alone).then_some(Known::All);
                versions.extend(known(&key).chain(all).filter_map(|known| of_owner.get(&known)).flatten());
            }
        }
        versions
    }
}

impl Step<'_> {
    /// Whether the new version has anything that the old one has not, or has under another name: only that may use
    /// something again.
    #[must_use]
    pub fn introduces(&self) -> bool {
        !introduced(self).is_empty()
    }
}

/// What data knows of everything that the old version of a step lacks, or has under another name.
fn introduced<'a>(step: &'a Step<'a>) -> Vec<(Names<'a>, Key<'a>)> {
    let version = Version::of(step);
    let mut all: Vec<(NodeId, Names<'a>, Key<'a>)> = Vec::new();
    // Data may know one thing by several: by its number it is new, and by its name it is not.
    let mut are_new: FxHashSet<NodeId> = FxHashSet::default();
    let schema = step.schemas.new;
    for (id, decl) in schema.decls() {
        if step.scope.unchanged.new.contains(&decl.module) {
            continue;
        }
        each(DeclAt { id, schema }, |names, key, thing| {
            let is_new = match version.find(names, &key) {
                Found::Same => false,
                Found::Nothing => true,
                Found::Some(old) => own_name(old) != own_name(thing),
            };
            if is_new {
                are_new.insert(node(thing));
            }
            all.push((node(thing), names, key));
        });
    }
    all.into_iter().filter(|(node, ..)| are_new.contains(node)).map(|(_, names, key)| (names, key)).collect()
}

/// The name by which older versions may know a declaration: an Avro type may have had another namespace.
fn loose<'n>(schema: &Schema, full_name: &'n str) -> &'n str {
    match schema.format() {
        Format::Avro => full_name.rsplit('.').next().unwrap_or(full_name),
        _ => full_name,
    }
}

fn known(key: &Key<'_>) -> impl Iterator<Item = Known> {
    let (number, names) = match key {
        Key::FieldNumber(number) => (Some(i64::from(*number)), Vec::new()),
        Key::EnumNumber(number) => (Some(*number), Vec::new()),
        Key::JsonName(name) => (None, vec![&**name]),
        Key::FieldName(names) => (None, names.clone()),
        Key::EnumName(name) | Key::Method(name) => (None, vec![*name]),
    };
    let names: Vec<Known> = names.into_iter().map(|name| Known::Name(name.into())).collect();
    number.map(Known::Number).into_iter().chain(names)
}

fn own_name(thing: Thing<'_>) -> &str {
    match thing {
        Thing::Field(owner, _) if owner.decl().as_extension().is_some() => owner.name(),
        Thing::Field(_, field) => &field.name,
        Thing::Value(_, value) => &value.name,
        Thing::Method(_, method) => &method.name,
    }
}

fn node(thing: Thing<'_>) -> NodeId {
    match thing {
        Thing::Field(_, field) => field.node,
        Thing::Value(_, value) => value.node,
        Thing::Method(_, method) => method.node,
    }
}
