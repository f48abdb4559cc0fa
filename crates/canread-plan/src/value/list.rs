//! Items of a list.

use super::Value;
use crate::layout::LayoutKind;

/// Items in order.
///
/// Numbers and booleans lie as such, since a list of them may be as long as its data has bytes: eight bytes for one
/// that took one, and not the 24 of a [`Value`]. Which form a list has makes no difference to what it is equal to, nor to
/// how it is encoded.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum List<'a> {
    /// Items of any type.
    Values(&'a [Value<'a>]),
    /// Booleans.
    Bools(&'a [bool]),
    /// Signed integers.
    Ints(&'a [i64]),
    /// Unsigned integers.
    Uints(&'a [u64]),
    /// Numbers of 32 bits.
    Floats(&'a [f32]),
    /// Numbers of 64 bits.
    Doubles(&'a [f64]),
    /// Symbols of an enum.
    Symbols(&'a [i32]),
}

impl<'a> List<'a> {
    /// No items, in the form that items of a type have.
    #[must_use]
    pub fn empty_of(item: LayoutKind) -> Self {
        match item {
            LayoutKind::Bool => Self::Bools(&[]),
            LayoutKind::Int(int) if int.signed => Self::Ints(&[]),
            LayoutKind::Int(_) => Self::Uints(&[]),
            LayoutKind::Float => Self::Floats(&[]),
            LayoutKind::Double => Self::Doubles(&[]),
            LayoutKind::Enum(_) => Self::Symbols(&[]),
            _ => Self::default(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Values(items) => items.len(),
            Self::Bools(items) => items.len(),
            Self::Ints(items) => items.len(),
            Self::Uints(items) => items.len(),
            Self::Floats(items) => items.len(),
            Self::Doubles(items) => items.len(),
            Self::Symbols(items) => items.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The item at a position, counted from 0.
    #[must_use]
    pub fn get(self, index: usize) -> Option<Value<'a>> {
        Some(match self {
            Self::Values(items) => *items.get(index)?,
            Self::Bools(items) => Value::Bool(*items.get(index)?),
            Self::Ints(items) => Value::Int(*items.get(index)?),
            Self::Uints(items) => Value::Uint(*items.get(index)?),
            Self::Floats(items) => Value::Float(*items.get(index)?),
            Self::Doubles(items) => Value::Double(*items.get(index)?),
            Self::Symbols(items) => Value::Symbol(*items.get(index)?),
        })
    }

    /// All of them, in order.
    #[must_use]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Value<'a>> + ExactSizeIterator {
        (0..self.len()).map(move |index| self.get(index).expect("an index below the length"))
    }
}

impl Default for List<'_> {
    /// No items.
    fn default() -> Self {
        Self::Values(&[])
    }
}

impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_list_makes_no_difference() {
        let values = [Value::Int(1), Value::Int(-2)];
        assert_eq!(List::Values(&values), List::Ints(&[1, -2]));
        assert_ne!(List::Ints(&[1, -2]), List::Uints(&[1, 2]));
        assert_ne!(List::Ints(&[1]), List::Ints(&[1, 1]));
        assert_eq!(List::Bools(&[]), List::default());
        assert_eq!(List::Doubles(&[0.5]).iter().next_back(), Some(Value::Double(0.5)));
        assert_eq!(List::Floats(&[0.5]).get(1), None);
    }
}
