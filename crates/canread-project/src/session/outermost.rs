//! What a reader looks for first: the declaration that holds everything else that a symbol names.

use super::Part;

impl Part {
    /// The outermost declaration that a symbol of a finding or a change names, or lies in; the symbol itself, if that is
    /// something else, such as a package or a file.
    #[must_use]
    pub fn outermost<'s>(&self, symbol: &'s str) -> &'s str {
        let (old, new) = (&self.linked.old.schema, &self.linked.new.schema);
        let is_declared = |name: &&str| [new, old].into_iter().any(|schema| schema.find(name).is_some());
        let ends = symbol.match_indices('.').map(|(at, _)| at).chain([symbol.len()]);
        ends.filter_map(|end| symbol.get(..end)).find(is_declared).unwrap_or(symbol)
    }
}
