//! What a reader takes for an absent field, in a form that types have in common: an `int32` that is 1 by default and a
//! `bool` that is `true` read the same bytes as one value, and take their absence for one.

use canread_model::{Field, Literal, TypeKind};

use super::field::value_number;
use crate::DeclAt;

/// The value of an absent field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Of integers, of `bool`, whose `true` is 1, and of enums, whose values are their numbers.
    Number(i128),
    /// Of `bytes`, and of `string` in UTF-8.
    Bytes(Box<[u8]>),
}

impl Absent {
    /// None for the types that share no values with others.
    ///
    /// Source: Protobuf, "Language Guide (proto 2)", "Updating A Message Type"; "Optional Fields And Default Values".
    pub(crate) fn of(owner: DeclAt<'_>, field: &Field) -> Option<Self> {
        match (&field.ty.kind, field.default_value()) {
            (TypeKind::Bool | TypeKind::Int(_), None) => Some(Self::Number(0)),
            (TypeKind::Bool, Some(Literal::Bool(value))) => Some(Self::Number(i128::from(*value))),
            (TypeKind::Int(_), Some(Literal::Int(value))) => Some(Self::Number(*value)),
            (TypeKind::Ref(_), Some(Literal::Symbol(name))) => {
                Some(Self::Number(i128::from(value_number(owner, field, name)?)))
            }
            (TypeKind::Ref(target), None) => {
                let first = owner.schema.decl(*target).as_enum()?.values.first()?;
                Some(Self::Number(i128::from(first.number?)))
            }
            (TypeKind::String(_) | TypeKind::Bytes, None) => Some(Self::Bytes(Box::default())),
            (TypeKind::String(_), Some(Literal::String(text))) => Some(Self::Bytes(text.as_bytes().into())),
            (TypeKind::Bytes, Some(Literal::Bytes(bytes))) => Some(Self::Bytes(bytes.clone())),
            _ => None,
        }
    }

    /// Whether both are of one sort, so that data of the one type can be read as the other.
    pub(crate) fn is_comparable(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
