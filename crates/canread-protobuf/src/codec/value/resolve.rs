//! Fields that another schema wrote otherwise than the layout has them.

use std::fmt;

use canread_plan::{
    Action, ActionId, FieldLayout, LayoutKind, List, NumberedStep, NumberedSteps, Plan, Promotion, Value,
};
use canread_wire::{Cursor, Fault, Step};

use super::super::key::Wire;
use super::super::number::{room, signed_of, truth, unsigned_of, whole};
use super::super::skip::take_key;
use super::super::written::{is_run, is_written};
use super::read::{Places, Reader, Target};

/// What lies behind a key that has a step.
pub(super) enum Found<'a> {
    /// An empty run of numbers.
    Nothing,
    /// A number that the reader's closed enum does not have.
    Symbol(i32),
    Value(Value<'a>),
    /// The bytes of a message or entry, and what becomes of it.
    Body(&'a [u8], Option<&'a NumberedSteps>),
}

impl<'a> Reader<'a> {
    /// What becomes of a field; none if it is read as the layout has it.
    pub(super) fn step(&self, steps: &'a NumberedSteps, number: u32, wire: Wire) -> Option<&'a NumberedStep> {
        let plan = self.plan?;
        steps.step(number).filter(|step| is_written(plan, step, wire))
    }

    /// A field that has a step.
    pub(super) fn resolved_field(
        &mut self,
        (at, field): (usize, &'a FieldLayout),
        step: &NumberedStep,
        (wire, cursor): (Wire, &mut Cursor<'a>),
        places: &mut Places<'a, '_>,
    ) -> Step<()> {
        let number = step.number.cast_unsigned();
        let base = self.pending.len();
        match self.layout.kind(field.ty) {
            LayoutKind::List { item, .. } => {
                let kind = self.layout.kind(item);
                let list = if let (Some(mut run), action) = self.run_of(step, wire, cursor)? {
                    let list = self.resolved_run((kind, step, action), &mut run);
                    if list.is_err() {
                        self.failed_at.get_or_insert(run);
                    }
                    list?
                } else {
                    let mut strays = Vec::new();
                    self.together(step, (wire, cursor), |reader, at| {
                        let found = reader.resolved(step, at)?;
                        reader.keep_item(found, kind, step, &mut strays)
                    })?;
                    self.keep_fields(strays)?;
                    let list = self.collected(kind, base)?;
                    self.pending.truncate(base);
                    list
                };
                places.add(at, list, self)?;
            }
            LayoutKind::Map { key, value } => {
                let types = (key, value);
                let one = |reader: &mut Self, (wire, cursor): (Wire, &mut Cursor<'a>)| {
                    let Found::Body(body, steps) = reader.resolved(step, (wire, cursor))? else {
                        return Err(Fault::Mismatch);
                    };
                    let entry = reader.entry(types, steps, body)?;
                    // Only an entry in the reader's own form could be kept, and that one has no step.
                    let (key, value) = entry.ok_or(Fault::UnknownSymbol)?;
                    reader.budget.items(1)?;
                    reader.push(key)?;
                    reader.push(value)
                };
                self.together(step, (wire, cursor), one)?;
                let entries = self.collected_entries(base)?;
                places.add_entries(at, entries, self)?;
            }
            kind => match (self.resolved(step, (wire, cursor))?, kind) {
                (Found::Nothing, _) => {}
                (Found::Symbol(symbol), _) => {
                    let mut strays = Vec::new();
                    self.add_symbol(number, symbol, &mut strays)?;
                    self.keep_fields(strays)?;
                }
                (Found::Value(value), _) => places.set((at, field), value, &mut self.scratch)?,
                (Found::Body(body, steps), LayoutKind::Record(record)) => {
                    self.submessage((at, field), Target { record, steps }, body, places)?;
                }
                (Found::Body(..), _) => return Err(Fault::Mismatch),
            },
        }
        Ok(())
    }

    /// Values of one field that stand together, written alike.
    fn together(
        &mut self,
        step: &NumberedStep,
        (wire, cursor): (Wire, &mut Cursor<'a>),
        mut read: impl FnMut(&mut Self, (Wire, &mut Cursor<'a>)) -> Step<()>,
    ) -> Step<()> {
        let mut index = 0_usize;
        loop {
            if let Err(fault) = read(self, (wire, cursor)) {
                return Err(self.failed_at_item(index, fault));
            }
            index = index.saturating_add(1);
            let mut ahead = cursor.clone();
            match take_key(&mut ahead) {
                Ok((number, next)) if number == step.number.cast_unsigned() && next == wire => *cursor = ahead,
                _ => return Ok(()),
            }
        }
    }

    /// Numbers behind each other as a list of a type. They take no more memory than in the end, but for symbols of a closed enum.
    fn resolved_run(
        &mut self,
        (kind, step, action): (LayoutKind, &NumberedStep, &Action),
        run: &mut Cursor<'a>,
    ) -> Step<List<'a>> {
        let plan = self.plan()?;
        let written = plan.writer().kind(step.written);
        Ok(match (kind, action) {
            (LayoutKind::Float, _) => List::Floats(self.run(run, |run| run.fixed32().map(f32::from_bits))?),
            (LayoutKind::Double, Action::Promote(_)) => {
                List::Doubles(self.run(run, |run| run.fixed32().map(|bits| f32::from_bits(bits).into()))?)
            }
            (LayoutKind::Double, _) => List::Doubles(self.run(run, |run| run.fixed64().map(f64::from_bits))?),
            (LayoutKind::Bool, _) => List::Bools(self.run(run, |run| truth(whole(written, run)?))?),
            (LayoutKind::Int(int), _) if int.signed => {
                List::Ints(self.run(run, |run| signed_of(int, whole(written, run)?))?)
            }
            (LayoutKind::Int(int), _) => List::Uints(self.run(run, |run| unsigned_of(int, whole(written, run)?))?),
            (LayoutKind::Enum(id), _) if plan.reader().declared_enum(id).is_open => {
                List::Symbols(self.run(run, |run| room(whole(written, run)?))?)
            }
            _ => {
                let base = self.pending.len();
                let mut strays = Vec::new();
                while !run.is_empty() {
                    let found = self.scalar_by(action, step, run)?;
                    self.keep_item(found, kind, step, &mut strays)?;
                }
                self.keep_fields(strays)?;
                let list = self.collected(kind, base)?;
                self.pending.truncate(base);
                list
            }
        })
    }

    /// Keeps a value for the list that it is an item of, or for the fields that are kept aside.
    fn keep_item(&mut self, found: Found<'a>, kind: LayoutKind, step: &NumberedStep, strays: &mut Vec<u8>) -> Step<()> {
        let value = match (found, kind) {
            (Found::Value(value), _) => value,
            (Found::Body(body, steps), LayoutKind::Record(record)) => {
                self.message(Target { record, steps }, &[body])?
            }
            (Found::Symbol(symbol), _) => {
                return self.add_symbol(step.number.cast_unsigned(), symbol, strays);
            }
            _ => return Err(Fault::Mismatch),
        };
        self.budget.items(1)?;
        self.push(value)
    }

    /// One value by its step; of a run of numbers the last. Numbers of a run that the reader's closed enum lacks are kept.
    ///
    /// Source: Protobuf, "Encoding", section "Last One Wins".
    pub(super) fn resolved(&mut self, step: &NumberedStep, (wire, cursor): (Wire, &mut Cursor<'a>)) -> Step<Found<'a>> {
        let (run, action) = self.run_of(step, wire, cursor)?;
        if let Some(mut run) = run {
            let (mut last, mut strays) = (Found::Nothing, Vec::new());
            while !run.is_empty() {
                let found = self.scalar_in_run(action, step, &mut run)?;
                match found {
                    Found::Symbol(symbol) => self.add_symbol(step.number.cast_unsigned(), symbol, &mut strays)?,
                    found => last = found,
                }
            }
            self.keep_fields(strays)?;
            return Ok(last);
        }
        let plan = self.plan()?;
        let written = plan.writer().kind(step.written);
        let is_body = |kind| matches!(kind, LayoutKind::Record(_) | LayoutKind::Map { .. });
        let steps = match action {
            Action::Numbered(steps) => Some(steps),
            Action::Same(ty) if is_body(plan.reader().kind(*ty)) || is_body(written) => None,
            action => return self.scalar_by(action, step, cursor),
        };
        let Some(body) = self.body(step.number.cast_unsigned(), step.is_delimited, wire, cursor)? else {
            return Err(Fault::Mismatch);
        };
        Ok(match action {
            Action::Same(ty) if !is_body(plan.reader().kind(*ty)) => Found::Value(Value::Bytes(body)),
            _ => Found::Body(body, steps),
        })
    }

    /// The run of numbers that comes next; none if it is no run. With it what becomes of each.
    fn run_of(
        &mut self,
        step: &NumberedStep,
        wire: Wire,
        cursor: &mut Cursor<'a>,
    ) -> Step<(Option<Cursor<'a>>, &'a Action)> {
        let plan = self.plan()?;
        let action = plan.action(step.action);
        if let Action::Refuse(at) = action {
            self.reason = plan.refusal(*at).map(|reason| reason as &dyn fmt::Display);
            return Err(Fault::Mismatch);
        }
        if !is_run(plan.writer().kind(step.written), wire) {
            return Ok((None, action));
        }
        let size = cursor.varint()?;
        Ok((Some(Cursor::new(cursor.take(size)?)), action))
    }

    /// A number of a run.
    fn scalar_in_run(&mut self, action: &Action, step: &NumberedStep, run: &mut Cursor<'a>) -> Step<Found<'a>> {
        let found = self.scalar_by(action, step, run);
        if found.is_err() {
            self.failed_at.get_or_insert_with(|| run.clone());
        }
        found
    }

    /// A number whose bytes come next.
    fn scalar_by(&self, action: &Action, step: &NumberedStep, cursor: &mut Cursor<'a>) -> Step<Found<'a>> {
        let plan = self.plan()?;
        let (writer, reader) = match action {
            Action::Promote(Promotion::FloatToDouble) => {
                return Ok(Found::Value(Value::Double(f32::from_bits(cursor.fixed32()?).into())));
            }
            Action::Number { writer, reader } => (*writer, *reader),
            Action::Same(ty) => (plan.writer().kind(step.written), plan.reader().kind(*ty)),
            _ => return Err(Fault::Mismatch),
        };
        match reader {
            LayoutKind::Float => return Ok(Found::Value(Value::Float(f32::from_bits(cursor.fixed32()?)))),
            LayoutKind::Double => return Ok(Found::Value(Value::Double(f64::from_bits(cursor.fixed64()?)))),
            _ => {}
        }
        let number = whole(writer, cursor)?;
        Ok(Found::Value(match reader {
            LayoutKind::Bool => Value::Bool(truth(number)?),
            LayoutKind::Int(int) if int.signed => Value::Int(signed_of(int, number)?),
            LayoutKind::Int(int) => Value::Uint(unsigned_of(int, number)?),
            LayoutKind::Enum(id) => {
                let (symbol, declared) = (room(number)?, plan.reader().declared_enum(id));
                if !declared.is_open && declared.symbol(symbol).is_none() {
                    return Ok(Found::Symbol(symbol));
                }
                Value::Symbol(symbol)
            }
            _ => return Err(Fault::Mismatch),
        }))
    }

    /// What becomes of a message; none if it stays as it is.
    pub(super) fn steps_of(&self, action: ActionId) -> Option<&'a NumberedSteps> {
        match self.plan?.action(action) {
            Action::Numbered(steps) => Some(steps),
            _ => None,
        }
    }

    fn plan(&self) -> Step<&'a Plan> {
        self.plan.ok_or(Fault::Mismatch)
    }
}
