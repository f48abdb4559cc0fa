//! Items of lists.

use canread_plan::{LayoutKind, List, TypeId, Value};

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

    /// Scalars are passed over once, so that memory is asked for as many as there are, and no more.
    fn scalars(&mut self, kind: LayoutKind, item: TypeId) -> Read<List<'a>> {
        let count = self.json.items_left(&mut self.scratch);
        macro_rules! of {
            ($list:ident, $value:ident, $zero:expr) => {{
                let slots = kept(self.arena.keep_filled(count, $zero), self.options)?;
                let filled = self.fill(item, slots, |value| match value {
                    Value::$value(value) => Some(value),
                    _ => None,
                })?;
                List::$list(slots.get(..filled).unwrap_or_default())
            }};
        }
        Ok(match kind {
            LayoutKind::Bool => of!(Bools, Bool, false),
            LayoutKind::Int(int) if int.signed => of!(Ints, Int, 0),
            LayoutKind::Int(_) => of!(Uints, Uint, 0),
            LayoutKind::Float => of!(Floats, Float, 0.0),
            LayoutKind::Double => of!(Doubles, Double, 0.0),
            LayoutKind::Enum(_) => of!(Symbols, Symbol, 0),
            _ => {
                let slots = kept(self.arena.keep_filled(count, Value::Absent), self.options)?;
                let filled = self.fill(item, slots, Some)?;
                List::Values(slots.get(..filled).unwrap_or_default())
            }
        })
    }

    /// Fills slots with items; symbols that are passed over take none. How many were filled.
    fn fill<T>(&mut self, item: TypeId, slots: &mut [T], of: impl Fn(Value<'a>) -> Option<T>) -> Read<usize> {
        let mut filled = 0_usize;
        let mut index = 0_usize;
        while ok(self.json.item(), self.options)? {
            let value = match self.element(item) {
                Ok(value) => value.and_then(&of),
                Err(kind) => return Err(self.failed_at_item(index, kind)),
            };
            if let (Some(value), Some(slot)) = (value, slots.get_mut(filled)) {
                *slot = value;
                filled = filled.saturating_add(1);
            }
            index = index.saturating_add(1);
        }
        Ok(filled)
    }
}
