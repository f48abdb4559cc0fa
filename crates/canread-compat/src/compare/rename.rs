//! Finds declarations that are the same under another name, so that a rename or a move between
//! packages is one change and not a removal beside an addition.
//!
//! Fields and methods that name a declaration settle most cases while records are compared; this
//! file is for what they leave over. It is careful, since a wrong guess would hide a removal:
//!
//! 1. One own name and one shape in another package, and nothing else of that kind: moved.
//! 2. A package is gone, and at least half of its declarations moved to one other package: those that
//!    have their own name there moved too, even if their shape changed on the way.
//! 3. One shape under another name in the same package, and nothing else of that shape: renamed.
//!    Where somebody who is still there named the old one, only if that one names the new one now.
//!
//! Never across packages of different versions: `v1` retired while `v2` appears is no rename. And never of, or into, a
//! well-known type of Protobuf: its name is part of what it means, and of its JSON.

use std::{collections::BTreeMap, fmt::Write};

use canread_model::{Decl, DeclId, DeclKind, Extension, Method, Parameters, Schema, Type, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Comparison, Key, Scope, settle};
use crate::Pair;

/// Fewer values or methods than this say too little about a declaration to know it again by them alone.
const TELLING_MEMBERS: usize = 2;

/// One field says enough, as it has the same name, number and type in both: without fields there is nothing to know
/// a message by.
const TELLING_FIELDS: usize = 1;

/// The package of types that every implementation of Protobuf brings along and knows by name.
///
/// Source: Protobuf, "ProtoJSON Format", "Representation of each type".
const WELL_KNOWN: &str = "google.protobuf";

impl<'a> Comparison<'a> {
    /// Pairs what is left over by name, package and shape; says whether it found any.
    pub(super) fn find_renames(&mut self, order: &Pair<Vec<DeclId>>, scope: &Scope) -> bool {
        if self.left.old.is_empty() || self.left.new.is_empty() {
            return false;
        }
        let before = self.renamed.len();
        self.moved(order);
        self.followed(order, scope);
        self.reshaped(order);
        self.extended(order);
        self.renamed.len() > before
    }

    /// Rule 1: the same name and shape elsewhere.
    fn moved(&mut self, order: &Pair<Vec<DeclId>>) {
        let old = self.by_shape(&order.old, Side::Old, name);
        let new = self.by_shape(&order.new, Side::New, name);
        self.pair_unique(old, &new, |_| true);
    }

    /// Rule 3: the same shape under another name in the same package.
    fn reshaped(&mut self, order: &Pair<Vec<DeclId>>) {
        let old = self.by_shape(&order.old, Side::Old, namespace);
        let new = self.by_shape(&order.new, Side::New, namespace);
        if !old.keys().any(|shape| new.contains_key(shape)) {
            return;
        }
        let named = Pair { old: self.named_by_survivors(Side::Old), new: self.named_by_survivors(Side::New) };
        let schema = self.versions.old;
        let replaced: FxHashSet<Key> = self.foreign.keys().copied().collect();
        self.pair_unique(old, &new, |key| {
            let is_unnamed = !named.old.contains(&key.old) && !named.new.contains(&key.new);
            replaced.contains(&key) || (is_unnamed && is_telling(schema.decl(key.old)))
        });
    }

