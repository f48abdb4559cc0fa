//! `Box<T>`: what lets a record hold itself.

use alloc::boxed::Box;

use crate::{Budget, Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

impl<V: Shaped> Shaped for Box<V> {
    const SHAPE: Shape = V::SHAPE;
}

impl<V: Encode> Encode for Box<V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        V::encode::<F, W>(self, writer);
    }
}

impl<'de, V: Decode<'de>> Decode<'de> for Box<V> {
    const ABSENT_BYTES: usize = size_of::<V>().saturating_add(V::ABSENT_BYTES);
    const HAS_DEFAULTS: bool = V::HAS_DEFAULTS;
    const HAS_MERGED_BRANCH: bool = V::HAS_MERGED_BRANCH;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn absent(format: Format) -> Self {
        Self::new(V::absent(format))
    }

    #[inline(always)]
    fn default_bytes(&self, format: Format) -> usize {
        V::default_bytes(self, format)
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        V::decode::<F, R>(self, reader)
    }

    #[inline(always)]
    fn has_branch<R: Reader<'de>>(id: u32) -> bool {
        V::has_branch::<R>(id)
    }

    #[inline(always)]
    fn decode_branch<R: Reader<'de>>(&mut self, id: u32, reader: &mut R) -> Step<bool> {
        V::decode_branch(self, id, reader)
    }

    #[inline(always)]
    fn settle(&mut self, budget: &mut Budget) -> Step<()> {
        V::settle(self, budget)
    }
}
