//! Two lists of fields: of records, or the parameters of messages.

use std::collections::BTreeMap;

use canread_model::Field;
use rustc_hash::{FxHashMap, FxHashSet};

use super::exchanged::{Taken, circles, same_shape};
use super::{Out, Resolver, default, met, named};
use crate::{Change, DeclAt, Direction, Directions, Met, Pair, TypeAt};

impl<'a> Resolver<'a> {
    pub(super) fn fields(
        &mut self,
        symbol: &str,
        owner: Pair<DeclAt<'a>>,
        fields: Pair<&'a [Field]>,
        within: Directions,
        out: &mut Out<'a>,
    ) {
        let aligned = align(fields, within);
        let nodes = Pair { old: owner.old.decl().node, new: owner.new.decl().node };
        // Field aliases are those of a record by its full name: elsewhere Avro's Java library does not look at them.
        let unnamed = named::by_namespace(owner);
        for &old in &aligned.only_old {
            let field = &fields.old[old];
            let nodes = Pair { old: field.node, new: nodes.new };
            out.push(met(format!("{symbol}.{}", field.name), within, nodes, Met::FieldRemoved(field)));
        }
        for (&(old, new), &found) in &aligned.pairs {
            let pair = Pair { old: &fields.old[old], new: &fields.new[new] };
            let symbol = format!("{symbol}.{}", pair.old.name);
            self.pair(&symbol, pair, found, within, out);
            let missed = found.and(unnamed);
            if pair.old.name != pair.new.name && !missed.is_empty() {
                let nodes = Pair { old: pair.old.node, new: pair.new.node };
                out.push(met(symbol, missed, nodes, Met::NamespaceMissed { decls: owner, fields: Some(pair) }));
            }
        }
        for &new in &aligned.only_new {
            let field = &fields.new[new];
            let nodes = Pair { old: nodes.old, new: field.node };
            out.push(met(format!("{symbol}.{}", field.name), within, nodes, Met::FieldAdded(field)));
        }
        ambiguous(symbol, fields, within, out);
    }

    fn pair(
        &mut self,
        symbol: &str,
        fields: Pair<&'a Field>,
        found: Directions,
        within: Directions,
        out: &mut Out<'a>,
    ) {
        let nodes = Pair { old: fields.old.node, new: fields.new.node };
        if fields.old.name != fields.new.name {
            out.push(met(symbol, within, nodes, Met::FieldRenamed { fields, found }));
        }
        let at = |schema, field: &'a Field| TypeAt { schema, ty: &field.ty };
        let types = Pair { old: at(self.versions.old, fields.old), new: at(self.versions.new, fields.new) };
        let is_same = match (fields.old.default_value(), fields.new.default_value()) {
            (Some(old), Some(new)) => default::are_same(Pair { old, new }, types),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !is_same {
            out.push(met(symbol, within, nodes, Met::DefaultChanged(fields)));
        }
        if !found.is_empty() {
            let start = out.len();
            self.types(symbol, types, found, out);
            for change in &mut out[start..] {
                if let Change::Resolution(one) = change
                    && let Met::TypeChanged { has_default, .. } = &mut one.met
                {
                    *has_default = fields.new.default_value().is_some();
                }
            }
        }
    }
}

/// Fields of a reader that take several of a writer's, be it by their name or by aliases.
///
/// [`found`] has a name go before an alias, as fastavro does; Avro's Java library refuses to choose, even where another
/// field of the reader has the name. Where the writer's own field has the same aliases, nobody read that data before.
fn ambiguous<'a>(symbol: &str, fields: Pair<&'a [Field]>, within: Directions, out: &mut Out<'a>) {
    for direction in within.iter() {
        let (writer, reader) = fields.by_role(direction);
        if reader.iter().all(|field| field.aliases.is_empty()) {
            continue;
        }
        let by_name = writer.iter().enumerate().map(|(at, field)| (&*field.name, at)).collect();
        let taken_by = |(at, field): (usize, &Field)| {
            Taken::of((at, &field.name, &field.aliases), &by_name, |at| &writer[at].aliases)
        };
        let mut taken: Vec<Taken> = reader.iter().enumerate().filter_map(taken_by).collect();
        let pair = |written: usize, read: usize| match direction {
            Direction::Backward => Pair { old: writer[written].node, new: reader[read].node },
            Direction::Forward => Pair { old: reader[read].node, new: writer[written].node },
        };
        for circle in circles(&mut taken) {
            let [(first, read), ..] = circle[..] else { continue };
            let mut types = circle.iter().flat_map(|(written, read)| [&writer[*written].ty, &reader[*read].ty]);
            let is_alike = types.all(|ty| same_shape(ty, &writer[first].ty));
            let names = circle.iter().map(|(written, _)| &*writer[*written].name).collect();
            let exchanged = Met::NamesExchanged { names, is_alike };
            let symbol = format!("{symbol}.{}", writer[first].name);
            out.push(met(symbol, Directions::only(direction), pair(first, read), exchanged));
        }
        for Taken { reader: read, written, .. } in taken {
            let [.., last] = written[..] else { continue };
            let name = &*reader[read].name;
            let written = written.iter().map(|at| &*writer[*at].name).collect();
            let ambiguous = Met::AliasAmbiguous { reader: name, written, is_union: false };
            out.push(met(format!("{symbol}.{name}"), Directions::only(direction), pair(last, read), ambiguous));
        }
    }
}

