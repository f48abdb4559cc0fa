//! Two uses of a type: unions taken apart, then branch by branch.

use std::collections::BTreeMap;

use canread_model::{Decl, DeclKind, TypeKind};
use rustc_hash::FxHashMap;

use super::branch::{Branches, Fit, Index, branches, choose, first, fit, pair};
use super::equivalent::are_equivalent;
use super::exchanged::Taken;
use super::{Out, Resolver, met, named, namesake, promotion};
use crate::{Change, DeclAt, Direction, Directions, Effect, Met, Pair, TypeAt};

impl<'a> Resolver<'a> {
    /// Compares two uses of a type. Recurses as deep as types are nested in the text, which the reader bounds.
    pub(super) fn types(&mut self, symbol: &str, types: Pair<TypeAt<'a>>, within: Directions, out: &mut Out<'a>) {
        let sides = Pair { old: branches(types.old), new: branches(types.new) };
        if !sides.old.is_union && !sides.new.is_union {
            self.branch(symbol, types, within, Directions::NONE, out);
            return;
        }
        if sides.old.is_union != sides.new.is_union {
            out.push(met(symbol, within, nodes(types), Met::UnionWrapped(types)));
        }
        self.unions(symbol, types, &sides, within, out);
    }

    fn unions(
        &mut self,
        symbol: &str,
        types: Pair<TypeAt<'a>>,
        sides: &Pair<Branches<'a>>,
        within: Directions,
        out: &mut Out<'a>,
    ) {
        let mut brought = Brought::of(sides, within);
        brought.left_over(sides, within);
        // A union's writer may never use the branch; another writer has no choice.
        let is_branch = Directions { backward: sides.old.is_union, forward: sides.new.is_union };
        missed(symbol, sides, &brought, out);
        for (&(old, new), &within) in &brought.pairs {
            let pair = Pair { old: sides.old.types[old], new: sides.new.types[new] };
            self.branch(symbol, pair, within, is_branch, out);
            if let (Some(old), Some(new)) = (pair.old.named(), pair.new.named())
                && sides.old.is_union
                && sides.new.is_union
                && old.name() != new.name()
            {
                let nodes = nodes(pair);
                out.push(met(symbol, within, nodes, Met::BranchRenamed(Pair { old, new })));
            }
        }
        for &old in &brought.only_old {
            let branch = sides.old.types[old];
            let is_all = !sides.old.is_union;
            out.push(lone(
                symbol,
                types,
                Pair { old: branch, new: types.new },
                is_all,
                within,
                Met::BranchRemoved(branch),
            ));
        }
        for &new in &brought.only_new {
            let branch = sides.new.types[new];
            let is_all = !sides.new.is_union;
            out.push(lone(
                symbol,
                types,
                Pair { old: types.old, new: branch },
                is_all,
                within,
                Met::BranchAdded(branch),
            ));
        }
        shadowed(symbol, types, sides, within, out);
        namesake::shadowed(symbol, nodes(types), sides, within, out);
        ambiguous(symbol, types, sides, within, out);
    }

    /// Compares two types that are no unions.
    fn branch(
        &mut self,
        symbol: &str,
        types: Pair<TypeAt<'a>>,
        within: Directions,
        is_branch: Directions,
        out: &mut Out<'a>,
    ) {
        match (&types.old.ty.kind, &types.new.ty.kind) {
            (TypeKind::List(old), TypeKind::List(new)) => {
                let items = Pair { old: types.old.at(&old.item), new: types.new.at(&new.item) };
                self.types(&format!("{symbol}[]"), items, within, out);
            }
            (TypeKind::Map(old), TypeKind::Map(new)) => {
                let values = Pair { old: types.old.at(&old.value), new: types.new.at(&new.value) };
                self.types(&format!("{symbol}{{}}"), values, within, out);
            }
            (TypeKind::Ref(old), TypeKind::Ref(new)) => {
                let key = Pair { old: *old, new: *new };
                if self.is_one(types) {
                    self.reach(key, within);
                } else {
                    out.push(met(
                        symbol,
                        within,
                        nodes(types),
                        Met::TypeChanged { types, is_branch, has_default: false },
                    ));
                }
            }
            (old, new) => {
                if old != new {
                    out.push(met(
                        symbol,
                        within,
                        nodes(types),
                        Met::TypeChanged { types, is_branch, has_default: false },
                    ));
                }
                let can_be_read = Directions {
                    backward: is_readable(promotion(old, new).effect),
                    forward: is_readable(promotion(new, old).effect),
                };
                let within = within.and(can_be_read);
                logical(symbol, types, within, out);
            }
        }
    }

