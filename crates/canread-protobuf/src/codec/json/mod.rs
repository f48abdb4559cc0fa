//! `ProtoJSON`: values as JSON and back, along a layout.
//!
//! ```
//! use canread::protobuf::{json, value};
//! use canread::value::{Arena, Layout};
//! use canread::{Format, schema};
//!
//! let text = r#"syntax = "proto3"; import "google/protobuf/duration.proto";
//!     message Order { int64 order_id = 1; google.protobuf.Duration waits = 2; }"#;
//! let schema = schema::read(Format::Protobuf, &[("order.proto", text)])?;
//! let layout = Layout::of(&schema, schema.find("Order").expect("it is declared"))?;
//!
//! let arena = Arena::new();
//! let order = json::from_str(&layout, r#"{"orderId": "7", "waits": "1.500s"}"#, &arena)?;
//! assert_eq!(value::to_vec(&layout, &order)?, [8, 7, 18, 8, 8, 1, 16, 128, 202, 181, 238, 1]);
//! assert_eq!(json::to_string(&layout, &order)?, r#"{"orderId":"7","waits":"1.500s"}"#);
//!
//! let error = json::from_str(&layout, r#"{"orderId": 7.5}"#, &arena).expect_err("no integer");
//! assert_eq!(error.to_string(), "a number with a fraction at line 1, column 13, in `order_id`");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is written is canonical: fields in the order of their numbers, by their names in JSON; integers of 64 bits as strings;
//! symbols by name; bytes as base64 with padding; nothing for a field that is not there, or that is zero and has no presence. Fields that
//! the layout does not have are not written: JSON has no form for them.
//!
//! What is read may also have fields by the names of the schema, numbers as strings, integers as `1e3` and `1.0`, symbols by number,
//! base64 for URLs or without padding, and null for a field that is not there. A key that comes twice, a second member
//! of a oneof, a field and a symbol that the layout does not have are errors; of the last two [`ReadOptions`] may ignore.
//!
//! A message in `Any` is one of the layout's, by the name behind the last `/` of its URL: [`Layout::of_all`] makes a layout that
//! has all messages of a schema.
//!
//! Source: Protobuf, "`ProtoJSON` Format", and the tests of the conformance runner where that is silent.

// | file | holds |
// |---|---|
// | `options`, `error` | what may be asked for, what may go wrong |
// | `write`, `read` | messages |
// | `list`, `map` | items and entries that are read |
// | `scalar` | one value of JSON as a scalar |
// | `base64` | bytes as text |
// | `known` | messages with a form of their own |

mod base64;
mod error;
mod known;
mod list;
mod map;
mod options;
mod read;
mod scalar;
mod write;

use canread_model::Format;
use canread_plan::{Arena, Layout, LayoutKind, Value};

pub use canread_json::{JsonErrorKind, Kind, Malformed, NumberError, Position};
pub use error::{Form, ReadError, ReadErrorKind, WriteError, WriteErrorKind};
pub use options::{ReadOptions, WriteOptions};

/// The message as JSON on one line.
///
/// # Errors
///
/// As [`to_string_with`].
pub fn to_string(layout: &Layout, value: &Value<'_>) -> Result<String, WriteError> {
    to_string_with(layout, value, &WriteOptions::new())
}

/// The message as JSON.
///
/// # Errors
///
/// The value is none of the layout's; or JSON has no form for it: a time beyond the year 9999, a message in `Any` whose type the
/// layout does not have or whose bytes are none of that type, text that is not UTF-8. The error names the field.
pub fn to_string_with(layout: &Layout, value: &Value<'_>, options: &WriteOptions) -> Result<String, WriteError> {
    let mut text = String::new();
    let mut writer = write::Writer::new(layout, options, &mut text);
    let written = match (layout.root_in(Format::Protobuf).map(|root| layout.kind(root)), value) {
        (Some(LayoutKind::Record(id)), Value::Record(record)) => writer.message(id, record),
        (None, _) => Err(WriteErrorKind::OtherFormat),
        _ => Err(WriteErrorKind::Mismatch),
    };
    match written {
        Ok(()) => Ok(text),
        Err(kind) => Err(WriteError::new(kind, writer.into_path())),
    }
}

/// The message that a text is, within [`Limits::strict`](canread_wire::Limits::strict).
///
/// Strings of the value lie in the text or in the arena, its other parts in the arena.
///
/// # Errors
///
/// As [`from_str_with`].
pub fn from_str<'a>(layout: &'a Layout, text: &'a str, arena: &'a Arena) -> Result<Value<'a>, ReadError> {
    from_str_with(layout, text, arena, &ReadOptions::new())
}

/// The message that a text is.
///
/// Depth counts messages, as in the binary format: what is read can be written there.
///
/// # Errors
///
/// The text is no JSON, has what the layout does not, or asks for more than the limits allow. The error names
/// line, column and field. Memory that the arena got until then stays in it.
pub fn from_str_with<'a>(
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    options: &ReadOptions,
) -> Result<Value<'a>, ReadError> {
    read::read(layout, text, arena, *options)
}
