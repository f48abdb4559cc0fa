//! Reads records along a plan. Where a plan changes nothing, the plain reader goes on.

use canread_plan::{Action, ActionId, Plan, Promotion, Step as PlanStep, Steps};
use canread_record::{
    self as record, Collect, CollectEntries, Decode, DecodeFields, EntryKey, EntryValue, Enumeration, Field, Format,
    Item, Kind, Present, spend_defaults,
};
use canread_wire::{Budget, Cursor, Fault, Malformed, Step};

use super::number::{to_f32, to_f64};
use super::read::{Failure, Reader as Plain, Shared, fields as plain_fields, long, size};
use super::value::pass_over;

/// Reads the record that is in no other, and that ends where the input ends.
pub(super) fn outermost<'de, T: Decode<'de> + DecodeFields<'de>>(
    into: &mut T,
    plan: &Plan,
    input: &'de [u8],
    mut budget: Budget,
) -> Result<(), Failure> {
    match leading(into, plan, input, &mut budget)? {
        end if end == input.len() => Ok(()),
        offset => Err(Failure { fault: Fault::Malformed(Malformed::TrailingBytes), offset }),
    }
}

/// Reads the record that is in no other, and says where it ends. What it costs is spent from the budget.
pub(super) fn leading<'de, T: Decode<'de> + DecodeFields<'de>>(
    into: &mut T,
    plan: &Plan,
    input: &'de [u8],
    budget: &mut Budget,
) -> Result<usize, Failure> {
    let mut shared = Shared::new(budget.clone(), input);
    match record_at(plan, plan.root(), Cursor::new(input), &mut shared, into) {
        Ok(end) => {
            *budget = shared.budget;
            Ok(end.offset_in(input))
        }
        Err(fault) => Err(Failure { fault, offset: shared.failed_at() }),
    }
}

/// Reads a record by its action, and gives what is behind it. One function for each type.
#[inline(never)]
fn record_at<'de, T: DecodeFields<'de>>(
    plan: &Plan,
    action: ActionId,
    cursor: Cursor<'de>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<Cursor<'de>> {
    let steps = match plan.action(action) {
        Action::Same(_) => return plain_fields(cursor, shared, into),
        Action::Record(steps) => steps,
        // Not a record, but a union around it on the writer's side.
        Action::Branches(branches) => {
            let mut ahead = cursor;
            let read = record_in_branch(plan, branches, &mut ahead, shared, into);
            if read.is_err() {
                shared.note(&ahead);
            }
            return read;
        }
        _ => return Err(Fault::Mismatch),
    };
    let mut reader = Reader { cursor, shared, plan, steps, next: 0, position: 0, action };
    let result = reader.in_turns(|reader| into.in_order(reader)).and_then(|()| into.settle(&mut reader.shared.budget));
    match result {
        Ok(()) => Ok(reader.cursor),
        Err(fault) => {
            reader.shared.note(&reader.cursor);
            Err(fault)
        }
    }
}

/// Reads a record that a union of the writer holds.
fn record_in_branch<'de, T: DecodeFields<'de>>(
    plan: &Plan,
    branches: &[ActionId],
    cursor: &mut Cursor<'de>,
    shared: &mut Shared<'de>,
    into: &mut T,
) -> Step<Cursor<'de>> {
    let branch = usize::try_from(long(cursor)?).ok().and_then(|branch| branches.get(branch));
    let action = *branch.ok_or(Fault::Malformed(Malformed::Branch))?;
    shared.budget.enter()?;
    let end = record_at(plan, action, cursor.clone(), shared, into)?;
    shared.budget.leave();
    Ok(end)
}

/// Reads one record.
struct Reader<'de, 's, 'p> {
    cursor: Cursor<'de>,
    shared: &'s mut Shared<'de>,
    plan: &'p Plan,
    steps: &'p Steps,
    /// The step that comes next.
    next: usize,
    /// The field that the type asks for next.
    position: u32,
    /// What becomes of the value that comes next.
    action: ActionId,
}

impl<'de> Reader<'de, '_, '_> {
    /// Goes through the fields of a type as often as the writer has them in another order.
    fn in_turns(&mut self, mut in_order: impl FnMut(&mut Self) -> Step<()>) -> Step<()> {
        loop {
            let before = self.next;
            self.position = 0;
            in_order(self)?;
            self.pass_over()?;
            if self.next >= self.steps.steps.len() {
                return Ok(());
            }
            if self.next == before {
                return Err(Fault::Mismatch);
            }
        }
    }

