//! What fields of Rust types default to, as Avro says it.

use canread_model::{Entry, Key, Literal};
use canread_record::{Constant, Shape};

/// The default of a field; `None` if Avro can't say it: a value of a branch that is not the first one, a number that is no
/// number of JSON.
///
/// Source: Avro 1.12, "Complex Types", "Unions": a default is of the first branch (versions before 1.12 insist on it).
pub(super) fn literal(shape: &Shape, value: &Constant) -> Option<Literal> {
    Some(match (shape, value) {
        (_, Constant::Null) => Literal::Null,
        // Its first branch is null.
        (Shape::Optional(_), _) => return None,
        (_, Constant::Bool(value)) => Literal::Bool(*value),
        // A `long` has no room for each `u64`.
        (_, Constant::Int(value)) => Literal::Int(i64::try_from(*value).ok()?.into()),
        (_, Constant::Float(value)) if value.is_finite() => Literal::Float(*value),
        (_, Constant::Text(text)) => Literal::String(text.as_str().into()),
        (_, Constant::Bytes(bytes)) => Literal::Bytes(bytes.as_slice().into()),
        (_, Constant::Symbol(name, _)) => Literal::Symbol((*name).into()),
        (Shape::Union(union), Constant::Branch(0, held)) => literal(&union().branches.first()?.shape, held)?,
        (Shape::List(item), Constant::List(items)) => {
            Literal::List(items.iter().map(|value| literal(item, value)).collect::<Option<_>>()?)
        }
        (Shape::Map(Shape::Text | Shape::Logical(_), value), Constant::Map(entries)) => {
            let entry = |(key, own): &(Constant, Constant)| {
                let Constant::Text(key) = key else { return None };
                Some(Entry { key: Key::Field(key.as_str().into()), value: literal(value, own)? })
            };
            Literal::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        (Shape::Map(key, value), Constant::Map(entries)) => {
            let entry = |(own_key, own): &(Constant, Constant)| {
                let field = |name: &str, literal| Entry { key: Key::Field(name.into()), value: literal };
                Some(Literal::Map(vec![field("key", literal(key, own_key)?), field("value", literal(value, own)?)]))
            };
            Literal::List(entries.iter().map(entry).collect::<Option<_>>()?)
        }
        (Shape::Record(schema), Constant::Record(fields)) => {
            let entry = |(name, own): &(&str, Constant)| {
                let field = schema().fields.iter().find(|field| field.meta.avro.name == *name)?;
                Some(Entry { key: Key::Field((*name).into()), value: literal(&field.shape, own)? })
            };
            Literal::Map(fields.iter().map(entry).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
