//! What differs between two versions of a record: fields by number (or by name, where there is no number),
//! oneofs, and numbers that are set apart.

use std::collections::BTreeMap;

use canread_model::{Annotation, DeclId, Field, Literal, Record, RecordKind, Reserved};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Comparison, Outcome,
    extension::Extensions,
    field::{Oneofs, align_oneofs},
    options,
};
use crate::{Change, DeclAt, FieldPair, Holder, Pair};

impl<'a> Comparison<'a> {
    pub(super) fn records(&mut self, owner: Pair<DeclAt<'a>>, records: Pair<&'a Record>, outcome: &mut Outcome<'a>) {
        if (records.old.kind == RecordKind::MessageSet) != (records.new.kind == RecordKind::MessageSet) {
            outcome.changes.push(Change::RecordKindChanged(owner));
        }
        let extensions = self.extensions_beside(owner);
        let fields = align_fields(records, extensions.as_ref());
        for &old in &fields.only_old {
            outcome.changes.push(Change::FieldRemoved { owner, old: &records.old.fields[old] });
        }
        let oneofs = align_oneofs(records, &fields.pairs);
        for &(old, new) in &fields.pairs {
            let pair = FieldPair { owner, old: &records.old.fields[old], new: &records.new.fields[new] };
            self.field(pair, Oneofs { old_to_new: &oneofs }, outcome);
        }
        for pair in self.between_places(owner, records, &fields) {
            self.field(pair, Oneofs { old_to_new: &oneofs }, outcome);
        }
        for &new in &fields.only_new {
            outcome.changes.push(Change::FieldAdded { owner, new: &records.new.fields[new] });
        }
        compare_oneofs(owner, records, &oneofs, outcome);
        if !self.is_own(owner.ids()) {
            self.foreign_extensions(owner, extensions, &fields, outcome);
        }
    }

    /// The extensions of two messages by number, as far as nothing else is known about them: where both are one
    /// message, extensions that both versions have are paired as declarations.
    fn extensions_beside(&self, owner: Pair<DeclAt<'a>>) -> Pair<BTreeMap<i32, DeclId>> {
        let is_own = self.is_own(owner.ids());
        let old = self.extensions.old.of_message(owner.old.id);
        let new = self.extensions.new.of_message(owner.new.id);
        Pair {
            old: old.filter(|(_, id)| !is_own || self.left.old.contains(id)).collect(),
            new: new.filter(|(_, id)| !is_own || self.left.new.contains(id)).collect(),
        }
    }

    /// Fields that are extensions of the same number now, and extensions that are fields.
    ///
    /// Source: Protobuf, "Language Guide (proto 2)", "Updating A Message Type": "Non-required fields can be converted to
    /// an extension and vice versa, as long as the type and number stay the same".
    fn between_places(
        &mut self,
        owner: Pair<DeclAt<'a>>,
        records: Pair<&'a Record>,
        fields: &Fields,
    ) -> Vec<FieldPair<'a>> {
        let mut pairs = Vec::new();
        for &(old, id) in &fields.became_extensions {
            self.left.new.remove(&id);
            let new = owner.new.at(id);
            let Some(extension) = new.decl().as_extension() else { continue };
            let owner = Pair { old: owner.old, new };
            pairs.push(FieldPair { owner, old: &records.old.fields[old], new: &extension.field });
        }
        for &(id, new) in &fields.were_extensions {
            self.left.old.remove(&id);
            let old = owner.old.at(id);
            let Some(extension) = old.decl().as_extension() else { continue };
            let owner = Pair { old, new: owner.new };
            pairs.push(FieldPair { owner, old: &extension.field, new: &records.new.fields[new] });
        }
        pairs
    }

    /// Extensions of two messages that are not one, of which the data of both may be read as that of the other.
    fn foreign_extensions(
        &mut self,
        messages: Pair<DeclAt<'a>>,
        mut extensions: Pair<BTreeMap<i32, DeclId>>,
        fields: &Fields,
        outcome: &mut Outcome<'a>,
    ) {
        let were: FxHashSet<DeclId> = fields.were_extensions.iter().map(|(paired, _)| *paired).collect();
        let became: FxHashSet<DeclId> = fields.became_extensions.iter().map(|(_, paired)| *paired).collect();
        extensions.old.retain(|_, id| !were.contains(id));
        extensions.new.retain(|_, id| !became.contains(id));
        for (number, id) in extensions.old {
            let old = messages.old.at(id);
            let Some(id) = extensions.new.remove(&number) else {
                outcome.changes.push(Change::ExtensionRemoved { owner: messages, old });
                continue;
            };
            let owner = Pair { old, new: messages.new.at(id) };
            if owner.old.name() != owner.new.name() {
                outcome.changes.push(Change::DeclRenamed(owner));
            }
            if let (Some(old), Some(new)) = (owner.old.decl().as_extension(), owner.new.decl().as_extension()) {
                self.field(FieldPair { owner, old: &old.field, new: &new.field }, Oneofs::NONE, outcome);
            }
        }
        let added = extensions.new.into_values().map(|id| messages.new.at(id));
        outcome.changes.extend(added.map(|new| Change::ExtensionAdded { owner: messages, new }));
    }
}

