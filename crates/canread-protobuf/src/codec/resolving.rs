//! Reads records along a plan. What a plan leaves as it is, the plain reader reads.

use std::mem;

use canread_plan::{Action, LayoutKind, NumberedStep, NumberedSteps, Plan, Promotion};
use canread_record::{
    self as record, Collect, CollectEntries, Decode, DecodeFields, Enumeration, Field, Item, Kind, Present,
    Shaped as _, spend_defaults,
};
use canread_wire::{Budget, Cursor, Fault, Step};

use super::by_number::{Branches, ByNumber, EntryParts, Fields};
use super::key::Wire;
use super::number::{room, truth, whole};
use super::read::{Failure, Reader as Plain, Shared, between, message as plain_message, settle};
use super::skip::{skip, take_key};
use super::value::wire_of;
use super::written::{count, is_run, is_written};

/// Reads the record that is in no other.
pub(super) fn outermost<'de, T: DecodeFields<'de>>(
    into: &mut T,
    plan: &Plan,
    input: &'de [u8],
    budget: Budget,
) -> Result<(), Failure> {
    let mut shared = Shared::new(budget, input);
    message(plan, plan.action(plan.root()), Cursor::new(input), &mut shared, into)
        .map_err(|fault| Failure { fault, offset: shared.failed_at.unwrap_or_default() })
}

/// Reads a record by its action, up to the end of the input. One function for each type.
#[inline(never)]
fn message<'de, T: DecodeFields<'de>>(
    plan: &Plan,
    action: &Action,
    cursor: Cursor<'de>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<()> {
    let Action::Numbered(steps) = action else { return plain_message(cursor, shared, into) };
    let mut reader = Reader::new(plan, steps, cursor, shared);
    let result = reader.fields(into).and_then(|()| settle(reader.shared, into));
    if result.is_err() {
        reader.shared.note(&reader.cursor);
    }
    result
}

/// Reads the fields of one record.
struct Reader<'de, 's, 'p> {
    cursor: Cursor<'de>,
    shared: &'s mut Shared<'de>,
    plan: &'p Plan,
    steps: &'p NumberedSteps,
    /// What becomes of the value that comes next.
    action: &'p Action,
    /// What the writer wrote, and between tags or not.
    written: LayoutKind,
    number: u32,
    is_delimited: bool,
    /// How it is written.
    wire: Wire,
}

impl<'de, 's, 'p> Reader<'de, 's, 'p> {
    fn new(plan: &'p Plan, steps: &'p NumberedSteps, cursor: Cursor<'de>, shared: &'s mut Shared<'de>) -> Self {
        let (action, written) = (plan.action(plan.root()), LayoutKind::Null);
        Self { cursor, shared, plan, steps, action, written, number: 0, is_delimited: false, wire: Wire::LENGTH }
    }

