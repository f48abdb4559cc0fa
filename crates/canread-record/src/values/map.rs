//! `BTreeMap<K, V>`, `HashMap<K, V>`, `Entries<K, V>`.

use alloc::collections::BTreeMap;

use crate::{Budget, Decode, Encode, Entries, Field, Format, Reader, Shape, Shaped, Step, Writer};

impl<K: Shaped, V: Shaped> Shaped for BTreeMap<K, V> {
    const SHAPE: Shape = Shape::Map(&K::SHAPE, &V::SHAPE);
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        if W::IS_BACK_TO_FRONT {
            writer.map::<F, K, V>(self.iter().rev());
        } else {
            writer.map::<F, K, V>(self.iter());
        }
    }
}

impl<'de, K: Decode<'de> + Ord, V: Decode<'de>> Decode<'de> for BTreeMap<K, V> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::new()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        reader.map::<F, Self>(self)
    }
}

impl<K: Shaped, V: Shaped> Shaped for Entries<K, V> {
    const SHAPE: Shape = Shape::Map(&K::SHAPE, &V::SHAPE);
}

impl<K: Encode + Ord, V: Encode> Encode for Entries<K, V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        if W::IS_BACK_TO_FRONT {
            writer.map::<F, K, V>(self.iter().rev());
        } else {
            writer.map::<F, K, V>(self.iter());
        }
    }
}

impl<'de, K: Decode<'de> + Ord, V: Decode<'de>> Decode<'de> for Entries<K, V> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::default()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        reader.map::<F, Self>(self)
    }

    #[inline]
    fn settle(&mut self, budget: &mut Budget) -> Step<()> {
        crate::CollectEntries::settle(self, budget)
    }
}

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::HashMap;

    use super::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

    impl<K: Shaped, V: Shaped, S> Shaped for HashMap<K, V, S> {
        const SHAPE: Shape = Shape::Map(&K::SHAPE, &V::SHAPE);
    }

    impl<K: Encode, V: Encode, S> Encode for HashMap<K, V, S> {
        #[cfg_attr(not(debug_assertions), inline(always))]
        fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
            writer.map::<F, K, V>(self.iter());
        }
    }

    impl<'de, K: Decode<'de> + Eq + Hash, V: Decode<'de>, S: BuildHasher + Default> Decode<'de> for HashMap<K, V, S> {
        #[inline(always)]
        fn absent(_: Format) -> Self {
            Self::default()
        }

        #[inline(always)]
        fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
            reader.map::<F, Self>(self)
        }
    }
}
