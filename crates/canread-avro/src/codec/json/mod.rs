//! Avro's JSON encoding: values as JSON and back, along a layout.
//!
//! ```
//! use canread::avro::{json, value};
//! use canread::value::{Arena, Layout};
//! use canread::{Format, schema};
//!
//! let text = r#"{"type": "record", "name": "Order", "fields": [
//!     {"name": "id", "type": "long"}, {"name": "note", "type": ["null", "string"]}]}"#;
//! let layout = Layout::of_root(&schema::read(Format::Avro, &[("order.avsc", text)])?)?;
//!
//! let arena = Arena::new();
//! let order = json::from_str(&layout, r#"{"id": 7, "note": {"string": "a"}}"#, &arena)?;
//! assert_eq!(value::to_vec(&layout, &order)?, [14, 2, 2, b'a']);
//! assert_eq!(json::to_string(&layout, &order)?, r#"{"id":7,"note":{"string":"a"}}"#);
//!
//! let error = json::from_str(&layout, r#"{"id": 7.5, "note": null}"#, &arena).expect_err("no integer");
//! assert_eq!(error.to_string(), "a number with a fraction at line 1, column 8, in `id`");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | Avro | JSON |
//! |---|---|
//! | `null`, `boolean`, `int`, `long` | null, a boolean, a number |
//! | `float`, `double` | a number; those that JSON has none for are `"NaN"`, `"Infinity"`, `"-Infinity"` |
//! | `string`; an enum | a string; its symbol |
//! | `bytes`, a fixed | a string with a character of U+0000 to U+00FF for each byte |
//! | `array`; `map`, a record | an array; an object |
//! | a union | null as such; any other value in an object, whose one key is the name of its type, of a named type the full one |
//!
//! A map that has a key twice, as the binary encoding allows, is written with the last value of the key, as other readers of it take it.
//! Logical types are written as what they stand on.
//!
//! When text is read, fields may come in any order. A key that comes twice, a field that the record does
//! not have and one that is not there are errors: the encoding has no form for a field left out, and Avro Java's decoder
//! refuses it too. [`ReadOptions::filling_defaults`] takes the schema's default then. Aliases don't count: text is
//! read under the schema that it was written under.
//!
//! Source: Avro 1.12, "JSON Encoding".

// | file | holds |
// |---|---|
// | `options`, `error` | what may be asked for, what may go wrong |
// | `write`, `map` | values to text, which entries of a map are written |
// | `read`, `list` | text to values, items of arrays |

mod error;
mod list;
mod map;
mod options;
mod read;
mod write;

use canread_model::Format;
use canread_plan::{Arena, Layout, LayoutKind, TypeId, Value};
use canread_wire::{EncodeError, EncodeErrorKind};

pub use canread_json::{JsonErrorKind, Kind, Malformed, NumberError, Position};
pub use error::{ReadError, ReadErrorKind};
pub use options::{ReadOptions, WriteOptions};

/// The value as JSON on one line.
///
/// # Errors
///
/// As [`to_string_with`].
pub fn to_string(layout: &Layout, value: &Value<'_>) -> Result<String, EncodeError> {
    to_string_with(layout, value, &WriteOptions::new())
}

/// The value as JSON.
///
/// # Errors
///
/// The value is none of the layout's, or is deeper than the limits allow. The error names the field.
pub fn to_string_with(layout: &Layout, value: &Value<'_>, options: &WriteOptions) -> Result<String, EncodeError> {
    let mut text = String::new();
    let mut writer = write::Writer::new(layout, options, &mut text);
    let written = match layout.root_in(Format::Avro) {
        Some(root) => writer.value(root, value),
        None => Err(EncodeErrorKind::OtherFormat),
    };
    match written {
        Ok(()) => Ok(text),
        Err(kind) => Err(EncodeError::new(kind, writer.into_path())),
    }
}

/// The value that a text is, within [`Limits::strict`](canread_wire::Limits::strict).
///
/// Strings of the value lie in the text or in the arena, its other parts in the arena.
///
/// # Errors
///
/// As [`from_str_with`].
pub fn from_str<'a>(layout: &'a Layout, text: &'a str, arena: &'a Arena) -> Result<Value<'a>, ReadError> {
    from_str_with(layout, text, arena, &ReadOptions::new())
}

/// The value that a text is.
///
/// Depth counts records, arrays, maps and unions, as in the binary encoding: what is read can be written there.
///
/// # Errors
///
/// The text is no JSON, is no value of the layout, or asks for more than the limits allow. The error names line, column and
/// field. Memory that the arena got until then stays in it.
pub fn from_str_with<'a>(
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    options: &ReadOptions,
) -> Result<Value<'a>, ReadError> {
    read::read(layout, text, arena, *options)
}

/// The name that a type has in a union; none for a union, which has no place there.
fn branch_name(layout: &Layout, ty: TypeId) -> Option<&str> {
    Some(match layout.kind(ty) {
        LayoutKind::Null => "null",
        LayoutKind::Bool => "boolean",
        LayoutKind::Int(int) if int.bits < 64 => "int",
        LayoutKind::Int(_) => "long",
        LayoutKind::Float => "float",
        LayoutKind::Double => "double",
        LayoutKind::String { .. } => "string",
        LayoutKind::Bytes => "bytes",
        LayoutKind::List { .. } => "array",
        LayoutKind::Map { .. } => "map",
        LayoutKind::Fixed(id) => &layout.fixed(id).name,
        LayoutKind::Enum(id) => &layout.declared_enum(id).name,
        LayoutKind::Record(id) => &layout.record(id).name,
        _ => return None,
    })
}
