//! Descriptors: what protoc makes of `.proto` files, as structs and as bytes.
//!
//! The structs have the names of `google/protobuf/descriptor.proto`, borrow
//! from their input, and keep what they don't know: options as bytes (only
//! somebody with the whole schema can read custom ones), unknown fields behind
//! the known ones. `source_code_info` is not kept.
//!
//! | file | holds |
//! |---|---|
//! | `file`, `message`, `field`, `enumeration`, `service`, `range` | the structs, with reader and writer |
//! | `wire`, `error` | the wire format below them; what can be wrong with it |

mod enumeration;
mod error;
mod field;
mod file;
mod lower;
mod message;
mod option_path;
mod raise;
mod range;
mod service;
mod wire;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use enumeration::{EnumDescriptorProto, EnumValueDescriptorProto};
pub use error::{Malformed, ReadError, ReadErrorKind, ReadLimit};
pub use field::{FieldDescriptorProto, FieldLabel, FieldType};
pub use file::{FileDescriptorProto, FileDescriptorSet};
pub use lower::read_descriptor_set;
pub use message::{DescriptorProto, ExtensionRange, OneofDescriptorProto};
pub use raise::{Raised, raise};
pub use range::NumberRange;
pub use service::{MethodDescriptorProto, ServiceDescriptorProto};
pub use wire::ReadLimits;

use wire::RawValue;

/// An `int32` as its varint holds it: higher bits are dropped.
fn int32(value: u64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "the format drops higher bits")]
    let low = value as u32;
    low.cast_signed()
}

/// Reads one `int32` or a packed run of them; `false` if the value is neither.
fn packed_int32s(value: RawValue<'_>, values: &mut Vec<i32>) -> Result<bool, ReadError> {
    match value {
        RawValue::Varint(value) => values.push(int32(value)),
        RawValue::Bytes(mut run) => {
            while !run.is_empty() {
                values.push(int32(run.varint()?));
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Options that stand twice are one message: the bytes follow each other.
fn merge<'a>(options: &mut Option<Cow<'a, [u8]>>, more: &'a [u8]) {
    match options {
        Some(options) => options.to_mut().extend_from_slice(more),
        None => *options = Some(more.into()),
    }
}
