//! Avro's schema resolution, type by type.
//!
//! Source: Avro 1.12, "Schema Resolution". Where that leaves open which branch of a reader's union a type goes to, the
//! Java library's choice counts: a branch of the same type first (for named types by full name, by alias, by the last part of the name),
//! then the first one that it is promoted to.

mod branches;
mod meaning;
mod names;

use std::cmp::Reverse;
use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::draft::{Draft, Place};
use super::{Action, ActionId, MismatchKind, Promotion, Step, Steps};
use crate::layout::{Layout, LayoutKind, RecordLayout, TypeId, index};
use branches::{Branches, name_of};
use meaning::{has_meaning_of, lost_digits};
use names::{Fit, fit};

/// What becomes of the writer's data, as an action for each pair of types, and the outermost one.
pub(super) fn resolve(writer: &Layout, reader: &Layout) -> (Draft, ActionId) {
    let draft = Draft::for_members(writer.members().saturating_add(reader.members()));
    let (known, pending, branches) = (FxHashMap::default(), VecDeque::new(), FxHashMap::default());
    let mut resolver = Resolver { writer, reader, draft, known, pending, branches };
    let root = resolver.pair(writer.root, reader.root, &Place::root());
    // Records wait until what names them is done, so that no schema is too deep.
    while let Some(Waiting { action, records, place }) = resolver.pending.pop_front() {
        if resolver.draft.is_spent() {
            resolver.draft.give_up(&place);
            break;
        }
        let of_record = resolver.record(records, &place);
        resolver.draft.set(action, of_record);
    }
    (resolver.draft, root)
}

/// How well a branch fits, better ones greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BranchFit {
    /// The type becomes another one.
    Promoted,
    /// It is the same type.
    Same(Fit),
}

/// A record that is still to be resolved.
#[derive(Debug)]
struct Waiting {
    action: ActionId,
    /// The writer's and the reader's.
    records: (u32, u32),
    place: Place,
}

struct Resolver<'l> {
    writer: &'l Layout,
    reader: &'l Layout,
    draft: Draft,
    known: FxHashMap<(TypeId, TypeId), ActionId>,
    pending: VecDeque<Waiting>,
    /// The branches of those unions of the reader that a type of the writer was looked for in.
    branches: FxHashMap<u32, Branches<'l>>,
}

