//! `String`, `&str`, `Box<str>` and `Cow<str>`.

use alloc::{borrow::Cow, boxed::Box, string::String};

use canread_wire::owned_text;

use crate::{Decode, Encode, Field, Format, Reader, Shape, Shaped, Step, Writer};

macro_rules! text {
    ($($(#[$lifetime:lifetime])? $type:ty),*) => {$(
        impl$(<$lifetime>)? Shaped for $type {
            const SHAPE: Shape = Shape::Text;
        }

        impl$(<$lifetime>)? Encode for $type {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn encode<F: Field, W: Writer>(&self, writer: &mut W) {
                writer.text::<F>(self);
            }
        }
    )*};
}

text!(String, Box<str>, #['a] &'a str, #['a] Cow<'a, str>);

impl<'de> Decode<'de> for String {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::new()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        let text = reader.text::<F>()?;
        if self.capacity() == 0 {
            reader.budget().allocate(text.len())?;
            *self = owned_text(text);
            return Ok(());
        }
        replace(self, text, reader.budget())
    }
}

/// Puts the text in place of another, in the same memory if it has room.
#[inline(never)]
fn replace(string: &mut String, text: &str, budget: &mut crate::Budget) -> Step<()> {
    string.clear();
    if string.capacity() < text.len() {
        budget.allocate(text.len())?;
        *string = String::with_capacity(text.len());
    }
    string.push_str(text);
    Ok(())
}

impl<'de> Decode<'de> for Box<str> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Self::default()
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        let text = reader.text::<F>()?;
        reader.budget().allocate(text.len())?;
        *self = text.into();
        Ok(())
    }
}

impl<'a, 'de: 'a> Decode<'de> for &'a str {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        ""
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = reader.text::<F>()?;
        Ok(())
    }
}

impl<'a, 'de: 'a> Decode<'de> for Cow<'a, str> {
    #[inline(always)]
    fn absent(_: Format) -> Self {
        Cow::Borrowed("")
    }

    #[inline(always)]
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        *self = Cow::Borrowed(reader.text::<F>()?);
        Ok(())
    }
}
