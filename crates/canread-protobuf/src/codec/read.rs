//! Reads records.
//!
//! Writers nearly always write fields in the order of their numbers. So a record is first read in that order, and for
//! each field the bytes of its key are compared with those that come next: no key is decoded, and no field looked up.
//! What does not come in that order is read by its number.
//!
//! A oneof may be not set, or set to a branch that only the writer knows. So a field that is a union is an `Option` or has a
//! default, or it is not compiled where it is read or written:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(1)]
//!     Card(String),
//!     #[field(2)]
//!     Cash(i64),
//! }
//!
//! #[derive(Record)]
//! struct Order {
//!     #[field(union)]
//!     payment: Payment,
//! }
//!
//! canread::protobuf::from_slice::<Order>(&[]);
//! ```
//!
//! What is read of a message is merged with what is there, so that a default would come through:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//!
//! #[derive(Record)]
//! struct Card {
//!     #[field(1)]
//!     number: String,
//! }
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(1)]
//!     Card(Card),
//!     #[field(2)]
//!     Cash(i64),
//! }
//!
//! #[derive(Record)]
//! struct Order {
//!     #[field(union, default = Payment::Cash(0))]
//!     payment: Payment,
//! }
//!
//! canread::protobuf::from_slice::<Order>(&[]);
//! ```
//!
//! This is compiled:
//!
//! ```
//! use canread::Record;
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(1)]
//!     Card(String),
//!     #[field(2)]
//!     Cash(i64),
//! }
//!
//! #[derive(Record)]
//! struct Order {
//!     #[field(union, default = Payment::Cash(0))]
//!     payment: Payment,
//! }
//!
//! let order: Order = canread::protobuf::from_slice(&[])?;
//! assert!(matches!(order.payment, Payment::Cash(0)));
//! # canread::protobuf::to_vec(&order)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::vec::Vec;
use core::mem;

use canread_record::{
    self as record, Collect, CollectEntries, Decode, DecodeFields, EntryKey, EntryValue, Enumeration, Field, Form,
    Format, Item, Kind, Present, Shape, Shaped as _, demand, spend_defaults,
};
use canread_wire::{Budget, Cursor, Fault, Prefix, Step, VARINT_BYTES_MAX, unzigzag, unzigzag32};

use super::{
    key::{Wire, is_key, is_packable, is_single, key, may_be_unset, varints, wire},
    skip::{skip, take_key},
};

/// Why reading stopped, and at which byte.
pub(super) struct Failure {
    pub(super) fault: Fault,
    pub(super) offset: usize,
}

/// Reads the record that is in no other.
pub(super) fn outermost<'de, T: DecodeFields<'de>>(
    into: &mut T,
    input: &'de [u8],
    budget: Budget,
) -> Result<(), Failure> {
    let mut shared = Shared::new(budget, input);
    message(Cursor::new(input), &mut shared, into)
        .map_err(|fault| Failure { fault, offset: shared.failed_at.unwrap_or_default() })
}

/// What the readers of all records of one input have in common.
pub(super) struct Shared<'de> {
    pub(super) budget: Budget,
    input: &'de [u8],
    /// In how many records the one is that is read now.
    pub(super) depth: u32,
    strays: Strays,
    /// Whether the union that was read last has a branch that the type has.
    pub(super) is_set: bool,
    pub(super) failed_at: Option<usize>,
    #[cfg(feature = "value")]
    pub(super) groups: super::groups::Groups,
}

/// Symbols that a closed enumeration does not have, as fields, until the record is complete that they go to the unknown fields of.
#[derive(Default)]
struct Strays {
    fields: Vec<u8>,
    /// In how many records each is that has some, and where its own begin; outermost first.
    records: Vec<(u32, usize)>,
}

impl Strays {
    /// Grows with each of them.
    #[inline(always)]
    fn len(&self) -> usize {
        self.fields.len()
    }
}

#[derive(Clone, Copy)]
enum Stray<'de> {
    /// As it was written: the format takes the low 32 bits of it.
    Symbol(u64),
    /// A whole entry of a map.
    Entry(&'de [u8]),
}

