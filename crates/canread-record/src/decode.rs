//! What can be read.

use crate::{Budget, Field, Format, Reader, Shaped, Step, Unknown};

/// A value that can stand in a field and be read. What it borrows lives for `'de`.
pub trait Decode<'de>: Shaped + Sized {
    /// How many bytes of memory [`absent`](Self::absent) asks for, beside those of the value itself. Whoever calls it spends them
    /// before. What defaults hold that the type's author wrote is not in it, but spent [behind it](spend_defaults).
    const ABSENT_BYTES: usize = 0;

    /// Whether defaults that the type's author wrote may hold memory in what [`absent`](Self::absent) gives.
    const HAS_DEFAULTS: bool = false;

    /// Whether it is a union with a branch that Protobuf [merges](crate::has_merged_branch) with what is there: a default would be a part of
    /// what is read, so that a field of it has none there.
    const HAS_MERGED_BRANCH: bool = false;

    /// The value of a field that is not there, in a format: what a default says of a list, say, is none in Protobuf, where no items and a
    /// list that is not there are the same.
    fn absent(format: Format) -> Self;

    /// About how many bytes of memory defaults hold in a value that [`absent`](Self::absent) gave.
    #[must_use]
    #[inline(always)]
    fn default_bytes(&self, _format: Format) -> usize {
        0
    }

    /// Reads the value of the field `F`; a list is added to and a record is merged, where the format does that.
    ///
    /// # Errors
    ///
    /// The input ends or breaks its format, asks for more than is allowed, or the value does not fit the type.
    fn decode<F: Field, R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()>;

    /// Whether this is a union with a branch of that id; an `Option` of one counts.
    #[must_use]
    #[inline(always)]
    fn has_branch<R: Reader<'de>>(_id: u32) -> bool {
        false
    }

    /// Reads one branch of a union, and says whether it has that branch and the branch can hold what comes next.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    #[inline(always)]
    fn decode_branch<R: Reader<'de>>(&mut self, _id: u32, _reader: &mut R) -> Step<bool> {
        Ok(false)
    }

    /// Called when the record around the value has been read; maps that sort themselves do it here.
    ///
    /// # Errors
    ///
    /// The budget allows no more work.
    #[inline(always)]
    fn settle(&mut self, _budget: &mut Budget) -> Step<()> {
        Ok(())
    }
}

/// Spends what the defaults hold in a value that [`Decode::absent`] just gave. What they hold is known when they are there: so they
/// may be more than is allowed, for once.
///
/// # Errors
///
/// [`Limit::AllocatedBytes`](canread_wire::Limit::AllocatedBytes) if fewer bytes are left.
#[inline(always)]
pub fn spend_defaults<'de, V: Decode<'de>>(value: &V, format: Format, budget: &mut Budget) -> Step<()> {
    if const { V::HAS_DEFAULTS } { budget.allocate(value.default_bytes(format)) } else { Ok(()) }
}

/// A record that can be read, field by field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no record",
    label = "derive `Record` for a struct with this value as a field",
    note = "what is written or read as a whole is a struct that derives `Record`; numbers, enums and lists stand in its fields"
)]
pub trait DecodeFields<'de>: Shaped {
    /// Reads all fields in the order in which the format has them; a field that is not what comes next is passed over.
    ///
    /// # Errors
    ///
    /// Those of [`Decode::decode`].
    fn in_order<R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()>;

    /// Reads one field, and says whether there is such a field and it can hold what comes next.
    ///
    /// # Errors
    ///
    /// Those of [`Decode::decode`].
    fn by_id<R: Reader<'de>>(&mut self, id: u32, reader: &mut R) -> Step<bool>;

    /// Calls [`Decode::settle`] for each field.
    ///
    /// # Errors
    ///
    /// The budget allows no more work.
    fn settle(&mut self, budget: &mut Budget) -> Step<()>;

    /// Where fields go that the record does not have; `None` if it lets them go.
    fn unknown(&mut self) -> Option<&mut Unknown>;
}