/// Numbers and names that are set apart. Only of one declaration in two versions: that another one sets apart
/// others is no change.
pub(super) fn set_apart<'a>(owner: Pair<DeclAt<'a>>, old_extensions: &Extensions, outcome: &mut Outcome<'a>) {
    let decls = owner.decls();
    if let (Some(old), Some(new)) = (decls.old.as_record(), decls.new.as_record()) {
        let used = new.fields.iter().filter_map(|field| Some(field.number?.value.into()));
        let named = |name: &str| owner.new.field(name).is_some();
        reserved(owner, Pair { old: &old.reserved, new: &new.reserved }, used, named, outcome);
        let extended = old_extensions.of_message(owner.old.id).map(|(number, _)| number);
        extension_ranges(owner, Pair { old, new }, extended, outcome);
        extension_declarations(owner, Pair { old, new }, outcome);
    }
    if let (Some(old), Some(new)) = (decls.old.as_enum(), decls.new.as_enum()) {
        let used = new.values.iter().filter_map(|value| value.number);
        let named = |name: &str| owner.new.value(name).is_some();
        reserved(owner, Pair { old: &old.reserved, new: &new.reserved }, used, named, outcome);
    }
}

/// Fields of two records by index, and extensions by declaration.
#[derive(Default)]
struct Fields {
    pairs: Vec<(usize, usize)>,
    /// Old fields with the new extensions of their numbers.
    became_extensions: Vec<(usize, DeclId)>,
    /// Old extensions with the new fields of their numbers.
    were_extensions: Vec<(DeclId, usize)>,
    only_old: Vec<usize>,
    only_new: Vec<usize>,
}

/// Pairs fields by number; those that are left over, by name (a field that was given another number).
fn align_fields(records: Pair<&Record>, extensions: Pair<&BTreeMap<i32, DeclId>>) -> Fields {
    let mut fields = Fields::default();
    let mut is_paired = vec![false; records.new.fields.len()];
    let mut left_over = Vec::new();
    let by_number = index(&records.new.fields, |field| field.number.map(|number| number.value));
    for (at, field) in records.old.fields.iter().enumerate() {
        let number = field.number.map(|number| number.value);
        if let Some(&new) = number.and_then(|number| by_number.get(&number)) {
            is_paired[new] = true;
            fields.pairs.push((at, new));
        } else if let Some(&new) = number.and_then(|number| extensions.new.get(&number)) {
            fields.became_extensions.push((at, new));
        } else {
            left_over.push(at);
        }
    }
    for (number, &old) in extensions.old {
        if let Some(&new) = by_number.get(number).filter(|&&new| !is_paired[new]) {
            is_paired[new] = true;
            fields.were_extensions.push((old, new));
        }
    }
    let by_name = index(&records.new.fields, |field| Some(&*field.name));
    for at in left_over {
        match by_name.get(&*records.old.fields[at].name) {
            Some(&new) if !is_paired[new] => {
                is_paired[new] = true;
                fields.pairs.push((at, new));
            }
            _ => fields.only_old.push(at),
        }
    }
    fields.only_new = (0..is_paired.len()).filter(|&at| !is_paired[at]).collect();
    fields
}

fn index<'a, K: Eq + std::hash::Hash>(
    fields: &'a [Field],
    key: impl Fn(&'a Field) -> Option<K>,
) -> FxHashMap<K, usize> {
    // Backwards, so that of two fields with one key (an error that was reported) the first one counts.
    fields.iter().enumerate().rev().filter_map(|(at, field)| Some((key(field)?, at))).collect()
}

fn compare_oneofs<'a>(
    owner: Pair<DeclAt<'a>>,
    records: Pair<&'a Record>,
    old_to_new: &[Option<u32>],
    outcome: &mut Outcome<'a>,
) {
    for (old, new) in records.old.oneofs.iter().zip(old_to_new) {
        let Some(new) = new.and_then(|new| records.new.oneofs.get(new as usize)) else { continue };
        let oneof = Pair { old, new };
        if old.name != new.name {
            outcome.changes.push(Change::OneofRenamed { owner, oneof });
        }
        options::fields(Holder::Oneof(owner, oneof), Pair { old: &old.meta, new: &new.meta }, outcome);
    }
}

/// What was set apart and no longer is, unless something uses it: then that is the change.
fn reserved<'a>(
    owner: Pair<DeclAt<'a>>,
    reserved: Pair<&'a Reserved>,
    used: impl Iterator<Item = i64>,
    is_named: impl Fn(&str) -> bool,
    outcome: &mut Outcome<'a>,
) {
    if !reserved.old.ranges.is_empty() {
        let mut taken: Vec<(i64, i64)> = reserved.new.ranges.iter().map(|range| (range.start, range.end)).collect();
        taken.extend(used.map(|number| (number, number)));
        let taken = joined(taken);
        for range in &reserved.old.ranges {
            let freed = subtract((range.start, range.end), &taken);
            if !freed.is_empty() {
                outcome.changes.push(Change::NumbersUnreserved { owner, range, freed });
            }
        }
    }
    for name in &reserved.old.names {
        if !owner.new.has_reserved_name(&name.name) && !is_named(&name.name) {
            outcome.changes.push(Change::NameUnreserved { owner, name });
        }
    }
}

