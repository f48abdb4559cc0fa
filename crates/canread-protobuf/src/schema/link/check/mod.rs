//! Last pass: the rules that a valid schema keeps.

use super::feature::Resolved;
use super::option::ReadOptions;
use super::{Linker, Unit};

impl<'a> Linker<'a> {
    pub(super) fn check_file(&mut self, _unit: &Unit<'_, 'a>, _read: &ReadOptions, _features: &Resolved) {}
}
