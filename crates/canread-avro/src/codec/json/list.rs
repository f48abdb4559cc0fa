//! Items of arrays.

use canread_plan::{LayoutKind, List, Slots, TypeId};

use super::read::{Read, Reader, kept, ok};

impl<'a> Reader<'a> {
    /// An array of values of a type.
    pub(super) fn list(&mut self, item: TypeId) -> Read<List<'a>> {
        ok(self.json.begin_array(), self.options)?;
        match self.layout.kind(item) {
            LayoutKind::Record(_)
            | LayoutKind::List { .. }
            | LayoutKind::Map { .. }
            | LayoutKind::Nullable { .. }
            | LayoutKind::Union(_) => self.nested(item),
            kind => self.counted(kind, item),
        }
    }

    /// Items without others in them are passed over once, so that memory is asked for as many as there are, and no more.
    fn counted(&mut self, kind: LayoutKind, item: TypeId) -> Read<List<'a>> {
        let count = self.json.items_left(&mut self.scratch);
        let mut slots = kept(Slots::new(self.arena, kind, count), self.options)?;
        let mut index = 0_usize;
        while ok(self.json.item(), self.options)? {
            let value = self.value(item).map_err(|kind| self.failed_at_item(index, kind))?;
            kept(slots.push(value), self.options)?;
            index = index.saturating_add(1);
        }
        Ok(slots.into_list())
    }

    /// Items that may have others in them: to pass over them on each level would be work for each level above.
    fn nested(&mut self, item: TypeId) -> Read<List<'a>> {
        let base = self.pending.len();
        while ok(self.json.item(), self.options)? {
            let index = self.pending.len().saturating_sub(base);
            match self.value(item) {
                Ok(value) => kept(self.memory.push(&mut self.pending, value), self.options)?,
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            }
        }
        let items = kept(self.arena.keep_slice(self.pending.get(base..).unwrap_or_default()), self.options)?;
        self.pending.truncate(base);
        Ok(List::Values(items))
    }
}
