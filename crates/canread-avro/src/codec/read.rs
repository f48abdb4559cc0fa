//! Reads records, field by field.

use core::mem;

use canread_record::{
    self as record, Collect, CollectEntries, Decode, DecodeFields, EntryKey, EntryValue, Enumeration, Field, Format,
    Item, Kind, Present, Shaped as _, demand, spend_defaults,
};
use canread_wire::{Budget, Cursor, Fault, Malformed, Step, unzigzag};

/// Why reading stopped, and at which byte.
pub(super) struct Failure {
    pub(super) fault: Fault,
    pub(super) offset: usize,
}

/// Reads the record that is in no other, and that ends where the input ends.
pub(super) fn outermost<'de, T: DecodeFields<'de>>(
    into: &mut T,
    input: &'de [u8],
    budget: Budget,
) -> Result<(), Failure> {
    let mut shared = Shared::new(budget, input);
    match fields(Cursor::new(input), &mut shared, into) {
        Ok(end) if end.is_empty() => Ok(()),
        Ok(end) => Err(Failure { fault: Fault::Malformed(Malformed::TrailingBytes), offset: end.offset_in(input) }),
        Err(fault) => Err(Failure { fault, offset: shared.failed_at() }),
    }
}

/// What the readers of all records of one input have in common.
pub(super) struct Shared<'de> {
    pub(super) budget: Budget,
    input: &'de [u8],
    failed_at: Option<usize>,
}

impl<'de> Shared<'de> {
    pub(super) fn new(budget: Budget, input: &'de [u8]) -> Self {
        Self { budget, input, failed_at: None }
    }

    /// Where it failed.
    pub(super) fn failed_at(&self) -> usize {
        self.failed_at.unwrap_or_default()
    }

    /// Remembers the place of a failure; the innermost record says it first.
    #[cold]
    #[inline(never)]
    pub(super) fn note(&mut self, at: &Cursor<'_>) {
        self.failed_at.get_or_insert(at.offset_in(self.input));
    }
}

/// Reads the fields of one record.
pub(super) struct Reader<'de, 's> {
    /// By value, and not in what is shared: it stays in a register as long as nobody else asks for its address.
    pub(super) cursor: Cursor<'de>,
    pub(super) shared: &'s mut Shared<'de>,
}

/// Reads a record and gives what is behind it. One function for each type, so that code stays in proportion.
#[inline(never)]
pub(super) fn fields<'de, T: DecodeFields<'de>>(
    cursor: Cursor<'de>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<Cursor<'de>> {
    forget_unknown(into);
    let mut reader = Reader { cursor, shared };
    match into.in_order(&mut reader).and_then(|()| into.settle(&mut reader.shared.budget)) {
        Ok(()) => Ok(reader.cursor),
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            Err(fault)
        }
    }
}

/// Data of Avro has all fields: what the record kept of other data, which was Protobuf, is not part of what it is now.
fn forget_unknown<'de, T: DecodeFields<'de>>(record: &mut T) {
    if let Some(unknown) = record.unknown() {
        unknown.clear();
    }
}

/// Reads the value of one branch, and gives what is behind it.
#[inline(never)]
fn branch<'de, U: Decode<'de>>(
    cursor: Cursor<'de>,
    shared: &mut Shared<'de>,
    index: u32,
    into: &mut U,
) -> Step<Cursor<'de>> {
    let mut reader = Reader { cursor, shared };
    let result = match into.decode_branch(index, &mut reader) {
        Ok(true) => into.settle(&mut reader.shared.budget),
        Ok(false) => Err(Fault::Malformed(Malformed::Branch)),
        Err(fault) => Err(fault),
    };
    match result {
        Ok(()) => Ok(reader.cursor),
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            Err(fault)
        }
    }
}

/// The next number, with its sign in the lowest bit.
#[inline(always)]
pub(crate) fn long(cursor: &mut Cursor<'_>) -> Step<i64> {
    Ok(unzigzag(cursor.varint()?))
}

/// How many bytes follow.
#[inline(always)]
pub(crate) fn size(cursor: &mut Cursor<'_>) -> Step<u64> {
    let raw = cursor.varint()?;
    // The sign is in the lowest bit.
    if raw & 1 == 0 { Ok(raw >> 1) } else { Err(Fault::Malformed(Malformed::Length)) }
}

