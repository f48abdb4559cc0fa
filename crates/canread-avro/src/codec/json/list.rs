//! Items of arrays.

use canread_plan::{LayoutKind, List, TypeId, Value};

use super::error::ReadErrorKind;
use super::read::{Read, Reader, kept, ok};

impl<'a> Reader<'a> {
    /// An array of values of a type.
    pub(super) fn list(&mut self, item: TypeId) -> Read<List<'a>> {
        ok(self.json.begin_array(), self.options)?;
        macro_rules! of {
            ($list:ident, $value:ident, $zero:expr) => {
                List::$list(self.counted(item, $zero, |value| match value {
                    Value::$value(value) => Some(value),
                    _ => None,
                })?)
            };
        }
        Ok(match self.layout.kind(item) {
            LayoutKind::Bool => of!(Bools, Bool, false),
            LayoutKind::Int(int) if int.signed => of!(Ints, Int, 0),
            LayoutKind::Int(_) => of!(Uints, Uint, 0),
            LayoutKind::Float => of!(Floats, Float, 0.0),
            LayoutKind::Double => of!(Doubles, Double, 0.0),
            LayoutKind::Enum(_) => of!(Symbols, Symbol, 0),
            LayoutKind::Null | LayoutKind::String { .. } | LayoutKind::Bytes | LayoutKind::Fixed(_) => {
                List::Values(self.counted(item, Value::Absent, Some)?)
            }
            _ => List::Values(self.nested(item)?),
        })
    }

    /// Items without others in them are passed over once, so that memory is asked for as many as there are, and no more.
    fn counted<T: Copy>(&mut self, item: TypeId, zero: T, of: impl Fn(Value<'a>) -> Option<T>) -> Read<&'a [T]> {
        let count = self.json.items_left(&mut self.scratch);
        let slots = kept(self.arena.keep_filled(count, zero), self.options)?;
        let mut filled = 0_usize;
        while ok(self.json.item(), self.options)? {
            let value = self.value(item).map_err(|kind| self.failed_at_item(filled, kind))?;
            let Some((slot, value)) = slots.get_mut(filled).zip(of(value)) else { return Err(ReadErrorKind::Mismatch) };
            *slot = value;
            filled = filled.saturating_add(1);
        }
        Ok(slots)
    }

    /// Items that may have others in them: to pass over them on each level would be work for each level above.
    fn nested(&mut self, item: TypeId) -> Read<&'a [Value<'a>]> {
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
        Ok(items)
    }
}