    /// Passes over what the type does not have.
    fn pass_over(&mut self) -> Step<()> {
        while let Some(step) = self.steps.steps.get(self.next) {
            match step {
                PlanStep::Read { .. } => break,
                other => pass_over(self.plan, *other, &mut self.cursor, &mut self.shared.budget)?,
            }
            self.next = self.next.saturating_add(1);
        }
        Ok(())
    }

    fn action(&self) -> &'_ Action {
        self.plan.action(self.action)
    }

    /// Lets the plain reader read a value that the plan leaves as it is.
    fn plain<V>(&mut self, read: impl FnOnce(&mut Plain<'de, '_>) -> Step<V>) -> Step<V> {
        let mut plain = Plain { cursor: self.cursor.clone(), shared: self.shared };
        let result = read(&mut plain);
        self.cursor = plain.cursor;
        result
    }

    /// Reads with another action.
    fn with<V>(&mut self, action: ActionId, read: impl FnOnce(&mut Self) -> Step<V>) -> Step<V> {
        let before = std::mem::replace(&mut self.action, action);
        let result = read(self);
        self.action = before;
        result
    }

    /// The branch that the writer's union says comes next; none if its type is no union.
    fn writer_branch(&mut self) -> Step<Option<ActionId>> {
        let Action::Branches(branches) = self.plan.action(self.action) else { return Ok(None) };
        let branch = usize::try_from(long(&mut self.cursor)?).ok().and_then(|branch| branches.get(branch));
        branch.copied().map(Some).ok_or(Fault::Malformed(Malformed::Branch))
    }

    /// Reads a value that is no union to the type: what a union of the writer leads to.
    fn settled<V>(&mut self, read: impl FnOnce(&mut Self) -> Step<V>) -> Step<V> {
        match self.writer_branch()? {
            Some(action) => self.with(action, read),
            None => read(self),
        }
    }

    /// The items of the next block, which are spent; 0 if there is no other.
    fn block(&mut self) -> Step<u64> {
        let mut plain = Plain { cursor: self.cursor.clone(), shared: self.shared };
        let count = plain.begin_block();
        self.cursor = plain.cursor;
        count
    }

    /// Reads each item of a list, or entry of a map, block by block.
    #[inline(always)]
    fn blocks(&mut self, mut each: impl FnMut(&mut Self) -> Step<()>) -> Step<()> {
        loop {
            let count = self.block()?;
            if count == 0 {
                return Ok(());
            }
            for _ in 0..count {
                each(self)?;
            }
        }
    }

    /// Reads an entry that is a record by its action.
    fn entry<F: Field, K: Decode<'de>, V: Decode<'de>>(
        &mut self,
        action: ActionId,
        key: &mut K,
        value: &mut V,
    ) -> Step<()> {
        let steps = match self.plan.action(action) {
            Action::Same(_) => {
                return self.plain(|plain| {
                    key.decode::<EntryKey<F>, _>(plain)?;
                    value.decode::<EntryValue<F>, _>(plain)
                });
            }
            Action::Record(steps) => steps,
            // Not a record, but a union around it on the writer's side.
            Action::Branches(_) => {
                self.shared.budget.enter()?;
                let branch = self.with(action, Self::writer_branch)?.ok_or(Fault::Mismatch)?;
                self.entry::<F, K, V>(branch, key, value)?;
                self.shared.budget.leave();
                return Ok(());
            }
            _ => return Err(Fault::Mismatch),
        };
        let (plan, cursor) = (self.plan, self.cursor.clone());
        let mut reader = Reader { cursor, shared: self.shared, plan, steps, next: 0, position: 0, action };
        let result = reader.in_turns(|reader| {
            record::Reader::field::<EntryKey<F>, K>(reader, key)?;
            record::Reader::field::<EntryValue<F>, V>(reader, value)
        });
        self.cursor = reader.cursor;
        result
    }

    fn number(&mut self) -> Step<i64> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => long(&mut reader.cursor),
            Action::Promote(Promotion::IntToLong) => reader.int(),
            _ => Err(Fault::Mismatch),
        })
    }

    /// An `int` of the writer.
    fn int(&mut self) -> Step<i64> {
        let number = long(&mut self.cursor)?;
        if i32::try_from(number).is_ok() { Ok(number) } else { Err(Fault::OutOfRange) }
    }

    fn union_at<U: Decode<'de>>(&mut self, before: u32, into: &mut U) -> Step<()> {
        match self.plan.action(self.action) {
            Action::Into { branch, value } => {
                let branch = branch.checked_sub(before).ok_or(Fault::Mismatch)?;
                self.with(*value, |reader| {
                    if into.decode_branch(branch, reader)? {
                        into.settle(&mut reader.shared.budget)
                    } else {
                        Err(Fault::Malformed(Malformed::Branch))
                    }
                })
            }
            _ => Err(Fault::Mismatch),
        }
    }
}