/// How many items the next block has; 0 if there is no other.
#[inline(always)]
pub(crate) fn block(cursor: &mut Cursor<'_>) -> Step<u64> {
    let count = long(cursor)?;
    if count < 0 {
        // So many bytes could be passed over; here they are read.
        size(cursor)?;
        // -2^63 items are none that any input has.
        if count == i64::MIN {
            return Err(Fault::Malformed(Malformed::Length));
        }
    }
    Ok(count.unsigned_abs())
}

impl<'de> Reader<'de, '_> {
    /// Begins a block, whose items are spent: they may take no bytes at all.
    #[inline(always)]
    pub(super) fn begin_block(&mut self) -> Step<u64> {
        let count = block(&mut self.cursor)?;
        self.shared.budget.items(count)?;
        Ok(count)
    }

    /// Reads the branch of a union; `before` is how many branches of the format come before those of the type.
    #[inline(always)]
    fn branch<U: Decode<'de>>(&mut self, index: i64, before: i64, into: &mut U) -> Step<()> {
        let index = index.checked_sub(before).and_then(|index| u32::try_from(index).ok());
        let index = index.ok_or(Fault::Malformed(Malformed::Branch))?;
        self.shared.budget.enter()?;
        self.cursor = branch(self.cursor.clone(), self.shared, index, into)?;
        self.shared.budget.leave();
        Ok(())
    }
}

/// How many items of a type so many bytes of input justify memory for, before the items are seen.
///
/// The same bytes would justify it once more for each list inside of an item, so that of items which may hold lists a few are
/// made room for, and the list grows as they come.
#[inline(always)]
fn justified<'de, T: Decode<'de>>(count: u64, bytes_left: usize) -> usize {
    let may_nest =
        const { matches!(T::SHAPE.kind(), Kind::Record | Kind::Union | Kind::Optional | Kind::List | Kind::Map) };
    let room = if may_nest { NESTED_BYTES } else { bytes_left.saturating_mul(8) };
    let room = room.checked_div(size_of::<T>()).unwrap_or(bytes_left).max(1);
    usize::try_from(count).unwrap_or(usize::MAX).min(room)
}

/// Memory for the first items of a list whose items may hold lists.
const NESTED_BYTES: usize = 512;

impl<'de> record::Reader<'de> for Reader<'de, '_> {
    const FORMAT: Format = Format::Avro;
    const IS_POSITIONAL: bool = true;

    #[inline(always)]
    fn id<F: Field>(position: u32) -> u32 {
        position
    }