impl<'de> Shared<'de> {
    pub(super) fn new(budget: Budget, input: &'de [u8]) -> Self {
        Self {
            budget,
            input,
            depth: 0,
            strays: Strays::default(),
            is_set: false,
            failed_at: None,
            #[cfg(feature = "value")]
            groups: super::groups::Groups::default(),
        }
    }

    /// Remembers the place of a failure; the innermost record says it first.
    #[cold]
    #[inline(never)]
    pub(super) fn note(&mut self, at: &Cursor<'_>) {
        self.failed_at.get_or_insert(at.offset_in(self.input));
    }

    #[cold]
    #[inline(never)]
    fn stray(&mut self, number: u32, stray: Stray<'de>) -> Step<()> {
        let Strays { fields, records } = &mut self.strays;
        if records.last().is_none_or(|(depth, _)| *depth != self.depth) {
            Collect::add(records, (self.depth, fields.len()), &mut self.budget)?;
        }
        let key = u64::from(number) << 3;
        let (start, body) = match stray {
            Stray::Symbol(symbol) => ([key, symbol], &[][..]),
            Stray::Entry(entry) => ([key | 2, entry.len() as u64], entry),
        };
        let mut place = [0; 2 * VARINT_BYTES_MAX];
        let start = varints(start, &mut place);
        Collect::expect(fields, start.len().saturating_add(body.len()), &mut self.budget)?;
        fields.extend_from_slice(start);
        fields.extend_from_slice(body);
        Ok(())
    }

    /// How many symbols wait for a record to be complete.
    #[cfg(feature = "value")]
    pub(super) fn strays(&self) -> usize {
        self.strays.len()
    }

    /// Keeps a symbol that a closed enumeration does not have, for the unknown fields.
    #[cfg(feature = "value")]
    pub(super) fn stray_symbol(&mut self, number: u32, symbol: i32) -> Step<()> {
        self.stray(number, Stray::Symbol(i64::from(symbol).cast_unsigned()))
    }

    /// Hands a field to the unknown ones, behind the strays of the record that came before it: of one number the last counts.
    pub(super) fn keep_unknown<T: DecodeFields<'de>>(&mut self, into: &mut T, field: &'de [u8]) -> Step<()> {
        if !self.strays.records.is_empty() {
            self.settle_strays(into)?;
        }
        match into.unknown() {
            Some(unknown) => unknown.keep_protobuf(field, &mut self.budget),
            None => Ok(()),
        }
    }

    /// Hands the strays of the record that was read to its unknown fields.
    #[cold]
    #[inline(never)]
    fn settle_strays<T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        let Strays { fields, records } = &mut self.strays;
        if let Some((_, start)) = records.pop_if(|(depth, _)| *depth == self.depth) {
            if let Some(unknown) = into.unknown() {
                unknown.keep_protobuf(fields.get(start..).unwrap_or_default(), &mut self.budget)?;
            }
            fields.truncate(start);
        }
        Ok(())
    }
}

/// Reads the fields of one record.
pub(super) struct Reader<'de, 's> {
    /// By value, and not in what is shared: it stays in a register as long as nobody else asks for its address.
    pub(super) cursor: Cursor<'de>,
    /// How what comes next is written.
    pub(super) wire: Wire,
    pub(super) shared: &'s mut Shared<'de>,
}

/// Reads a record that ends where the input ends. One function for each type, so that code stays in proportion.
#[inline(never)]
pub(super) fn message<'de, T: DecodeFields<'de>>(
    cursor: Cursor<'de>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<()> {
    let mut reader = Reader { cursor, wire: Wire::LENGTH, shared };
    match reader.message(into) {
        Ok(()) => Ok(()),
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            Err(fault)
        }
    }
}

/// Reads a record that ends with a key of its own, and gives what is behind it.
#[inline(never)]
fn group<'de, T: DecodeFields<'de>>(
    cursor: Cursor<'de>,
    number: u32,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<Cursor<'de>> {
    let mut reader = Reader { cursor, wire: Wire::LENGTH, shared };
    match into.in_order(&mut reader) {
        Ok(()) => {}
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            return Err(fault);
        }
    }
    let behind = rest(reader.cursor, Some(number), reader.shared, into)?;
    if let Err(fault) = settle(reader.shared, into) {
        reader.shared.note(&behind);
        return Err(fault);
    }
    Ok(behind)
}