/// The value of an option, made and paid for if there is none.
fn present<'de, 'v, V: Decode<'de>>(into: &'v mut Option<V>, budget: &mut Budget) -> Step<&'v mut V> {
    if into.is_none() {
        budget.allocate(V::ABSENT_BYTES)?;
        spend_defaults(into.insert(V::absent(Format::Avro)), Format::Avro, budget)?;
    }
    Ok(into.get_or_insert_with(|| V::absent(Format::Avro)))
}

impl<'de> record::Reader<'de> for Reader<'de, '_, '_> {
    const FORMAT: Format = Format::Avro;
    const IS_POSITIONAL: bool = true;

    fn id<F: Field>(position: u32) -> u32 {
        position
    }

    fn accepts<F: Field, V: Decode<'de>>(&self) -> bool {
        true
    }

    fn field<F: Field, V: Decode<'de>>(&mut self, into: &mut V) -> Step<()> {
        let position = self.position;
        self.position = position.saturating_add(1);
        self.pass_over()?;
        match self.steps.steps.get(self.next) {
            Some(PlanStep::Read { field, action }) if *field == position => {
                self.next = self.next.saturating_add(1);
                self.with(*action, |reader| into.decode::<F, Self>(reader))
            }
            _ => Ok(()),
        }
    }

    fn field_by_id<F: Field, V: Decode<'de>>(&mut self, _id: u32, _into: &mut V) -> Step<bool> {
        Ok(false)
    }

    fn bool<F: Field>(&mut self) -> Step<bool> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => reader.plain(|plain| plain.bool::<F>()),
            _ => Err(Fault::Mismatch),
        })
    }

    fn i32<F: Field>(&mut self) -> Step<i32> {
        self.number()?.try_into().map_err(|_| Fault::OutOfRange)
    }

    fn i64<F: Field>(&mut self) -> Step<i64> {
        self.number()
    }

    fn u32<F: Field>(&mut self) -> Step<u32> {
        self.number()?.try_into().map_err(|_| Fault::OutOfRange)
    }

    fn u64<F: Field>(&mut self) -> Step<u64> {
        self.number()?.try_into().map_err(|_| Fault::OutOfRange)
    }

    fn f32<F: Field>(&mut self) -> Step<f32> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => reader.plain(|plain| plain.f32::<F>()),
            Action::Promote(Promotion::IntToFloat) => reader.int().map(to_f32),
            Action::Promote(Promotion::LongToFloat) => long(&mut reader.cursor).map(to_f32),
            _ => Err(Fault::Mismatch),
        })
    }

    fn f64<F: Field>(&mut self) -> Step<f64> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => reader.plain(|plain| plain.f64::<F>()),
            Action::Promote(Promotion::IntToDouble) => reader.int().map(to_f64),
            Action::Promote(Promotion::LongToDouble) => long(&mut reader.cursor).map(to_f64),
            Action::Promote(Promotion::FloatToDouble) => {
                reader.cursor.fixed32().map(|bits| f32::from_bits(bits).into())
            }
            _ => Err(Fault::Mismatch),
        })
    }

    fn text<F: Field>(&mut self) -> Step<&'de str> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) | Action::Promote(Promotion::BytesToString) => reader.plain(|plain| plain.text::<F>()),
            _ => Err(Fault::Mismatch),
        })
    }

    fn bytes<F: Field>(&mut self) -> Step<&'de [u8]> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => reader.plain(|plain| plain.bytes::<F>()),
            Action::Promote(Promotion::StringToBytes) => {
                let size = size(&mut reader.cursor)?;
                reader.cursor.text(size).map(str::as_bytes)
            }
            _ => Err(Fault::Mismatch),
        })
    }

    fn fixed<F: Field>(&mut self, size: usize) -> Step<&'de [u8]> {
        self.settled(|reader| match reader.action() {
            Action::Same(_) => reader.plain(|plain| plain.fixed::<F>(size)),
            _ => Err(Fault::Mismatch),
        })
    }

    fn symbol<F: Field, E: Enumeration>(&mut self) -> Step<Option<E>> {
        self.settled(|reader| match reader.plan.action(reader.action) {
            Action::Same(_) => reader.plain(|plain| plain.symbol::<F, E>()),
            Action::Symbols(symbols) => {
                let position = usize::try_from(long(&mut reader.cursor)?).ok();
                let symbol = position.and_then(|position| symbols.get(position).copied().flatten());
                let symbol = symbol.and_then(|position| E::from_position(u32::try_from(position).ok()?));
                symbol.map(Some).ok_or(Fault::UnknownSymbol)
            }
            _ => Err(Fault::Mismatch),
        })
    }

    fn record<F: Field, T: DecodeFields<'de>>(&mut self, into: &mut T) -> Step<()> {
        self.shared.budget.enter()?;
        self.cursor = record_at(self.plan, self.action, self.cursor.clone(), self.shared, into)?;
        self.shared.budget.leave();
        Ok(())
    }

    fn union<F: Field, U: Decode<'de>>(&mut self, into: &mut U) -> Step<()> {
        if let Action::Same(_) = self.action() {
            return self.plain(|plain| plain.union::<F, U>(into));
        }
        self.shared.budget.enter()?;
        self.settled(|reader| reader.union_at(0, into))?;
        self.shared.budget.leave();
        Ok(())
    }

    fn optional<F: Field, V: Decode<'de>>(&mut self, into: &mut Option<V>) -> Step<()> {
        if let Action::Same(_) = self.action()
            && self.plan.is_nullable_in_reader(self.action)
        {
            return self.plain(|plain| plain.optional::<F, V>(into));
        }
        self.settled(|reader| match reader.plan.action(reader.action) {
            Action::Null => {
                *into = None;
                Ok(())
            }
            Action::Into { branch: 0, value } if matches!(reader.plan.action(*value), Action::Null) => {
                *into = None;
                Ok(())
            }
            _ if const { matches!(V::SHAPE.kind(), Kind::Union) } => {
                reader.shared.budget.enter()?;
                let present = present(into, &mut reader.shared.budget)?;
                reader.union_at(1, present)?;
                reader.shared.budget.leave();
                Ok(())
            }
            _ => present(into, &mut reader.shared.budget)?.decode::<Present<F>, Self>(reader),
        })
    }

    fn list<F: Field, C: Collect<Item: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        self.settled(|reader| match reader.plan.action(reader.action) {
            Action::Same(_) => reader.plain(|plain| plain.list::<F, C>(into)),
            Action::List(item) => {
                into.clear();
                reader.blocks(|reader| {
                    reader.shared.budget.allocate(C::Item::ABSENT_BYTES)?;
                    let mut own = C::Item::absent(Format::Avro);
                    spend_defaults(&own, Format::Avro, &mut reader.shared.budget)?;
                    reader.with(*item, |reader| own.decode::<Item<F, false>, Self>(reader))?;
                    into.add(own, &mut reader.shared.budget)
                })
            }
            _ => Err(Fault::Mismatch),
        })
    }

    fn map<F: Field, C: CollectEntries<Key: Decode<'de>, Value: Decode<'de>>>(&mut self, into: &mut C) -> Step<()> {
        self.settled(|reader| match reader.plan.action(reader.action) {
            Action::Same(_) => reader.plain(|plain| plain.map::<F, C>(into)),
            // Keys are text on both sides, or no plan of theirs says what becomes of them: then the entries are records in a list.
            Action::Map(item) | Action::List(item) => {
                into.clear();
                let has_text = matches!(reader.action(), Action::Map(_));
                reader.blocks(|reader| {
                    let bytes = const { C::Key::ABSENT_BYTES.saturating_add(C::Value::ABSENT_BYTES) };
                    reader.shared.budget.allocate(bytes)?;
                    let (mut key, mut value) = (C::Key::absent(Format::Avro), C::Value::absent(Format::Avro));
                    spend_defaults(&value, Format::Avro, &mut reader.shared.budget)?;
                    if has_text {
                        reader.plain(|plain| key.decode::<EntryKey<F>, _>(plain))?;
                        reader.with(*item, |reader| value.decode::<EntryValue<F>, Self>(reader))?;
                    } else {
                        reader.entry::<F, _, _>(*item, &mut key, &mut value)?;
                    }
                    into.add(key, value, &mut reader.shared.budget)
                })
            }
            _ => Err(Fault::Mismatch),
        })
    }

    fn budget(&mut self) -> &mut Budget {
        &mut self.shared.budget
    }
}