    #[inline(always)]
    fn accepts<F: Field, V: Decode<'de>>(&self) -> bool {
        true
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field<F: Field, V: Decode<'de>>(&mut self, into: &mut V) -> Step<()> {
        into.decode::<F, Self>(self)
    }

    #[inline(always)]
    fn field_by_id<F: Field, V: Decode<'de>>(&mut self, _id: u32, _into: &mut V) -> Step<bool> {
        Ok(false)
    }

    #[inline(always)]
    fn bool<F: Field>(&mut self) -> Step<bool> {
        match self.cursor.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Fault::Malformed(Malformed::Bool)),
        }
    }

    #[inline(always)]
    fn i32<F: Field>(&mut self) -> Step<i32> {
        long(&mut self.cursor)?.try_into().map_err(|_| Fault::OutOfRange)
    }

    #[inline(always)]
    fn i64<F: Field>(&mut self) -> Step<i64> {
        long(&mut self.cursor)
    }

    #[inline(always)]
    fn u32<F: Field>(&mut self) -> Step<u32> {
        long(&mut self.cursor)?.try_into().map_err(|_| Fault::OutOfRange)
    }

    #[inline(always)]
    fn u64<F: Field>(&mut self) -> Step<u64> {
        long(&mut self.cursor)?.try_into().map_err(|_| Fault::OutOfRange)
    }

    #[inline(always)]
    fn f32<F: Field>(&mut self) -> Step<f32> {
        self.cursor.fixed32().map(f32::from_bits)
    }

    #[inline(always)]
    fn f64<F: Field>(&mut self) -> Step<f64> {
        self.cursor.fixed64().map(f64::from_bits)
    }

    #[inline(always)]
    fn text<F: Field>(&mut self) -> Step<&'de str> {
        let size = size(&mut self.cursor)?;
        self.cursor.text(size)
    }

    #[inline(always)]
    fn bytes<F: Field>(&mut self) -> Step<&'de [u8]> {
        let size = size(&mut self.cursor)?;
        self.cursor.take(size)
    }

    #[inline(always)]
    fn fixed<F: Field>(&mut self, size: usize) -> Step<&'de [u8]> {
        self.cursor.take(size as u64)
    }

    #[inline(always)]
    fn symbol<F: Field, E: Enumeration>(&mut self) -> Step<Option<E>> {
        let position = u32::try_from(long(&mut self.cursor)?).ok();
        position.and_then(E::from_position).map(Some).ok_or(Fault::UnknownSymbol)
    }

    #[inline(always)]
    fn record<F: Field, T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        self.shared.budget.enter()?;
        self.cursor = fields(self.cursor.clone(), self.shared, into)?;
        self.shared.budget.leave();
        Ok(())
    }

    #[inline(always)]
    fn union<F: Field, U: Decode<'de>>(&mut self, into: &mut U) -> Step<()> {
        let index = long(&mut self.cursor)?;
        self.branch(index, 0, into)
    }

    #[inline(always)]
    fn optional<F: Field, V: Decode<'de>>(&mut self, into: &mut Option<V>) -> Step<()> {
        const { demand(&F::META, !matches!(V::SHAPE.kind(), Kind::Optional), "Avro has no unions in unions") };
        let index = long(&mut self.cursor)?;
        if index == 0 {
            *into = None;
            return Ok(());
        }
        if into.is_none() {
            self.shared.budget.allocate(V::ABSENT_BYTES)?;
            let value = into.insert(V::absent(Format::Avro));
            spend_defaults(value, Format::Avro, &mut self.shared.budget)?;
        }
        let Some(value) = into else { return Ok(()) };
        if const { matches!(V::SHAPE.kind(), Kind::Union) } {
            return self.branch(index, 1, value);
        }
        if index != 1 {
            return Err(Fault::Malformed(Malformed::Branch));
        }
        value.decode::<Present<F>, Self>(self)
    }

    #[inline(always)]
    fn list<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        into.clear();
        loop {
            let count = self.begin_block()?;
            if count == 0 {
                return Ok(());
            }
            let justified = justified::<C::Item>(count, self.cursor.remaining());
            into.expect(justified, &mut self.shared.budget)?;
            for _ in 0..count {
                self.shared.budget.allocate(C::Item::ABSENT_BYTES)?;
                if const { C::IS_FILLED_IN_PLACE && matches!(C::Item::SHAPE.kind(), Kind::Record | Kind::Union) } {
                    into.add(C::Item::absent(Format::Avro), &mut self.shared.budget)?;
                    if let Some(item) = into.last_added() {
                        spend_defaults(item, Format::Avro, &mut self.shared.budget)?;
                        item.decode::<Item<F, false>, Self>(self)?;
                    }
                    continue;
                }
                let mut item = C::Item::absent(Format::Avro);
                spend_defaults(&item, Format::Avro, &mut self.shared.budget)?;
                item.decode::<Item<F, false>, Self>(self)?;
                into.add(item, &mut self.shared.budget)?;
            }
        }
    }

    #[inline(always)]
    fn map<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        into.clear();
        loop {
            let count = self.begin_block()?;
            if count == 0 {
                return Ok(());
            }
            for _ in 0..count {
                self.shared.budget.allocate(const { C::Key::ABSENT_BYTES.saturating_add(C::Value::ABSENT_BYTES) })?;
                let (mut key, mut value) = (C::Key::absent(Format::Avro), C::Value::absent(Format::Avro));
                spend_defaults(&value, Format::Avro, &mut self.shared.budget)?;
                key.decode::<EntryKey<F>, Self>(self)?;
                value.decode::<EntryValue<F>, Self>(self)?;
                into.add(key, value, &mut self.shared.budget)?;
            }
        }
    }

    #[inline(always)]
    fn budget(&mut self) -> &mut Budget {
        &mut self.shared.budget
    }
}

// A step is made for each value, and a cursor comes back from each record.
const _: () = assert!(mem::size_of::<Step<Cursor<'_>>>() <= 24);
