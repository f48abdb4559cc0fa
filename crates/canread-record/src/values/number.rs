//! Numbers. Those of 8 and 16 bits are written as 32 bits and checked when they are read.

use crate::{Decode, Encode, Fault, Field, Format, Reader, Shape, Shaped, Step, Writer};

/// A type that formats have a number for.
macro_rules! number {
    ($($type:ident $shape:ident),*) => {$(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::$shape;
        }

        impl Encode for $type {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
                writer.$type::<F>(*self);
            }
        }

        impl<'de> Decode<'de> for $type {
            #[inline(always)]
            fn absent(_: Format) -> Self {
                <$type>::default()
            }

            #[inline(always)]
            fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
                *self = reader.$type::<F>()?;
                Ok(())
            }
        }
    )*};
}

/// A type that is written as a wider one.
macro_rules! narrow_number {
    ($($type:ident $wide:ident $shape:ident),*) => {$(
        impl Shaped for $type {
            const SHAPE: Shape = Shape::$shape;
        }

        impl Encode for $type {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
                writer.$wide::<F>((*self).into());
            }
        }

        impl<'de> Decode<'de> for $type {
            #[inline(always)]
            fn absent(_: Format) -> Self {
                0
            }

            #[inline(always)]
            fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
                *self = reader.$wide::<F>()?.try_into().map_err(|_| Fault::OutOfRange)?;
                Ok(())
            }
        }
    )*};
}

number!(i32 Int32, i64 Int64, u32 Uint32, u64 Uint64, f32 Float32, f64 Float64);
narrow_number!(i8 i32 Int32, i16 i32 Int32, u8 u32 Uint32, u16 u32 Uint32);
