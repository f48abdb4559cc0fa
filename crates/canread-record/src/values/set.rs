//! `BTreeSet<T>`, `HashSet<T>`: lists without order, of which no item is twice.

use alloc::collections::BTreeSet;

use crate::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

impl<V: Shaped> Shaped for BTreeSet<V> {
    const SHAPE: Shape = Shape::List(&V::SHAPE);
}

impl<V: Encode> Encode for BTreeSet<V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        if W::IS_BACK_TO_FRONT {
            writer.list::<F, V>(self.iter().rev());
        } else {
            writer.list::<F, V>(self.iter());
        }
    }
}

impl<'de, V: Decode<'de> + Ord> Decode<'de> for BTreeSet<V> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::new()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        reader.list::<F, Self>(self)
    }
}

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::HashSet;

    use super::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

    impl<V: Shaped, S> Shaped for HashSet<V, S> {
        const SHAPE: Shape = Shape::List(&V::SHAPE);
    }

    impl<V: Encode, S> Encode for HashSet<V, S> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
            writer.list::<F, V>(self.iter());
        }
    }

    impl<'de, V: Decode<'de> + Eq + Hash, S: BuildHasher + Default> Decode<'de> for HashSet<V, S> {
        #[inline(always)]
        fn absent(_: Format) -> Self {
            Self::default()
        }

        #[inline(always)]
        fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
            reader.list::<F, Self>(self)
        }
    }
}