impl Resolver<'_> {
    /// What becomes of a type of the writer as one of the reader. Recurses as deep as lists, maps and unions are inside each
    /// other between two records, which a layout bounds.
    fn pair(&mut self, writer: TypeId, reader: TypeId, place: &Place) -> ActionId {
        // What is never null is read as what the reader has beside null.
        let reader = match (self.writer.kind(writer), self.reader.kind(reader)) {
            (LayoutKind::Null | LayoutKind::Nullable { .. } | LayoutKind::Union(_), _) => reader,
            (_, LayoutKind::Nullable { inner, .. }) => inner,
            _ => reader,
        };
        if let Some(known) = self.known.get(&(writer, reader)) {
            return *known;
        }
        let id = self.draft.add(writer, reader);
        self.known.insert((writer, reader), id);
        if let Some(action) = self.resolve(id, writer, reader, place) {
            self.draft.set(id, action);
        }
        id
    }

    /// `None` for a record, which waits.
    fn resolve(&mut self, id: ActionId, writer: TypeId, reader: TypeId, place: &Place) -> Option<Action> {
        let kinds = (self.writer.kind(writer), self.reader.kind(reader));
        // A union of the writer is resolved branch by branch, whatever the reader has.
        match kinds {
            (LayoutKind::Nullable { inner, is_null_last }, _) => {
                let null = self.null(reader, &place.maybe(""));
                let inner = self.pair(inner, reader, &place.maybe(""));
                return Some(Action::Branches(if is_null_last { [inner, null] } else { [null, inner] }.into()));
            }
            (LayoutKind::Union(union), _) => {
                let branches = &self.writer.union(union).branches;
                let place = place.maybe("");
                return Some(Action::Branches(
                    branches.iter().map(|branch| self.pair(*branch, reader, &place)).collect(),
                ));
            }
            (LayoutKind::Null, _) => return Some(self.null_action(reader, place)),
            (_, LayoutKind::Union(union)) => return Some(self.branch(writer, union, place)),
            _ if !self.means_the_same(writer, reader) => return Some(self.refuse_meanings(writer, reader, place)),
            _ => {}
        }
        if let Some((writer, reader)) = lost_digits(self.writer.meaning(writer), self.reader.meaning(reader)) {
            self.draft.note(MismatchKind::Digits { writer, reader }, place, false);
        }
        Some(match kinds {
            (LayoutKind::Record(from), LayoutKind::Record(to)) => {
                let (from_layout, to_layout) = (self.writer.record(from), self.reader.record(to));
                if fit(&from_layout.name, &to_layout.name, &to_layout.aliases).is_none() {
                    let names = names(&from_layout.name, &to_layout.name);
                    return Some(self.draft.refuse(names, place));
                }
                self.pending.push_back(Waiting { action: id, records: (from, to), place: place.clone() });
                return None;
            }
            (LayoutKind::Enum(from), LayoutKind::Enum(to)) => self.symbols(from, to, place),
            (LayoutKind::Fixed(from), LayoutKind::Fixed(to)) => {
                let (from, to) = (self.writer.fixed(from), self.reader.fixed(to));
                if fit(&from.name, &to.name, &to.aliases).is_none() {
                    self.draft.refuse(names(&from.name, &to.name), place)
                } else if from.size == to.size {
                    Action::Same(reader)
                } else {
                    self.draft.refuse(MismatchKind::Sizes { writer: from.size, reader: to.size }, place)
                }
            }
            (LayoutKind::List { item: from, .. }, LayoutKind::List { item: to, .. }) => {
                Action::List(self.pair(from, to, &place.maybe("[]")))
            }
            (LayoutKind::Map { value: from, .. }, LayoutKind::Map { value: to, .. }) => {
                Action::Map(self.pair(from, to, &place.maybe("{}")))
            }
            (from, to) if from == to => Action::Same(reader),
            (LayoutKind::String { .. }, LayoutKind::String { .. }) => Action::Same(reader),
            (from, to) => match Promotion::of(from, to) {
                Some(promotion) => Action::Promote(promotion),
                None => self.refuse_types(writer, reader, place),
            },
        })
    }

    /// An action of its own for null, which a type of the writer that may be null has as a branch.
    fn null(&mut self, reader: TypeId, place: &Place) -> ActionId {
        let id = self.draft.add(reader, reader);
        let action = self.null_action(reader, place);
        self.draft.set(id, action);
        id
    }

    fn null_action(&mut self, reader: TypeId, place: &Place) -> Action {
        match self.reader.kind(reader) {
            LayoutKind::Null | LayoutKind::Nullable { .. } => Action::Null,
            LayoutKind::Union(union) => {
                let branches = &self.reader.union(union).branches;
                match (0..).zip(branches).find(|(_, branch)| self.reader.kind(**branch) == LayoutKind::Null) {
                    Some((branch, _)) => {
                        let value = self.draft.add(reader, reader);
                        self.draft.set(value, Action::Null);
                        Action::Into { branch, value }
                    }
                    None => self.draft.refuse(MismatchKind::NoBranch { writer: "null".into() }, place),
                }
            }
            _ => {
                let kind = MismatchKind::Types { writer: "null".into(), reader: self.reader.words(reader) };
                self.draft.refuse(kind, place)
            }
        }
    }

    fn refuse_types(&mut self, writer: TypeId, reader: TypeId, place: &Place) -> Action {
        let kind = MismatchKind::Types { writer: self.writer.words(writer), reader: self.reader.words(reader) };
        self.draft.refuse(kind, place)
    }

    fn means_the_same(&self, writer: TypeId, reader: TypeId) -> bool {
        let (from, to) = (self.writer, self.reader);
        has_meaning_of((from.kind(writer), from.meaning(writer)), (to.kind(reader), to.meaning(reader)))
    }

    fn refuse_meanings(&mut self, writer: TypeId, reader: TypeId, place: &Place) -> Action {
        let words = |layout: &Layout, ty| layout.meaning(ty).map_or_else(|| layout.words(ty), meaning::words);
        let kind = MismatchKind::Meanings { writer: words(self.writer, writer), reader: words(self.reader, reader) };
        self.draft.refuse(kind, place)
    }

    /// A type that is no union goes to the branch that fits it best.
    fn branch(&mut self, writer: TypeId, union: u32, place: &Place) -> Action {
        if self.draft.is_spent() {
            return self.draft.give_up(place);
        }
        match self.best_branch(writer, union) {
            Some((branch, ty)) => Action::Into { branch, value: self.pair(writer, ty, place) },
            None => self.draft.refuse(MismatchKind::NoBranch { writer: self.writer.words(writer) }, place),
        }
    }

    fn best_branch(&mut self, writer: TypeId, union: u32) -> Option<(u32, TypeId)> {
        let reader = self.reader;
        let branches = &reader.union(union).branches;
        let name = name_of(self.writer, self.writer.kind(writer)).map(|(name, _)| name);
        self.branches.entry(union).or_insert_with(|| Branches::of(reader, branches));
        let index = self.branches.get(&union)?;
        let fit_of = |at: u32| Some((self.branch_fit(writer, *branches.get(at as usize)?)?, at));
        let of_name = name.and_then(|name| index.of_name(name)).and_then(fit_of);
        let found = of_name.filter(|(fit, _)| *fit == BranchFit::Same(Fit::Full)).or_else(|| {
            // Of several that fit equally well the first.
            index.candidates(name).filter_map(fit_of).min_by_key(|(fit, at)| (Reverse(*fit), *at))
        });
        let looked_at = if of_name == found { 1 } else { index.candidates(name).count() };
        self.draft.spend(looked_at);
        let (_, at) = found?;
        Some((at, *branches.get(at as usize)?))
    }

    /// How well a branch of the reader's union fits a type of the writer.
    fn branch_fit(&self, writer: TypeId, branch: TypeId) -> Option<BranchFit> {
        if !self.means_the_same(writer, branch) {
            return None;
        }
        let (from, to) = (self.writer.kind(writer), self.reader.kind(branch));
        let is_one_sort = match (from, to) {
            (LayoutKind::Record(_), LayoutKind::Record(_)) | (LayoutKind::Enum(_), LayoutKind::Enum(_)) => true,
            (LayoutKind::Fixed(from), LayoutKind::Fixed(to)) => {
                self.writer.fixed(from).size == self.reader.fixed(to).size
            }
            _ => false,
        };
        if is_one_sort
            && let (Some((from, _)), Some((to, aliases))) = (name_of(self.writer, from), name_of(self.reader, to))
        {
            return fit(from, to, aliases).map(BranchFit::Same);
        }
        let is_same = match (from, to) {
            (LayoutKind::List { .. }, LayoutKind::List { .. }) | (LayoutKind::Map { .. }, LayoutKind::Map { .. }) => {
                true
            }
            (LayoutKind::Record(_) | LayoutKind::Enum(_) | LayoutKind::Fixed(_), _) => false,
            (from, to) => from == to,
        };
        if is_same {
            return Some(BranchFit::Same(Fit::Full));
        }
        Promotion::of(from, to).map(|_| BranchFit::Promoted)
    }

    fn symbols(&mut self, from: u32, to: u32, place: &Place) -> Action {
        let (from, to) = (self.writer.declared_enum(from), self.reader.declared_enum(to));
        self.draft.spend(from.symbols.len());
        if fit(&from.name, &to.name, &to.aliases).is_none() {
            return self.draft.refuse(names(&from.name, &to.name), place);
        }
        let symbols: Box<[Option<i32>]> = {
            let number = |name: &str| to.number(name).or_else(|| to.former_number(name)).or(to.default);
            from.symbols.iter().map(|(_, name)| number(name)).collect()
        };
        let lost = from.symbols.iter().zip(&symbols).filter(|(_, number)| number.is_none());
        let lost: Box<[Box<str>]> = lost.map(|((_, name), _)| name.clone()).collect();
        if !lost.is_empty() {
            let meets_all_data = place.meets_all_data && lost.len() == symbols.len();
            let kind = MismatchKind::Symbols { symbols: lost };
            self.draft.note(kind, place, meets_all_data);
        }
        Action::Symbols(symbols)
    }

    fn record(&mut self, (from, to): (u32, u32), place: &Place) -> Action {
        let (writer, reader) = (self.writer, self.reader);
        let (from, to_record) = (writer.record(from), reader.record(to));
        self.draft.spend(from.fields.len().saturating_add(to_record.fields.len()));
        let mut is_read = vec![false; to_record.fields.len()];
        let targets = targets(from, to_record);
        let mut steps = Vec::with_capacity(from.fields.len());
        for (field, target) in from.fields.iter().zip(targets) {
            let found = target.and_then(|at| Some((at, to_record.fields.get(at)?, is_read.get_mut(at)?)));
            let Some((at, read, is_read)) = found else {
                skip(writer, field.ty, &mut steps);
                continue;
            };
            *is_read = true;
            let action = self.pair(field.ty, read.ty, &place.field(&field.name));
            steps.push(Step::Read { field: index(at), action });
        }
        let missing = (0..).zip(to_record.fields.iter().zip(&is_read)).filter(|(_, (_, is_read))| !**is_read);
        let mut defaults = Vec::new();
        let mut refused = None;
        for (at, (field, _)) in missing {
            if field.default.is_some() {
                defaults.push(at);
            } else {
                let refusal = self.draft.refuse(MismatchKind::NoDefault { field: field.name.clone() }, place);
                refused.get_or_insert(refusal);
            }
        }
        refused.unwrap_or_else(|| {
            Action::Record(Steps {
                field_count: index(to_record.fields.len()),
                record: to,
                steps: steps.into(),
                defaults: defaults.into(),
            })
        })
    }
}