/// Reads the fields that don't come in the order of their numbers, up to the end of the input or of the group.
#[inline(never)]
fn rest<'de, T: DecodeFields<'de>>(
    cursor: Cursor<'de>,
    group: Option<u32>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<Cursor<'de>> {
    let mut reader = Reader { cursor, wire: Wire::LENGTH, shared };
    match reader.rest(group, into) {
        Ok(()) => Ok(reader.cursor),
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            Err(fault)
        }
    }
}

/// What is left to do when all fields of a record are there.
#[inline(always)]
pub(super) fn settle<'de, T: DecodeFields<'de>>(shared: &mut Shared<'de>, into: &mut T) -> Step<()> {
    into.settle(&mut shared.budget)?;
    if shared.strays.records.is_empty() { Ok(()) } else { shared.settle_strays(into) }
}

impl<'de> Reader<'de, '_> {
    #[inline(always)]
    fn message<T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        into.in_order(self)?;
        if !self.cursor.is_empty() {
            self.cursor = rest(self.cursor.clone(), None, self.shared, into)?;
        }
        settle(self.shared, into)
    }

    #[inline(always)]
    fn rest<T: DecodeFields<'de>>(&mut self, group: Option<u32>, into: &mut T) -> Step<()> {
        while group.is_some() || !self.cursor.is_empty() {
            let start = self.cursor.clone();
            let (number, wire) = take_key(&mut self.cursor)?;
            if wire == Wire::GROUP_END && group == Some(number) {
                return Ok(());
            }
            self.wire = wire;
            if !into.by_id(number, self)? {
                let mut end = self.cursor.clone();
                let is_passed = skip(&mut end, number, wire, &mut self.shared.budget);
                self.cursor = end;
                is_passed?;
                self.shared.keep_unknown(into, between(start, &self.cursor))?;
            }
        }
        Ok(())
    }

    /// Whether what comes next can be read as the value of this field or branch.
    #[inline(always)]
    fn takes<F: Field, V: Decode<'de>>(&self) -> bool {
        if const { matches!(V::SHAPE, Shape::List(item) if is_packable(&F::META, item)) } {
            return self.wire == Wire::LENGTH || self.wire == const { single::<F, V>() };
        }
        self.wire == const { wire(&F::META, &V::SHAPE) } && !self.is_stray(V::SHAPE.present())
    }

    /// Whether the next value is a number that the closed enumeration lacks.
    #[inline(always)]
    fn is_stray(&self, shape: &Shape) -> bool {
        let Shape::Enumeration(schema) = shape else { return false };
        if schema.is_open {
            return false;
        }
        let Ok(number) = self.cursor.clone().varint() else { return false };
        schema.symbols.iter().all(|symbol| symbol.number != low_bits(number))
    }

    /// A oneof: which of its branches comes next is seen by its number.
    #[inline(always)]
    fn oneof<V: Decode<'de>>(&mut self, into: &mut V) -> Step<()> {
        loop {
            let mut ahead = self.cursor.clone();
            // What is wrong with the key is said when the field is read by its number.
            let Ok((number, wire)) = take_key(&mut ahead) else { return Ok(()) };
            if !V::has_branch::<Self>(number) {
                return Ok(());
            }
            let before = mem::replace(&mut self.cursor, ahead);
            self.wire = wire;
            if !into.decode_branch(number, self)? {
                self.cursor = before;
                return Ok(());
            }
        }
    }

    /// Reads a field if it comes next, as often as it does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_field<F: Field, V: Decode<'de>>(&mut self, into: &mut V) -> Step<()> {
        if F::META.protobuf.is_oneof {
            return self.oneof(into);
        }
        let prefix = const { key::<F>(wire(&F::META, &V::SHAPE)) };
        if const { matches!(V::SHAPE.kind(), Kind::List | Kind::Map) } {
            while self.cursor.take_prefix(prefix) {
                self.wire = const { wire(&F::META, &V::SHAPE) };
                into.decode::<F, Self>(self)?;
            }
        } else if self.cursor.take_prefix(prefix) {
            into.decode::<F, Self>(self)?;
        }
        Ok(())
    }

    /// The cursor over what the next length counts.
    #[inline(always)]
    fn counted(&mut self) -> Step<Cursor<'de>> {
        let size = self.cursor.varint()?;
        self.cursor.split(size)
    }

    /// Reads an entry of a map whose fields don't come in order, or that has others.
    #[cold]
    #[inline(never)]
    fn rest_of_entry<F: Field, K: Decode<'de>, V: Decode<'de>>(&mut self, key: &mut K, value: &mut V) -> Step<()> {
        while !self.cursor.is_empty() {
            let (number, wire) = take_key(&mut self.cursor)?;
            self.wire = wire;
            let is_read = record::Reader::field_by_id::<EntryKey<F>, K>(self, number, key)?
                || record::Reader::field_by_id::<EntryValue<F>, V>(self, number, value)?;
            if is_read {
                continue;
            }
            let is_symbol = const { matches!(V::SHAPE.kind(), Kind::Enumeration) };
            if is_symbol && (number, wire) == (EntryValue::<F>::META.protobuf.number, Wire::VARINT) {
                // One that a closed enumeration does not have: the entry goes to the unknown fields.
                let symbol = self.cursor.varint()?;
                self.shared.stray(number, Stray::Symbol(symbol))?;
            } else {
                skip(&mut self.cursor, number, wire, &mut self.shared.budget)?;
            }
        }
        Ok(())
    }
}

