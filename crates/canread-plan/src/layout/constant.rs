//! Defaults, read by their types.

use canread_model::{DeclId, DeclKind, EnumBase, Format, Key, Literal, Schema, Type, TypeKind};
use canread_wire::Step;

use super::compile::DEPTH_MAX;
use crate::value::{Arena, List, Record, Value};

/// A value that a schema gives: the default of a field.
///
/// Like a [`Value`](crate::Value), and its own owner.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constant {
    /// Nothing: the field stays absent. No schema gives it; see [`Layout::with_absent_fields`](crate::Layout::with_absent_fields).
    Absent,
    /// Null.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A number of 32 bits.
    Float(f32),
    /// A number of 64 bits.
    Double(f64),
    /// Text.
    String(Box<str>),
    /// Bytes.
    Bytes(Box<[u8]>),
    /// A symbol of an enum.
    Symbol(i32),
    /// A value of a union.
    Branch(u32, Box<Constant>),
    /// A value for each field.
    Record(Box<[Constant]>),
    /// Items.
    List(Box<[Constant]>),
    /// Entries.
    Map(Box<[(Constant, Constant)]>),
}

impl Constant {
    /// The same as a value, whose text and bytes stay here. A layout bounds how deep and how large it is.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`](canread_wire::Limit::AllocatedBytes) if it does not fit into what the arena is allowed.
    pub fn to_value<'a>(&'a self, arena: &'a Arena) -> Step<Value<'a>> {
        let all = |constants: &'a [Self]| {
            let slots = arena.keep_filled(constants.len(), Value::Absent)?;
            for (slot, constant) in slots.iter_mut().zip(constants) {
                *slot = constant.to_value(arena)?;
            }
            Ok(&*slots)
        };
        Ok(match self {
            Self::Absent => Value::Absent,
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::Int(*value),
            Self::Uint(value) => Value::Uint(*value),
            Self::Float(value) => Value::Float(*value),
            Self::Double(value) => Value::Double(*value),
            Self::String(text) => Value::String(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Symbol(number) => Value::Symbol(*number),
            Self::Branch(branch, inner) => Value::Branch(*branch, arena.keep(inner.to_value(arena)?)?),
            Self::Record(fields) => Value::Record(arena.keep(Record { fields: all(fields)?, unknown: &[] })?),
            Self::List(items) => Value::List(List::Values(all(items)?)),
            Self::Map(entries) => {
                let slots = arena.keep_filled(entries.len(), (Value::Null, Value::Null))?;
                for (slot, (key, value)) in slots.iter_mut().zip(entries) {
                    *slot = (key.to_value(arena)?, value.to_value(arena)?);
                }
                Value::Map(slots)
            }
        })
    }
}

/// The value that a literal is of a type; `None` if it is none.
pub(super) fn of(schema: &Schema, ty: &Type, literal: &Literal) -> Option<Constant> {
    Reader { schema, steps_left: STEPS_MAX }.read(ty, literal, DEPTH_MAX)
}

/// Values that one default may have in it. Fields that a default leaves out have defaults of their own, which may leave out
/// others: their number could double with each record.
const STEPS_MAX: usize = 100_000;

struct Reader<'s> {
    schema: &'s Schema,
    steps_left: usize,
}

