//! What is left of the limits while one value is decoded.

use crate::{Fault, Limit, Limits, Step};

/// The running counts of one decoding.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "what is left of three things")]
pub struct Budget {
    depth_left: u32,
    items_left: u64,
    allocated_left: u64,
}

impl Budget {
    /// The budget for an input of so many bytes.
    ///
    /// # Errors
    ///
    /// [`Limit::Bytes`] if the input alone is too large.
    #[inline]
    pub fn new(limits: &Limits, input_bytes: usize) -> Step<Self> {
        let input_bytes = input_bytes as u64;
        if input_bytes > limits.bytes_max() {
            return Err(Fault::Limit(Limit::Bytes));
        }
        Ok(Self {
            depth_left: limits.depth_max(),
            items_left: limits.items_beyond_input_max().saturating_add(input_bytes),
            allocated_left: limits.allocated_bytes_max(),
        })
    }

    /// The same for a reader that [enters](Self::enter) the outermost record as it does those in it. No limit counts that one.
    #[must_use]
    #[inline]
    pub fn with_the_outermost(mut self) -> Self {
        self.leave();
        self
    }

    /// Goes one level down; [`leave`](Self::leave) goes back up.
    ///
    /// # Errors
    ///
    /// [`Limit::Depth`] at the deepest level allowed.
    #[inline]
    pub fn enter(&mut self) -> Step<()> {
        match self.depth_left.checked_sub(1) {
            Some(left) => {
                self.depth_left = left;
                Ok(())
            }
            None => Err(Fault::Limit(Limit::Depth)),
        }
    }

    /// Goes back up, after an [`enter`](Self::enter) that succeeded.
    #[inline]
    pub fn leave(&mut self) {
        self.depth_left = self.depth_left.saturating_add(1);
    }

    /// Spends items of a list or entries of a map.
    ///
    /// # Errors
    ///
    /// [`Limit::Items`] if fewer are left.
    #[inline]
    pub fn items(&mut self, count: u64) -> Step<()> {
        match self.items_left.checked_sub(count) {
            Some(left) => {
                self.items_left = left;
                Ok(())
            }
            None => Err(Fault::Limit(Limit::Items)),
        }
    }

    /// Spends bytes of memory, before they are asked for.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`] if fewer are left.
    #[inline]
    pub fn allocate(&mut self, bytes: usize) -> Step<()> {
        match self.allocated_left.checked_sub(bytes as u64) {
            Some(left) => {
                self.allocated_left = left;
                Ok(())
            }
            None => Err(Fault::Limit(Limit::AllocatedBytes)),
        }
    }

    /// Gives back memory that was freed meanwhile: the smaller list that a growing one has replaced.
    #[inline]
    pub fn release(&mut self, bytes: usize) {
        self.allocated_left = self.allocated_left.saturating_add(bytes as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits::strict()
        .with_bytes_max(10)
        .with_depth_max(2)
        .with_items_beyond_input_max(3)
        .with_allocated_bytes_max(100);

    #[test]
    fn each_limit_is_what_may_be_spent_and_no_more() {
        assert_eq!(Budget::new(&LIMITS, 11).err(), Some(Fault::Limit(Limit::Bytes)));
        let mut budget = Budget::new(&LIMITS, 10).expect("as many bytes as are allowed");
        assert_eq!((budget.enter(), budget.enter()), (Ok(()), Ok(())));
        assert_eq!(budget.enter(), Err(Fault::Limit(Limit::Depth)));
        assert_eq!(budget.clone().with_the_outermost().enter(), Ok(()));
        budget.leave();
        assert_eq!(budget.enter(), Ok(()));
        assert_eq!(budget.items(13), Ok(()));
        assert_eq!(budget.items(1), Err(Fault::Limit(Limit::Items)));
        assert_eq!(budget.allocate(60), Ok(()));
        assert_eq!(budget.allocate(41), Err(Fault::Limit(Limit::AllocatedBytes)));
        budget.release(1);
        assert_eq!(budget.allocate(41), Ok(()));
    }
}