    fn fields<T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        while !self.cursor.is_empty() {
            let start = self.cursor.clone();
            if !self.next(&mut Fields(into))? {
                self.shared.keep_unknown(into, between(start, &self.cursor))?;
            }
        }
        Ok(())
    }

    /// Reads what comes next by its number; false if nobody takes it, and it was passed over.
    fn next<V: ByNumber<'de>>(&mut self, into: &mut V) -> Step<bool> {
        let (number, wire) = take_key(&mut self.cursor)?;
        self.wire = wire;
        let behind_key = self.cursor.clone();
        let step = self.steps.step(number).filter(|step| is_written(self.plan, step, wire));
        let is_read = match step {
            None => self.plain(wire, |plain| into.read(number, plain))?,
            Some(step) => self.by_step(step, into)?,
        };
        if !is_read {
            self.cursor = behind_key;
            skip(&mut self.cursor, number, wire, &mut self.shared.budget)?;
        }
        Ok(is_read)
    }

    /// Lets the plain reader read a value that the plan leaves as it is.
    fn plain<V>(&mut self, wire: Wire, read: impl FnOnce(&mut Plain<'de, '_>) -> Step<V>) -> Step<V> {
        let mut plain = Plain { cursor: self.cursor.clone(), wire, shared: self.shared };
        let result = read(&mut plain);
        self.cursor = plain.cursor;
        result
    }

    /// Reads a value by its step, as far as the type has the field.
    fn by_step<V: ByNumber<'de>>(&mut self, step: &NumberedStep, into: &mut V) -> Step<bool> {
        self.action = self.plan.action(step.action);
        self.written = self.plan.writer().kind(step.written);
        self.number = step.number.cast_unsigned();
        self.is_delimited = step.is_delimited;
        if let Action::Refuse(_) = self.action {
            return Err(Fault::Mismatch);
        }
        let is_list = self.is_list(step);
        if is_run(self.written, self.wire) && !is_list {
            // The last one counts, and each takes the place of the one before.
            let mut run = self.counted()?;
            while !run.is_empty() {
                let behind = mem::replace(&mut self.cursor, run);
                self.wire = wire_of(self.written);
                self.single(into)?;
                run = mem::replace(&mut self.cursor, behind);
            }
            return Ok(true);
        }
        if is_list { into.read(self.number, self) } else { self.single(into) }
    }

    /// Whether the reader's field is a list or map.
    fn is_list(&self, step: &NumberedStep) -> bool {
        let reader = self.plan.reader();
        let LayoutKind::Record(record) = reader.kind(self.steps.reader) else { return false };
        let field = reader.record(record).fields.get(step.field as usize);
        field.is_some_and(|field| matches!(reader.kind(field.ty), LayoutKind::List { .. } | LayoutKind::Map { .. }))
    }

    /// A value that is no list; a number that a closed enumeration lacks goes to the unknown fields.
    fn single<V: ByNumber<'de>>(&mut self, into: &mut V) -> Step<bool> {
        let target = match self.action {
            Action::Number { reader, .. } => *reader,
            Action::Same(ty) => self.plan.reader().kind(*ty),
            _ => LayoutKind::Null,
        };
        if let LayoutKind::Enum(id) = target {
            let mut ahead = self.cursor.clone();
            let number = room(whole(self.written, &mut ahead)?)?;
            let declared = self.plan.reader().declared_enum(id);
            if !declared.is_open && declared.symbol(number).is_none() {
                if !V::KEEPS_STRAYS {
                    return Ok(false);
                }
                self.cursor = ahead;
                self.shared.stray_symbol(self.number, number)?;
                return Ok(true);
            }
        }
        into.read(self.number, self)
    }

    /// The cursor over what the next length counts.
    fn counted(&mut self) -> Step<Cursor<'de>> {
        let size = self.cursor.varint()?;
        self.cursor.split(size)
    }

    /// The bytes of a message or entry that comes next.
    fn body(&mut self) -> Step<Cursor<'de>> {
        if self.wire == Wire::GROUP_START {
            let Shared { budget, groups, .. } = &mut *self.shared;
            let depth = budget.clone();
            let body = groups.take(&mut self.cursor, self.number, depth, &mut |bytes| budget.allocate(bytes))?;
            Ok(Cursor::new(body))
        } else {
            self.counted()
        }
    }

    fn whole(&mut self) -> Step<i128> {
        match self.action {
            Action::Same(_) | Action::Number { .. } => whole(self.written, &mut self.cursor),
            _ => Err(Fault::Mismatch),
        }
    }

    fn number<N: TryFrom<i128>>(&mut self) -> Step<N> {
        room(self.whole()?)
    }

    /// Reads all values that are in a union or entry, by the action of the step that it has.
    fn parts<V: ByNumber<'de>>(&mut self, into: &mut V) -> Step<()> {
        let body = self.body()?;
        let Action::Numbered(steps) = self.action else {
            let outer = mem::replace(&mut self.cursor, body);
            self.plain_parts(into)?;
            self.cursor = outer;
            return Ok(());
        };
        let mut reader = Reader::new(self.plan, steps, body, self.shared);
        let result = reader.all_parts(into);
        if result.is_err() {
            reader.shared.note(&reader.cursor);
        }
        result
    }

    /// Reads all values of a union or entry that the plan leaves as it is.
    fn plain_parts<V: ByNumber<'de>>(&mut self, into: &mut V) -> Step<()> {
        while !self.cursor.is_empty() {
            let (number, wire) = take_key(&mut self.cursor)?;
            let behind_key = self.cursor.clone();
            if !self.plain(wire, |plain| into.read(number, plain))? {
                self.cursor = behind_key;
                skip(&mut self.cursor, number, wire, &mut self.shared.budget)?;
            }
        }
        Ok(())
    }

    /// Reads an entry whose value is a union, of which one branch has to be there.
    fn entry_of_union<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(
        &mut self,
        into: &mut C,
    ) -> Step<()> {
        let start = self.cursor.clone();
        self.shared.budget.allocate(C::Key::ABSENT_BYTES)?;
        let (mut key, mut value) = (C::Key::absent(record::Format::Protobuf), None::<C::Value>);
        self.parts(&mut EntryParts::<F, _, _>::new(&mut key, &mut value))?;
        let value = self.known(value, start)?;
        into.add(key, value, &mut self.shared.budget)
    }

    /// The union that began there, or the error that it has no branch which the type knows.
    fn known<V>(&mut self, value: Option<V>, start: Cursor<'de>) -> Step<V> {
        value.ok_or_else(|| {
            self.cursor = start;
            Fault::UnknownBranch
        })
    }

    fn all_parts<V: ByNumber<'de>>(&mut self, into: &mut V) -> Step<()> {
        while !self.cursor.is_empty() {
            self.next(into)?;
        }
        Ok(())
    }

    fn item<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        if const { matches!(C::Item::SHAPE.kind(), Kind::Union) } {
            let (start, mut item) = (self.cursor.clone(), None::<C::Item>);
            item.decode::<F, Self>(self)?;
            let item = self.known(item, start)?;
            return into.add(item, &mut self.shared.budget);
        }
        self.shared.budget.allocate(C::Item::ABSENT_BYTES)?;
        let mut item = C::Item::absent(record::Format::Protobuf);
        spend_defaults(&item, record::Format::Protobuf, &mut self.shared.budget)?;
        let strays = self.shared.strays();
        item.decode::<F, Self>(self)?;
        if const { matches!(C::Item::SHAPE.kind(), Kind::Enumeration) } && self.shared.strays() != strays {
            return Ok(());
        }
        into.add(item, &mut self.shared.budget)
    }
}

