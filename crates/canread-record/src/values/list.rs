//! `Vec<T>`, `VecDeque<T>`. A `Vec<u8>` is bytes, see `bytes`; a `VecDeque<u8>` is a list of numbers.

use alloc::{boxed::Box, collections::VecDeque, vec::Vec};

use crate::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

/// What a `Vec` may hold as a list: everything that is no `u8`.
///
/// The compiler knows that `u8` has no implementation, and so lets `Vec<u8>` be bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an item of a list in a record",
    note = "derive `Record` for a type of your own; a type with a parameter `T` that is in a `Vec<T>` wants no `u8` as its `T`: a `Vec<u8>` is bytes"
)]
pub trait ListItem: Shaped {}

macro_rules! item {
    ($([$($generics:tt)*] $type:ty),*) => {$(
        impl<$($generics)*> ListItem for $type {}
    )*};
}

item!([] bool, [] i8, [] i16, [] u16, [] i32, [] i64, [] u32, [] u64, [] f32, [] f64);
item!([] alloc::string::String, [] Box<str>, ['a] &'a str, ['a] alloc::borrow::Cow<'a, str>);
item!([] Vec<u8>, [] Box<[u8]>, ['a] &'a [u8], ['a] alloc::borrow::Cow<'a, [u8]>, [const SIZE: usize] [u8; SIZE]);
item!([V: ListItem] Option<V>, [V: ListItem] Box<V>, [V: ListItem] Vec<V>, [V: Shaped] VecDeque<V>);
item!([V: Shaped] alloc::collections::BTreeSet<V>, [K: Shaped, V: Shaped] alloc::collections::BTreeMap<K, V>);
item!([K: Shaped, V: Shaped] crate::Entries<K, V>);
#[cfg(feature = "std")]
item!([K: Shaped, V: Shaped, S] std::collections::HashMap<K, V, S>, [V: Shaped, S] std::collections::HashSet<V, S>);

macro_rules! list {
    ($($type:ident of $item:ident),*) => {$(
        impl<V: $item> Shaped for $type<V> {
            const SHAPE: Shape = Shape::List(&V::SHAPE);
        }

        impl<V: Encode + $item> Encode for $type<V> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
                if W::IS_BACK_TO_FRONT {
                    writer.list::<F, V>(self.iter().rev());
                } else {
                    writer.list::<F, V>(self.iter());
                }
            }
        }

        impl<'de, V: Decode<'de> + $item> Decode<'de> for $type<V> {
            #[inline(always)]
            fn absent(_: Format) -> Self {
                Self::new()
            }

            #[inline(always)]
            fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
                reader.list::<F, Self>(self)
            }
        }
    )*};
}

list!(Vec of ListItem, VecDeque of Shaped);
