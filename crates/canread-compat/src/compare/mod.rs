//! Old schema × new schema → typed changes.
//!
//! One structural comparison for every format. Declarations are compared as
//! pairs: first those of one full name, then those that only the structure
//! brings together (a message that was renamed, a field that names another
//! message now). Each pair is compared once, however often and however
//! recursively it is reached: a pair that is already known is taken to agree,
//! which is the greatest fixed point, and so a recursive schema equals itself.
//!
//! ```text
//! align    names → pairs; what is only old, what is only new
//! compare  each pair → changes; a field may bring another pair (the queue)
//! rename   only-old × only-new → more pairs, compared in turn
//! settle   what is still only old or only new → renamed, removed, added; whole packages
//! ```
//!
//! Where readers resolve the schema of the writer (Avro), what belongs together depends on who reads: `resolve`.

mod absent;
mod align;
mod budget;
mod cycles;
mod enums;
mod extension;
mod field;
mod imports;
mod options;
mod record;
mod rename;
mod resolve;
mod service;
mod settle;
mod types;
mod visibility;

use std::collections::{BTreeMap, VecDeque};

use canread_model::{DeclId, DeclKind, Format, ModuleId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Change, DeclAt, FieldPair, Pair};
use budget::Budget;
use extension::Extensions;

pub(crate) use absent::Absent;
pub(crate) use align::counterpart;
pub use budget::TooManyPairs;
pub(crate) use enums::kept_name;
pub use field::json_name;
pub(crate) use options::option_value;
pub(crate) use resolve::promotion;
pub use types::{Cardinality, Shape};
pub use visibility::is_local;

/// Which modules take part.
///
/// A module that is the same in both versions, with all that it imports, need
/// not be compared, nor even be part of the schemas.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Scope {
    /// Modules to leave out: they are the same in both versions with all that they import.
    pub unchanged: Pair<FxHashSet<ModuleId>>,
    /// Packages that unchanged modules outside the schemas belong to; these packages are not gone.
    pub other_namespaces: FxHashSet<Box<str>>,
}

impl<T: Default> Default for Pair<T> {
    fn default() -> Self {
        Self { old: T::default(), new: T::default() }
    }
}

/// A pair of declarations.
type Key = Pair<DeclId>;

/// A rename may be what tells two others apart. Real changes need two rounds; the limit keeps a hostile schema cheap.
const RENAME_ROUNDS_MAX: u32 = 8;

/// Whether a field or method of either version names `google.protobuf.Any`.
#[must_use]
pub(crate) fn has_any(versions: Pair<&Schema>) -> bool {
    [versions.old, versions.new].into_iter().any(|schema| {
        schema.find("google.protobuf.Any").is_some_and(|any| {
            let mut is_named = false;
            schema.decls().for_each(|(_, decl)| settle::each_target(decl, |target| is_named |= target == any));
            is_named
        })
    })
}

/// Everything that differs, each change once, in the order of the old schema and then of the new one.
pub(crate) fn changes<'a>(versions: Pair<&'a Schema>, scope: &Scope) -> Result<Differences<'a>, TooManyPairs> {
    if versions.old.format() == Format::Avro {
        return Ok(resolve::changes(versions, scope));
    }
    let aligned = align::align(versions, scope);
    let order = Pair { old: aligned.only_old, new: aligned.only_new };
    let mut comparison = Comparison::new(versions, &order);
    for key in aligned.pairs {
        comparison.pair(key);
    }
    comparison.drain()?;
    for _ in 0..RENAME_ROUNDS_MAX {
        if !comparison.find_renames(&order, scope) {
            break;
        }
        comparison.drain()?;
    }
    comparison.pair_extensions_by_name(&order);
    comparison.drain()?;
    let settled = settle::settle(&comparison, order, scope);
    Ok(comparison.finish(settled))
}

/// Changes as the comparison leaves them. Those of "foreign" pairs (two declarations that a field
/// or method names by turns, but that both still exist) are not changes of their own: they explain
/// the change of the field.
#[derive(Debug)]
pub(crate) struct Differences<'a> {
    /// Changes that stand for themselves.
    pub(crate) own: Vec<Change<'a>>,
    /// Fields and methods that name another declaration now, and the pair of declarations.
    pub(crate) retargeted: Vec<Retargeted<'a>>,
    /// Foreign pairs, with their changes and the foreign pairs that they lead to.
    pub(crate) foreign: FxHashMap<Key, Foreign<'a>>,
    /// Foreign pairs of one full name: two files declare it, apart from each other.
    pub(crate) namesakes: FxHashSet<Key>,
    /// Old declarations that have another full name now.
    pub(crate) renamed: FxHashMap<DeclId, DeclId>,
}

