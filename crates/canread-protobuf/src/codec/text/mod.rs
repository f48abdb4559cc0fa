//! Protobuf's text format: values as text that people write and read, along a layout.
//!
//! ```
//! use canread::protobuf::text;
//! use canread::value::{Arena, Layout};
//! use canread::{Format, schema};
//!
//! let shop = r#"syntax = "proto3";
//!     message Order { int64 id = 1; repeated Line lines = 2; }
//!     message Line { string sku = 1; }"#;
//! let schema = schema::read(Format::Protobuf, &[("shop.proto", shop)])?;
//! let layout = Layout::of(&schema, schema.find("Order").expect("it is declared"))?;
//!
//! let arena = Arena::new();
//! let order = text::from_str(&layout, "id: 7 # the first one\n lines: [{sku: 'M8'}, {}]", &arena)?;
//! assert_eq!(text::to_string(&layout, &order)?, "id: 7\nlines {\n  sku: \"M8\"\n}\nlines {\n}\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is written: fields in the order of their numbers, one item of a list after the other, map entries in the order of the
//! value, `Any` with its message written out where the layout has its type, symbols by name, floating point with the fewest
//! digits that are the same number. Text keeps what is UTF-8 as it is, but for quotes, backslashes and control characters;
//! bytes have octal escapes for all that is not ASCII.
//!
//! What is read: all of the specification. Names in `reserved` are passed over; other names that the message does not have are
//! errors, unless the caller has them passed over. Field numbers in place of names are errors, since they don't say what they are.
//!
//! Source: Protobuf, "Text Format Language Specification".

// | file | holds |
// |---|---|
// | `options` | what a caller may ask for |
// | `lex` | words, numbers, strings and signs |
// | `literal` | what numbers and strings stand for |
// | `names` | what fields are called |
// | `read` | text to values |
// | `write` | values to text |
// | `error` | why a text is no value, and where |

mod error;
mod lex;
mod literal;
mod names;
mod options;
mod read;
mod write;

use canread_plan::{Arena, Layout, Value};
use canread_wire::EncodeError;

pub use error::{ReadError, ReadErrorKind};
pub use options::{ReadOptions, WriteOptions};

/// A value as text, indented, with a line end behind each line.
///
/// # Errors
///
/// As [`to_string_with`].
pub fn to_string(layout: &Layout, value: &Value<'_>) -> Result<String, EncodeError> {
    to_string_with(layout, value, &WriteOptions::new())
}

/// A value as text.
///
/// As in the binary format, a zero of a field without presence is left out. A required field that is absent is left out too,
/// since people look at what is incomplete.
///
/// # Errors
///
/// If the value is none of the layout's, or is deeper than the limits allow, with the field in which that was noticed.
pub fn to_string_with(layout: &Layout, value: &Value<'_>, options: &WriteOptions) -> Result<String, EncodeError> {
    write::print(layout, value, *options)
}

/// The value that a text is, within [`Limits::strict`](canread_wire::Limits::strict).
///
/// Text and bytes without escapes lie in `text`, all else in the arena.
///
/// # Errors
///
/// As [`from_str_with`].
pub fn from_str<'a>(layout: &'a Layout, text: &'a str, arena: &'a Arena) -> Result<Value<'a>, ReadError> {
    from_str_with(layout, text, arena, &ReadOptions::new())
}

/// The value that a text is.
///
/// # Errors
///
/// If the text is not of the format, or no message of the layout; lacks a required field, has a field twice that may be there
/// once, or two members of one oneof; or asks for more than the limits allow. The error has line, column and field.
pub fn from_str_with<'a>(
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    options: &ReadOptions,
) -> Result<Value<'a>, ReadError> {
    read::read(layout, text, arena, options)
}