impl Reader<'_> {
    fn read(&mut self, ty: &Type, literal: &Literal, depth_left: usize) -> Option<Constant> {
        let depth_left = depth_left.checked_sub(1)?;
        self.steps_left = self.steps_left.checked_sub(1)?;
        Some(match (&ty.kind, literal) {
            (TypeKind::Bool, Literal::Bool(value)) => Constant::Bool(*value),
            (TypeKind::Int(int), Literal::Int(value)) if int.signed => {
                let value = i64::try_from(*value).ok()?;
                (int.bits == 64 || i32::try_from(value).is_ok()).then_some(Constant::Int(value))?
            }
            (TypeKind::Int(int), Literal::Int(value)) => {
                let value = u64::try_from(*value).ok()?;
                (int.bits == 64 || u32::try_from(value).is_ok()).then_some(Constant::Uint(value))?
            }
            (TypeKind::Float { bits }, literal) => {
                let value = number(literal)?;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "the nearest number of 32 bits is what is asked for"
                )]
                if *bits == 32 { Constant::Float(value as f32) } else { Constant::Double(value) }
            }
            (TypeKind::String(_), Literal::String(text)) => Constant::String(text.clone()),
            (TypeKind::Bytes, Literal::Bytes(bytes)) => Constant::Bytes(bytes.clone()),
            (TypeKind::Bytes, Literal::String(text)) => Constant::Bytes(text.as_bytes().into()),
            (TypeKind::Fixed { size }, Literal::Bytes(bytes)) if bytes.len() == *size as usize => {
                Constant::Bytes(bytes.clone())
            }
            (TypeKind::List(list), Literal::List(items)) => {
                let items = items.iter().map(|item| self.read(&list.item, item, depth_left));
                Constant::List(items.collect::<Option<_>>()?)
            }
            (TypeKind::Map(map), Literal::Map(entries)) => {
                let mut read = Vec::with_capacity(entries.len());
                for entry in entries {
                    let key = match &entry.key {
                        Key::Value(key) => self.read(&map.key, key, depth_left)?,
                        Key::Field(name) => Constant::String(name.clone()),
                        _ => return None,
                    };
                    read.push((key, self.read(&map.value, &entry.value, depth_left)?));
                }
                Constant::Map(read.into())
            }
            (TypeKind::Null | TypeKind::Nullable(_), Literal::Null) => Constant::Null,
            (TypeKind::Nullable(inner), literal) => self.read(inner, literal, depth_left)?,
            (TypeKind::Ref(decl), literal) => self.named(*decl, literal, depth_left)?,
            _ => return None,
        })
    }

    fn named(&mut self, id: DeclId, literal: &Literal, depth_left: usize) -> Option<Constant> {
        let schema = self.schema;
        match &schema.decl(id).kind {
            DeclKind::Enum(own) => {
                let (Literal::String(symbol) | Literal::Symbol(symbol)) = literal else { return None };
                let at = schema.value_place(id, symbol)?;
                let number = match own.base {
                    EnumBase::Name => i32::try_from(at).ok()?,
                    _ => i32::try_from(own.values.get(at)?.number?).ok()?,
                };
                Some(Constant::Symbol(number))
            }
            DeclKind::Fixed(fixed) => self.read(&fixed.ty, literal, depth_left),
            DeclKind::Alias(alias) => self.read(&alias.ty, literal, depth_left),
            DeclKind::Union(union) => {
                // The first branch that has the value: Avro 1.12 takes any, and before that only the first was allowed.
                (0..).zip(&union.arms).find_map(|(at, arm)| {
                    let value = self.read(&arm.ty, literal, depth_left)?;
                    Some(Constant::Branch(at, Box::new(value)))
                })
            }
            DeclKind::Record(record) if schema.format() == Format::Avro => {
                let Literal::Map(_) = literal else { return None };
                let all_given = literal.fields();
                let fields = record.fields.iter().map(|field| {
                    let given = all_given.get(&*field.name).copied().or_else(|| field.default_value())?;
                    self.read(&field.ty, given, depth_left)
                });
                Some(Constant::Record(fields.collect::<Option<_>>()?))
            }
            _ => None,
        }
    }
}

/// A number as the nearest of 64 bits.
fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Float(value) => Some(*value),
        #[expect(clippy::cast_precision_loss, reason = "the nearest number is what is asked for")]
        Literal::Int(value) => Some(*value as f64),
        Literal::Number(text) => text.parse().ok(),
        // Names that the text formats have for them.
        Literal::Symbol(name) => match &**name {
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            "nan" | "-nan" => Some(f64::NAN),
            _ => None,
        },
        _ => None,
    }
}
