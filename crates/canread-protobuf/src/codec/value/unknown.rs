//! What the layout does not have, and is kept.

use canread_wire::{Cursor, Step, VARINT_BYTES_MAX};

use super::super::key::varints;
use super::read::Reader;

impl<'a> Reader<'a> {
    /// Keeps what lies between two places; neighbours are one run.
    pub(super) fn keep_unknown(&mut self, before: &Cursor<'a>, behind: &Cursor<'a>) -> Step<()> {
        let size = before.remaining().saturating_sub(behind.remaining());
        let run = before.as_slice().get(..size).unwrap_or_default();
        self.scratch.push(&mut self.unknown, run)
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

    /// Adds a symbol that its enum does not have, as a field of its own.
    pub(super) fn add_symbol(&mut self, number: u32, symbol: i32, fields: &mut Vec<u8>) -> Step<()> {
        let mut place = [0; 2 * VARINT_BYTES_MAX];
        let field = varints([u64::from(number) << 3, i64::from(symbol).cast_unsigned()], &mut place);
        self.scratch.reserve(fields, field.len())?;
        fields.extend_from_slice(field);
        Ok(())
    }

    /// Keeps fields that were made here.
    pub(super) fn keep_fields(&mut self, fields: Vec<u8>) -> Step<()> {
        if !fields.is_empty() {
            let kept = self.arena.keep_slice(&fields)?;
            self.scratch.push(&mut self.unknown, kept)?;
        }
        self.scratch.free(fields);
        Ok(())
    }
}
