//! `bool`.

use crate::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

impl Shaped for bool {
    const SHAPE: Shape = Shape::Bool;
}

impl Encode for bool {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.bool::<F>(*self);
    }
}

impl<'de> Decode<'de> for bool {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        false
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = reader.bool::<F>()?;
        Ok(())
    }
}
