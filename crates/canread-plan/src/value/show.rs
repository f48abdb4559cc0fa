//! A value as text, for messages and tests.

use std::fmt::{self, Display, Formatter, Write as _};

use super::Value;
use crate::layout::{Layout, LayoutKind, TypeId};

/// A value with the names of its layout, in a notation close to JSON.
///
/// Absent fields are left out, bytes are hexadecimal digits behind `0x`, symbols have their names, and a branch of a union its
/// position: `{"id": 7, "tags": ["a"], "key": 0x0aff, "status": OPEN, "what": 1:"text"}`. A value that does not fit its type is
/// shown as what it is. For people: no program reads this.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'v> {
    pub(crate) layout: &'v Layout,
    pub(crate) ty: TypeId,
    pub(crate) value: &'v Value<'v>,
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { layout, ty, value } = *self;
        let kind = layout.kind(ty);
        match (value, kind) {
            (Value::Absent, _) => f.write_str("absent"),
            (Value::Null, _) => f.write_str("null"),
            (Value::Bool(value), _) => write!(f, "{value}"),
            (Value::Int(value), _) => write!(f, "{value}"),
            (Value::Uint(value), _) => write!(f, "{value}"),
            (Value::Float(value), _) => write!(f, "{value:?}"),
            (Value::Double(value), _) => write!(f, "{value:?}"),
            (Value::String(value), _) => write!(f, "{value:?}"),
            (Value::Bytes(value), _) => hexadecimal(value, f),
            (value, LayoutKind::Nullable { inner, .. }) => within(layout, inner, value).fmt(f),
            (Value::Symbol(number), LayoutKind::Enum(id)) => match layout.declared_enum(id).symbol(*number) {
                Some(name) => f.write_str(name),
                None => write!(f, "{number}"),
            },
            (Value::Symbol(number), _) => write!(f, "{number}"),
            (Value::Branch(branch, value), LayoutKind::Union(id)) => {
                let arm = layout.union(id).branches.get(*branch as usize);
                write!(f, "{branch}:{}", within(layout, arm.copied().unwrap_or(ty), value))
            }
            (Value::Branch(branch, value), _) => write!(f, "{branch}:{}", within(layout, ty, value)),
            (Value::Record(record), LayoutKind::Record(id)) => {
                let fields = layout.record(id).fields.iter().zip(record.fields);
                let present = fields.filter(|(_, value)| **value != Value::Absent);
                let unknown = (!record.unknown.is_empty()).then_some(record.unknown);
                f.write_char('{')?;
                let mut is_first = true;
                for (field, value) in present {
                    separate(&mut is_first, f)?;
                    write!(f, "{:?}: {}", field.name, within(layout, field.ty, value))?;
                }
                if let Some(unknown) = unknown {
                    separate(&mut is_first, f)?;
                    f.write_str("unknown: ")?;
                    hexadecimal(unknown, f)?;
                }
                f.write_char('}')
            }
            (Value::Record(record), _) => write!(f, "{:?}", record.fields),
            (Value::List(list), kind) => {
                let item = if let LayoutKind::List { item, .. } = kind { item } else { ty };
                f.write_char('[')?;
                let mut is_first = true;
                for value in list.iter() {
                    separate(&mut is_first, f)?;
                    within(layout, item, &value).fmt(f)?;
                }
                f.write_char(']')
            }
            (Value::Map(entries), kind) => {
                let types = if let LayoutKind::Map { key, value } = kind { (key, value) } else { (ty, ty) };
                f.write_char('{')?;
                let mut is_first = true;
                for (key, value) in *entries {
                    separate(&mut is_first, f)?;
                    write!(f, "{}: {}", within(layout, types.0, key), within(layout, types.1, value))?;
                }
                f.write_char('}')
            }
        }
    }
}

fn within<'v>(layout: &'v Layout, ty: TypeId, value: &'v Value<'v>) -> Shown<'v> {
    Shown { layout, ty, value }
}

fn separate(is_first: &mut bool, f: &mut Formatter<'_>) -> fmt::Result {
    if std::mem::replace(is_first, false) { Ok(()) } else { f.write_str(", ") }
}

fn hexadecimal(bytes: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("0x")?;
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}
