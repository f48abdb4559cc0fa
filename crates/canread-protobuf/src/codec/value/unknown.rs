//! What the layout does not have: skipped, and kept.

use canread_wire::{Cursor, Fault, Malformed, Step};

use super::read::{Reader, Wire, key};

impl<'a> Reader<'a> {
    /// Passes over a value behind its key.
    pub(super) fn skip(&mut self, number: i32, wire: Wire, cursor: &mut Cursor<'a>) -> Step<()> {
        match wire {
            Wire::Varint => drop(cursor.varint()?),
            Wire::Fixed64 => drop(cursor.take(8)?),
            Wire::Fixed32 => drop(cursor.take(4)?),
            Wire::Length => {
                let size = cursor.varint()?;
                cursor.take(size)?;
            }
            Wire::Start => drop(self.group(number, cursor)?),
            Wire::End => return Err(Fault::Malformed(Malformed::Group)),
        }
        Ok(())
    }

    /// Passes over a group behind its start; its body. Not recursive, and as deep as the budget allows.
    pub(super) fn group(&mut self, number: i32, cursor: &mut Cursor<'a>) -> Step<&'a [u8]> {
        let start = cursor.as_slice();
        let mut open = vec![number];
        self.budget.enter()?;
        loop {
            let left = cursor.remaining();
            let (number, wire) = key(cursor)?;
            match wire {
                Wire::Start => {
                    self.budget.enter()?;
                    open.push(number);
                }
                Wire::End => {
                    if open.pop() != Some(number) {
                        return Err(Fault::Malformed(Malformed::Group));
                    }
                    self.budget.leave();
                    if open.is_empty() {
                        let size = start.len().saturating_sub(left);
                        return Ok(start.get(..size).unwrap_or_default());
                    }
                }
                wire => self.skip(number, wire, cursor)?,
            }
        }
    }

    /// Keeps what lies between two places; neighbours are one run.
    pub(super) fn keep_unknown(&mut self, before: &Cursor<'a>, behind: &Cursor<'a>) -> Step<()> {
        let size = before.remaining().saturating_sub(behind.remaining());
        let run = before.as_slice().get(..size).unwrap_or_default();
        self.scratch.push(&mut self.unknown, run, self.arena)
    }

    /// All that was kept since there were so many runs, one behind the other.
    pub(super) fn take_unknown(&mut self, since: usize) -> Step<&'a [u8]> {
        let runs = self.unknown.get(since..).unwrap_or_default();
        let joined = match runs {
            [] => return Ok(&[]),
            [run] => *run,
            runs => {
                let size = runs.iter().map(|run| run.len()).sum();
                let slice = self.arena.keep_filled(size, 0_u8)?;
                let mut rest = &mut *slice;
                for run in runs {
                    let (place, behind) = rest.split_at_mut(run.len());
                    place.copy_from_slice(run);
                    rest = behind;
                }
                slice
            }
        };
        self.unknown.truncate(since);
        Ok(joined)
    }

    /// Keeps a varint field that stood in a packed list, as a field of its own.
    pub(super) fn keep_number(&mut self, number: i32, value: i32) -> Step<()> {
        let mut bytes = [0_u8; 20];
        let mut size = 0;
        let mut put = |mut left: u64| {
            loop {
                let byte = u8::try_from(left & 0x7f).unwrap_or_default();
                left >>= 7;
                if let Some(slot) = bytes.get_mut(size) {
                    *slot = if left > 0 { byte | 0x80 } else { byte };
                }
                size = size.saturating_add(1);
                if left == 0 {
                    break;
                }
            }
        };
        put(u64::from(number.cast_unsigned()) << 3);
        put(i64::from(value).cast_unsigned());
        let kept = self.arena.keep_slice(bytes.get(..size).unwrap_or_default())?;
        let cursor = Cursor::new(kept);
        let mut behind = cursor.clone();
        behind.take(kept.len() as u64)?;
        self.keep_unknown(&cursor, &behind)
    }
}
