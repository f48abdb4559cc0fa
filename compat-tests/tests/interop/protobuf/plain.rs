//! Values as JSON that says all there is to say of them: no rounding, no names, no defaults.
//!
//! ```text
//! message = [[number, value]...]             fields that are there, in the order of their numbers
//! list    = {"list": [value...]}
//! map     = {"map": [[key, value]...]}       in the order of the keys
//! number  = its digits as text; floating point as the hexadecimal digits of its bytes
//! bytes   = {"bytes": hexadecimal digits}
//! ```

use canread_plan::{Layout, LayoutKind, TypeId, Value};
use serde_json::{Value as Json, json};

use crate::hexadecimal;

pub(super) fn plain(layout: &Layout, ty: TypeId, value: &Value<'_>) -> Json {
    match (layout.kind(ty), value) {
        (LayoutKind::Record(id), Value::Record(record)) => {
            let own = layout.record(id);
            let mut fields: Vec<(i32, Json)> = own
                .fields
                .iter()
                .zip(record.fields)
                .filter(|(_, value)| **value != Value::Absent)
                .map(|(field, value)| (field.number.expect("Protobuf"), plain(layout, field.ty, value)))
                .collect();
            fields.sort_by_key(|(number, _)| *number);
            json!(fields)
        }
        (LayoutKind::List { item, .. }, Value::List(list)) => {
            json!({"list": list.iter().map(|value| plain(layout, item, &value)).collect::<Vec<_>>()})
        }
        (LayoutKind::Map { key, value: ty }, Value::Map(entries)) => {
            let entry = |(own, value): &(Value<'_>, Value<'_>)| (plain(layout, key, own), plain(layout, ty, value));
            json!({"map": entries.iter().map(entry).collect::<Vec<_>>()})
        }
        (_, Value::Bool(value)) => json!(value),
        (_, Value::Int(value)) => json!(value.to_string()),
        (_, Value::Uint(value)) => json!(value.to_string()),
        (_, Value::Symbol(number)) => json!(number.to_string()),
        (_, Value::Float(value)) => json!(hexadecimal(&value.to_le_bytes())),
        (_, Value::Double(value)) => json!(hexadecimal(&value.to_le_bytes())),
        (_, Value::String(text)) => json!(text),
        (_, Value::Bytes(bytes)) => json!({"bytes": hexadecimal(bytes)}),
        (kind, value) => panic!("{value:?} is no value of {kind:?}"),
    }
}
