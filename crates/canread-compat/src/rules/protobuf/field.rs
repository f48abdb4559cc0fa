//! What the rules about fields share: whether a field is still the one it was, and how JSON finds it.

use canread_model::{Field, Presence, Record};

use super::convert::{self, Many, Slot, Verdict};
use super::declaration::{extendee, is_option};
use crate::{
    Change, Consequences, Context, DeclAt, Effect, FieldChange, FieldPair, Finding, Pair, Shape, Surface,
    change::{self, type_name},
    finding::field_symbol,
    json_name,
};

/// A field with the record, or extension declaration, that holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldAt<'a> {
    pub(super) owner: DeclAt<'a>,
    pub(super) field: &'a Field,
}

impl<'a> FieldAt<'a> {
    pub(super) fn symbol(self) -> String {
        field_symbol(self.owner, self.field)
    }

    /// How its message knows it: an extension by its full name.
    pub(super) fn name(self) -> &'a str {
        if self.record().is_some() { &self.field.name } else { self.owner.name() }
    }

    pub(super) fn slot(self) -> Slot {
        Slot::of(self.owner.schema, self.field)
    }

    pub(super) fn type_name(self) -> String {
        type_name(self.owner.schema, &self.field.ty)
    }

    pub(super) fn number(self) -> i32 {
        self.field.number.map_or(0, |number| number.value)
    }

    /// Whether both name a message or enum, and not of one name.
    fn names_another_than(self, other: FieldAt<'_>) -> bool {
        let targets = (Shape::of(&self.field.ty).element.target(), Shape::of(&other.field.ty).element.target());
        let (Some(own), Some(others)) = targets else { return false };
        self.owner.schema.decl(own).full_name != other.owner.schema.decl(others).full_name
    }

    /// The record it is declared in; none for an extension.
    pub(super) fn record(self) -> Option<&'a Record> {
        self.owner.decl().as_record()
    }

    /// The field of a message that goes by this one's name: by its own, or for an extension by the full one.
    pub(super) fn namesake(self, message: DeclAt<'a>) -> Option<FieldAt<'a>> {
        if let Some(field) = self.record().and_then(|_| message.field(&self.field.name)) {
            return Some(FieldAt { owner: message, field });
        }
        if self.record().is_some() { None } else { extension_named(self.owner.name(), message) }
    }

    /// The extension that goes by this one's full name, or by its own name where `other`, which took its place, stands.
    fn namesake_or_moved(self, other: DeclAt<'a>) -> Option<FieldAt<'a>> {
        let message = message(other);
        let moved = self.namesake(message).or_else(|| {
            let scope = other.name().strip_suffix(&*other.decl().as_extension()?.field.name)?;
            extension_named(&format!("{scope}{}", self.field.name), message)
        });
        moved.filter(|moved| moved.number() != self.number())
    }

    /// The field for which a JSON reader takes this field's key: by its JSON name, or else by its own name. An extension
    /// has its full name in brackets there, as no field has.
    ///
    /// Source: Protobuf, "ProtoJSON Format", "Field names as JSON keys".
    pub(super) fn found_by_json(self, reader: DeclAt<'a>) -> Option<FieldAt<'a>> {
        let reader = message(reader);
        if self.record().is_none() {
            return self.namesake(reader);
        }
        let key = json_name(self.owner, self.field);
        let by_json = reader.schema.fields_by_json_name(reader.id, &key).next();
        let field = by_json.or_else(|| reader.field(&key))?;
        Some(FieldAt { owner: reader, field })
    }

    /// What a JSON reader makes of this field.
    pub(super) fn read_as_json(self, reader: DeclAt<'a>) -> Effect {
        let is_still_there = || reader.field(&self.field.name).is_some();
        match self.found_by_json(reader) {
            None => Effect::Error,
            // Under another name it is the same field only if that is a rename: same number, and the old name is gone.
            Some(found)
                if found.field.name != self.field.name && (found.number() != self.number() || is_still_there()) =>
            {
                Effect::Reinterpreted
            }
            // What two messages or enums have in common was not looked at, since no number brings them together.
            Some(found) if found.number() != self.number() && self.names_another_than(found) => {
                Effect::Error.max(convert::read(self.slot(), found.slot()).json.0)
            }
            Some(found) => match convert::read(self.slot(), found.slot()).json.0 {
                // A `null` that is lost is no less than one that is refused: the field is set in the one form only.
                Effect::Dropped => Effect::Error,
                effect => effect,
            },
        }
    }
}

/// The extension of a message that has a full name.
fn extension_named<'a>(name: &str, message: DeclAt<'a>) -> Option<FieldAt<'a>> {
    let extensions = message.schema.find_all(name).map(|id| message.at(id));
    let mut extensions = extensions.filter(|other| extendee(*other) == Some(message.id));
    extensions.find_map(|owner| Some(FieldAt { owner, field: &owner.decl().as_extension()?.field }))
}

/// The message whose data an owner of fields speaks about: itself, or the one that it extends.
pub(super) fn message(owner: DeclAt<'_>) -> DeclAt<'_> {
    extendee(owner).map_or(owner, |message| owner.at(message))
}

/// The types of both halves, told apart.
pub(super) fn type_names(fields: &FieldPair<'_>) -> Pair<String> {
    change::type_names((fields.owner.old.schema, &fields.old.ty), (fields.owner.new.schema, &fields.new.ty))
}

/// Both halves of a pair.
pub(super) fn halves<'a>(fields: &FieldPair<'a>) -> (FieldAt<'a>, FieldAt<'a>) {
    (FieldAt { owner: fields.owner.old, field: fields.old }, FieldAt { owner: fields.owner.new, field: fields.new })
}