    /// Takes each two that have one key and share it with nobody as one.
    fn pair_unique(
        &mut self,
        old: BTreeMap<(&'a str, String), Vec<DeclId>>,
        new: &BTreeMap<(&'a str, String), Vec<DeclId>>,
        is_telling: impl Fn(Key) -> bool,
    ) {
        for (shape, candidates) in old {
            let (Some([new]), [old]) = (new.get(&shape).map(Vec::as_slice), candidates.as_slice()) else { continue };
            let key = Pair { old: *old, new: *new };
            if is_telling(key) && self.may_be_renamed(key) {
                self.rename(key);
            }
        }
    }

    /// What is left over and not nested in something that is, by a word about it and its shape.
    fn by_shape(
        &self,
        order: &[DeclId],
        side: Side,
        word: impl Fn(&'a Schema, DeclId) -> &'a str,
    ) -> BTreeMap<(&'a str, String), Vec<DeclId>> {
        let schema = side.of(self.versions);
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for id in self.roots(order, side) {
            if let Some(shape) = self.shape(side, schema.decl(id)) {
                groups.entry((word(schema, id), shape)).or_default().push(id);
            }
        }
        groups
    }

    fn roots<'o>(&'o self, order: &'o [DeclId], side: Side) -> impl Iterator<Item = DeclId> + 'o {
        let (schema, left) = (side.of(self.versions), side.of(self.left.as_ref()));
        let is_root = move |id: &DeclId| {
            left.contains(id) && !schema.decl(*id).parent.is_some_and(|parent| left.contains(&parent))
        };
        order.iter().copied().filter(is_root)
    }

    /// Rule 2: what has its own name in the package that the others moved to.
    fn followed(&mut self, order: &Pair<Vec<DeclId>>, scope: &Scope) {
        let roots: Vec<DeclId> = self.roots(&order.old, Side::Old).collect();
        let packages = self.renamed_packages(&roots, scope);
        let Pair { old, new } = self.versions;
        for id in roots {
            let Some(destination) = packages.get(namespace(old, id)) else { continue };
            let own_name = relative_name(old, id);
            let full_name = if destination.is_empty() { own_name.into() } else { format!("{destination}.{own_name}") };
            let Some(target) = new.find(&full_name) else { continue };
            let same_sort =
                std::mem::discriminant(&old.decl(id).kind) == std::mem::discriminant(&new.decl(target).kind);
            let key = Pair { old: id, new: target };
            if same_sort && self.left.new.contains(&target) && self.may_be_renamed(key) {
                self.rename(key);
            }
        }
    }

    /// Packages that are gone, each with the one where at least half of its declarations are now, under their own
    /// names. `left` are the declarations that are paired with nothing and do not follow from another one.
    pub(super) fn renamed_packages(&self, left: &[DeclId], scope: &Scope) -> BTreeMap<&'a str, &'a str> {
        let destinations = self.destinations(scope);
        if destinations.is_empty() {
            return BTreeMap::new();
        }
        let schema = self.versions.old;
        let is_top = |id: &DeclId| schema.decl(*id).parent.is_none();
        let mut balance: FxHashMap<&str, i64> = FxHashMap::default();
        for id in self.renames().into_iter().map(|key| key.old).filter(is_top) {
            *balance.entry(namespace(schema, id)).or_default() += 1;
        }
        for id in left.iter().copied().filter(is_top) {
            *balance.entry(namespace(schema, id)).or_default() -= 1;
        }
        let is_balanced = |package: &str| balance.get(package).is_some_and(|balance| *balance >= 0);
        destinations.into_iter().filter(|(from, _)| is_balanced(from)).collect()
    }

    /// By package that is gone: the one package that everything which left it under its own name went to.
    fn destinations(&self, scope: &Scope) -> FxHashMap<&'a str, &'a str> {
        let Pair { old, new } = self.versions;
        let left = settle::namespaces(new);
        let mut destinations: FxHashMap<&str, Option<&str>> = FxHashMap::default();
        for key in self.renames() {
            let (from, to) = (namespace(old, key.old), namespace(new, key.new));
            let is_gone = from != to && !left.contains(from) && !scope.other_namespaces.contains(from);
            if is_gone && relative_name(old, key.old) == relative_name(new, key.new) {
                let known = destinations.entry(from).or_insert(Some(to));
                *known = known.filter(|known| *known == to);
            }
        }
        destinations.into_iter().filter_map(|(from, to)| Some((from, to?))).collect()
    }

    /// Every rename so far, in the order of the old schema.
    pub(super) fn renames(&self) -> Vec<Key> {
        let mut renames: Vec<Key> = self.renamed.iter().map(|(&old, &new)| Pair { old, new }).collect();
        renames.sort_unstable_by_key(|key| key.old);
        renames
    }

    /// Extensions whose message was renamed: data knows them by message and number.
    fn extended(&mut self, order: &Pair<Vec<DeclId>>) {
        let Pair { old, new } = self.versions;
        let is_left = |id: &&DeclId| self.left.new.contains(id);
        let by_identity: FxHashMap<(DeclId, i32), DeclId> =
            order.new.iter().filter(is_left).filter_map(|&id| Some((identity(new, id)?, id))).collect();
        let left = order.old.iter().filter(|id| self.left.old.contains(id));
        let found = left.filter_map(|&id| {
            let (extendee, number) = identity(old, id)?;
            let extendee = *self.renamed.get(&extendee)?;
            Some(Pair { old: id, new: *by_identity.get(&(extendee, number))? })
        });
        for key in found.collect::<Vec<_>>() {
            self.pair(key);
        }
    }

    /// Extensions that waited for their message, and whose number did not tell.
    pub(super) fn pair_extensions_by_name(&mut self, order: &Pair<Vec<DeclId>>) {
        let Pair { old, new } = self.versions;
        for &id in &order.old {
            if old.decl(id).as_extension().is_none() || !self.left.old.contains(&id) {
                continue;
            }
            let mut namesakes = new.find_all(&old.decl(id).full_name);
            let is_left = |id: &DeclId| new.decl(*id).as_extension().is_some() && self.left.new.contains(id);
            if let Some(namesake) = namesakes.find(is_left) {
                self.pair(Pair { old: id, new: namesake });
            }
        }
    }

    /// Whether two declarations may be one under two names, as far as their packages tell.
    pub(super) fn may_be_renamed(&self, key: Key) -> bool {
        let Pair { old, new } = self.versions;
        !is_well_known(old, key.old)
            && !is_well_known(new, key.new)
            && !is_other_version(namespace(old, key.old), namespace(new, key.new))
    }

    /// Of what is left over, what is named by declarations that both versions have, or by methods.
    fn named_by_survivors(&self, side: Side) -> FxHashSet<DeclId> {
        let (schema, left) = (side.of(self.versions), side.of(self.left.as_ref()));
        let mut named = FxHashSet::default();
        for (id, decl) in schema.decls() {
            if decl.as_service().is_some() || !left.contains(&id) {
                settle::each_target(decl, |target| {
                    if left.contains(&target) {
                        named.insert(target);
                    }
                });
            }
        }
        named
    }

    /// Names, numbers and types of what is in it. `None` for what is never taken for another by its shape.
    ///
    /// Of a type that both versions have it says the name; of one that is left over itself, nothing:
    /// whether those correspond comes out when the pair is compared.
    fn shape(&self, side: Side, decl: &Decl) -> Option<String> {
        let mut text = String::new();
        match &decl.kind {
            DeclKind::Record(record) => {
                for field in &record.fields {
                    let number = field.number.map_or(0, |number| number.value);
                    let _ = write!(text, "{} {number} {:?} ", field.name, field.presence);
                    self.describe_type(side, &field.ty, &mut text);
                    text.push(';');
                }
            }
            DeclKind::Enum(declared) => {
                for value in &declared.values {
                    let _ = write!(text, "{}={:?};", value.name, value.number);
                }
            }
            DeclKind::Service(service) => {
                for method in &service.methods {
                    self.describe_method(side, method, &mut text);
                }
            }
            _ => return None,
        }
        // The sort comes first, so that an empty message is no empty service.
        let sort = match decl.kind {
            DeclKind::Record(_) => 'r',
            DeclKind::Enum(_) => 'e',
            _ => 's',
        };
        Some(format!("{sort} {text}"))
    }

    fn describe_method(&self, side: Side, method: &Method, text: &mut String) {
        let _ = write!(text, "{} {} {} ", method.name, method.client_streaming, method.server_streaming);
        if let Parameters::Message(request) = &method.parameters {
            self.describe_type(side, request, text);
        }
        text.push(' ');
        if let Some(response) = &method.returns {
            self.describe_type(side, response, text);
        }
        text.push(';');
    }

    fn describe_type(&self, side: Side, ty: &Type, text: &mut String) {
        match &ty.kind {
            TypeKind::Ref(decl) => text.push_str(self.common_name(side, *decl).unwrap_or("?")),
            TypeKind::List(list) => {
                text.push_str("list ");
                self.describe_type(side, &list.item, text);
            }
            TypeKind::Map(map) => {
                text.push_str("map ");
                self.describe_type(side, &map.key, text);
                text.push(' ');
                self.describe_type(side, &map.value, text);
            }
            other => {
                let _ = write!(text, "{other:?}");
            }
        }
    }

    /// The new name of a declaration that both versions have.
    fn common_name(&self, side: Side, id: DeclId) -> Option<&str> {
        if side.of(self.left.as_ref()).contains(&id) {
            return None;
        }
        let Pair { old, new } = self.versions;
        Some(match (side, self.renamed.get(&id)) {
            (Side::Old, Some(renamed)) => &new.decl(*renamed).full_name,
            (Side::Old, None) => &old.decl(id).full_name,
            (Side::New, _) => &new.decl(id).full_name,
        })
    }
}

/// One of the two versions.
#[derive(Debug, Clone, Copy)]
enum Side {
    Old,
    New,
}

impl Side {
    fn of<T>(self, pair: Pair<T>) -> T {
        match self {
            Self::Old => pair.old,
            Self::New => pair.new,
        }
    }
}

/// The nested declarations that go where theirs goes: those of equal names.
pub(super) fn followers(versions: Pair<&Schema>, key: Key) -> Vec<Key> {
    let children: FxHashMap<&str, DeclId> = named_children(versions.new, key.new).collect();
    let old = named_children(versions.old, key.old);
    old.filter_map(|(name, old)| Some(Pair { old, new: *children.get(name)? })).collect()
}

fn named_children(schema: &Schema, id: DeclId) -> impl Iterator<Item = (&str, DeclId)> {
    schema.decl(id).children.iter().filter_map(|&child| Some((schema.decl(child).name.as_deref()?, child)))
}

fn name(schema: &Schema, id: DeclId) -> &str {
    schema.decl(id).name.as_deref().unwrap_or_default()
}

/// The package of a declaration.
pub(super) fn namespace(schema: &Schema, id: DeclId) -> &str {
    &schema.module(schema.decl(id).module).namespace
}

/// Whether a declaration is one of the types that come with Protobuf.
pub(super) fn is_well_known(schema: &Schema, id: DeclId) -> bool {
    namespace(schema, id) == WELL_KNOWN
}

/// The full name without the package.
pub(super) fn relative_name(schema: &Schema, id: DeclId) -> &str {
    let full_name = &*schema.decl(id).full_name;
    let without = full_name.strip_prefix(namespace(schema, id)).unwrap_or(full_name);
    without.strip_prefix('.').unwrap_or(without)
}

/// What data knows an extension by.
fn identity(schema: &Schema, id: DeclId) -> Option<(DeclId, i32)> {
    let DeclKind::Extension(extension) = &schema.decl(id).kind else { return None };
    let Extension { extendee, field, .. } = &**extension;
    Some((extendee.target()?, field.number?.value))
}

/// Whether there is enough in a declaration to know it again by that alone.
fn is_telling(decl: &Decl) -> bool {
    match &decl.kind {
        DeclKind::Record(record) => record.fields.len() >= TELLING_FIELDS,
        DeclKind::Enum(declared) => declared.values.len() >= TELLING_MEMBERS,
        DeclKind::Service(service) => service.methods.len() >= TELLING_MEMBERS,
        _ => false,
    }
}

/// Whether two packages name different versions: `shop.v1` and `shop.v2`, `shop.v1` and `store.orders.v1beta1`.
fn is_other_version(old: &str, new: &str) -> bool {
    let versions = |package: &'_ str| package.split('.').filter(|part| is_version(part)).map(String::from).collect();
    let (old, new): (Vec<String>, Vec<String>) = (versions(old), versions(new));
    !old.is_empty() && !new.is_empty() && old != new
}

/// `v1`, `v1beta2`, `v1p1alpha1`: a package version as the Protobuf style guides write it.
fn is_version(part: &str) -> bool {
    let Some(rest) = part.strip_prefix('v') else { return false };
    rest.starts_with(|first: char| first.is_ascii_digit())
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_of_different_versions_if_their_version_components_differ() {
        assert!(is_other_version("shop.v1", "shop.v2"));
        assert!(is_other_version("shop.v1beta1", "shop.v1"));
        assert!(is_other_version("shop.v1", "store.orders.v2"));
        assert!(!is_other_version("shop.v1", "shop.v1"));
        assert!(!is_other_version("shop.v1", "store.v1"));
        assert!(!is_other_version("shop.v1", "shop"));
        assert!(!is_other_version("shop.value", "shop.v1"));
    }
}