impl<'de> record::Reader<'de> for Reader<'de, '_, '_> {
    const FORMAT: record::Format = record::Format::Protobuf;
    const IS_POSITIONAL: bool = false;

    fn id<F: Field>(_position: u32) -> u32 {
        F::META.protobuf.number
    }

    fn accepts<F: Field, V: Decode<'de>>(&self) -> bool {
        true
    }

    fn field<F: Field, V: Decode<'de>>(&mut self, _into: &mut V) -> Step<()> {
        Ok(())
    }

    fn field_by_id<F: Field, V: Decode<'de>>(&mut self, id: u32, into: &mut V) -> Step<bool> {
        if F::META.protobuf.is_oneof {
            return if V::has_branch::<Self>(id) { into.decode_branch(id, self) } else { Ok(false) };
        }
        if id != F::META.protobuf.number {
            return Ok(false);
        }
        into.decode::<F, Self>(self)?;
        Ok(true)
    }

    fn bool<F: Field>(&mut self) -> Step<bool> {
        truth(self.whole()?)
    }

    fn i32<F: Field>(&mut self) -> Step<i32> {
        self.number()
    }

    fn i64<F: Field>(&mut self) -> Step<i64> {
        self.number()
    }

    fn u32<F: Field>(&mut self) -> Step<u32> {
        self.number()
    }

    fn u64<F: Field>(&mut self) -> Step<u64> {
        self.number()
    }

    fn f32<F: Field>(&mut self) -> Step<f32> {
        match self.action {
            Action::Same(_) => self.cursor.fixed32().map(f32::from_bits),
            _ => Err(Fault::Mismatch),
        }
    }

    fn f64<F: Field>(&mut self) -> Step<f64> {
        match self.action {
            Action::Same(_) => self.cursor.fixed64().map(f64::from_bits),
            Action::Promote(Promotion::FloatToDouble) => Ok(f32::from_bits(self.cursor.fixed32()?).into()),
            _ => Err(Fault::Mismatch),
        }
    }

    fn text<F: Field>(&mut self) -> Step<&'de str> {
        let size = self.cursor.varint()?;
        self.cursor.text(size)
    }

    fn bytes<F: Field>(&mut self) -> Step<&'de [u8]> {
        Ok(self.body()?.as_slice())
    }

    fn fixed<F: Field>(&mut self, size: usize) -> Step<&'de [u8]> {
        let bytes = self.bytes::<F>()?;
        if bytes.len() == size { Ok(bytes) } else { Err(Fault::Size) }
    }

    fn symbol<F: Field, E: Enumeration>(&mut self) -> Step<Option<E>> {
        let number = self.number()?;
        let symbol = E::from_number(number);
        if symbol.is_none() {
            self.shared.stray_symbol(self.number, number)?;
        }
        Ok(symbol)
    }

    fn record<F: Field, T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        self.shared.budget.enter()?;
        let body = self.body()?;
        self.shared.depth = self.shared.depth.wrapping_add(1);
        message(self.plan, self.action, body, self.shared, into)?;
        self.shared.budget.leave();
        self.shared.depth = self.shared.depth.wrapping_sub(1);
        Ok(())
    }

    fn union<F: Field, U: Decode<'de>>(&mut self, into: &mut U) -> Step<()> {
        self.shared.budget.enter()?;
        let mut branches = Branches::new(into);
        self.parts(&mut branches)?;
        let is_set = branches.is_set;
        self.shared.budget.leave();
        self.shared.is_set = is_set;
        Ok(())
    }

    fn optional<F: Field, V: Decode<'de>>(&mut self, into: &mut Option<V>) -> Step<()> {
        if const { matches!(V::SHAPE.kind(), Kind::Union) } && into.is_none() {
            self.shared.budget.allocate(V::ABSENT_BYTES)?;
            // Where it is: a large one would have to be moved.
            let value = into.insert(V::absent(record::Format::Protobuf));
            spend_defaults(value, record::Format::Protobuf, &mut self.shared.budget)?;
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
                let value = into.insert(V::absent(record::Format::Protobuf));
                spend_defaults(value, record::Format::Protobuf, &mut self.shared.budget)?;
            }
            return into.get_or_insert_with(|| V::absent(record::Format::Protobuf)).decode::<Present<F>, Self>(self);
        }
        self.shared.budget.allocate(V::ABSENT_BYTES)?;
        let mut value = V::absent(record::Format::Protobuf);
        value.decode::<Present<F>, Self>(self)?;
        *into = Some(value);
        Ok(())
    }

    fn list<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        if !is_run(self.written, self.wire) {
            return self.item::<Item<F, false>, C>(into);
        }
        let run = self.counted()?;
        into.expect(count(self.written, run.as_slice()), &mut self.shared.budget)?;
        let outer = mem::replace(&mut self.cursor, run);
        while !self.cursor.is_empty() {
            self.item::<Item<F, true>, C>(into)?;
        }
        self.cursor = outer;
        Ok(())
    }

    fn map<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        if const { matches!(C::Value::SHAPE.kind(), Kind::Union) } {
            return self.entry_of_union::<F, C>(into);
        }
        self.shared.budget.allocate(const { C::Key::ABSENT_BYTES.saturating_add(C::Value::ABSENT_BYTES) })?;
        let (mut key, mut value) =
            (C::Key::absent(record::Format::Protobuf), C::Value::absent(record::Format::Protobuf));
        spend_defaults(&value, record::Format::Protobuf, &mut self.shared.budget)?;
        let strays = self.shared.strays();
        let mut parts = EntryParts::<F, _, _>::new(&mut key, &mut value);
        self.parts(&mut parts)?;
        // As a field of its own the number would be kept, but an entry that is kept has the writer's form.
        if parts.is_lost || self.shared.strays() != strays {
            return Err(Fault::UnknownSymbol);
        }
        into.add(key, value, &mut self.shared.budget)
    }

    fn budget(&mut self) -> &mut Budget {
        &mut self.shared.budget
    }
}