/// Two extensions as the fields that they are.
pub(super) fn extensions(owner: Pair<DeclAt<'_>>) -> Option<FieldPair<'_>> {
    let Pair { old, new } = owner.decls();
    Some(FieldPair { owner, old: &old.as_extension()?.field, new: &new.as_extension()?.field })
}

/// What differs about a field that is still the same one: its number was neither changed nor given to another field.
pub(super) fn kept<'c, 'a>(change: &'c Change<'a>) -> Option<(&'c FieldPair<'a>, &'c FieldChange)> {
    let Change::Field(fields, what) = change else { return None };
    (fields.same_number() && reuse(fields).is_none()).then_some((fields, what))
}

/// Why a number is taken to stand for another field.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reuse<'a> {
    /// The old field is still there, under another number.
    Moved(FieldAt<'a>),
    /// The new field was there before, under another number.
    Taken(FieldAt<'a>),
    /// Name and type are both others.
    OtherType,
}

/// Whether the number of a pair stands for another field now, and why we think so. A name that is alone in
/// having changed is a rename; so is one whose JSON name was kept on purpose.
///
/// What a renamed field that names another message means depends on the two messages: see [`is_retargeted`].
pub(super) fn reuse<'a>(fields: &FieldPair<'a>) -> Option<Reuse<'a>> {
    let (old, new) = halves(fields);
    if !fields.same_number() {
        return None;
    }
    if fields.is_extension().old && fields.is_extension().new {
        return reuse_of_extension(old, new);
    }
    if fields.same_name() {
        return None;
    }
    if let Some(moved) = old.namesake(message(new.owner)) {
        return Some(Reuse::Moved(moved));
    }
    if let Some(taken) = new.namesake(message(old.owner)) {
        return Some(Reuse::Taken(taken));
    }
    let is_same_key = fields.same_place() && json_name(old.owner, old.field) == json_name(new.owner, new.field);
    (!is_same_key && !is_alike(old, new)).then_some(Reuse::OtherType)
}

/// The same of two extensions, which go by their full names. One of the same own name elsewhere was moved; custom options
/// are not in data.
fn reuse_of_extension<'a>(old: FieldAt<'a>, new: FieldAt<'a>) -> Option<Reuse<'a>> {
    if old.owner.name() == new.owner.name() || is_option(old.owner) {
        return None;
    }
    if let Some(moved) = old.namesake_or_moved(new.owner) {
        return Some(Reuse::Moved(moved));
    }
    if let Some(taken) = new.namesake_or_moved(old.owner) {
        return Some(Reuse::Taken(taken));
    }
    (old.field.name != new.field.name && !is_alike(old, new)).then_some(Reuse::OtherType)
}

/// Whether both hold as many values of the same type, which declaration it names apart.
fn is_alike(old: FieldAt<'_>, new: FieldAt<'_>) -> bool {
    let (old, new) = (old.slot(), new.slot());
    let many = match (old.many, new.many) {
        (Many::Map(one), Many::Map(two)) => one.kind().is_like(two.kind()),
        (Many::Packed | Many::Expanded, Many::Packed | Many::Expanded) => true,
        (one, two) => one == two,
    };
    many && old.kind.is_like(new.kind) && old.is_delimited == new.is_delimited
}

/// Whether both name a declaration, and not the same one.
pub(super) fn is_retargeted(fields: &FieldPair<'_>, context: &Context<'_>) -> bool {
    let element = |ty| Shape::of(ty).element.target();
    match (element(&fields.old.ty), element(&fields.new.ty)) {
        (Some(old), Some(new)) => !context.is_same_decl(Pair { old, new }),
        _ => false,
    }
}

/// Adds what the bytes of another message than before may come to, where there is no telling.
pub(super) fn perhaps(finding: Finding, fields: &FieldPair<'_>, consequences: &Consequences) -> Finding {
    let names = type_names(fields);
    let symbol = halves(fields).0.symbol();
    let message = format!(
        "`{symbol}` was {} and is the {} `{}`: data of the one may not be data of the other",
        names.old, names.new, fields.new.name
    );
    finding.perhaps(consequences.undecided_on(Surface::Wire), message)
}

/// A finding about a symbol: what changed, and as its consequence the first thing that happens to data. The
/// others are notes.
pub(super) fn told(symbol: String, what: &str, verdict: Verdict) -> Finding {
    let mut sentences = verdict.sentences().into_iter();
    let message = match sentences.next() {
        Some(first) => format!("`{symbol}` {what}: {first}"),
        None => format!("`{symbol}` {what}"),
    };
    sentences.fold(Finding::new(symbol, message), Finding::note)
}

/// The slots of both halves.
pub(super) fn slots(fields: &FieldPair<'_>) -> Pair<Slot> {
    let (old, new) = halves(fields);
    Pair { old: old.slot(), new: new.slot() }
}

/// What follows from what the two halves hold. Between a field and an extension no JSON goes, whatever they hold.
pub(super) fn verdict(fields: &FieldPair<'_>) -> Verdict {
    let is_required = |field: &Field| field.presence == Presence::Required;
    let readers = Pair { old: is_required(fields.old), new: is_required(fields.new) };
    let verdict = Verdict::of(slots(fields)).for_readers_that_require(readers);
    if fields.same_place() { verdict } else { verdict.on_wire() }
}

/// Whether neither is an extension.
pub(super) fn is_in_message(fields: &FieldPair<'_>) -> bool {
    !fields.is_extension().old && !fields.is_extension().new
}

/// Whether the name is all that is visibly different about the field's identity. What moved is not renamed.
pub(super) fn is_renamed_only(fields: &FieldPair<'_>) -> bool {
    let is_data = is_in_message(fields) || (fields.same_place() && !is_option(fields.owner.old));
    !fields.same_name() && fields.same_number() && reuse(fields).is_none() && is_data
}
