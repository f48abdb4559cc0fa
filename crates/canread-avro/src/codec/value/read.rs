//! Values of a layout from bytes.

use std::fmt;

use canread_plan::{Arena, Layout, LayoutKind, List, Record, Scratch, TypeId, Value};
use canread_wire::{Budget, Cursor, Fault, FieldPath, Limits, Malformed, PathSegment, Step};

use super::super::read::{long, size};

/// One decoding.
pub(super) struct Reader<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) budget: Budget,
    pub(super) arena: &'a Arena,
    /// Items of lists and maps that are not read to their ends, the inner ones behind the outer ones.
    pub(super) pending: Vec<Value<'a>>,
    pub(super) scratch: Scratch<'a>,
    /// Where it failed.
    pub(super) path: FieldPath,
    /// Why the plan refuses what failed.
    pub(super) reason: Option<&'a dyn fmt::Display>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(cursor: Cursor<'a>, budget: Budget, arena: &'a Arena, limits: &Limits) -> Self {
        let scratch = Scratch::new(arena, limits);
        Self { cursor, budget, arena, pending: Vec::new(), scratch, path: FieldPath::default(), reason: None }
    }

    /// A value of a type. Recurses as deep as the budget allows.
    pub(super) fn read(&mut self, layout: &'a Layout, ty: TypeId) -> Step<Value<'a>> {
        Ok(match layout.kind(ty) {
            LayoutKind::Null => Value::Null,
            LayoutKind::Bool => Value::Bool(self.bool()?),
            LayoutKind::Int(int) if int.bits == 64 => Value::Int(self.long()?),
            LayoutKind::Int(_) => Value::Int(self.int()?),
            LayoutKind::Float => Value::Float(self.float()?),
            LayoutKind::Double => Value::Double(self.double()?),
            LayoutKind::String { .. } => Value::String(self.text()?),
            LayoutKind::Bytes => Value::Bytes(self.bytes()?),
            LayoutKind::Fixed(id) => Value::Bytes(self.cursor.take(layout.fixed(id).size.into())?),
            LayoutKind::Enum(id) => Value::Symbol(self.symbol(layout.declared_enum(id).symbols.len())?),
            LayoutKind::Record(id) => self.record(layout, id)?,
            LayoutKind::List { item, .. } => {
                self.budget.enter()?;
                let list = self.list(layout, item)?;
                self.budget.leave();
                Value::List(list)
            }
            LayoutKind::Map { value, .. } => {
                self.budget.enter()?;
                let entries = self.entries(&|reader| reader.read(layout, value))?;
                self.budget.leave();
                Value::Map(entries)
            }
            LayoutKind::Nullable { inner, is_null_last } => {
                let null = usize::from(is_null_last);
                if self.branch(2)? == null { Value::Null } else { self.read(layout, inner)? }
            }
            LayoutKind::Union(id) => {
                let branches = &layout.union(id).branches;
                let branch = self.branch(branches.len())?;
                let ty = branches.get(branch).copied().ok_or(Fault::Malformed(Malformed::Branch))?;
                self.budget.enter()?;
                let value = self.read(layout, ty)?;
                self.budget.leave();
                self.in_branch(branch, value)?
            }
            _ => return Err(Fault::Mismatch),
        })
    }

    fn record(&mut self, layout: &'a Layout, id: u32) -> Step<Value<'a>> {
        self.budget.enter()?;
        let fields = &layout.record(id).fields;
        let slots = self.arena.keep_filled(fields.len(), Value::Absent)?;
        for (slot, field) in slots.iter_mut().zip(fields) {
            match self.read(layout, field.ty) {
                Ok(value) => *slot = value,
                Err(fault) => return Err(self.failed_in(&field.name, fault)),
            }
        }
        self.budget.leave();
        Ok(Value::Record(self.arena.keep(Record { fields: slots, unknown: &[] })?))
    }

    fn list(&mut self, layout: &'a Layout, item: TypeId) -> Step<List<'a>> {
        Ok(match layout.kind(item) {
            LayoutKind::Bool => List::Bools(self.scalars(Self::bool)?),
            LayoutKind::Int(int) if int.bits == 64 => List::Ints(self.scalars(Self::long)?),
            LayoutKind::Int(_) => List::Ints(self.scalars(Self::int)?),
            LayoutKind::Float => List::Floats(self.scalars(Self::float)?),
            LayoutKind::Double => List::Doubles(self.scalars(Self::double)?),
            LayoutKind::Enum(id) => {
                let count = layout.declared_enum(id).symbols.len();
                List::Symbols(self.scalars(|reader| reader.symbol(count))?)
            }
            _ => List::Values(self.items(&|reader| reader.read(layout, item))?),
        })
    }

    pub(super) fn in_branch(&mut self, branch: usize, value: Value<'a>) -> Step<Value<'a>> {
        let branch = u32::try_from(branch).map_err(|_| Fault::Malformed(Malformed::Branch))?;
        Ok(Value::Branch(branch, self.arena.keep(value)?))
    }

    pub(super) fn bool(&mut self) -> Step<bool> {
        match self.cursor.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Fault::Malformed(Malformed::Bool)),
        }
    }

    pub(super) fn long(&mut self) -> Step<i64> {
        long(&mut self.cursor)
    }

    /// An `int`, as the number of 64 bits that values have.
    pub(super) fn int(&mut self) -> Step<i64> {
        let number = self.long()?;
        if i32::try_from(number).is_ok() { Ok(number) } else { Err(Fault::OutOfRange) }
    }

    pub(super) fn float(&mut self) -> Step<f32> {
        self.cursor.fixed32().map(f32::from_bits)
    }

    pub(super) fn double(&mut self) -> Step<f64> {
        self.cursor.fixed64().map(f64::from_bits)
    }

    pub(super) fn text(&mut self) -> Step<&'a str> {
        let size = size(&mut self.cursor)?;
        self.cursor.text(size)
    }

    pub(super) fn bytes(&mut self) -> Step<&'a [u8]> {
        let size = size(&mut self.cursor)?;
        self.cursor.take(size)
    }

    /// The position of a symbol, of so many.
    pub(super) fn symbol(&mut self, count: usize) -> Step<i32> {
        let position = self.long()?;
        let is_one = usize::try_from(position).is_ok_and(|position| position < count);
        i32::try_from(position).ok().filter(|_| is_one).ok_or(Fault::UnknownSymbol)
    }

    /// The branch of a union, of so many.
    pub(super) fn branch(&mut self, count: usize) -> Step<usize> {
        let branch = usize::try_from(self.long()?).ok();
        branch.filter(|branch| *branch < count).ok_or(Fault::Malformed(Malformed::Branch))
    }

    #[cold]
    pub(super) fn failed_in(&mut self, field: &str, fault: Fault) -> Fault {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        fault
    }

    #[cold]
    pub(super) fn failed_at(&mut self, item: usize, fault: Fault) -> Fault {
        self.path.lead_with(PathSegment::Item(item as u64));
        fault
    }
}