    /// Whether two named types are one: by name or alias in some direction, or because neither version has both names.
    fn is_one(&self, types: Pair<TypeAt<'a>>) -> bool {
        let (Some(old), Some(new)) = (types.old.named(), types.new.named()) else { return false };
        if std::mem::discriminant(&old.decl().kind) != std::mem::discriminant(&new.decl().kind) {
            // That a name stands for another sort of type is a change of the name, wherever it is used.
            return old.name() == new.name();
        }
        let is_found = |direction| fit(types, direction) != Fit::Not;
        is_found(Direction::Backward)
            || is_found(Direction::Forward)
            || (self.versions.new.find(old.name()).is_none() && self.versions.old.find(new.name()).is_none())
    }
}

/// A branch that no reader takes. Where that is all that the writer can write, it is a change of the type.
fn lone<'a>(
    symbol: &str,
    whole: Pair<TypeAt<'a>>,
    types: Pair<TypeAt<'a>>,
    is_all: bool,
    within: Directions,
    branch: Met<'a>,
) -> Change<'a> {
    let direction = if matches!(branch, Met::BranchRemoved(_)) { Direction::Backward } else { Direction::Forward };
    let within = within.and(Directions::only(direction));
    if is_all {
        return met(
            symbol,
            within,
            nodes(types),
            Met::TypeChanged { types, is_branch: Directions::NONE, has_default: false },
        );
    }
    let place = |one: TypeAt<'a>, whole: TypeAt<'a>| if one.ty.node.0 == 0 { whole.ty.node } else { one.ty.node };
    let nodes = Pair { old: place(types.old, whole.old), new: place(types.new, whole.new) };
    met(symbol, within, nodes, branch)
}

fn is_readable(effect: Effect) -> bool {
    effect != Effect::Error
}

/// Logical types of two types of which each can be read as the other, in these directions.
pub(super) fn logical<'a>(symbol: &str, types: Pair<TypeAt<'a>>, within: Directions, out: &mut Out<'a>) {
    let kinds = Pair { old: types.old.physical().as_logical(), new: types.new.physical().as_logical() };
    if kinds.old != kinds.new && !within.is_empty() {
        out.push(met(symbol, within, nodes(types), Met::LogicalChanged(types)));
    }
}

/// Which branches readers bring together.
#[derive(Default)]
struct Brought {
    pairs: BTreeMap<(usize, usize), Directions>,
    only_old: Vec<usize>,
    only_new: Vec<usize>,
}

impl Brought {
    fn of(sides: &Pair<Branches<'_>>, within: Directions) -> Self {
        let mut brought = Self::default();
        let (old, new) = (&sides.old.types, &sides.new.types);
        let index = Pair { old: Index::new(old), new: Index::new(new) };
        for (at, old) in old.iter().enumerate() {
            match index.new.choose(*old, Direction::Backward) {
                Some(chosen) => brought.add(at, chosen, within.and(Directions::only(Direction::Backward))),
                None => brought.only_old.push(at),
            }
        }
        for (at, new) in new.iter().enumerate() {
            match index.old.choose(*new, Direction::Forward) {
                Some(chosen) => brought.add(chosen, at, within.and(Directions::only(Direction::Forward))),
                None => brought.only_new.push(at),
            }
        }
        brought
    }

