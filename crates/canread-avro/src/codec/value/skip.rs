//! What nobody asks for.

use canread_plan::{Layout, LayoutKind, TypeId};
use canread_wire::{Fault, Malformed, Step};

use super::read::Reader;

impl Reader<'_> {
    /// Passes over a value of a writer's type. Text is not looked at; lengths, counts and branches are.
    pub(super) fn skip(&mut self, layout: &Layout, ty: TypeId) -> Step<()> {
        match layout.kind(ty) {
            LayoutKind::Null => {}
            LayoutKind::Bool => drop(self.bool()?),
            LayoutKind::Int(_) | LayoutKind::Enum(_) => drop(self.cursor.varint()?),
            LayoutKind::Float => self.skip_bytes(4)?,
            LayoutKind::Double => self.skip_bytes(8)?,
            LayoutKind::Fixed(id) => self.skip_bytes(layout.fixed(id).size)?,
            LayoutKind::String { .. } | LayoutKind::Bytes => drop(self.bytes()?),
            LayoutKind::Record(id) => {
                self.budget.enter()?;
                for field in &layout.record(id).fields {
                    self.skip(layout, field.ty)?;
                }
                self.budget.leave();
            }
            LayoutKind::List { item, .. } => self.skip_blocks(|reader| reader.skip(layout, item))?,
            LayoutKind::Map { value, .. } => self.skip_blocks(|reader| {
                reader.bytes()?;
                reader.skip(layout, value)
            })?,
            LayoutKind::Nullable { inner, is_null_last } => {
                if self.branch(2)? != usize::from(is_null_last) {
                    self.skip(layout, inner)?;
                }
            }
            LayoutKind::Union(id) => {
                let branches = &layout.union(id).branches;
                let branch = self.branch(branches.len())?;
                let ty = branches.get(branch).copied().ok_or(Fault::Malformed(Malformed::Branch))?;
                self.budget.enter()?;
                self.skip(layout, ty)?;
                self.budget.leave();
            }
            _ => return Err(Fault::Mismatch),
        }
        Ok(())
    }

    pub(super) fn skip_bytes(&mut self, size: u32) -> Step<()> {
        self.cursor.take(size.into()).map(drop)
    }

    pub(super) fn skip_varints(&mut self, count: u32) -> Step<()> {
        for _ in 0..count {
            self.cursor.varint()?;
        }
        Ok(())
    }

    fn skip_blocks(&mut self, mut item: impl FnMut(&mut Self) -> Step<()>) -> Step<()> {
        self.budget.enter()?;
        loop {
            match self.block()? {
                (0, _) => break,
                (_, Some(size)) => drop(self.cursor.take(size)?),
                (count, None) => {
                    for _ in 0..count {
                        item(self)?;
                    }
                }
            }
        }
        self.budget.leave();
        Ok(())
    }
}
