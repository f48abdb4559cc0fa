//! What stands in several pieces, and is one.
//!
//! A message field that comes again adds to what came before, as if the bodies stood one behind the other (Protobuf,
//! "Encoding", section "Last One Wins"). Hardly any data has that. So a message is decoded at once where it comes, and if another piece of it comes,
//! all is decoded again, this time with the pieces of each message collected before any is decoded: never more than twice the work,
//! whatever lies inside what.

use canread_plan::{LayoutKind, NumberedSteps, RecordLayout, Scratch, Value};
use canread_wire::Step;

use super::read::{Reader, Target};

/// The bodies of message fields, in the order of the data.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    bodies: Vec<Piece<'a>>,
    /// By field: how many bodies there were when another member of its oneof came; those are gone.
    gone: Vec<usize>,
}

#[derive(Debug)]
struct Piece<'a> {
    field: usize,
    steps: Option<&'a NumberedSteps>,
    body: &'a [u8],
    /// How many bodies came before.
    before: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn add(
        &mut self,
        field: usize,
        target: Target<'a>,
        body: &'a [u8],
        reader: &mut Reader<'a>,
    ) -> Step<()> {
        let piece = Piece { field, steps: target.steps, body, before: self.bodies.len() };
        reader.scratch.push(&mut self.bodies, piece)
    }

    /// Another member of the oneof has come.
    pub(super) fn forget(&mut self, field: usize, scratch: &mut Scratch<'_>) -> Step<()> {
        if self.bodies.is_empty() {
            return Ok(());
        }
        let size = field.saturating_add(1);
        if let Some(more) = size.checked_sub(self.gone.len()) {
            scratch.reserve(&mut self.gone, more)?;
            self.gone.resize(size.max(self.gone.len()), 0);
        }
        if let Some(gone) = self.gone.get_mut(field) {
            *gone = self.bodies.len();
        }
        Ok(())
    }

    /// Decodes each of the fields.
    #[inline(never)]
    pub(super) fn read(
        mut self,
        reader: &mut Reader<'a>,
        record: &'a RecordLayout,
        slots: &mut [Value<'a>],
    ) -> Step<()> {
        let gone = std::mem::take(&mut self.gone);
        let is_kept = |piece: &Piece<'_>| piece.before >= gone.get(piece.field).copied().unwrap_or_default();
        // Pieces of one field stay in their order. Those that are gone are read too: broken bytes are no message, wherever they are.
        let group = |piece: &Piece<'_>| (piece.field, is_kept(piece));
        self.bodies.sort_unstable_by_key(|piece| (group(piece), piece.before));
        for pieces in self.bodies.chunk_by(|one, other| group(one) == group(other)) {
            let Some(first @ Piece { field, steps, .. }) = pieces.first() else { continue };
            let Some(own) = record.fields.get(*field) else { continue };
            let LayoutKind::Record(id) = reader.layout.kind(own.ty) else { continue };
            let mut bodies: Vec<&'a [u8]> = Vec::new();
            reader.scratch.reserve(&mut bodies, pieces.len())?;
            bodies.extend(pieces.iter().map(|piece| piece.body));
            let read = reader.message(Target { record: id, steps: *steps }, &bodies);
            reader.scratch.free(bodies);
            match (read, slots.get_mut(*field).filter(|_| is_kept(first))) {
                (Ok(value), Some(slot)) => *slot = value,
                (Ok(_), None) => {}
                (Err(fault), _) => return Err(reader.failed_in(&own.name, fault)),
            }
        }
        reader.scratch.free(self.bodies);
        reader.scratch.free(gone);
        Ok(())
    }
}