/// The bytes from one place to a later one.
pub(super) fn between<'de>(mut start: Cursor<'de>, end: &Cursor<'de>) -> &'de [u8] {
    let size = start.remaining().saturating_sub(end.remaining());
    start.take(size as u64).unwrap_or_default()
}

/// The low 32 bits: what the format takes of a varint for a number of 32 bits.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the format takes the low bits")]
const fn low_bits(number: u64) -> i32 {
    number as i32
}

impl<'de> record::Reader<'de> for Reader<'de, '_> {
    const FORMAT: Format = Format::Protobuf;
    const IS_POSITIONAL: bool = false;

    #[inline(always)]
    fn id<F: Field>(_position: u32) -> u32 {
        F::META.protobuf.number
    }

    #[inline(always)]
    fn accepts<F: Field, V: Decode<'de>>(&self) -> bool {
        const { demand(&F::META, is_single(&V::SHAPE), "Protobuf has no lists, maps and options as branches of a union") };
        self.takes::<F, V>()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field<F: Field, V: Decode<'de>>(&mut self, into: &mut V) -> Step<()> {
        const {
            let shape = &V::SHAPE;
            demand(
                &F::META,
                may_be_unset(&F::META, shape),
                "in Protobuf a oneof may be not set: take an `Option` of the union, or say a `default`",
            );
            let is_apart = !matches!(shape, Shape::Union(_)) || !V::HAS_MERGED_BRANCH;
            demand(
                &F::META,
                is_apart,
                "in Protobuf a message is merged with what is there, and would be with the `default` of this union: take an `Option`",
            );
        }
        self.take_field::<F, V>(into)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_by_id<F: Field, V: Decode<'de>>(&mut self, id: u32, into: &mut V) -> Step<bool> {
        if F::META.protobuf.is_oneof {
            return if V::has_branch::<Self>(id) { into.decode_branch(id, self) } else { Ok(false) };
        }
        if id != F::META.protobuf.number || !self.takes::<F, V>() {
            return Ok(false);
        }
        into.decode::<F, Self>(self)?;
        Ok(true)
    }

    #[inline(always)]
    fn bool<F: Field>(&mut self) -> Step<bool> {
        Ok(self.cursor.varint()? != 0)
    }

    #[inline(always)]
    fn i32<F: Field>(&mut self) -> Step<i32> {
        Ok(match F::META.protobuf.form {
            Form::Fixed => self.cursor.fixed32()?.cast_signed(),
            Form::ZigZag => unzigzag32(low_bits(self.cursor.varint()?).cast_unsigned()),
            _ => low_bits(self.cursor.varint()?),
        })
    }

    #[inline(always)]
    fn i64<F: Field>(&mut self) -> Step<i64> {
        Ok(match F::META.protobuf.form {
            Form::Fixed => self.cursor.fixed64()?.cast_signed(),
            Form::ZigZag => unzigzag(self.cursor.varint()?),
            _ => self.cursor.varint()?.cast_signed(),
        })
    }

    #[inline(always)]
    fn u32<F: Field>(&mut self) -> Step<u32> {
        Ok(match F::META.protobuf.form {
            Form::Fixed => self.cursor.fixed32()?,
            _ => low_bits(self.cursor.varint()?).cast_unsigned(),
        })
    }

    #[inline(always)]
    fn u64<F: Field>(&mut self) -> Step<u64> {
        match F::META.protobuf.form {
            Form::Fixed => self.cursor.fixed64(),
            _ => self.cursor.varint(),
        }
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
        let size = self.cursor.varint()?;
        self.cursor.text(size)
    }

    #[inline(always)]
    fn bytes<F: Field>(&mut self) -> Step<&'de [u8]> {
        let size = self.cursor.varint()?;
        self.cursor.take(size)
    }

    #[inline(always)]
    fn fixed<F: Field>(&mut self, size: usize) -> Step<&'de [u8]> {
        let bytes = self.bytes::<F>()?;
        if bytes.len() == size { Ok(bytes) } else { Err(Fault::Size) }
    }

    #[inline(always)]
    fn symbol<F: Field, E: Enumeration>(&mut self) -> Step<Option<E>> {
        let number = self.cursor.varint()?;
        if let Some(value) = E::from_number(low_bits(number)) {
            return Ok(Some(value));
        }
        self.shared.stray(F::META.protobuf.number, Stray::Symbol(number))?;
        Ok(None)
    }

    #[inline(always)]
    fn record<F: Field, T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        if F::META.protobuf.is_group {
            self.shared.budget.enter()?;
            self.shared.depth = self.shared.depth.wrapping_add(1);
            self.cursor = group(self.cursor.clone(), F::META.protobuf.number, self.shared, into)?;
        } else {
            // Before the length is taken, so that a failure is where the record begins.
            self.shared.budget.enter()?;
            let fields = self.counted()?;
            self.shared.depth = self.shared.depth.wrapping_add(1);
            message(fields, self.shared, into)?;
        }
        self.shared.budget.leave();
        self.shared.depth = self.shared.depth.wrapping_sub(1);
        Ok(())
    }

    #[inline(always)]
    fn union<F: Field, U: Decode<'de>>(&mut self, into: &mut U) -> Step<()> {
        self.shared.budget.enter()?;
        let fields = self.counted()?;
        let outer = mem::replace(&mut self.cursor, fields);
        let mut is_set = false;
        while !self.cursor.is_empty() {
            let (number, wire) = take_key(&mut self.cursor)?;
            self.wire = wire;
            if into.decode_branch(number, self)? {
                is_set = true;
            } else {
                skip(&mut self.cursor, number, wire, &mut self.shared.budget)?;
            }
        }
        self.cursor = outer;
        self.shared.budget.leave();
        self.shared.is_set = is_set;
        Ok(())
    }

    #[inline(always)]
    fn optional<F: Field, V: Decode<'de>>(&mut self, into: &mut Option<V>) -> Step<()> {
        const { demand(&F::META, is_single(&V::SHAPE), "Protobuf has no optional lists, maps or options") };
        if const { matches!(V::SHAPE.kind(), Kind::Union) } && into.is_none() {
            self.shared.budget.allocate(V::ABSENT_BYTES)?;
            // Where it is: a large one would have to be moved.
            let value = into.insert(V::absent(Format::Protobuf));
            spend_defaults(value, Format::Protobuf, &mut self.shared.budget)?;
            let result = value.decode::<Present<F>, Self>(self);
            if result.is_err() || !self.shared.is_set {
                *into = None;
                self.shared.budget.release(V::ABSENT_BYTES);
            }
            return result;
        }
        if const { matches!(V::SHAPE.kind(), Kind::Record | Kind::Union | Kind::Bytes | Kind::Logical) } {
            if into.is_none() {
                self.shared.budget.allocate(V::ABSENT_BYTES)?;
                let value = into.insert(V::absent(Format::Protobuf));
                spend_defaults(value, Format::Protobuf, &mut self.shared.budget)?;
            }
            return into.get_or_insert_with(|| V::absent(Format::Protobuf)).decode::<Present<F>, Self>(self);
        }
        self.shared.budget.allocate(V::ABSENT_BYTES)?;
        let mut value = V::absent(Format::Protobuf);
        let strays = self.shared.strays.len();
        value.decode::<Present<F>, Self>(self)?;
        if const { matches!(V::SHAPE.kind(), Kind::Enumeration) } && self.shared.strays.len() != strays {
            return Ok(());
        }
        *into = Some(value);
        Ok(())
    }

    #[inline(always)]
    fn list<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        const { demand(&F::META, is_single(&C::Item::SHAPE), "Protobuf has no lists of lists, maps or options") };
        if const { is_packable(&F::META, &C::Item::SHAPE) } && self.wire == Wire::LENGTH {
            let items = self.counted()?;
            into.expect(count::<F, C::Item>(items.as_slice()), &mut self.shared.budget)?;
            let outer = mem::replace(&mut self.cursor, items);
            while !self.cursor.is_empty() {
                self.item::<Item<F, true>, C>(into)?;
            }
            self.cursor = outer;
            Ok(())
        } else {
            if into.is_full() && self.wire == Wire::LENGTH {
                let count = run(self.cursor.clone(), const { key::<F>(Wire::LENGTH) });
                into.expect(count, &mut self.shared.budget)?;
            }
            self.item::<Item<F, false>, C>(into)
        }
    }

    #[inline(always)]
    fn map<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        const { demand(&F::META, is_single(&C::Value::SHAPE), "Protobuf has no maps of lists, maps or options") };
        const {
            demand(
                &F::META,
                is_key(&C::Key::SHAPE),
                "keys of a map are whole numbers, truth values or text in Protobuf",
            );
        };
        if const { matches!(C::Value::SHAPE.kind(), Kind::Union) } {
            return self.entry_of_union::<F, C>(into);
        }
        let entry = self.counted()?;
        let whole = entry.as_slice();
        let strays = self.shared.strays.len();
        self.shared.budget.allocate(const { C::Key::ABSENT_BYTES.saturating_add(C::Value::ABSENT_BYTES) })?;
        let (mut key_of_entry, mut value) = (C::Key::absent(Format::Protobuf), C::Value::absent(Format::Protobuf));
        spend_defaults(&value, Format::Protobuf, &mut self.shared.budget)?;
        self.entry::<F, C::Key, C::Value>(entry, &mut key_of_entry, &mut value)?;
        if const { matches!(C::Value::SHAPE.kind(), Kind::Enumeration) } && self.shared.strays.len() != strays {
            self.shared.strays.fields.truncate(strays);
            return self.shared.stray(F::META.protobuf.number, Stray::Entry(whole));
        }
        into.add(key_of_entry, value, &mut self.shared.budget)
    }

    #[inline(always)]
    fn budget(&mut self) -> &mut Budget {
        &mut self.shared.budget
    }
}