/// The highest number of a field, and of an extension of a message that is no message set.
///
/// Source: Protobuf, "Language Guide (proto 2)", "Assigning Field Numbers".
const NUMBER_MAX: i64 = (1 << 29) - 1;

/// What was for extensions and no longer is. `extended` are the numbers that old extensions had: where a field has one
/// of them now, that is the change.
fn extension_ranges<'a>(
    owner: Pair<DeclAt<'a>>,
    records: Pair<&'a Record>,
    extended: impl Iterator<Item = i32>,
    outcome: &mut Outcome<'a>,
) {
    let mut left: Vec<(i64, i64)> = records.new.extension_ranges.iter().map(|range| (range.start, range.end)).collect();
    let fields = extended.filter(|number| owner.new.field_by_number(*number).is_some());
    left.extend(fields.map(|number| (number.into(), number.into())));
    if records.new.kind != RecordKind::MessageSet {
        // Only a message set can have these; `max` says no more than what the message can have.
        left.push((NUMBER_MAX + 1, i64::MAX));
    }
    let left = joined(left);
    for range in &records.old.extension_ranges {
        let lost = subtract((range.start, range.end), &left);
        if !lost.is_empty() {
            outcome.changes.push(Change::ExtensionRangeShrunk { owner, range, lost });
        }
    }
}

/// What the record says about its extensions ahead, over all ranges: these may be split and joined at will.
fn extension_declarations<'a>(owner: Pair<DeclAt<'a>>, records: Pair<&'a Record>, outcome: &mut Outcome<'a>) {
    let new: FxHashMap<i64, &Annotation> = declarations(records.new).collect();
    for (number, old) in declarations(records.old) {
        let declaration = new.get(&number).copied();
        let is_same = match declaration {
            Some(new) => same_declaration(&old.value, &new.value),
            // A number that is no longer for extensions is a change of the range.
            None => !owner.new.has_extension_number(number),
        };
        if !is_same {
            outcome.changes.push(Change::ExtensionDeclarationChanged { owner, number, old, new: declaration });
        }
    }
}

fn declarations(record: &Record) -> impl Iterator<Item = (i64, &Annotation)> {
    let annotations = record.extension_ranges.iter().flat_map(|range| &range.meta.annotations);
    annotations.filter(|annotation| &*annotation.path == "declaration").filter_map(|annotation| {
        match annotation.value.field("number")? {
            Literal::Int(number) => Some((i64::try_from(*number).ok()?, annotation)),
            _ => None,
        }
    })
}

/// Whether both declare the same extension; one that is marked as reserved need not say what it was.
fn same_declaration(old: &Literal, new: &Literal) -> bool {
    let is_set = |literal: &Literal, name| literal.field(name) == Some(&Literal::Bool(true));
    let kept = |name| match (old.field(name), new.field(name)) {
        (Some(old), Some(new)) => old.same(new),
        (None, None) => true,
        _ => is_set(old, "reserved") && is_set(new, "reserved"),
    };
    let is_freed = is_set(old, "reserved") && !is_set(new, "reserved");
    !is_freed && kept("full_name") && kept("type") && is_set(old, "repeated") == is_set(new, "repeated")
}

/// The numbers of a run that none of the others, which are [`joined`], has, as inclusive runs.
fn subtract(run: (i64, i64), others: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let (mut start, end) = run;
    let mut left = Vec::new();
    let first = others.partition_point(|(_, other_end)| *other_end < start);
    for &(other_start, other_end) in others[first..].iter().take_while(|(other_start, _)| *other_start <= end) {
        if other_start > start {
            left.push((start, other_start - 1));
        }
        start = start.max(other_end.saturating_add(1));
    }
    if start <= end {
        left.push((start, end));
    }
    left
}

/// Runs in order, those that overlap as one.
fn joined(mut runs: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    runs.retain(|(start, end)| start <= end);
    runs.sort_unstable();
    runs.dedup_by(|next, last| {
        let is_same = next.0 <= last.1;
        if is_same {
            last.1 = last.1.max(next.1);
        }
        is_same
    });
    runs
}

#[cfg(test)]
mod tests {
    use super::{joined, subtract};

    #[test]
    fn what_is_left_of_a_run_is_what_no_other_covers() {
        assert_eq!(subtract((1, 9), &[]), [(1, 9)]);
        assert_eq!(subtract((1, 9), &[(4, 5)]), [(1, 3), (6, 9)]);
        assert_eq!(subtract((1, 9), &[(0, 2), (5, 20)]), [(3, 4)]);
        assert_eq!(subtract((1, 9), &[(0, 4), (5, 9)]), []);
        assert_eq!(subtract((1, 9), &joined(vec![(12, 13), (3, 6), (3, 3), (8, 7)])), [(1, 2), (7, 9)]);
    }
}
