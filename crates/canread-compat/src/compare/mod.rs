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
//! rename   only-old × only-new → more pairs
//! compare  each pair → changes; a field may bring another pair (the queue)
//! settle   what is still only old or only new → removed, added, whole packages
//! ```

mod align;
mod enums;
mod field;
mod options;
mod record;
mod rename;
mod service;
mod settle;
mod types;

use std::collections::{BTreeMap, VecDeque};

use canread_model::{DeclId, DeclKind, ModuleId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Change, DeclAt, FieldPair, Pair};

pub use field::json_name;
pub use types::{Cardinality, Shape};

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

/// Everything that differs, each change once, in the order of the old schema and then of the new one.
#[must_use]
pub(crate) fn changes<'a>(versions: Pair<&'a Schema>, scope: &Scope) -> Differences<'a> {
    let mut comparison = Comparison::new(versions);
    let aligned = align::align(versions, scope);
    comparison.align(&aligned);
    comparison.drain();
    let settled = settle::settle(&comparison, aligned, scope);
    comparison.finish(settled)
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
    /// Pairs of declarations that are one and the same under two names.
    renamed: FxHashMap<DeclId, DeclId>,
    renamed_back: FxHashMap<DeclId, DeclId>,
    queue: VecDeque<Key>,
    /// Pairs that are, or are going to be, compared.
    seen: FxHashSet<Key>,
    /// By old declaration: outcomes of pairs that are one declaration in two versions.
    own: BTreeMap<DeclId, Outcome<'a>>,
    foreign: FxHashMap<Key, Outcome<'a>>,
}

impl<'a> Comparison<'a> {
    fn new(versions: Pair<&'a Schema>) -> Self {
        Self {
            versions,
            renamed: FxHashMap::default(),
            renamed_back: FxHashMap::default(),
            queue: VecDeque::new(),
            seen: FxHashSet::default(),
            own: BTreeMap::new(),
            foreign: FxHashMap::default(),
        }
    }

    fn align(&mut self, aligned: &align::Aligned) {
        for &key in &aligned.pairs {
            self.enqueue(key);
        }
        for key in rename::find(self.versions, aligned) {
            self.rename(key);
        }
    }

    /// Takes two declarations as one under two names.
    fn rename(&mut self, key: Key) {
        self.renamed.insert(key.old, key.new);
        self.renamed_back.insert(key.new, key.old);
        if self.foreign.remove(&key).is_some() {
            // Something else led here before this was known to be a rename: compare it once more, as one declaration.
            self.queue.push_back(key);
        }
        self.enqueue(key);
    }

    fn enqueue(&mut self, key: Key) {
        if self.seen.insert(key) {
            self.queue.push_back(key);
        }
    }

    fn drain(&mut self) {
        while let Some(key) = self.queue.pop_front() {
            let outcome = self.compare(key);
            if self.is_own(key) {
                self.own.insert(key.old, outcome);
            } else {
                self.foreign.insert(key, outcome);
            }
        }
    }

    fn at(&self, key: Key) -> Pair<DeclAt<'a>> {
        Pair {
            old: DeclAt { id: key.old, schema: self.versions.old },
            new: DeclAt { id: key.new, schema: self.versions.new },
        }
    }

    /// Whether both are one declaration: by full name, or because it was renamed.
    fn is_own(&self, key: Key) -> bool {
        let decls = self.at(key).decls();
        decls.old.full_name == decls.new.full_name || self.renamed.get(&key.old) == Some(&key.new)
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
            }
            _ => outcome.changes.push(Change::DeclKindChanged(pair)),
        }
        if self.is_own(key) {
            settle::own_pair(pair, &mut outcome);
            options::decls(pair, &mut outcome);
        }
        outcome
    }

    /// Notes that something names `to.new` where it named `to.old`.
    fn target(&mut self, by: Pointer<'a>, to: Key, outcome: &mut Outcome<'a>) {
        if self.is_own(to) {
            return;
        }
        let decls = self.at(to).decls();
        let only_old = self.versions.new.find(&decls.old.full_name).is_none() && !self.renamed.contains_key(&to.old);
        let only_new =
            self.versions.old.find(&decls.new.full_name).is_none() && !self.renamed_back.contains_key(&to.new);
        // What came under another name in a field of another name is as likely to be another thing.
        let is_telling = !matches!(by, Pointer::Field(fields) if !fields.same_name());
        if is_telling && only_old && only_new && !rename::is_version_bump(&decls.old.full_name, &decls.new.full_name) {
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
            own.extend(outcome.changes);
            retargeted.extend(outcome.retargeted.into_iter().filter(|retargeted| !self.is_own(retargeted.to)));
        }
        let foreign = self.foreign.into_iter().map(|(key, outcome)| {
            let leads_to = outcome.retargeted.iter().map(|retargeted| retargeted.to).collect();
            (key, Foreign { changes: outcome.changes, leads_to })
        });
        Differences { own, retargeted, foreign: foreign.collect(), renamed: self.renamed }
    }
}
