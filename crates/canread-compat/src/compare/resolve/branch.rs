//! Whether a reader's type takes a writer's: names, kinds and promotions.

use canread_model::{Decl, DeclKind, Type, TypeKind};
use rustc_hash::FxHashMap;

use super::named;
use crate::{DeclAt, Direction, Effect, Pair, TypeAt};

/// What becomes of a value that is read as another type.
///
/// Source: Avro 1.12, "Schema Resolution".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Promotion {
    pub(crate) effect: Effect,
    /// Only some values: which; goes on after "only".
    pub(crate) only: Option<&'static str>,
}

/// What becomes of values of a primitive type that are read as another one.
pub(crate) fn promotion(writer: &TypeKind, reader: &TypeKind) -> Promotion {
    use TypeKind::{Bytes, Float, Int, String};
    let (effect, only) = match (writer, reader) {
        // Which declarations are one is not for this table to say.
        (TypeKind::Ref(_), _) | (_, TypeKind::Ref(_)) => (Effect::Error, None),
        (Int(from), Int(to)) if from.bits <= to.bits => (Effect::Ok, None),
        // 24 bits of a float hold every int up to 2^24, 53 of a double every long up to 2^53.
        (Int(from), Float { bits: 64 }) if from.bits == 32 => (Effect::Ok, None),
        (Int(_), Float { bits: 64 }) => (Effect::Lossy, Some("numbers beyond 2^53 lose digits")),
        (Int(_), Float { .. }) => (Effect::Lossy, Some("numbers beyond 2^24 lose digits")),
        (Float { bits: from }, Float { bits: to }) if from <= to => (Effect::Ok, None),
        (String(_), Bytes) => (Effect::Ok, None),
        (Bytes, String(_)) => (Effect::Error, Some("bytes that are no UTF-8 are refused")),
        (from, to) if from == to => (Effect::Ok, None),
        _ => (Effect::Error, None),
    };
    Promotion { effect, only }
}

/// How well a reader's type fits a writer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Not at all.
    Not,
    /// By a promotion.
    Promoted,
    /// A named type by its name without namespace, or by an alias.
    Nearly,
    /// The same kind, or the same full name.
    Same,
}

/// The branches of a union in order, or the type itself.
pub(super) struct Branches<'a> {
    pub(super) is_union: bool,
    pub(super) types: Vec<TypeAt<'a>>,
}

/// What a plain `null` of a nullable type stands for, which has no node of its own.
static NULL: std::sync::LazyLock<Type> =
    std::sync::LazyLock::new(|| Type::new(canread_model::NodeId(0), TypeKind::Null));

