//! What a Protobuf reader makes of a value that was written under another type: the tables
//! behind every rule about types.
//!
//! A cell holds the worst that can happen to some value. The cells are compared with what
//! Python's Protobuf does, in `tests/fields/conversions.rs`.

mod json;
mod slot;
mod wire;

pub(crate) use json::Form as JsonForm;
pub(crate) use slot::{Kind, Many, Slot};

use crate::{Claim, Direction, Effect, Pair, Surface};

/// Everything that a change of type may claim.
pub(crate) const CLAIMS: &[Claim] = &[
    Claim::on(Surface::Wire, Direction::Backward, Effect::Dropped),
    Claim::on(Surface::Wire, Direction::Backward, Effect::Lossy),
    Claim::on(Surface::Wire, Direction::Backward, Effect::Error),
    Claim::on(Surface::Wire, Direction::Backward, Effect::Reinterpreted),
    Claim::on(Surface::Wire, Direction::Forward, Effect::Dropped),
    Claim::on(Surface::Wire, Direction::Forward, Effect::Lossy),
    Claim::on(Surface::Wire, Direction::Forward, Effect::Error),
    Claim::on(Surface::Wire, Direction::Forward, Effect::Reinterpreted),
    Claim::on(Surface::Json, Direction::Backward, Effect::Dropped),
    Claim::on(Surface::Json, Direction::Backward, Effect::Lossy),
    Claim::on(Surface::Json, Direction::Backward, Effect::Error),
    Claim::on(Surface::Json, Direction::Backward, Effect::Reinterpreted),
    Claim::on(Surface::Json, Direction::Forward, Effect::Dropped),
    Claim::on(Surface::Json, Direction::Forward, Effect::Lossy),
    Claim::on(Surface::Json, Direction::Forward, Effect::Error),
    Claim::on(Surface::Json, Direction::Forward, Effect::Reinterpreted),
    Claim::on(Surface::Source, Direction::Backward, Effect::Error),
];

/// What happens to a value, with the reason in words that go on after "the reader".
pub(crate) type Reading = (Effect, &'static str);

/// The same value arrives.
pub(crate) const SAME: Reading = (Effect::Ok, "reads the same value");

/// What a reader makes of a writer's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// From the binary form.
    pub(crate) wire: Reading,
    /// From JSON.
    pub(crate) json: Reading,
}

/// What a reader with one slot makes of what was written into another.
pub(crate) fn read(writer: Slot, reader: Slot) -> Outcome {
    Outcome { wire: wire::read(writer, reader), json: json::read(writer, reader) }
}

/// Both directions of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    backward: Outcome,
    forward: Outcome,
}

impl Verdict {
    /// What follows when a slot changes.
    pub(crate) fn of(slots: Pair<Slot>) -> Self {
        Self { backward: read(slots.old, slots.new), forward: read(slots.new, slots.old) }
    }

    /// The same where readers require the field: what is dropped is missing then, and the message is refused.
    pub(crate) fn for_readers_that_require(mut self, readers: Pair<bool>) -> Self {
        for (outcome, is_required) in [(&mut self.backward, readers.new), (&mut self.forward, readers.old)] {
            if is_required && outcome.wire.0 == Effect::Dropped {
                outcome.wire =
                    (Effect::Error, "finds another wire type, and refuses the message without the required field");
            }
        }
        self
    }

    /// The same without what happens in JSON.
    pub(crate) fn on_wire(mut self) -> Self {
        self.backward.json = SAME;
        self.forward.json = SAME;
        self
    }

    /// What happens to the binary form in one direction.
    pub(crate) fn wire(self, direction: Direction) -> Reading {
        match direction {
            Direction::Backward => self.backward.wire,
            Direction::Forward => self.forward.wire,
        }
    }

    /// The same with further readings of the binary form, where they are worse.
    pub(crate) fn and_wire(mut self, backward: Reading, forward: Reading) -> Self {
        self.backward.wire = worse(self.backward.wire, backward);
        self.forward.wire = worse(self.forward.wire, forward);
        self
    }

    /// What happens to data; nothing if each value survives.
    pub(crate) fn claims(self) -> impl Iterator<Item = Claim> {
        let both = [(Direction::Backward, self.backward), (Direction::Forward, self.forward)];
        let claims = both.into_iter().flat_map(|(direction, outcome)| {
            [Claim::on(Surface::Wire, direction, outcome.wire.0), Claim::on(Surface::Json, direction, outcome.json.0)]
        });
        claims.filter(|claim| claim.effect != Effect::Ok)
    }

    /// What happens to data, a sentence each, the wire first.
    pub(crate) fn sentences(self) -> Vec<String> {
        let (old, new) = ("an old reader of new", "a new reader of old");
        let all = [
            (new, "data", self.backward.wire),
            (old, "data", self.forward.wire),
            (new, "JSON", self.backward.json),
            (old, "JSON", self.forward.json),
        ];
        let bad = all.into_iter().filter(|(.., (effect, _))| *effect != Effect::Ok);
        bad.map(|(who, what, (_, because))| format!("{who} {what} {because}")).collect()
    }
}

/// The worse of two readings; the first one, if they are equally bad.
pub(crate) fn worse(one: Reading, two: Reading) -> Reading {
    if two.0 > one.0 { two } else { one }
}
