//! How Protobuf data of one schema is read as another has it.
//!
//! | file | holds |
//! |---|---|
//! | `part` | messages and entries of maps, as values by number |
//! | `scalar` | numbers, texts and bytes that become others |
//!
//! Fields match by number: names, aliases and the order of declarations are not in data. What the specification calls
//! compatible is what the reader's own codec does, and needs no step.
//!
//! Source: Protobuf, "Language Guide", "Updating A Message Type"; "Encoding", sections "Last One Wins", "Maps", "Packed Repeated
//! Fields".

mod part;
mod scalar;

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::draft::{Draft, Place};
use super::{Action, ActionId, MismatchKind, NumberedStep, NumberedSteps};
use crate::layout::{Layout, LayoutKind, TypeId};
use part::{Many, Part, parts};
use scalar::{Scalar, scalar};

/// What becomes of the writer's data, as an action for each pair of types, and the outermost one.
pub(super) fn resolve(writer: &Layout, reader: &Layout) -> (Draft, ActionId) {
    let draft = Draft::for_members(writer.members().saturating_add(reader.members()));
    let mut resolver = Resolver { writer, reader, draft, known: FxHashMap::default(), pending: VecDeque::new() };
    let root = resolver.pair(writer.root, reader.root, &Place::root());
    // Messages wait until what names them is done, so that no schema is too deep.
    while let Some(waiting) = resolver.pending.pop_front() {
        if resolver.draft.is_spent() {
            resolver.draft.give_up(&waiting.place);
            break;
        }
        let steps = resolver.steps(&waiting);
        resolver.draft.set(waiting.action, Action::Numbered(steps));
    }
    (resolver.draft, root)
}

/// Leaves out the steps that do what the reader's own codec does. Called when it is known which pairs change nothing.
pub(super) fn prune(actions: &mut [super::draft::Resolved]) {
    let is_same: Vec<bool> = actions.iter().map(|resolved| matches!(resolved.action, Action::Same(_))).collect();
    for resolved in actions {
        if let Action::Numbered(NumberedSteps { steps, .. }) = &mut resolved.action {
            let all = std::mem::take(steps).into_iter();
            *steps =
                all.filter(|step| step.is_reframed || is_same.get(step.action.0 as usize) != Some(&true)).collect();
        }
    }
}

/// A message or entry that is still to be resolved.
#[derive(Debug)]
struct Waiting {
    action: ActionId,
    writer: TypeId,
    reader: TypeId,
    place: Place,
}

struct Resolver<'l> {
    writer: &'l Layout,
    reader: &'l Layout,
    draft: Draft,
    known: FxHashMap<(TypeId, TypeId), ActionId>,
    pending: VecDeque<Waiting>,
}

impl<'l> Resolver<'l> {
    /// What becomes of one value of a type of the writer as one of the reader; lists are no types here.
    fn pair(&mut self, writer: TypeId, reader: TypeId, place: &Place) -> ActionId {
        use LayoutKind::{Bytes, Map, Record};
        if let Some(known) = self.known.get(&(writer, reader)) {
            return *known;
        }
        let action = self.draft.add(writer, reader);
        self.known.insert((writer, reader), action);
        let of_pair = match (self.writer.kind(writer), self.reader.kind(reader)) {
            // The members of a message set lie in items of their own.
            (from, to) if is_message_set(self.writer, from) != is_message_set(self.reader, to) => {
                self.refused(writer, reader, place)
            }
            (Record(_) | Map { .. }, Record(_) | Map { .. }) => {
                self.pending.push_back(Waiting { action, writer, reader, place: place.clone() });
                return action;
            }
            // A message is compatible with the bytes that it is, and bytes that are one with the message.
            (Record(_), Bytes) | (Bytes, Record(_)) => Action::Same(reader),
            (from, to) => match scalar(self.writer, from, to) {
                Scalar::Same => Action::Same(reader),
                Scalar::Other(action) => action,
                Scalar::None => self.refused(writer, reader, place),
            },
        };
        self.draft.set(action, of_pair);
        action
    }

    fn refused(&mut self, writer: TypeId, reader: TypeId, place: &Place) -> Action {
        let kind = MismatchKind::Types { writer: self.writer.words(writer), reader: self.reader.words(reader) };
        self.draft.refuse(kind, place)
    }

    /// What becomes of a message, or of an entry of a map.
    fn steps(&mut self, waiting: &Waiting) -> NumberedSteps {
        let Waiting { writer, reader, place, .. } = waiting;
        let written: &[Part<'l>] = &parts(self.writer, *writer);
        let mut steps = Vec::new();
        let read = parts(self.reader, *reader);
        self.draft.spend(written.len().saturating_add(read.len()));
        for to in read {
            let from = written.binary_search_by_key(&to.number, |part| part.number);
            let from = from.ok().and_then(|at| written.get(at));
            if to.is_required && !from.is_some_and(|from| from.is_required) {
                let meets_all_data = place.meets_all_data && from.is_none();
                self.draft.note(MismatchKind::Required { field: to.name.into() }, place, meets_all_data);
            }
            if let Some(from) = from {
                steps.push(self.step(from, &to, place));
            }
        }
        NumberedSteps { reader: *reader, steps: steps.into() }
    }

    fn step(&mut self, from: &Part<'_>, to: &Part<'_>, place: &Place) -> NumberedStep {
        let place = place.field(from.name);
        let place = match from.many {
            Many::One if from.is_required => place,
            Many::One => place.maybe(""),
            _ => place.maybe("[]"),
        };
        NumberedStep {
            number: from.number,
            field: to.at,
            written: from.ty,
            is_delimited: from.is_delimited,
            is_reframed: is_reframed(from, to),
            action: self.pair(from.ty, to.ty, &place),
        }
    }
}

fn is_message_set(layout: &Layout, kind: LayoutKind) -> bool {
    matches!(kind, LayoutKind::Record(id) if layout.record(id).is_message_set)
}

/// Whether values lie otherwise than the reader's own codec looks for them, their types apart.
fn is_reframed(from: &Part<'_>, to: &Part<'_>) -> bool {
    let is_message = |part: &Part<'_>| matches!(part.kind, LayoutKind::Record(_));
    let is_group = |part: &Part<'_>| is_message(part) && part.is_delimited;
    is_group(from) != is_group(to) || (from.many == Many::Packed && to.many == Many::One)
}