/// Fields by index.
struct Fields {
    /// With the directions in which a reader finds the one for the other; none for a rename without alias.
    pairs: BTreeMap<(usize, usize), Directions>,
    only_old: Vec<usize>,
    only_new: Vec<usize>,
}

/// Which fields belong together, for which reader.
///
/// Source: Avro 1.12, "Schema Resolution" ("fields are matched by name") and "Aliases" (those of the reader).
fn align(fields: Pair<&[Field]>, within: Directions) -> Fields {
    let mut pairs: BTreeMap<(usize, usize), Directions> = BTreeMap::new();
    for direction in within.iter() {
        let (writer, reader) = fields.by_role(direction);
        for (writer, reader) in found(writer, reader) {
            let key = if direction == Direction::Backward { (writer, reader) } else { (reader, writer) };
            let known = pairs.entry(key).or_default();
            *known = known.with(direction);
        }
    }
    let is_paired_old: FxHashSet<usize> = pairs.keys().map(|(old, _)| *old).collect();
    let is_paired_new: FxHashSet<usize> = pairs.keys().map(|(_, new)| *new).collect();
    let mut only_old: Vec<usize> = (0..fields.old.len()).filter(|at| !is_paired_old.contains(at)).collect();
    let mut only_new: Vec<usize> = (0..fields.new.len()).filter(|at| !is_paired_new.contains(at)).collect();
    // The same type in the same place, where both lists have one more: a field that was given another name.
    let is_new: FxHashSet<usize> = only_new.iter().copied().collect();
    let mut renamed = FxHashSet::default();
    only_old.retain(|old| {
        let is_renamed = fields.old.len() == fields.new.len()
            && is_new.contains(old)
            && same_shape(&fields.old[*old].ty, &fields.new[*old].ty);
        if is_renamed {
            renamed.insert(*old);
            pairs.insert((*old, *old), Directions::NONE);
        }
        !is_renamed
    });
    only_new.retain(|new| !renamed.contains(new));
    Fields { pairs, only_old, only_new }
}

/// Writer's and reader's fields that a reader brings together: by name, then by its aliases.
fn found(writer: &[Field], reader: &[Field]) -> Vec<(usize, usize)> {
    let by_name: FxHashMap<&str, usize> =
        writer.iter().enumerate().rev().map(|(at, field)| (&*field.name, at)).collect();
    let mut taken = FxHashSet::default();
    let mut found = Vec::new();
    let mut unnamed = Vec::new();
    for (at, field) in reader.iter().enumerate() {
        match by_name.get(&*field.name) {
            Some(&written) => {
                taken.insert(written);
                found.push((written, at));
            }
            None => unnamed.push(at),
        }
    }
    for at in unnamed {
        let aliases = reader[at].aliases.iter().filter_map(|alias| by_name.get(&**alias));
        if let Some(&written) = aliases.into_iter().find(|written| !taken.contains(*written)) {
            taken.insert(written);
            found.push((written, at));
        }
    }
    found
}