    fn add(&mut self, old: usize, new: usize, within: Directions) {
        if !within.is_empty() {
            let known = self.pairs.entry((old, new)).or_default();
            *known = known.or(within);
        }
    }

    /// A branch that the other direction brings together with one, and one that is alone on either side, is that one:
    /// the change is one of its type.
    fn left_over(&mut self, sides: &Pair<Branches<'_>>, within: Directions) {
        let (backward, forward) =
            (within.and(Directions::only(Direction::Backward)), within.and(Directions::only(Direction::Forward)));
        let known: Vec<(usize, usize)> = self.pairs.keys().copied().collect();
        let by_old: FxHashMap<usize, (usize, usize)> = known.iter().rev().map(|pair| (pair.0, *pair)).collect();
        let by_new: FxHashMap<usize, (usize, usize)> = known.iter().rev().map(|pair| (pair.1, *pair)).collect();
        self.only_old.retain(|old| match by_old.get(old) {
            Some(pair) => {
                let known = self.pairs.entry(*pair).or_default();
                *known = known.or(backward);
                false
            }
            None => true,
        });
        self.only_new.retain(|new| match by_new.get(new) {
            Some(pair) => {
                let known = self.pairs.entry(*pair).or_default();
                *known = known.or(forward);
                false
            }
            None => true,
        });
        if let ([old], [new]) = (&self.only_old[..], &self.only_new[..])
            && is_alike(Pair { old: sides.old.types[*old], new: sides.new.types[*new] })
        {
            self.pairs.insert((*old, *new), within);
            self.only_old.clear();
            self.only_new.clear();
        }
    }
}

/// Enums and fixed whose namespace differs, in unions in which Avro's Java library looks for them by full name.
///
/// Records it finds by what is in them. Source: Avro Java 1.12.0, `Resolver.ReaderUnion`.
fn missed<'a>(symbol: &str, sides: &Pair<Branches<'a>>, brought: &Brought, out: &mut Out<'a>) {
    let mut sought: BTreeMap<(usize, usize), (Pair<DeclAt<'a>>, Directions)> = BTreeMap::new();
    for (key, within) in &brought.pairs {
        let types = Pair { old: sides.old.types[key.0], new: sides.new.types[key.1] };
        let (Some(old), Some(new)) = (types.old.named(), types.new.named()) else { continue };
        let is_found_by_name = matches!(
            (&old.decl().kind, &new.decl().kind),
            (DeclKind::Enum(_), DeclKind::Enum(_)) | (DeclKind::Fixed(_), DeclKind::Fixed(_))
        );
        let decls = Pair { old, new };
        let within = within.and(named::by_namespace(decls));
        if is_found_by_name && !within.is_empty() {
            sought.insert(*key, (decls, within));
        }
    }
    if sought.is_empty() {
        return;
    }
    let mut indices: FxHashMap<Direction, Index<'_>> = FxHashMap::default();
    for direction in Directions::BOTH.iter() {
        let (writer, reader) = sides.as_ref().by_role(direction);
        if reader.is_union && !are_equivalent(writer, reader, direction) {
            indices.insert(direction, Index::new(&reader.types));
        }
    }
    for (key, (decls, within)) in sought {
        let is_missed = |direction: &Direction| {
            let (writer, _) = decls.by_role(*direction);
            indices.get(direction).is_some_and(|reader| !reader.has_full_name(writer.name()))
        };
        let missed = within.iter().filter(is_missed).fold(Directions::NONE, Directions::with);
        if !missed.is_empty() {
            let nodes = nodes(Pair { old: sides.old.types[key.0], new: sides.new.types[key.1] });
            out.push(met(symbol, missed, nodes, Met::NamespaceMissed { decls, fields: None }));
        }
    }
}

