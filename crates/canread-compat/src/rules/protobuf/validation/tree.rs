//! The settings of a rule message by name, whatever way they were written.

use std::collections::BTreeMap;

use canread_model::{Key, Literal};

/// The settings of one rule message: each with all its values, since a repeated field has several.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree<'a> {
    settings: BTreeMap<&'a str, Vec<&'a Literal>>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(message: Option<&'a Literal>) -> Self {
        let mut tree = Self::default();
        let Some(Literal::Map(entries)) = message else { return tree };
        for entry in entries {
            let (Key::Field(name) | Key::Extension(name)) = &entry.key else { continue };
            let values = tree.settings.entry(name).or_default();
            match &entry.value {
                Literal::List(items) => values.extend(items),
                value => values.push(value),
            }
        }
        tree
    }

    /// Every name that either of two trees sets, in order.
    pub(super) fn names(old: &Self, new: &Self) -> Vec<&'a str> {
        let mut names: Vec<&str> = old.settings.keys().chain(new.settings.keys()).copied().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(super) fn values(&self, name: &str) -> &[&'a Literal] {
        self.settings.get(name).map_or(&[], Vec::as_slice)
    }

    /// The value of what can be set once.
    pub(super) fn value(&self, name: &str) -> Option<&'a Literal> {
        self.values(name).last().copied()
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name)? {
            Literal::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a flag is set; `default` where nothing is said.
    pub(super) fn flag(&self, name: &str, default: bool) -> bool {
        match self.value(name) {
            Some(Literal::Bool(value)) => *value,
            _ => default,
        }
    }

    /// The first of some names that is set to true.
    pub(super) fn first_flag(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.flag(name, false))
    }

    /// What a message inside says.
    pub(super) fn inner(&self, name: &str) -> Self {
        Self::of(self.value(name))
    }
}
