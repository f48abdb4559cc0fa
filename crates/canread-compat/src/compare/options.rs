//! What differs between the options of two versions of a node.

use std::borrow::Cow;

use canread_model::{Annotation, Dialect, Entry, Key, Literal, Meta, Module, NodeId};
use rustc_hash::FxHashMap;

use super::Outcome;
use crate::{Change, DeclAt, Holder, Pair};

/// Options whose meaning the model holds in words of its own, so that a difference shows there if it matters.
const RESOLVED: [&str; 8] = [
    // A block of options without options.
    "",
    "features",
    "packed",
    "message_set_wire_format",
    "map_entry",
    "allow_alias",
    "idempotency_level",
    "deprecated_legacy_json_field_conflicts",
];

pub(super) fn decls<'a>(pair: Pair<DeclAt<'a>>, outcome: &mut Outcome<'a>) {
    let decls = pair.decls();
    fields(Holder::Decl(pair), Pair { old: &decls.old.meta, new: &decls.new.meta }, outcome);
}

pub(super) fn modules<'a>(modules: Pair<&'a Module>, changes: &mut Vec<Change<'a>>) {
    let metas = Pair { old: &modules.old.meta, new: &modules.new.meta };
    compare(Holder::Module(modules), metas, changes);
}

pub(super) fn fields<'a>(holder: Holder<'a>, metas: Pair<&'a Meta>, outcome: &mut Outcome<'a>) {
    compare(holder, metas, &mut outcome.changes);
}

/// The whole value of an option, whatever parts it was set in.
pub(crate) fn option_value<'a>(meta: &'a Meta, root: &str) -> Option<Cow<'a, Literal>> {
    let is_part = |annotation: &&Annotation| split_root(&annotation.path).0 == root;
    meta.annotations.iter().find(is_part)?;
    Some(Options::of(&meta.annotations, false).take(root)?.1)
}

fn compare<'a>(holder: Holder<'a>, metas: Pair<&'a Meta>, changes: &mut Vec<Change<'a>>) {
    if metas.old.annotations.is_empty() && metas.new.annotations.is_empty() {
        return;
    }
    // What an edition says by default for a language is not in the model, so only settings under one edition compare.
    let with_languages = match holder.modules() {
        Pair {
            old: Module { dialect: Dialect::Edition(old), .. },
            new: Module { dialect: Dialect::Edition(new), .. },
        } => old == new,
        _ => false,
    };
    let old = Options::of(&metas.old.annotations, with_languages);
    let mut new = Options::of(&metas.new.annotations, with_languages);
    for (path, (old_node, old_value)) in old.into_vec() {
        let (new_node, new_value) = new.take(path).unzip();
        if new_value.as_ref().is_some_and(|new_value| same(&old_value, new_value)) {
            continue;
        }
        let nodes = Pair { old: Some(old_node), new: new_node };
        changes.push(Change::OptionChanged { holder, path, old: Some(old_value), new: new_value, nodes });
    }
    for (path, (node, value)) in new.into_vec() {
        let nodes = Pair { old: None, new: Some(node) };
        changes.push(Change::OptionChanged { holder, path, old: None, new: Some(value), nodes });
    }
}

/// An option by its root, with the node that sets it first and its whole value.
type Setting<'a> = (NodeId, Cow<'a, Literal>);

/// The options of one node by root, in source order.
struct Options<'a> {
    settings: Vec<(&'a str, Option<Setting<'a>>)>,
    by_root: FxHashMap<&'a str, usize>,
}

impl<'a> Options<'a> {
    fn of(annotations: &'a [Annotation], with_languages: bool) -> Self {
        let mut options = Self { settings: Vec::new(), by_root: FxHashMap::default() };
        for annotation in annotations {
            let (root, rest) = split_root(&annotation.path);
            let is_language = root == "features" && rest.starts_with('(');
            if is_language && with_languages {
                // The features of each language are an option of their own: `features.(pb.cpp)`.
                let (language, rest) = split_root(rest);
                let root = &annotation.path[..root.len() + 1 + language.len()];
                options.add(annotation.node, root, rest, &annotation.value);
            } else if !RESOLVED.contains(&root) {
                options.add(annotation.node, root, rest, &annotation.value);
            }
        }
        options
    }