impl<'de> Reader<'de, '_> {
    /// Reads the key and the value of an entry, which end where the cursor over them does.
    #[inline(always)]
    fn entry<F: Field, K: Decode<'de>, V: Decode<'de>>(
        &mut self,
        entry: Cursor<'de>,
        key_of_entry: &mut K,
        value: &mut V,
    ) -> Step<()> {
        let outer = mem::replace(&mut self.cursor, entry);
        self.take_field::<EntryKey<F>, K>(key_of_entry)?;
        self.take_field::<EntryValue<F>, V>(value)?;
        if !self.cursor.is_empty() {
            // By value: the cursor of this record stays where it is.
            let mut reader = Reader { cursor: self.cursor.clone(), wire: self.wire, shared: self.shared };
            if let Err(fault) = reader.rest_of_entry::<F, K, V>(key_of_entry, value) {
                reader.shared.note(&reader.cursor);
                return Err(fault);
            }
        }
        self.cursor = outer;
        Ok(())
    }

    /// Reads an entry whose value is a union, of which one branch has to be there.
    #[inline(always)]
    fn entry_of_union<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(
        &mut self,
        into: &mut C,
    ) -> Step<()> {
        let start = self.cursor.clone();
        let entry = self.counted()?;
        self.shared.budget.allocate(C::Key::ABSENT_BYTES)?;
        let (mut key_of_entry, mut value) = (C::Key::absent(Format::Protobuf), None);
        self.entry::<F, C::Key, Option<C::Value>>(entry, &mut key_of_entry, &mut value)?;
        let value = self.known(value, start)?;
        into.add(key_of_entry, value, &mut self.shared.budget)
    }

    /// The union that began there, or the error that it has no branch which the type knows.
    #[inline(always)]
    fn known<V>(&mut self, value: Option<V>, start: Cursor<'de>) -> Step<V> {
        value.ok_or_else(|| {
            self.cursor = start;
            Fault::UnknownBranch
        })
    }

    #[inline(always)]
    fn item<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        if const { matches!(C::Item::SHAPE.kind(), Kind::Union) } {
            let (start, mut item) = (self.cursor.clone(), None::<C::Item>);
            item.decode::<F, Self>(self)?;
            let item = self.known(item, start)?;
            return into.add(item, &mut self.shared.budget);
        }
        self.shared.budget.allocate(C::Item::ABSENT_BYTES)?;
        if const { C::IS_FILLED_IN_PLACE && matches!(C::Item::SHAPE.kind(), Kind::Record) } {
            into.add(C::Item::absent(Format::Protobuf), &mut self.shared.budget)?;
            let Some(item) = into.last_added() else { return Ok(()) };
            spend_defaults(item, Format::Protobuf, &mut self.shared.budget)?;
            return item.decode::<F, Self>(self);
        }
        let mut item = C::Item::absent(Format::Protobuf);
        spend_defaults(&item, Format::Protobuf, &mut self.shared.budget)?;
        let strays = self.shared.strays.len();
        item.decode::<F, Self>(self)?;
        if const { matches!(C::Item::SHAPE.kind(), Kind::Enumeration) } && self.shared.strays.len() != strays {
            return Ok(());
        }
        into.add(item, &mut self.shared.budget)
    }
}

