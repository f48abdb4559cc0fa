//! Values without a Rust type: decoded and encoded along a layout, and resolved by a plan.
//!
//! ```
//! use canread::protobuf::value;
//! use canread::value::{Arena, Layout, Value};
//! use canread::{Format, schema};
//!
//! let text = "syntax = \"proto3\"; message Order { int64 id = 1; string note = 2; }";
//! let schema = schema::read(Format::Protobuf, &[("order.proto", text)])?;
//! let layout = Layout::of(&schema, schema.find("Order").expect("it is declared"))?;
//!
//! let arena = Arena::new();
//! let bytes = value::to_vec(&layout, &arena.record(&[Value::Int(7), Value::Absent]))?;
//! assert_eq!(bytes, [8, 7]);
//! let order = value::from_slice(&layout, &bytes, &arena)?;
//! assert_eq!(layout.show(&order).to_string(), r#"{"id": 7}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: Protobuf, "Encoding".

// | file | holds |
// |---|---|
// | `read` | messages from bytes |
// | `repeated` | items of lists, packed and not |
// | `entries` | entries of maps |
// | `message_set` | items of message sets |
// | `resolve` | fields that another schema wrote, by a plan |
// | `merge` | what stands in several pieces, and is one |
// | `unknown` | what the layout does not have |
// | `write` | values to bytes |

mod entries;
mod merge;
mod message_set;
mod read;
mod repeated;
mod resolve;
mod unknown;
mod write;

use canread_model::{Format, Int, IntEncoding};
use canread_plan::{Action, Arena, Layout, LayoutKind, Plan, Value};
#[cfg(feature = "std")]
use canread_wire::WriteError;
use canread_wire::{Budget, DecodeError, EncodeError, EncodeErrorKind, Fault, FieldPath, Limits};

use super::key::Wire;
use read::{Reader, Target};

/// Decodes a message, within [`Limits::strict`].
///
/// The value's text and bytes lie in `bytes`, its other parts in the arena.
///
/// # Errors
///
/// As [`from_slice_with`].
pub fn from_slice<'a>(layout: &'a Layout, bytes: &'a [u8], arena: &'a Arena) -> Result<Value<'a>, DecodeError> {
    from_slice_with(layout, bytes, arena, &Limits::strict())
}

/// Decodes a message.
///
/// A field that is not in the data is [`Value::Absent`], whatever its presence; fields that the layout does not have are kept
/// in [`Record::unknown`](canread_plan::Record::unknown), and so are numbers that a closed enum does not have. A string field whose
/// text need not be UTF-8, and is not, is [`Value::Bytes`]. `allocated_bytes_max` of the limits counts all that the arena holds, which
/// holds no more than [the caller allows it](Arena::allow) either.
///
/// # Errors
///
/// If the bytes are no message of the layout, lack a required field, or ask for more than the limits allow. The error
/// names the byte and the field. Memory that the arena got until then stays in it.
pub fn from_slice_with<'a>(
    layout: &'a Layout,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    let root = match layout.root_in(Format::Protobuf).map(|root| layout.kind(root)) {
        Some(LayoutKind::Record(record)) => Some(Target::plain(record)),
        _ => None,
    };
    decode((layout, None), root, bytes, arena, limits)
}

/// Decodes what a writer wrote as a message of the plan's reader, within [`Limits::strict`].
///
/// # Errors
///
/// As [`resolve_slice_with`].
pub fn resolve_slice<'a>(plan: &'a Plan, bytes: &'a [u8], arena: &'a Arena) -> Result<Value<'a>, DecodeError> {
    resolve_slice_with(plan, bytes, arena, &Limits::strict())
}