fn names(writer: &str, reader: &str) -> MismatchKind {
    MismatchKind::Names { writer: writer.into(), reader: reader.into() }
}

/// For each field of the writer the reader's field that takes it: the one of its name, or one of whose aliases is its name. A field of the
/// reader that has its own name in the data takes nothing by an alias; of several by aliases it takes the first.
fn targets(writer: &RecordLayout, reader: &RecordLayout) -> Vec<Option<usize>> {
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    let mut by_alias: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, field) in reader.fields.iter().enumerate() {
        by_name.entry(&field.name).or_insert(at);
        for alias in &field.aliases {
            by_alias.entry(alias).or_insert(at);
        }
    }
    let mut is_taken = vec![false; reader.fields.len()];
    let mut take = |at: usize| is_taken.get_mut(at).is_some_and(|taken| !std::mem::replace(taken, true));
    let mut targets: Vec<Option<usize>> =
        writer.fields.iter().map(|field| by_name.get(&*field.name).copied().filter(|at| take(*at))).collect();
    for (field, target) in writer.fields.iter().zip(&mut targets) {
        if target.is_none() {
            *target = by_alias.get(&*field.name).copied().filter(|at| take(*at));
        }
    }
    targets
}

/// Adds what skips a value; what always takes as many bytes, or is a varint, is skipped together with its like.
fn skip(writer: &Layout, ty: TypeId, steps: &mut Vec<Step>) {
    let bytes = match writer.kind(ty) {
        LayoutKind::Null => 0,
        LayoutKind::Bool => 1,
        LayoutKind::Float => 4,
        LayoutKind::Double => 8,
        LayoutKind::Fixed(fixed) => writer.fixed(fixed).size,
        LayoutKind::Int(_) | LayoutKind::Enum(_) => {
            match steps.last_mut() {
                Some(Step::SkipVarints(count)) => *count = count.saturating_add(1),
                _ => steps.push(Step::SkipVarints(1)),
            }
            return;
        }
        _ => return steps.push(Step::Skip(ty)),
    };
    match steps.last_mut() {
        Some(Step::SkipBytes(count)) if count.checked_add(bytes).is_some() => *count = count.saturating_add(bytes),
        _ if bytes == 0 => {}
        _ => steps.push(Step::SkipBytes(bytes)),
    }
}
