//! `Vec<u8>`, `&[u8]`, `Box<[u8]>` and `Cow<[u8]>`.

use alloc::{borrow::Cow, boxed::Box, vec::Vec};

use canread_wire::owned_bytes;

use crate::{Budget, Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

macro_rules! bytes {
    ($($(#[$lifetime:lifetime])? $type:ty),*) => {$(
        impl$(<$lifetime>)? Shaped for $type {
            const SHAPE: Shape = Shape::Bytes;
        }

        impl$(<$lifetime>)? Encode for $type {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
                writer.bytes::<F>(self);
            }
        }
    )*};
}

bytes!(Vec<u8>, Box<[u8]>, #['a] &'a [u8], #['a] Cow<'a, [u8]>);

impl<'de> Decode<'de> for Vec<u8> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::new()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        let bytes = reader.bytes::<F>()?;
        if self.capacity() == 0 {
            reader.budget().allocate(bytes.len())?;
            *self = owned_bytes(bytes);
            return Ok(());
        }
        replace(self, bytes, reader.budget())
    }
}

/// Puts the bytes in place of others, in the same memory if it has room.
#[inline(never)]
fn replace(vec: &mut Vec<u8>, bytes: &[u8], budget: &mut Budget) -> Step<()> {
    vec.clear();
    if vec.capacity() < bytes.len() {
        budget.allocate(bytes.len())?;
        *vec = Vec::with_capacity(bytes.len());
    }
    vec.extend_from_slice(bytes);
    Ok(())
}

impl<'de> Decode<'de> for Box<[u8]> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::default()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        let bytes = reader.bytes::<F>()?;
        reader.budget().allocate(bytes.len())?;
        *self = bytes.into();
        Ok(())
    }
}

impl<'a, 'de: 'a> Decode<'de> for &'a [u8] {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        &[]
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = reader.bytes::<F>()?;
        Ok(())
    }
}

impl<'a, 'de: 'a> Decode<'de> for Cow<'a, [u8]> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Cow::Borrowed(&[])
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = Cow::Borrowed(reader.bytes::<F>()?);
        Ok(())
    }
}