/// Decodes what a writer wrote as a message of the plan's reader.
///
/// Values keep what they mean to the writer, as [`Plan::resolve`] says. Fields that the reader does not have are kept as the writer
/// wrote them; numbers that a closed enum of the reader lacks are kept as the reader would write them. What the writer's
/// schema does not write, which its writer kept from others (a number that it does not declare, another wire type), is read as the
/// reader has it.
///
/// # Errors
///
/// As [`from_slice_with`]; and if the data has something that the reader can't take: what [`Plan::mismatches`] lists, a number
/// beyond the range of the reader's type, text that is not UTF-8, an entry of a map whose value the closed enum of the reader lacks
/// and that the reader would write otherwise.
pub fn resolve_slice_with<'a>(
    plan: &'a Plan,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    let layout = plan.reader();
    let root = match (layout.root_in(Format::Protobuf).map(|root| layout.kind(root)), plan.action(plan.root())) {
        (Some(LayoutKind::Record(record)), Action::Same(_)) => Some(Target::plain(record)),
        (Some(LayoutKind::Record(record)), Action::Numbered(steps)) => Some(Target { record, steps: Some(steps) }),
        _ => None,
    };
    decode((layout, Some(plan)), root, bytes, arena, limits)
}

/// Decodes a message of one of the layout's records.
#[cfg(any(feature = "json", feature = "text"))]
pub(super) fn message_from_slice<'a>(
    layout: &'a Layout,
    record: u32,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    decode((layout, None), Some(Target::plain(record)), bytes, arena, limits)
}

/// Decodes a message; none if the layout or plan is for none.
fn decode<'a>(
    (layout, plan): (&'a Layout, Option<&'a Plan>),
    root: Option<Target<'a>>,
    bytes: &'a [u8],
    arena: &'a Arena,
    limits: &Limits,
) -> Result<Value<'a>, DecodeError> {
    let narrowed = arena.narrowed(limits);
    let error = |fault, offset, path| DecodeError::new(fault, offset, path, &narrowed);
    let Some(root) = root else {
        return Err(error(Fault::Mismatch, 0, FieldPath::default()));
    };
    let mut is_careful = false;
    loop {
        let budget = Budget::new(limits, bytes.len()).map_err(|fault| error(fault, 0, FieldPath::default()))?;
        let budget = budget.with_the_outermost();
        let mut reader = Reader { plan, ..Reader::new(layout, arena, budget, limits, is_careful) };
        let read = reader.message(root, &[bytes]);
        match read {
            // A message that stands in two pieces is one: this has to be known from the start.
            Err(_) if reader.is_torn && !is_careful => is_careful = true,
            Err(fault) => {
                let offset = reader.failed_at.map_or(0, |at| at.offset_in(bytes)) as u64;
                return Err(error(fault, offset, std::mem::take(&mut reader.path)).because(reader.reason));
            }
            Ok(value) => return Ok(value),
        }
    }
}

/// How much memory a vector of its own gets at first: most records have room in it, and doubling is quick for the others.
const CAPACITY: usize = 256;

/// Encodes a message into a vector of its own.
///
/// # Errors
///
/// As [`encode_into`].
pub fn to_vec(layout: &Layout, value: &Value<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(CAPACITY);
    encode_into(layout, value, &mut bytes)?;
    Ok(bytes)
}

/// Encodes a message behind what a vector holds: fields in the order of their numbers, then those that the layout does not have.
///
/// A zero of a field without presence is not written, as if it were absent.
///
/// # Errors
///
/// If the value is none of the layout's, with the field in which it is not; the vector is then as it was.
pub fn encode_into(layout: &Layout, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    match layout.root_in(Format::Protobuf).map(|root| layout.kind(root)) {
        Some(LayoutKind::Record(record)) => message_into(layout, record, value, bytes),
        None => Err(EncodeError::new(EncodeErrorKind::OtherFormat, FieldPath::default())),
        _ => Err(EncodeError::new(EncodeErrorKind::Mismatch, FieldPath::default())),
    }
}

/// Encodes a message into a file, a socket or anything else that writes: in one piece, and without a flush.
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

pub(super) use write::encode as message_into;
#[cfg(any(feature = "json", feature = "text"))]
pub(super) use write::is_zero;

/// How a value lies behind its key, if it is no list or map and its field is not delimited.
pub(super) fn wire_of(kind: LayoutKind) -> Wire {
    match kind {
        LayoutKind::Int(Int { encoding: IntEncoding::Fixed, bits: 64, .. }) | LayoutKind::Double => Wire::FIXED64,
        LayoutKind::Int(Int { encoding: IntEncoding::Fixed, .. }) | LayoutKind::Float => Wire::FIXED32,
        LayoutKind::Bool | LayoutKind::Enum(_) | LayoutKind::Int(_) => Wire::VARINT,
        _ => Wire::LENGTH,
    }
}
