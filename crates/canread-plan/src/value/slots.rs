//! A list that is being filled.

use canread_wire::{Fault, Step};

use super::{Arena, List, Value};
use crate::layout::LayoutKind;

/// A list that is being filled: memory for all its items is asked for at once, in the form that items of their type have.
#[derive(Debug)]
pub struct Slots<'a> {
    items: Items<'a>,
    filled: usize,
}

macro_rules! forms {
    ($($list:ident $value:ident $type:ty, $zero:expr;)*) => {
        #[derive(Debug)]
        enum Items<'a> {
            Values(&'a mut [Value<'a>]),
            $($list(&'a mut [$type]),)*
        }

        impl<'a> Slots<'a> {
            /// Room for so many items, in the form of another list.
            ///
            /// # Errors
            ///
            /// [`Limit::AllocatedBytes`](canread_wire::Limit::AllocatedBytes) if the arena has no room for them.
            pub fn like(arena: &'a Arena, form: List<'_>, count: usize) -> Step<Self> {
                let items = match form {
                    List::Values(_) => Items::Values(arena.keep_filled(count, Value::Absent)?),
                    $(List::$list(_) => Items::$list(arena.keep_filled(count, $zero)?),)*
                };
                Ok(Self { items, filled: 0 })
            }

            /// Adds an item.
            ///
            /// # Errors
            ///
            /// [`Fault::Mismatch`] if it is of another type, or there is no room for it.
            pub fn push(&mut self, value: Value<'a>) -> Step<()> {
                let at = self.filled;
                match (&mut self.items, value) {
                    (Items::Values(items), value) => put(items, at, value)?,
                    $((Items::$list(items), Value::$value(value)) => put(items, at, value)?,)*
                    _ => return Err(Fault::Mismatch),
                }
                self.filled = at.saturating_add(1);
                Ok(())
            }

            /// What was added.
            #[must_use]
            pub fn into_list(self) -> List<'a> {
                match self.items {
                    Items::Values(items) => List::Values(items.get(..self.filled).unwrap_or_default()),
                    $(Items::$list(items) => List::$list(items.get(..self.filled).unwrap_or_default()),)*
                }
            }
        }
    };
}

forms! {
    Bools Bool bool, false;
    Ints Int i64, 0;
    Uints Uint u64, 0;
    Floats Float f32, 0.0;
    Doubles Double f64, 0.0;
    Symbols Symbol i32, 0;
}

fn put<T>(items: &mut [T], at: usize, value: T) -> Step<()> {
    *items.get_mut(at).ok_or(Fault::Mismatch)? = value;
    Ok(())
}

impl<'a> Slots<'a> {
    /// Room for so many items of a type.
    ///
    /// # Errors
    ///
    /// As [`like`](Self::like).
    pub fn new(arena: &'a Arena, item: LayoutKind, count: usize) -> Step<Self> {
        Self::like(arena, List::empty_of(item), count)
    }

    /// The same, filled with values.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn filled(mut self, values: impl IntoIterator<Item = Value<'a>>) -> Step<List<'a>> {
        values.into_iter().try_for_each(|value| self.push(value))?;
        Ok(self.into_list())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_type_lie_in_its_form_and_others_are_refused() {
        let arena = Arena::new();
        let mut slots = Slots::new(&arena, LayoutKind::Double, 2).expect("room");
        assert_eq!(slots.push(Value::Float(0.5)), Err(Fault::Mismatch));
        assert_eq!(slots.push(Value::Double(0.5)), Ok(()));
        assert_eq!(slots.push(Value::Double(1.5)), Ok(()));
        assert_eq!(slots.push(Value::Double(2.5)), Err(Fault::Mismatch), "two were asked for");
        assert!(matches!(slots.into_list(), List::Doubles([0.5, 1.5])));
        let texts = Slots::new(&arena, LayoutKind::Bytes, 1).and_then(|slots| slots.filled([Value::Bytes(b"a")]));
        assert!(matches!(texts, Ok(List::Values([Value::Bytes(b"a")]))));
    }
}
