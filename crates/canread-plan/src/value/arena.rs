//! Where the parts of values lie.

use std::cell::Cell;

use bumpalo::Bump;
use canread_wire::{Fault, Limit, Limits, Step};

use super::{List, Record, Value};

/// Where the parts of values lie: freed all at once, with the arena or by [`reset`](Self::reset).
///
/// A decoder that makes one value after the other keeps one arena and resets it in between: then no value asks the
/// allocator for anything.
///
/// ```
/// use canread::protobuf::value;
/// use canread::value::{Arena, Layout, Value};
/// use canread::{Format, schema};
///
/// let text = "syntax = \"proto3\"; message Order { int64 id = 1; repeated string tags = 2; }";
/// let schema = schema::read(Format::Protobuf, &[("order.proto", text)])?;
/// let layout = Layout::of(&schema, schema.find("Order").expect("it is declared"))?;
///
/// let mut arena = Arena::new();
/// for id in 1..=3 {
///     let tags = arena.list(&[Value::String("new"), arena.string(&format!("number {id}"))]);
///     let bytes = value::to_vec(&layout, &arena.record(&[Value::Int(id), tags]))?;
///     assert_eq!(bytes.len(), 17);
///     arena.reset();
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Arena {
    bump: Bump,
    allowed: Cell<Option<usize>>,
}

/// What each piece of the arena's memory has at its end, and does not count itself.
const FOOTER_BYTES: usize = 6 * size_of::<usize>();

impl Arena {
    /// An arena that has asked for no memory yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Frees all values in it, and keeps its memory.
    pub fn reset(&mut self) {
        self.bump.reset();
    }

    /// How many bytes of memory it holds, whether values use them or not.
    #[must_use]
    pub fn allocated_bytes(&self) -> usize {
        self.bump.allocated_bytes_including_metadata()
    }

    /// Lets it hold so many bytes of memory and no more; `None` is no limit, which a new one has.
    ///
    /// What decoders put in is refused beyond it, as [`Limit::AllocatedBytes`]; the smaller of it and of their own limits holds. What
    /// callers put in themselves, by methods that can't fail, panics.
    pub fn allow(&self, bytes: Option<usize>) {
        self.allowed.set(bytes);
        self.bound();
    }

    /// What [`allow`](Self::allow) has set.
    pub(super) fn allowed(&self) -> Option<usize> {
        self.allowed.get()
    }

    /// The limits of a decoder, with no more memory than the arena may hold: for the figure in its errors.
    #[must_use]
    pub fn narrowed(&self, limits: &Limits) -> Limits {
        let allowed = self.allowed.get().map_or(u64::MAX, |bytes| bytes as u64);
        limits.with_allocated_bytes_max(limits.allocated_bytes_max().min(allowed))
    }

    /// Tells the arena's memory how much it may hold, with room for the end of one piece more.
    #[cold]
    fn bound(&self) {
        let counted = self.bump.allocated_bytes();
        let uncounted = self.allocated_bytes().saturating_sub(counted).saturating_add(FOOTER_BYTES);
        // Memory that holds more than its limit takes that for no limit at all.
        let limit = self.allowed.get().map(|allowed| allowed.saturating_sub(uncounted).max(counted));
        self.bump.set_allocation_limit(limit);
    }

    /// Before something is put in that begins another piece: the pieces that are there by now count.
    #[inline]
    fn make_ready<T>(&self, count: usize) {
        let bytes = count.saturating_mul(size_of::<T>()).saturating_add(align_of::<T>());
        if bytes > self.bump.chunk_capacity() {
            self.bound();
        }
    }

