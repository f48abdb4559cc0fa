//! The blocks of arrays and maps.
//!
//! ```text
//! block  = count:long [bytes:long if count < 0] item*
//! blocks = block* 0x00
//! ```
//!
//! Source: Avro 1.12, "Arrays", "Maps".

use canread_plan::Value;
use canread_wire::{Fault, Malformed, Step};

use super::super::read::size;
use super::read::Reader;

impl<'a> Reader<'a> {
    /// The next block's count, and its size in bytes if the writer gave it; 0 ends them.
    pub(super) fn block(&mut self) -> Step<(u64, Option<u64>)> {
        let count = self.long()?;
        let size = if count < 0 { Some(size(&mut self.cursor)?) } else { None };
        // -2^63 items are none that any input has.
        if count == i64::MIN {
            return Err(Fault::Malformed(Malformed::Length));
        }
        let count = count.unsigned_abs();
        self.budget.items(count)?;
        Ok((count, size))
    }

    /// Items that take a byte at least and hold no others.
    pub(super) fn scalars<T: Copy + Default>(&mut self, read: impl Fn(&mut Self) -> Step<T>) -> Step<&'a [T]> {
        let (count, _) = self.block()?;
        let first = self.arena.keep_filled(self.justified(count)?, T::default())?;
        for (at, slot) in first.iter_mut().enumerate() {
            match read(self) {
                Ok(item) => *slot = item,
                Err(fault) => return Err(self.failed_at(at, fault)),
            }
        }
        // Few writers make more than one block.
        let next = if count == 0 { 0 } else { self.block()?.0 };
        if next == 0 { Ok(first) } else { self.more_scalars(first, next, read) }
    }

    #[cold]
    fn more_scalars<T: Copy>(
        &mut self,
        first: &[T],
        mut count: u64,
        read: impl Fn(&mut Self) -> Step<T>,
    ) -> Step<&'a [T]> {
        let mut items = Vec::new();
        self.scratch.reserve(&mut items, first.len())?;
        items.extend_from_slice(first);
        while count != 0 {
            let more = self.justified(count)?;
            self.scratch.reserve(&mut items, more)?;
            for _ in 0..more {
                match read(self) {
                    Ok(item) => items.push(item),
                    Err(fault) => return Err(self.failed_at(items.len(), fault)),
                }
            }
            count = self.block()?.0;
        }
        let kept = self.arena.keep_slice(&items)?;
        self.scratch.free(items);
        Ok(kept)
    }

    /// A count of items that take a byte at least, which the bytes that are left bound.
    fn justified(&self, count: u64) -> Step<usize> {
        let count = usize::try_from(count).ok().filter(|count| *count <= self.cursor.remaining());
        count.ok_or(Fault::Truncated)
    }

    /// Items of any type.
    pub(super) fn items(&mut self, read: &dyn Fn(&mut Self) -> Step<Value<'a>>) -> Step<&'a [Value<'a>]> {
        let base = self.pending.len();
        loop {
            let (count, _) = self.block()?;
            if count == 0 {
                break;
            }
            for _ in 0..count {
                // A list in the item that fails leaves its own behind.
                let before = self.pending.len().saturating_sub(base);
                match read(self) {
                    Ok(item) => self.push(item)?,
                    Err(fault) => return Err(self.failed_at(before, fault)),
                }
            }
        }
        let items = self.arena.keep_slice(self.pending.get(base..).unwrap_or_default())?;
        self.pending.truncate(base);
        Ok(items)
    }

    /// The entries of a map, whose keys are text.
    pub(super) fn entries(
        &mut self,
        read: &dyn Fn(&mut Self) -> Step<Value<'a>>,
    ) -> Step<&'a [(Value<'a>, Value<'a>)]> {
        let base = self.pending.len();
        loop {
            let (count, _) = self.block()?;
            if count == 0 {
                break;
            }
            for _ in 0..count {
                let before = self.pending.len().saturating_sub(base) >> 1;
                let key = self.text();
                let entry = key.and_then(|key| Ok((key, read(self)?)));
                match entry {
                    Ok((key, value)) => {
                        self.push(Value::String(key))?;
                        self.push(value)?;
                    }
                    Err(fault) => return Err(self.failed_at(before, fault)),
                }
            }
        }
        let pending = self.pending.get(base..).unwrap_or_default();
        let entries = self.arena.keep_filled(pending.len() >> 1, (Value::Null, Value::Null))?;
        for (entry, pair) in entries.iter_mut().zip(pending.chunks_exact(2)) {
            if let [key, value] = pair {
                *entry = (*key, *value);
            }
        }
        self.pending.truncate(base);
        Ok(entries)
    }

    fn push(&mut self, value: Value<'a>) -> Step<()> {
        self.scratch.push(&mut self.pending, value)
    }
}
