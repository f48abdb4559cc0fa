//! Messages of Protobuf that everybody has: their fields, as the derive would write them.

/// A message of numbers. Fields in `refused` say something that the type can't keep, so that data with them is refused.
macro_rules! message {
    (
        $(#[$doc:meta])*
        $name:ident $full_name:literal $(refused($($refused:literal),*))?
        { $($number:literal $field:ident $marker:ident: $type:ty,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default)]
        struct $name {
            $($field: $type,)*
        }

        $(
            struct $marker;

            impl $crate::Field for $marker {
                const META: $crate::FieldMeta = $crate::FieldMeta::new(stringify!($field), $number);
            }
        )*

        pub(super) fn message_schema() -> &'static $crate::RecordSchema {
            const {
                &$crate::RecordSchema {
                    name: $full_name,
                    aliases: &[],
                    fields: &[$($crate::FieldSchema::new(
                        <$marker as $crate::Field>::META,
                        <$type as $crate::Shaped>::SHAPE,
                    )),*],
                }
            }
        }

        impl $crate::Shaped for $name {
            const SHAPE: $crate::Shape = $crate::Shape::Record(message_schema);
        }

        impl $crate::EncodeFields for $name {
            #[inline(always)]
            fn in_order<W: $crate::Writer>(&self, writer: &mut W) {
                $(<$type as $crate::Encode>::encode::<$marker, W>(&self.$field, writer);)*
            }

            #[inline(always)]
            fn back_to_front<W: $crate::Writer>(&self, writer: &mut W) {
                $crate::logical::message::reversed!(
                    [] $([<$type as $crate::Encode>::encode::<$marker, W>(&self.$field, writer);])*
                );
            }
        }

        impl<'de> $crate::DecodeFields<'de> for $name {
            #[inline(always)]
            fn in_order<R: $crate::Reader<'de>>(&mut self, reader: &mut R) -> $crate::Step<()> {
                $(reader.field::<$marker, $type>(&mut self.$field)?;)*
                Ok(())
            }

            #[inline(always)]
            fn by_id<R: $crate::Reader<'de>>(&mut self, id: u32, reader: &mut R) -> $crate::Step<bool> {
                $(
                    if reader.field_by_id::<$marker, $type>(id, &mut self.$field)? {
                        return Ok(true);
                    }
                )*
                $(
                    if [$($refused),*].contains(&id) {
                        return Err($crate::Fault::Time);
                    }
                )?
                Ok(false)
            }

            #[inline(always)]
            fn settle(&mut self, _budget: &mut $crate::Budget) -> $crate::Step<()> {
                Ok(())
            }

            #[inline(always)]
            fn unknown(&mut self) -> Option<&mut $crate::Unknown> {
                None
            }
        }
    };
}

/// Statements, the last one first.
macro_rules! reversed {
    ([$($reversed:tt)*]) => { $($reversed)* };
    ([$($reversed:tt)*] [$($first:tt)*] $($rest:tt)*) => {
        $crate::logical::message::reversed!([$($first)* $($reversed)*] $($rest)*)
    };
}

pub(super) use {message, reversed};
