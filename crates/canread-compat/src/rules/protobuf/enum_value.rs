//! What the rules about enum values share: which names a number has, and what a reader of a number without a name does.

use canread_model::{Enum, EnumValue};

use crate::{
    Change, Claim, Context, DeclAt, Direction, Effect, Finding, Fix, Pair, Severity, Surface, finding::value_symbol,
};

/// An enum in both versions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Enums<'a> {
    pub(super) old: &'a Enum,
    pub(super) new: &'a Enum,
}

impl<'a> Enums<'a> {
    pub(super) fn of(owner: Pair<DeclAt<'a>>) -> Option<Self> {
        Some(Self { old: owner.old.decl().as_enum()?, new: owner.new.decl().as_enum()? })
    }

    /// The enum as its readers know it: new ones backward, old ones forward.
    pub(super) fn reader(self, direction: Direction) -> &'a Enum {
        match direction {
            Direction::Backward => self.new,
            Direction::Forward => self.old,
        }
    }

    /// The enum as its writers know it.
    pub(super) fn writer(self, direction: Direction) -> &'a Enum {
        match direction {
            Direction::Backward => self.old,
            Direction::Forward => self.new,
        }
    }

    /// The name that a JSON writer prints for a number: the first one.
    ///
    /// Source: Protobuf, "Language Guide", "Enum Value Aliases".
    pub(super) fn printed(self, direction: Direction, number: i64) -> Option<&'a str> {
        self.writer(direction).value_by_number(number).map(|value| &*value.name)
    }
}

/// The number of a value.
pub(super) fn number(value: &EnumValue) -> i64 {
    value.number.unwrap_or_default()
}

/// What a reader does with a number that has no name.
///
/// Source: Protobuf, "Enum Behavior".
pub(super) fn nameless(is_open: bool) -> &'static str {
    if is_open { "keeps the number, which has no name there" } else { "moves it to the unknown fields" }
}

/// Adds what a closed enum does to a number without a name. A loss may weigh less or more; a refusal is an error.
pub(super) fn lost_number(finding: Finding, direction: Direction, lost: Effect, severity: Severity) -> Finding {
    if lost == Effect::Error {
        return finding.note(REFUSED).claim(Surface::Wire, direction, lost);
    }
    finding.claim_as(Surface::Wire, direction, lost, severity)
}

/// What a lost number means where it must not be missing.
const REFUSED: &str = "where the field is required it is missing then, and the whole message is refused";

/// A value that is gone: neither its name nor its number is left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletion<'a> {
    pub(super) owner: Pair<DeclAt<'a>>,
    pub(super) old: &'a EnumValue,
    pub(super) enums: Enums<'a>,
    pub(super) is_number_reserved: bool,
    pub(super) is_name_reserved: bool,
}

impl<'a> Deletion<'a> {
    pub(super) fn of(change: &Change<'a>) -> Option<Self> {
        let Change::EnumValueRemoved { owner, old } = change else { return None };
        let enums = Enums::of(*owner)?;
        let is_gone = enums.new.value_by_number(number(old)).is_none();
        is_gone.then(|| Self {
            owner: *owner,
            old,
            enums,
            is_number_reserved: enums.new.reserved.has_number(number(old)),
            is_name_reserved: enums.new.reserved.has_name(&old.name),
        })
    }

    /// A finding about the deletion, with what all its rules say. `severity` is that of a closed enum that drops it.
    pub(super) fn finding(self, message: &str, severity: Severity, context: &Context<'_>) -> Finding {
        let (symbol, number) = (value_symbol(self.owner.old, self.old), number(self.old));
        let mut finding = Finding::new(&symbol, format!("`{symbol}` = {number} is gone{message}"))
            .old(self.old.node, "old data has this value")
            .new_site(self.owner.new.decl().node, "new readers have no such value")
            .note(format!("a new reader that finds {number} {}", nameless(self.enums.new.is_open)))
            .note(format!("a new reader of JSON refuses `\"{}\"`", self.old.name))
            .shape(format!("{} = {number}", self.old.name))
            .cause(self.owner.old.name())
            .claim(Surface::Json, Direction::Backward, Effect::Error)
            .claim(Surface::Source, Direction::Backward, Effect::Error);
        if !self.enums.new.is_open {
            let lost = context.lost_number(Direction::Backward, self.owner);
            finding = lost_number(finding, Direction::Backward, lost, severity);
        }
        finding
    }

    /// What the new version should reserve.
    pub(super) fn reservation(self) -> Fix {
        let number = number(self.old);
        Fix::Reserve {
            owner: self.owner.new.decl().node,
            numbers: if self.is_number_reserved { Vec::new() } else { vec![(number, number)] },
            names: if self.is_name_reserved { Vec::new() } else { vec![self.old.name.to_string()] },
        }
    }
}

/// A claim for both directions.
pub(super) fn both(surface: Surface, effect: Effect) -> [Claim; 2] {
    [Claim::on(surface, Direction::Backward, effect), Claim::on(surface, Direction::Forward, effect)]
}
