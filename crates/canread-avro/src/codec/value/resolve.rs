//! Values of a reader from a writer's bytes, by a plan.

use std::fmt;

use canread_plan::{Action, ActionId, List, Plan, Promotion, Record, Step as PlanStep, Steps, Value};
use canread_wire::{Fault, Malformed, Step};

use super::super::number::{to_f32, to_f64};
use super::read::Reader;
use super::skip::pass_over;

impl<'a> Reader<'a> {
    /// What an action makes of the next value. Recurses as deep as the budget allows.
    pub(super) fn resolve(&mut self, plan: &'a Plan, action: ActionId) -> Step<Value<'a>> {
        Ok(match plan.action(action) {
            Action::Same(ty) => self.read(plan.reader(), *ty)?,
            Action::Null => Value::Null,
            Action::Promote(promotion) => self.promoted(*promotion)?,
            Action::Symbols(symbols) => Value::Symbol(self.mapped(symbols)?),
            Action::Record(steps) => self.resolved_record(plan, steps)?,
            Action::List(item) => {
                self.budget.enter()?;
                let list = self.resolved_list(plan, *item)?;
                self.budget.leave();
                Value::List(list)
            }
            Action::Map(value) => {
                self.budget.enter()?;
                let entries = self.entries(&|reader| reader.resolve(plan, *value))?;
                self.budget.leave();
                Value::Map(entries)
            }
            Action::Branches(branches) => {
                let branch = self.branch(branches.len())?;
                let action = branches.get(branch).copied().ok_or(Fault::Malformed(Malformed::Branch))?;
                self.budget.enter()?;
                let value = self.resolve(plan, action)?;
                self.budget.leave();
                value
            }
            Action::Into { branch, value } => {
                let value = self.resolve(plan, *value)?;
                Value::Branch(*branch, self.arena.keep(value)?)
            }
            Action::Refuse(at) => {
                self.reason = plan.refusal(*at).map(|reason| reason as &dyn fmt::Display);
                return Err(Fault::Mismatch);
            }
            _ => return Err(Fault::Mismatch),
        })
    }

    fn resolved_record(&mut self, plan: &'a Plan, steps: &'a Steps) -> Step<Value<'a>> {
        self.budget.enter()?;
        let fields = &plan.reader().record(steps.record).fields;
        let slots = self.arena.keep_filled(steps.field_count as usize, Value::Absent)?;
        for step in &steps.steps {
            match step {
                PlanStep::Read { field, action } => {
                    let value = self.resolve(plan, *action);
                    let at = *field as usize;
                    match (value, slots.get_mut(at)) {
                        (Ok(value), Some(slot)) => *slot = value,
                        (Ok(_), None) => return Err(Fault::Mismatch),
                        (Err(fault), _) => {
                            let name = fields.get(at).map_or("", |field| &field.name);
                            return Err(self.failed_in(name, fault));
                        }
                    }
                }
                other => pass_over(plan, *other, &mut self.cursor, &mut self.budget)?,
            }
        }
        for at in &steps.defaults {
            let at = *at as usize;
            let default = fields.get(at).and_then(|field| field.default.as_ref());
            if let (Some(slot), Some(default)) = (slots.get_mut(at), default) {
                *slot = default.to_value(self.arena)?;
            }
        }
        self.budget.leave();
        Ok(Value::Record(self.arena.keep(Record { fields: slots, unknown: &[] })?))
    }

    fn resolved_list(&mut self, plan: &'a Plan, item: ActionId) -> Step<List<'a>> {
        Ok(match plan.action(item) {
            Action::Promote(Promotion::IntToLong) => List::Ints(self.scalars(Self::int)?),
            Action::Promote(Promotion::IntToFloat) => List::Floats(self.scalars(|reader| reader.int().map(to_f32))?),
            Action::Promote(Promotion::LongToFloat) => List::Floats(self.scalars(|reader| reader.long().map(to_f32))?),
            Action::Promote(Promotion::IntToDouble) => List::Doubles(self.scalars(|reader| reader.int().map(to_f64))?),
            Action::Promote(Promotion::LongToDouble) => {
                List::Doubles(self.scalars(|reader| reader.long().map(to_f64))?)
            }
            Action::Promote(Promotion::FloatToDouble) => {
                List::Doubles(self.scalars(|reader| reader.float().map(f64::from))?)
            }
            Action::Symbols(symbols) => List::Symbols(self.scalars(|reader| reader.mapped(symbols))?),
            _ => List::Values(self.items(&|reader| reader.resolve(plan, item))?),
        })
    }

    fn promoted(&mut self, promotion: Promotion) -> Step<Value<'a>> {
        Ok(match promotion {
            Promotion::IntToLong => Value::Int(self.int()?),
            Promotion::IntToFloat => Value::Float(to_f32(self.int()?)),
            Promotion::IntToDouble => Value::Double(to_f64(self.int()?)),
            Promotion::LongToFloat => Value::Float(to_f32(self.long()?)),
            Promotion::LongToDouble => Value::Double(to_f64(self.long()?)),
            Promotion::FloatToDouble => Value::Double(self.float()?.into()),
            Promotion::StringToBytes => Value::Bytes(self.text()?.as_bytes()),
            Promotion::BytesToString => Value::String(self.text()?),
            _ => return Err(Fault::Mismatch),
        })
    }

    /// A symbol of the writer as one of the reader.
    fn mapped(&mut self, symbols: &[Option<i32>]) -> Step<i32> {
        let position = self.symbol(symbols.len())?;
        let number = usize::try_from(position).ok().and_then(|position| symbols.get(position).copied().flatten());
        number.ok_or(Fault::UnknownSymbol)
    }
}