/// Whether a branch that came may be what one that went has become: both are values, and named types of one sort.
fn is_alike(types: Pair<TypeAt<'_>>) -> bool {
    let is_null = |ty: TypeAt<'_>| matches!(ty.ty.kind, TypeKind::Null);
    let sort = |ty: TypeAt<'_>| ty.named().map(|decl| std::mem::discriminant::<DeclKind>(&decl.decl().kind));
    !is_null(types.old) && !is_null(types.new) && sort(types.old) == sort(types.new)
}

/// Branches, of primitive types, that a reader who takes the first match does not get to any more.
fn shadowed<'a>(
    symbol: &str,
    types: Pair<TypeAt<'a>>,
    sides: &Pair<Branches<'a>>,
    within: Directions,
    out: &mut Out<'a>,
) {
    for direction in within.iter() {
        let (writer, reader) = sides.as_ref().by_role(direction);
        // Named types are not promoted, so that none stands in the way of another type.
        let plain = |types: &[TypeAt<'a>]| types.iter().copied().filter(|ty| ty.named().is_none()).collect::<Vec<_>>();
        let (writer, reader) = (plain(&writer.types), plain(&reader.types));
        for written in &writer {
            let fit_of = |branch: &TypeAt<'a>| fit(pair(*written, *branch, direction), direction);
            let own = |branch: &TypeAt<'a>| fit(Pair { old: *written, new: *branch }, Direction::Backward);
            let fits = || reader.iter().map(fit_of).enumerate();
            let (chosen, taken) = (choose(fits()), first(fits()));
            let was_first =
                first(writer.iter().map(own).enumerate()).map(|at| writer[at].ty.node) == Some(written.ty.node);
            if let (Some(chosen), Some(taken)) = (chosen, taken)
                && chosen != taken
                && was_first
                && fit_of(&reader[taken]) == Fit::Promoted
                && let effect = promotion(&written.ty.kind, &reader[taken].ty.kind).effect
                && effect != Effect::Ok
            {
                let shadowed = Met::BranchShadowed { written: *written, taken: reader[taken], effect };
                out.push(met(symbol, Directions::only(direction), nodes(types), shadowed));
            }
        }
    }
}

/// Named types of a reader that are several branches of a writer's union, be it by their name or by aliases.
///
/// Elsewhere two of a writer's types may well be one to the reader; a union has each name once.
fn ambiguous<'a>(
    symbol: &str,
    types: Pair<TypeAt<'a>>,
    sides: &Pair<Branches<'a>>,
    within: Directions,
    out: &mut Out<'a>,
) {
    let decls = |types: &[TypeAt<'a>]| types.iter().filter_map(|ty| ty.named()).map(DeclAt::decl).collect::<Vec<_>>();
    for direction in within.iter() {
        let (writer, reader) = sides.as_ref().by_role(direction);
        let reader = decls(&reader.types);
        if reader.iter().all(|decl| decl.aliases.is_empty()) {
            continue;
        }
        let writer = decls(&writer.types);
        let by_name = writer.iter().enumerate().map(|(at, decl)| (&*decl.full_name, at)).collect();
        let taken_by = |(at, decl): (usize, &&'a Decl)| {
            Taken::of((at, &decl.full_name, &decl.aliases), &by_name, |at| &writer[at].aliases)
        };
        // That they exchange their names is refused in the text: the alias of a type is no other type's name.
        let taken = reader.iter().enumerate().filter_map(taken_by).filter(|taken| !taken.is_as_before);
        for Taken { reader: read, written, .. } in taken {
            let written = written.iter().map(|at| &*writer[*at].full_name).collect();
            let ambiguous = Met::AliasAmbiguous { reader: &reader[read].full_name, written, is_union: true };
            out.push(met(symbol, Directions::only(direction), nodes(types), ambiguous));
        }
    }
}

/// Where two types stand.
fn nodes(types: Pair<TypeAt<'_>>) -> Pair<canread_model::NodeId> {
    Pair { old: types.old.ty.node, new: types.new.ty.node }
}
