//! What is read by number, whichever reader reads it.

use std::marker::PhantomData;

use canread_record::{Decode, DecodeFields, EntryKey, EntryValue, Field, Kind, Reader};
use canread_wire::Step;

/// Values that are read by their numbers: the fields of a record, the branches of a union, the two of an entry.
pub(super) trait ByNumber<'de> {
    /// Whether a number that a closed enumeration lacks has a place beside them: it goes to the unknown fields of the record, or tells an
    /// entry that it is lost.
    const KEEPS_STRAYS: bool;

    /// Reads one, and says whether there is such a number and it can hold what comes next.
    fn read<R: Reader<'de>>(&mut self, number: u32, reader: &mut R) -> Step<bool>;
}

/// The fields of a record.
pub(super) struct Fields<'t, T>(pub(super) &'t mut T);

impl<'de, T: DecodeFields<'de>> ByNumber<'de> for Fields<'_, T> {
    const KEEPS_STRAYS: bool = true;

    #[inline]
    fn read<R: Reader<'de>>(&mut self, number: u32, reader: &mut R) -> Step<bool> {
        self.0.by_id(number, reader)
    }
}

/// The branches of a union.
pub(super) struct Branches<'t, U> {
    union: &'t mut U,
    /// One of them was read.
    pub(super) is_set: bool,
}

impl<'t, U> Branches<'t, U> {
    pub(super) fn new(union: &'t mut U) -> Self {
        Self { union, is_set: false }
    }
}

impl<'de, U: Decode<'de>> ByNumber<'de> for Branches<'_, U> {
    const KEEPS_STRAYS: bool = false;

    #[inline]
    fn read<R: Reader<'de>>(&mut self, number: u32, reader: &mut R) -> Step<bool> {
        let is_read = self.union.decode_branch(number, reader)?;
        self.is_set |= is_read;
        Ok(is_read)
    }
}

/// The key and the value of an entry of a map.
pub(super) struct EntryParts<'t, F, K, V> {
    key: &'t mut K,
    value: &'t mut V,
    /// The value is a number that the closed enumeration lacks.
    pub(super) is_lost: bool,
    field: PhantomData<F>,
}

impl<'t, F, K, V> EntryParts<'t, F, K, V> {
    pub(super) fn new(key: &'t mut K, value: &'t mut V) -> Self {
        Self { key, value, is_lost: false, field: PhantomData }
    }
}

impl<'de, F: Field, K: Decode<'de>, V: Decode<'de>> ByNumber<'de> for EntryParts<'_, F, K, V> {
    const KEEPS_STRAYS: bool = true;

    #[inline]
    fn read<R: Reader<'de>>(&mut self, number: u32, reader: &mut R) -> Step<bool> {
        let is_read = reader.field_by_id::<EntryKey<F>, K>(number, self.key)?
            || reader.field_by_id::<EntryValue<F>, V>(number, self.value)?;
        self.is_lost |= !is_read && number == 2 && matches!(V::SHAPE.kind(), Kind::Enumeration);
        Ok(is_read)
    }
}