/// How an item of a list is written that is not packed.
const fn single<'de, F: Field, V: Decode<'de>>() -> Wire {
    match V::SHAPE {
        Shape::List(item) => wire(&F::META, item),
        _ => wire(&F::META, &V::SHAPE),
    }
}

/// How many items come one behind the other, each with a key and its length; the cursor is behind the first key.
///
/// A list that knows asks for its memory once. One that doubles moves all that it holds, and leaves holes that the allocator
/// has to look through: a sixth of reading a list of some thousand records.
#[inline(never)]
fn run(mut cursor: Cursor<'_>, key: Prefix) -> usize {
    let mut count = 1_usize;
    while let Ok(size) = cursor.varint()
        && cursor.take(size).is_ok()
        && cursor.take_prefix(key)
    {
        count = count.saturating_add(1);
    }
    count
}

/// How many packed items there are.
#[inline(always)]
fn count<'de, F: Field, V: Decode<'de>>(items: &[u8]) -> usize {
    let wire = const { wire(&F::META, &V::SHAPE) };
    if wire.is(Wire::FIXED32) {
        items.len() / 4
    } else if wire.is(Wire::FIXED64) {
        items.len() / 8
    } else {
        // Each varint has one byte without the high bit.
        items.iter().filter(|byte| **byte < 0x80).count()
    }
}