pub(super) fn branches(ty: TypeAt<'_>) -> Branches<'_> {
    if let TypeKind::Nullable(inner) = &ty.ty.kind {
        let mut types = vec![ty.at(&NULL), ty.at(inner)];
        if ty.ty.is_null_last() {
            types.reverse();
        }
        return Branches { is_union: true, types };
    }
    match ty.named().map(|decl| &decl.decl().kind) {
        Some(DeclKind::Union(union)) => {
            Branches { is_union: true, types: union.arms.iter().map(|arm| ty.at(&arm.ty)).collect() }
        }
        _ => Branches { is_union: false, types: vec![ty] },
    }
}

/// How well one branch fits another.
pub(super) fn fit(types: Pair<TypeAt<'_>>, direction: Direction) -> Fit {
    let (writer, reader) = types.by_role(direction);
    match (&writer.ty.kind, &reader.ty.kind) {
        (TypeKind::Ref(_), TypeKind::Ref(_)) => match (types.old.named(), types.new.named()) {
            (Some(old), Some(new)) => named::fit(Pair { old, new }, direction),
            _ => Fit::Not,
        },
        (TypeKind::List(_), TypeKind::List(_)) | (TypeKind::Map(_), TypeKind::Map(_)) => Fit::Same,
        (from, to) if from == to => Fit::Same,
        (from, to) => {
            let promotion = promotion(from, to);
            let is_possible = promotion.effect != Effect::Error || promotion.only.is_some();
            if is_possible { Fit::Promoted } else { Fit::Not }
        }
    }
}

/// The branches of a reader's union by what could fit them, so that a union of many named types is not looked through
/// for each branch of another one.
pub(super) struct Index<'a> {
    types: &'a [TypeAt<'a>],
    /// Branches that are no named types: the specification allows one of each kind.
    plain: Vec<usize>,
    /// Named types by their full name, their name without namespace, and their aliases.
    full: FxHashMap<&'a str, Vec<usize>>,
    simple: FxHashMap<&'a str, Vec<usize>>,
    alias: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(types: &'a [TypeAt<'a>]) -> Self {
        let (mut full, mut simple, mut alias) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        let mut plain = Vec::new();
        for (at, ty) in types.iter().enumerate() {
            let Some(decl) = ty.named().map(DeclAt::decl) else {
                plain.push(at);
                continue;
            };
            full.entry(&*decl.full_name).or_insert_with(Vec::new).push(at);
            if let Some(name) = &decl.name {
                simple.entry(&**name).or_insert_with(Vec::new).push(at);
            }
            for name in &decl.aliases {
                alias.entry(&**name).or_insert_with(Vec::new).push(at);
            }
        }
        Self { types, plain, full, simple, alias }
    }

    /// The branch for a writer's, as [`choose`] has it.
    pub(super) fn choose(&self, writer: TypeAt<'_>, direction: Direction) -> Option<usize> {
        let fit_of = |at: &usize| fit(pair(writer, self.types[*at], direction), direction);
        let Some(decl) = writer.named().map(DeclAt::decl) else {
            return choose(self.plain.iter().map(|at| (*at, fit_of(at))));
        };
        let same = named(&self.full, &decl.full_name).find(|at| fit_of(at) == Fit::Same);
        same.or_else(|| self.nearly(decl, fit_of))
    }

    /// Whether a branch has a full name, its own or by an alias.
    pub(super) fn has_full_name(&self, name: &str) -> bool {
        self.full.contains_key(name) || self.alias.contains_key(name)
    }

    /// The first branch that a writer's named type matches, as the specification has it: by its name without namespace,
    /// by an alias, and a fixed by its size too.
    pub(super) fn first(&self, writer: TypeAt<'_>, direction: Direction) -> Option<usize> {
        let size = |ty: TypeAt<'_>| match ty.physical().kind {
            TypeKind::Fixed { size } => Some(size),
            _ => None,
        };
        let decl = writer.named().map(DeclAt::decl)?;
        self.nearly(decl, |at| {
            let is_sized = size(writer) == size(self.types[*at]);
            if is_sized { fit(pair(writer, self.types[*at], direction), direction) } else { Fit::Not }
        })
    }

    fn nearly(&self, decl: &Decl, fit_of: impl Fn(&usize) -> Fit) -> Option<usize> {
        let by_name = decl.name.iter().flat_map(|name| named(&self.simple, name)).find(|at| fit_of(at) != Fit::Not);
        let by_alias = named(&self.alias, &decl.full_name).find(|at| fit_of(at) != Fit::Not);
        by_name.into_iter().chain(by_alias).min()
    }
}

/// The branches of a name.
fn named<'i>(index: &'i FxHashMap<&str, Vec<usize>>, name: &str) -> impl Iterator<Item = usize> + use<'i> {
    index.get(name).into_iter().flatten().copied()
}

/// A writer's type and a reader's as old and new.
pub(super) fn pair<'a>(writer: TypeAt<'a>, reader: TypeAt<'a>, direction: Direction) -> Pair<TypeAt<'a>> {
    match direction {
        Direction::Backward => Pair { old: writer, new: reader },
        Direction::Forward => Pair { old: reader, new: writer },
    }
}

/// The reader's branch for a writer's: that of the same type, or else the first that fits.
///
/// The specification takes the first that matches, be it by a promotion, and so does fastavro; Avro's Java library looks
/// for the same type first. Where that makes a difference, [`first`] says so.
pub(super) fn choose(fits: impl Iterator<Item = (usize, Fit)>) -> Option<usize> {
    let mut best = None;
    for (at, fit) in fits {
        if fit != Fit::Not && best.is_none_or(|(_, known)| fit > known) {
            best = Some((at, fit));
        }
    }
    best.map(|(at, _)| at)
}

/// The first branch that matches, as the specification has it.
pub(super) fn first(mut fits: impl Iterator<Item = (usize, Fit)>) -> Option<usize> {
    fits.find(|(_, fit)| *fit != Fit::Not).map(|(at, _)| at)
}
