//! Every rule, a line each. A rule's file is `<format>/<name>.rs`, and its id is `<format>/<name>`.

mod avro;
mod near;
mod protobuf;
mod retired;

use std::sync::OnceLock;

use crate::Rule;

pub use near::{lints_near, near};

/// Every rule, ordered by id.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    static ALL: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut rules = [avro::RULES, protobuf::RULES].concat();
        rules.sort_by_key(|rule| rule.id);
        rules
    })
}

/// The rule under an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().copied().find(|rule| rule.id == id)
}
