//! Values without a Rust type: decoded and encoded along a layout, and resolved by a plan.
//!
//! ```
//! use canread::avro::value;
//! use canread::value::{Arena, Layout, Value};
//! use canread::{Format, schema};
//!
//! let text = r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#;
//! let layout = Layout::of_root(&schema::read(Format::Avro, &[("order.avsc", text)])?)?;
//!
//! let arena = Arena::new();
//! let bytes = value::to_vec(&layout, &arena.record(&[Value::Int(-2)]))?;
//! assert_eq!(bytes, [3]);
//! let order = value::from_slice(&layout, &bytes, &arena)?;
//! assert_eq!(layout.show(&order).to_string(), r#"{"id": -2}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: Avro 1.12, "Binary Encoding", "Schema Resolution".

// | file | holds |
// |---|---|
// | `read` | values of a layout from bytes |
// | `resolve` | values of a reader from a writer's bytes, by a plan |
// | `lists` | the blocks of arrays and maps |
// | `skip` | what nobody asks for |
// | `write` | values to bytes |

mod lists;
mod read;
mod resolve;
mod skip;
mod write;

use canread_model::Format;
use canread_plan::{Arena, Layout, Plan, TypeId, Value};
#[cfg(feature = "std")]
use canread_wire::WriteError;
use canread_wire::{Budget, Cursor, DecodeError, EncodeError, Fault, FieldPath, Limits, Malformed, Step};

use read::Reader;
pub(super) use skip::pass_over;

/// Decodes bytes that were written under a schema, within [`Limits::strict`].
///
/// The value's text and bytes lie in `bytes`, its other parts in the arena.
///
/// # Errors
///
/// As [`from_slice_with`].
pub fn from_slice<'a>(layout: &'a Layout, bytes: &'a [u8], arena: &'a Arena) -> Result<Value<'a>, DecodeError> {
    from_slice_with(layout, bytes, arena, &Limits::strict())
}

/// Decodes bytes that were written under a schema.
///
/// `allocated_bytes_max` of the limits counts all that the arena holds, which holds no more than
/// [the caller allows it](Arena::allow) either.
///
/// # Errors
///
/// If the bytes end inside the value or go on behind it, if they are no value of the schema, or if they ask for more than
/// the limits allow. The error names the byte and the field. Memory that the arena got until then stays in it.
pub fn from_slice_with<'a>(
    layout: &'a Layout,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    decode(layout, bytes, arena, limits, |reader, root| reader.read(layout, root))
}

/// Decodes what a writer wrote as a value of the plan's reader, within [`Limits::strict`].
///
/// # Errors
///
/// As [`resolve_slice_with`].
pub fn resolve_slice<'a>(plan: &'a Plan, bytes: &'a [u8], arena: &'a Arena) -> Result<Value<'a>, DecodeError> {
    resolve_slice_with(plan, bytes, arena, &Limits::strict())
}

/// Decodes what a writer wrote as a value of the plan's reader.
///
/// # Errors
///
/// As [`from_slice_with`]; and if the data has something that the reader can't take, which [`Plan::mismatches`] lists.
pub fn resolve_slice_with<'a>(
    plan: &'a Plan,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    decode(plan.reader(), bytes, arena, limits, |reader, _| reader.resolve(plan, plan.root()))
}

fn decode<'a>(
    layout: &Layout,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
    read: impl FnOnce(&mut Reader<'a>, TypeId) -> Step<Value<'a>>,
) -> Result<Value<'a>, DecodeError> {
    let budget = match Budget::new(limits, bytes.len()) {
        Ok(budget) => budget.with_the_outermost(),
        Err(fault) => return Err(DecodeError::new(fault, 0, FieldPath::default(), limits)),
    };
    let narrowed = arena.narrowed(limits);
    let mut reader = Reader::new(Cursor::new(bytes), budget, arena, limits);
    let root = layout.root_in(Format::Avro).ok_or(Fault::Mismatch);
    let read = root.and_then(|root| read(&mut reader, root)).and_then(|value| {
        if reader.cursor.is_empty() { Ok(value) } else { Err(Fault::Malformed(Malformed::TrailingBytes)) }
    });
    read.map_err(|fault| {
        let offset = reader.cursor.offset_in(bytes) as u64;
        DecodeError::new(fault, offset, std::mem::take(&mut reader.path), &narrowed).because(reader.reason)
    })
}

/// Decodes the value that the bytes begin with, and says how many it takes. What its items cost is spent from the budget.
#[cfg(feature = "container")]
pub(crate) fn leading<'a>(
    layout: &'a Layout,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<(Value<'a>, usize), DecodeError> {
    decode_leading(bytes, arena, limits, budget, |reader| reader.read(layout, layout.root()))
}

/// As [`leading`], as a value of the plan's reader.
#[cfg(feature = "container")]
pub(crate) fn leading_resolved<'a>(
    plan: &'a Plan,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
    budget: &mut Budget,
) -> Result<(Value<'a>, usize), DecodeError> {
    decode_leading(bytes, arena, limits, budget, |reader| reader.resolve(plan, plan.root()))
}

#[cfg(feature = "container")]
fn decode_leading<'a>(
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
    budget: &mut Budget,
    read: impl FnOnce(&mut Reader<'a>) -> Step<Value<'a>>,
) -> Result<(Value<'a>, usize), DecodeError> {
    let narrowed = arena.narrowed(limits);
    let mut reader = Reader::new(Cursor::new(bytes), budget.clone().with_the_outermost(), arena, limits);
    let value = read(&mut reader).and_then(|value| {
        // Back to what was allowed.
        reader.budget.enter()?;
        Ok(value)
    });
    let offset = reader.cursor.offset_in(bytes);
    match value {
        Ok(value) => {
            *budget = reader.budget;
            Ok((value, offset))
        }
        Err(fault) => {
            let error = DecodeError::new(fault, offset as u64, std::mem::take(&mut reader.path), &narrowed);
            Err(error.because(reader.reason))
        }
    }
}

/// How much memory a vector of its own gets at first: most records have room in it, and doubling is quick for the others.
const CAPACITY: usize = 256;

/// Encodes a value of a schema into a vector of its own.
///
/// # Errors
///
/// As [`encode_into`].
pub fn to_vec(layout: &Layout, value: &Value<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(CAPACITY);
    encode_into(layout, value, &mut bytes)?;
    Ok(bytes)
}

/// Encodes a value of a schema behind what a vector holds.
///
/// A field that is absent is written as its default.
///
/// # Errors
///
/// If the value is none of the schema's, with the field in which it is not; the vector is then as it was.
pub fn encode_into(layout: &Layout, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    write::encode(layout, value, bytes)
}

/// Encodes a value of a schema into a file, a socket or anything else that writes: in one piece, and without a flush.
///
/// # Errors
///
/// As [`encode_into`]: nothing was written then. And if the target can't be written, which may hold a part of the value.
#[cfg(feature = "std")]
pub fn encode_to_writer(
    layout: &Layout,
    value: &Value<'_>,
    target: &mut (impl std::io::Write + ?Sized),
) -> Result<(), WriteError> {
    let bytes = to_vec(layout, value).map_err(WriteError::Encode)?;
    target.write_all(&bytes).map_err(WriteError::Io)
}
