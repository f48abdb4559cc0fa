//! Items of lists.

use canread_plan::{LayoutKind, List, Slots, TypeId};

use super::read::{Read, Reader, kept, ok};

impl<'a> Reader<'a> {
    /// An array of values of a type.
    pub(super) fn list(&mut self, item: TypeId) -> Read<List<'a>> {
        ok(self.json.begin_array(), self.options)?;
        match self.layout.kind(item) {
            LayoutKind::Record(_) => self.messages(item),
            kind => self.scalars(kind, item),
        }
    }

    fn messages(&mut self, item: TypeId) -> Read<List<'a>> {
        let base = self.pending.len();
        while ok(self.json.item(), self.options)? {
            let index = self.pending.len().saturating_sub(base);
            match self.element(item) {
                Ok(value) => self.push(value.unwrap_or_default())?,
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            }
        }
        let items = kept(self.arena.keep_slice(self.pending.get(base..).unwrap_or_default()), self.options)?;
        self.pending.truncate(base);
        Ok(List::Values(items))
    }

    /// Scalars are passed over once, so that memory is asked for as many as there are, and no more. Symbols that are passed over take none.
    fn scalars(&mut self, kind: LayoutKind, item: TypeId) -> Read<List<'a>> {
        let count = self.json.items_left(&mut self.scratch);
        let mut slots = kept(Slots::new(self.arena, kind, count), self.options)?;
        let mut index = 0_usize;
        while ok(self.json.item(), self.options)? {
            if let Some(value) = self.element(item).map_err(|kind| self.failed_at_item(index, kind))? {
                kept(slots.push(value), self.options)?;
            }
            index = index.saturating_add(1);
        }
        Ok(slots.into_list())
    }
}