/// Something that names another declaration now.
#[derive(Debug, Clone)]
pub(crate) struct Retargeted<'a> {
    pub(crate) by: Pointer<'a>,
    pub(crate) to: Key,
}

/// What names a declaration.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pointer<'a> {
    Field(FieldPair<'a>),
    Request(Pair<DeclAt<'a>>, Pair<&'a canread_model::Method>),
    Response(Pair<DeclAt<'a>>, Pair<&'a canread_model::Method>),
    /// An extension, of the message that it extends.
    Extendee(Pair<DeclAt<'a>>),
}

/// What comparing a foreign pair gave.
#[derive(Debug, Default)]
pub(crate) struct Foreign<'a> {
    pub(crate) changes: Vec<Change<'a>>,
    pub(crate) leads_to: Vec<Key>,
}

/// What comparing one pair gives.
#[derive(Debug, Default)]
struct Outcome<'a> {
    changes: Vec<Change<'a>>,
    retargeted: Vec<Retargeted<'a>>,
}

/// The state of one comparison.
struct Comparison<'a> {
    versions: Pair<&'a Schema>,
    extensions: Pair<Extensions>,
    /// Pairs of declarations that are one and the same in two files, under one name.
    moved: FxHashSet<Key>,
    /// Pairs of declarations that are one and the same under two names.
    renamed: FxHashMap<DeclId, DeclId>,
    renamed_back: FxHashMap<DeclId, DeclId>,
    /// Declarations that one version has and that are not paired with any of the other.
    left: Pair<FxHashSet<DeclId>>,
    queue: VecDeque<Key>,
    /// Pairs that are, or are going to be, compared.
    seen: FxHashSet<Key>,
    /// By old declaration: outcomes of pairs that are one declaration in two versions.
    own: BTreeMap<DeclId, Outcome<'a>>,
    foreign: FxHashMap<Key, Outcome<'a>>,
    /// What is left for foreign pairs.
    budget: Budget,
}

impl<'a> Comparison<'a> {
    fn new(versions: Pair<&'a Schema>, left: &Pair<Vec<DeclId>>) -> Self {
        Self {
            versions,
            budget: Budget::of(versions),
            extensions: Pair { old: Extensions::of(versions.old), new: Extensions::of(versions.new) },
            moved: FxHashSet::default(),
            renamed: FxHashMap::default(),
            renamed_back: FxHashMap::default(),
            left: Pair { old: left.old.iter().copied().collect(), new: left.new.iter().copied().collect() },
            queue: VecDeque::new(),
            seen: FxHashSet::default(),
            own: BTreeMap::new(),
            foreign: FxHashMap::default(),
        }
    }

    /// Takes two declarations as one that both versions have.
    fn pair(&mut self, key: Key) {
        self.left.old.remove(&key.old);
        self.left.new.remove(&key.new);
        let decls = self.at(key).decls();
        if decls.old.full_name == decls.new.full_name {
            if !self.is_of_one_file(key) {
                self.moved.insert(key);
            }
            self.enqueue(key);
        } else {
            // An extension that kept its number.
            self.rename(key);
        }
    }

    /// Takes two declarations as one under two names, with what is nested in them under equal names.
    fn rename(&mut self, key: Key) {
        let mut pending = vec![key];
        while let Some(key) = pending.pop() {
            if self.renamed.contains_key(&key.old) || self.renamed_back.contains_key(&key.new) {
                continue;
            }
            self.renamed.insert(key.old, key.new);
            self.renamed_back.insert(key.new, key.old);
            self.left.old.remove(&key.old);
            self.left.new.remove(&key.new);
            if self.foreign.remove(&key).is_some() {
                // Something else led here before this was known to be a rename: compare it once more, as one declaration.
                self.queue.push_back(key);
            }
            self.enqueue(key);
            let followers = rename::followers(self.versions, key).into_iter();
            pending.extend(followers.filter(|key| self.is_left(*key)));
        }
    }

    /// Whether neither of the two is paired with anything.
    fn is_left(&self, key: Key) -> bool {
        self.left.old.contains(&key.old) && self.left.new.contains(&key.new)
    }

    fn enqueue(&mut self, key: Key) {
        if self.seen.insert(key) {
            self.queue.push_back(key);
        }
    }

