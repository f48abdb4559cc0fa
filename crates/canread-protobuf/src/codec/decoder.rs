//! Records from bytes that were written under another schema.

use std::marker::PhantomData;

use canread_model::{DeclId, DeclKind, Schema};
use canread_plan::{DecoderError, Layout, Plan};
use canread_record::{Decode, DecodeFields, Shape, Shaped, spend_defaults};
use canread_wire::{Budget, DecodeError, FieldPath, Limits};

use super::own_schema::own_layout;
use super::{from_slice_with, locate, resolving};

/// Reads records of a type from bytes that were written under a schema of somebody else's: an older one, or a newer one.
///
/// Made once for a writer's message, since that is where the work is, and then used for any number of records, from any number of
/// threads. Where nothing differs but what the specification calls compatible, it is [`from_slice`](super::from_slice).
///
/// Fields are found by number. Numbers, truth values and symbols become each other however they are written, single values and
/// lists, packed or not, messages and groups, maps and lists of their entries; `float` becomes `double`. What the type does not have
/// goes to its unknown fields, and what the writer does not have is what the type takes for an absent field.
///
/// Where [`from_slice`](super::from_slice), which knows no schema, takes one value for another, this one knows better: a
/// `sint32` of the writer keeps its number in an `i64`; a number that the type has no room for is an error and is not cut off;
/// and so is a value of a kind that the field can't hold, which `from_slice` keeps as unknown.
///
/// ```
/// use canread::protobuf::Decoder;
/// use canread::{Format, Record, schema};
///
/// #[derive(Record, Debug, PartialEq)]
/// struct Order {
///     #[field(1)]
///     id: i64,
///     #[field(2)]
///     notes: Vec<String>,
/// }
///
/// let text = r#"syntax = "proto3"; message Order { sint32 id = 1; string note = 2; }"#;
/// let writer = schema::read(Format::Protobuf, &[("order.proto", text)])?;
///
/// let decoder = Decoder::<Order>::new(&writer, "Order")?;
/// assert_eq!(decoder.from_slice(b"\x08\x0d\x12\x01x")?, Order { id: -7, notes: vec!["x".to_owned()] });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder<T> {
    plan: Plan,
    of: PhantomData<fn() -> T>,
}

impl<T: Shaped> Decoder<T> {
    /// A decoder for what was written as a message of a schema, by its full name.
    ///
    /// # Errors
    ///
    /// If there is no such message, or no data of it can be read as the type. What only some data has is refused when it comes:
    /// the mismatches of [`plan`](Self::plan).
    pub fn new(writer: &Schema, message: &str) -> Result<Self, DecoderError> {
        let found = writer.find_all(message).find(|id| is_message(writer, *id));
        Self::of(writer, found.ok_or_else(|| DecoderError::NoMessage(message.into()))?)
    }

    /// A decoder for what was written as the message that has the name of the type; else as the only one whose name ends like that,
    /// whatever its package.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if there are several such messages.
    pub fn of_same_name(writer: &Schema) -> Result<Self, DecoderError> {
        let name = match T::SHAPE {
            Shape::Record(own) => own().name,
            Shape::Union(own) => own().name,
            _ => "",
        };
        if let Some(message) = writer.find_all(name).find(|id| is_message(writer, *id)) {
            return Self::of(writer, message);
        }
        let last = |name: &str| name.rsplit_once('.').map_or(name, |(_, last)| last).to_owned();
        let mut alike = writer
            .decls()
            .filter(|(id, decl)| is_message(writer, *id) && last(&decl.full_name) == last(name))
            .map(|(id, _)| id);
        match (alike.next(), alike.next()) {
            (Some(message), None) => Self::of(writer, message),
            _ => Err(DecoderError::NoMessage(name.into())),
        }
    }

    /// A decoder for what was written as a message of a schema.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(writer: &Schema, message: DeclId) -> Result<Self, DecoderError> {
        let writer = Layout::of(writer, message).map_err(DecoderError::Layout)?;
        let reader = own_layout::<T>().map_err(DecoderError::Layout)?;
        let plan = Plan::resolve(writer, reader).map_err(DecoderError::Mismatches)?;
        Ok(Self { plan, of: PhantomData })
    }

    /// What becomes of the writer's data.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

fn is_message(schema: &Schema, id: DeclId) -> bool {
    matches!(schema.decl(id).kind, DeclKind::Record(_))
}

impl<T> Decoder<T> {
    /// The record that the bytes are, within [`Limits::strict`].
    ///
    /// # Errors
    ///
    /// As [`from_slice_with`](Self::from_slice_with).
    pub fn from_slice<'de>(&self, input: &'de [u8]) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        self.from_slice_with(input, &Limits::strict())
    }

    /// The record that the bytes are, within limits.
    ///
    /// # Errors
    ///
    /// If the bytes are no message, ask for more than the limits allow, or have what the type can't hold: a number beyond its
    /// range, and what else [`Plan::mismatches`] lists, in the words of that. The error names the byte and the field.
    pub fn from_slice_with<'de>(&self, input: &'de [u8], limits: &Limits) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        if self.plan.is_identity() {
            return from_slice_with(input, limits);
        }
        let error = |fault, offset| DecodeError::new(fault, offset, FieldPath::default(), limits);
        let mut budget = Budget::new(limits, input.len()).map_err(|fault| error(fault, 0))?;
        budget.allocate(T::ABSENT_BYTES).map_err(|fault| error(fault, 0))?;
        let mut into = T::absent(canread_record::Format::Protobuf);
        spend_defaults(&into, canread_record::Format::Protobuf, &mut budget).map_err(|fault| error(fault, 0))?;
        let failure = match resolving::outermost(&mut into, &self.plan, input, budget) {
            Ok(()) => return Ok(into),
            Err(failure) => failure,
        };
        // Both together might take more than is allowed.
        drop(into);
        // Reading keeps no path: what the bytes are is looked for once more.
        let (path, reason) = locate::path_along(&self.plan, input, &failure, limits);
        Err(DecodeError::new(failure.fault, failure.offset as u64, path, limits).because(reason))
    }
}
