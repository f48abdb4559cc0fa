//! `[u8; N]`.

use crate::{Decode, Encode, Fault, Field, Format, Reader, Shape, Shaped, Step, Writer};

impl<const SIZE: usize> Shaped for [u8; SIZE] {
    const SHAPE: Shape = Shape::Fixed(SIZE);
}

impl<const SIZE: usize> Encode for [u8; SIZE] {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.fixed::<F>(self);
    }
}

impl<'de, const SIZE: usize> Decode<'de> for [u8; SIZE] {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        [0; SIZE]
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = reader.fixed::<F>(SIZE)?.try_into().map_err(|_| Fault::Size)?;
        Ok(())
    }
}
