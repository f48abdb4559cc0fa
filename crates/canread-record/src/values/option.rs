//! `Option<T>`.

use crate::{Budget, Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer, spend_defaults};

impl<V: Shaped> Shaped for Option<V> {
    const SHAPE: Shape = Shape::Optional(&V::SHAPE);
}

impl<V: Encode> Encode for Option<V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.optional::<F, V>(self.as_ref());
    }
}

impl<'de, V: Decode<'de>> Decode<'de> for Option<V> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        None
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        reader.optional::<F, V>(self)
    }

    #[inline(always)]
    fn has_branch<R: Reader<'de>>(id: u32) -> bool {
        V::has_branch::<R>(id)
    }

    #[inline(always)]
    fn decode_branch<R: Reader<'de>>(&mut self, id: u32, reader: &mut R) -> Step<bool> {
        if let Some(value) = self {
            return value.decode_branch(id, reader);
        }
        reader.budget().allocate(V::ABSENT_BYTES)?;
        let mut value = V::absent(R::FORMAT);
        spend_defaults(&value, R::FORMAT, reader.budget())?;
        let is_read = value.decode_branch(id, reader)?;
        if is_read {
            *self = Some(value);
        }
        Ok(is_read)
    }

    #[inline(always)]
    fn settle(&mut self, budget: &mut Budget) -> Step<()> {
        self.as_mut().map_or(Ok(()), |value| value.settle(budget))
    }
}