    /// Text of its own.
    #[must_use]
    pub fn string(&self, text: &str) -> Value<'_> {
        self.make_ready::<u8>(text.len());
        Value::String(self.bump.alloc_str(text))
    }

    /// Bytes of its own.
    #[must_use]
    pub fn bytes(&self, bytes: &[u8]) -> Value<'_> {
        self.make_ready::<u8>(bytes.len());
        Value::Bytes(self.bump.alloc_slice_copy(bytes))
    }

    /// A record of values for its fields, in the order of the layout.
    #[must_use]
    pub fn record<'a>(&'a self, fields: &[Value<'a>]) -> Value<'a> {
        self.make_ready::<Value<'_>>(fields.len());
        let fields = self.bump.alloc_slice_copy(fields);
        self.make_ready::<Record<'_>>(1);
        Value::Record(self.bump.alloc(Record { fields, unknown: &[] }))
    }

    /// A list.
    #[must_use]
    pub fn list<'a>(&'a self, items: &[Value<'a>]) -> Value<'a> {
        self.make_ready::<Value<'_>>(items.len());
        Value::List(List::Values(self.bump.alloc_slice_copy(items)))
    }

    /// A map. Each key once, which nobody checks: see [`Value::Map`].
    #[must_use]
    pub fn map<'a>(&'a self, entries: &[(Value<'a>, Value<'a>)]) -> Value<'a> {
        self.make_ready::<(Value<'_>, Value<'_>)>(entries.len());
        Value::Map(self.bump.alloc_slice_copy(entries))
    }

    /// A value in a branch of a union, counted from 0.
    #[must_use]
    pub fn branch<'a>(&'a self, branch: u32, value: Value<'a>) -> Value<'a> {
        self.make_ready::<Value<'_>>(1);
        Value::Branch(branch, self.bump.alloc(value))
    }

    /// A copy of something, for a decoder.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`] if it does not fit into what is allowed.
    #[inline]
    pub fn keep<T: Copy>(&self, value: T) -> Step<&mut T> {
        self.make_ready::<T>(1);
        self.bump.try_alloc(value).map_err(|_| Fault::Limit(Limit::AllocatedBytes))
    }

    /// A copy of a slice, for a decoder.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`] if it does not fit into what is allowed.
    #[inline]
    pub fn keep_slice<T: Copy>(&self, slice: &[T]) -> Step<&mut [T]> {
        self.make_ready::<T>(slice.len());
        self.bump.try_alloc_slice_copy(slice).map_err(|_| Fault::Limit(Limit::AllocatedBytes))
    }

    /// A slice of so many copies of something, for a decoder that fills it.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`] if it does not fit into what is allowed.
    #[inline]
    pub fn keep_filled<T: Copy>(&self, count: usize, value: T) -> Step<&mut [T]> {
        self.make_ready::<T>(count);
        self.bump.try_alloc_slice_fill_copy(count, value).map_err(|_| Fault::Limit(Limit::AllocatedBytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arena_holds_no_more_than_it_is_allowed() {
        let arena = Arena::new();
        arena.allow(Some(10_000));
        let mut kept = 0;
        let refused = loop {
            match arena.keep_filled(100, Value::Null) {
                Ok(slice) => kept += slice.len(),
                Err(fault) => break fault,
            }
        };
        assert_eq!(refused, Fault::Limit(Limit::AllocatedBytes));
        assert!(arena.allocated_bytes() <= 10_000, "{}", arena.allocated_bytes());
        assert!(kept * 24 > 4_000, "{kept}");
    }

    #[test]
    fn the_ends_of_pieces_count() {
        let bump = Bump::with_capacity(1);
        assert_eq!(bump.allocated_bytes_including_metadata() - bump.allocated_bytes(), FOOTER_BYTES);
        for allowed in 0..5_000 {
            let arena = Arena::new();
            arena.allow(Some(allowed));
            while arena.keep(7_u64).is_ok() {}
            assert!(arena.allocated_bytes() <= allowed, "{} of {allowed}", arena.allocated_bytes());
        }
    }

    #[test]
    fn what_callers_put_in_counts_with_the_ends_of_pieces() {
        for allowed in 0..3_000 {
            let arena = Arena::new();
            arena.allow(Some(allowed));
            let fill = || loop {
                let inner = arena.record(&[arena.string("a text"), Value::Int(1)]);
                let _ = arena.map(&[(inner, arena.list(&[arena.branch(1, inner), arena.bytes(b"bytes")]))]);
            };
            let panicked: std::thread::Result<()> = std::panic::catch_unwind(std::panic::AssertUnwindSafe(fill));
            assert!(panicked.is_err());
            assert!(arena.allocated_bytes() <= allowed, "{} of {allowed}", arena.allocated_bytes());
        }
    }

    #[test]
    fn an_arena_that_holds_more_than_is_allowed_gets_nothing_more() {
        let mut arena = Arena::new();
        let _ = arena.list(&vec![Value::Null; 1_000]);
        arena.reset();
        let before = arena.allocated_bytes();
        arena.allow(Some(1_000));
        // What is there may be used.
        assert!(arena.keep_filled(900, Value::Null).is_ok());
        assert_eq!(arena.keep_filled(900, Value::Null).err(), Some(Fault::Limit(Limit::AllocatedBytes)));
        assert_eq!(arena.allocated_bytes(), before);
    }

    #[test]
    fn memory_is_kept_for_the_next_value() {
        let mut arena = Arena::new();
        let _ = arena.list(&vec![Value::Int(1); 1_000]);
        arena.reset();
        let before = arena.allocated_bytes();
        assert_eq!(arena.list(&vec![Value::Int(1); 900]), Value::List(List::Ints(&[1; 900])));
        assert_eq!(arena.allocated_bytes(), before);
    }
}