    fn drain(&mut self) -> Result<(), TooManyPairs> {
        while let Some(key) = self.queue.pop_front() {
            if !self.is_own(key) {
                let extensions = self.extensions.old.count(key.old) + self.extensions.new.count(key.new);
                self.budget.spend(self.at(key), extensions)?;
            }
            let outcome = self.compare(key);
            if self.is_own(key) {
                self.own.insert(key.old, outcome);
            } else {
                self.foreign.insert(key, outcome);
            }
        }
        Ok(())
    }

    fn at(&self, key: Key) -> Pair<DeclAt<'a>> {
        Pair {
            old: DeclAt { id: key.old, schema: self.versions.old },
            new: DeclAt { id: key.new, schema: self.versions.new },
        }
    }

    /// Whether both are one declaration: by full name, or because it was renamed.
    ///
    /// Files that no third one imports together may declare the same name, each its own. Of two files it is one
    /// declaration only where it was paired, as one that moved.
    fn is_own(&self, key: Key) -> bool {
        let decls = self.at(key).decls();
        let is_of_one_name = decls.old.full_name == decls.new.full_name;
        (is_of_one_name && (self.is_of_one_file(key) || self.moved.contains(&key)))
            || self.renamed.get(&key.old) == Some(&key.new)
    }

    fn is_of_one_file(&self, key: Key) -> bool {
        let Pair { old, new } = self.at(key);
        old.module().name == new.module().name
    }

    fn compare(&mut self, key: Key) -> Outcome<'a> {
        let pair = self.at(key);
        let mut outcome = Outcome::default();
        match (&pair.old.decl().kind, &pair.new.decl().kind) {
            (DeclKind::Record(old), DeclKind::Record(new)) => {
                self.records(pair, Pair { old, new }, &mut outcome);
            }
            (DeclKind::Enum(old), DeclKind::Enum(new)) => enums::compare(pair, Pair { old, new }, &mut outcome),
            (DeclKind::Service(old), DeclKind::Service(new)) => {
                self.services(pair, Pair { old, new }, &mut outcome);
            }
            (DeclKind::Extension(old), DeclKind::Extension(new)) => {
                let fields = FieldPair { owner: pair, old: &old.field, new: &new.field };
                self.field(fields, field::Oneofs::NONE, &mut outcome);
                if let (Some(old), Some(new)) = (old.extendee.target(), new.extendee.target()) {
                    self.target(Pointer::Extendee(pair), Pair { old, new }, &mut outcome);
                }
            }
            _ => outcome.changes.push(Change::DeclKindChanged(pair)),
        }
        if self.is_own(key) {
            settle::place(pair, &mut outcome);
            record::set_apart(pair, &self.extensions.old, &mut outcome);
            options::decls(pair, &mut outcome);
        }
        outcome
    }

    /// Notes that something names `to.new` where it named `to.old`.
    fn target(&mut self, by: Pointer<'a>, to: Key, outcome: &mut Outcome<'a>) {
        if self.is_own(to) {
            return;
        }
        // What came under another name in a field of another name is as likely to be another thing.
        let is_telling = !matches!(by, Pointer::Field(fields) if !fields.same_name());
        if is_telling && self.is_left(to) && self.may_be_renamed(to) {
            self.rename(to);
        } else {
            self.enqueue(to);
            outcome.retargeted.push(Retargeted { by, to });
        }
    }

    fn finish(mut self, settled: Vec<Change<'a>>) -> Differences<'a> {
        let mut own = settled;
        let mut retargeted = Vec::new();
        for outcome in std::mem::take(&mut self.own).into_values() {
            let named: Vec<_> = outcome.retargeted.into_iter().filter(|one| !self.is_own(one.to)).collect();
            // Data of one message never is data of another: of an extension that moved there, nothing but that counts.
            let has_moved = named.iter().any(|one| matches!(one.by, Pointer::Extendee(_)));
            own.extend(outcome.changes.into_iter().filter(|one| !has_moved || !matches!(one, Change::Field(..))));
            let is_field = |one: &Retargeted<'_>| matches!(one.by, Pointer::Field(_));
            retargeted.extend(named.into_iter().filter(|one| !has_moved || !is_field(one)));
        }
        let is_of_one_name = |key: &&Key| {
            let decls = self.at(**key).decls();
            decls.old.full_name == decls.new.full_name
        };
        let namesakes = self.foreign.keys().filter(is_of_one_name).copied().collect();
        let foreign = self.foreign.into_iter().map(|(key, outcome)| {
            let leads_to = outcome.retargeted.iter().map(|retargeted| retargeted.to).collect();
            (key, Foreign { changes: outcome.changes, leads_to })
        });
        Differences { own, retargeted, foreign: foreign.collect(), namesakes, renamed: self.renamed }
    }
}