    fn add(&mut self, node: NodeId, root: &'a str, rest: &str, value: &'a Literal) {
        if let Some(&at) = self.by_root.get(root) {
            let (_, Some((_, whole))) = &mut self.settings[at] else { return };
            merge(whole.to_mut(), rest, value);
            return;
        }
        let value = match rest {
            "" => Cow::Borrowed(value),
            rest => {
                let mut whole = Literal::Map(Vec::new());
                merge(&mut whole, rest, value);
                Cow::Owned(whole)
            }
        };
        self.by_root.insert(root, self.settings.len());
        self.settings.push((root, Some((node, value))));
    }

    fn take(&mut self, root: &str) -> Option<Setting<'a>> {
        self.settings[*self.by_root.get(root)?].1.take()
    }

    fn into_vec(self) -> impl Iterator<Item = (&'a str, Setting<'a>)> {
        self.settings.into_iter().filter_map(|(root, setting)| Some((root, setting?)))
    }
}

/// `(shop.rule).max.value` into `(shop.rule)` and `max.value`.
fn split_root(path: &str) -> (&str, &str) {
    let from = if path.starts_with('(') { path.find(')').unwrap_or(0) } else { 0 };
    match path[from..].find('.') {
        Some(dot) => (&path[..from + dot], &path[from + dot + 1..]),
        None => (path, ""),
    }
}

/// Adds a setting of a part to the whole value of an option.
fn merge(whole: &mut Literal, path: &str, value: &Literal) {
    let mut at = whole;
    let mut path = path;
    while !path.is_empty() {
        let (part, rest) = split_root(path);
        let key = match part.strip_prefix('(').and_then(|part| part.strip_suffix(')')) {
            Some(extension) => Key::Extension(extension.into()),
            None => Key::Field(part.into()),
        };
        // Where an option was set as a whole and then in parts, both stand in one map.
        let Literal::Map(entries) = at else { return };
        let existing = entries.iter().position(|entry| entry.key == key && matches!(entry.value, Literal::Map(_)));
        let index = match existing {
            Some(index) if !rest.is_empty() => index,
            _ => {
                let value = if rest.is_empty() { value.clone() } else { Literal::Map(Vec::new()) };
                entries.push(Entry { key, value });
                entries.len() - 1
            }
        };
        at = &mut entries[index].value;
        path = rest;
        if path.is_empty() {
            return;
        }
    }
    // The same option once more: it is a repeated one.
    match at {
        Literal::List(items) => items.push(value.clone()),
        single => *single = Literal::List(vec![std::mem::replace(single, Literal::Null), value.clone()]),
    }
}

/// Whether two option values say the same: the order of different fields of a message does not matter.
fn same(old: &Literal, new: &Literal) -> bool {
    let (old, new) = match (old, new) {
        (Literal::Map(old), Literal::Map(new)) => (old, new),
        (Literal::List(old), Literal::List(new)) => {
            return old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new));
        }
        _ => return old.same(new),
    };
    if old.len() != new.len() {
        return false;
    }
    let sorted = |entries: &'_ [Entry]| {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&at| sort_key(&entries[at].key));
        order
    };
    sorted(old).into_iter().zip(sorted(new)).all(|(one, two)| {
        let (one, two) = (&old[one], &new[two]);
        sort_key(&one.key) == sort_key(&two.key) && same(&one.value, &two.value)
    })
}

fn sort_key(key: &Key) -> (u8, String) {
    match key {
        Key::Field(name) => (0, name.to_string()),
        Key::Extension(name) => (1, name.to_string()),
        Key::AnyUrl(url) => (2, url.to_string()),
        Key::Value(value) => (3, format!("{value:?}")),
        _ => (4, String::new()),
    }
}
